"""Why a payment was refused, in the customer's language. What a thief would like to hear is told in general words."""

from typing import Final

from links.pay.texts import ENGLISH, texts_for
from payments.declines import DECLINES, Decline

_GENERAL: Final = "generic_decline"


def decline_text(locale: str, decline: Decline) -> str:
    """The customer's words for it; the payment's own, in English, for a reason that the catalogue does not know."""
    key = f"decline.{decline.code}"
    if key not in ENGLISH and decline.customer_message == DECLINES[_GENERAL].customer_message:
        key = "decline.general"
    return texts_for(locale).get(key, decline.customer_message)
