"""The master keys: one that wraps data keys, and earlier ones that may still be needed to unwrap them.

As text they are a list, the one that wraps first, separated by commas or white space: so a rotation needs no second
setting, and a file can be given its new first line while processes run. Such a file is read again when it has changed,
and when a data key turns up whose master key is not known yet.
"""

import base64
import hashlib
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from core.errors import Kind, PaythreadError

KEY_BYTES: Final = 32
# One that wraps, the one before it, and a few that old backups may need.
KEYS_MAX: Final = 8
_BETWEEN: Final = re.compile(r"[\s,]+")


class MasterKeyUnusable(PaythreadError):
    """The master key has the wrong form, or is not the one that wrapped this installation's keys."""

    code = "master_key_unusable"
    kind = Kind.UNAVAILABLE


@dataclass(frozen=True, slots=True, repr=False)
class MasterKey:
    """32 random bytes and the id that names them: the first 16 hex digits of their SHA-256."""

    secret: bytes
    id: str

    @classmethod
    def from_text(cls, text: str) -> "MasterKey":
        """Shape: base64 (either alphabet) or hex of 32 bytes. Raises `MasterKeyUnusable`."""
        secret = _decode_key(text.strip())
        if secret is None or len(secret) != KEY_BYTES:
            raise MasterKeyUnusable("The master key must be 32 bytes in base64 or hex.")
        return cls(secret, hashlib.sha256(b"paythread master key id" + secret).hexdigest()[:16])

    @staticmethod
    def generate_text() -> str:
        """A fresh master key as text."""
        return base64.urlsafe_b64encode(secrets.token_bytes(KEY_BYTES)).decode()


class MasterKeys:
    """The keys of this process. `reread` gives their text anew where it has changed since it was last asked."""

    def __init__(self, *keys: MasterKey, reread: Callable[[], str | None] | None = None) -> None:
        assert keys, "nothing can be sealed without a master key"
        self._keys = keys
        self._reread = reread

    @classmethod
    def from_text(
        cls, text: str, *, reread: Callable[[], str | None] | None = None
    ) -> "MasterKeys":
        """Raises `MasterKeyUnusable` for none, for more than `KEYS_MAX`, and for one of another form."""
        return cls(*keys_in(text), reread=reread)

    @property
    def current(self) -> MasterKey:
        """The one that new data keys are wrapped under."""
        self._refresh()
        return self._keys[0]

    @property
    def known(self) -> tuple[MasterKey, ...]:
        """All of them, the current one first."""
        return self._keys

    def of(self, key_id: str) -> MasterKey:
        """The one of that id. Raises `MasterKeyUnusable`."""
        found = self._find(key_id)
        if found is None and self._refresh():
            found = self._find(key_id)
        if found is None:
            raise MasterKeyUnusable("This data was sealed under another master key.")
        return found

    def _find(self, key_id: str) -> MasterKey | None:
        return next((key for key in self._keys if key.id == key_id), None)

    def _refresh(self) -> bool:
        text = self._reread() if self._reread is not None else None
        if text is None:
            return False
        try:
            self._keys = keys_in(text)
        except MasterKeyUnusable:
            # Half written, or spoilt: what we hold is still right.
            return False
        return True


def keys_in(text: str) -> tuple[MasterKey, ...]:
    """The keys of a list, the one that wraps first. Raises `MasterKeyUnusable`."""
    found = [MasterKey.from_text(each) for each in _BETWEEN.split(text) if each]
    if not 0 < len(found) <= KEYS_MAX:
        raise MasterKeyUnusable(f"There must be one to {KEYS_MAX} master keys of 32 bytes.")
    return tuple({key.id: key for key in found}.values())


def _decode_key(text: str) -> bytes | None:
    if len(text) == KEY_BYTES * 2:
        try:
            return bytes.fromhex(text)
        except ValueError:
            return None
    try:
        plain = text.replace("-", "+").replace("_", "/").rstrip("=")
        return base64.b64decode(plain + "=" * (-len(plain) % 4), validate=True)
    except ValueError:
        return None
