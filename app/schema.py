"""Brings the database's schema up to date, and tells whether it is."""

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

Standing = Literal["current", "newer", "older"]


def alembic_config(connection: sa.Connection | None = None) -> Config:
    """Alembic's configuration, without an ini file; `connection` is what the revisions run on."""
    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    config.attributes["connection"] = connection
    return config


async def migrate(database: Database) -> tuple[str | None, str | None]:
    """Applies every revision that is missing. Answers the revision before and after.

    A database that newer code has migrated is left as it is.
    """

    def run(connection: sa.Connection) -> tuple[str | None, str | None]:
        if connection.dialect.name == "postgresql":
            # Two processes that start at once must not both migrate.
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
        before = MigrationContext.configure(connection).get_current_revision()
        if standing(before) == "newer":
            return before, before
        command.upgrade(alembic_config(connection), "head")
        return before, MigrationContext.configure(connection).get_current_revision()

    async with database.engine.begin() as connection:
        return await connection.run_sync(run)


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
