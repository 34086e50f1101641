"""What a run of the suite said, by file; a report that is none is refused."""

from pathlib import Path

import pytest

from app.evidence.results import ResultsUnreadable, read_results

REPORT = """<?xml version="1.0"?><testsuites><testsuite>
<testcase classname="tests.app.test_logs" name="a"/>
<testcase classname="tests.app.test_logs.TestMore" name="b"/>
<testcase classname="tests.app.test_logs" name="c"><skipped message="no browser"/></testcase>
<testcase classname="tests.app.test_front" name="d"><failure message="x">trace</failure></testcase>
<testcase classname="tests.app.test_front" name="e"><error message="x"/></testcase>
</testsuite></testsuites>"""


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "tests.xml"
    path.write_text(REPORT)
    return path


def test_tests_are_counted_by_file_and_outcome(report: Path) -> None:
    results = read_results(report)
    assert 5 == results.count
    assert "2 passed, 1 skipped" == results.of(["tests/app/test_logs.py"])
    assert "2 failed" == results.of(["tests/app/test_front.py"])
    assert "2 passed, 2 failed, 1 skipped" == results.of(
        ["tests/app/test_logs.py", "tests/app/test_front.py"]
    )


def test_a_test_is_asked_for_by_its_name_and_has_all_its_parameters(tmp_path: Path) -> None:
    path = tmp_path / "tests.xml"
    path.write_text(
        """<testsuites><testsuite>
        <testcase classname="tests.app.test_logs" name="test_a[x::y]"/>
        <testcase classname="tests.app.test_logs" name="test_a[z]"><skipped/></testcase>
        <testcase classname="tests.app.test_logs" name="test_ab"><failure/></testcase>
        <testcase classname="tests.app.test_logs.TestMore" name="test_b"/>
        </testsuite></testsuites>"""
    )
    results = read_results(path)
    assert "1 passed, 1 skipped" == results.of(["tests/app/test_logs.py::test_a"])
    assert "1 passed" == results.of(["tests/app/test_logs.py::TestMore::test_b"])
    assert "not run" == results.of(["tests/app/test_logs.py::test_c"])


def test_a_file_that_was_not_run_is_called_so(report: Path) -> None:
    assert "not run" == read_results(report).of(["tests/app/test_settings.py"])


@pytest.mark.parametrize("text", ["", "no xml", "<open>", '<!DOCTYPE a [<!ENTITY b "c">]><a/>'])
def test_something_else_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "tests.xml"
    path.write_text(text)
    with pytest.raises(ResultsUnreadable):
        read_results(path)


def test_a_report_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ResultsUnreadable, match="FileNotFoundError"):
        read_results(tmp_path / "nothing.xml")
