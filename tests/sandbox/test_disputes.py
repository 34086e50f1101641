"""A bank complains shortly after the charge, and the merchant answers or gives in."""

from typing import Any

import pytest
import stripe

from tests.sandbox.conftest import Pay
from tests.sandbox.harness import Merchant


async def disputed(method: str, pay: Pay, merchant: Merchant) -> dict[str, Any]:
    paid = await pay(method)
    event = await merchant.wait_for("charge.dispute.created", paid.id)
    dispute: dict[str, Any] = event["data"]["object"]
    return dispute


@pytest.mark.parametrize(
    ("method", "reason"),
    [
        ("pm_card_createDispute", "fraudulent"),
        ("pm_card_createDisputeProductNotReceived", "product_not_received"),
    ],
)
async def test_a_dispute_takes_the_money_at_once(
    method: str, reason: str, psp: stripe.StripeClient, pay: Pay, merchant: Merchant
) -> None:
    """With a fee, and the charge can be refunded no more."""
    told = await disputed(method, pay, merchant)

    dispute = await psp.v1.disputes.retrieve_async(told["id"])
    charge = await psp.v1.charges.retrieve_async(str(dispute.charge))
    assert (dispute.reason, dispute.status, dispute.amount) == (reason, "needs_response", 4999)
    moved = dispute.balance_transactions[0]
    assert (moved.amount, moved.fee, moved.net) == (-4999, 1500, -6499)
    assert charge.disputed is True
    with pytest.raises(stripe.InvalidRequestError) as caught:
        await psp.v1.refunds.create_async({"charge": charge.id})
    assert caught.value.code == "charge_disputed"


async def test_an_inquiry_moves_no_money(
    psp: stripe.StripeClient, pay: Pay, merchant: Merchant
) -> None:
    """It may still be refunded, or escalate."""
    told = await disputed("pm_card_createDisputeInquiry", pay, merchant)
    assert (told["status"], told["balance_transactions"]) == ("warning_needs_response", [])

    escalated = await psp.v1.disputes.update_async(
        told["id"], {"evidence": {"uncategorized_text": "escalate_inquiry_evidence"}}
    )

    assert escalated.status == "needs_response"
    assert escalated.balance_transactions[0].amount == -4999


@pytest.mark.parametrize(
    ("evidence", "status"), [("winning_evidence", "won"), ("losing_evidence", "lost")]
)
async def test_evidence_decides_the_dispute(
    evidence: str, status: str, psp: stripe.StripeClient, pay: Pay, merchant: Merchant
) -> None:
    """The documented words win or lose it; winning brings the money back."""
    told = await disputed("pm_card_createDispute", pay, merchant)

    ended = await psp.v1.disputes.update_async(
        told["id"], {"evidence": {"uncategorized_text": evidence}, "submit": True}
    )

    closed = await merchant.wait_for("charge.dispute.closed", told["id"])
    assert ended.status == closed["data"]["object"]["status"] == status
    total = sum(moved.net for moved in ended.balance_transactions)
    assert total == (0 if status == "won" else -6499)


async def test_closing_accepts_the_loss(
    psp: stripe.StripeClient, pay: Pay, merchant: Merchant
) -> None:
    """Once; and disputes are listed by their payment."""
    told = await disputed("pm_card_createDispute", pay, merchant)

    closed = await psp.v1.disputes.close_async(told["id"])

    listed = await psp.v1.disputes.list_async({"payment_intent": told["payment_intent"]})
    assert closed.status == "lost"
    assert [each.id for each in listed.data] == [told["id"]]
    with pytest.raises(stripe.InvalidRequestError):
        await psp.v1.disputes.close_async(told["id"])


async def test_an_early_fraud_warning_is_told(pay: Pay, merchant: Merchant) -> None:
    """No dispute yet, but a sign of one."""
    paid = await pay("pm_card_createIssuerFraudRecord")

    told = await merchant.wait_for("radar.early_fraud_warning.created", paid.id)

    assert told["data"]["object"]["actionable"] is True
