"""Snapshot and replay equal a fresh state of agent_feed.protocol, whatever comes between."""

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from agent_feed.actions import Action, Close, Grant, Read, Resolve, Send, Tell
from agent_feed.frames import Ready, Subscribe
from agent_feed.protocol import (
    FeedProtocol,
)
from agent_feed.states import State
from agent_feed.topics import Mine
from compliance.journal import Entry
from tests.agent_feed.entries import EPOCH, batch, entry
from tests.agent_feed.steps import ANN, positions
from tests.support.clock import START


class House:
    """A journal that grows, batches that may be lost, and reads that are answered when it pleases the draw."""

    def __init__(self, draw: st.DataObject) -> None:
        self._draw = draw
        self.entries: list[Entry] = []
        self.published = 0
        self.reads: list[Read] = []
        self.seen: list[int] = []
        self.protocol = FeedProtocol(now=START)

    @property
    def head(self) -> int:
        return len(self.entries)

    def grow(self) -> None:
        agent = self._draw.draw(st.sampled_from(["usr_ann", "usr_cleo", None]))
        self.entries.append(entry(self.head + 1, agent=agent))

    def publish(self) -> None:
        upto = self._draw.draw(st.integers(self.published, self.head))
        news = batch(self.entries, after=self.published, upto=upto)
        self.published = upto
        if self._draw.draw(st.booleans()):
            self.carry_out(self.protocol.take(news))

    def repeat(self) -> None:
        after = self._draw.draw(st.integers(0, self.published))
        upto = self._draw.draw(st.integers(after, self.published))
        self.carry_out(self.protocol.take(batch(self.entries, after=after, upto=upto)))

    def answer(self) -> None:
        if not self.reads:
            return
        read = self.reads.pop(0)
        limit = self._draw.draw(st.integers(1, 3))
        visible = [one for one in self.entries[read.after :] if ANN.covers(one)][:limit]
        upto = visible[-1].position if len(visible) == limit else self.head
        found = batch(visible, after=read.after, upto=max(read.after, upto))
        self.carry_out(self.protocol.take_read(read.era, found))

    def reconnect(self) -> None:
        """A new socket resumes from what was seen, or from the last heartbeat's position."""
        heartbeat = self.protocol.cursor
        resumed = self._draw.draw(st.sampled_from([self.seen[-1] if self.seen else 0, heartbeat]))
        self.protocol = FeedProtocol(now=START)
        self.reads.clear()
        self.subscribe(resumed)

    def resubscribe(self) -> None:
        """The same socket subscribes again from where it is; reads of before are still under way."""
        self.subscribe(self.protocol.cursor)

    def subscribe(self, after: int) -> None:
        self.carry_out(self.protocol.subscribe(Subscribe(after, (Mine(),), EPOCH), now=START))
        granted = Grant(ANN, self.head, EPOCH)
        self.carry_out(self.protocol.grant(self.protocol.era, granted, now=START))

    def carry_out(self, actions: Sequence[Action]) -> None:
        for action in actions:
            match action:
                case Read():
                    self.reads.append(action)
                case Send(Ready(reset=reset)):
                    assert not reset
                case Send() | Tell():
                    self.seen.extend(positions([action]))
                case Close():
                    raise AssertionError(action.reason)
                case Resolve():
                    pass


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_snapshot_and_replay_equal_a_fresh_state_under_any_interleaving(
    data: st.DataObject,
) -> None:
    house = House(data)
    for _ in range(data.draw(st.integers(0, 5))):
        house.grow()
    start = data.draw(st.integers(0, house.head))
    house.seen = [one.position for one in house.entries[:start] if ANN.covers(one)]  # the snapshot
    house.subscribe(start)
    moves = st.sampled_from(
        [house.grow, house.publish, house.repeat, house.answer, house.reconnect, house.resubscribe]
    )
    for move in data.draw(st.lists(moves, max_size=40)):
        move()
    # In the end the journal rests, its position is announced, and what was asked for is answered.
    house.carry_out(house.protocol.take(batch([], after=house.head, upto=house.head)))
    while house.reads:
        house.answer()
    assert [one.position for one in house.entries if ANN.covers(one)] == house.seen
    assert (State.LIVE, house.head) == (house.protocol.state, house.protocol.cursor)
