"""The gateway to Mollie after the charge: captures, refunds, reports and books.

Also `payments.gateways.mollie_books`.
"""

import asyncio
from datetime import timedelta

import pytest

from core.clock import utc_now
from core.money import Money
from payments.errors import GatewayUnavailable, WebhookForged
from payments.gateway import (
    Accepted,
    Authorised,
    ChargeOrder,
    Done,
    RefundFact,
    Refused,
    Succeeded,
    Unknown,
)
from payments.gateways.mollie import MollieGateway
from tests.mollie_sandbox.harness import MollieSandbox
from tests.payments.gateways.mollie_asking import (
    DUE,
    PART,
    about,
    completed,
    held,
    money_order,
    paid,
)
from tests.payments.gateways.mollie_psp import MolliePsp, mollie_config
from tests.sandbox.harness import eventually


@pytest.fixture
def psp(mollie_psp: MolliePsp) -> MolliePsp:
    return mollie_psp


@pytest.fixture
def far_end(mollie_far_end: MollieSandbox) -> MollieSandbox:
    return mollie_far_end


# Capturing


async def captured(psp: MolliePsp, asked: ChargeOrder, reference: str) -> Money:
    async def done() -> Money | None:
        found = await psp.gateway.ask(about(asked, reference))
        return found.captured if isinstance(found, Succeeded) else None

    amount: Money = await eventually(done)
    return amount


async def test_a_hold_is_captured_once_however_often_it_is_ordered(psp: MolliePsp) -> None:
    asked, reference = await held(psp)
    ordered = money_order(reference)
    first = await psp.gateway.capture(ordered)
    second = await psp.gateway.capture(ordered)

    assert isinstance(first, Accepted)
    assert first == second
    assert DUE == await captured(psp, asked, reference)
    again = await psp.gateway.capture(money_order(reference, order_id=ordered.order_id, again=True))
    assert Done(first.reference, DUE) == again


async def test_what_is_not_captured_is_let_go(psp: MolliePsp, far_end: MollieSandbox) -> None:
    asked, reference = await held(psp)

    assert isinstance(await psp.gateway.capture(money_order(reference, PART)), Accepted)
    assert PART == await captured(psp, asked, reference)
    status = (await far_end.sdk().payments.get_async(payment_id=reference)).status
    assert "paid" == status


async def test_more_than_is_held_is_not_captured(psp: MolliePsp) -> None:
    asked, reference = await held(psp)
    outcome = await psp.gateway.capture(money_order(reference, Money.of(5000, "EUR")))

    assert Refused("The amount is higher than the maximum") == outcome
    assert isinstance(await psp.gateway.ask(about(asked, reference)), Authorised)


async def test_a_capture_that_fails_at_the_bank_is_reported(
    psp: MolliePsp, far_end: MollieSandbox
) -> None:
    _, reference = await held(psp)
    outcome = await psp.gateway.capture(money_order(reference))
    assert isinstance(outcome, Accepted)
    await far_end.control("captures", outcome.reference, status="failed")
    event = await completed(psp, reference)

    assert event.capture is not None
    assert (outcome.reference, True) == (event.capture.reference, event.capture.failed)
    assert isinstance(event.outcome, Authorised)


# Refunding


async def test_a_refund_is_accepted_and_then_done(psp: MolliePsp) -> None:
    asked, reference = await paid(psp)
    ordered = money_order(reference, PART)
    outcome = await psp.gateway.refund(ordered)
    assert isinstance(outcome, Accepted)

    async def done() -> bool:
        sight = await psp.gateway.look(about(asked, reference))
        fact = RefundFact(outcome.reference, PART, "succeeded", ordered.order_id)
        return [fact] == list(sight.refunds)

    await eventually(done)


async def test_several_refunds_add_up_and_no_more_goes_back_than_came(psp: MolliePsp) -> None:
    _, reference = await paid(psp)
    for _ in range(2):
        assert isinstance(await psp.gateway.refund(money_order(reference, PART)), Accepted)

    assert isinstance(await psp.gateway.refund(money_order(reference, PART)), Refused)


async def test_a_refund_without_an_answer_is_sent_again_and_made_once(
    psp: MolliePsp, far_end: MollieSandbox
) -> None:
    asked, reference = await paid(psp)
    ordered = money_order(reference, PART)
    await far_end.faults(timeout_after=1)
    first = await psp.gateway.refund(ordered)
    second = await psp.gateway.refund(
        money_order(reference, PART, order_id=ordered.order_id, again=True)
    )

    assert isinstance(first, Unknown)
    assert isinstance(second, Accepted | Done)
    assert 1 == len((await psp.gateway.look(about(asked, reference))).refunds)


async def test_a_refund_older_than_its_key_is_found_by_its_order(
    psp: MolliePsp, far_end: MollieSandbox
) -> None:
    """Mollie forgets a key after an hour. Here the refund was made under another, which comes to the same."""
    asked, reference = await paid(psp)
    ordered = money_order(reference, PART, again=True)
    made = await far_end.sdk().refunds.create_async(
        payment_id=reference,
        refund_request={
            "amount": {"currency": "EUR", "value": "20.00"},
            "metadata": {"paythread_order": ordered.order_id},
        },
    )
    outcome = await psp.gateway.refund(ordered)

    assert isinstance(outcome, Accepted | Done)
    assert made.id == outcome.reference
    assert 1 == len((await psp.gateway.look(about(asked, reference))).refunds)


async def test_twenty_refunds_of_one_order_at_once_are_one(psp: MolliePsp) -> None:
    asked, reference = await paid(psp)
    ordered = money_order(reference, PART)
    outcomes = await asyncio.gather(*(psp.gateway.refund(ordered) for _ in range(20)))

    assert 1 == len({each.reference for each in outcomes if isinstance(each, Accepted)})
    assert 1 == len((await psp.gateway.look(about(asked, reference))).refunds)


async def test_a_refund_of_nothing_known_is_refused(psp: MolliePsp) -> None:
    assert isinstance(await psp.gateway.refund(money_order("tr_unknown12")), Refused)


# Reports


async def test_a_report_is_completed_with_all_that_mollie_knows(
    psp: MolliePsp, far_end: MollieSandbox
) -> None:
    asked, reference = await paid(psp)
    made = await far_end.control("refunds", reference, amount={"currency": "EUR", "value": "20.00"})
    opened = await far_end.control("chargebacks", reference)
    event = await completed(psp, reference)

    assert asked.attempt_id == event.attempt_id
    assert not event.look
    assert isinstance(event.outcome, Succeeded)
    assert [RefundFact(made["id"], PART, "pending")] == list(event.refunds)
    assert event.dispute is not None
    assert (opened["id"], DUE, "open") == (
        event.dispute.reference,
        event.dispute.amount,
        event.dispute.state,
    )


async def test_a_report_of_a_payment_that_mollie_does_not_know_is_forged(psp: MolliePsp) -> None:
    with pytest.raises(WebhookForged):
        await completed(psp, "tr_unknown12")


async def test_a_report_that_cannot_be_completed_is_not_taken(
    psp: MolliePsp, far_end: MollieSandbox
) -> None:
    """Mollie sends it again."""
    _, reference = await paid(psp)
    await far_end.faults(error_before=1)
    with pytest.raises(GatewayUnavailable):
        await completed(psp, reference)


async def test_a_payment_of_another_program_says_nothing_to_us(
    psp: MolliePsp, far_end: MollieSandbox
) -> None:
    stranger = await far_end.create()

    assert not (await completed(psp, stranger.id)).says_something


# Books


async def test_the_books_tell_what_moved_as_our_transactions_name_it(
    psp: MolliePsp, far_end: MollieSandbox
) -> None:
    since = utc_now() - timedelta(seconds=2)
    _, reference = await paid(psp)
    refund = await far_end.control(
        "refunds", reference, amount={"currency": "EUR", "value": "20.00"}
    )
    await far_end.control("refunds", refund["id"], status="refunded")
    dispute = await far_end.control("chargebacks", reference)
    await far_end.control("chargebacks", dispute["id"])
    found = await psp.gateway.movements(since, utc_now() + timedelta(minutes=1))

    ours = [
        (each.kind, each.reference, each.amount, each.currency, each.fee)
        for each in found
        if each.reference.partition("#")[0] in {reference, refund["id"], dispute["id"]}
    ]
    assert [
        ("charge", reference, 4999, "EUR", 90),
        ("refund", refund["id"], -2000, "EUR", 0),
        ("dispute", dispute["id"], -4999, "EUR", 0),
        ("dispute", f"{dispute['id']}#won", 4999, "EUR", 0),
    ] == ours


async def test_the_books_of_another_time_are_left_closed(psp: MolliePsp) -> None:
    await paid(psp)
    now = utc_now()

    assert [] == list(await psp.gateway.movements(now - timedelta(days=2), now - timedelta(days=1)))
    assert [] == list(await psp.gateway.movements(now + timedelta(days=1), now + timedelta(days=2)))


async def test_without_the_organizations_token_the_books_cannot_be_read(
    far_end: MollieSandbox,
) -> None:
    gateway = MollieGateway(mollie_config(far_end) | {"organization_token": None})
    with pytest.raises(GatewayUnavailable):
        await gateway.movements(utc_now() - timedelta(days=1), utc_now())
    await gateway.close()
