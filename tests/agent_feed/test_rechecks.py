"""Callers are asked about again and again, at once in doubt, and a round that fails is not the last."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import sqlalchemy as sa

from agent_feed.actions import CloseCode
from agent_feed.hub import Hub
from agent_feed.rechecks import Rechecks
from agent_feed.subscriber import Subscriber
from compliance.sessions import sessions
from tests.agent_feed.conftest import NewHub, Scene, until
from tests.agent_feed.test_hub import SELDOM, closed

LONG_SECONDS = 60.0


@asynccontextmanager
async def rounds(
    scene: Scene, listeners: Sequence[Subscriber], *, every_seconds: float = LONG_SECONDS
) -> AsyncIterator[Rechecks]:
    rechecks = Rechecks(
        scene.database, scene.vault, scene.clock, lambda: listeners, every_seconds=every_seconds
    )
    task = asyncio.create_task(rechecks.run())
    try:
        yield rechecks
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def _ended(scene: Scene, hub: Hub) -> Subscriber:
    """A listener whose session ends without anybody's writing it down."""
    one = hub.enter(await scene.caller(scene.ann))
    await scene.update(sa.delete(sessions).where(sessions.c.user == scene.ann.id))
    return one


async def test_in_doubt_it_is_asked_at_once(scene: Scene, running_hub: NewHub) -> None:
    async with running_hub(pace=SELDOM) as hub:
        one = await _ended(scene, hub)
        async with rounds(scene, [one]) as rechecks:
            await asyncio.sleep(0.3)
            assert one.closed is None
            rechecks.doubt()
            assert CloseCode.REVOKED == await closed(one)


async def test_what_nobody_tells_is_found_by_asking_again(
    scene: Scene, running_hub: NewHub
) -> None:
    async with running_hub(pace=SELDOM) as hub:
        one = await _ended(scene, hub)
        async with rounds(scene, [one], every_seconds=0.05):
            await until(lambda: one.closed is not None)


async def test_a_round_that_fails_is_followed_by_the_next(
    scene: Scene, running_hub: NewHub
) -> None:
    async with running_hub(pace=SELDOM) as hub:
        one = hub.enter(await scene.caller(scene.ann))
        async with rounds(scene, [one], every_seconds=0.05):
            await scene.update(sa.text("ALTER TABLE sessions RENAME TO sessions_away"))
            await asyncio.sleep(0.4)
            await scene.update(sa.text("ALTER TABLE sessions_away RENAME TO sessions"))
            assert one.closed is None
            await scene.update(sa.delete(sessions).where(sessions.c.user == scene.ann.id))
            await until(lambda: one.closed is not None)
