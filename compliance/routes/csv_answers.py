"""Answers as CSV (RFC 4180), safe to open in a spreadsheet."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Final

from starlette.requests import Request

# What a spreadsheet would run, in full width too, which some take for the same:
# https://owasp.org/www-community/attacks/CSV_Injection
_FORMULA: Final = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
# One that parts columns by something else than commas begins a cell after these as well.
_INNER_FORMULA: Final = re.compile(r"([;\t\r\n|]\s*)(?=[=+\-@＝＋－＠])")

Cell = str | int | float | None


def wants_csv(request: Request) -> bool:
    """Whether the caller asks for `text/csv`."""
    accepted = request.headers.get("accept", "")
    return any(part.partition(";")[0].strip().lower() == "text/csv" for part in accepted.split(","))


def csv_lines(rows: Iterable[Sequence[Cell]]) -> str:
    """Numbers as they are, a minus sign included; a text that a spreadsheet would run is made plain by a quote."""
    written = io.StringIO()
    lines = csv.writer(written, lineterminator="\r\n")
    lines.writerows([_plain(cell) for cell in row] for row in rows)
    return written.getvalue()


def _plain(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        plain = _INNER_FORMULA.sub(r"\1'", cell)
        return f"'{plain}" if plain.lstrip(" ").startswith(_FORMULA) else plain
    return str(cell)
