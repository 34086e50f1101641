"""A surprise is flagged once, and a person clears it by name."""

import pytest

from core.errors import NotFound
from core.money import Money
from payments.flags import clear_flag, flags_of
from payments.gateway import Declined, Succeeded
from payments.payments import Payment
from tests.payments.conftest import Till


async def surprised(till: Till) -> Payment:
    """Two old tries that pay after all."""
    payment = await till.owe()
    tries = [
        await till.tell(await till.begin(payment), Declined(f"pi_{n}", "expired_card"))
        for n in (1, 2)
    ]
    for number, attempt in enumerate(tries, 1):
        await till.tell(attempt, Succeeded(f"pi_{number}", Money.of(4999, "GBP")))
    return await till.payment(payment)


async def test_each_late_charge_has_a_flag_of_its_own(till: Till) -> None:
    payment = await surprised(till)
    async with till.database.snapshot() as session:
        flags = await flags_of(session, payment.id)

    assert ["overpaid", "paid_late", "paid_late"] == sorted(flag.code for flag in flags)
    assert ("overpaid", "paid_late") == payment.flags


async def test_a_cleared_flag_says_who_looked(till: Till) -> None:
    payment = await surprised(till)
    async with till.held(payment) as (session, locked):
        flags = await clear_flag(
            session, locked, "paid_late", note="refunded", actor="user:7", now=till.clock()
        )
    last = (await till.events(payment))[-1]

    assert [("user:7", "refunded")] * 2 == [
        (flag.cleared_by, flag.note) for flag in flags if flag.code == "paid_late"
    ]
    assert ("overpaid",) == (await till.payment(payment)).flags
    assert ("payment.flag_cleared", "user:7", "paid_late") == (
        last.type,
        last.actor,
        last.data["flag"],
    )


async def test_what_is_not_raised_cannot_be_cleared(till: Till) -> None:
    payment = await till.owe()
    async with till.held(payment) as (session, locked):
        with pytest.raises(NotFound):
            await clear_flag(
                session, locked, "overpaid", note=None, actor="user:7", now=till.clock()
            )
