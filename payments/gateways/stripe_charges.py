"""What is sent to Stripe for a charge, and what does it mean when no answer comes?"""

from typing import Any

from payments.gateway import ChargeOrder, Declined, Outcome, Unknown, Unreached
from payments.gateways.stripe_calls import CallFailed, RequestRefused, TurnedAway, Unsent
from payments.gateways.stripe_events import ATTEMPT
from payments.gateways.stripe_words import decline_code

UNCOUNTABLE = Unreached("an amount that Stripe cannot charge")


def without_answer(failed: CallFailed) -> Outcome:
    """No answer is not a no: the bank may have said yes."""
    match failed:
        case RequestRefused(certain=True):
            # Refused before anything was done: a token used twice, an amount below Stripe's minimum.
            return Declined(None, decline_code(failed.error))
        case TurnedAway() | Unsent():
            return Unreached(failed.why)
        case _:
            return Unknown(failed.why)


def charge_params(order: ChargeOrder, amount: int) -> Any:
    """A PaymentIntent that is confirmed at once: https://docs.stripe.com/api/payment_intents/create"""
    params: dict[str, Any] = {
        "amount": amount,
        "currency": order.amount.currency.code.lower(),
        "payment_method": order.method,
        # Since the API version 2026-09-30: https://docs.stripe.com/changelog/endive
        "allowed_payment_method_types": ["card"],
        "confirm": True,
        "capture_method": order.capture,
        "description": order.description,
        "metadata": {**order.metadata, ATTEMPT: order.attempt_id},
        "expand": ["latest_charge"],
        "use_stripe_sdk": True,
    }
    if order.return_url is not None:
        params["return_url"] = order.return_url
    if order.force_challenge:
        params["payment_method_options"] = {"card": {"request_three_d_secure": "any"}}
    return params
