"""Prices as providers write them (channels.providers.prices)."""

from typing import Any

import pytest

from channels.port import Price
from channels.providers.prices import price_of


@pytest.mark.parametrize(
    ("amount", "currency", "price"),
    [
        ("0.0333", "EUR", Price(33_300, "EUR")),
        ("-0.00750", "usd", Price(7_500, "USD")),
        ("0", "GBP", Price(0, "GBP")),
        ("1e-6", "GBP", Price(1, "GBP")),
    ],
)
def test_a_price_is_kept_in_millionths(amount: str, currency: str, price: Price) -> None:
    assert price == price_of(amount, currency)


@pytest.mark.parametrize(
    ("amount", "currency"),
    [
        (None, "EUR"),
        (0.03, "EUR"),
        ("", "EUR"),
        ("NaN", "EUR"),
        ("Infinity", "EUR"),
        ("1e400", "EUR"),
        ("9" * 30, "EUR"),
        ("0.03", None),
        ("0.03", "EURO"),
        ("0.03", "E1R"),
        ("0.03", "€€€"),
    ],
)
def test_what_is_no_price_is_none(amount: Any, currency: Any) -> None:
    assert price_of(amount, currency) is None
