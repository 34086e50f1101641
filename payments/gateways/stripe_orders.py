"""How is money of a PaymentIntent taken or given back, exactly once an order?

The order's id is the idempotency key, which Stripe keeps for a day at least; an order that was sent before is looked
for first, so that it holds for longer. https://docs.stripe.com/api/payment_intents/capture,
https://docs.stripe.com/api/refunds/create
"""

from collections.abc import Mapping
from typing import Any, Final

import structlog

from payments.gateway import Accepted, Done, MoneyOrder, OrderOutcome, Refused, Unknown
from payments.gateways.stripe_calls import CallFailed, Json, RequestRefused, StripeCalls, TurnedAway
from payments.gateways.stripe_facts import ORDER, refund_of
from payments.gateways.stripe_words import dig, from_stripe, to_stripe

log = structlog.get_logger()

_PAGES_MAX: Final = 20
_UNCOUNTABLE: Final = Refused("amount_not_chargeable")


async def capture(calls: StripeCalls, order: MoneyOrder) -> OrderOutcome:
    """`POST /v1/payment_intents/{id}/capture`; what is not taken is let go."""
    amount = to_stripe(order.amount)
    if amount is None:
        return _UNCOUNTABLE
    try:
        if order.again and (known := _captured(await intent_of(calls, order.reference))):
            return known
        intent = await calls.order(
            lambda options: calls.v1.payment_intents.capture_async(
                order.reference, {"amount_to_capture": amount}, options
            ),
            key=order.order_id,
        )
    except RequestRefused as refused:
        if refused.certain and not order.again:
            return _refused(order, refused)
        return await _captured_after_all(calls, order, refused)
    except CallFailed as failed:
        return _failed(order, failed)
    return _captured(intent) or Unknown(f"status {intent.get('status')} after a capture")


async def refund(calls: StripeCalls, order: MoneyOrder) -> OrderOutcome:
    """`POST /v1/refunds`, marked with the order's id."""
    amount = to_stripe(order.amount)
    if amount is None:
        return _UNCOUNTABLE
    try:
        if order.again and (known := await _given_back(calls, order)):
            return known
        made = await calls.order(
            lambda options: calls.v1.refunds.create_async(
                {
                    "payment_intent": order.reference,
                    "amount": amount,
                    "metadata": {ORDER: order.order_id},
                },
                options,
            ),
            key=order.order_id,
        )
    except RequestRefused as refused:
        if refused.certain and not order.again:
            return _refused(order, refused)
        return await _given_back_after_all(calls, order, refused)
    except CallFailed as failed:
        return _failed(order, failed)
    return _refunded(made)


async def refunds_at(calls: StripeCalls, intent_id: str) -> list[Json]:
    """The intent's refunds, newest first. Raises `CallFailed`."""
    return await calls.every(
        calls.v1.refunds.list_async,
        {"payment_intent": intent_id},
        pages_max=_PAGES_MAX,
    )


async def disputes_at(calls: StripeCalls, intent_id: str) -> list[Json]:
    """The intent's disputes, newest first. Raises `CallFailed`."""
    return await calls.every(
        calls.v1.disputes.list_async,
        {"payment_intent": intent_id},
        pages_max=_PAGES_MAX,
    )


async def intent_of(calls: StripeCalls, intent_id: str) -> Json:
    """The intent with its last charge. Raises `CallFailed`."""
    return await calls.ask(
        lambda: calls.v1.payment_intents.retrieve_async(intent_id, {"expand": ["latest_charge"]})
    )


def _captured(intent: Mapping[str, Any]) -> OrderOutcome | None:
    """What an intent says of an order to capture it; None while it is still held."""
    status = intent.get("status")
    if status == "succeeded":
        taken = from_stripe(intent.get("amount_received"), intent.get("currency"))
        return Done(str(intent["id"]), taken) if taken else Unknown("an amount that is none")
    if status == "canceled":
        return Refused("payment_intent_canceled")
    return None


async def _captured_after_all(
    calls: StripeCalls, order: MoneyOrder, refused: RequestRefused
) -> OrderOutcome:
    """A no to what may have been done before: the intent tells."""
    try:
        found = _captured(await intent_of(calls, order.reference))
    except CallFailed as failed:
        return Unknown(failed.why)
    return found or _refused(order, refused)


async def _given_back(calls: StripeCalls, order: MoneyOrder) -> OrderOutcome | None:
    for refund in await refunds_at(calls, order.reference):
        if dig(refund, "metadata").get(ORDER) == order.order_id:
            return _refunded(refund)
    return None


async def _given_back_after_all(
    calls: StripeCalls, order: MoneyOrder, refused: RequestRefused
) -> OrderOutcome:
    """A no may only mean that it was given back already: the refunds tell."""
    try:
        found = await _given_back(calls, order)
    except CallFailed as failed:
        return Unknown(failed.why)
    return found or _refused(order, refused)


def _refunded(refund: Json) -> OrderOutcome:
    fact = refund_of(refund)
    if fact is None:
        return Unknown(f"a refund with status {refund.get('status')}")
    if fact.state == "failed":
        return Refused(fact.why or "refund_failed")
    return (
        Done(fact.reference, fact.amount) if fact.state == "succeeded" else Accepted(fact.reference)
    )


def _refused(order: MoneyOrder, failed: CallFailed) -> Refused:
    log.warning("stripe.order_refused", order_id=order.order_id, code=failed.code)
    return Refused(failed.code)


def _failed(order: MoneyOrder, failed: CallFailed) -> OrderOutcome:
    """Turned away at the door is a no, unless an earlier sending may have got in."""
    if isinstance(failed, TurnedAway) and not order.again:
        return _refused(order, failed)
    log.warning("stripe.order_unanswered", order_id=order.order_id, error=failed.why)
    return Unknown(failed.why)
