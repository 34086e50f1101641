"""Money goes back, never more than was taken."""

import asyncio

import pytest
import stripe

from tests.sandbox.conftest import Pay
from tests.sandbox.harness import Merchant, Sandbox, eventually


async def test_refunds_in_part_add_up_to_the_whole_and_no_further(
    psp: stripe.StripeClient, pay: Pay
) -> None:
    """The charge counts them; the last penny is refused twice."""
    paid = await pay()
    first = await psp.v1.refunds.create_async(
        {"payment_intent": paid.id, "amount": 2000, "reason": "requested_by_customer"}
    )
    with pytest.raises(stripe.InvalidRequestError) as above:
        await psp.v1.refunds.create_async({"payment_intent": paid.id, "amount": 3000})
    rest = await psp.v1.refunds.create_async({"payment_intent": paid.id})
    with pytest.raises(stripe.InvalidRequestError) as again:
        await psp.v1.refunds.create_async({"payment_intent": paid.id})

    charge = await psp.v1.charges.retrieve_async(str(first.charge))
    assert (first.status, first.amount, rest.amount) == ("succeeded", 2000, 2999)
    assert above.value.param == "amount"
    assert again.value.code == "charge_already_refunded"
    assert (charge.amount_refunded, charge.refunded) == (4999, True)


async def test_concurrent_refunds_never_pass_the_cap(psp: stripe.StripeClient, pay: Pay) -> None:
    """Ten at once of a third each: three go through."""
    paid = await pay()

    answers = await asyncio.gather(
        *(
            psp.v1.refunds.create_async({"payment_intent": paid.id, "amount": 1600})
            for _ in range(10)
        ),
        return_exceptions=True,
    )

    made = [answer for answer in answers if isinstance(answer, stripe.Refund)]
    assert len(made) == 3
    assert all(isinstance(a, stripe.Refund | stripe.InvalidRequestError) for a in answers)


async def test_a_refund_after_a_partial_capture_counts_what_was_captured(
    psp: stripe.StripeClient, pay: Pay
) -> None:
    """What was only authorised cannot be given back."""
    held = await pay(capture_method="manual")
    await psp.v1.payment_intents.capture_async(held.id, {"amount_to_capture": 1999})

    with pytest.raises(stripe.InvalidRequestError):
        await psp.v1.refunds.create_async({"payment_intent": held.id, "amount": 2000})
    refund = await psp.v1.refunds.create_async({"payment_intent": held.id})

    assert refund.amount == 1999


async def test_an_uncaptured_charge_is_cancelled_not_refunded(
    psp: stripe.StripeClient, pay: Pay
) -> None:
    """There is no money to give back."""
    held = await pay(capture_method="manual")

    with pytest.raises(stripe.InvalidRequestError):
        await psp.v1.refunds.create_async({"payment_intent": held.id})


async def test_refunds_are_listed_and_booked(psp: stripe.StripeClient, pay: Pay) -> None:
    """By intent, with the movement on the balance, and metadata that can be changed."""
    paid = await pay()
    refund = await psp.v1.refunds.create_async(
        {"payment_intent": paid.id, "amount": 500, "metadata": {"ref": "a"}}
    )
    changed = await psp.v1.refunds.update_async(refund.id, {"metadata": {"ref": "b"}})

    listed = await psp.v1.refunds.list_async({"payment_intent": paid.id})
    moved = await psp.v1.balance_transactions.retrieve_async(str(refund.balance_transaction))
    assert [each.id for each in listed.data] == [refund.id]
    assert changed.metadata is not None
    assert changed.metadata.to_dict() == {"ref": "b"}
    assert (moved.amount, moved.type, moved.source) == (-500, "refund", refund.id)


async def test_a_pending_refund_succeeds_later(
    psp: stripe.StripeClient, pay: Pay, merchant: Merchant
) -> None:
    """And says so by webhook."""
    paid = await pay("pm_card_pendingRefund")
    refund = await psp.v1.refunds.create_async({"payment_intent": paid.id})
    assert refund.status == "pending"

    told = await merchant.wait_for("refund.updated", refund.id)

    assert told["data"]["object"]["status"] == "succeeded"
    assert (await psp.v1.refunds.retrieve_async(refund.id)).status == "succeeded"


async def test_a_failing_refund_gives_the_charge_its_money_back(
    psp: stripe.StripeClient, pay: Pay, merchant: Merchant
) -> None:
    """First succeeded, then failed: what was refunded is not any more."""
    paid = await pay("pm_card_refundFail")
    refund = await psp.v1.refunds.create_async({"payment_intent": paid.id})
    assert refund.status == "succeeded"

    told = await merchant.wait_for("refund.failed", refund.id)

    charge = await psp.v1.charges.retrieve_async(str(refund.charge))
    assert told["data"]["object"]["failure_reason"] == "expired_or_canceled_card"
    assert (charge.amount_refunded, charge.refunded) == (0, False)


async def test_a_full_refund_closes_an_open_review(
    sandbox: Sandbox, psp: stripe.StripeClient, pay: Pay
) -> None:
    """There is nothing left to decide."""
    paid = await pay("pm_card_riskLevelElevated")
    review = str(paid.review)

    await psp.v1.refunds.create_async({"payment_intent": paid.id, "reason": "fraudulent"})

    async def closed() -> bool:
        seen = await psp.v1.reviews.retrieve_async(review)
        return (seen.open, seen.closed_reason) == (False, "refunded_as_fraud")

    assert await eventually(closed)
