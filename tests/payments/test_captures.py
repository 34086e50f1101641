"""What is held is captured or let go once, whatever dies or repeats on the way."""

import asyncio

import pytest

from core.errors import InvalidField
from core.money import Money
from payments.errors import AttemptLive
from payments.gateway import Abandoned, CaptureFact, Succeeded
from payments.money_after import NotHeld, OrderUnderWay
from payments.order_facts import record_capture
from payments.orders import SEND
from payments.payments import Payment
from payments.states import AttemptState, OrderState, PaymentState
from tests.payments.conftest import Till
from tests.payments.fakes import Authorises, Crashed, Crashes, Declines, NeverArrives, TimesOut


async def held(till: Till, minor: int = 4999) -> Payment:
    payment = await till.owe(minor, capture="manual")
    await till.charged(payment, Authorises())
    return await till.payment(payment)


async def test_what_is_held_is_captured(till: Till) -> None:
    payment = await held(till)
    assert PaymentState.AUTHORISED is payment.state
    order = await till.order_desk.carry_out((await till.place_capture(payment)).id)
    books = await till.payment(payment)

    assert OrderState.SUCCEEDED is order.state
    assert (PaymentState.PAID, 4999, 0) == (
        books.state,
        books.captured.minor,
        books.authorised.minor,
    )
    assert "payment.paid" == (await till.story(payment))[-1]
    assert [4999] == [amount for _, amount in await till.booked(payment)]
    assert await till.planned(order.id, SEND) is None


async def test_a_part_is_captured_and_the_rest_let_go(till: Till) -> None:
    payment = await held(till)
    await till.order_desk.carry_out((await till.place_capture(payment, 2000)).id)
    books = await till.payment(payment)

    assert (PaymentState.PARTIALLY_PAID, 2000, 0, ()) == (
        books.state,
        books.captured.minor,
        books.authorised.minor,
        books.flags,
    )
    assert "payment.partially_paid" == (await till.story(payment))[-1]


@pytest.mark.parametrize("amount", [0, -1, 5000])
async def test_no_more_than_is_held_can_be_ordered(till: Till, amount: int) -> None:
    payment = await held(till)
    with pytest.raises(InvalidField):
        await till.place_capture(payment, amount)
    assert [] == till.gateway.ordered


async def test_nothing_can_be_captured_twice(till: Till) -> None:
    payment = await held(till)
    order = await till.place_capture(payment)
    with pytest.raises(OrderUnderWay):
        await till.place_capture(payment)
    with pytest.raises(OrderUnderWay):
        await till.place_release(payment)
    await till.order_desk.carry_out(order.id)
    with pytest.raises(NotHeld):
        await till.place_capture(payment)


async def test_without_a_hold_there_is_nothing_to_capture(till: Till) -> None:
    payment = await till.owe(capture="manual")
    with pytest.raises(NotHeld):
        await till.place_capture(payment)
    await till.begin(payment)
    with pytest.raises(AttemptLive):
        await till.place_capture(payment)


async def test_a_lost_answer_is_found_out_by_sending_again(till: Till) -> None:
    payment = await held(till)
    till.gateway.order_script.append(TimesOut())
    order = await till.order_desk.carry_out((await till.place_capture(payment)).id)
    assert OrderState.UNKNOWN is order.state
    till.clock.advance(seconds=5)
    assert 1 == await till.run_orders()

    assert OrderState.SUCCEEDED is (await till.order(order)).state
    assert PaymentState.PAID is (await till.payment(payment)).state
    assert [False, True] == [order.again for order in till.gateway.ordered]
    assert 1 == len(await till.booked(payment))


async def test_an_order_whose_process_died_is_carried_out_by_the_worker(till: Till) -> None:
    payment = await held(till)
    till.gateway.order_script.append(Crashes())
    order = await till.place_capture(payment)
    with pytest.raises(Crashed):
        await till.order_desk.carry_out(order.id)
    assert 0 == await till.run_orders(), "a healthy call is not repeated beside itself"
    till.clock.advance(seconds=31)
    assert 1 == await till.run_orders()

    assert OrderState.SUCCEEDED is (await till.order(order)).state
    assert 4999 == (await till.payment(payment)).captured.minor


async def test_an_order_that_never_arrived_is_sent_until_it_does(till: Till) -> None:
    payment = await held(till)
    till.gateway.order_script.extend([NeverArrives(), NeverArrives()])
    order = await till.order_desk.carry_out((await till.place_capture(payment)).id)
    waits = []
    for _ in range(2):
        planned = await till.planned(order.id, SEND)
        assert planned is not None
        waits.append(planned.total_seconds())
        till.clock.advance(planned)
        await till.run_orders()

    assert OrderState.SUCCEEDED is (await till.order(order)).state
    assert waits == sorted(waits)


async def test_a_refused_capture_moves_nothing_and_the_hold_is_asked_about(till: Till) -> None:
    payment = await held(till)
    till.gateway.order_script.append(Declines("capture_too_late"))
    order = await till.order_desk.carry_out((await till.place_capture(payment)).id)

    assert (OrderState.FAILED, "capture_too_late") == (order.state, order.problem)
    assert PaymentState.AUTHORISED is (await till.payment(payment)).state
    till.gateway.become(order.attempt, Authorises())
    assert 1 == await till.run_sweep()


async def test_a_report_that_overtakes_our_answer_settles_the_order(till: Till) -> None:
    """The webhook says captured before the call has answered, or the process died: one transaction, one capture."""
    payment = await held(till)
    order = await till.place_capture(payment)
    attempt = await till.attempt_by(order.attempt)
    assert attempt.reference is not None
    await till.tell(attempt, Succeeded(attempt.reference, Money.of(4999, "GBP")))
    assert 1 == await till.run_orders()

    assert OrderState.SUCCEEDED is (await till.order(order)).state
    assert 1 == len(await till.booked(payment))
    assert [] == till.gateway.ordered


async def test_what_is_held_is_let_go_and_the_debt_called_off(till: Till) -> None:
    payment = await held(till)
    order = await till.order_desk.carry_out((await till.place_release(payment)).id)
    books = await till.payment(payment)

    assert OrderState.SUCCEEDED is order.state
    assert (PaymentState.CANCELLED, False, 0) == (
        books.state,
        books.payable,
        books.authorised.minor,
    )
    story = await till.story(payment)
    assert ("payment.cancelled", 0) == (story[-1], story.count("payment.declined"))


async def test_a_hold_that_was_captured_meanwhile_is_not_let_go(till: Till) -> None:
    payment = await held(till)
    order = await till.place_release(payment)
    attempt = await till.attempt_by(order.attempt)
    till.gateway.become(attempt.id, TimesOut().after)
    order = await till.order_desk.carry_out(order.id)

    assert OrderState.FAILED is order.state
    assert PaymentState.PAID is (await till.payment(payment)).state


async def test_a_hold_that_lapses_is_told_and_the_customer_may_pay_again(till: Till) -> None:
    payment = await till.owe(capture="manual")
    attempt = await till.charged(payment, Authorises())
    assert attempt.reference is not None
    await till.tell(attempt, Abandoned(attempt.reference))
    last = (await till.events(payment))[-1]
    books = await till.payment(payment)

    assert ("payment.declined", "hold_lapsed") == (last.type, last.data["code"])
    assert (PaymentState.OPEN, True) == (books.state, books.payable)


async def test_a_capture_that_fails_after_it_was_accepted_leaves_the_money_held(
    till: Till,
) -> None:
    payment = await held(till)
    order = await till.place_capture(payment)
    async with till.database.transaction() as session:
        fact = CaptureFact(None, failed=True, why="insufficient_balance")
        await record_capture(session, order.attempt, fact, actor="psp:1", now=till.clock())

    assert (OrderState.FAILED, "insufficient_balance") == (
        (await till.order(order)).state,
        (await till.order(order)).problem,
    )
    assert PaymentState.AUTHORISED is (await till.payment(payment)).state


async def test_fifty_at_once_capture_once(till: Till) -> None:
    payment = await held(till)

    async def one() -> str:
        try:
            order = await till.place_capture(payment)
        except (OrderUnderWay, NotHeld):
            return "refused"
        return (await till.order_desk.carry_out(order.id)).state.value

    ends = await asyncio.gather(*(one() for _ in range(50)))

    assert 1 == ends.count("succeeded")
    assert 49 == ends.count("refused")
    assert 4999 == (await till.payment(payment)).captured.minor
    assert (
        AttemptState.SUCCEEDED is (await till.attempt_by(till.gateway.charged[0].attempt_id)).state
    )
