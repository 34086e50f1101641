"""An amount as people in a locale write it: `£49.99`, `49,99 £`, `¥1,200`. Exact: no float is involved."""

import re
from copy import copy
from decimal import Decimal
from functools import lru_cache
from typing import Final

from babel import Locale, UnknownLocaleError
from babel.numbers import NumberPattern, parse_pattern

from core.money import Money

LOCALE_DEFAULT: Final = "en"
# A symbol that ends in a letter keeps its distance from the digits: `KWD 1.250` (CLDR, `alphaNextToNumber`).
_TOUCHING: Final = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")


def money_text(money: Money, locale: str | None) -> str:
    """The amount with its symbol, with as many decimals as ISO 4217 gives the currency."""
    found = _locale(locale or LOCALE_DEFAULT)
    pattern = _pattern(str(found), money.currency.exponent)
    value = Decimal(money.minor).scaleb(-money.currency.exponent)
    text: str = pattern.apply(value, found, currency=money.currency.code, currency_digits=False)
    return _TOUCHING.sub("\u00a0", text)


@lru_cache(maxsize=256)
def _locale(name: str) -> Locale:
    try:
        return Locale.parse(name.replace("_", "-"), sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale.parse(LOCALE_DEFAULT)


@lru_cache(maxsize=256)
def _pattern(locale: str, exponent: int) -> NumberPattern:
    """The locale's currency pattern with our own count of decimals; Babel's differs for a few currencies."""
    standard = Locale.parse(locale).currency_formats["standard"]
    # A copy: Babel hands out the one object that it keeps for everybody.
    pattern = copy(parse_pattern(standard))
    pattern.frac_prec = (exponent, exponent)
    return pattern
