"""X-Hub-Signature-256: HMAC-SHA256 of the exact body with the app's secret, in hexadecimal.

https://developers.facebook.com/docs/graph-api/webhooks/getting-started, "Validating Payloads".
"""

import hashlib
import hmac
from collections.abc import Iterable
from typing import Final

HEADER: Final = "x-hub-signature-256"
_PREFIX: Final = "sha256="


def sign(app_secret: str, body: bytes) -> str:
    """The header's value as Meta makes it."""
    return _PREFIX + hmac.new(app_secret.encode(), body, hashlib.sha256).hexdigest()


def holds(header: str | None, *, app_secrets: Iterable[str], body: bytes) -> bool:
    """Whether one of the secrets made this signature. Compares in constant time."""
    if header is None:
        return False
    given = header.strip().encode("utf-8", "replace")
    return any(hmac.compare_digest(given, sign(each, body).encode()) for each in app_secrets)
