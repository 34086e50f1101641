"""Who is sent requests: a process whose database answers and is new enough, until it is told to stop."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from app.readiness import Readiness
from app.schema import migrate
from core.database import Database
from core.wakeups import Wakeups


class CutLines:
    """To a Redis that does not answer."""

    failures = (OSError,)

    @asynccontextmanager
    async def tell(self) -> AsyncIterator[Any]:
        raise OSError
        yield

    listen = tell


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    made = Database(f"sqlite:///{tmp_path / 'ready.db'}")
    await migrate(made)
    yield made
    await made.close()


async def revise(database: Database, revision: str) -> None:
    async with database.engine.begin() as connection:
        await connection.execute(
            sa.text("UPDATE alembic_version SET version_num = :to"), {"to": revision}
        )


async def test_redis_lost_is_told_and_turns_nobody_away(database: Database) -> None:
    ready, report = await Readiness(database, Wakeups(CutLines()), redis=True).look()
    assert ready
    assert "degraded" == report["redis"]


async def test_a_schema_that_is_too_old_gets_no_requests_and_a_newer_one_does(
    database: Database,
) -> None:
    readiness = Readiness(database, None, redis=False)
    await revise(database, "0001")
    assert (False, {"status": "unready", "database": "up", "schema": "older"}) == (
        await readiness.look()
    )
    await revise(database, "9999")
    assert (True, {"status": "ready", "database": "up", "schema": "newer"}) == (
        await readiness.look()
    )


async def test_a_database_that_is_away_gets_no_requests() -> None:
    nowhere = Database("postgresql://nobody@127.0.0.1:1/nothing")
    report = await Readiness(nowhere, None, redis=False).look()
    await nowhere.close()
    assert (False, {"status": "unready", "database": "down"}) == report


async def test_a_process_that_is_to_stop_asks_for_nothing_new(database: Database) -> None:
    readiness = Readiness(database, None, redis=False)
    readiness.leave()
    ready, report = await readiness.look()
    assert (False, "draining", "up") == (ready, report["status"], report["database"])
