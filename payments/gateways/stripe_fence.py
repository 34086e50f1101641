"""Is it certain that an order which never showed up will not arrive after all?

A suspended machine can hold a request back for longer than any time we could wait. Stripe does one thing per
idempotency key, so we use up the attempt's own: an intent without a card is created under it and cancelled at once.
If that succeeds, the order was never there, and from now on Stripe refuses it. If the key turns out to be taken, the
order is there or under way. https://docs.stripe.com/api/idempotent_requests
"""

from datetime import timedelta
from typing import Final, Literal

from payments.gateway import Question
from payments.gateways.stripe_calls import CallFailed, KeyTaken, RequestRefused, StripeCalls
from payments.gateways.stripe_words import to_stripe

FENCE: Final = "paythread_fence"
# An order that Stripe has taken up is over by then; if it left no intent, it was refused.
OVER_AFTER: Final = timedelta(minutes=10)
_SAME_AS_ORDERED: Final = frozenset({"amount", "currency"})

Verdict = Literal["never", "taken", "under_way", "unknown"]


async def fence(calls: StripeCalls, question: Question) -> Verdict:
    """`never`: the order can do nothing any more. `taken`: an order with this key was carried out or refused.

    Made twice under one key this is the same intent, cancelled again: no harm.
    """
    amount = to_stripe(question.amount)
    if amount is None:
        return "never"
    try:
        intent = await calls.order(
            lambda options: calls.v1.payment_intents.create_async(
                {
                    "amount": amount,
                    "currency": question.amount.currency.code.lower(),
                    "allowed_payment_method_types": ["card"],
                    "description": "Holds the place of a payment that never arrived",
                    "metadata": {FENCE: question.attempt_id},
                },
                options,
            ),
            key=question.attempt_id,
        )
    except KeyTaken as taken:
        return "under_way" if taken.under_way else "taken"
    except RequestRefused as refused:
        # What is no amount for this is none for the order either.
        return "never" if refused.error.get("param") in _SAME_AS_ORDERED else "unknown"
    except CallFailed:
        return "unknown"
    await _take_away(calls, str(intent["id"]))
    return "never"


async def _take_away(calls: StripeCalls, intent_id: str) -> None:
    """Without a card it can take no money: cancelling it is tidiness, and may fail."""
    try:
        await calls.ask(lambda: calls.v1.payment_intents.cancel_async(intent_id))
    except CallFailed:
        return
