"""Due work is claimed once, survives its worker, and commits with the state that calls for it."""

import asyncio
from collections import Counter
from datetime import timedelta

import pytest

from core import work
from core.database import Database
from core.work import Work
from tests.support.clock import SettableClock
from tests.support.crash import crashing

LEASE_SECONDS = 30


async def _schedule(database: Database, clock: SettableClock, *subjects: str) -> None:
    async with database.transaction() as session:
        for subject in subjects:
            await work.schedule(session, "send", subject, due_at=clock(), payload={"to": subject})


async def _claim(database: Database, clock: SettableClock, limit: int = 10) -> list[Work]:
    async with database.transaction() as session:
        return await work.claim(
            session, kinds=["send"], now=clock(), lease_seconds=LEASE_SECONDS, limit=limit
        )


async def _finish(database: Database, piece: Work) -> bool:
    async with database.transaction() as session:
        return await work.finish(session, piece)


async def test_five_workers_claim_each_piece_once(database: Database, clock: SettableClock) -> None:
    subjects = [f"dlv_{number}" for number in range(60)]
    await _schedule(database, clock, *subjects)
    claimed: Counter[str] = Counter()

    async def worker() -> None:
        while pieces := await _claim(database, clock, limit=3):
            for piece in pieces:
                claimed[piece.subject] += 1
                assert await _finish(database, piece)

    await asyncio.gather(*(worker() for _ in range(5)))
    assert dict.fromkeys(subjects, 1) == dict(claimed)


async def test_work_is_claimed_when_it_is_due_and_not_before(
    database: Database, clock: SettableClock
) -> None:
    async with database.transaction() as session:
        await work.schedule(session, "send", "dlv_1", due_at=clock() + timedelta(seconds=5))
    assert [] == await _claim(database, clock)
    clock.advance(seconds=5)
    [piece] = await _claim(database, clock)
    assert ("send", "dlv_1", {}, 1) == (piece.kind, piece.subject, piece.payload, piece.attempts)


async def test_the_longest_due_comes_first(database: Database, clock: SettableClock) -> None:
    async with database.transaction() as session:
        for minutes, subject in ((1, "late"), (3, "latest"), (2, "later")):
            await work.schedule(
                session, "send", subject, due_at=clock() - timedelta(minutes=minutes)
            )
    assert ["latest", "later"] == [
        piece.subject for piece in await _claim(database, clock, limit=2)
    ]


async def test_a_claim_takes_only_the_kinds_it_names(
    database: Database, clock: SettableClock
) -> None:
    async with database.transaction() as session:
        await work.schedule(session, "sweep", "att_1", due_at=clock())
    assert [] == await _claim(database, clock)


async def test_a_dead_workers_claim_is_taken_over_when_its_lease_has_run_out(
    database: Database, clock: SettableClock
) -> None:
    await _schedule(database, clock, "dlv_1")
    [dead] = await _claim(database, clock)
    clock.advance(seconds=LEASE_SECONDS - 1)
    assert [] == await _claim(database, clock)
    clock.advance(seconds=1)
    [taken] = await _claim(database, clock)
    assert 2 == taken.attempts
    assert not await _finish(database, dead)
    assert await _finish(database, taken)


async def test_a_postponed_piece_comes_again_at_its_time(
    database: Database, clock: SettableClock
) -> None:
    await _schedule(database, clock, "dlv_1")
    [first] = await _claim(database, clock)
    async with database.transaction() as session:
        assert await work.postpone(session, first, due_at=clock() + timedelta(minutes=2))
    clock.advance(seconds=119)
    assert [] == await _claim(database, clock)
    clock.advance(seconds=1)
    [second] = await _claim(database, clock)
    assert (2, {"to": "dlv_1"}) == (second.attempts, second.payload)
    async with database.transaction() as session:
        assert not await work.postpone(session, first, due_at=clock())


async def test_asking_twice_is_one_piece_with_the_later_plan(
    database: Database, clock: SettableClock
) -> None:
    await _schedule(database, clock, "dlv_1")
    async with database.transaction() as session:
        await work.schedule(session, "send", "dlv_1", due_at=clock(), payload={"to": "elsewhere"})
    assert [{"to": "elsewhere"}] == [piece.payload for piece in await _claim(database, clock)]


async def test_a_plan_made_while_the_work_is_done_outlives_the_run(
    database: Database, clock: SettableClock
) -> None:
    await _schedule(database, clock, "dlv_1")
    [running] = await _claim(database, clock)
    await _schedule(database, clock, "dlv_1")
    assert not await _finish(database, running)
    [again] = await _claim(database, clock)
    assert 1 == again.attempts


async def test_work_of_a_transaction_that_failed_was_never_called_for(
    database: Database, clock: SettableClock
) -> None:
    async with crashing(database) as session:
        await work.schedule(session, "send", "dlv_1", due_at=clock())
    assert [] == await _claim(database, clock)


async def test_a_finish_that_was_rolled_back_leaves_the_work_to_be_done(
    database: Database, clock: SettableClock
) -> None:
    await _schedule(database, clock, "dlv_1")
    [piece] = await _claim(database, clock)
    async with crashing(database) as session:
        await work.finish(session, piece)
    clock.advance(seconds=LEASE_SECONDS)
    assert ["dlv_1"] == [piece.subject for piece in await _claim(database, clock)]


async def test_work_that_is_forgotten_is_not_done(database: Database, clock: SettableClock) -> None:
    await _schedule(database, clock, "dlv_1", "dlv_2")
    async with database.transaction() as session:
        await work.forget(session, "send", "dlv_1")
    assert ["dlv_2"] == [piece.subject for piece in await _claim(database, clock)]


async def test_the_next_due_time_is_the_earliest_of_its_kinds(
    database: Database, clock: SettableClock
) -> None:
    async with database.transaction() as session:
        await work.schedule(session, "send", "dlv_1", due_at=clock() + timedelta(seconds=9))
        await work.schedule(session, "send", "dlv_2", due_at=clock() + timedelta(seconds=4))
        await work.schedule(session, "sweep", "att_1", due_at=clock())
    async with database.snapshot() as session:
        assert clock() + timedelta(seconds=4) == await work.next_due(session, kinds=["send"])
        assert await work.next_due(session, kinds=["nothing"]) is None


async def test_a_claim_without_a_bound_is_a_programmers_error(
    database: Database, clock: SettableClock
) -> None:
    for limit in (0, work.CLAIM_MAX + 1):
        with pytest.raises(AssertionError):
            await _claim(database, clock, limit=limit)


async def test_work_that_is_planned_once_keeps_its_first_plan(
    database: Database, clock: SettableClock
) -> None:
    for hours in (1, 2):
        async with database.transaction() as session:
            due_at = clock() + timedelta(hours=hours)
            await work.schedule_once(session, "send", "dlv_1", due_at=due_at)
    clock.advance(hours=1)

    assert ["dlv_1"] == [piece.subject for piece in await _claim(database, clock)]


async def test_hastened_work_comes_sooner_and_never_later(
    database: Database, clock: SettableClock
) -> None:
    async with database.transaction() as session:
        await work.schedule(session, "send", "dlv_late", due_at=clock() + timedelta(hours=1))
        await work.schedule(session, "send", "dlv_due", due_at=clock() - timedelta(hours=1))
        for subject in ("dlv_late", "dlv_due", "dlv_new"):
            await work.hasten(session, "send", subject, due_at=clock())
    pieces = await _claim(database, clock)
    assert "dlv_due" == pieces[0].subject
    assert {"dlv_due", "dlv_late", "dlv_new"} == {piece.subject for piece in pieces}


async def test_hastening_leaves_alone_what_is_being_done_and_what_failed(
    database: Database, clock: SettableClock
) -> None:
    await _schedule(database, clock, "dlv_1")
    [piece] = await _claim(database, clock)
    async with database.transaction() as session:
        await work.hasten(session, "send", "dlv_1", due_at=clock())
    assert [] == await _claim(database, clock)
    async with database.transaction() as session:
        await work.postpone(session, piece, due_at=clock() + timedelta(minutes=5))
        await work.hasten(session, "send", "dlv_1", due_at=clock())
    assert [] == await _claim(database, clock)
