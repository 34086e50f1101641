"""The hub tells who may see a link what its customer does, and who looks at it, and nobody else."""

import json
from typing import Any

from agent_feed.actions import CloseCode
from agent_feed.batches import Activity
from agent_feed.hub import Hub
from agent_feed.notes import PageNote
from agent_feed.subscriber import Subscriber
from compliance.users import User
from tests.agent_feed.conftest import Scene, until
from tests.agent_feed.test_hub import TEAM, closed, ready, told


async def entered(scene: Scene, hub: Hub, *people: User) -> list[Subscriber]:
    """Everybody listens to their own team's work."""
    found = [hub.enter(await scene.caller(user)) for user in people]
    for one in found:
        await ready(one, TEAM)
    return found


def watch(one: Subscriber, link: str | None) -> None:
    one.hear(json.dumps({"op": "watch", "link": link}))


def page(scene: Scene, activity: Activity | None, agent: User) -> PageNote:
    return PageNote(
        merchant=scene.merchant,
        link="lnk_1",
        page="pg_1",
        agent=agent.id,
        customer=None,
        device="mobile",
        activity=activity,
    )


async def named(one: Subscriber) -> Any:
    """The names in the next frame, which is about watchers."""
    [frame] = await told(one)
    assert "watchers" == frame["op"]
    return [agent["name"] for agent in frame["agents"]]


SHOWN = {"op": "presence", "link": "lnk_1", "present": True, "device": "mobile"}


async def test_what_the_customer_does_reaches_who_may_see_the_link_and_nobody_else(
    scene: Scene, hub: Hub
) -> None:
    ann, cleo, rob = await entered(scene, hub, scene.ann, scene.cleo, scene.rob)
    hub.company.page_says(page(scene, "typing", scene.bob))
    hub.company.page_says(page(scene, "typing", scene.bob))
    hub.company.page_says(page(scene, "idle", scene.bob))
    frames = await told(ann)
    assert [SHOWN | {"activity": "typing"}, SHOWN | {"activity": "idle"}] == frames
    # The first that the others hear is what is theirs.
    await scene.happen(link="lnk_2", agent=scene.cleo.id)
    await scene.happen(link="lnk_3", agent=scene.rob.id, merchant=scene.rival)
    for one in (cleo, rob):
        assert ["event"] == [frame["op"] for frame in await told(one)]


async def test_it_grows_old_by_the_clock(scene: Scene, hub: Hub) -> None:
    [ann] = await entered(scene, hub, scene.ann)
    hub.company.page_says(page(scene, "typing", scene.ann))
    assert [SHOWN | {"activity": "typing"}] == await told(ann)
    scene.clock.advance(seconds=30)
    frames: list[Any] = []
    while not frames:
        frames = await told(ann)
    assert [SHOWN] == frames


async def test_a_page_that_left_shows_no_activity_when_it_comes_again(
    scene: Scene, hub: Hub
) -> None:
    [ann] = await entered(scene, hub, scene.ann)
    hub.company.page_says(page(scene, "typing", scene.ann))
    for kind in ("checkout.left", "checkout.joined"):
        await scene.happen(kind, link="lnk_1", agent=scene.ann.id, data={"device": "mobile"})
    shown: list[Any] = []
    while len(shown) < 3:
        shown += [frame for frame in await told(ann) if frame["op"] == "presence"]
    assert [("typing", True), (None, False), (None, True)] == [
        (frame.get("activity"), frame["present"]) for frame in shown
    ]


async def test_agents_at_one_link_are_told_of_each_other_and_of_the_end_of_it(
    scene: Scene, hub: Hub
) -> None:
    await scene.happen(link="lnk_1", agent=scene.bob.id)
    ann, sue, bob = await entered(scene, hub, scene.ann, scene.sue, scene.bob)
    watch(ann, "lnk_1")
    assert [] == await named(ann)
    watch(sue, "lnk_1")
    assert (["Ann"], ["Sue"]) == (await named(sue), await named(ann))
    hub.leave(sue)
    assert [] == await named(ann)
    # Bob has never asked, so he hears of events alone.
    await scene.happen(link="lnk_1", agent=scene.bob.id)
    assert ["event"] == [frame["op"] for frame in await told(bob)]


async def test_nobody_watches_what_is_not_theirs_to_see(scene: Scene, hub: Hub) -> None:
    await scene.happen(link="lnk_1", agent=scene.ann.id)
    cleo, rob, ann = await entered(scene, hub, scene.cleo, scene.rob, scene.ann)
    for one in (cleo, rob):
        watch(one, "lnk_1")
        assert CloseCode.TOPIC_NOT_ALLOWED == await closed(one)
    watch(ann, "lnk_unknown")
    assert CloseCode.TOPIC_NOT_ALLOWED == await closed(ann)


async def test_with_the_last_feed_nobody_is_left_looking(scene: Scene, hub: Hub) -> None:
    await scene.happen(link="lnk_1", agent=scene.ann.id)
    ann, again = await entered(scene, hub, scene.ann, scene.ann)
    watch(ann, "lnk_1")
    assert [] == await named(ann)
    hub.leave(ann)
    hub.leave(again)
    [bob] = await entered(scene, hub, scene.bob)
    watch(bob, "lnk_1")
    assert [] == await named(bob)
    await until(lambda: hub.listeners == 1)
