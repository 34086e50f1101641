"""Where a payment goes: by currency, amount and method; and a rule that means nothing is refused."""

from typing import Any

import pytest

from core.errors import InvalidField
from core.money import Money
from payments.routing import read_routing

EUROS = {"rules": [{"currencies": ["EUR"], "amount_min": 100, "amount_max": 5000}]}
EITHER = {"rules": [{"currencies": ["EUR"]}, {"currencies": ["JPY"], "methods": ["card"]}]}


@pytest.mark.parametrize(
    ("routing", "minor", "currency", "takes"),
    [
        ({}, 1, "GBP", True),
        ({"rules": []}, 1, "GBP", True),
        (EUROS, 99, "EUR", False),
        (EUROS, 100, "EUR", True),
        (EUROS, 5000, "EUR", True),
        (EUROS, 5001, "EUR", False),
        (EUROS, 100, "GBP", False),
        (EITHER, 1, "JPY", True),
        (EITHER, 1, "GBP", False),
    ],
)
def test_an_account_takes_what_fits_one_of_its_rules(
    routing: dict[str, Any], minor: int, currency: str, takes: bool
) -> None:
    assert takes is read_routing(routing).takes(Money.of(minor, currency))


def test_a_method_that_no_rule_names_goes_elsewhere() -> None:
    assert not read_routing({"rules": [{"methods": ["card"]}]}).takes(Money.of(1, "GBP"), "ideal")


@pytest.mark.parametrize(
    ("routing", "pointer"),
    [
        ({"rule": []}, ""),
        ({"rules": {}}, "/rules"),
        ({"rules": [1]}, "/rules/0"),
        ({"rules": [{"currency": "EUR"}]}, "/rules/0"),
        ({"rules": [{"currencies": ["eur"]}]}, "/rules/0/currencies"),
        ({"rules": [{"methods": ["cash"]}]}, "/rules/0/methods"),
        ({"rules": [{"currencies": ["EUR"], "amount_min": 0}]}, "/rules/0/amount_min"),
        ({"rules": [{"currencies": ["EUR"], "amount_min": True}]}, "/rules/0/amount_min"),
        (
            {"rules": [{"currencies": ["EUR"], "amount_min": 2, "amount_max": 1}]},
            "/rules/0/amount_max",
        ),
        ({"rules": [{"amount_max": 1}]}, "/rules/0/currencies"),
    ],
)
def test_a_rule_that_cannot_be_meant_is_refused(routing: dict[str, Any], pointer: str) -> None:
    with pytest.raises(InvalidField) as caught:
        read_routing(routing)
    assert [pointer] == [field.pointer for field in caught.value.fields]
