"""The threat model tells of every threat, and every test and file that it names is there."""

import re

import pytest

from app.evidence.named.rows import NamedTest
from app.evidence.named.threats import THREATS
from tests.app.evidence.test_named import ROOT, missing

TEXT = (ROOT / "docs" / "threat-model.md").read_text(encoding="utf-8")
TEST = re.compile(r"`(tests/[\w/]+\.py::test_\w+)`")
FILE = re.compile(r"`([a-z_]+/[\w/]+\.(?:py|js|ts|html))`")
PARTS = ("Gains", "Defence", "Tests", "Remains")


def threats() -> dict[str, str]:
    """What is told of each threat, by its number."""
    pieces = re.split(r"^### (\d+)\. .+\n", TEXT, flags=re.M)[1:]
    return dict(zip(pieces[::2], pieces[1::2], strict=True))


@pytest.mark.parametrize("number", [str(n) for n in range(1, 28)])
def test_each_threat_says_what_is_gained_what_stands_in_the_way_and_what_remains(
    number: str,
) -> None:
    told = threats()[number]
    assert list(PARTS) == re.findall(r"^- \*\*(\w+):\*\*", told, flags=re.M)
    defence = told.partition("**Defence:**")[2].partition("**Tests:**")[0]
    assert FILE.findall(defence)


def test_there_are_27_threats() -> None:
    assert [str(n) for n in range(1, 28)] == list(threats())


@pytest.mark.parametrize("threat", THREATS, ids=lambda each: each.number)
def test_the_tests_of_a_threat_are_there_and_are_those_of_the_evidence_pack(
    threat: NamedTest,
) -> None:
    told = tuple(TEST.findall(threats()[threat.number]))
    assert threat.tests == told
    assert [] == missing(told)


def test_every_file_that_is_named_is_there() -> None:
    named = set(FILE.findall(TEXT))
    assert len(named) > 50
    assert set() == {name for name in named if not (ROOT / name).is_file()}


def test_a_file_that_is_gone_is_missed() -> None:
    assert ["links/gone.py"] == FILE.findall("see `links/gone.py` and `core`")


@pytest.mark.parametrize("heading", ["Assets", "Data flow and trust boundaries", "Threats"])
def test_what_is_protected_and_where_trust_ends_are_told(heading: str) -> None:
    assert f"\n## {heading}\n" in TEXT
    assert "(security.md)" in TEXT
