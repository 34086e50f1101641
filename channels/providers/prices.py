"""What providers say that a message cost: decimal texts, with more places than the currency has coins."""

from decimal import Decimal, InvalidOperation
from typing import Any, Final

from channels.port import Price

_MICROS: Final = Decimal(1_000_000)
_MICROS_MAX: Final = 10**12
_TEXT_LENGTH_MAX: Final = 24


def price_of(amount: Any, currency: Any) -> Price | None:
    """The price that these two words mean; None where they mean none. Some providers write what they take off as less
    than nothing.
    """
    if not isinstance(amount, str) or len(amount) > _TEXT_LENGTH_MAX:
        return None
    if not isinstance(currency, str) or len(currency) != 3 or not currency.isascii():
        return None
    try:
        micros = abs(Decimal(amount)) * _MICROS
    except InvalidOperation:
        return None
    if not currency.isalpha() or not micros.is_finite() or micros > _MICROS_MAX:
        return None
    return Price(round(micros), currency.upper())
