"""Sums of money out of the journal: integers of minor units, never two currencies in one."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from agent_feed.reports.table import Cell
from compliance.journal.facts import Fact

# Money that came in: each tells the amount of its own charge.
PAID: Final = ("payment.paid", "payment.partially_paid", "payment.paid_late")
REFUNDED: Final = ("refund.succeeded",)


class Sums:
    """What facts about money add up to, by currency. A fact that names no amount adds nothing."""

    def __init__(self, facts: Iterable[Fact]) -> None:
        self._sums: Counter[str] = Counter()
        for fact in facts:
            amount, currency = fact.data.get("amount"), fact.data.get("currency")
            if isinstance(amount, int) and isinstance(currency, str):
                self._sums[currency] += amount

    def cells(self, head: str, known: Sequence[str]) -> dict[str, Cell]:
        """A column a currency, in minor units."""
        return {f"{head}_{currency}": self._sums[currency] for currency in known}


def currencies(*facts: Iterable[Fact]) -> list[str]:
    """Every currency that is named, in order."""
    named = {fact.data.get("currency") for some in facts for fact in some}
    return sorted(one for one in named if isinstance(one, str))


def money_columns(head: str, known: Sequence[str]) -> list[str]:
    """The columns of `Sums.cells`."""
    return [f"{head}_{currency}" for currency in known]
