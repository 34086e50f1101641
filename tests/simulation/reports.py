"""What the PSP reports by webhook, and how a report and a view of the PSP are read. No I/O.

Two kinds of PSP: one whose reports tell what has happened (as it was at that moment), one whose reports carry only an
id, so that the gateway has to look.
"""

import json
from typing import Any

from core.money import Money
from payments.errors import WebhookForged
from payments.gateway import (
    Abandoned,
    Authorised,
    CaptureFact,
    CardFacts,
    Challenged,
    Declined,
    DisputeFact,
    GatewayEvent,
    Outcome,
    Processing,
    RefundFact,
    Succeeded,
)
from tests.simulation.card_data import NUMBER
from tests.simulation.intents import About, Intent, View

_CARD = CardFacts("visa", "4242", "GB")


def report(event: str, intent: Intent, kind: str, about: About, *, thin: bool) -> dict[str, Any]:
    """A report of a change: the whole of it, or, where the PSP is `thin`, only what it is about."""
    told: dict[str, Any] = {
        "id": event,
        "type": f"far.{kind}",
        "reference": intent.reference,
        "attempt": intent.attempt,
        "about": about.reference if about else None,
    }
    if thin:
        return told | {"attempt": None, "look": True}
    if about is not None:
        return told | {kind: vars(about) | {"currency": intent.currency}}
    return told | {"view": intent.view()}


def read_report(body: bytes) -> GatewayEvent:
    """Raises `WebhookForged` for what is no report."""
    try:
        told = json.loads(body)
        return GatewayEvent(
            id=told["id"],
            type=told["type"],
            body=body,
            reference=told["reference"],
            attempt_id=told["attempt"],
            outcome=outcome_of(told["view"]) if "view" in told else None,
            refunds=[refund_fact(told["refund"])] if "refund" in told else (),
            dispute=dispute_fact(told["dispute"]) if "dispute" in told else None,
            capture=_missed(told["capture"]) if "capture" in told else None,
            look=told.get("look", False),
        )
    except (ValueError, KeyError, TypeError):
        raise WebhookForged("The body is no report.") from None


def outcome_of(view: View) -> Outcome:
    """What an intent says of its attempt."""
    reference = view["reference"]
    amount = Money.of(view["amount"], view["currency"])
    match view["state"]:
        case "captured":
            captured = Money.of(view["captured"], view["currency"])
            return Succeeded(reference, captured, _CARD)
        case "held":
            return Authorised(reference, amount, _CARD)
        case "challenged":
            return Challenged(reference, f"secret of {reference}")
        case "processing":
            return Processing(reference)
        case "declined":
            return Declined(reference, view["code"], _CARD)
        case _:
            return Abandoned(reference)


def _missed(view: View) -> CaptureFact:
    return CaptureFact(view["reference"], failed=True, why=f"no money on {NUMBER}")


def refund_fact(view: View) -> RefundFact:
    amount = Money.of(view["amount"], view["currency"])
    why = f"{NUMBER} is closed" if view["state"] == "failed" else None
    return RefundFact(view["reference"], amount, view["state"], view["order"], why)


def dispute_fact(view: View) -> DisputeFact:
    amount = Money.of(view["amount"], view["currency"])
    return DisputeFact(view["reference"], amount, view["state"], f"{NUMBER} was stolen")
