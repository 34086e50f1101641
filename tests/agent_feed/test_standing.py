"""A caller who was let in is looked at again: still here, and with which rights."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa

from agent_feed import standing
from compliance.api_keys import revoke_key, standing_key
from compliance.principal import Principal
from compliance.roles import Role
from compliance.sessions import IDLE_MAX, end_session, sessions
from compliance.users import users
from tests.agent_feed.conftest import Scene


async def current(scene: Scene, principal: Principal) -> Principal | None:
    async with scene.database.snapshot() as session:
        return await standing.current(session, scene.vault, principal, now=scene.clock())


async def test_who_still_stands_is_the_same(scene: Scene) -> None:
    for caller in (await scene.caller(scene.ann), await scene.software()):
        assert caller == await current(scene, caller)


async def test_who_signed_out_stands_no_longer(scene: Scene) -> None:
    ann = await scene.caller(scene.ann)
    async with scene.database.transaction() as session:
        await end_session(session, ann, now=scene.clock())
    assert await current(scene, ann) is None


async def test_a_session_that_idled_out_stands_no_longer(scene: Scene) -> None:
    ann = await scene.caller(scene.ann)
    scene.clock.advance(IDLE_MAX - timedelta(seconds=1))
    assert ann == await current(scene, ann)
    scene.clock.advance(seconds=1)
    assert await current(scene, ann) is None


@pytest.mark.parametrize(
    "statement",
    [
        lambda scene: sa.update(users).values(disabled_at=scene.clock()),
        lambda _: sa.delete(sessions),
    ],
    ids=["switched off", "session gone"],
)
async def test_who_was_switched_off_stands_no_longer(
    scene: Scene, statement: Callable[[Scene], sa.Executable]
) -> None:
    ann = await scene.caller(scene.ann)
    await scene.update(statement(scene))
    assert await current(scene, ann) is None


async def test_a_revoked_key_stands_no_longer(scene: Scene) -> None:
    key = await scene.software()
    async with scene.database.transaction() as session:
        await revoke_key(
            session, merchant=scene.merchant, key_id=key.id, actor="system", now=scene.clock()
        )
    assert await current(scene, key) is None
    async with scene.database.snapshot() as session:
        assert await standing_key(session, key.id, now=scene.clock()) is None


async def test_changed_rights_are_seen(scene: Scene) -> None:
    ann = await scene.caller(scene.ann)
    await scene.update(sa.update(users).where(users.c.id == scene.bob.id).values(team="south"))
    moved = await current(scene, ann)
    assert moved is not None
    assert frozenset({scene.ann.id}) == moved.teammates
    await scene.update(
        sa.update(users).where(users.c.id == scene.ann.id).values(role=Role.SUPERVISOR.value)
    )
    promoted = await current(scene, ann)
    assert promoted is not None
    assert (Role.SUPERVISOR, None) == (promoted.role, promoted.teammates)


async def test_a_user_without_a_session_has_nothing_to_stand_on(scene: Scene) -> None:
    ann = await scene.caller(scene.ann)
    nobody = Principal(ann.merchant, "user", ann.id, ann.name, ann.role)
    assert await current(scene, nobody) is None


async def test_a_key_is_found_by_its_id(scene: Scene) -> None:
    async with scene.database.snapshot() as session:
        assert await scene.software() == await standing_key(
            session, scene.key.id, now=scene.clock()
        )
