"""What the reasons of a fraud check say to an agent: a sentence each, without the limits that a fraudster wants."""

from collections.abc import Mapping
from typing import Final

FRAUD_REASONS: Final[Mapping[str, str]] = {
    "amount_above_limit": "The amount is above what is taken at all.",
    "amount_very_high": "The amount is so high that a supervisor looks before the money is taken.",
    "amount_high": "The amount is high, so the bank is asked to confirm that it is the customer.",
    "amount_unusual": "The amount is far above what customers usually pay here.",
    "amount_unusual_for_customer": "The amount is far above what this customer has paid before.",
    "link_declines": "Many tries on this link were declined lately.",
    "many_cards_on_link": "Many different cards were tried on this link without success.",
    "address_declines": "Many tries from the customer's network address were declined lately.",
    "many_links_from_address": "Tries on many different links were declined from the customer's network address.",
    "device_declines": "Many tries from the customer's device were declined lately.",
    "many_cards_on_device": "Many different cards were tried on the customer's device without success.",
    "card_declines": "This card was declined many times within a day.",
    "card_on_many_links": "This card was tried on many different links within an hour.",
    "many_cards_of_one_bank": "Many cards of the same bank were tried lately without success.",
    "merchant_declines": "Far more payments than usual are being declined at the moment, so each customer is checked.",
    "small_amounts": "Many small payments were declined lately, as when stolen cards are tried out.",
    "card_country_blocked": "Cards from this country are not accepted.",
    "card_country_unexpected": "The card comes from a country that customers' cards do not usually come from.",
    "card_country_differs": "The card comes from another country than the customer.",
    "agent_address": "The payment came from the network address that the link's own agent works from.",
    "agent_contact": "The customer's contact details are those of the link's own agent.",
    "psp_blocked": "The payment provider's own fraud check stopped the payment.",
    "psp_risk_elevated": "The payment provider rates the risk of this payment as elevated.",
    "psp_risk_highest": "The payment provider rates the risk of this payment as very high.",
}


def told(reason: str) -> dict[str, str]:
    """The reason with its sentence. One of an older version that we no longer know has its code alone."""
    return {
        "code": reason,
        "text": FRAUD_REASONS.get(reason, reason.replace("_", " ").capitalize()),
    }
