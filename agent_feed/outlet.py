"""What waits to go out to one client: bounded, in order, and taken in one of two ways.

Pushed down a wire, it waits only while the wire is full. Pulled (Server-Sent Events), it waits until it is fetched.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from agent_feed.batches import Parcel
from agent_feed.frames import EventFrame, Frame
from agent_feed.wire import Wire, text_frame


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """How much may wait for one client, and how much goes out or is read at a time."""

    waiting_frames_max: int = 1000
    waiting_characters_max: int = 4 * 1024 * 1024
    write_frames_max: int = 64
    write_characters_max: int = 256 * 1024
    page_entries: int = 200

    def __post_init__(self) -> None:
        assert self.page_entries < self.waiting_frames_max, "a page that is read must have room"


class Outlet:
    """One client's line."""

    __slots__ = (
        "_bounds",
        "_characters",
        "_closed",
        "_direct",
        "_empty",
        "_held",
        "_something",
        "_waiting",
        "_wire",
    )

    def __init__(
        self, bounds: Bounds, wire: Wire | None = None, *, held: Callable[[], None] | None = None
    ) -> None:
        """`held` is called when what comes next can no longer go straight out."""
        self._bounds = bounds
        self._wire = wire
        self._held = held
        # A list, and events only once somebody waits for them: an idle socket should weigh little.
        self._waiting: list[tuple[Frame, str]] = []
        self._characters = 0
        self._closed = False
        self._something: asyncio.Event | None = None
        self._empty: asyncio.Event | None = None
        # Whether what comes next goes straight out: there is a wire, it is not full, and nothing waits.
        self._direct = wire is not None and not wire.full
        if wire is not None:
            wire.on_full, wire.on_drain = self._hold, self._drain

    def put(self, frame: Frame) -> bool:
        """One frame, last in the line. Answers whether more waits now than may."""
        if self._closed:
            return False
        self._append(frame, frame.text)
        return self._drained()

    def put_parcel(self, parcel: Parcel) -> bool:
        """An event frame an entry, last in the line; its bytes are shared by all who get it. Answers like `put`."""
        wire = self._wire
        if (
            self._direct
            and wire is not None
            and parcel.characters <= self._bounds.write_characters_max
        ):
            wire.write(parcel.wire)
            return False
        if self._closed:
            return False
        for one in parcel.entries:
            self._append(EventFrame(one), one.frame)
        return self._drained()

    @property
    def straight(self) -> Callable[[bytes], None] | None:
        """The way out for what comes next, while there is one, it is open, and nothing waits."""
        return self._wire.write if self._direct and self._wire is not None else None

    async def outgoing(self) -> Sequence[tuple[Frame, str]]:
        """The next frames with their text, oldest first; waits for one. Empty once the line is closed."""
        while not self._waiting and not self._closed:
            self._something = asyncio.Event()
            await self._something.wait()
        return self._take()

    async def wait_empty(self) -> None:
        """Waits until everything has gone out."""
        while self._waiting:
            self._empty = asyncio.Event()
            await self._empty.wait()

    def close(self) -> None:
        """Drops what waits; nothing more goes out."""
        self._closed = True
        self._direct = False
        self._waiting.clear()
        self._characters = 0
        _wake(self._something)
        if self._wire is not None:
            self._wire.close()

    def _append(self, frame: Frame, text: str) -> None:
        self._waiting.append((frame, text))
        self._characters += len(text)
        self._direct = False
        _wake(self._something)

    def _take(self) -> Sequence[tuple[Frame, str]]:
        count = characters = 0
        for _, text in self._waiting[: self._bounds.write_frames_max]:
            if count and characters + len(text) > self._bounds.write_characters_max:
                break
            count += 1
            characters += len(text)
        taken = self._waiting[:count]
        del self._waiting[:count]
        self._characters -= characters
        if not self._waiting:
            _wake(self._empty)
        return taken

    def _drained(self) -> bool:
        """Sends what the wire takes. Answers whether more waits than may."""
        self._drain()
        return (
            len(self._waiting) > self._bounds.waiting_frames_max
            or self._characters > self._bounds.waiting_characters_max
        )

    def _hold(self) -> None:
        self._direct = False
        if self._held is not None:
            self._held()

    def _drain(self) -> None:
        wire = self._wire
        if wire is None:
            return
        while self._waiting and not wire.full:
            wire.write(b"".join(text_frame(text) for _, text in self._take()))
        self._direct = not self._waiting and not wire.full


def _wake(event: asyncio.Event | None) -> None:
    if event is not None:
        event.set()
