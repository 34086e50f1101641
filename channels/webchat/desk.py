"""What the chat's doors need of the house: the widget, where customers pay, and who waits for news.

A visitor who waits is woken by what this process commits for the merchant; what other processes commit is found by
looking again, a little later.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from channels.webchat.bundle import Bundle, load_bundle

# So many wait in one process; everybody else is answered at once and asks again.
WAITERS_MAX: Final = 1000
WAIT_SECONDS_MAX: Final = 20.0
LOOK_SECONDS: Final = 1.5


class Waiting:
    """One visitor who waits. `cut`: the service is about to stop."""

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


class ChatDesk:
    """`pay_url` is where customers open links. Belongs to one event loop."""

    def __init__(
        self,
        pay_url: str,
        *,
        wait_seconds_max: float = WAIT_SECONDS_MAX,
        waiters_max: int = WAITERS_MAX,
    ) -> None:
        self.pay_origin = pay_url
        self.wait_seconds_max = wait_seconds_max
        self.widget: Bundle = load_bundle()
        self._waiters_max = waiters_max
        self._waiting: dict[str, set[Waiting]] = {}
        self._count = 0
        self._draining = False

    def wake(self, merchant: str) -> None:
        """The merchant's journal has grown."""
        for one in self._waiting.get(merchant, ()):
            one.wake()

    def drain(self) -> None:
        """Answers everybody who waits: the service stops."""
        self._draining = True
        for waiting in self._waiting.values():
            for one in waiting:
                one.cut = True
                one.wake()

    @asynccontextmanager
    async def waiting(self, merchant: str) -> AsyncIterator[Waiting | None]:
        """A place to wait in, or None when there is none left."""
        if self._draining or self._count >= self._waiters_max:
            yield None
            return
        one = Waiting()
        self._count += 1
        self._waiting.setdefault(merchant, set()).add(one)
        try:
            yield one
        finally:
            self._count -= 1
            self._waiting[merchant].discard(one)
            if not self._waiting[merchant]:
                del self._waiting[merchant]
