"""Limits are about value, whatever the currency's decimals."""

import pytest

from core.money import Currency
from payments.worth import strong_unit


@pytest.mark.parametrize(
    ("code", "minor"),
    [
        ("GBP", 100),
        ("JPY", 100),
        ("KRW", 1_000),
        ("KWD", 1_000),
        ("IDR", 1_000_000),
        ("INR", 10_000),
    ],
)
def test_a_strong_unit_is_about_a_pound_in_any_currency(code: str, minor: int) -> None:
    assert minor == strong_unit(Currency.of(code))
