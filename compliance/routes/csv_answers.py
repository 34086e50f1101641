"""Answers as CSV (RFC 4180), safe to open in a spreadsheet."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

from starlette.requests import Request

# What a spreadsheet would run: https://owasp.org/www-community/attacks/CSV_Injection
# The wide forms are formulas where a spreadsheet speaks Chinese or Japanese.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")

Cell = str | int | float | None


def wants_csv(request: Request) -> bool:
    """Whether the caller asks for `text/csv`."""
    accepted = request.headers.get("accept", "")
    return any(part.partition(";")[0].strip().lower() == "text/csv" for part in accepted.split(","))


def csv_lines(rows: Iterable[Sequence[Cell]]) -> str:
    """Numbers as they are, a minus sign included; a text that a spreadsheet would run is made plain by a quote.

    Every text stands between quotation marks, so that none becomes two cells where semicolons or tabs part them.
    """
    written = io.StringIO()
    lines = csv.writer(written, lineterminator="\r\n", quoting=csv.QUOTE_NONNUMERIC)
    lines.writerows([_plain(cell) for cell in row] for row in rows)
    return written.getvalue()


def _plain(cell: Cell) -> Cell:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return f"'{cell}" if cell.lstrip(" ").startswith(_FORMULA) else cell
    return cell
