"""Whether an ID token holds, and what it says (OpenID Connect Core 1.0, 3.1.3.7; RFC 8725).

The algorithm must be asymmetric and one that discovery names; the key is the provider's own, found by its id, whatever
else the token's header offers (`jwk`, `jku`, `x5c`). Each refusal has a word of its own for the journal.
"""

import hmac
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jws import JWSRegistry

from compliance.sso.config import SsoConfig
from compliance.sso.logins import LIFE
from compliance.sso.provider import Provider
from compliance.sso.refusals import TokenRefused
from compliance.users import normalise_email
from core import strict_json
from core.errors import PaythreadError

# How far the provider's clock may be from ours.
LEEWAY: Final = timedelta(seconds=60)
SUBJECT_LENGTH_MAX: Final = 255
GROUPS_MAX: Final = 1000
_EMAIL: Final = re.compile(r"[^@\s<>,;\"\x00-\x1f]{1,64}@[^@\s<>,;\"\x00-\x1f]{3,189}")


class _Registry(JWSRegistry):
    """Headers that we do not know are allowed (RFC 7515, section 4), a chain of certificates among them."""

    max_header_length = 16 * 1024

    def __init__(self, algorithm: str) -> None:
        super().__init__(algorithms=[algorithm], strict_check_header=False)


@dataclass(frozen=True, slots=True)
class Claims:
    """What the provider vouches for. `groups` is None where it says nothing of groups."""

    subject: str
    email: str
    name: str | None
    groups: frozenset[str] | None
    methods: frozenset[str]


async def verify(provider: Provider, token: str, *, nonce: str, now: datetime) -> Claims:
    """The claims of a token that holds. Raises `TokenRefused`, `SsoUnavailable`."""
    algorithm, key_id = _header(token)
    metadata = await provider.metadata(now=now)
    if algorithm not in metadata.algorithms:
        raise TokenRefused("algorithm")
    key = await provider.key(key_id, algorithm, now=now)
    try:
        signed = jws.deserialize_compact(token.encode(), key, registry=_Registry(algorithm))
    except (JoseError, ValueError):
        raise TokenRefused("signature") from None
    try:
        payload = strict_json.parse(signed.payload or b"")
    except PaythreadError:
        raise TokenRefused("unreadable") from None
    if not isinstance(payload, dict):
        raise TokenRefused("unreadable")
    return read_claims(payload, provider.config, nonce=nonce, now=now)


def read_claims(
    payload: Mapping[str, Any], config: SsoConfig, *, nonce: str, now: datetime
) -> Claims:
    """What a signed payload says, if it is meant for us and now. Raises `TokenRefused`."""
    _check_audience(payload, config)
    _check_times(payload, now)
    told = payload.get("nonce")
    if not isinstance(told, str) or not hmac.compare_digest(told.encode(), nonce.encode()):
        raise TokenRefused("nonce")
    subject = payload.get("sub")
    if not isinstance(subject, str) or not 0 < len(subject) <= SUBJECT_LENGTH_MAX:
        raise TokenRefused("subject")
    email = payload.get("email")
    if not isinstance(email, str) or _EMAIL.fullmatch(normalise_email(email)) is None:
        raise TokenRefused("email")
    if payload.get(config.verified_claim) is not True:
        raise TokenRefused("email_not_verified")
    name, acr = payload.get("name"), payload.get("acr")
    methods = _words(payload.get("amr")) | ({acr} if isinstance(acr, str) else set())
    groups = payload.get(config.groups_claim)
    return Claims(
        subject=subject,
        email=normalise_email(email),
        name=name if isinstance(name, str) else None,
        groups=_words(groups) if isinstance(groups, list) else None,
        methods=frozenset(methods),
    )


def _header(token: str) -> tuple[str, str | None]:
    try:
        # Nothing is believed yet: this only says which key and algorithm to check by.
        header = jws.extract_compact(token.encode(), registry=_Registry("RS256")).headers()
    except (JoseError, ValueError):
        raise TokenRefused("unreadable") from None
    algorithm, key_id = header.get("alg"), header.get("kid")
    if not isinstance(algorithm, str) or not isinstance(key_id, str | None) or "crit" in header:
        raise TokenRefused("unreadable")
    return algorithm, key_id


def _check_audience(payload: Mapping[str, Any], config: SsoConfig) -> None:
    if payload.get("iss") != config.issuer:
        raise TokenRefused("issuer")
    audience = payload.get("aud")
    named = [audience] if isinstance(audience, str) else audience
    if not isinstance(named, list) or config.client_id not in named:
        raise TokenRefused("audience")
    azp = payload.get("azp")
    if azp != config.client_id and (azp is not None or len(named) > 1):
        raise TokenRefused("authorised_party")


def _check_times(payload: Mapping[str, Any], now: datetime) -> None:
    at, leeway = now.timestamp(), LEEWAY.total_seconds()
    expires, issued = _seconds(payload, "exp"), _seconds(payload, "iat")
    if at >= expires + leeway:
        raise TokenRefused("expired")
    # A token of this sign-in was made after it began.
    if not at - LIFE.total_seconds() - leeway <= issued <= at + leeway:
        raise TokenRefused("issued_at")
    if "nbf" in payload and _seconds(payload, "nbf") > at + leeway:
        raise TokenRefused("not_yet")


def _seconds(payload: Mapping[str, Any], name: str) -> float:
    value = payload.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise TokenRefused("times")
    return float(value)


def _words(value: object) -> frozenset[str]:
    listed = value[:GROUPS_MAX] if isinstance(value, list) else []
    return frozenset(each for each in listed if isinstance(each, str))
