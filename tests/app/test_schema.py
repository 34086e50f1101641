"""Migrations: the same revisions on SQLite and PostgreSQL lead to exactly the tables that the code declares."""

import asyncio
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command

from app.schema import alembic_config, head, migrate, revision_of, standing
from app.tables import metadata
from core.database import Database


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database without tables."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'empty.db'}"
    url: str = request.getfixturevalue("empty_postgres_url")
    return url


async def test_a_fresh_database_becomes_what_the_code_declares(empty_url: str) -> None:
    """`alembic check` finds nothing to do after the migration."""
    database = Database(empty_url)
    assert await migrate(database) == (None, head())
    assert await migrate(database) == (head(), head())
    assert await revision_of(database) == head()

    def check(connection: sa.Connection) -> set[str]:
        command.check(alembic_config(connection))
        return set(sa.inspect(connection).get_table_names())

    async with database.engine.connect() as connection:
        tables = await connection.run_sync(check)
    await database.close()
    assert tables == {table.name for table in metadata.sorted_tables} | {"alembic_version"}


async def test_a_migration_can_be_taken_back(empty_url: str) -> None:
    database = Database(empty_url)
    await migrate(database)

    def down(connection: sa.Connection) -> list[str]:
        command.downgrade(alembic_config(connection), "base")
        return sa.inspect(connection).get_table_names()

    async with database.engine.begin() as connection:
        tables = await connection.run_sync(down)
    await database.close()
    assert tables == ["alembic_version"]


async def test_what_newer_code_has_migrated_is_worked_on_and_left_alone(tmp_path: Path) -> None:
    """While an installation is upgraded, old processes run over the new schema, and may start again."""
    database = Database(f"sqlite:///{tmp_path / 'newer.db'}")
    await migrate(database)
    async with database.engine.begin() as connection:
        await connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    assert ("9999", "9999") == await migrate(database)
    assert "newer" == standing(await revision_of(database))
    await database.close()


@pytest.mark.parametrize(("revision", "expected"), [(None, "older"), ("0001", "older")])
def test_what_lacks_a_revision_is_older(revision: str | None, expected: str) -> None:
    assert expected == standing(revision)
    assert "current" == standing(head())


@pytest.mark.postgres
async def test_processes_that_start_at_once_migrate_once(empty_postgres_url: str) -> None:
    first, second = Database(empty_postgres_url), Database(empty_postgres_url)
    answers = await asyncio.gather(migrate(first), migrate(second))
    await first.close()
    await second.close()
    assert {(None, head()), (head(), head())} == set(answers)


@pytest.mark.postgres
async def test_an_index_that_was_left_half_made_is_made_anew(empty_postgres_url: str) -> None:
    database = Database(empty_postgres_url)
    async with database.engine.begin() as connection:
        await connection.run_sync(lambda sync: command.upgrade(alembic_config(sync), "0003"))
        await connection.execute(sa.text("UPDATE alembic_version SET version_num = '0002'"))
        await connection.execute(sa.text("DROP INDEX ix_links_approval"))
    assert ("0002", head()) == await migrate(database)

    def indexes(connection: sa.Connection) -> set[str | None]:
        return {index["name"] for index in sa.inspect(connection).get_indexes("links")}

    async with database.engine.connect() as connection:
        found = await connection.run_sync(indexes)
    await database.close()
    assert {"ix_links_approval", "ix_links_state", "ix_links_reference_id"} <= found
