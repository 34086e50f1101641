"""An amount as people in a locale write it: `£49.99`, `49,99 £`, `¥1,200`. Exact: no float is involved."""

import re
from copy import copy
from dataclasses import asdict, dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

from babel import Locale, UnknownLocaleError
from babel.numbers import NumberPattern, parse_pattern

from core.money import Currency, Money

LOCALE_DEFAULT: Final = "en"
_SAMPLE: Final = re.compile(r"(?P<prefix>[^1]*)(?P<number>1.*1)(?P<suffix>[^1]*)")
# A symbol that ends in a letter keeps its distance from the digits: `KWD 1.250` (CLDR, `alphaNextToNumber`).
_TOUCHING: Final = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")


def money_text(money: Money, locale: str | None) -> str:
    """The amount with its symbol, with as many decimals as ISO 4217 gives the currency."""
    found = _locale(locale or LOCALE_DEFAULT)
    pattern = _pattern(str(found), money.currency.exponent)
    value = Decimal(money.minor).scaleb(-money.currency.exponent)
    text: str = pattern.apply(value, found, currency=money.currency.code, currency_digits=False)
    return _TOUCHING.sub("\u00a0", text)


@dataclass(frozen=True, slots=True)
class MoneyForm:
    """How amounts of a currency are written in a locale, for a page that writes and reads them itself.

    `grouping` are the sizes of the groups of digits before the decimal sign, from the right; the second one repeats.
    """

    prefix: str
    suffix: str
    decimal: str
    group: str
    grouping: tuple[int, int]
    exponent: int

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "grouping": list(self.grouping)}


def money_form(currency: Currency, locale: str | None) -> MoneyForm:
    """The form in which `money_text` writes, taken from how it writes a long amount."""
    exponent = currency.exponent
    found = _SAMPLE.fullmatch(money_text(Money(int("1" * (9 + exponent)), currency), locale))
    assert found is not None, "an amount has digits"
    whole, decimal = found["number"], ""
    if exponent:
        whole, decimal = whole[: -exponent - 1], whole[-exponent - 1]
    first, second = [len(digits) for digits in reversed(re.findall(r"1+", whole))][:2]
    [group, *_] = re.findall(r"[^1]+", whole)
    return MoneyForm(found["prefix"], found["suffix"], decimal, group, (first, second), exponent)


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
