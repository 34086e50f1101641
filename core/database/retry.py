"""Does a transaction again when the database chose it as the victim of a deadlock. Nothing of it had happened."""

from collections.abc import Awaitable, Callable
from typing import Final, TypeVar

from sqlalchemy.exc import OperationalError

_Answer = TypeVar("_Answer")

TRIES_MAX: Final = 4
# PostgreSQL: deadlock_detected, serialization_failure. https://www.postgresql.org/docs/current/errcodes-appendix.html
_VICTIM: Final = frozenset({"40P01", "40001"})


async def retried(transaction: Callable[[], Awaitable[_Answer]]) -> _Answer:
    """The answer of a transaction that makes no network call and has no effect but its own commit."""
    for tries in range(1, TRIES_MAX + 1):
        try:
            return await transaction()
        except OperationalError as error:
            if getattr(error.orig, "sqlstate", None) not in _VICTIM or tries == TRIES_MAX:
                raise
    raise AssertionError("the last try answers or raises")
