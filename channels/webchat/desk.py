"""What the chat's doors need of the house: the widget, where customers pay, and who waits for news.

A visitor who waits is woken by what this process commits in their thread. What other processes commit is found by
looking again: often while few wait, seldom while many do, so that those who wait cost a bounded number of looks.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from channels.webchat.bundle import Bundle, load_bundle
from compliance.journal import Written

# So many wait in one process; everybody else is answered at once and asks again.
WAITERS_MAX: Final = 1000
WAIT_SECONDS_MAX: Final = 20.0
LOOK_SECONDS_MIN: Final = 1.5
LOOKS_A_SECOND_MAX: Final = 100


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
        self._waiting: dict[str | None, set[Waiting]] = {}
        self._count = 0
        self._draining = False

    @property
    def look_seconds(self) -> float:
        """How long whoever waits naps at most before looking again."""
        return max(LOOK_SECONDS_MIN, self._count / LOOKS_A_SECOND_MAX)

    def take(self, written: Written) -> None:
        """This process has committed."""
        if not self._waiting:
            return
        for conversation in {event.conversation for event in written.events}:
            for one in self._waiting.get(conversation, ()):
                one.wake()

    def drain(self) -> None:
        """Answers everybody who waits: the service stops."""
        self._draining = True
        for waiting in self._waiting.values():
            for one in waiting:
                one.cut = True
                one.wake()

    @asynccontextmanager
    async def waiting(self, conversation: str | None) -> AsyncIterator[Waiting | None]:
        """A place to wait in, or None when there is none left. Nothing wakes one without a conversation."""
        if self._draining or self._count >= self._waiters_max:
            yield None
            return
        one = Waiting()
        self._count += 1
        self._waiting.setdefault(conversation, set()).add(one)
        try:
            yield one
        finally:
            self._count -= 1
            self._waiting[conversation].discard(one)
            if not self._waiting[conversation]:
                del self._waiting[conversation]
