"""The provider, as we ask it: what it is (OpenID Connect Discovery 1.0), its keys, and a token for a code.

Every call goes through the guarded client: to the public internet by https, unless the operator has listed the host;
redirects are not followed, and answers are bounded. What was found is kept for an hour.
"""

import asyncio
import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import quote_plus, urlencode, urlsplit

import structlog
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, Key, OKPKey, RSAKey, import_key

from compliance.sso.config import SsoConfig
from compliance.sso.refusals import SsoUnavailable, TokenRefused
from core import strict_json
from core.errors import PaythreadError
from core.outbound.sender import Answer, Sender

log = structlog.get_logger()

# Signatures that everybody can check and only the provider can make. `none` and HS* are not among them.
ALGORITHMS: Final = frozenset(
    {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"}
)
KEPT: Final = timedelta(hours=1)
# An unknown key id makes us look for new keys, but not more often than this.
KEYS_EVERY: Final = timedelta(minutes=1)
# Who comes while the provider is away is told so at once, rather than waiting behind all the others.
AWAY: Final = timedelta(seconds=5)
KEYS_MAX: Final = 50
TOKEN_LENGTH_MAX: Final = 64 * 1024
RSA_BITS_MIN: Final = 2048
_HEADERS: Final = {"user-agent": "Paythread/1", "accept": "application/json"}
_KINDS: Final = {"R": RSAKey, "P": RSAKey, "ES": ECKey, "Ed": OKPKey}


@dataclass(frozen=True, slots=True)
class Metadata:
    """What discovery says, as far as we use it."""

    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    algorithms: frozenset[str]
    secret_in_body: bool
    names_issuer: bool


@dataclass(frozen=True, slots=True)
class SigningKey:
    """One of the provider's public keys."""

    id: str | None
    algorithm: str | None
    key: Key

    def fits(self, algorithm: str) -> bool:
        """Whether a signature by this algorithm can be this key's."""
        kind = next(kind for begin, kind in _KINDS.items() if algorithm.startswith(begin))
        return isinstance(self.key, kind) and self.algorithm in (None, algorithm)


class Provider:
    """One provider. Close it when done."""

    def __init__(self, config: SsoConfig, sender: Sender) -> None:
        self.config = config
        self._sender = sender
        self._lock = asyncio.Lock()
        self._metadata: tuple[Metadata, datetime] | None = None
        self._away: tuple[SsoUnavailable, datetime] | None = None
        self._keys: tuple[Sequence[SigningKey], datetime] | None = None

    async def close(self) -> None:
        """Lets go of what is open."""
        await self._sender.close()

    async def metadata(self, *, now: datetime) -> Metadata:
        """What the provider says of itself. Raises `SsoUnavailable`."""
        async with self._lock:
            if self._metadata is None or now - self._metadata[1] >= KEPT:
                self._metadata = (await self._discovered(now), now)
            return self._metadata[0]

    async def _discovered(self, now: datetime) -> Metadata:
        if self._away is not None and now - self._away[1] < AWAY:
            raise self._away[0]
        address = f"{self.config.issuer.rstrip('/')}/.well-known/openid-configuration"
        try:
            return read_metadata(await self._get(address), self.config.issuer)
        except SsoUnavailable as error:
            self._away = (error, now)
            raise

    async def key(self, key_id: str | None, algorithm: str, *, now: datetime) -> Key:
        """The key that a token names. Keys are fetched once more where it is not known.

        Raises `TokenRefused`, `SsoUnavailable`.
        """
        metadata = await self.metadata(now=now)
        async with self._lock:
            if self._keys is None or now - self._keys[1] >= KEPT:
                self._keys = (read_keys(await self._get(metadata.jwks_uri)), now)
            found = _chosen(self._keys[0], key_id, algorithm)
            if found is None and now - self._keys[1] >= KEYS_EVERY:
                self._keys = (read_keys(await self._get(metadata.jwks_uri)), now)
                found = _chosen(self._keys[0], key_id, algorithm)
        if found is None:
            raise TokenRefused("unknown_key")
        return found.key

    async def redeem(self, code: str, *, verifier: str, now: datetime) -> str:
        """The ID token for a code. Raises `TokenRefused` where the provider says no, `SsoUnavailable`."""
        metadata = await self.metadata(now=now)
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.config.redirect_uri,
            "code_verifier": verifier,
        }
        headers = {**_HEADERS, "content-type": "application/x-www-form-urlencoded"}
        if metadata.secret_in_body:
            form |= {
                "client_id": self.config.client_id,
                "client_secret": self.config.client_secret,
            }
        else:
            headers["authorization"] = _basic(self.config)
        answer = await self._sender.send(
            metadata.token_endpoint, headers=headers, body=urlencode(form).encode()
        )
        if answer.status in {400, 401, 403}:
            log.warning("sso.code_refused", status=answer.status)
            raise TokenRefused("code_refused")
        token = _json(answer, "token").get("id_token")
        if not isinstance(token, str) or not 0 < len(token) <= TOKEN_LENGTH_MAX:
            raise TokenRefused("no_id_token")
        return token

    async def _get(self, address: str) -> Mapping[str, Any]:
        answer = await self._sender.send(address, headers=_HEADERS, method="GET")
        return _json(answer, "discovery")

    async def check(self, *, now: datetime) -> str | None:
        """What to mend, for `paythread doctor`; None when all is well."""
        try:
            metadata = await self.metadata(now=now)
            keys = read_keys(await self._get(metadata.jwks_uri))
        except SsoUnavailable as error:
            return error.detail
        if not any(key.fits(name) for key in keys for name in metadata.algorithms):
            return "the provider publishes no key that fits its algorithms"
        return None


def read_metadata(found: Mapping[str, Any], issuer: str) -> Metadata:
    """Discovery's document. Raises `SsoUnavailable`, saying what is wrong with it."""
    if found.get("issuer") != issuer:
        raise SsoUnavailable("The provider calls itself by another issuer than is set here.")
    named = found.get("id_token_signing_alg_values_supported")
    algorithms = ALGORITHMS & frozenset(_words(named))
    if not algorithms:
        raise SsoUnavailable("The provider signs by no algorithm that is taken here.")
    challenges = found.get("code_challenge_methods_supported")
    if challenges is not None and "S256" not in _words(challenges):
        raise SsoUnavailable("The provider does not know PKCE with S256.")
    methods = _words(found.get("token_endpoint_auth_methods_supported"))
    return Metadata(
        authorization_endpoint=_endpoint(found, "authorization_endpoint", issuer),
        token_endpoint=_endpoint(found, "token_endpoint", issuer),
        jwks_uri=_endpoint(found, "jwks_uri", issuer),
        algorithms=algorithms,
        # Basic is what holds where nothing is said.
        secret_in_body="client_secret_post" in methods and "client_secret_basic" not in methods,
        names_issuer=found.get("authorization_response_iss_parameter_supported") is True,
    )


def read_keys(found: Mapping[str, Any]) -> Sequence[SigningKey]:
    """The keys of a JWKS that sign (RFC 7517). What is for something else, secret, or too short is left out."""
    listed = found.get("keys")
    if not isinstance(listed, list):
        raise SsoUnavailable("The provider's keys cannot be read.")
    return [key for each in listed[:KEYS_MAX] if (key := _signing_key(each)) is not None]


def _signing_key(described: object) -> SigningKey | None:
    if not isinstance(described, dict) or described.get("use") not in (None, "sig"):
        return None
    if described.get("kty") not in {"RSA", "EC", "OKP"} or "d" in described:
        return None
    key_id, algorithm = described.get("kid"), described.get("alg")
    if not isinstance(key_id, str | None) or not isinstance(algorithm, str | None):
        return None
    try:
        key = import_key({name: str(value) for name, value in _material(described).items()})
    except (JoseError, LookupError, ValueError, TypeError):
        return None
    if isinstance(key, RSAKey) and key.raw_value.key_size < RSA_BITS_MIN:
        return None
    return SigningKey(key_id, algorithm, key)


def _material(described: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: described[name] for name in ("kty", "n", "e", "crv", "x", "y") if name in described
    }


def _chosen(keys: Sequence[SigningKey], key_id: str | None, algorithm: str) -> SigningKey | None:
    """The key of that id; without an id the only one that fits."""
    fitting = [key for key in keys if key.fits(algorithm)]
    if key_id is not None:
        return next((key for key in fitting if key.id == key_id), None)
    return fitting[0] if len(fitting) == 1 else None


def _endpoint(found: Mapping[str, Any], name: str, issuer: str) -> str:
    value = found.get(name)
    # An http issuer is one on this machine, for trying things out (`app.sso_settings`).
    schemes = {"https", urlsplit(issuer).scheme}
    if not isinstance(value, str) or urlsplit(value).scheme not in schemes or "#" in value:
        raise SsoUnavailable(f"The provider's {name} is missing, or not https.")
    return value


def _json(answer: Answer, what: str) -> dict[str, Any]:
    if not answer.accepted:
        log.warning("sso.provider_away", what=what, problem=answer.problem, status=answer.status)
        raise SsoUnavailable(f"The provider does not answer ({answer.problem}).")
    try:
        found = strict_json.parse(answer.body)
    except PaythreadError:
        found = None
    if not isinstance(found, dict):
        log.warning("sso.answer_unreadable", what=what)
        raise SsoUnavailable("The provider's answer cannot be read.")
    return found


def _words(value: object) -> list[str]:
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []


def _basic(config: SsoConfig) -> str:
    # RFC 6749, 2.3.1: both are form-encoded first.
    pair = f"{quote_plus(config.client_id)}:{quote_plus(config.client_secret)}"
    return f"Basic {base64.b64encode(pair.encode()).decode()}"
