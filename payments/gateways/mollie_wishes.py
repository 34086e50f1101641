"""What Mollie is asked for: the payment of an attempt, as https://docs.mollie.com/reference/create-payment has it."""

import json
from collections.abc import Sequence
from typing import Any, Final

from payments.gateway import ChargeOrder
from payments.gateways.mollie_words import to_mollie

# About a kilobyte of metadata, 255 characters of description.
_METADATA_BYTES_MAX: Final = 1000
_DESCRIPTION_LENGTH_MAX: Final = 255
# Mollie's page would offer methods that cannot hold money too, and take it at once:
# https://docs.mollie.com/docs/place-a-hold-for-a-payment
_HOLDS: Final = ("creditcard",)

# The languages of Mollie's page; of each, the first is taken where the country is not among them.
_LOCALES: Final = tuple(
    """
    en_GB en_US en_NL en_BE nl_NL nl_BE de_DE de_AT de_CH de_LU fr_FR fr_BE fr_LU es_ES ca_ES pt_PT it_IT nb_NO
    sv_SE fi_FI da_DK is_IS hu_HU pl_PL lv_LV lt_LT cs_CZ sk_SK sl_SI el_GR tr_TR
    """.split()  # noqa: SIM905 - a list of thirty lines says no more
)


def wish_of(
    order: ChargeOrder, *, webhook_url: str | None, methods: Sequence[str]
) -> dict[str, Any]:
    """The payment to create. What an order leaves open is left to Mollie."""
    ours = {"paythread_attempt": order.attempt_id}
    metadata = {**order.metadata, **ours}
    if len(json.dumps(metadata).encode()) > _METADATA_BYTES_MAX:
        metadata = ours
    by_hand = order.capture == "manual"
    wishes = {
        "amount": to_mollie(order.amount),
        "description": order.description[:_DESCRIPTION_LENGTH_MAX] or order.attempt_id,
        "redirectUrl": order.return_url,
        "webhookUrl": webhook_url,
        "metadata": metadata,
        "captureMode": "manual" if by_hand else None,
        "locale": locale_of(order.locale),
        "method": list(_HOLDS if by_hand else methods) or None,
    }
    return {name: wish for name, wish in wishes.items() if wish is not None}


def locale_of(tag: str | None) -> str | None:
    """Mollie's locale for a language tag such as `de` or `de-AT`; None leaves it to the customer's browser."""
    language, _, country = (tag or "").replace("_", "-").partition("-")
    language = {"no": "nb"}.get(language.lower(), language.lower())
    exact = f"{language}_{country.upper()}"
    if exact in _LOCALES:
        return exact
    return next((locale for locale in _LOCALES if locale.startswith(f"{language}_")), None)
