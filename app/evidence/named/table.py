"""The table of security tests, as the evidence pack writes it."""

from collections.abc import Sequence
from typing import Final

from app.evidence.named.bad_inputs import BAD_INPUTS
from app.evidence.named.law import LAW
from app.evidence.named.rows import NamedTest
from app.evidence.named.threats import THREATS
from app.evidence.results import Results

SECTIONS: Final[tuple[tuple[str, Sequence[NamedTest]], ...]] = (
    ("law and PCI DSS 4.0.1", LAW),
    ("threats", THREATS),
    ("bad input", BAD_INPUTS),
)
Row = tuple[str, str, str, str, str, str]

_HEAD: Final[Row] = ("section", "number", "shows", "tests", "last result", "not shown")


def rows(results: Results | None) -> list[Row]:
    """A line for each named test, with what the last run said of it; the first line names the columns."""
    return [_HEAD] + [
        (
            section,
            each.number,
            each.asks,
            " ".join(each.tests),
            "not run" if results is None else results.of(each.tests),
            each.missing,
        )
        for section, named in SECTIONS
        for each in named
    ]


def page(results: Results | None) -> str:
    """The same to read, one table a section."""
    text = ["# Security tests"]
    for wanted, _ in SECTIONS:
        text += ["", f"## {wanted[0].upper()}{wanted[1:]}", ""]
        text += [f"| {' | '.join(_HEAD[1:])} |", f"|{' --- |' * len(_HEAD[1:])}"]
        for section, number, shows, tests, result, missing in rows(results)[1:]:
            if section == wanted:
                listed = "<br>".join(f"`{test}`" for test in tests.split())
                text.append(f"| {number} | {shows} | {listed} | {result} | {missing} |")
    return "\n".join(text) + "\n"
