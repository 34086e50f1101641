"""Keeps two lines to the other processes alive: one to tell, one to listen.

Merchants whose journals have grown are gathered while the last message is under way, so that a busy process sends few
messages rather than one a commit. Notes travel beside them: short words on what is true just now, which nobody stores.
A note that is lost stays lost; whoever writes one says it again, or lets it grow old.
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
# PostgreSQL's NOTIFY carries less than 8,000 bytes: https://www.postgresql.org/docs/current/sql-notify.html
NOTE_BYTES_MAX: Final = 3_500
_NOTES_BYTES_MAX: Final = 7_000
_NOTES: Final = "!"  # begins what a message says when it carries notes; no merchant's id does
_NOTES_PENDING_MAX: Final = 5_000
_PENDING_MAX: Final = 10_000
_RETRY_SECONDS: Final = 0.2
_RETRY_SECONDS_MAX: Final = 5.0

log = structlog.get_logger()

Heard = Callable[[str], None]
Noted = Callable[[str], None]


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
        self._notes: dict[str, str] = {}
        self._something = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self.healthy = False

    def tell(self, merchant: str) -> None:
        """The merchant's journal has grown here. Never waits, never fails."""
        if len(self._pending) < _PENDING_MAX:
            self._pending.add(merchant)
            self._something.set()

    def note(self, about: str, text: str) -> None:
        """Passes a line of ASCII text on, where another about the same has not left yet in its place.

        Never waits, never fails: what is too long or too much, or finds no line, is let go.
        """
        assert text.isascii(), "a note is counted in bytes"
        assert "\n" not in text, "a note is one line"
        if len(text) > NOTE_BYTES_MAX or (
            about not in self._notes and len(self._notes) >= _NOTES_PENDING_MAX
        ):
            return
        self._notes[about] = text
        self._something.set()

    async def start(self, heard: Heard, noted: Noted | None = None) -> None:
        """Begins to tell, and to call `heard` with each merchant whose journal grew in another process.

        `noted` is called with each note of another process.
        """

        def listening(up: Callable[[], None]) -> Awaitable[None]:
            return self._listening(heard, noted or _unheard, up)

        self._tasks = [
            asyncio.create_task(self._kept_up("tell", self._telling)),
            asyncio.create_task(self._kept_up("listen", listening)),
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
            # What was noted while there was no line is no longer what is true just now.
            self._notes.clear()
            while True:
                await self._something.wait()
                # The journal first: a note may be late, or never come.
                if self._pending:
                    await self._tell_merchants(teller)
                if self._notes:
                    await teller.send(f"{self._name} {_NOTES}{self._next_notes()}")
                if not self._pending and not self._notes:
                    self._something.clear()

    async def _tell_merchants(self, teller: Teller) -> None:
        batch = sorted(self._pending)[:MERCHANTS_A_MESSAGE_MAX]
        # Before it is sent: who commits meanwhile is told of once more.
        self._pending.difference_update(batch)
        try:
            await teller.send(f"{self._name} {','.join(batch)}")
        except BaseException:
            for merchant in batch:
                self.tell(merchant)
            raise

    def _next_notes(self) -> str:
        taken, size = list[str](), 0
        for about, text in self._notes.items():
            size += len(text) + 1
            if size > _NOTES_BYTES_MAX:
                break
            taken.append(about)
        return "\n".join(self._notes.pop(about) for about in taken)

    async def _listening(self, heard: Heard, noted: Noted, up: Callable[[], None]) -> None:
        try:
            async with self._lines.listen() as messages:
                up()
                self.healthy = True
                heard(EVERYBODY)
                async for text in messages:
                    name, _, said = text.partition(" ")
                    if name == self._name:
                        continue
                    if said.startswith(_NOTES):
                        for note in said.removeprefix(_NOTES).split("\n"):
                            noted(note)
                    else:
                        for merchant in said.split(","):
                            heard(merchant)
        finally:
            self.healthy = False


def _unheard(note: str) -> None:
    """Nobody asked."""
