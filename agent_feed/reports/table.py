"""A report's numbers: what is shown, charted, tabled and exported is this and nothing else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of the same columns, and one row for all of them together."""

    columns: Sequence[str]
    rows: Sequence[Mapping[str, Cell]]
    totals: Mapping[str, Cell]

    def as_json(self) -> dict[str, Any]:
        """Rows as objects, in the order of the columns."""
        return {
            "columns": list(self.columns),
            "data": [self._ordered(row) for row in self.rows],
            "totals": self._ordered(self.totals),
        }

    def lines(self) -> list[list[Cell]]:
        """The header, the rows and the totals, for CSV."""
        shown = [[row.get(column) for column in self.columns] for row in (*self.rows, self.totals)]
        return [list(self.columns), *shown]

    def _ordered(self, row: Mapping[str, Cell]) -> dict[str, Cell]:
        return {column: row.get(column) for column in self.columns}


def share(part: int, whole: int) -> float | None:
    """`part` of `whole`, to four places; None of nothing."""
    return round(part / whole, 4) if whole else None


def late(seconds: Sequence[float]) -> int | None:
    """The 90th percentile, in whole seconds: nine of ten took no longer (nearest rank); None of nothing."""
    if not seconds:
        return None
    return round(sorted(seconds)[-(-len(seconds) * 9 // 10) - 1])


def middle(seconds: Sequence[float]) -> int | None:
    """The median, in whole seconds; None of nothing."""
    return round(median(seconds)) if seconds else None
