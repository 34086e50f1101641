"""Who was merged into whom, over any number of steps, and in one merchant."""

import sqlalchemy as sa

from channels.customer_groups import group_of, groups_of, survivor_of, survivors_of
from channels.customer_table import customers
from tests.channels.conftest import Desk


async def point(desk: Desk, source: str, into: str | None) -> None:
    async with desk.database.transaction() as session:
        await session.execute(
            sa.update(customers).where(customers.c.id == source).values(merged_into=into)
        )


async def test_a_chain_leads_to_its_survivor_and_back(desk: Desk) -> None:
    ids = sorted([(await desk.customer(name=f"Sam {turn}")).id for turn in range(4)])
    first, second, third, alone = ids
    await point(desk, first, second)
    await point(desk, second, third)
    async with desk.database.snapshot() as session:
        merchant = desk.merchant.id
        assert await survivors_of(session, merchant=merchant, ids=ids) == {
            first: third,
            second: third,
            third: third,
            alone: alone,
        }
        assert await groups_of(session, merchant=merchant, ids=[third, second, alone]) == {
            third: (third, first, second),
            second: (second, first),
            alone: (alone,),
        }
        assert await survivors_of(session, merchant=merchant, ids=[]) == {}
        assert await groups_of(session, merchant=merchant, ids=[]) == {}


async def test_a_walk_stays_within_the_merchant(desk: Desk) -> None:
    one, other = await desk.customer(name="Sam"), await desk.customer(name="Alex")
    await point(desk, one.id, other.id)
    async with desk.database.snapshot() as session:
        assert await survivors_of(session, merchant="mer_other", ids=[one.id]) == {}
        assert await survivor_of(session, merchant="mer_other", customer=one.id) == one.id
        assert await group_of(session, merchant="mer_other", customer=other.id) == (other.id,)


async def test_a_ring_that_nobody_should_have_made_ends_the_walk(desk: Desk) -> None:
    one, other = await desk.customer(name="Sam"), await desk.customer(name="Alex")
    await point(desk, one.id, other.id)
    await point(desk, other.id, one.id)
    async with desk.database.snapshot() as session:
        group = await group_of(session, merchant=desk.merchant.id, customer=one.id)
        assert set(group) == {one.id, other.id}
        assert await survivors_of(session, merchant=desk.merchant.id, ids=[one.id]) == {}
