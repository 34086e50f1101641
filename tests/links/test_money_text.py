"""Amounts as people write them, exact to the last minor unit."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.money import AMOUNT_MINOR_MAX, CURRENCIES, Currency, Money
from links.money_text import MoneyForm, local_digits, money_form, money_text

NBSP, RTL = "\u00a0", "\u200f"

TEXTS = [
    (4999, "GBP", "en-GB", "£49.99"),
    (4999, "GBP", None, "£49.99"),
    (123456, "EUR", "en-GB", "€1,234.56"),
    (123456, "EUR", "de-DE", f"1.234,56{NBSP}€"),
    (5, "EUR", "de-DE", f"0,05{NBSP}€"),
    (1200, "JPY", "en-GB", "JP¥1,200"),
    (1200, "JPY", "ja-JP", "￥1,200"),
    (1200, "JPY", "de-DE", f"1.200{NBSP}¥"),
    (1250, "KWD", "en-GB", f"KWD{NBSP}1.250"),
    # Babel counts Iraqi dinars without decimals; ISO 4217 gives them three, and so do we.
    (1250, "IQD", "en-GB", f"IQD{NBSP}1.250"),
    (1250000, "IQD", "de-DE", f"1.250,000{NBSP}IQD"),
    (500, "CLP", "en-GB", f"CLP{NBSP}500"),
    (1, "GBP", "en-GB", "£0.01"),
    (AMOUNT_MINOR_MAX, "GBP", "en-GB", "£999,999,999.99"),
]


@pytest.mark.parametrize(("minor", "currency", "locale", "text"), TEXTS)
def test_an_amount_in_a_locale(minor: int, currency: str, locale: str | None, text: str) -> None:
    assert text == money_text(Money.of(minor, currency), locale)


def test_an_amount_in_arabic_keeps_its_digits_and_its_decimals() -> None:
    text = money_text(Money.of(1250, "IQD"), "ar")

    assert "1250" == "".join(re.findall(r"\d", text))
    assert "د.ع" in text


@pytest.mark.parametrize("locale", ["", "xx", "tlh-KL", "en-XX-YY-ZZ", "../../etc", "e", "de_DE"])
def test_a_locale_that_nobody_knows_is_written_in_english(locale: str) -> None:
    expected = f"49,99{NBSP}£" if locale == "de_DE" else "£49.99"

    assert expected == money_text(Money.of(4999, "GBP"), locale)


@given(
    minor=st.integers(1, AMOUNT_MINOR_MAX),
    currency=st.sampled_from(sorted(CURRENCIES)),
    locale=st.sampled_from(["en-GB", "de-DE", "ja-JP", "ar", "fr-CH", "hi-IN", "pt-BR", "sv"]),
)
def test_no_amount_loses_a_digit(minor: int, currency: str, locale: str) -> None:
    money = Money.of(minor, currency)
    digits = "".join(str(int(each)) for each in money_text(money, locale) if each.isdecimal())

    assert money.decimal_text().replace(".", "") == digits


def test_digits_are_those_that_cldr_gives_the_locale() -> None:
    amount = Money.of(123456, "GBP")
    assert "١٬٢٣٤٫٥٦" in money_text(amount, "ar-EG")
    assert "۱٬۲۳۴٫۵۶" in money_text(amount, "fa")
    assert "1,234.56" in money_text(amount, "km")
    assert "\u200f49.99\xa0UK£\u200e" == money_text(Money.of(4999, "GBP"), "ar")
    assert ("۰۴۲", "042") == (local_digits("042", "fa-IR"), local_digits("042", "zh-Hant"))


@given(locale=st.text(max_size=20))
def test_no_locale_is_a_reason_to_fall_over(locale: str) -> None:
    assert "49" in money_text(Money.of(4999, "GBP"), locale)


def written(form: MoneyForm, minor: int) -> str:
    """An amount as a page writes it by the form."""
    digits = str(minor).rjust(form.exponent + 1, "0")
    whole = digits[: len(digits) - form.exponent]
    groups: list[str] = []
    size = form.grouping[0]
    while whole:
        groups.insert(0, whole[-size:])
        whole, size = whole[:-size], form.grouping[1]
    decimals = form.decimal + digits[-form.exponent :] if form.exponent else ""
    number = form.group.join(groups) + decimals
    zero = {"latn": "0", "arab": "٠", "arabext": "۰"}[form.numbers]
    local = number.translate({ord("0") + n: ord(zero) + n for n in range(10)})
    return form.prefix + local + form.suffix


LOCALES = [
    "en",
    "en-IN",
    "de",
    "de-CH",
    "fr",
    "pt-PT",
    "pl",
    "hi",
    "ja",
    "ar",
    "ar-EG",
    "fa",
    "he",
    "xx",
]


@given(
    minor=st.integers(0, AMOUNT_MINOR_MAX),
    code=st.sampled_from(sorted(CURRENCIES)),
    locale=st.sampled_from(LOCALES),
)
def test_a_page_that_goes_by_the_form_writes_the_same(minor: int, code: str, locale: str) -> None:
    form = money_form(Currency.of(code), locale)

    assert money_text(Money.of(minor, code), locale) == written(form, minor)
