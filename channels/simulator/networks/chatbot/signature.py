"""Standard Webhooks 1.0 (https://www.standardwebhooks.com), as an integrator would write it."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from collections.abc import Mapping

TOLERANCE_SECONDS = 300


def signed_headers(secret: str, *, message: str, now: int, body: bytes) -> dict[str, str]:
    """The three headers. `now` is in milliseconds."""
    moment = str(now // 1000)
    return {
        "webhook-id": message,
        "webhook-timestamp": moment,
        "webhook-signature": _signature(secret, message, moment, body),
    }


def holds(secret: str, headers: Mapping[str, str], *, now: int, body: bytes) -> bool:
    """Whether the secret signed this body lately."""
    message, moment = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not (message and moment.isascii() and moment.isdigit() and len(moment) < 13):
        return False
    if abs(now // 1000 - int(moment)) > TOLERANCE_SECONDS:
        return False
    try:
        expected = _signature(secret, message, moment, body).encode()
    except (binascii.Error, ValueError):
        return False
    given = headers.get("webhook-signature", "").split(" ")
    return any(hmac.compare_digest(expected, one.encode()) for one in given[:10])


def _signature(secret: str, message: str, moment: str, body: bytes) -> str:
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{message}.{moment}.".encode() + body
    return f"v1,{base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()}"
