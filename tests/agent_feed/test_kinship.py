"""Which customers are one person, as the journal tells it."""

from agent_feed.access import own_sight, sight_of_customer
from agent_feed.kinship import group_of
from agent_feed.timeline import read_timeline
from compliance.journal import Reader
from compliance.principal import Principal
from tests.agent_feed.conftest import Scene


async def kin(scene: Scene, reader: Reader, customer: str) -> set[str]:
    async with scene.database.snapshot() as session:
        return set(await group_of(session, reader, merchant=scene.merchant, customer=customer))


async def merged(scene: Scene, into: str, source: str, *, undone: bool = False) -> None:
    kind = "customer.unmerged" if undone else "customer.merged"
    await scene.happen(kind, customer=into, data={"from": source})


async def test_a_group_is_everybody_merged_in_and_not_parted_since(
    scene: Scene, reader: Reader
) -> None:
    await merged(scene, "cus_b", "cus_a")
    await merged(scene, "cus_c", "cus_b")
    await merged(scene, "cus_c", "cus_d")
    await merged(scene, "cus_c", "cus_d", undone=True)
    await scene.happen(
        "customer.merged", merchant=scene.rival, customer="cus_c", data={"from": "x"}
    )
    assert await kin(scene, reader, "cus_c") == {"cus_a", "cus_b", "cus_c"}
    assert await kin(scene, reader, "cus_b") == {"cus_a", "cus_b"}
    assert await kin(scene, reader, "cus_d") == {"cus_d"}
    await merged(scene, "cus_c", "cus_d")
    assert await kin(scene, reader, "cus_c") == {"cus_a", "cus_b", "cus_c", "cus_d"}


async def test_a_ring_ends(scene: Scene, reader: Reader) -> None:
    await merged(scene, "cus_a", "cus_b")
    await merged(scene, "cus_b", "cus_a")
    assert await kin(scene, reader, "cus_a") == {"cus_a", "cus_b"}


async def test_the_survivors_timeline_and_feed_tell_the_story_of_both(
    scene: Scene, reader: Reader
) -> None:
    await scene.happen("link.sent", customer="cus_a", agent=scene.ann.id)
    await scene.happen("link.created", customer="cus_b", agent=scene.cleo.id)
    await merged(scene, "cus_b", "cus_a")
    ann: Principal = await scene.caller(scene.ann)
    async with scene.database.snapshot() as session:
        page = await read_timeline(
            session, reader, ann, customer="cus_b", before=None, types=None, limit=9
        )
        sight = await sight_of_customer(session, reader, ann, "cus_b")
        other = await sight_of_customer(session, reader, ann, "cus_x")
    assert [each.type for each in page.entries] == ["customer.merged", "link.created", "link.sent"]
    assert sight is not None
    assert sight.concern is not None
    assert sight.concern.customers == {"cus_a", "cus_b"}
    assert sight != own_sight(ann)
    assert other is None
