"""Which day of an account is due when: every morning the day before, and what did not match in the last week."""

from datetime import UTC, date, datetime, timedelta

import pytest

from core import work
from payments.accounts import change_account
from payments.reconciliation_rounds import (
    RECONCILE,
    Run,
    day_due,
    is_at_rest,
    last_round,
    next_round,
    patience,
    plan,
    plan_all,
)
from tests.payments.conftest import Till

ACCOUNT = "gwa_1"
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
YESTERDAY = date(2026, 11, 21)
BEGAN = last_round(ACCOUNT, NOON)
BEFORE, AFTER = BEGAN - timedelta(hours=1), BEGAN + timedelta(minutes=1)


def back(days: int) -> date:
    return YESTERDAY - timedelta(days=days)


def test_a_round_begins_between_three_and_four_in_the_morning() -> None:
    rounds = {last_round(f"gwa_{number}", NOON) for number in range(50)}

    assert {3} == {each.hour for each in rounds}
    assert {NOON.date()} == {each.date() for each in rounds}
    assert 40 < len(rounds)


def test_before_the_hour_it_is_still_the_round_of_the_day_before() -> None:
    assert BEGAN - timedelta(days=1) == last_round(ACCOUNT, BEGAN - timedelta(seconds=1))
    assert BEGAN == last_round(ACCOUNT, BEGAN)
    assert BEGAN + timedelta(days=1) == next_round(ACCOUNT, BEGAN)


@pytest.mark.parametrize(
    ("runs", "expected"),
    [
        ({}, YESTERDAY),
        ({YESTERDAY: Run("matched", AFTER)}, None),
        ({YESTERDAY: Run("differs", AFTER)}, None),
        # What differed in an earlier round is looked at again; what could not be read, until it can.
        ({YESTERDAY: Run("differs", BEFORE)}, YESTERDAY),
        ({YESTERDAY: Run("unavailable", AFTER)}, YESTERDAY),
        ({YESTERDAY: Run("matched", AFTER), back(1): Run("differs", BEFORE)}, back(1)),
        ({YESTERDAY: Run("matched", AFTER), back(1): Run("differs", AFTER)}, None),
        ({YESTERDAY: Run("matched", AFTER), back(6): Run("differs", BEFORE)}, back(1)),
        ({YESTERDAY: Run("matched", AFTER), back(7): Run("differs", BEFORE)}, back(1)),
        # Nobody looked while nothing ran; but not back to before the account was looked at at all.
        ({YESTERDAY: Run("matched", AFTER), back(2): Run("matched", BEFORE)}, back(1)),
        ({back(2): Run("matched", BEFORE)}, YESTERDAY),
    ],
)
def test_the_newest_day_that_is_not_settled_is_due(
    runs: dict[date, Run], expected: date | None
) -> None:
    assert expected == day_due(ACCOUNT, runs, now=NOON)


def test_no_day_older_than_a_week_is_due() -> None:
    runs = {back(days): Run("matched", AFTER) for days in range(7)}
    runs[back(7)] = Run("differs", BEFORE)

    assert None is day_due(ACCOUNT, runs, now=NOON)


def test_a_psp_that_stays_away_is_asked_ever_more_slowly() -> None:
    assert [10, 20, 40, 80, 160, 240, 240] == [
        patience(tries) // timedelta(minutes=1) for tries in (0, 1, 2, 3, 4, 5, 60)
    ]


async def test_an_account_is_planned_when_it_is_set_up_and_no_start_moves_the_plan(
    till: Till,
) -> None:
    expected = next_round(till.account, till.clock())
    till.clock.advance(hours=30)
    async with till.database.transaction() as session:
        await plan_all(session, now=till.clock())
        await plan(session, till.account, now=till.clock())

    assert expected - till.clock() == await till.planned(till.account, RECONCILE)


async def test_an_account_that_is_switched_on_again_is_planned_again(till: Till) -> None:
    async with till.database.transaction() as session:
        await work.forget(session, RECONCILE, till.account)
        for active in (False, True):
            await change_account(
                session, till.merchant.id, till.account, active=active, now=till.clock()
            )

    assert None is not await till.planned(till.account, RECONCILE)


async def test_an_account_that_was_switched_off_rests_once_its_money_does(till: Till) -> None:
    async def rests() -> bool:
        async with till.database.snapshot() as session:
            return await is_at_rest(session, till.account, now=till.clock())

    assert not await rests()
    await till.charged(await till.owe())
    async with till.database.transaction() as session:
        await change_account(
            session, till.merchant.id, till.account, active=False, now=till.clock()
        )
    assert not await rests()
    till.clock.advance(days=181)
    assert await rests()
