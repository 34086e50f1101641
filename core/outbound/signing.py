"""Signatures by Standard Webhooks 1.0 (https://www.standardwebhooks.com): HMAC-SHA-256 over `id.timestamp.body`."""

import base64
import binascii
import hashlib
import hmac
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

_PREFIX: Final = "whsec_"
_SECRET_BYTES: Final = 32
# How far a signature's moment may lie from ours, either way.
TOLERANCE: Final = timedelta(minutes=5)
# A sender that changes its secret signs with two; nobody needs ten.
_SIGNATURES_MAX: Final = 10


def new_secret() -> str:
    """A fresh secret: `whsec_` and 32 random bytes in base64."""
    return _PREFIX + base64.b64encode(secrets.token_bytes(_SECRET_BYTES)).decode()


def signature(secret: str, *, message: str, at: datetime, body: bytes) -> str:
    """`v1,` and the signature in base64. `message` is the webhook's id; the moment counts in whole seconds."""
    return _signature(secret, message.encode(), str(_seconds(at)).encode(), body)


def signed_headers(
    secrets_in_use: Sequence[str], *, message: str, at: datetime, body: bytes
) -> dict[str, str]:
    """The three headers that a receiver checks. Each secret signs, so that either side may change first."""
    assert secrets_in_use, "an unsigned webhook is worth nothing"
    signatures = [signature(secret, message=message, at=at, body=body) for secret in secrets_in_use]
    return {
        "webhook-id": message,
        "webhook-timestamp": str(_seconds(at)),
        "webhook-signature": " ".join(signatures),
    }


def holds(
    secrets_in_use: Sequence[str], headers: Mapping[str, str], body: bytes, *, now: datetime
) -> bool:
    """Whether one of the secrets signed this body within the tolerance. Header names in lower case."""
    message, moment, given = (
        headers.get(f"webhook-{name}", "") for name in ("id", "timestamp", "signature")
    )
    if not message or not (moment.isascii() and moment.isdigit() and len(moment) <= 12):
        return False
    if abs(now.timestamp() - int(moment)) > TOLERANCE.total_seconds():
        return False
    expected = [
        _signature(secret, message.encode(), moment.encode(), body).encode()
        for secret in secrets_in_use
    ]
    matches = [
        hmac.compare_digest(each, one.encode())
        for one in given.split(" ")[:_SIGNATURES_MAX]
        for each in expected
    ]
    return any(matches)


def is_secret(text: str) -> bool:
    """Whether this can be signed with: base64, with or without `whsec_` in front, of 24 to 64 bytes."""
    try:
        return 24 <= len(_key(text)) <= 64
    except (binascii.Error, ValueError):
        return False


def _signature(secret: str, message: bytes, moment: bytes, body: bytes) -> str:
    signed = b".".join([message, moment, body])
    return "v1," + base64.b64encode(hmac.digest(_key(secret), signed, hashlib.sha256)).decode()


def _key(secret: str) -> bytes:
    text = secret.removeprefix(_PREFIX)
    return base64.b64decode(text + "=" * (-len(text) % 4), validate=True)


def _seconds(at: datetime) -> int:
    return int(at.timestamp())
