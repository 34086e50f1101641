"""The hub feeds whoever listens, from a real journal, and cuts off whoever may listen no longer."""

import asyncio
import json
from collections.abc import Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
import sqlalchemy as sa

from agent_feed.actions import CloseCode
from agent_feed.frames import Subscribe
from agent_feed.hub import Hub, Pace
from agent_feed.outlet import Bounds
from agent_feed.subscriber import Subscriber
from agent_feed.topics import Everything, Mine, Team
from compliance.api_keys import revoke_key
from compliance.journal import Journal
from compliance.journal.entry import journal_heads
from compliance.sessions import IDLE_MAX, end_session, sessions
from compliance.users import users
from core.database import Database
from tests.agent_feed.conftest import FAST, NewHub, Scene, until
from tests.agent_feed.steps import presence

SELDOM = Pace(poll_seconds=60, recheck_seconds=60, tick_seconds=60)
TEAM = Subscribe(None, (Team(),))
ALL = Subscribe(None, (Everything(),))


async def told(one: Subscriber) -> list[Any]:
    """The next frames, as the client reads them; heartbeats are left out."""
    async with asyncio.timeout(10):
        return [
            frame
            for _, text in await one.outgoing()
            if (frame := json.loads(text))["op"] != "heartbeat"
        ]


async def links(one: Subscriber, count: int) -> list[str | None]:
    """The links of the next so many events."""
    found: list[str | None] = []
    while len(found) < count:
        found += [frame["event"]["link"] for frame in await told(one) if frame["op"] == "event"]
    return found


async def ready(one: Subscriber, request: Subscribe = TEAM) -> Any:
    """Subscribes; answers the ready frame."""
    one.subscribe(request)
    frames = await told(one)
    assert ["ready"] == [frame["op"] for frame in frames]
    return frames[0]


async def closed(one: Subscriber, *, within: float = 5) -> CloseCode:
    async with asyncio.timeout(within):
        return (await one.wait_closed()).code


async def test_each_hears_what_is_theirs_and_nobody_hears_another_merchants(
    scene: Scene, hub: Hub
) -> None:
    ann, cleo = hub.enter(await scene.caller(scene.ann)), hub.enter(await scene.caller(scene.cleo))
    sue, rob = hub.enter(await scene.caller(scene.sue)), hub.enter(await scene.caller(scene.rob))
    for one in (ann, cleo, sue, rob):
        await ready(one)
    await scene.happen(link="lnk_bob", agent=scene.bob.id)
    await scene.happen(link="lnk_rob", agent=scene.rob.id, merchant=scene.rival)
    await scene.happen(link="lnk_cleo", agent=scene.cleo.id)
    await scene.happen("key.created", link="lnk_nobody")
    await scene.happen(link="lnk_ann", agent=scene.ann.id)
    assert ["lnk_bob", "lnk_ann"] == await links(ann, 2)
    assert ["lnk_cleo"] == await links(cleo, 1)
    assert ["lnk_bob", "lnk_cleo", "lnk_nobody", "lnk_ann"] == await links(sue, 4)
    assert ["lnk_rob"] == await links(rob, 1)


async def test_a_commit_reaches_the_listener_without_waiting_for_the_poll(
    scene: Scene, running_hub: NewHub
) -> None:
    async with running_hub(pace=SELDOM) as hub:
        one = hub.enter(await scene.caller(scene.ann))
        await ready(one)
        await until(lambda: hub.announced(scene.merchant) is not None)
        await scene.happen(link="lnk_1", agent=scene.ann.id)
        assert ["lnk_1"] == await links(one, 1)


async def test_what_another_process_commits_is_found_without_a_wake_up(
    scene: Scene,
    running_hub: NewHub,
    database_url: str,
    open_database: Callable[[str], Database],
) -> None:
    other = Scene(**{**vars(scene), "database": open_database(database_url)})
    async with running_hub(woken=False) as hub:
        one = hub.enter(await scene.caller(scene.ann))
        await ready(one)
        await other.happen(link="lnk_1", agent=scene.ann.id)
        assert ["lnk_1"] == await links(one, 1)


async def test_however_many_listen_one_stream_reads_and_an_entry_is_written_once(
    scene: Scene, hub: Hub
) -> None:
    listeners = [hub.enter(await scene.caller(scene.ann)) for _ in range(5)]
    for one in listeners:
        await ready(one)
    await scene.happen(agent=scene.ann.id)
    texts = []
    for one in listeners:
        async with asyncio.timeout(5):
            texts += [text for _, text in await one.outgoing()]
    assert 5 == len(texts)
    assert 1 == len({id(text) for text in texts})
    assert 5 == hub.listeners


async def test_with_the_last_listener_its_merchants_stream_ends(scene: Scene, hub: Hub) -> None:
    async with hub.open(await scene.caller(scene.ann)):
        await until(lambda: hub.announced(scene.merchant) is not None)
    assert (0, None) == (hub.listeners, hub.announced(scene.merchant))


async def test_resuming_while_the_journal_grows_loses_and_repeats_nothing(
    scene: Scene, running_hub: NewHub
) -> None:
    total = 120
    bounds = Bounds(page_entries=7, write_frames_max=5)

    async def grow() -> None:
        for number in range(total):
            agent = scene.ann.id if number % 3 else scene.cleo.id
            await scene.happen(link=f"lnk_{number}", agent=agent)

    expected = [f"lnk_{number}" for number in range(total) if number % 3]
    async with running_hub(pace=FAST, bounds=bounds) as hub:
        caller = await scene.caller(scene.ann)
        async with hub.open(caller) as one:
            position = (await ready(one))["position"]
        growing = asyncio.create_task(grow())
        seen: list[str] = []
        while len(seen) < len(expected):
            async with hub.open(caller) as one:
                one.subscribe(Subscribe(position, (Team(),)))
                heard = 0
                # A connection lives for some frames, then breaks between two of them.
                while heard < 11 and len(seen) < len(expected):
                    for frame in await told(one):
                        if frame["op"] != "event" or heard == 11:
                            continue
                        heard += 1
                        position = frame["event"]["position"]
                        seen.append(frame["event"]["link"])
        await growing
    assert expected == seen


async def test_a_journal_restored_from_a_backup_asks_for_a_snapshot(scene: Scene, hub: Hub) -> None:
    one = hub.enter(await scene.caller(scene.ann))
    before = await ready(one)
    await scene.update(sa.update(journal_heads).values(epoch="restored"))
    (again,) = await told(one)
    assert {**before, "epoch": "restored", "reset": True} == again


# Whoever may listen no longer


async def test_who_signs_out_is_cut_off(scene: Scene, hub: Hub) -> None:
    caller = await scene.caller(scene.ann)
    one = hub.enter(caller)
    await ready(one)
    async with scene.database.transaction() as session:
        await end_session(session, caller, now=scene.clock())
    assert CloseCode.REVOKED == await closed(one)


async def test_the_journal_tells_of_an_ended_session_at_once(
    scene: Scene, running_hub: NewHub
) -> None:
    async with running_hub(pace=SELDOM) as hub:
        caller = await scene.caller(scene.ann)
        one = hub.enter(caller)
        await ready(one)
        await until(lambda: hub.announced(scene.merchant) is not None)
        async with scene.database.transaction() as session:
            await end_session(session, caller, now=scene.clock())
        assert CloseCode.REVOKED == await closed(one, within=3)


async def test_a_revoked_key_is_cut_off(scene: Scene, hub: Hub) -> None:
    one = hub.enter(await scene.software())
    await ready(one, ALL)
    async with scene.database.transaction() as session:
        await revoke_key(
            session,
            merchant=scene.merchant,
            key_id=scene.key.id,
            actor="system",
            now=scene.clock(),
        )
    assert CloseCode.REVOKED == await closed(one)


@asynccontextmanager
async def by_default(scene: Scene, journal: Journal) -> Any:
    """A hub at its own pace, as the service runs it."""
    hub = Hub(scene.database, scene.vault, scene.clock)
    journal.listeners.append(hub.take)
    await hub.start()
    try:
        yield hub
    finally:
        await hub.stop()


@pytest.mark.parametrize("how", ["idle", "removed", "switched off"])
async def test_what_nobody_wrote_down_is_noticed_within_5_seconds(
    scene: Scene, journal: Journal, how: str
) -> None:
    async with by_default(scene, journal) as hub:
        one = hub.enter(await scene.caller(scene.ann))
        await ready(one)
        match how:
            case "idle":
                scene.clock.advance(IDLE_MAX)
            case "removed":
                await scene.update(sa.delete(sessions))
            case _:
                await scene.update(sa.update(users).values(disabled_at=scene.clock()))
        assert CloseCode.REVOKED == await closed(one, within=5)


async def test_a_supervisor_who_becomes_an_agent_hears_the_merchant_no_longer(
    scene: Scene, hub: Hub
) -> None:
    one = hub.enter(await scene.caller(scene.sue))
    await ready(one, ALL)
    await scene.update(sa.update(users).where(users.c.id == scene.sue.id).values(role="agent"))
    assert CloseCode.TOPIC_NOT_ALLOWED == await closed(one)


async def test_an_agent_who_changes_teams_hears_the_new_one_after_a_snapshot(
    scene: Scene, hub: Hub
) -> None:
    one = hub.enter(await scene.caller(scene.ann))
    await ready(one)
    await scene.update(sa.update(users).where(users.c.id == scene.ann.id).values(team="south"))
    (again,) = await told(one)
    assert again["reset"] is True
    await scene.happen(link="lnk_bob", agent=scene.bob.id)
    await scene.happen(link="lnk_cleo", agent=scene.cleo.id)
    assert ["lnk_cleo"] == await links(one, 1)


async def test_a_database_that_is_away_cuts_nobody_off(scene: Scene, hub: Hub) -> None:
    one = hub.enter(await scene.caller(scene.ann))
    await ready(one)
    await scene.update(sa.text("ALTER TABLE sessions RENAME TO sessions_away"))
    await asyncio.sleep(0.6)
    assert one.closed is None
    await scene.update(sa.text("ALTER TABLE sessions_away RENAME TO sessions"))
    await scene.happen(link="lnk_1", agent=scene.ann.id)
    assert ["lnk_1"] == await links(one, 1)


# Too slow, presence, time, and the end


async def test_a_reader_that_stops_is_cut_off_and_the_others_do_not_notice(
    scene: Scene, running_hub: NewHub
) -> None:
    async with running_hub(bounds=Bounds(waiting_frames_max=20, page_entries=10)) as hub:
        caller = await scene.caller(scene.ann)
        slow, quick = hub.enter(caller), hub.enter(caller)
        await ready(slow)
        await ready(quick)
        seen: list[str | None] = []
        for number in range(5):
            await scene.happen_all(
                [{"link": f"lnk_{number}_{n}", "agent": scene.ann.id} for n in range(10)]
            )
            seen += await links(quick, 10)
        assert CloseCode.TOO_SLOW == await closed(slow)
        assert [f"lnk_{number}_{n}" for number in range(5) for n in range(10)] == seen


async def test_presence_reaches_who_may_see_the_link_and_nobody_else(
    scene: Scene, hub: Hub
) -> None:
    ann, cleo = hub.enter(await scene.caller(scene.ann)), hub.enter(await scene.caller(scene.cleo))
    rob = hub.enter(await scene.caller(scene.rob))
    for one in (ann, cleo, rob):
        await ready(one)
    frames: list[Any] = []
    # One after the other: of what is read together, only the last standing is told.
    for number, kind in enumerate(("checkout.joined", "checkout.left"), 1):
        await scene.happen(kind, link="lnk_1", agent=scene.bob.id, data={"device": "mobile"})
        while len(frames) < 2 * number:
            frames += await told(ann)
    shown = {"op": "presence", "link": "lnk_1", "device": "mobile"}
    assert ["event", "presence", "event", "presence"] == [frame["op"] for frame in frames]
    assert [shown | {"present": True}, shown | {"present": False}] == frames[1::2]
    await scene.happen(link="lnk_cleo", agent=scene.cleo.id)
    assert ["event"] == [frame["op"] for frame in await told(cleo)]
    hub.publish_presence(presence(True))


async def test_heartbeats_carry_the_position_and_move_past_what_is_not_shown(
    scene: Scene, hub: Hub
) -> None:
    one = hub.enter(await scene.caller(scene.ann))
    before = (await ready(one))["position"]
    await scene.happen(agent=scene.cleo.id)
    await until(lambda: hub.announced(scene.merchant).upto == before + 1)  # type: ignore[union-attr]
    scene.clock.advance(seconds=15)
    async with asyncio.timeout(5):
        texts = [json.loads(text) for _, text in await one.outgoing()]
    assert [{"op": "heartbeat", "position": before + 1}] == texts


async def test_draining_tells_everybody_to_resume_elsewhere(scene: Scene, hub: Hub) -> None:
    one = hub.enter(await scene.caller(scene.ann))
    hub.drain()
    late = hub.enter(await scene.caller(scene.ann))
    assert [CloseCode.RESTARTING] * 2 == [await closed(one), await closed(late)]


async def test_a_stopped_hub_leaves_nothing_running(scene: Scene, running_hub: NewHub) -> None:
    before = asyncio.all_tasks()
    async with running_hub() as hub:
        one = hub.enter(await scene.caller(scene.ann))
        await ready(one, Subscribe(None, (Mine(),)))
    await asyncio.sleep(0)
    assert set() == asyncio.all_tasks() - before
