"""Rounds as due work: each morning by itself, again where a PSP was away, and nothing that somebody else has taken up.

Covers payments.reconciliation_runs with payments.reconciliation_rounds.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from payments.accounts import Gateways, change_account
from payments.gateway import Movement
from payments.reconciliation_rounds import RECONCILE, next_round, patience
from tests.payments.bookkeeper import Bookkeeper
from tests.payments.conftest import NewTill, Till
from tests.payments.fakes import FakeGateway


@pytest.fixture
def keeper(till: Till) -> Bookkeeper:
    return Bookkeeper(till)


async def test_each_morning_the_day_before_is_reconciled_by_itself(keeper: Bookkeeper) -> None:
    for _ in range(3):
        await keeper.paid()
        keeper.till.clock.set(next_round(keeper.till.account, keeper.till.clock()))
        await keeper.round()

    assert ["matched"] * 3 == [each.state for each in await keeper.kept()]
    assert [1, 1, 1] == [each.counts["charge"]["matched"] for each in await keeper.kept()]
    now = keeper.till.clock()
    assert next_round(keeper.till.account, now) - now == await keeper.till.planned(
        keeper.till.account, RECONCILE
    )


async def test_what_differed_is_looked_at_again_the_next_morning(keeper: Bookkeeper) -> None:
    """The PSP's books were written late; nobody has to do anything."""
    attempt = await keeper.till.charged(await keeper.till.owe())
    at = keeper.till.clock()
    keeper.till.clock.set(next_round(keeper.till.account, at))
    await keeper.round()
    keeper.writes("charge", attempt.reference or "", 4999, later=at - keeper.till.clock())
    before = [each.state for each in await keeper.kept()]
    keeper.till.clock.set(next_round(keeper.till.account, keeper.till.clock()))
    await keeper.round()

    assert (["differs"], ["matched", "matched"]) == (
        before,
        [each.state for each in await keeper.kept()],
    )


async def test_days_on_which_nothing_ran_are_made_up_for(keeper: Bookkeeper) -> None:
    keeper.till.clock.set(next_round(keeper.till.account, keeper.till.clock()))
    await keeper.round()
    keeper.till.clock.advance(days=4)
    await keeper.round()

    assert 5 == len(await keeper.kept())


async def test_a_psp_that_is_away_is_asked_again_until_it_answers(keeper: Bookkeeper) -> None:
    keeper.till.clock.set(next_round(keeper.till.account, keeper.till.clock()))
    keeper.till.gateway.unreachable = True
    for tries in range(4):
        assert 1 == await keeper.round()
        assert patience(tries) == await keeper.till.planned(keeper.till.account, RECONCILE)
        keeper.till.clock.advance(patience(tries))
    assert ["unavailable"] == [each.state for each in await keeper.kept()]
    keeper.till.gateway.unreachable = False
    await keeper.round()

    assert ["matched"] == [each.state for each in await keeper.kept()]


async def test_an_account_at_rest_is_left_alone(keeper: Bookkeeper) -> None:
    till = keeper.till
    async with till.database.transaction() as session:
        await change_account(
            session, till.merchant.id, till.account, active=False, now=till.clock()
        )
    till.clock.set(next_round(till.account, till.clock()))
    await keeper.round()

    assert ([], None) == (list(await keeper.kept()), await till.planned(till.account, RECONCILE))


async def test_work_whose_lease_was_lost_is_left_to_whoever_has_it(keeper: Bookkeeper) -> None:
    keeper.till.clock.set(next_round(keeper.till.account, keeper.till.clock()))
    [lost] = await keeper.till.due(RECONCILE)
    keeper.till.clock.advance(seconds=61)
    [taken] = await keeper.till.due(RECONCILE)
    await keeper.reconciler.handle(lost)
    assert [] == list(await keeper.kept())
    await keeper.reconciler.handle(taken)

    assert 1 == len(await keeper.kept())


async def test_slow_books_leave_a_workers_other_hands_free(till: Till, new_till: NewTill) -> None:
    """Two are read at once; the third waits as a row, and not in the worker."""
    reading, written = [], asyncio.Event()

    class Slow(FakeGateway):
        async def movements(self, since: datetime, until: datetime) -> Sequence[Movement]:
            reading.append(since)
            await written.wait()
            return []

    gateways = Gateways(till.database, till.vault, {"fake": lambda _: Slow()})
    reconciler = Bookkeeper(replace(till, gateways=gateways)).reconciler
    for _ in range(2):
        await new_till(till.merchant)
    till.clock.advance(days=1)
    jobs = await till.due(RECONCILE)
    running = [asyncio.create_task(reconciler.handle(job)) for job in jobs]
    await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
    [third] = [job for job, task in zip(jobs, running, strict=True) if task.done()]
    waits = await till.planned(third.subject, RECONCILE)
    written.set()
    await asyncio.gather(*running)

    assert (3, 2) == (len(jobs), len(reading))
    assert timedelta(seconds=30) == waits
