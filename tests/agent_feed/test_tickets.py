"""A ticket opens the feed once, within 30 seconds, as who asked for it."""

import asyncio

import pytest
import sqlalchemy as sa

from agent_feed import tickets
from compliance.principal import NotSignedIn, Principal
from compliance.sessions import end_session
from tests.agent_feed.conftest import Scene


async def issue(scene: Scene, caller: Principal) -> str:
    async with scene.database.transaction() as session:
        return await tickets.issue(session, caller, now=scene.clock())


async def redeem(scene: Scene, ticket: str) -> Principal:
    return await tickets.redeem(scene.database, scene.vault, ticket, now=scene.clock())


async def count(scene: Scene) -> int:
    async with scene.database.snapshot() as session:
        found: int = await session.scalar(
            sa.select(sa.func.count()).select_from(tickets.feed_tickets)
        )
    return found


async def test_a_ticket_stands_for_who_asked_for_it(scene: Scene) -> None:
    for caller in (await scene.caller(scene.ann), await scene.software()):
        assert caller == await redeem(scene, await issue(scene, caller))


async def test_a_ticket_is_good_once(scene: Scene) -> None:
    ticket = await issue(scene, await scene.software())
    await redeem(scene, ticket)
    with pytest.raises(NotSignedIn):
        await redeem(scene, ticket)


async def test_of_many_at_once_one_gets_in(scene: Scene) -> None:
    ticket = await issue(scene, await scene.software())
    tries = await asyncio.gather(*(redeem(scene, ticket) for _ in range(8)), return_exceptions=True)
    assert [1, 7] == [
        sum(isinstance(one, Principal) for one in tries),
        sum(isinstance(one, NotSignedIn) for one in tries),
    ]


async def test_a_ticket_lasts_30_seconds(scene: Scene) -> None:
    caller = await scene.software()
    early, late = await issue(scene, caller), await issue(scene, caller)
    scene.clock.advance(seconds=29)
    await redeem(scene, early)
    scene.clock.advance(seconds=1)
    with pytest.raises(NotSignedIn):
        await redeem(scene, late)


async def test_a_ticket_is_worth_no_more_than_the_session_behind_it(scene: Scene) -> None:
    ann = await scene.caller(scene.ann)
    ticket = await issue(scene, ann)
    async with scene.database.transaction() as session:
        await end_session(session, ann, now=scene.clock())
    with pytest.raises(NotSignedIn):
        await redeem(scene, ticket)
    assert 0 == await count(scene)


@pytest.mark.parametrize("ticket", ["", "x", "x" * 10_000, "ü"])
async def test_what_is_no_ticket_opens_nothing(scene: Scene, ticket: str) -> None:
    with pytest.raises(NotSignedIn):
        await redeem(scene, ticket)


async def test_tickets_that_ran_out_are_swept_up(scene: Scene) -> None:
    caller = await scene.software()
    await issue(scene, caller)
    scene.clock.advance(tickets.LIFE)
    await issue(scene, caller)
    assert 1 == await count(scene)


async def test_only_a_hash_of_it_is_kept(scene: Scene) -> None:
    ticket = await issue(scene, await scene.software())
    async with scene.database.snapshot() as session:
        row = await session.one_or_none(sa.select(tickets.feed_tickets))
    assert row is not None
    assert ticket not in str(dict(row))
