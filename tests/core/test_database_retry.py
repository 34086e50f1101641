"""A transaction that the database sacrificed to end a deadlock is done again; any other failure is not."""

import asyncio
from typing import NoReturn

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

from core.clock import utc_now
from core.database import Database, retried
from core.work import schedule, work_table


@pytest.mark.postgres
async def test_two_transactions_that_lock_crosswise_both_succeed(
    postgres_url: str, open_database
) -> None:
    """PostgreSQL ends one of them; done again, it finds the other's work committed."""
    database: Database = open_database(postgres_url)
    async with database.transaction() as session:
        for subject in ("one", "two"):
            await schedule(session, "kind", subject, due_at=utc_now())
    met = asyncio.Barrier(2)
    tries = {"one": 0, "two": 0}

    async def change(first: str, second: str) -> None:
        tries[first] += 1
        async with database.transaction() as session:
            for subject in (first, second):
                await session.execute(
                    sa.update(work_table)
                    .where(work_table.c.subject == subject)
                    .values(attempts=work_table.c.attempts + 1)
                )
                if subject == first and tries[first] == 1:
                    await met.wait()

    await asyncio.gather(
        retried(lambda: change("one", "two")), retried(lambda: change("two", "one"))
    )
    async with database.snapshot() as session:
        rows = await session.all(sa.select(work_table.c.attempts))
    assert [2, 2] == [row["attempts"] for row in rows]
    # The one that was ended may be back before the other has woken, and then they meet once more.
    assert sum(tries.values()) >= 3


async def test_another_failure_is_raised_at_once() -> None:
    tries = 0

    async def fail() -> NoReturn:
        nonlocal tries
        tries += 1
        raise OperationalError("SELECT 1", {}, Exception("the server is gone"))

    with pytest.raises(OperationalError):
        await retried(fail)
    assert 1 == tries
