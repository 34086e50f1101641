"""Money goes back once, never more than came, and what the PSP did by itself is known too."""

import asyncio

import pytest

from core.money import Money
from payments.attempts import attempts_of
from payments.gateway import Accepted, OrderOutcome, RefundFact, Refused
from payments.money_after import (
    AboveCaptured,
    NothingCaptured,
    NotWaiting,
    decide_refund,
)
from payments.order_facts import record_order, record_refund
from payments.orders import SEND, Order
from payments.payments import Payment
from payments.states import OrderState, RefundState
from tests.payments.conftest import Till
from tests.payments.fakes import Crashed, Crashes, Declines, NeverArrives, Processes, TimesOut


async def paid(till: Till, minor: int = 4999) -> Payment:
    payment = await till.owe(minor)
    await till.charged(payment)
    return await till.payment(payment)


async def refunded(till: Till, payment: Payment, amount: int | None = None) -> Order:
    return await till.order_desk.carry_out((await till.place_refund(payment, amount)).id)


async def test_all_of_it_goes_back(till: Till) -> None:
    payment = await paid(till)
    order = await refunded(till, payment)
    books = await till.payment(payment)

    assert (OrderState.SUCCEEDED, 4999) == (order.state, order.amount.minor)
    assert (4999, RefundState.FULL) == (books.refunded.minor, books.refund_state)
    assert ["refund.created", "refund.succeeded"] == (await till.story(payment))[-2:]
    assert [4999, -4999] == [amount for _, amount in await till.booked(payment)]


async def test_parts_go_back_until_nothing_is_left(till: Till) -> None:
    payment = await paid(till)
    await refunded(till, payment, 1000)
    assert RefundState.PARTIAL is (await till.payment(payment)).refund_state
    await refunded(till, payment, 2000)
    with pytest.raises(AboveCaptured):
        await till.place_refund(payment, 2000)
    await refunded(till, payment)
    with pytest.raises(NothingCaptured):
        await till.place_refund(payment, 1)

    books = await till.payment(payment)
    assert (4999, RefundState.FULL) == (books.refunded.minor, books.refund_state)


async def test_what_was_never_paid_cannot_go_back(till: Till) -> None:
    payment = await till.owe()
    with pytest.raises(NothingCaptured):
        await till.place_refund(payment)


async def test_a_lost_answer_gives_back_once(till: Till) -> None:
    payment = await paid(till)
    till.gateway.order_script.append(TimesOut())
    order = await refunded(till, payment)
    assert OrderState.UNKNOWN is order.state
    assert "pending" == order.as_json()["status"]
    till.clock.advance(seconds=5)
    await till.run_orders()

    assert OrderState.SUCCEEDED is (await till.order(order)).state
    assert [1, -4999] == [len(till.gateway.refunds), (await till.booked(payment))[-1][1]]


async def test_a_refund_whose_process_died_is_carried_out_by_the_worker(till: Till) -> None:
    payment = await paid(till)
    till.gateway.order_script.append(Crashes())
    order = await till.place_refund(payment)
    with pytest.raises(Crashed):
        await till.order_desk.carry_out(order.id)
    till.clock.advance(seconds=31)
    await till.run_orders()

    assert OrderState.SUCCEEDED is (await till.order(order)).state
    assert 1 == len(till.gateway.refunds)


async def test_what_may_still_go_back_counts_as_gone(till: Till) -> None:
    payment = await paid(till)
    till.gateway.order_script.append(NeverArrives())
    await refunded(till, payment, 4000)
    with pytest.raises(AboveCaptured):
        await till.place_refund(payment, 1000)


async def test_a_refused_refund_moves_nothing_and_may_be_asked_for_again(till: Till) -> None:
    payment = await paid(till)
    till.gateway.order_script.append(Declines("charge_disputed"))
    order = await refunded(till, payment)

    assert (OrderState.FAILED, "charge_disputed") == (order.state, order.problem)
    assert "refund.failed" == (await till.story(payment))[-1]
    assert 0 == (await till.payment(payment)).refunded.minor
    assert OrderState.SUCCEEDED is (await refunded(till, payment)).state


async def test_the_psps_words_are_kept_without_a_card_number(till: Till) -> None:
    payment = await paid(till)
    till.gateway.order_script.append(Declines("card 4242 4242 4242 4242 is closed"))

    assert "card •••• 4242 is closed" == (await refunded(till, payment)).problem


async def test_a_refund_on_its_way_is_looked_after_until_the_psp_says(till: Till) -> None:
    payment = await paid(till)
    till.gateway.order_script.append(Processes())
    order = await refunded(till, payment)
    assert (OrderState.PENDING, RefundState.NONE) == (
        order.state,
        (await till.payment(payment)).refund_state,
    )
    till.gateway.settle_refund(order.id, "succeeded")
    planned = await till.planned(order.id, SEND)
    assert planned is not None
    till.clock.advance(planned)
    await till.run_orders()

    assert OrderState.SUCCEEDED is (await till.order(order)).state
    assert RefundState.FULL is (await till.payment(payment)).refund_state


async def test_a_refund_that_comes_back_is_told_and_booked_as_returned(till: Till) -> None:
    payment = await paid(till)
    order = await refunded(till, payment)
    fact = till.gateway.settle_refund(order.id, "failed")
    for _ in range(2):
        async with till.database.transaction() as session:
            await record_refund(session, order.attempt, fact, actor="psp:1", now=till.clock())
    books = await till.payment(payment)

    assert OrderState.FAILED is (await till.order(order)).state
    assert (0, RefundState.NONE) == (books.refunded.minor, books.refund_state)
    assert "refund.failed" == (await till.story(payment))[-1]
    assert 4999 == sum(amount for _, amount in await till.booked(payment))
    assert 3 == len(await till.booked(payment))


async def test_a_late_no_to_one_sending_says_nothing_of_another_that_went_through(
    till: Till,
) -> None:
    """Else the money would count as free, and go back a second time."""
    payment = await paid(till)
    order = await refunded(till, payment, 1000)
    told = await answered(till, order, Refused("rate_limit"))

    assert OrderState.SUCCEEDED is told.state
    assert 1000 == (await till.payment(payment)).refunded.minor


async def test_a_sending_that_was_taken_in_outweighs_one_that_was_refused(till: Till) -> None:
    payment = await paid(till)
    order = await till.place_refund(payment, 1000)
    await answered(till, order, Refused("rate_limit"))
    taken_in = await answered(till, order, Accepted("re_1"))
    refused = await answered(till, order, Refused("rate_limit"))
    done = await reported(till, payment, RefundFact("re_1", order.amount, "succeeded", order.id))

    assert [OrderState.PENDING, OrderState.PENDING, OrderState.SUCCEEDED] == [
        taken_in.state,
        refused.state,
        done.state,
    ]


@pytest.mark.parametrize("known_before", [True, False])
async def test_a_refund_that_failed_is_not_revived_by_an_older_report(
    till: Till, known_before: bool
) -> None:
    payment = await paid(till)
    amount = Money.of(1000, "GBP")
    if known_before:
        await reported(till, payment, RefundFact("re_1", amount, "succeeded"))
    await reported(till, payment, RefundFact("re_1", amount, "failed"))
    order = await reported(till, payment, RefundFact("re_1", amount, "succeeded"))

    assert OrderState.FAILED is order.state
    assert 4999 == sum(amount for _, amount in await till.booked(payment))


async def answered(till: Till, order: Order, outcome: OrderOutcome) -> Order:
    """What one sending of it was answered."""
    async with till.database.transaction() as session:
        return await record_order(
            session, order.id, outcome, actor=f"psp:{till.account}", now=till.clock()
        )


async def reported(till: Till, payment: Payment, fact: RefundFact) -> Order:
    """What the PSP says of a refund of the payment's only attempt."""
    async with till.database.transaction() as session:
        (attempt,) = await attempts_of(session, payment.id)
        return await record_refund(
            session, attempt.id, fact, actor=f"psp:{till.account}", now=till.clock()
        )


async def test_a_refund_made_at_the_psp_is_known_and_counts(till: Till) -> None:
    payment = await paid(till)
    attempt = till.gateway.charged[0].attempt_id
    fact = RefundFact("re_dashboard", Money.of(4000, "GBP"), "succeeded")
    for _ in range(3):
        async with till.database.transaction() as session:
            found = await record_refund(session, attempt, fact, actor="psp:1", now=till.clock())

    assert ("psp:1", "made_at_psp") == (found.ordered_by, found.reason)
    books = await till.payment(payment)
    assert (4000, RefundState.PARTIAL) == (books.refunded.minor, books.refund_state)
    assert ["refund.created", "refund.succeeded"] == (await till.story(payment))[-2:]
    with pytest.raises(AboveCaptured):
        await till.place_refund(payment, 1000)


async def test_an_echo_of_another_amount_is_flagged_and_what_moved_is_booked(till: Till) -> None:
    payment = await paid(till)
    order = await till.place_refund(payment, 1000)
    fact = RefundFact("re_1", Money.of(999, "GBP"), "succeeded", order.id)
    async with till.database.transaction() as session:
        await record_refund(session, order.attempt, fact, actor="psp:1", now=till.clock())
    books = await till.payment(payment)

    assert (("amount_mismatch",), 999) == (books.flags, books.refunded.minor)
    assert -999 == (await till.booked(payment))[-1][1]


async def test_fifty_at_once_never_give_back_more_than_came(till: Till) -> None:
    payment = await paid(till)

    async def one() -> str:
        try:
            return (await refunded(till, payment, 1000)).state.value
        except (AboveCaptured, NothingCaptured):
            return "refused"

    ends = await asyncio.gather(*(one() for _ in range(50)))

    assert 4 == ends.count("succeeded")
    assert 4000 == (await till.payment(payment)).refunded.minor
    assert 4000 == sum(each.fact.amount.minor for each in till.gateway.refunds.values())


async def test_a_second_person_lets_it_out(till: Till) -> None:
    payment = await paid(till)
    order = await till.place_refund(payment, needs_approval=True)
    assert await till.planned(order.id, SEND) is None
    await till.order_desk.carry_out(order.id)
    assert 0 == len(till.gateway.refunds)
    async with till.held(payment) as (session, held):
        order = await decide_refund(
            session, held, order, approve=True, actor="user:2", now=till.clock()
        )
        with pytest.raises(NotWaiting):
            await decide_refund(
                session, held, order, approve=True, actor="user:3", now=till.clock()
            )
    order = await till.order_desk.carry_out(order.id)

    assert (OrderState.SUCCEEDED, "user:2") == (order.state, order.approved_by)


async def test_a_refund_that_was_not_agreed_to_frees_its_money(till: Till) -> None:
    payment = await paid(till)
    order = await till.place_refund(payment, needs_approval=True)
    with pytest.raises(NothingCaptured):
        await till.place_refund(payment, 1)
    async with till.held(payment) as (session, held):
        await decide_refund(session, held, order, approve=False, actor="user:2", now=till.clock())
    await till.order_desk.carry_out(order.id)

    assert (OrderState.REJECTED, 0) == ((await till.order(order)).state, len(till.gateway.refunds))
    assert OrderState.SUCCEEDED is (await refunded(till, payment)).state
