"""The tests that are named as showing something are there. Covers app.evidence.named: rows, table, and three lists."""

import ast
from functools import cache
from pathlib import Path

import pytest

import app
from app.evidence.named import bad_inputs, law, threats
from app.evidence.named.rows import NamedTest
from app.evidence.named.table import SECTIONS, page, rows
from app.evidence.results import Results

ROOT = Path(app.__file__).parents[1]
ALL = [(section, each) for section, named in SECTIONS for each in named]


@cache
def functions_of(file: str) -> frozenset[str]:
    """The tests in a file of the suite; none where there is no such file."""
    if not (ROOT / file).is_file():
        return frozenset()
    found = ast.walk(ast.parse((ROOT / file).read_text(encoding="utf-8")))
    return frozenset(
        each.name for each in found if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef)
    )


def missing(tests: tuple[str, ...]) -> list[str]:
    """Which of these the suite does not have."""
    return [test for test in tests if test.split("::")[1] not in functions_of(test.split("::")[0])]


@pytest.mark.parametrize(
    ("section", "named"), ALL, ids=[f"{section} {each.number}" for section, each in ALL]
)
def test_every_test_that_is_named_is_there(section: str, named: NamedTest) -> None:
    assert [] == missing(named.tests), section
    assert named.tests
    assert len(set(named.tests)) == len(named.tests)


def test_a_test_that_was_renamed_is_missed() -> None:
    here = "tests/app/evidence/test_named.py"
    assert [f"{here}::test_gone", "tests/gone.py::test_gone"] == missing(
        (f"{here}::test_gone", "tests/gone.py::test_gone", f"{here}::functions_of")
    )


def test_every_threat_and_every_kind_of_bad_input_has_its_line() -> None:
    assert [str(n) for n in range(1, 28)] == [each.number for each in threats.THREATS]
    assert [str(n) for n in range(1, 31)] == [each.number for each in bad_inputs.BAD_INPUTS]
    assert len({each.number for each in law.LAW}) == len(law.LAW)


def test_the_table_tells_the_last_result_of_each() -> None:
    first = law.LAW[0]
    results = Results(passed={first.tests[0]: 2}, failed={first.tests[1]: 1})
    head, told, *rest = rows(results)
    assert ("section", "last result") == (head[0], head[4])
    assert (first.number, "2 passed, 1 failed") == (told[1], told[4])
    assert {"not run"} == {row[4] for row in rest if first.tests[0] not in row[3]}
    assert f"| {first.number} |" in page(results)
    assert len(ALL) == sum(line.startswith("| ") for line in page(None).splitlines()) - 6
