"""What does one of Stripe's events say, whatever API version it was written in?

https://docs.stripe.com/api/events/types. Every payment of ours is a PaymentIntent, so what names none (an explicit
null) is not ours. An object of an old version that has no such field may be ours: it is to be looked at.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from core.errors import PaythreadError
from core.strict_json import parse
from payments.errors import WebhookForged
from payments.gateway import Declined, GatewayEvent, Risk
from payments.gateways.stripe_facts import dispute_of, refund_of, refunds_of, review_of
from payments.gateways.stripe_words import FRAUD, dig, id_of, is_id, outcome_of_event

ATTEMPT: Final = "paythread_attempt"
_REFUNDS: Final = frozenset(
    {"refund.created", "refund.updated", "refund.failed", "charge.refund.updated"}
)
_REVIEWS: Final = frozenset({"review.opened", "review.closed"})
_TYPE_LENGTH_MAX: Final = 80


@dataclass(frozen=True, slots=True)
class Told:
    """An event's envelope and the object that it is about."""

    id: str
    type: str
    object: Mapping[str, Any]

    @property
    def about(self) -> str:
        """The kind of object, e.g. `charge`."""
        return str(self.object.get("object"))


def told(body: bytes) -> Told:
    """The event in a body. Raises `WebhookForged`."""
    try:
        event = parse(body)
        kind, about, event_id = event["type"], event["data"]["object"], event["id"]
    except (PaythreadError, KeyError, TypeError):
        raise WebhookForged("The body is no Stripe event.") from None
    if not (isinstance(kind, str) and isinstance(about, dict) and is_id(event_id)):
        raise WebhookForged("The body is no Stripe event.")
    return Told(event_id, kind[:_TYPE_LENGTH_MAX], about)


def read(body: bytes) -> GatewayEvent:
    """What an event says of a payment made through a PaymentIntent. Raises `WebhookForged`.

    Charges that only mirror their intent, sessions and set-ups say nothing that moves money.
    """
    found = told(body)
    event = GatewayEvent(id=found.id, type=found.type, body=body)
    if found.about == "payment_intent" and found.type.startswith("payment_intent."):
        return _of_intent(event, found)
    if found.about == "refund" and found.type in _REFUNDS:
        return _of_refund(event, found)
    if found.about == "charge" and found.type == "charge.refunded":
        return _of_refunded_charge(event, found)
    if found.about == "dispute" and found.type.startswith("charge.dispute."):
        return _of_dispute(event, found)
    if found.about == "review" and found.type in _REVIEWS:
        return _of_review(event, found)
    return event


def attempt_of(holder: Mapping[str, Any]) -> str | None:
    """Our attempt, as the object's metadata names it."""
    ours = dig(holder, "metadata").get(ATTEMPT)
    return ours if is_id(ours) else None


def _of_intent(event: GatewayEvent, found: Told) -> GatewayEvent:
    reference = id_of(found.object)
    if reference is None:
        return event
    outcome = outcome_of_event(found.type, found.object)
    # New versions name the charge by its id alone; whether Stripe's own rules stopped the payment stands in the charge,
    # and the report may come before the answer to our own call.
    unsaid = isinstance(outcome, Declined) and outcome.code == FRAUD and outcome.risk == Risk()
    return replace(
        event,
        reference=reference,
        attempt_id=attempt_of(found.object),
        outcome=outcome,
        look=unsaid,
    )


def _of_refund(event: GatewayEvent, found: Told) -> GatewayEvent:
    reference, ours = _whose(found.object)
    fact = refund_of(found.object)
    if not ours:
        return event
    if reference is None or fact is None or fact.order_id is None:
        # Made in the dashboard, or no refund at all: a hold that was let go looks the same from here.
        return replace(event, reference=reference, look=True)
    return replace(event, reference=reference, refunds=(fact,))


def _of_refunded_charge(event: GatewayEvent, found: Told) -> GatewayEvent:
    """Before 2022-11-15 a charge carries its refunds; a hold that was let go is told by its intent."""
    reference, ours = _whose(found.object)
    if not ours or found.object.get("captured") is False:
        return event
    event = replace(event, reference=reference, attempt_id=attempt_of(found.object))
    carried = dig(found.object, "refunds")
    listed = carried.get("data")
    whole = isinstance(listed, list) and listed and not carried.get("has_more")
    if reference is None or not whole:
        return replace(event, look=True)
    assert isinstance(listed, list)
    refunds = [each for each in listed if isinstance(each, dict)]
    return replace(event, refunds=tuple(refunds_of(found.object, refunds)))


def _of_dispute(event: GatewayEvent, found: Told) -> GatewayEvent:
    reference, ours = _whose(found.object)
    fact = dispute_of(found.object, found.type)
    if not ours:
        return event
    if reference is None or fact is None:
        return replace(event, reference=reference, look=True)
    return replace(event, reference=reference, dispute=fact)


def _of_review(event: GatewayEvent, found: Told) -> GatewayEvent:
    reference, ours = _whose(found.object)
    fact = review_of(found.object)
    if not ours or fact is None:
        return event
    return replace(event, reference=reference, review=fact, look=reference is None)


def _whose(holder: Mapping[str, Any]) -> tuple[str | None, bool]:
    """The intent that an object belongs to, and whether it can be ours."""
    if "payment_intent" in holder:
        reference = id_of(holder["payment_intent"])
        return reference, reference is not None
    return None, id_of(holder.get("charge")) is not None or holder.get("object") == "charge"
