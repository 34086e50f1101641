"""Where the master keys come from: the environment, or a file that is watched for a new first line.

Either may hold keys that a key management service has wrapped (`app.kms`).
"""

import os
import tempfile
from pathlib import Path
from typing import Final

from app.kms.opening import Opener
from app.kms.port import KmsUnusable
from app.settings import Settings, SettingsUnusable
from compliance.master_keys import MasterKeys, MasterKeyUnusable, keys_in
from core.aging import MONOTONIC, Ticks

# A list of keys is short; whatever is longer is another file.
_BYTES_MAX = 4096
# After the key management service failed, the list that we hold is used for so long before it is asked again.
_PATIENCE_SECONDS: Final = 30.0


def master_keys(settings: Settings) -> MasterKeys:
    """The master keys, the current one first: there is no default.

    Raises `SettingsUnusable`, `MasterKeyUnusable`, `KmsUnusable`.
    """
    opener = Opener(settings.key_service)
    if settings.master_key:
        return MasterKeys.from_text(opener.open(settings.master_key))
    if settings.master_key_file is not None:
        file = KeyFile(settings.master_key_file, opener)
        text = file.first()
        if text is None:
            raise SettingsUnusable("PAYTHREAD_MASTER_KEY_FILE cannot be read.")
        return MasterKeys.from_text(text, reread=file.changed)
    raise SettingsUnusable(
        "Set PAYTHREAD_MASTER_KEY or PAYTHREAD_MASTER_KEY_FILE to 32 random bytes in base64 "
        "(`openssl rand -base64 32`). Without it nothing can be sealed, and nothing starts."
    )


def put_first(path: Path, key: str, opener: Opener) -> None:
    """Makes a key the first line of the file, the others kept beneath; it is wrapped where there is a service.

    The file is never half written: a reader finds the old one or the new one, whatever breaks off. Raises
    `SettingsUnusable`, `MasterKeyUnusable`, `KmsUnusable`.
    """
    try:
        text = f"{opener.wrapped(key)}\n{_read(path).strip()}\n"
        keys_in(opener.open(text))
        mode = path.stat().st_mode & 0o777
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "w") as new:
                new.write(text)
                new.flush()
                os.fsync(new.fileno())
            os.chmod(name, mode)
            os.replace(name, path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsUnusable(
            f"PAYTHREAD_MASTER_KEY_FILE cannot be written ({type(error).__name__}). "
            "Put the key of `paythread keys new` into its first line yourself, and run this again."
        ) from None


class KeyFile:
    """Remembers how the file looked, so that it is read again only where it has changed."""

    def __init__(self, path: Path, opener: Opener, *, ticks: Ticks = MONOTONIC) -> None:
        self._path = path
        self._opener = opener
        self._ticks = ticks
        self._seen: tuple[int, int, int] | None = None
        self._not_before: float | None = None

    def first(self) -> str | None:
        """Its keys in the clear, or None where it cannot be read. Raises `KmsUnusable`."""
        found = self._fresh()
        if found is None:
            return None
        seen, text = found
        opened = self._opener.open(text)
        self._seen = seen
        return opened

    def changed(self) -> str | None:
        """Its keys in the clear, or None where it is as it was, or cannot be read or opened now."""
        if self._not_before is not None and self._ticks() < self._not_before:
            return None
        self._not_before = None
        try:
            return self.first()
        except (KmsUnusable, MasterKeyUnusable):
            self._not_before = self._ticks() + _PATIENCE_SECONDS
            return None

    def _fresh(self) -> tuple[tuple[int, int, int], str] | None:
        try:
            found = self._path.stat()
            seen = (found.st_ino, found.st_mtime_ns, found.st_size)
            return None if seen == self._seen else (seen, _read(self._path))
        except (OSError, UnicodeDecodeError):
            return None


def _read(path: Path) -> str:
    with path.open() as file:
        return file.read(_BYTES_MAX)
