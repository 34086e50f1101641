"""What is asked of a key management service: to wrap a short secret, and to open it again."""

from typing import Protocol

from core.errors import Kind, PaythreadError


class KmsUnusable(PaythreadError):
    """The service did not answer, or refuses; the sentence says which, and never a secret."""

    code = "kms_unusable"
    kind = Kind.UNAVAILABLE


class KeyService(Protocol):
    """One key of one service. Both are asked rarely: at the start, and when the list of master keys has changed."""

    def knows(self, text: str) -> bool:
        """Whether the text has the form of what this service wraps."""
        ...

    def wrap(self, secret: bytes) -> str:
        """The wrapped form: one word without a comma. Raises `KmsUnusable`."""
        ...

    def unwrap(self, wrapped: str) -> bytes:
        """The secret again. Raises `KmsUnusable`."""
        ...
