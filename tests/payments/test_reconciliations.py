"""What is kept of each day: read by its own merchant alone, the newest day first, page after page."""

from datetime import date, timedelta

import pytest

from core.errors import InvalidField, NotFound
from core.ids import new_id
from payments.accounts import Account
from payments.gateway import Movement
from payments.reconciliation_matching import Day, compare
from payments.reconciliation_rounds import Run
from payments.reconciliations import (
    Reconciliation,
    ReconciliationFilter,
    get_reconciliation,
    list_reconciliations,
    runs_of,
    save_statement,
    save_unavailable,
)
from tests.conftest import NewMerchant
from tests.payments.conftest import NewTill, Till

FIRST = date(2026, 11, 1)


async def saved(till: Till, day: date, *lines: Movement) -> Reconciliation:
    account = Account(till.account, till.merchant.id, "fake")
    statement = compare(Day(day), [], lines)
    async with till.database.transaction() as session:
        return await save_statement(session, account, day, statement, now=till.clock())


async def listed(till: Till, **wanted: object) -> list[date]:
    async with till.database.snapshot() as session:
        found = await list_reconciliations(
            session,
            till.merchant.id,
            ReconciliationFilter(**wanted),  # type: ignore[arg-type]
        )
    return [each.day for each in found]


async def test_what_is_saved_is_what_is_read(till: Till) -> None:
    line = Movement("charge", "pi_1", 100, "GBP", Day(FIRST).start, 3)
    made = await saved(till, FIRST, line)
    async with till.database.snapshot() as session:
        found = await get_reconciliation(session, till.merchant.id, made.id)

    assert made == found
    assert ("differs", 1) == (found.state, found.differences_count)
    assert {
        "id": made.id,
        "account": till.account,
        "day": "2026-11-01",
        "status": "differs",
        "counts": {
            "charge": {"here": 0, "psp": 1, "matched": 0, "under_way": 0},
            "refund": {"here": 0, "psp": 0, "matched": 0, "under_way": 0},
            "dispute": {"here": 0, "psp": 0, "matched": 0, "under_way": 0},
            "other": {"psp": 0},
        },
        "sums": {"GBP": {"charge": {"here": 0, "psp": 100}, "fees": 3}},
        "differences_count": 1,
        "created_at": "2026-11-22T13:24:05.123Z",
        "differences_omitted": 0,
        "differences": [
            {
                "difference": "missing_here",
                "kind": "charge",
                "reference": "pi_1",
                "occurred_at": "2026-11-01T00:00:00.000Z",
                "amount_here": None,
                "currency_here": None,
                "amount_at_psp": 100,
                "currency_at_psp": "GBP",
                "payment": None,
            }
        ],
    } == found.whole_json()


async def test_the_newest_day_comes_first_whenever_it_was_reconciled(till: Till) -> None:
    for offset in (2, 0, 1):
        await saved(till, FIRST + timedelta(days=offset))
        till.clock.advance(hours=1)

    assert [3, 2, 1] == [day.day for day in await listed(till)]


async def test_pages_neither_skip_nor_repeat(till: Till, new_till: NewTill) -> None:
    """Two accounts of one merchant have the same days."""
    second = await new_till(till.merchant)
    made = []
    for offset in range(3):
        for each in (till, second):
            made.append(await saved(each, FIRST + timedelta(days=offset)))
            till.clock.advance(seconds=1)
    seen: list[str] = []
    before = None
    while True:
        async with till.database.snapshot() as session:
            page = await list_reconciliations(
                session, till.merchant.id, ReconciliationFilter(before=before, limit=2)
            )
        if not page:
            break
        seen += [each.id for each in page]
        before = seen[-1]

    assert [each.id for each in reversed(made)] == seen


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({"day_from": FIRST + timedelta(days=1)}, [3, 2]),
        ({"day_to": FIRST + timedelta(days=1)}, [2, 1]),
        ({"account": "gwa_other"}, []),
        ({"limit": 1}, [3]),
    ],
)
async def test_each_filter_narrows_the_list(
    till: Till, wanted: dict[str, object], expected: list[int]
) -> None:
    for offset in range(3):
        await saved(till, FIRST + timedelta(days=offset))

    assert expected == [day.day for day in await listed(till, **wanted)]


async def test_another_merchants_days_are_not_there(
    till: Till, new_till: NewTill, new_merchant: NewMerchant
) -> None:
    other = await new_till(await new_merchant("Other Ltd"))
    theirs = await saved(other, FIRST)
    async with till.database.snapshot() as session:
        with pytest.raises(NotFound):
            await get_reconciliation(session, till.merchant.id, theirs.id)

    assert [] == await listed(till)
    for cursor in (theirs.id, new_id("rec", till.clock())):
        with pytest.raises(InvalidField):
            await listed(till, before=cursor)


async def test_how_the_last_days_ended_is_known_to_the_rounds(till: Till) -> None:
    for offset in range(9):
        await saved(till, FIRST + timedelta(days=offset))
    account = Account(till.account, till.merchant.id, "fake")
    last = FIRST + timedelta(days=9)
    async with till.database.transaction() as session:
        await save_unavailable(session, account, last, now=till.clock())
        runs = await runs_of(session, till.account, until=last)

    assert [last - timedelta(days=back) for back in range(7)] == sorted(runs, reverse=True)
    assert Run("unavailable", till.clock()) == runs[last]
    assert Run("matched", till.clock()) == runs[last - timedelta(days=1)]
