"""The error tree that every room's errors grow from.

    PaythreadError            a fact with its evidence; `code` names it, `kind` says whose move it is
      └─ one subclass per fact, in the room that knows it

A kind is not an HTTP status: `app/problems.py` alone maps one to the other.
A programmer's error is an assertion, never one of these.
"""

from enum import StrEnum
from typing import ClassVar


class Kind(StrEnum):
    """Whose move it is now, and why."""

    MALFORMED = "malformed"  # it could not be read at all
    INVALID = "invalid"  # it was read, and breaks a rule
    UNAUTHENTICATED = "unauthenticated"
    FORBIDDEN = "forbidden"
    NOT_FOUND = "not_found"
    CONFLICT = "conflict"  # the state of things does not allow it now
    GONE = "gone"
    TOO_LARGE = "too_large"
    UNSUPPORTED = "unsupported"
    RATE_LIMITED = "rate_limited"
    UNAVAILABLE = "unavailable"  # something we depend on did not answer


class FieldError:
    """One field that broke a rule: an RFC 6901 pointer and a sentence that does not repeat the input."""

    __slots__ = ("detail", "pointer")

    def __init__(self, pointer: str, detail: str) -> None:
        self.pointer = pointer
        self.detail = detail


class PaythreadError(Exception):
    """The root. `detail` is safe to show: it never repeats what came from outside."""

    code: ClassVar[str] = "error"
    kind: ClassVar[Kind] = Kind.INVALID

    def __init__(
        self,
        detail: str,
        *,
        fields: tuple[FieldError, ...] = (),
        retry_after_seconds: int | None = None,
    ) -> None:
        super().__init__(detail)
        self.detail = detail
        self.fields = fields
        self.retry_after_seconds = retry_after_seconds


class NotFound(PaythreadError):
    """No such thing for this caller; another merchant's thing looks exactly the same."""

    code = "not_found"
    kind = Kind.NOT_FOUND

    def __init__(self, what: str) -> None:
        super().__init__(f"There is no such {what}.")


class InvalidField(PaythreadError):
    """One field breaks a rule that only the domain knows."""

    code = "invalid_field"

    def __init__(self, pointer: str, detail: str) -> None:
        super().__init__(detail, fields=(FieldError(pointer, detail),))


class RateLimited(PaythreadError):
    """Too many tries; the limit says when the next one is welcome."""

    code = "rate_limited"
    kind = Kind.RATE_LIMITED

    def __init__(self, detail: str, *, retry_after_seconds: int) -> None:
        super().__init__(detail, retry_after_seconds=max(1, retry_after_seconds))
