"""Passwords: what is accepted (PCI DSS 4.0.1, 8.3.6) and how they are kept (Argon2id, RFC 9106)."""

import asyncio
import secrets
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from core.errors import PaythreadError

LENGTH_MIN: Final = 12
LENGTH_MAX: Final = 256

_hasher = PasswordHasher()
# Checked when there is no such user, so that the answer takes as long as for one who exists.
_DUMMY: Final = _hasher.hash(secrets.token_hex(16))


class WeakPassword(PaythreadError):
    """The password does not meet PCI DSS 8.3.6."""

    code = "weak_password"


def check_strength(password: str) -> None:
    """Raises `WeakPassword` unless it has 12 to 256 characters with letters and digits."""
    if not LENGTH_MIN <= len(password) <= LENGTH_MAX:
        raise WeakPassword(f"A password has {LENGTH_MIN} to {LENGTH_MAX} characters.")
    if not any(c.isalpha() for c in password) or not any(c.isdigit() for c in password):
        raise WeakPassword("A password has both letters and digits.")


def generate() -> str:
    """A fresh password that passes `check_strength`."""
    while True:
        password = secrets.token_urlsafe(15)
        if any(c.isalpha() for c in password) and any(c.isdigit() for c in password):
            return password


async def hash_password(password: str) -> str:
    """The PHC string of an Argon2id hash. Hashing takes long on purpose, so it runs in a thread."""
    return await asyncio.to_thread(_hasher.hash, password)


async def matches(password_hash: str | None, password: str) -> bool:
    """Whether the password is the one hashed; as slow for None as for a real hash."""
    return await asyncio.to_thread(_verify, password_hash or _DUMMY, password) and (
        password_hash is not None
    )


def _verify(password_hash: str, password: str) -> bool:
    try:
        return _hasher.verify(password_hash, password)
    except (VerifyMismatchError, InvalidHashError):
        return False
