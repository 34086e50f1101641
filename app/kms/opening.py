"""A list of master keys in which a key management service has wrapped some: those are opened, each once a process."""

import base64
import re
from typing import Final

from app.kms.port import KeyService, KmsUnusable
from compliance.master_keys import KEY_BYTES, MasterKeyUnusable

_BETWEEN: Final = re.compile(r"[\s,]+")
_LOOKS_WRAPPED: Final = "vault:"


class Opener:
    """Gives lists of master keys in the clear. Without a service, what is wrapped is refused by name."""

    def __init__(self, service: KeyService | None) -> None:
        self._service = service
        self._opened: dict[str, str] = {}

    def open(self, text: str) -> str:
        """The list with everything opened. Raises `KmsUnusable`, `MasterKeyUnusable`."""
        return ",".join(self._plain(each) for each in _BETWEEN.split(text) if each)

    def wrapped(self, plain: str) -> str:
        """A master key as it is to be kept: wrapped where there is a service. Raises `KmsUnusable`."""
        if self._service is None:
            return plain
        wrapped = self._service.wrap(base64.urlsafe_b64decode(plain))
        if base64.urlsafe_b64encode(self._service.unwrap(wrapped)).decode() != plain:
            # Nothing is ever kept under what cannot be opened again.
            raise KmsUnusable("The key management service gave back another key than it was given.")
        return wrapped

    def _plain(self, each: str) -> str:
        if self._service is not None and self._service.knows(each):
            if each not in self._opened:
                self._opened[each] = _checked(self._service.unwrap(each))
            return self._opened[each]
        if each.startswith(_LOOKS_WRAPPED):
            raise KmsUnusable(
                "A master key is wrapped by a key management service: set PAYTHREAD_KMS_URL to have it opened."
            )
        return each


def _checked(secret: bytes) -> str:
    if len(secret) != KEY_BYTES:
        raise MasterKeyUnusable("What the key management service opened is not 32 bytes.")
    return base64.urlsafe_b64encode(secret).decode()
