"""Which of a merchant's PSP accounts takes a payment: by currency, amount and method, in order of priority. No I/O.

An account without rules takes everything. One with rules takes what fits any of them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from core.errors import InvalidField
from core.money import AMOUNT_MINOR_MAX, CURRENCIES, Money

METHODS: Final = ("card",)
RULES_MAX: Final = 50
PRIORITY_DEFAULT: Final = 100


@dataclass(frozen=True, slots=True)
class Rule:
    """What an account takes; empty and None mean any. Amounts are minor units, both ends included."""

    currencies: frozenset[str] = frozenset()
    methods: frozenset[str] = frozenset()
    amount_min: int | None = None
    amount_max: int | None = None

    def fits(self, amount: Money, method: str) -> bool:
        if self.currencies and amount.currency.code not in self.currencies:
            return False
        if self.methods and method not in self.methods:
            return False
        if self.amount_min is not None and amount.minor < self.amount_min:
            return False
        return self.amount_max is None or amount.minor <= self.amount_max


@dataclass(frozen=True, slots=True)
class Routing:
    """The rules of one account."""

    rules: Sequence[Rule] = ()

    def takes(self, amount: Money, method: str = "card") -> bool:
        """Whether a payment of this amount may go to the account."""
        return not self.rules or any(rule.fits(amount, method) for rule in self.rules)


def read_routing(value: Mapping[str, Any], pointer: str = "") -> Routing:
    """`{"rules": [{"currencies": ["EUR"], "methods": ["card"], "amount_min": 1, "amount_max": 99999}]}`.

    Raises `InvalidField` below the pointer.
    """
    unknown = value.keys() - {"rules"}
    if unknown:
        raise InvalidField(pointer, "Routing has rules, and nothing else.")
    rules = value.get("rules", [])
    if not isinstance(rules, list) or len(rules) > RULES_MAX:
        raise InvalidField(f"{pointer}/rules", f"A list of at most {RULES_MAX} rules.")
    return Routing(tuple(_rule(each, f"{pointer}/rules/{n}") for n, each in enumerate(rules)))


def _rule(value: Any, pointer: str) -> Rule:
    if not isinstance(value, dict) or value.keys() - set(Rule.__slots__):
        raise InvalidField(
            pointer, "A rule has currencies, methods, amount_min and amount_max, each optional."
        )
    rule = Rule(
        currencies=_names(value.get("currencies"), CURRENCIES, f"{pointer}/currencies"),
        methods=_names(value.get("methods"), METHODS, f"{pointer}/methods"),
        amount_min=_amount(value.get("amount_min"), f"{pointer}/amount_min"),
        amount_max=_amount(value.get("amount_max"), f"{pointer}/amount_max"),
    )
    if (
        rule.amount_min is not None
        and rule.amount_max is not None
        and rule.amount_min > rule.amount_max
    ):
        raise InvalidField(f"{pointer}/amount_max", "The most is less than the least.")
    if (rule.amount_min, rule.amount_max) != (None, None) and not rule.currencies:
        raise InvalidField(f"{pointer}/currencies", "Amounts mean nothing without a currency.")
    return rule


def _names(value: Any, known: Any, pointer: str) -> frozenset[str]:
    if value is None:
        return frozenset()
    if not isinstance(value, list) or not all(isinstance(v, str) and v in known for v in value):
        raise InvalidField(pointer, "A list of names that exist.")
    return frozenset(value)


def _amount(value: Any, pointer: str) -> int | None:
    if value is None:
        return None
    if type(value) is not int or not 0 < value <= AMOUNT_MINOR_MAX:
        raise InvalidField(pointer, f"Minor units, from 1 to {AMOUNT_MINOR_MAX}.")
    return value
