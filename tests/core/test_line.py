"""What is put goes together with what is asked, in order, and commits or fails with it, on SQLite and PostgreSQL.

About `core.database.line`, through the sessions that use it.
"""

import asyncio
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from core.database import Database, Prepared, Session
from tests.support.crash import crashing

_own = sa.MetaData()
notes = sa.Table(
    "notes",
    _own,
    sa.Column("name", sa.String(20), primary_key=True),
    sa.Column("value", sa.Integer, nullable=False),
)
_PUT = Prepared(sa.insert(notes))
_RAISE = Prepared(
    sa.update(notes)
    .where(notes.c.name == sa.bindparam("of"))
    .values(value=notes.c.value + sa.bindparam("by"))
    .returning(notes.c.value)
)
_ALL = Prepared(sa.select(notes).order_by(notes.c.name))
_ONE = Prepared(sa.select(notes).where(notes.c.name == sa.bindparam("name")))


@pytest.fixture
async def kept(database: Database) -> Database:
    """The database with a small table of this file's own."""
    async with database.transaction() as session:
        await session.execute(sa.schema.CreateTable(notes))
    return database


async def _names(database: Database) -> list[str]:
    return [row["name"] for row in await database.ask(_ALL)]


async def test_what_is_put_is_seen_by_the_next_statement_and_kept_by_the_commit(
    kept: Database,
) -> None:
    async with kept.transaction() as session:
        session.put(_PUT, name="a", value=1)
        session.put(_PUT, name="b", value=2)
        prepared = [row["name"] for row in await session.ask(_ALL)]
        session.put(_PUT, name="c", value=3)
        core = (await session.execute(sa.select(notes.c.name).order_by(notes.c.name))).scalars()
        session.put(_PUT, name="d", value=4)

    assert ["a", "b"] == prepared
    assert ["a", "b", "c"] == list(core)
    assert ["a", "b", "c", "d"] == await _names(kept)


async def test_a_statement_that_writes_and_answers_is_asked(kept: Database) -> None:
    async with kept.transaction() as session:
        session.put(_PUT, name="a", value=1)
        raised = await session.ask_one(_RAISE, of="a", by=4)
        nothing = await session.ask_one(_RAISE, of="b", by=4)

    assert {"value": 5} == raised
    assert nothing is None


async def test_a_constraint_that_a_put_breaks_is_heard_of_before_the_commit(
    kept: Database,
) -> None:
    async def twice() -> None:
        async with kept.transaction() as session:
            session.put(_PUT, name="a", value=1)
            session.put(_PUT, name="a", value=2)

    with pytest.raises(IntegrityError):
        await twice()

    assert [] == await _names(kept)


async def test_what_was_put_before_a_crash_is_not_kept(kept: Database) -> None:
    async with crashing(kept) as session:
        session.put(_PUT, name="a", value=1)
        await session.ask(_ALL)
        session.put(_PUT, name="b", value=1)

    assert [] == await _names(kept)


async def test_an_error_names_the_statement_and_none_of_its_values(kept: Database) -> None:
    with pytest.raises(DBAPIError) as caught:
        async with kept.transaction() as session:
            session.put(_PUT, name="4242424242424242", value=None)

    assert "INSERT INTO notes" in str(caught.value.statement)
    assert "[parameters: " not in str(caught.value)


async def test_a_failed_transaction_is_not_taken_for_a_committed_one(kept: Database) -> None:
    """PostgreSQL answers the COMMIT of one in which something failed with ROLLBACK, and calls that no error."""

    async def spoil(session: Session) -> None:
        session.put(_PUT, name="a", value=1)
        with pytest.raises(IntegrityError):
            await session.execute(sa.insert(notes).values(name="a", value=2))

    if kept.is_sqlite:  # there, only the statement fails
        async with kept.transaction() as session:
            await spoil(session)
        assert ["a"] == await _names(kept)
        return
    with pytest.raises(DBAPIError):
        async with kept.transaction() as session:
            await spoil(session)
    assert [] == await _names(kept)


async def test_a_snapshot_sees_one_moment_and_writes_nothing(kept: Database) -> None:
    async with kept.snapshot() as session:
        before = await session.ask(_ALL)
        async with kept.transaction() as other:
            other.put(_PUT, name="a", value=1)
        after = await session.ask(_ALL)
        with pytest.raises(AssertionError, match="cannot write"):
            session.put(_PUT, name="b", value=1)
        with pytest.raises(AssertionError, match="cannot write"):
            await session.ask(_RAISE, of="a", by=1)

    assert [] == before == after
    assert ["a"] == await _names(kept)


async def test_a_single_statement_needs_no_transaction_and_may_not_write(kept: Database) -> None:
    async with kept.transaction() as session:
        session.put(_PUT, name="a", value=1)

    assert [{"name": "a", "value": 1}] == await kept.ask(_ONE, name="a")
    with pytest.raises(AssertionError, match="nobody would commit"):
        await kept.ask(_RAISE, of="a", by=1)


async def test_a_connection_that_was_lost_is_not_used_again(kept: Database) -> None:
    async def losing() -> None:
        async with kept.transaction() as session:
            session.put(_PUT, name="a", value=1)
            await session.ask(_ALL)
            driver: Any = (await session.connection.get_raw_connection()).driver_connection
            await driver.close()
            await session.ask(_ALL)

    with pytest.raises((OperationalError, ValueError)):
        await losing()

    assert [] == await _names(kept)


async def test_whoever_listens_to_the_engine_hears_of_every_statement(kept: Database) -> None:
    heard: list[str] = []

    def hear(_c: Any, _cursor: Any, sql: str, *_: Any) -> None:
        heard.append(sql.split(" ", maxsplit=1)[0])

    sa.event.listen(kept.engine.sync_engine, "before_cursor_execute", hear)
    async with kept.transaction() as session:
        session.put(_PUT, name="a", value=1)
        await session.ask(_ALL)
    sa.event.remove(kept.engine.sync_engine, "before_cursor_execute", hear)

    assert ["INSERT", "SELECT", "COMMIT"] == [each for each in heard if each != "BEGIN"]


async def test_connections_that_the_server_has_ended_are_replaced_before_anybody_uses_them(
    kept: Database,
) -> None:
    if kept.is_sqlite:
        pytest.skip("SQLite has no server")
    async with kept.transaction() as one, kept.transaction() as two:
        for session in (one, two):  # two connections, idle from now on
            await session.ask(_ALL)
    async with kept.engine.connect() as connection:
        await connection.execute(
            sa.text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )
        await asyncio.sleep(0.2)

        async with kept.transaction() as session:
            session.put(_PUT, name="a", value=1)

    assert ["a"] == await _names(kept)
