"""Brings the database's schema up to date, and tells whether it is."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path
from typing import Final, Literal

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from core.database import Database

_FOLDER: Final = Path(__file__).parent / "migrations"
_LOCK: Final = 727_001
# Half a day: an index over many millions of rows takes its time.
_TRY_EVERY_SECONDS: Final = 0.5
_TRIES_MAX: Final = 86_400

Standing = Literal["current", "newer", "older"]


def alembic_config(connection: sa.Connection | None = None) -> Config:
    """Alembic's configuration, without an ini file; `connection` is what the revisions run on."""
    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    config.attributes["connection"] = connection
    return config


async def migrate(database: Database) -> tuple[str | None, str | None]:
    """Applies every revision that is missing. Answers the revision before and after.

    On PostgreSQL each revision commits by itself and indexes are made beside running services, so that nobody waits.
    """
    if database.is_sqlite:
        async with database.engine.begin() as connection:
            return await connection.run_sync(_upgrade)
    async with _alone(database), database.engine.connect() as connection:
        return await connection.run_sync(_upgrade, concurrently=True)


def _upgrade(
    connection: sa.Connection, *, concurrently: bool = False
) -> tuple[str | None, str | None]:
    before = MigrationContext.configure(connection).get_current_revision()
    if standing(before) == "newer":
        # Newer code has migrated it; it is left as it is.
        return before, before
    if concurrently:
        # Alembic begins and ends the transactions itself, around what can run in none.
        connection.rollback()
    config = alembic_config(connection)
    config.attributes["concurrently"] = concurrently
    command.upgrade(config, "head")
    return before, MigrationContext.configure(connection).get_current_revision()


@asynccontextmanager
async def _alone(database: Database) -> AsyncIterator[None]:
    """Two processes that start at once must not both migrate."""
    async with database.engine.connect() as connection:
        await connection.execution_options(isolation_level="AUTOCOMMIT")
        # Whoever waits inside a statement holds a snapshot, for which an index that is being made would wait in turn.
        for _ in range(_TRIES_MAX):
            if await connection.scalar(sa.select(sa.func.pg_try_advisory_lock(_LOCK))):
                break
            await asyncio.sleep(_TRY_EVERY_SECONDS)
        else:
            raise TimeoutError("Another process has been migrating this database for too long.")
        try:
            yield
        finally:
            await connection.execute(sa.select(sa.func.pg_advisory_unlock(_LOCK)))


async def revision_of(database: Database) -> str | None:
    """The revision that the database is at."""
    async with database.engine.connect() as connection:
        return await connection.run_sync(
            lambda sync: MigrationContext.configure(sync).get_current_revision()
        )


@cache
def head() -> str | None:
    """The newest revision that this version of the code knows."""
    return ScriptDirectory.from_config(alembic_config()).get_current_head()


def standing(revision: str | None) -> Standing:
    """How a database's revision stands to this code.

    One that we do not know was made by newer code. Revisions only add to what is there, so we work on with it: while an
    installation is upgraded, old processes run over the new schema, and must be able to start again.
    """
    if revision == head():
        return "current"
    return "older" if revision is None or revision in _known() else "newer"


@cache
def _known() -> frozenset[str]:
    scripts = ScriptDirectory.from_config(alembic_config())
    return frozenset(script.revision for script in scripts.walk_revisions())
