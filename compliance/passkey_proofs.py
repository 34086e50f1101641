"""What a passkey proves: the ceremonies of WebAuthn (W3C Level 2, 7.1 and 7.2), without a database.

The only place that knows the library. The page must be exactly our console's origin, and in no frame of another site.
A browser takes a name over https as a relying party, or `localhost` over http; it takes no bare IP address.
"""

import json
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

import webauthn
from cryptography.exceptions import UnsupportedAlgorithm
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url, parse_client_data_json
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    AuthenticatorTransport,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

_TIMEOUT_MS: Final = 120_000
# What the library's parsers raise at bytes that a stranger made up, besides their own tree.
_BAD_BYTES: Final = (
    *(WebAuthnException, UnsupportedAlgorithm, struct.error),
    *(ValueError, KeyError, TypeError, IndexError, AttributeError, OverflowError, RecursionError),
)


@dataclass(frozen=True, slots=True)
class RelyingParty:
    """Whom passkeys are made for: the console's host name, and the exact origin of its pages."""

    id: str
    origin: str

    @classmethod
    def at(cls, base_url: str) -> "RelyingParty":
        """The one of a console at this address."""
        parts = urlsplit(base_url)
        assert parts.hostname is not None, "settings take no address without a host"
        return cls(parts.hostname, f"{parts.scheme}://{parts.netloc}")


@dataclass(frozen=True, slots=True)
class Known:
    """A passkey as options name it: its credential id in base64url, and the ways to reach it."""

    credential_id: str
    transports: Sequence[str]


@dataclass(frozen=True, slots=True)
class Made:
    """A new passkey that was proven. Ids and keys in base64url."""

    credential_id: str
    public_key: str
    sign_count: int
    user_verified: bool


@dataclass(frozen=True, slots=True)
class Signed:
    """A challenge that was signed. The counter is still to be compared."""

    sign_count: int
    user_verified: bool


class NotProven(Exception):
    """The answer proves nothing. Why is for nobody outside."""


def creation_options(
    party: RelyingParty,
    *,
    challenge: bytes,
    user: str,
    email: str,
    name: str,
    known: Sequence[Known],
) -> dict[str, Any]:
    """What a browser is told to make a passkey; those that exist are not made twice."""
    options = webauthn.generate_registration_options(
        rp_id=party.id,
        rp_name="Paythread",
        user_id=user.encode(),
        user_name=email,
        user_display_name=name,
        challenge=challenge,
        timeout=_TIMEOUT_MS,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.PREFERRED,
            user_verification=UserVerificationRequirement.PREFERRED,
        ),
        exclude_credentials=_descriptors(known),
    )
    return _plain(webauthn.options_to_json(options))


def request_options(
    party: RelyingParty, *, challenge: bytes, known: Sequence[Known], verify_user: bool
) -> dict[str, Any]:
    """What a browser is told to sign in; without `known`, whatever passkeys it holds for us are offered."""
    options = webauthn.generate_authentication_options(
        rp_id=party.id,
        challenge=challenge,
        timeout=_TIMEOUT_MS,
        allow_credentials=_descriptors(known),
        user_verification=(
            UserVerificationRequirement.REQUIRED
            if verify_user
            else UserVerificationRequirement.PREFERRED
        ),
    )
    return _plain(webauthn.options_to_json(options))


def challenge_in(credential: Mapping[str, Any]) -> bytes:
    """The challenge that the answer claims to be about; nothing is checked. Raises `NotProven`."""
    try:
        data = parse_client_data_json(base64url_to_bytes(credential["response"]["clientDataJSON"]))
        if not isinstance(data.challenge, bytes) or data.cross_origin:
            raise NotProven
    except _BAD_BYTES:
        raise NotProven from None
    return data.challenge


def check_creation(party: RelyingParty, credential: Mapping[str, Any], *, challenge: bytes) -> Made:
    """The passkey that was made for this challenge. Raises `NotProven`."""
    try:
        made = webauthn.verify_registration_response(
            credential=dict(credential),
            expected_challenge=challenge,
            expected_rp_id=party.id,
            expected_origin=party.origin,
        )
    except _BAD_BYTES:
        raise NotProven from None
    return Made(
        credential_id=bytes_to_base64url(made.credential_id),
        public_key=bytes_to_base64url(made.credential_public_key),
        sign_count=made.sign_count,
        user_verified=made.user_verified,
    )


def check_signature(
    party: RelyingParty,
    credential: Mapping[str, Any],
    *,
    challenge: bytes,
    public_key: str,
    verify_user: bool,
) -> Signed:
    """That this key signed this challenge, here, with somebody present. Raises `NotProven`."""
    try:
        signed = webauthn.verify_authentication_response(
            credential=dict(credential),
            expected_challenge=challenge,
            expected_rp_id=party.id,
            expected_origin=party.origin,
            credential_public_key=base64url_to_bytes(public_key),
            # Compared by the caller, who has to tell a counter that went back from a wrong signature.
            credential_current_sign_count=0,
            require_user_verification=verify_user,
        )
    except _BAD_BYTES:
        raise NotProven from None
    return Signed(signed.new_sign_count, signed.user_verified)


def went_back(*, before: int, now: int) -> bool:
    """Whether a counter shows that there are two of this passkey. Those that do not count stay at zero (7.2, 21)."""
    return (before > 0 or now > 0) and now <= before


def user_in(handle: str | None) -> str | None:
    """The user's id in a user handle, or None."""
    try:
        return base64url_to_bytes(handle).decode() if handle is not None else None
    except ValueError:
        return None


def _descriptors(known: Sequence[Known]) -> list[PublicKeyCredentialDescriptor]:
    return [
        PublicKeyCredentialDescriptor(
            id=base64url_to_bytes(each.credential_id),
            transports=[AuthenticatorTransport(way) for way in each.transports] or None,
        )
        for each in known
    ]


def _plain(text: str) -> dict[str, Any]:
    options: dict[str, Any] = json.loads(text)
    return options
