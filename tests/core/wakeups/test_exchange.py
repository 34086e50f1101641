"""Wake-ups reach the other processes, and a line that breaks is built anew and costs nothing but time."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest

from core.wakeups import EVERYBODY, Wakeups
from core.wakeups.exchange import MERCHANTS_A_MESSAGE_MAX, NOTE_BYTES_MAX


class LineLost(Exception):
    """What this line raises when it breaks."""


class Air:
    """Lines in one process: what is sent is heard by all who listen. `cut` breaks what is open."""

    failures = (LineLost,)

    def __init__(self) -> None:
        self.sent: list[str] = []
        self.broken = False
        self._ears: list[asyncio.Queue[str | None]] = []
        self.slow = asyncio.Event()
        self.slow.set()

    def cut(self) -> None:
        self.broken = True
        for ear in self._ears:
            ear.put_nowait(None)

    @asynccontextmanager
    async def tell(self) -> AsyncIterator["Air"]:
        yield self

    async def send(self, text: str) -> None:
        await self.slow.wait()
        if self.broken:
            raise LineLost
        self.sent.append(text)
        for ear in self._ears:
            ear.put_nowait(text)

    @asynccontextmanager
    async def listen(self) -> AsyncIterator[AsyncIterator[str]]:
        if self.broken:
            raise LineLost
        ear: asyncio.Queue[str | None] = asyncio.Queue()
        self._ears.append(ear)
        try:
            yield self._heard(ear)
        finally:
            self._ears.remove(ear)

    async def _heard(self, ear: "asyncio.Queue[str | None]") -> AsyncIterator[str]:
        while True:
            text = await ear.get()
            if text is None:
                raise LineLost
            yield text


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not true():
            await asyncio.sleep(0.01)


@pytest.fixture
async def pair() -> AsyncIterator[tuple[Air, Wakeups, Wakeups, list[str]]]:
    """Two processes on one line; what the second has heard."""
    air = Air()
    one, two, heard = Wakeups(air), Wakeups(air), list[str]()
    await one.start(lambda _: None)
    await two.start(heard.append)
    await until(lambda: one.healthy and two.healthy)
    yield air, one, two, heard
    await one.stop()
    await two.stop()


Pair = tuple[Air, Wakeups, Wakeups, list[str]]


async def test_who_begins_to_listen_takes_it_that_anything_may_have_happened(pair: Pair) -> None:
    assert [EVERYBODY] == pair[3]


async def test_another_process_hears_whose_journal_has_grown(pair: Pair) -> None:
    _, one, _, heard = pair
    one.tell("mer_1")
    await until(lambda: "mer_1" in heard)


async def test_nobody_is_woken_by_themselves(pair: Pair) -> None:
    air, _, two, heard = pair
    two.tell("mer_1")
    await until(lambda: len(air.sent) == 1)
    await asyncio.sleep(0.05)
    assert [EVERYBODY] == heard


async def test_what_comes_while_a_message_is_under_way_goes_out_together(pair: Pair) -> None:
    air, one, _, heard = pair
    air.slow.clear()
    one.tell("mer_0")
    await asyncio.sleep(0.05)
    for number in range(20):
        one.tell(f"mer_{number}")
    air.slow.set()
    await until(lambda: "mer_19" in heard)

    assert 2 == len(air.sent)
    assert 2 == heard.count("mer_0"), "it grew again while it was told of"


async def test_a_message_names_no_more_merchants_than_it_may_hold(pair: Pair) -> None:
    air, one, _, heard = pair
    for number in range(MERCHANTS_A_MESSAGE_MAX + 1):
        one.tell(f"mer_{number}")
    await until(lambda: len(heard) == MERCHANTS_A_MESSAGE_MAX + 2)
    assert 2 == len(air.sent)


async def test_a_line_that_breaks_is_built_anew_and_everybody_is_woken(pair: Pair) -> None:
    air, one, two, heard = pair
    air.cut()
    one.tell("mer_1")
    await until(lambda: not one.healthy and not two.healthy)
    air.broken = False
    await until(lambda: one.healthy and two.healthy)
    await until(lambda: any("mer_1" in text for text in air.sent))
    assert 2 == heard.count(EVERYBODY)


# Notes


@pytest.fixture
async def noted(pair: Pair) -> AsyncIterator[list[str]]:
    """What a third process reads of the notes."""
    third, notes = Wakeups(pair[0]), list[str]()
    await third.start(lambda _: None, notes.append)
    await until(lambda: third.healthy)
    yield notes
    await third.stop()


async def test_a_note_reaches_the_others_and_wakes_nobody(pair: Pair, noted: list[str]) -> None:
    _, one, _, heard = pair
    one.note("a link", "somebody is typing, it seems")
    await until(lambda: bool(noted))
    assert (["somebody is typing, it seems"], [EVERYBODY]) == (noted, heard)


async def test_of_notes_about_the_same_only_the_last_leaves(pair: Pair, noted: list[str]) -> None:
    air, one, _, _ = pair
    air.slow.clear()
    one.tell("mer_1")
    await asyncio.sleep(0.05)
    for text in ("active", "typing", "idle"):
        one.note("a link", text)
    one.note("another", "typing")
    air.slow.set()
    await until(lambda: len(noted) == 2)
    assert ["idle", "typing"] == noted


async def test_notes_share_messages_that_notify_can_carry(pair: Pair, noted: list[str]) -> None:
    air, one, _, _ = pair
    for number in range(5):
        one.note(str(number), "x" * NOTE_BYTES_MAX)
    one.note("too long", "x" * (NOTE_BYTES_MAX + 1))
    await until(lambda: len(noted) == 5)
    assert all(len(text) < 8000 for text in air.sent)


async def test_a_note_that_finds_no_line_is_let_go(pair: Pair, noted: list[str]) -> None:
    air, one, two, _ = pair
    air.cut()
    one.tell("mer_1")
    await until(lambda: not one.healthy and not two.healthy)
    one.note("a link", "old by the time it leaves")
    air.broken = False
    await until(lambda: any("mer_1" in text for text in air.sent))
    await until(lambda: one.healthy and two.healthy)
    one.note("a link", "new")
    await until(lambda: "new" in noted)
    assert ["new"] == noted
