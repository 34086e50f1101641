"""Why a payment was refused: what the customer reads and what the agent may say next.

Reasons that a thief would like to hear (lost, stolen, fraud) are told to the customer in general words only.
"""

from dataclasses import dataclass
from typing import Any, Final


@dataclass(frozen=True, slots=True)
class Decline:
    """A reason in plain words. `retryable`: trying the same card again can help."""

    code: str
    customer_message: str
    agent_hint: str
    retryable: bool

    def as_data(self) -> dict[str, Any]:
        """As `payment.declined` carries it."""
        return {
            "code": self.code,
            "customer_message": self.customer_message,
            "agent_hint": self.agent_hint,
            "retryable": self.retryable,
        }

    def as_problem(self) -> dict[str, Any]:
        """As the link's `progress.problem` carries it."""
        data = self.as_data()
        del data["retryable"]
        return data


_GENERAL: Final = (
    "Your bank did not approve this payment. Please try another card or ask your bank."
)

_ALL: Final = (
    Decline(
        "generic_decline",
        _GENERAL,
        "The bank refused without a reason. Ask for another card, or for a call to the bank.",
        retryable=False,
    ),
    Decline(
        "insufficient_funds",
        "There is not enough money available on this card. Please try another card.",
        "Not enough funds. Offer another card, a later date or a smaller first payment.",
        retryable=True,
    ),
    Decline(
        "lost_or_stolen",
        _GENERAL,
        "The bank reports a problem with this card. Do not discuss it; ask for another card.",
        retryable=False,
    ),
    Decline(
        "hold_lapsed",
        "The amount held on your card was let go. Nothing was taken; you can pay again.",
        "The hold ran out before it was captured. Nothing was taken; ask the customer to pay again.",
        retryable=True,
    ),
    Decline(
        "psp_unavailable",
        "The payment could not be started. Nothing was taken; please try again.",
        "The payment provider could not be reached. Nothing was taken; ask the customer to try again.",
        retryable=True,
    ),
    Decline(
        "expired_card",
        "This card has expired. Please check the expiry date or use another card.",
        "The card has expired. Ask whether a newer card has arrived.",
        retryable=True,
    ),
    Decline(
        "incorrect_cvc",
        "The security code is not right. Please check it and try again.",
        "Wrong security code: three digits on the back, or four on the front of American Express.",
        retryable=True,
    ),
    Decline(
        "incorrect_number",
        "The card number is not right. Please check it and try again.",
        "The number has a typing error. Ask the customer to read it off the card again, to themselves.",
        retryable=True,
    ),
    Decline(
        "processing_error",
        "Something went wrong at the bank. Please try again in a moment.",
        "A technical fault at the bank. The same card may work in a minute.",
        retryable=True,
    ),
    Decline(
        "limit_exceeded",
        "This card has reached its limit. Please try another card or ask your bank.",
        "The card's limit is reached. Offer another card, or ask the customer to raise it in the bank's app.",
        retryable=False,
    ),
    Decline(
        "card_not_supported",
        "This card cannot be used for this payment. Please try another card.",
        "The card does not support this kind of payment or currency. Ask for another card.",
        retryable=False,
    ),
    Decline(
        "amount_not_accepted",
        "This amount cannot be paid by card. Nothing was taken. Please speak to the agent who is helping you.",
        "The payment provider takes no amount as small, or as large, as this. Change the amount of the link.",
        retryable=False,
    ),
    Decline(
        "authentication_failed",
        "Your bank could not confirm that it was you. Please try again or use another card.",
        "The bank's check failed. Ask whether the bank's app or text message arrived, then try again.",
        retryable=True,
    ),
    Decline(
        "authentication_required",
        "Your bank needs to confirm that it is you. Please try again.",
        "The bank insists on its own check. Ask the customer to try again and confirm in the bank's app.",
        retryable=True,
    ),
    Decline(
        "fraud_suspected",
        _GENERAL,
        "The payment provider's fraud check stopped this card. Ask for another card; do not retry this one.",
        retryable=False,
    ),
    Decline(
        "blocked",
        "This payment cannot be taken now. Please speak to the agent who is helping you.",
        "Our own fraud rules stopped this. See the reasons in the fraud check; ask a supervisor.",
        retryable=False,
    ),
    Decline(
        "review_rejected",
        "This payment could not be accepted, and nothing was taken. Please speak to the agent who is helping you.",
        "The fraud check wanted a second look, and no supervisor approved. Nothing was taken; ask a supervisor.",
        retryable=False,
    ),
    Decline(
        "not_completed",
        "The payment was not completed, and you have not been charged. You can try again.",
        "The last try ended without a payment. Nothing was charged; the customer can pay again.",
        retryable=True,
    ),
)

DECLINES: Final = {decline.code: decline for decline in _ALL}


def decline_of(code: str | None) -> Decline:
    """The reason for a code; an unknown one is a general refusal."""
    return DECLINES.get(code or "", DECLINES["generic_decline"])
