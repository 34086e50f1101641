"""What the last run of the suite said of each test: read from its JUnit report, `build/tests.xml` of `make test`.

A test is named `tests/folder/test_file.py::test_what_holds`; its parameters are all counted under that name.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from xml.parsers import expat

from core.errors import Kind, PaythreadError

_BYTES_MAX: Final = 64 << 20


class ResultsUnreadable(PaythreadError):
    """The report of a test run cannot be read."""

    code = "results_unreadable"
    kind = Kind.INVALID


@dataclass(slots=True)
class Results:
    """How often each test passed, failed and was skipped, by its name."""

    passed: dict[str, int] = field(default_factory=dict)
    failed: dict[str, int] = field(default_factory=dict)
    skipped: dict[str, int] = field(default_factory=dict)

    def of(self, tests: Iterable[str]) -> str:
        """One line for these files or tests: `failed` as soon as one test did."""
        asked = frozenset(tests)
        totals = [
            sum(n for test, n in counts.items() if test in asked or test.split("::")[0] in asked)
            for counts in (self.passed, self.failed, self.skipped)
        ]
        words = ("passed", "failed", "skipped")
        told = [f"{n} {word}" for n, word in zip(totals, words, strict=True) if n]
        return ", ".join(told) or "not run"

    @property
    def count(self) -> int:
        """How many tests were run or skipped."""
        return sum(sum(each.values()) for each in (self.passed, self.failed, self.skipped))


def read_results(path: Path) -> Results:
    """Raises `ResultsUnreadable`. The report is our own suite's; entities and DTDs are refused all the same."""
    results, current = Results(), _Case()

    def begin(name: str, attributes: dict[str, str]) -> None:
        if name == "testcase":
            current.test = _name_of(attributes.get("classname", ""), attributes.get("name", ""))
            current.counts = results.passed
        elif name in ("failure", "error"):
            current.counts = results.failed
        elif name == "skipped":
            current.counts = results.skipped

    def end(name: str) -> None:
        if name == "testcase":
            current.counts[current.test] = current.counts.get(current.test, 0) + 1

    def refuse(*_: object) -> None:
        raise ResultsUnreadable("The report has a document type; ours have none.")

    parser = expat.ParserCreate()
    parser.StartElementHandler = begin
    parser.EndElementHandler = end
    parser.StartDoctypeDeclHandler = refuse
    try:
        if path.stat().st_size > _BYTES_MAX:
            raise ResultsUnreadable("The report is larger than any of ours.")
        parser.Parse(path.read_bytes(), True)
    except (OSError, expat.ExpatError) as error:
        raise ResultsUnreadable(
            f"The test report cannot be read ({type(error).__name__})."
        ) from None
    return results


@dataclass(slots=True)
class _Case:
    test: str = ""
    counts: dict[str, int] = field(default_factory=dict)


def _name_of(classname: str, name: str) -> str:
    """`a[1]` of `tests.app.test_logs.TestX` is tests/app/test_logs.py::TestX::a."""
    parts = classname.split(".")
    end = next((n for n, part in enumerate(parts, 1) if part.startswith("test_")), len(parts))
    return "::".join(["/".join(parts[:end]) + ".py", *parts[end:], name.partition("[")[0]])
