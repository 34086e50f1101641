"""Which amounts does Mollie take? Decimals in text, with the currency's own number of them.

https://docs.mollie.com/docs/multicurrency
"""

import re
from decimal import Decimal
from typing import Any

from payments.mollie_sandbox.refusal import unprocessable
from payments.sandbox.errors import Json

_WITHOUT_DECIMALS = ("ISK", "JPY")
_CODES = """
AED AUD BRL CAD CHF CZK DKK EUR GBP HKD HUF ILS ISK JPY MXN MYR NOK NZD PHP PLN RON RUB SEK SGD THB TWD USD ZAR
"""
SUPPORTED = frozenset(_CODES.split())
_FEE_SHARE = Decimal("0.018")


def decimals(currency: str) -> int:
    return 0 if currency in _WITHOUT_DECIMALS else 2


def amount_from(value: Any, field: str = "amount") -> Json:
    """The amount as it was given, once it is known to be one above zero. Raises Refusal."""
    if not isinstance(value, dict) or set(value) != {"currency", "value"}:
        raise unprocessable("The amount contains an invalid value", field)
    currency, text = value["currency"], value["value"]
    if currency not in SUPPORTED:
        raise unprocessable("The currency is not supported", f"{field}.currency")
    places = decimals(currency)
    shape = rf"[0-9]{{1,10}}\.[0-9]{{{places}}}" if places else r"[0-9]{1,10}"
    if not isinstance(text, str) or re.fullmatch(shape, text, re.ASCII) is None:
        raise unprocessable(f"The amount needs exactly {places} decimals", f"{field}.value")
    if Decimal(text) <= 0:
        raise unprocessable("The amount is lower than the minimum", field)
    return {"value": text, "currency": currency}


def number(amount: Json) -> Decimal:
    return Decimal(amount["value"])


def amount_of(value: Decimal, currency: str) -> Json:
    return {"value": f"{value:.{decimals(currency)}f}", "currency": currency}


def fee_on(amount: Json) -> Decimal:
    """What Mollie keeps of money that came, in whole minor units."""
    smallest = Decimal(1).scaleb(-decimals(amount["currency"]))
    return (number(amount) * _FEE_SHARE).quantize(smallest)
