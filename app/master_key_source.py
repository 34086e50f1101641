"""Where the master keys come from: the environment, or a file that is watched for a new first line."""

import os
import tempfile
from pathlib import Path

from app.settings import Settings, SettingsUnusable
from compliance.master_keys import MasterKeys, keys_in

# A list of keys is short; whatever is longer is another file.
_BYTES_MAX = 4096


def master_keys(settings: Settings) -> MasterKeys:
    """The master keys, the current one first. Raises `SettingsUnusable`, `MasterKeyUnusable`: there is no default."""
    if settings.master_key:
        return MasterKeys.from_text(settings.master_key)
    if settings.master_key_file is not None:
        file = _KeyFile(settings.master_key_file)
        text = file.changed()
        if text is None:
            raise SettingsUnusable("PAYTHREAD_MASTER_KEY_FILE cannot be read.")
        return MasterKeys.from_text(text, reread=file.changed)
    raise SettingsUnusable(
        "Set PAYTHREAD_MASTER_KEY or PAYTHREAD_MASTER_KEY_FILE to 32 random bytes in base64 "
        "(`openssl rand -base64 32`). Without it nothing can be sealed, and nothing starts."
    )


def put_first(path: Path, key: str) -> None:
    """Makes a key the first line of the file, the others kept beneath. Raises `SettingsUnusable`, `MasterKeyUnusable`.

    The file is never half written: a reader finds the old one or the new one, whatever breaks off.
    """
    try:
        text = f"{key}\n{_read(path).strip()}\n"
        keys_in(text)
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


class _KeyFile:
    """Remembers how the file looked, so that it is read again only where it has changed."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._seen: tuple[int, int, int] | None = None

    def changed(self) -> str | None:
        """Its text, or None where it is as it was or cannot be read."""
        try:
            found = self._path.stat()
            seen = (found.st_ino, found.st_mtime_ns, found.st_size)
            if seen == self._seen:
                return None
            text = _read(self._path)
        except (OSError, UnicodeDecodeError):
            return None
        self._seen = seen
        return text


def _read(path: Path) -> str:
    with path.open() as file:
        return file.read(_BYTES_MAX)
