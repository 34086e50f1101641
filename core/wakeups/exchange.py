"""Keeps two lines to the other processes alive: one to tell, one to listen.

Merchants whose journals have grown are gathered while the last message is under way, so that a busy process sends few
messages rather than one a commit.
"""

import asyncio
import random
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from typing import Final, Protocol

import structlog

# Heard after a line was down: anybody's journal may have grown meanwhile.
EVERYBODY: Final = "*"
MERCHANTS_A_MESSAGE_MAX: Final = 100
_PENDING_MAX: Final = 10_000
_RETRY_SECONDS: Final = 0.2
_RETRY_SECONDS_MAX: Final = 5.0

log = structlog.get_logger()

Heard = Callable[[str], None]


class Teller(Protocol):
    """A line to tell by."""

    async def send(self, text: str) -> None: ...


class Lines(Protocol):
    """How messages travel. `failures` is what a broken line raises."""

    @property
    def failures(self) -> tuple[type[Exception], ...]: ...

    def tell(self) -> AbstractAsyncContextManager[Teller]:
        """A line to tell by, open until the block ends."""
        ...

    def listen(self) -> AbstractAsyncContextManager[AsyncIterator[str]]:
        """Every message sent since the block began."""
        ...


class Wakeups:
    """Between `start` and `stop`, passes wake-ups on. Belongs to one event loop."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self._name = secrets.token_hex(4)
        self._pending: set[str] = set()
        self._something = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self.healthy = False

    def tell(self, merchant: str) -> None:
        """The merchant's journal has grown here. Never waits, never fails."""
        if len(self._pending) < _PENDING_MAX:
            self._pending.add(merchant)
            self._something.set()

    async def start(self, heard: Heard) -> None:
        """Begins to tell, and to call `heard` with each merchant whose journal grew in another process."""
        self._tasks = [
            asyncio.create_task(self._kept_up("tell", self._telling)),
            asyncio.create_task(self._kept_up("listen", lambda up: self._listening(heard, up))),
        ]

    async def stop(self) -> None:
        """Ends both lines."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks = []

    async def _kept_up(
        self, line: str, run: Callable[[Callable[[], None]], Awaitable[None]]
    ) -> None:
        wait_seconds = _RETRY_SECONDS

        def up() -> None:
            nonlocal wait_seconds
            wait_seconds = _RETRY_SECONDS

        while True:
            try:
                await run(up)
            except self._lines.failures as error:
                log.warning("wakeups.line_lost", line=line, error=type(error).__name__)
            except Exception as error:
                # Whatever it is, it is said, and the line is built anew: without it there is only asking.
                log.error("wakeups.line_lost", line=line, exc_info=error)
            await asyncio.sleep(wait_seconds * random.uniform(0.5, 1.5))  # noqa: S311 - jitter
            wait_seconds = min(wait_seconds * 2, _RETRY_SECONDS_MAX)

    async def _telling(self, up: Callable[[], None]) -> None:
        async with self._lines.tell() as teller:
            up()
            while True:
                await self._something.wait()
                batch = sorted(self._pending)[:MERCHANTS_A_MESSAGE_MAX]
                # Before it is sent: who commits meanwhile is told of once more.
                self._pending.difference_update(batch)
                if not self._pending:
                    self._something.clear()
                try:
                    await teller.send(f"{self._name} {','.join(batch)}")
                except BaseException:
                    for merchant in batch:
                        self.tell(merchant)
                    raise

    async def _listening(self, heard: Heard, up: Callable[[], None]) -> None:
        try:
            async with self._lines.listen() as messages:
                up()
                self.healthy = True
                heard(EVERYBODY)
                async for text in messages:
                    name, _, merchants = text.partition(" ")
                    if name != self._name:
                        for merchant in merchants.split(","):
                            heard(merchant)
        finally:
            self.healthy = False
