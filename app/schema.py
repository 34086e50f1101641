"""Brings the database's schema up to date, and tells whether it is."""

from pathlib import Path
from typing import Final

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from core.database import Database

_FOLDER: Final = Path(__file__).parent / "migrations"
_LOCK: Final = 727_001


def alembic_config(connection: sa.Connection | None = None) -> Config:
    """Alembic's configuration, without an ini file; `connection` is what the revisions run on."""
    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    config.attributes["connection"] = connection
    return config


async def migrate(database: Database) -> tuple[str | None, str | None]:
    """Applies every revision that is missing. Answers the revision before and after."""

    def run(connection: sa.Connection) -> tuple[str | None, str | None]:
        if connection.dialect.name == "postgresql":
            # Two processes that start at once must not both migrate.
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
        before = MigrationContext.configure(connection).get_current_revision()
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


def head() -> str | None:
    """The newest revision that this version of the code knows."""
    return ScriptDirectory.from_config(alembic_config()).get_current_head()
