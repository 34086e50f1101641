"""What does a charge look like, authorised, captured or declined?"""

import uuid
from dataclasses import dataclass

from payments.sandbox import balance, events
from payments.sandbox.cards import Card, Decline, Risk
from payments.sandbox.desk import Call
from payments.sandbox.errors import Json
from payments.sandbox.ids import new_id

_SCORES = {Risk.ELEVATED: 71, Risk.HIGHEST: 92}


@dataclass(frozen=True, slots=True)
class Authenticated:
    """How 3-D Secure ended, if it was tried at all."""

    result: str | None = None
    flow: str | None = None

    def shape(self) -> Json | None:
        if self.result is None:
            return None
        return {
            "authentication_flow": self.flow,
            "electronic_commerce_indicator": "05" if self.result == "authenticated" else "06",
            "exemption_indicator": None,
            "result": self.result,
            "result_reason": None,
            "transaction_id": str(uuid.uuid4()),
            "version": "2.2.0",
        }


def add(
    call: Call,
    intent: Json,
    method: Json,
    card: Card,
    *,
    decline: Decline | None,
    authenticated: Authenticated,
) -> Json:
    """Stores a charge that the bank approved or declined, and says so in an event."""
    charge = _shape(call, intent, method, card, authenticated)
    charge["outcome"] = _outcome(call, card, decline)
    if decline is None:
        charge |= {"status": "succeeded", "paid": True}
    else:
        charge |= {
            "status": "failed",
            "paid": False,
            "failure_code": decline.code,
            "failure_message": decline.message,
        }
    call.store.add("charge", charge, {"profile": card.name})
    if decline is None and card.risk is Risk.ELEVATED:
        _open_review(call, charge, intent)
    return charge


def capture(call: Call, charge: Json, amount: int, card: Card) -> None:
    """Books the money; what was authorised above it is released, as Stripe shows it: refunded."""
    moved = balance.book(
        call,
        kind="charge",
        amount=amount,
        currency=charge["currency"],
        source=charge["id"],
        description=charge["description"],
        fee=balance.charge_fee(amount),
        at_once=card.settles_at_once,
    )
    charge |= {
        "captured": True,
        "amount_captured": amount,
        "amount_refunded": charge["amount"] - amount,
        "balance_transaction": moved["id"],
    }
    call.store.save(charge)


def _open_review(call: Call, charge: Json, intent: Json) -> None:
    review: Json = {
        "id": new_id("prv"),
        "object": "review",
        "billing_zip": charge["billing_details"]["address"]["postal_code"],
        "charge": charge["id"],
        "closed_reason": None,
        "created": call.now,
        "ip_address": None,
        "ip_address_location": None,
        "livemode": False,
        "open": True,
        "opened_reason": "rule",
        "payment_intent": intent["id"],
        "reason": "rule",
        "session": None,
    }
    call.store.add("review", review)
    charge["review"] = intent["review"] = review["id"]
    call.store.save(charge)
    events.record(call, "review.opened", review)


def _outcome(call: Call, card: Card, decline: Decline | None) -> Json:
    score = _SCORES.get(card.risk, 5 + call.now % 50)
    outcome: Json = {
        "advice_code": decline.advice if decline else None,
        "network_advice_code": None,
        "network_decline_code": None,
        "network_status": "approved_by_network",
        "reason": None,
        "risk_level": str(card.risk),
        "risk_score": score,
        "seller_message": "Payment complete.",
        "type": "authorized",
    }
    if decline is None and card.risk is Risk.ELEVATED:
        outcome |= {
            "reason": "elevated_risk_level",
            "seller_message": "This payment was evaluated as having elevated risk, "
            "and placed in the manual review queue.",
            "type": "manual_review",
        }
    elif decline is not None and card.risk is Risk.HIGHEST:
        outcome |= {
            "network_status": "not_sent_to_network",
            "reason": "highest_risk_level",
            "seller_message": "This payment was blocked as too risky.",
            "type": "blocked",
        }
    elif decline is not None:
        outcome |= {
            "network_decline_code": "05",
            "network_status": "declined_by_network",
            "reason": decline.reason or decline.code,
            "seller_message": f"The bank returned the decline code "
            f"`{decline.reason or decline.code}`.",
            "type": "issuer_declined",
        }
    return outcome


def _checks(call: Call, method: Json, card: Card) -> Json:
    """A check is made only of what the customer gave."""
    given = method["billing_details"]["address"]
    cvc_given = call.store.hidden(method["id"])["cvc_given"]
    return {
        "address_line1_check": card.line1_check if given["line1"] else None,
        "address_postal_code_check": card.postal_check if given["postal_code"] else None,
        "cvc_check": card.cvc_check if cvc_given else None,
    }


def _card_details(
    call: Call, intent: Json, method: Json, card: Card, authenticated: Authenticated
) -> Json:
    shown = method["card"]
    kept = ("brand", "country", "exp_month", "exp_year", "fingerprint", "funding", "last4")
    return {
        **{name: shown[name] for name in kept},
        "amount_authorized": intent["amount"],
        "authorization_code": f"{uuid.uuid4().int % 1_000_000:06d}",
        "checks": _checks(call, method, card),
        "extended_authorization": {"status": "disabled"},
        "incremental_authorization": {"status": "unavailable"},
        "installments": None,
        "mandate": None,
        "multicapture": {"status": "unavailable"},
        "network": card.brand,
        "network_token": {"used": False},
        "network_transaction_id": f"{uuid.uuid4().hex[:15]}",
        "overcapture": {
            "maximum_amount_capturable": intent["amount"],
            "status": "unavailable",
        },
        "regulated_status": "unregulated",
        "three_d_secure": authenticated.shape(),
        "wallet": shown["wallet"],
    }


def _shape(
    call: Call, intent: Json, method: Json, card: Card, authenticated: Authenticated
) -> Json:
    charge_id = new_id("ch")
    nothing = (
        "application", "application_fee", "application_fee_amount", "balance_transaction",
        "customer", "failure_balance_transaction", "failure_code", "failure_message",
        "on_behalf_of", "receipt_number", "receipt_url", "review", "source", "source_transfer",
        "transfer_data", "transfer_group",
    )  # fmt: skip
    return {
        "id": charge_id,
        "object": "charge",
        **dict.fromkeys(nothing),
        "amount": intent["amount"],
        "amount_captured": 0,
        "amount_refunded": 0,
        "billing_details": method["billing_details"],
        "calculated_statement_descriptor": call.desk.settings.merchant.upper()[:22],
        "captured": False,
        "created": call.now,
        "currency": intent["currency"],
        "description": intent["description"],
        "disputed": False,
        "fraud_details": {},
        "livemode": False,
        "metadata": dict(intent["metadata"]),
        "payment_intent": intent["id"],
        "payment_method": method["id"],
        "payment_method_details": {
            "card": _card_details(call, intent, method, card, authenticated),
            "type": "card",
        },
        "receipt_email": intent["receipt_email"],
        "refunded": False,
        "shipping": intent["shipping"],
        "statement_descriptor": intent["statement_descriptor"],
        "statement_descriptor_suffix": intent["statement_descriptor_suffix"],
    }
