"""A subscriber bounds what waits, reads at the client's pace, and notices when its caller's rights change."""

import asyncio
import json
from dataclasses import replace
from typing import Any

from agent_feed.access import Sight, TopicNotAllowed
from agent_feed.actions import CloseCode, Grant
from agent_feed.batches import Batch, Presence, Watchers
from agent_feed.frames import Subscribe
from agent_feed.outlet import Bounds
from agent_feed.subscriber import Subscriber
from agent_feed.topics import Everything, Mine
from compliance.journal import Concern, Entry
from compliance.principal import Principal
from tests.agent_feed.entries import EPOCH, MERCHANT, batch, entry
from tests.support.clock import SettableClock
from tests.support.people import person

ANN = person(MERCHANT, id="usr_ann")
FROM_NOW = Subscribe(None, (Mine(),))
FROM_START = Subscribe(0, (Mine(),))


class Journal:
    """A `Source` over a list; `hold` makes it wait, `broken` makes it fail."""

    def __init__(self, length: int = 0) -> None:
        self.entries: list[Entry] = [entry(n, agent="usr_ann") for n in range(1, length + 1)]
        self.hold = asyncio.Event()
        self.hold.set()
        self.broken = False
        self.reads = 0
        self.publishes_to: int | None = None
        self.pages: list[Presence] = []
        self.looks: list[str | None] = []

    async def grant(self, principal: Principal, request: Subscribe) -> Grant:
        await self.hold.wait()
        if self.broken:
            raise RuntimeError("the database is away")
        if principal.teammates is not None and Everything() in request.topics:
            raise TopicNotAllowed("no")
        agents = principal.teammates
        concern = None if agents is None else Concern(agents=agents)
        return Grant(Sight(MERCHANT, concern, privileged=False), len(self.entries), EPOCH)

    async def read(self, sight: Sight, *, after: int, limit: int) -> Batch:
        self.reads += 1
        upto = min(after + limit, len(self.entries))
        return batch(self.entries, after=after, upto=upto)

    async def may_watch(self, principal: Principal, link: str) -> bool:
        await self.hold.wait()
        return principal.teammates is None or link != "lnk_secret"

    def on_pages(self, merchant: str) -> list[Presence]:
        return self.pages

    def watch(self, subscriber: Subscriber, link: str | None) -> None:
        self.looks.append(link)

    def announced(self, merchant: str) -> Batch | None:
        at = self.publishes_to
        return None if at is None else batch([], after=at, upto=at)


def subscriber(source: Journal, principal: Principal = ANN, **bounds: int) -> Subscriber:
    return Subscriber(source, principal, clock=SettableClock(), bounds=Bounds(**bounds))


async def told(one: Subscriber) -> list[Any]:
    """The next frames, as the client reads them."""
    async with asyncio.timeout(5):
        return [json.loads(text) for _, text in await one.outgoing()]


async def test_it_subscribes_and_hands_out_frames_in_order() -> None:
    source = Journal(2)
    one = subscriber(source)
    one.hear('{"op":"subscribe","after":0,"topics":["mine"]}')
    frames: list[Any] = []
    while len(frames) < 3:
        frames += await told(one)
    assert [("ready", None), ("event", 1), ("event", 2)] == [
        (frame["op"], frame.get("event", {}).get("position")) for frame in frames
    ]


async def test_it_hands_out_no_more_at_once_than_a_write_may_hold() -> None:
    source = Journal(0)
    one = subscriber(source, write_frames_max=2)
    one.subscribe(FROM_NOW)
    await told(one)
    source.entries = [entry(n, agent="usr_ann") for n in range(1, 6)]
    one.offer(batch(source.entries, after=0, upto=5))
    assert [2, 2, 1] == [len(await told(one)) for _ in range(3)]


async def test_a_client_that_reads_too_slowly_is_cut_off_with_4408() -> None:
    source = Journal(0)
    one = subscriber(source, waiting_frames_max=10, page_entries=5)
    one.subscribe(FROM_NOW)
    await told(one)
    source.entries = [entry(n, agent="usr_ann") for n in range(1, 12)]
    one.offer(batch(source.entries, after=0, upto=10))
    assert one.closed is None
    one.offer(batch(source.entries, after=10, upto=11))
    assert CloseCode.TOO_SLOW == (await one.wait_closed()).code
    assert [] == await told(one)


async def test_large_frames_count_by_their_size() -> None:
    source = Journal(0)
    one = subscriber(source, waiting_characters_max=10_000)
    one.subscribe(FROM_NOW)
    await told(one)
    source.entries = [entry(1, agent="usr_ann", data={"note": "x" * 10_000})]
    one.offer(batch(source.entries, after=0, upto=1))
    assert CloseCode.TOO_SLOW == (await one.wait_closed()).code


async def test_a_page_that_the_client_asked_for_has_room_however_large_it_is() -> None:
    source = Journal()
    source.entries = [entry(n, agent="usr_ann", data={"note": "x" * 5000}) for n in range(1, 6)]
    one = subscriber(source, waiting_characters_max=10_000)
    one.subscribe(FROM_START)
    seen: list[int] = []
    while len(seen) < 5:
        seen.extend(f["event"]["position"] for f in await told(one) if f["op"] == "event")
    assert one.closed is None


async def test_what_is_behind_is_read_a_page_at_a_time_as_the_client_takes_it() -> None:
    source = Journal(40)
    one = subscriber(source, waiting_frames_max=12, page_entries=10)
    one.subscribe(FROM_START)
    seen: list[int] = []
    while len(seen) < 40:
        seen.extend(f["event"]["position"] for f in await told(one) if f["op"] == "event")
        assert one.closed is None
        # Nobody reads ahead of a client that has not taken the page before.
        assert source.reads <= len(seen) // 10 + 1
    assert list(range(1, 41)) == seen


async def test_what_was_published_before_it_listened_is_not_missed() -> None:
    source = Journal(3)
    source.publishes_to = 5
    one = subscriber(source)
    one.subscribe(FROM_NOW)
    source.hold.clear()
    source.hold.set()
    assert ["ready"] == [frame["op"] for frame in await told(one)]
    source.entries += [entry(4, agent="usr_ann"), entry(5, agent="usr_ann")]
    assert [4, 5] == [frame["event"]["position"] for frame in await told(one)]


async def test_a_binary_or_bad_frame_closes_with_4400() -> None:
    for hear in (Subscriber.hear_bytes, lambda one: one.hear("nonsense")):
        one = subscriber(Journal())
        hear(one)
        assert CloseCode.BAD_FRAME == (await one.wait_closed()).code


async def test_a_topic_that_is_not_allowed_closes_with_4403() -> None:
    one = subscriber(Journal())
    one.subscribe(Subscribe(None, (Everything(),)))
    assert CloseCode.TOPIC_NOT_ALLOWED == (await one.wait_closed()).code


async def test_a_lookup_that_fails_closes_with_1011() -> None:
    source = Journal()
    source.broken = True
    one = subscriber(source)
    one.subscribe(FROM_NOW)
    assert CloseCode.FAILED == (await one.wait_closed()).code


async def test_a_caller_who_stands_no_longer_is_cut_off_with_4409_and_gets_nothing_more() -> None:
    source = Journal()
    one = subscriber(source)
    one.subscribe(FROM_NOW)
    await told(one)
    one.offer(batch([entry(1, agent="usr_ann")], after=0, upto=1))
    one.confirm(None)
    assert CloseCode.REVOKED == (await one.wait_closed()).code
    assert [] == await told(one)


async def test_a_wider_sight_asks_for_a_snapshot() -> None:
    one = subscriber(Journal(1))
    one.subscribe(FROM_NOW)
    await told(one)
    one.confirm(replace(ANN, teammates=frozenset({"usr_ann", "usr_bob"})))
    assert [{"op": "ready", "position": 1, "epoch": EPOCH, "reset": True}] == await told(one)
    one.offer(batch([entry(2, agent="usr_bob")], after=1, upto=2))
    assert [2] == [frame["event"]["position"] for frame in await told(one)]


async def test_a_caller_whose_topic_is_theirs_no_longer_is_cut_off_with_4403() -> None:
    boss = replace(ANN, teammates=None)
    one = subscriber(Journal(), boss)
    one.subscribe(Subscribe(None, (Everything(),)))
    await told(one)
    one.confirm(ANN)
    assert CloseCode.TOPIC_NOT_ALLOWED == (await one.wait_closed()).code


async def test_rights_that_change_while_a_subscription_is_resolved_are_the_ones_that_count() -> (
    None
):
    source = Journal()
    source.hold.clear()
    one = subscriber(source, replace(ANN, teammates=None))
    one.subscribe(Subscribe(None, (Everything(),)))
    await asyncio.sleep(0)
    one.confirm(ANN)
    source.hold.set()
    assert CloseCode.TOPIC_NOT_ALLOWED == (await one.wait_closed()).code


async def test_the_same_rights_change_nothing() -> None:
    one = subscriber(Journal())
    one.subscribe(FROM_NOW)
    await told(one)
    one.confirm(replace(ANN))
    one.offer(batch([entry(1, agent="usr_ann")], after=0, upto=1))
    assert ["event"] == [frame["op"] for frame in await told(one)]


async def test_presence_and_time_reach_the_client() -> None:
    clock = SettableClock()
    one = Subscriber(Journal(), ANN, clock=clock)
    one.subscribe(FROM_NOW)
    await told(one)
    one.offer_presence(
        Presence(
            merchant=MERCHANT,
            link="lnk_1",
            agent="usr_ann",
            customer=None,
            present=True,
            device=None,
        )
    )
    one.tick(clock.advance(seconds=15))
    assert ["presence", "heartbeat"] == [frame["op"] for frame in await told(one)]


async def test_who_begins_to_listen_is_told_what_customers_do_just_now() -> None:
    source = Journal()
    source.pages = [
        Presence(
            merchant=MERCHANT,
            link=f"lnk_{agent}",
            agent=agent,
            customer=None,
            present=True,
            device="mobile",
            activity="idle",
        )
        for agent in ("usr_ann", "usr_cleo")
    ]
    one = subscriber(source)
    one.subscribe(FROM_NOW)
    frames = await told(one)
    assert [("ready", None), ("presence", "lnk_usr_ann")] == [
        (frame["op"], frame.get("link")) for frame in frames
    ]


async def test_a_link_is_watched_once_it_is_known_to_be_the_callers_to_see() -> None:
    source = Journal()
    one = subscriber(source)
    one.hear('{"op":"watch","link":"lnk_1"}')
    assert [None] == source.looks
    await asyncio.sleep(0.01)
    assert [None, "lnk_1"] == source.looks
    one.offer_watchers(Watchers("lnk_1", ()))
    assert [{"op": "watchers", "link": "lnk_1", "agents": []}] == await told(one)


async def test_a_link_that_is_not_the_callers_to_see_cuts_it_off_with_4403() -> None:
    source = Journal()
    one = subscriber(source)
    one.hear('{"op":"watch","link":"lnk_secret"}')
    assert CloseCode.TOPIC_NOT_ALLOWED == (await one.wait_closed()).code
    assert [None] == source.looks


async def test_a_link_that_is_the_callers_no_longer_is_not_watched_on() -> None:
    one = subscriber(Journal(), replace(ANN, teammates=None))
    one.hear('{"op":"watch","link":"lnk_secret"}')
    await asyncio.sleep(0.01)
    assert one.closed is None
    one.confirm(ANN)
    assert CloseCode.TOPIC_NOT_ALLOWED == (await one.wait_closed()).code


async def test_a_client_that_left_before_it_was_known_watches_nothing() -> None:
    source = Journal()
    source.hold.clear()
    one = subscriber(source)
    one.hear('{"op":"watch","link":"lnk_1"}')
    await asyncio.sleep(0)
    one.leave()
    source.hold.set()
    await asyncio.sleep(0.01)
    assert [None] == source.looks


async def test_a_restart_tells_the_client_to_resume_elsewhere() -> None:
    one = subscriber(Journal())
    one.restart()
    assert CloseCode.RESTARTING == (await one.wait_closed()).code


async def test_a_client_that_left_is_looked_up_for_no_longer() -> None:
    source = Journal()
    source.hold.clear()
    one = subscriber(source)
    one.subscribe(FROM_NOW)
    await asyncio.sleep(0)
    one.leave()
    await asyncio.sleep(0)
    source.hold.set()
    await asyncio.sleep(0.01)
    assert one.closed is None
