"""The first rows of several ranges, merged: in order, none left out, and found by the index that each range has."""

from collections.abc import Sequence
from typing import Any

import pytest
import sqlalchemy as sa

from core.database import VALUES_MAX, Database, Session, first_of, unindexed
from core.work import work_table
from tests.support.clock import START


@pytest.fixture
async def filled(database: Database) -> Database:
    """Forty pieces of work of four kinds."""
    rows = [
        {
            "id": f"wrk_{number:02}",
            "kind": f"kind_{number % 4}",
            "subject": str(number),
            "payload": {},
            "due_at": START,
            "attempts": 0,
        }
        for number in range(40)
    ]
    async with database.transaction() as session:
        await session.execute(sa.insert(work_table), rows)
    return database


def _first(session: Session, kinds: Sequence[int], *, descending: bool) -> Any:
    return first_of(
        session,
        sa.select(work_table.c.id, work_table.c.payload),
        work_table.c.kind,
        [f"kind_{kind}" for kind in kinds],
        key=work_table.c.id,
        descending=descending,
        limit=5,
    )


@pytest.mark.parametrize(
    ("kinds", "descending", "expected"),
    [
        ((0,), False, ["wrk_00", "wrk_04", "wrk_08", "wrk_12", "wrk_16"]),
        ((0, 1, 2), False, ["wrk_00", "wrk_01", "wrk_02", "wrk_04", "wrk_05"]),
        ((3, 1), True, ["wrk_39", "wrk_37", "wrk_35", "wrk_33", "wrk_31"]),
        ((*range(1, 40), 0), False, ["wrk_00", "wrk_01", "wrk_02", "wrk_03", "wrk_04"]),
        ((2, 9), True, ["wrk_38", "wrk_34", "wrk_30", "wrk_26", "wrk_22"]),
        ((1, 1), False, ["wrk_01", "wrk_01", "wrk_05", "wrk_05", "wrk_09"]),
    ],
)
async def test_the_first_rows_of_all_ranges_come_in_order(
    filled: Database, kinds: tuple[int, ...], descending: bool, expected: list[str]
) -> None:
    async with filled.snapshot() as session:
        rows = await session.all(_first(session, kinds, descending=descending))
    assert expected == [row["id"] for row in rows]
    assert {} == rows[0]["payload"]


async def test_ranges_without_a_bound_are_a_programmers_error(filled: Database) -> None:
    async with filled.snapshot() as session:
        for kinds in ((), range(VALUES_MAX + 1)):
            with pytest.raises(AssertionError):
                _first(session, kinds, descending=False)


async def test_a_column_that_must_not_lead_still_filters(filled: Database) -> None:
    async with filled.snapshot() as session:
        kind = unindexed(session, work_table.c.kind)
        statement = sa.select(work_table.c.id).where(kind.in_(["kind_1", "kind_9"]))
        assert 10 == len(await session.all(statement))


async def test_sqlite_finds_the_earliest_work_by_its_time_and_not_by_its_kind(
    sqlite_database: Database,
) -> None:
    """Without statistics it would rather read every piece of a kind and sort them."""
    async with sqlite_database.snapshot() as session:
        kind = unindexed(session, work_table.c.kind)
        statement = sa.select(work_table.c.id).where(kind.in_(["a", "b"]))
        text = statement.order_by(work_table.c.due_at).limit(1)
        compiled = text.compile(
            dialect=session.connection.dialect, compile_kwargs={"literal_binds": True}
        )
        plan = await session.execute(sa.text(f"EXPLAIN QUERY PLAN {compiled}"))
        assert ["SCAN work USING INDEX ix_work_due_at"] == [row[3] for row in plan]
