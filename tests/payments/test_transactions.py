"""One row a movement of money, whatever is told twice; listed newest first, within one merchant."""

from datetime import timedelta

import pytest

from core.money import Money
from payments.transactions import TransactionFilter, book, list_transactions
from tests.conftest import NewMerchant
from tests.payments.conftest import NewTill, Till


async def listed(till: Till, **wanted: object) -> list[tuple[str, int]]:
    async with till.database.snapshot() as session:
        rows = await list_transactions(
            session,
            till.merchant.id,
            TransactionFilter(**wanted),  # type: ignore[arg-type]
        )
    return [(row["psp_reference"], row["amount"]) for row in rows]


async def moved(till: Till, reference: str, minor: int, **changes: object) -> None:
    payment = await till.owe()
    attempt = await till.begin(payment)
    asked: dict[str, object] = {
        "merchant": till.merchant.id,
        "payment": payment.id,
        "attempt": attempt.id,
        "account": till.account,
        "kind": "charge",
        "reference": reference,
        "money": Money.of(minor, "GBP"),
        "now": till.clock(),
    }
    async with till.database.transaction() as session:
        await book(session, **(asked | changes))  # type: ignore[arg-type]
    till.clock.advance(seconds=1)


async def test_a_movement_told_twice_is_one_row(till: Till) -> None:
    await moved(till, "pi_1", 100)
    await moved(till, "pi_1", 100)
    await moved(till, "pi_1", 100, kind="refund", sign=-1)

    assert [("pi_1", -100), ("pi_1", 100)] == await listed(till)


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({"kind": "refund"}, [("re_1", -40)]),
        ({"currency": "JPY"}, [("pi_2", 500)]),
        ({"limit": 2}, [("pi_2", 500), ("re_1", -40)]),
        ({"account": "gwa_other"}, []),
    ],
)
async def test_each_filter_narrows_the_list(
    till: Till, wanted: dict[str, object], expected: list[tuple[str, int]]
) -> None:
    await moved(till, "pi_1", 100)
    await moved(till, "re_1", 40, kind="refund", sign=-1)
    await moved(till, "pi_2", 0, money=Money.of(500, "JPY"))

    assert expected == await listed(till, **wanted)


async def test_a_window_has_its_start_and_not_its_end(till: Till) -> None:
    start = till.clock()
    for number in range(3):
        await moved(till, f"pi_{number}", 1)
    second = timedelta(seconds=1)

    assert ["pi_1"] == [
        reference
        for reference, _ in await listed(till, since=start + second, until=start + 2 * second)
    ]


async def test_another_merchants_money_is_not_there(
    till: Till, new_till: NewTill, new_merchant: NewMerchant
) -> None:
    other = await new_till(await new_merchant("Other Ltd"))
    await moved(other, "pi_1", 100)

    assert [] == await listed(till)
