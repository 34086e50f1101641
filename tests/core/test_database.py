"""The database commits all or nothing, loses no update, and reads as of one moment, on SQLite and PostgreSQL.

About `core.database.engine`, `core.database.pool` and `core.database.schema`.
"""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
import sqlalchemy as sa

from core.database import Database, JsonText, Session, UtcDateTime, upsert
from core.database.schema import canonical_json
from tests.support.clock import START
from tests.support.crash import crashing

_own = sa.MetaData()
counters = sa.Table(
    "counters",
    _own,
    sa.Column("name", sa.String(20), primary_key=True),
    sa.Column("value", sa.Integer, nullable=False),
)
moments = sa.Table(
    "moments",
    _own,
    sa.Column("name", sa.String(20), primary_key=True),
    sa.Column("at", UtcDateTime),
    sa.Column("data", JsonText),
)


@pytest.fixture
async def tables(database: Database) -> Database:
    """The database with two small tables of this file's own."""
    async with database.transaction() as session:
        for table in (counters, moments):
            await session.execute(sa.schema.CreateTable(table))
        await session.execute(
            sa.insert(counters), [{"name": "a", "value": 0}, {"name": "b", "value": 0}]
        )
    return database


async def _value(database: Database, name: str = "a") -> int:
    async with database.snapshot() as session:
        value: int = await session.scalar(
            sa.select(counters.c.value).where(counters.c.name == name)
        )
    return value


async def _raise(session: Session, value: int, name: str = "a") -> None:
    await session.execute(sa.update(counters).where(counters.c.name == name).values(value=value))


async def test_eight_concurrent_read_modify_writes_under_a_row_lock_lose_nothing(
    tables: Database,
) -> None:
    async def add_twenty() -> None:
        for _ in range(20):
            async with tables.transaction() as session:
                row = await session.one_or_none(
                    sa.select(counters).where(counters.c.name == "a").with_for_update()
                )
                assert row is not None
                await asyncio.sleep(0)
                await _raise(session, row["value"] + 1)

    await asyncio.gather(*(add_twenty() for _ in range(8)))
    assert 160 == await _value(tables)


async def test_eight_concurrent_read_modify_writes_under_a_named_lock_lose_nothing(
    tables: Database,
) -> None:
    async def add_twenty() -> None:
        for _ in range(20):
            async with tables.transaction() as session:
                await session.lock("lnk_1")
                value = await session.scalar(
                    sa.select(counters.c.value).where(counters.c.name == "a")
                )
                await asyncio.sleep(0)
                await _raise(session, value + 1)

    await asyncio.gather(*(add_twenty() for _ in range(8)))
    assert 160 == await _value(tables)


async def test_two_processes_on_one_database_lose_nothing(
    tables: Database, open_database: Callable[[str], Database]
) -> None:
    other = open_database(tables.url)

    async def add_twenty(database: Database) -> None:
        for _ in range(20):
            async with database.transaction() as session:
                await session.lock("lnk_1")
                value = await session.scalar(
                    sa.select(counters.c.value).where(counters.c.name == "a")
                )
                await _raise(session, value + 1)

    await asyncio.gather(add_twenty(tables), add_twenty(other))
    assert 40 == await _value(tables)


async def test_a_block_that_raises_leaves_nothing(tables: Database) -> None:
    async with crashing(tables) as session:
        await _raise(session, 7)
    assert 0 == await _value(tables)


async def test_a_block_that_is_cancelled_leaves_nothing_and_holds_no_lock(tables: Database) -> None:
    inside = asyncio.Event()

    async def hang() -> None:
        async with tables.transaction() as session:
            await _raise(session, 7)
            inside.set()
            await asyncio.sleep(60)

    task = asyncio.create_task(hang())
    await inside.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with asyncio.timeout(5), tables.transaction() as session:
        await _raise(session, 1)
    assert 1 == await _value(tables)


async def test_a_hook_that_raises_before_the_commit_takes_everything_back(tables: Database) -> None:
    async def refuse(session: Session) -> None:
        raise ZeroDivisionError

    tables.before_commit.append(refuse)
    with pytest.raises(ZeroDivisionError):
        async with tables.transaction() as session:
            await _raise(session, 7)
    tables.before_commit.remove(refuse)
    assert 0 == await _value(tables)


async def test_what_is_called_after_the_commit_sees_it_and_is_not_called_without_one(
    tables: Database,
) -> None:
    told: list[str] = []
    async with tables.transaction() as session:
        session.after_commit.append(lambda: told.append("done"))
        assert [] == told
    async with crashing(tables) as session:
        session.after_commit.append(lambda: told.append("undone"))
    assert ["done"] == told


async def test_staging_without_anybody_to_write_it_is_a_programmers_error(tables: Database) -> None:
    tables.before_commit.clear()

    async def stage() -> None:
        async with tables.transaction() as session:
            await _raise(session, 7)
            session.staged.append("a fact")

    with pytest.raises(AssertionError):
        await stage()
    assert 0 == await _value(tables)


async def test_a_snapshot_sees_one_moment_however_long_it_reads(tables: Database) -> None:
    async with tables.snapshot() as session:
        before = await session.scalar(sa.select(sa.func.sum(counters.c.value)))
        async with tables.transaction() as writing:
            await _raise(writing, 5)
            await _raise(writing, 5, "b")
        assert before == await session.scalar(sa.select(sa.func.sum(counters.c.value)))
    assert 5 == await _value(tables)


async def test_a_snapshot_cannot_write(tables: Database) -> None:
    async with tables.snapshot() as session:
        with pytest.raises(AssertionError):
            await _raise(session, 7)
    assert 0 == await _value(tables)


async def test_readers_do_not_wait_for_a_writer(tables: Database) -> None:
    async with tables.transaction() as session:
        await _raise(session, 7)
        async with asyncio.timeout(2):
            assert 0 == await _value(tables)


async def test_a_name_that_is_held_cannot_be_tried_and_can_be_once_it_is_let_go(
    tables: Database,
) -> None:
    async with tables.transaction() as holding:
        await holding.lock("lnk_1")
        if not tables.is_sqlite:  # where the second writer could not even begin
            async with tables.transaction() as trying:
                assert not await trying.try_lock("lnk_1")
                assert await trying.try_lock("lnk_2")
    async with tables.transaction() as session:
        assert await session.try_lock("lnk_1")


async def test_one_or_none_refuses_two(tables: Database) -> None:
    async with tables.snapshot() as session:
        assert await session.one_or_none(sa.select(counters).where(counters.c.name == "no")) is None
        with pytest.raises(sa.exc.MultipleResultsFound):
            await session.one_or_none(sa.select(counters))


async def test_upsert_inserts_once_and_then_does_what_the_conflict_says(tables: Database) -> None:
    for value in (1, 2):
        async with tables.transaction() as session:
            statement = upsert(session, counters).values(name="c", value=value)
            await session.execute(
                statement.on_conflict_do_update(index_elements=["name"], set_={"value": value})
            )
    assert 2 == await _value(tables, "c")


@pytest.mark.parametrize(
    "moment",
    [
        START,
        START.astimezone(timezone(timedelta(hours=-8))),
        datetime(1999, 12, 31, 23, 59, 59, 999999, UTC),
        None,
    ],
)
async def test_a_moment_comes_back_as_the_same_moment_in_utc(
    tables: Database, moment: datetime | None
) -> None:
    async with tables.transaction() as session:
        await session.execute(sa.insert(moments).values(name="m", at=moment))
    async with tables.snapshot() as session:
        found = await session.scalar(sa.select(moments.c.at))
    assert moment == found
    assert found is None or timedelta(0) == found.utcoffset()


async def test_moments_are_ordered_as_they_happened(tables: Database) -> None:
    async with tables.transaction() as session:
        for index in range(5):
            at = (START + timedelta(seconds=index)).astimezone(timezone(timedelta(hours=index)))
            await session.execute(sa.insert(moments).values(name=str(index), at=at))
    async with tables.snapshot() as session:
        rows = await session.all(
            sa.select(moments.c.name)
            .where(moments.c.at > START, moments.c.at <= START + timedelta(seconds=3))
            .order_by(moments.c.at)
        )
    assert ["1", "2", "3"] == [row["name"] for row in rows]


async def test_a_moment_without_a_zone_is_a_programmers_error(tables: Database) -> None:
    with pytest.raises((AssertionError, sa.exc.StatementError)):
        async with tables.transaction() as session:
            await session.execute(
                sa.insert(moments).values(name="m", at=START.replace(tzinfo=None))
            )


@pytest.mark.parametrize(
    "value", [None, {}, {"b": [1, None, "é😀"], "a": {"x": True}}, [1], "text", 0]
)
async def test_json_comes_back_as_it_was(tables: Database, value: Any) -> None:
    async with tables.transaction() as session:
        await session.execute(sa.insert(moments).values(name="m", data=value))
    async with tables.snapshot() as session:
        assert value == await session.scalar(sa.select(moments.c.data))


def test_one_value_has_one_json_text() -> None:
    assert '{"a":"é","b":[1,2]}' == canonical_json({"b": [1, 2], "a": "é"})
    with pytest.raises(ValueError, match="JSON"):
        canonical_json(float("nan"))


def test_sqlite_in_memory_is_refused_since_it_would_be_one_shared_connection() -> None:
    with pytest.raises(AssertionError):
        Database("sqlite:///:memory:")
