"""Passwords: what is accepted (PCI DSS 4.0.1, 8.3.6 and 8.3.7) and how they are kept (Argon2id, RFC 9106)."""

import asyncio
import secrets
from collections.abc import Sequence
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from compliance.common_passwords import is_common
from core.errors import PaythreadError

LENGTH_MIN: Final = 12
LENGTH_MAX: Final = 256
# How many earlier ones may not come back (8.3.7).
PAST_MAX: Final = 4
# What somebody has who was invited and has chosen none yet.
NONE_YET: Final = ""
_OWN_WORD_LENGTH_MIN: Final = 4

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
    if is_common(password):
        raise WeakPassword("This password is among the first that anybody would guess.")


def check_not_about(password: str, *, name: str, email: str) -> None:
    """Raises `WeakPassword` when the password holds its owner's name or address."""
    folded = password.casefold()
    own = {email.casefold(), email.partition("@")[0].casefold(), *name.casefold().split()}
    if any(len(word) >= _OWN_WORD_LENGTH_MIN and word in folded for word in own):
        raise WeakPassword("A password holds neither your name nor your email address.")


async def check_not_past(password: str, hashes: Sequence[str]) -> None:
    """Raises `WeakPassword` when it is one of these, the newest first. Looks at no more than the last four."""
    for each in hashes[:PAST_MAX]:
        if await matches(each, password):
            raise WeakPassword(f"Choose one that is none of your last {PAST_MAX} passwords.")


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
    """Whether the password is the one hashed; as slow for None, or none yet, as for a real hash."""
    right = await asyncio.to_thread(_verify, password_hash or _DUMMY, password)
    return right and bool(password_hash)


def _verify(password_hash: str, password: str) -> bool:
    try:
        return _hasher.verify(password_hash, password)
    except (VerifyMismatchError, InvalidHashError):
        return False
