"""Waiting for something to come true, with a generous deadline: the machine may be busy."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

T = TypeVar("T")

PATIENCE_SECONDS = 60
_POLL_SECONDS = 0.1


async def eventually(
    look: Callable[[], Awaitable[T]], what: str, *, seconds: float = PATIENCE_SECONDS
) -> T:
    """What `look` answers once it is true; fails after `seconds`, with `what` did not happen."""
    deadline = time.monotonic() + seconds
    while True:
        found = await look()
        if found:
            return found
        if time.monotonic() > deadline:
            raise AssertionError(f"within {seconds} s, not: {what} (last seen: {found!r})")
        await asyncio.sleep(_POLL_SECONDS)
