"""Requests that wait for news: woken by what this process commits, and bounded in number.

What other processes commit is found by looking again: often while few wait, seldom while many do, so that those who
wait cost a bounded number of looks.
"""

import asyncio
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from typing import Final

# So many wait in one process; everybody else is answered at once and asks again.
WAITERS_MAX: Final = 1000
LOOK_SECONDS_MIN: Final = 1.5
LOOKS_A_SECOND_MAX: Final = 100


class Waiting:
    """One who waits. `cut`: the service is about to stop."""

    def __init__(self) -> None:
        self._news = asyncio.Event()
        self.cut = False

    def wake(self) -> None:
        self._news.set()

    async def nap(self, seconds: float) -> None:
        """Until something may be new, at most so long."""
        try:
            async with asyncio.timeout(seconds):
                await self._news.wait()
        except TimeoutError:
            return
        self._news.clear()


class WaitingRoom:
    """Everybody who waits in this process, by what they wait for. Belongs to one event loop."""

    def __init__(self, waiters_max: int = WAITERS_MAX) -> None:
        self._waiters_max = waiters_max
        self._waiting: dict[str, set[Waiting]] = {}
        self._all: set[Waiting] = set()
        self._draining = False

    @property
    def look_seconds(self) -> float:
        """How long whoever waits naps at most before looking again."""
        return max(LOOK_SECONDS_MIN, len(self._all) / LOOKS_A_SECOND_MAX)

    def wake(self, keys: Collection[str | None]) -> None:
        """Something about these was committed."""
        if not self._all:
            return
        for key in keys:
            if key is not None:
                for one in self._waiting.get(key, ()):
                    one.wake()

    def drain(self) -> None:
        """Answers everybody who waits: the service stops."""
        self._draining = True
        for one in self._all:
            one.cut = True
            one.wake()

    @asynccontextmanager
    async def place(self, *keys: str | None) -> AsyncIterator[Waiting | None]:
        """A place to wait in for news of any of these, or None when there is none left. None wakes nobody."""
        if self._draining or len(self._all) >= self._waiters_max:
            yield None
            return
        one, known = Waiting(), {key for key in keys if key is not None}
        self._all.add(one)
        for key in known:
            self._waiting.setdefault(key, set()).add(one)
        try:
            yield one
        finally:
            self._all.discard(one)
            for key in known:
                self._waiting[key].discard(one)
                if not self._waiting[key]:
                    del self._waiting[key]
