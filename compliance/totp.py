"""Codes from an authenticator app: RFC 6238 (TOTP over HMAC-SHA-1, 30 seconds, six digits), over RFC 4226's HOTP."""

import base64
import hashlib
import hmac
import secrets
from datetime import datetime
from typing import Final
from urllib.parse import quote, urlencode

SECRET_BYTES: Final = 20
STEP_SECONDS: Final = 30
DIGITS: Final = 6
# A clock may be a step off either way (RFC 6238, 5.2).
_DRIFT_STEPS: Final = 1


def generate_secret() -> str:
    """160 random bits in base 32, as apps take them."""
    return base64.b32encode(secrets.token_bytes(SECRET_BYTES)).decode()


def step_at(now: datetime) -> int:
    """Which step of thirty seconds it is."""
    return int(now.timestamp()) // STEP_SECONDS


def code_at(secret: str, step: int, *, digits: int = DIGITS) -> str:
    """The code of one step."""
    mac = hmac.new(base64.b32decode(secret), step.to_bytes(8, "big"), hashlib.sha1).digest()
    offset = mac[-1] & 0x0F
    number = int.from_bytes(mac[offset : offset + 4], "big") & 0x7FFFFFFF
    return str(number % 10**digits).zfill(digits)


def matching_step(secret: str, code: str, *, now: datetime, after: int | None) -> int | None:
    """The step that a code is of, or None. Steps up to `after` were used: their codes hold no more."""
    here, found = step_at(now), None
    for step in range(here - _DRIFT_STEPS, here + _DRIFT_STEPS + 1):
        # Every step is computed whatever the others gave, so that time tells nothing.
        same = hmac.compare_digest(code_at(secret, step).encode(), code.encode())
        if same and (after is None or step > after):
            found = step
    return found


def address_for_apps(secret: str, *, account: str, issuer: str) -> str:
    """The `otpauth:` address that an app reads from a QR code."""
    label = quote(f"{issuer}:{account}", safe="")
    about = urlencode({"secret": secret, "issuer": issuer}, quote_via=quote)
    return f"otpauth://totp/{label}?{about}"
