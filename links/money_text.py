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
# Numbering systems by their digit for nothing. One that is not here is written with European digits.
_ZEROS: Final = {"latn": "0", "arab": "٠", "arabext": "۰"}
_SAMPLE: Final = re.compile(r"(?P<prefix>[^1]*)(?P<number>1.*1)(?P<suffix>[^1]*)")
# A symbol that ends in a letter keeps its distance from the digits: `KWD 1.250` (CLDR, `alphaNextToNumber`).
_TOUCHING: Final = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")

# `UK£` in Arabic: the sign stays behind its letters, where what surrounds them runs the other way.
_LATIN_SIGN: Final = re.compile(r"[A-Za-z]+[^\w\s.,\u200e\u200f]+")
_LEFT_TO_RIGHT_MARK: Final = "\u200e"


def money_text(money: Money, locale: str | None) -> str:
    """The amount with its symbol, with as many decimals as ISO 4217 gives the currency."""
    found = _locale(locale or LOCALE_DEFAULT)
    pattern = _pattern(str(found), money.currency.exponent)
    value = Decimal(money.minor).scaleb(-money.currency.exponent)
    text: str = pattern.apply(
        value,
        found,
        currency=money.currency.code,
        currency_digits=False,
        numbering_system=numbers_of(locale),
    )
    if found.character_order == "right-to-left":
        text = _LATIN_SIGN.sub(rf"\g<0>{_LEFT_TO_RIGHT_MARK}", text)
    return local_digits(_TOUCHING.sub("\u00a0", text), locale)


def numbers_of(locale: str | None) -> str:
    """CLDR's name of the digits that the locale is written with: `latn`, `arab` or `arabext`."""
    system: str = _locale(locale or LOCALE_DEFAULT).default_numbering_system
    return system if system in _ZEROS else "latn"


def local_digits(text: str, locale: str | None) -> str:
    """`text` with the digits that CLDR gives the locale: `٤٩` in Egypt, `۴۹` in Persian, `49` in most others."""
    zero = _ZEROS[numbers_of(locale)]
    return text if zero == "0" else text.translate({ord("0") + n: ord(zero) + n for n in range(10)})


@dataclass(frozen=True, slots=True)
class MoneyForm:
    """How amounts of a currency are written in a locale, for a page that writes and reads them itself.

    `grouping` are the sizes of the groups of digits before the decimal sign, from the right; the second one repeats.
    `numbers` is CLDR's name of the digits.
    """

    prefix: str
    suffix: str
    decimal: str
    group: str
    grouping: tuple[int, int]
    exponent: int
    numbers: str = "latn"

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "grouping": list(self.grouping)}


def money_form(currency: Currency, locale: str | None) -> MoneyForm:
    """The form in which `money_text` writes, taken from how it writes a long amount."""
    exponent = currency.exponent
    numbers = numbers_of(locale)
    sample = money_text(Money(int("1" * (9 + exponent)), currency), locale)
    one = chr(ord(_ZEROS[numbers]) + 1)
    found = _SAMPLE.fullmatch(sample.replace(one, "1"))
    assert found is not None, "an amount has digits"
    whole, decimal = found["number"], ""
    if exponent:
        whole, decimal = whole[: -exponent - 1], whole[-exponent - 1]
    first, second = [len(digits) for digits in reversed(re.findall(r"1+", whole))][:2]
    [group, *_] = re.findall(r"[^1]+", whole)
    return MoneyForm(
        found["prefix"], found["suffix"], decimal, group, (first, second), exponent, numbers
    )


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
