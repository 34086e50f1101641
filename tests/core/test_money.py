"""Money is exact, knows its currency, and lets no float in."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from iso4217 import Currency as OracleCurrency

from core.money import (
    AMOUNT_MINOR_MAX,
    CURRENCIES,
    Currency,
    CurrencyMismatch,
    Money,
    UnknownCurrency,
)
from tests.support.vectors import vectors

minors = st.integers(min_value=0, max_value=AMOUNT_MINOR_MAX)
codes = st.sampled_from(sorted(CURRENCIES))

# Codes of ISO 4217's list one that no customer pays in: funds, metals, units of account, test codes.
NOT_FOR_PAYING = {
    *("BOV", "CHE", "CHW", "CLF", "COU", "MXV", "USN", "UYW", "XUA", "XSU", "XDR"),
    *("XAG", "XAU", "XPD", "XPT", "XBA", "XBB", "XBC", "XBD", "XTS", "XXX", "XAD"),
}
# Withdrawn since: Bulgaria has the euro from 2026, Curaçao the XCG from 2025; ANG, HRK, SLL and ZWL went before.
WITHDRAWN = {"BGN", "ANG", "CUC", "HRK", "SLL", "ZWL"}


@given(minor=minors, code=codes)
def test_decimal_text_reads_back_as_the_same_minor_units(minor: int, code: str) -> None:
    money = Money.of(minor, code)
    assert minor == int(money.decimal_text().replace(".", ""))
    decimals = money.decimal_text().partition(".")[2]
    assert money.currency.exponent == len(decimals)


@pytest.mark.parametrize(
    ("minor", "code", "text"),
    [
        (4999, "GBP", "49.99"),
        (5, "EUR", "0.05"),
        (0, "USD", "0.00"),
        (1200, "JPY", "1200"),
        (1250, "KWD", "1.250"),
        (7, "BHD", "0.007"),
    ],
)
def test_decimal_text_has_as_many_decimals_as_the_currency(
    minor: int, code: str, text: str
) -> None:
    assert text == Money.of(minor, code).decimal_text()


@given(first=minors, second=minors, code=codes)
def test_adding_and_taking_away_again_changes_nothing(first: int, second: int, code: str) -> None:
    one, two = Money.of(first, code), Money.of(second, code)
    assert one == one + two - two
    assert one + two == two + one
    assert first + second == (one + two).minor


@given(first=minors, second=minors, code=codes)
def test_amounts_of_one_currency_are_ordered_as_their_minor_units(
    first: int, second: int, code: str
) -> None:
    one, two = Money.of(first, code), Money.of(second, code)
    assert (first < second) == (one < two)
    assert (first <= second) == (one <= two)
    assert (first > second) == (one > two)
    assert (first == second) == (one == two)


def test_amounts_of_two_currencies_never_meet_in_a_sum_or_comparison() -> None:
    pounds, euros = Money.of(1, "GBP"), Money.of(1, "EUR")
    for meet in (
        lambda: pounds + euros,
        lambda: pounds - euros,
        lambda: pounds < euros,
        lambda: pounds <= euros,
    ):
        with pytest.raises(CurrencyMismatch):
            meet()
    assert pounds != euros


@pytest.mark.parametrize("minor", [1.0, 49.99, True, "1", None])
def test_only_a_whole_number_is_an_amount(minor: object) -> None:
    with pytest.raises(AssertionError):
        Money.of(minor, "GBP")  # type: ignore[arg-type]


def test_an_amount_is_never_negative() -> None:
    with pytest.raises(AssertionError):
        Money.of(-1, "GBP")
    with pytest.raises(AssertionError):
        Money.of(1, "GBP") - Money.of(2, "GBP")


def test_nothing_is_false_and_something_is_true() -> None:
    assert [False, True] == [bool(Money.of(0, "GBP")), bool(Money.of(1, "GBP"))]


@pytest.mark.parametrize("code", ["gbp", "EURO", "XXX", "", "GBP ", "HRK", "ZZZ", "XAU"])
def test_only_an_active_code_in_upper_case_names_a_currency(code: str) -> None:
    with pytest.raises(UnknownCurrency):
        Currency.of(code)


def test_every_currency_agrees_with_the_published_list() -> None:
    """The iso4217 package carries list one as published. Differences are deliberate and named here."""
    oracle = {currency.code: currency.exponent for currency in OracleCurrency}
    ours = {code: currency.exponent for code, currency in CURRENCIES.items()}
    both = set(oracle) & set(ours)
    assert {code: oracle[code] for code in both} == {code: ours[code] for code in both}
    left_out = set(oracle) - set(ours) - NOT_FOR_PAYING - WITHDRAWN
    # Four decimals, in use only for indexing: no gateway takes it, and 0, 2 and 3 are all we promise.
    assert set() == left_out
    # SVC and VED are on list one, and oracles drop or add them with their edition.
    assert set(ours) - set(oracle) <= {"SVC", "VED", "XCG", "XAD"}


def test_every_currency_agrees_with_the_published_vectors() -> None:
    published = vectors("currency_exponents.json")["iso4217"]
    ours = {code: currency.exponent for code, currency in CURRENCIES.items()}
    both = set(published) & set(ours)
    assert {code: published[code] for code in both} == {code: ours[code] for code in both}
    assert set() == set(published) - set(ours) - NOT_FOR_PAYING - WITHDRAWN


def test_every_code_is_three_upper_case_letters_with_0_2_or_3_decimals() -> None:
    for code, currency in CURRENCIES.items():
        assert re.fullmatch("[A-Z]{3}", code)
        assert code == currency.code
        assert currency.exponent in {0, 2, 3}
