"""Vonage's tokens: the application's in requests (RS256), Vonage's in callbacks (HS256)."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import secrets
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_public_key


def is_allowed(authorization: str, *, public_key: str, application: str, now: int) -> bool:
    """Whether the application's key signed this request's token, and it has not run out."""
    scheme, _, token = authorization.partition(" ")
    parts = token.split(".")
    if scheme.lower() != "bearer" or len(parts) != 3:
        return False
    key = load_pem_public_key(public_key.encode())
    assert isinstance(key, RSAPublicKey), "the option holds an RSA key"
    try:
        signed = f"{parts[0]}.{parts[1]}".encode()
        key.verify(_decoded(parts[2]), signed, PKCS1v15(), SHA256())
        claims = json.loads(_decoded(parts[1]))
    except (InvalidSignature, binascii.Error, ValueError):
        return False
    expires = claims.get("exp")
    fresh = isinstance(expires, int) and expires >= now // 1000
    return fresh and claims.get("application_id") == application


def callback_token(secret: str, *, application: str, body: bytes, now: int) -> str:
    """The token of one callback, with its body's hash."""
    claims = {
        "iat": now // 1000,
        "jti": secrets.token_hex(16),
        "iss": "Vonage",
        "payload_hash": hashlib.sha256(body).hexdigest(),
        "api_key": "a1b2c3d4",
        "application_id": application,
    }
    signed = f"{_part({'alg': 'HS256', 'typ': 'JWT'})}.{_part(claims)}"
    digest = hmac.digest(secret.encode(), signed.encode(), hashlib.sha256)
    return f"{signed}.{_encoded(digest)}"


def _part(value: dict[str, Any]) -> str:
    return _encoded(json.dumps(value).encode())


def _encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
