"""The worker: every piece of due work is handed to its handler, failures come again later, stopping is clean."""

import asyncio
from datetime import timedelta

import sqlalchemy as sa

from app.worker import Worker
from core import work
from core.clock import utc_now
from core.database import Database

KIND = "test.kind"


async def plan(database: Database, subject: str) -> None:
    async with database.transaction() as session:
        await work.schedule(session, KIND, subject, due_at=utc_now() - timedelta(seconds=1))


async def left(database: Database) -> int:
    async with database.snapshot() as session:
        return int(await session.scalar(sa.select(sa.func.count()).select_from(work.work_table)))


async def test_two_workers_do_each_piece_once(database: Database) -> None:
    for number in range(20):
        await plan(database, f"subject-{number}")
    done: list[str] = []

    async def handler(item: work.Work) -> None:
        done.append(item.subject)
        async with database.transaction() as session:
            await work.finish(session, item)

    workers = [Worker(database, {KIND: handler}, utc_now) for _ in range(2)]
    tasks = [asyncio.create_task(worker.run()) for worker in workers]
    async with asyncio.timeout(30):
        while await left(database):
            await asyncio.sleep(0.05)
    for worker in workers:
        worker.stop()
    await asyncio.gather(*tasks)
    assert sorted(done) == sorted(f"subject-{number}" for number in range(20))


async def test_work_whose_handler_fails_stays_and_comes_later(database: Database) -> None:
    await plan(database, "subject")
    tried = asyncio.Event()

    async def handler(_item: work.Work) -> None:
        tried.set()
        raise RuntimeError("the far end is away")

    worker = Worker(database, {KIND: handler}, utc_now)
    task = asyncio.create_task(worker.run())
    async with asyncio.timeout(20):
        await tried.wait()
    worker.stop()
    await task
    async with database.snapshot() as session:
        row = await session.one_or_none(sa.select(work.work_table))
    assert row is not None
    assert row["lease"] is None
    assert row["due_at"] > utc_now()


async def test_a_worker_that_is_told_to_stop_finishes_what_it_has_in_hand(
    database: Database,
) -> None:
    await plan(database, "subject")
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def handler(item: work.Work) -> None:
        begun.set()
        await go_on.wait()
        async with database.transaction() as session:
            await work.finish(session, item)

    # The handler hears of it, too.
    worker = Worker(database, {KIND: handler}, utc_now, leave=go_on.set)
    task = asyncio.create_task(worker.run())
    async with asyncio.timeout(20):
        await begun.wait()
    worker.stop()
    await task
    assert await left(database) == 0


async def test_a_scout_is_asked_before_each_look_and_plans_what_nobody_planned(
    database: Database,
) -> None:
    done = asyncio.Event()

    async def scout() -> None:
        if not done.is_set():
            await plan(database, "found")

    async def handler(item: work.Work) -> None:
        assert "found" == item.subject
        done.set()
        async with database.transaction() as session:
            await work.finish(session, item)

    worker = Worker(database, {KIND: handler}, utc_now, scout=scout)
    task = asyncio.create_task(worker.run())
    async with asyncio.timeout(20):
        await done.wait()
    worker.stop()
    await task


async def test_a_scout_that_stumbles_does_not_end_the_worker(database: Database) -> None:
    await plan(database, "subject")
    done = asyncio.Event()
    looks = 0

    async def scout() -> None:
        nonlocal looks
        looks += 1
        if looks == 1:
            raise RuntimeError("nobody foresaw this")

    async def handler(_item: work.Work) -> None:
        done.set()

    worker = Worker(database, {KIND: handler}, utc_now, scout=scout)
    task = asyncio.create_task(worker.run())
    async with asyncio.timeout(20):
        await done.wait()
    worker.stop()
    await task


async def test_no_more_is_done_at_once_than_told(database: Database) -> None:
    for number in range(6):
        await plan(database, f"subject-{number}")
    running, most, done = 0, 0, 0

    async def handler(item: work.Work) -> None:
        nonlocal running, most, done
        running += 1
        most = max(most, running)
        await asyncio.sleep(0.02)
        running -= 1
        async with database.transaction() as session:
            await work.finish(session, item)
        done += 1

    worker = Worker(database, {KIND: handler}, utc_now, at_once=2)
    task = asyncio.create_task(worker.run())
    async with asyncio.timeout(20):
        while done < 6:
            await asyncio.sleep(0.01)
    worker.stop()
    await task
    assert 2 == most
