"""Listeners in step are told in one go; whatever happens to them, each hears each entry once and in order."""

import asyncio
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent_feed.access import Sight
from agent_feed.actions import CloseCode, Grant
from agent_feed.batches import Batch, Presence, Published
from agent_feed.frames import Subscribe
from agent_feed.listeners import Listeners
from agent_feed.outlet import Bounds
from agent_feed.subscriber import Subscriber
from agent_feed.topics import Everything
from agent_feed.wire import Wire
from compliance.journal import Concern, Entry
from compliance.principal import Principal
from tests.agent_feed.entries import EPOCH, MERCHANT, batch, entry
from tests.agent_feed.test_wire import frames_of
from tests.support.clock import SettableClock
from tests.support.people import person

SUPERVISOR = person(MERCHANT, id="usr_sue")
ALL = Subscribe(None, (Everything(),))
EVERYTHING = Sight(MERCHANT, None, privileged=False)
ANNS = Sight(MERCHANT, Concern(agents=frozenset({"usr_ann"})), privileged=False)


class Pipe:
    """A transport that remembers what was written, and counts how often."""

    def __init__(self) -> None:
        self.frames: list[dict[str, Any]] = []
        self.writes = 0
        self.after_write: Any = None

    def write(self, data: bytes, /) -> None:
        self.writes += 1
        self.frames += [json.loads(bytes(frame.data)) for frame in frames_of(data)]
        if self.after_write is not None:
            self.after_write()

    def abort(self) -> None:
        """Nothing to drop."""

    def positions(self) -> list[int]:
        """The entries that arrived since the last `ready`."""
        found: list[int] = []
        for frame in self.frames:
            if frame["op"] == "ready":
                found = []
            elif frame["op"] == "event":
                found.append(frame["event"]["position"])
        return found


class Journal:
    """A `Source` over a list, whose sight is the same object for the same rights."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.sights = {"usr_sue": EVERYTHING, "usr_ann": ANNS}

    async def grant(self, principal: Principal, request: Subscribe) -> Grant:
        return Grant(self.sights[principal.id], len(self.entries), EPOCH)

    async def read(self, sight: Sight, *, after: int, limit: int) -> Batch:
        upto = min(after + limit, len(self.entries))
        return batch([e for e in self.entries if sight.covers(e)], after=after, upto=upto)

    async def may_watch(self, principal: Principal, link: str) -> bool:
        return True

    def announced(self, merchant: str) -> Batch | None:
        return batch([], after=len(self.entries), upto=len(self.entries))

    def on_pages(self, merchant: str) -> list[Presence]:
        return []

    def watch(self, subscriber: Subscriber, link: str | None) -> None:
        """Nobody else looks."""


class Room:
    """A journal, its listeners, and a pipe for each."""

    def __init__(self, **bounds: int) -> None:
        self.journal = Journal()
        self.bounds = Bounds(**bounds)
        self.listeners = Listeners(self.bounds)

    async def enter(self, who: str = "usr_sue") -> tuple[Subscriber, Wire, Pipe]:
        """Somebody who has subscribed."""
        pipe = Pipe()
        wire = Wire(pipe)
        one = Subscriber(
            self.journal,
            person(MERCHANT, id=who),
            clock=SettableClock(),
            bounds=self.bounds,
            wire=wire,
        )
        self.listeners.add(one)
        one.subscribe(ALL)
        await settled()
        return one, wire, pipe

    def happen(self, count: int = 1, *, size: int = 0) -> None:
        """Entries are committed and published together; every third is Ann's."""
        after = len(self.journal.entries)
        for position in range(after + 1, after + count + 1):
            agent = "usr_ann" if position % 3 == 0 else None
            self.journal.entries.append(entry(position, agent=agent, data={"x": "x" * size}))
        fresh = tuple(Published(one) for one in self.journal.entries[after:])
        self.listeners.publish(Batch(epoch=EPOCH, after=after, upto=after + count, entries=fresh))


async def settled() -> None:
    """Everything that was started has run."""
    for _ in range(10):
        await asyncio.sleep(0)


async def test_those_with_equal_rights_step_in_and_share_what_is_written() -> None:
    room = Room()
    people = [await room.enter() for _ in range(3)]
    room.happen()
    room.happen(2)
    for one, _, pipe in people:
        assert pipe.positions() == [1, 2, 3]
        assert one.place() is None, "it is in step, and stands nowhere by itself"


async def test_rights_that_differ_are_different_cohorts() -> None:
    room = Room()
    _, _, sue = await room.enter("usr_sue")
    _, _, ann = await room.enter("usr_ann")
    for _ in range(7):
        room.happen()
    assert sue.positions() == [1, 2, 3, 4, 5, 6, 7]
    assert ann.positions() == [3, 6]


async def test_a_socket_that_fills_up_takes_its_owner_out_with_what_it_has_taken() -> None:
    room = Room()
    (_, wire, slow), (_, _, quick) = await room.enter(), await room.enter()
    room.happen()
    slow.after_write = wire.pause
    room.happen()
    slow.after_write = None
    room.happen(2)
    assert (slow.positions(), quick.positions()) == ([1, 2], [1, 2, 3, 4])
    wire.resume()
    room.happen()
    assert slow.positions() == quick.positions() == [1, 2, 3, 4, 5]


async def test_who_is_behind_for_too_long_is_cut_off_alone() -> None:
    room = Room(waiting_frames_max=5, page_entries=4)
    (one, wire, _), (other, _, quick) = await room.enter(), await room.enter()
    room.happen()
    wire.pause()
    for _ in range(8):
        room.happen()
    assert one.closed is not None
    assert one.closed.code is CloseCode.TOO_SLOW
    assert other.closed is None
    assert quick.positions() == list(range(1, 10))


async def test_a_wire_that_is_closed_gets_nothing_more() -> None:
    room = Room()
    (_, wire, gone), (_, _, stays) = await room.enter(), await room.enter()
    room.happen()
    wire.close()
    room.happen()
    assert (gone.positions(), stays.positions()) == ([1], [1, 2])


async def test_a_heartbeat_tells_how_far_the_cohort_has_come() -> None:
    room = Room()
    one, _, pipe = await room.enter("usr_ann")
    room.happen()
    room.happen()
    clock = SettableClock()
    clock.advance(seconds=16)
    one.tick(clock())
    assert pipe.frames[-1] == {"op": "heartbeat", "position": 2}
    one.hear('{"op":"ack","position":2}')
    assert one.closed is None


async def test_more_than_one_write_may_hold_goes_out_in_several() -> None:
    room = Room(write_characters_max=600)
    _, _, pipe = await room.enter()
    room.happen()
    before = pipe.writes
    room.happen(4, size=300_000)
    assert pipe.positions() == [1, 2, 3, 4, 5]
    assert pipe.writes - before > 1


@pytest.mark.parametrize("count", [1, 4])
async def test_a_gap_or_a_restored_journal_parts_everybody(count: int) -> None:
    room = Room()
    people = [await room.enter() for _ in range(count)]
    room.happen()
    for position in (2, 3):
        room.journal.entries.append(entry(position))
    # What was published as 2 and 3 never came; 4 does.
    room.happen()
    await settled()
    assert [pipe.positions() for _, _, pipe in people] == [[1, 2, 3, 4]] * count
    room.listeners.publish(Batch(epoch="other", after=2, upto=2, rewound=True))
    for _, _, pipe in people:
        assert pipe.frames[-1]["op"] == "ready"
        assert pipe.frames[-1]["reset"] is True


class Game:
    """Five listeners, and what happens to them; in the end everybody has everything that is theirs."""

    def __init__(self) -> None:
        self.room = Room()
        self.names = ["usr_sue", "usr_sue", "usr_ann", "usr_ann", "usr_sue"]
        self.began = [0] * len(self.names)
        self.clock = SettableClock()
        self.seats: list[tuple[Subscriber, Wire, Pipe]] = []

    async def begin(self) -> None:
        self.seats = [await self.room.enter(name) for name in self.names]

    async def happen(self, seat: int) -> None:
        self.room.happen()

    async def happen_together(self, seat: int) -> None:
        self.room.happen(3)

    async def lose_a_batch(self, seat: int) -> None:
        self.room.journal.entries.append(entry(len(self.room.journal.entries) + 1))

    async def fill(self, seat: int) -> None:
        self.seats[seat][1].pause()

    async def drain(self, seat: int) -> None:
        self.seats[seat][1].resume()

    async def tick(self, seat: int) -> None:
        self.clock.advance(seconds=1)
        self.seats[seat][0].tick(self.clock())

    async def acknowledge(self, seat: int) -> None:
        self.seats[seat][0].hear('{"op":"ack","position":0}')

    async def subscribe_again(self, seat: int) -> None:
        self.began[seat] = len(self.room.journal.entries)
        self.seats[seat][0].subscribe(ALL)
        await settled()

    async def presence(self, seat: int) -> None:
        here = Presence(
            merchant=MERCHANT, link="lnk_1", agent=None, customer=None, present=True, device=None
        )
        self.seats[seat][0].offer_presence(here)

    async def leave(self, seat: int) -> None:
        self.seats[seat][0].leave()
        self.room.listeners.discard(self.seats[seat][0])

    async def come_back(self, seat: int) -> None:
        await self.leave(seat)
        self.began[seat] = len(self.room.journal.entries)
        self.seats[seat] = await self.room.enter(self.names[seat])

    async def check(self) -> None:
        for _, wire, _ in self.seats:
            wire.resume()
        self.room.happen()
        await settled()
        for (one, _, pipe), name, after in zip(self.seats, self.names, self.began, strict=True):
            if one in set(self.room.listeners):
                sight = self.room.journal.sights[name]
                entries = self.room.journal.entries[after:]
                assert pipe.positions() == [e.position for e in entries if sight.covers(e)]


ACTS = {
    act.__name__: act
    for act in (
        *(Game.happen, Game.happen_together, Game.lose_a_batch, Game.fill, Game.drain, Game.tick),
        *(Game.acknowledge, Game.subscribe_again, Game.presence, Game.leave, Game.come_back),
    )
}


@settings(max_examples=150, deadline=None)
@given(
    acts=st.lists(
        st.tuples(st.sampled_from(["happen"] * 3 + sorted(ACTS)), st.integers(0, 4)), max_size=60
    )
)
def test_in_any_order_of_things_each_hears_each_entry_once_and_in_order(
    acts: list[tuple[str, int]],
) -> None:
    async def play() -> None:
        game = Game()
        await game.begin()
        for act, seat in acts:
            await ACTS[act](game, seat)
        await game.check()

    asyncio.run(play())
