"""The debt: made, amended, called off, and what the API shows of it."""

import pytest

from core.errors import NotFound
from core.money import Money
from payments.errors import AttemptLive, NothingDue
from payments.gateway import Authorised, Declined, Succeeded
from payments.payments import (
    Payment,
    amend_payment,
    end_invitation,
    get_payment,
    lock_payment,
    payments_by_id,
)
from payments.states import PaymentState
from tests.payments.conftest import Till

DUE = Money.of(4999, "GBP")


async def amend(till: Till, payment: Payment, minor: int) -> Payment:
    async with till.database.transaction() as session:
        held = await lock_payment(session, payment.id)
        await amend_payment(session, held, due=Money.of(minor, "GBP"), now=till.clock())
    return await till.payment(payment)


async def end(till: Till, payment: Payment, *, cancelled: bool) -> Payment:
    async with till.database.transaction() as session:
        held = await lock_payment(session, payment.id)
        await end_invitation(session, held, cancelled=cancelled, actor="system", now=till.clock())
    return await till.payment(payment)


async def test_a_new_debt_is_open_and_wholly_due(till: Till) -> None:
    payment = await till.owe()

    assert (PaymentState.OPEN, DUE, True, ()) == (
        payment.state,
        payment.remaining,
        payment.payable,
        payment.flags,
    )


async def test_what_the_api_shows_of_a_debt(till: Till) -> None:
    payment = await till.owe(agent="usr_1", customer="cus_1")

    assert {
        "id": payment.id,
        "status": "open",
        "amount": 4999,
        "currency": "GBP",
        "amount_authorised": 0,
        "amount_captured": 0,
        "amount_refunded": 0,
        "refund_status": "none",
        "dispute_status": "none",
        "capture": "automatic",
        "link": payment.link,
        "customer": "cus_1",
        "agent": "usr_1",
        "flags": [],
        "paid_at": None,
        "created_at": "2026-11-22T13:24:05.123Z",
    } == payment.as_json()


async def test_an_amount_is_amended_while_nothing_was_taken(till: Till) -> None:
    assert Money.of(100, "GBP") == (await amend(till, await till.owe(), 100)).due


async def test_an_amount_is_not_amended_while_the_customer_pays(till: Till) -> None:
    payment = await till.owe()
    await till.begin(payment)

    with pytest.raises(AttemptLive):
        await amend(till, payment, 100)


async def test_an_amount_is_amended_after_a_decline(till: Till) -> None:
    payment = await till.owe()
    await till.tell(await till.begin(payment), Declined(None, "x"))

    assert Money.of(100, "GBP") == (await amend(till, payment, 100)).due


async def test_a_paid_amount_is_not_amended(till: Till) -> None:
    payment = await till.owe()
    await till.tell(await till.begin(payment), Succeeded("pi_1", DUE))

    with pytest.raises(NothingDue):
        await amend(till, payment, 100)


async def test_a_cancelled_debt_is_called_off_and_told(till: Till) -> None:
    payment = await end(till, await till.owe(), cancelled=True)

    assert (PaymentState.CANCELLED, False, False) == (
        payment.state,
        payment.invited,
        payment.payable,
    )
    assert ["payment.cancelled"] == await till.story(payment)


async def test_an_expired_debt_is_still_owed_but_not_invited(till: Till) -> None:
    payment = await end(till, await till.owe(), cancelled=False)

    assert (PaymentState.OPEN, False, False) == (payment.state, payment.invited, payment.payable)
    assert [] == await till.story(payment)


async def test_an_invitation_does_not_end_while_the_customer_pays(till: Till) -> None:
    payment = await till.owe()
    await till.begin(payment)

    with pytest.raises(AttemptLive):
        await end(till, payment, cancelled=True)


async def test_a_hold_counts_as_taken(till: Till) -> None:
    payment = await till.owe(capture="manual")
    await till.tell(await till.begin(payment), Authorised("pi_1", DUE))
    held = await till.payment(payment)

    assert (PaymentState.AUTHORISED, 4999, 0, 0) == (
        held.state,
        held.authorised.minor,
        held.captured.minor,
        held.remaining.minor,
    )


async def test_a_captured_hold_is_counted_once(till: Till) -> None:
    payment = await till.owe(capture="manual")
    await till.tell(await till.begin(payment), Authorised("pi_1", DUE), Succeeded("pi_1", DUE))
    paid = await till.payment(payment)

    assert (PaymentState.PAID, 0, 4999, till.clock()) == (
        paid.state,
        paid.authorised.minor,
        paid.captured.minor,
        paid.paid_at,
    )


async def test_when_it_was_paid_stays_the_first_moment(till: Till) -> None:
    payment = await till.owe()
    first = await till.tell(await till.begin(payment), Declined("pi_1", "x"))
    await till.tell(await till.begin(payment), Succeeded("pi_2", DUE))
    paid_at = till.clock()
    till.clock.advance(hours=1)
    await till.tell(first, Succeeded("pi_1", DUE))

    assert paid_at == (await till.payment(payment)).paid_at


async def test_several_debts_are_read_at_once(till: Till) -> None:
    one, two = await till.owe(1), await till.owe(2)
    async with till.database.snapshot() as session:
        assert {one.id: one, two.id: two} == await payments_by_id(session, [one.id, two.id])


async def test_a_debt_that_does_not_exist_is_not_found(till: Till) -> None:
    async with till.database.transaction() as session:
        with pytest.raises(NotFound):
            await get_payment(session, "pay_none")
        with pytest.raises(NotFound):
            await lock_payment(session, "pay_none")
