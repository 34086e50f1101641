"""Signatures by Standard Webhooks 1.0 (https://www.standardwebhooks.com): HMAC-SHA-256 over `id.timestamp.body`."""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Final

_PREFIX: Final = "whsec_"
_SECRET_BYTES: Final = 32


def new_secret() -> str:
    """A fresh secret: `whsec_` and 32 random bytes in base64."""
    return _PREFIX + base64.b64encode(secrets.token_bytes(_SECRET_BYTES)).decode()


def signature(secret: str, *, message: str, at: datetime, body: bytes) -> str:
    """`v1,` and the signature in base64. `message` is the webhook's id; the moment counts in whole seconds."""
    text = secret.removeprefix(_PREFIX)
    key = base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    signed = b".".join([message.encode(), str(_seconds(at)).encode(), body])
    return "v1," + base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()


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


def _seconds(at: datetime) -> int:
    return int(at.timestamp())
