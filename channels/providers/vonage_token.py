"""The two JSON Web Tokens of Vonage: ours in requests (RS256), theirs in callbacks (HS256). RFC 7515 and 7519.

https://developer.vonage.com/en/getting-started/concepts/authentication and
https://developer.vonage.com/en/getting-started/concepts/webhooks#decoding-signed-webhooks. A callback's token names
the SHA-256 of its body, which is checked too: without it, a token that was seen once would carry any words.
"""

import base64
import binascii
import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from core import strict_json
from core.errors import PaythreadError

_LIFE: Final = timedelta(minutes=5)
# Vonage repeats a callback for a day, with the token that it had at first or with a new one.
_AGE_MAX: Final = timedelta(hours=25)
_CLOCKS_DIFFER: Final = timedelta(minutes=5)
_LENGTH_MAX: Final = 4096


def read_key(pem: str) -> RSAPrivateKey:
    """The application's private key. Raises ValueError, without repeating it."""
    try:
        key = load_pem_private_key(pem.encode(), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise ValueError("must be an RSA private key in PEM") from None
    if not isinstance(key, RSAPrivateKey) or key.key_size < 2048:
        raise ValueError("must be an RSA private key of at least 2048 bits, in PEM")
    return key


def request_token(key: RSAPrivateKey, *, application: str, now: datetime) -> str:
    """A token for one request of this application."""
    issued = int(now.timestamp())
    claims = {
        "application_id": application,
        "iat": issued,
        "exp": issued + int(_LIFE.total_seconds()),
        "jti": secrets.token_hex(16),
    }
    signed = f"{_part({'alg': 'RS256', 'typ': 'JWT'})}.{_part(claims)}"
    signature = key.sign(signed.encode(), PKCS1v15(), SHA256())
    return f"{signed}.{_encoded(signature)}"


def callback_token(secret: str, claims: Mapping[str, Any]) -> str:
    """A token as Vonage signs its callbacks."""
    signed = f"{_part({'alg': 'HS256', 'typ': 'JWT'})}.{_part(claims)}"
    return f"{signed}.{_encoded(hmac.digest(secret.encode(), signed.encode(), hashlib.sha256))}"


def holds(
    authorization: str,
    *,
    signature_secrets: Sequence[str],
    application: str,
    body: bytes,
    now: datetime,
) -> bool:
    """Whether Vonage signed this body, lately, for this application. `authorization` is the header's value."""
    scheme, _, token = authorization.partition(" ")
    parts = token.strip().split(".")
    if scheme.casefold() != "bearer" or len(parts) != 3 or len(token) > _LENGTH_MAX:
        return False
    head, payload, given = parts
    expected = [
        hmac.digest(secret.encode(), f"{head}.{payload}".encode(), hashlib.sha256)
        for secret in signature_secrets
    ]
    signature = _decoded(given)
    matches = [hmac.compare_digest(each, signature) for each in expected]
    header, claims = _object(head), _object(payload)
    if not any(matches) or header.get("alg") != "HS256" or claims.get("iss") != "Vonage":
        return False
    # A callback about a number that belongs to no application names none.
    if claims.get("application_id", application) != application:
        return False
    issued, expires = claims.get("iat"), claims.get("exp")
    if type(issued) is not int or not _is_recent(issued, now):
        return False
    if expires is not None and not (type(expires) is int and now.timestamp() <= expires):
        return False
    wanted = str(claims.get("payload_hash", "")).casefold().encode()
    return hmac.compare_digest(hashlib.sha256(body).hexdigest().encode(), wanted)


def _is_recent(issued: int, now: datetime) -> bool:
    age = now.timestamp() - issued
    return -_CLOCKS_DIFFER.total_seconds() <= age <= _AGE_MAX.total_seconds()


def _object(part: str) -> Mapping[str, Any]:
    try:
        found = strict_json.parse(_decoded(part))
    except PaythreadError:
        return {}
    return found if isinstance(found, dict) else {}


def _part(value: Mapping[str, Any]) -> str:
    return _encoded(json.dumps(dict(value), separators=(",", ":")).encode())


def _encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _decoded(text: str) -> bytes:
    """The bytes, or none where the text is no base64url."""
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return b""
