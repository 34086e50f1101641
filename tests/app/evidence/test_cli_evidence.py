"""`paythread evidence`, as an operator makes the pack.

Covers app.cli.evidence, app.evidence.pack, app.evidence.inventories and app.evidence.kept.
"""

import csv
import hashlib
import json
import re
import sqlite3
from pathlib import Path

import pytest

from tests.app.evidence.test_results import REPORT
from tests.app.test_cli import Operator
from tests.support.meddling import without_triggers

EMAIL, PASSWORD = "ada@acme.example", "correct horse 1"


@pytest.fixture
def operator(tmp_path: Path) -> Operator:
    made = Operator(tmp_path)
    made.run("migrate")
    made.made("merchant", "create", "--name", "Acme Furnishings")
    made.made("user", "create", "--name", "Ada Lovelace", "--role", "admin", "--email", EMAIL)
    made.made("key", "create", "--name", "Telephony")
    return made


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def test_the_pack_shows_what_there_is_and_says_that_no_test_was_reported(
    operator: Operator, tmp_path: Path
) -> None:
    out = tmp_path / "pack"
    done = operator.run("evidence", "--out", str(out))
    assert (0, "") == (done.returncode, done.stderr)
    manifest = json.loads((out / "manifest.json").read_text())["sha256"]
    assert {*manifest, "manifest.json"} == {path.name for path in out.iterdir()}
    for name, expected in manifest.items():
        assert expected == hashlib.sha256((out / name).read_bytes()).hexdigest()
    assert [("user", "admin"), ("API key", "integration")] == [
        (row["kind"], row["role"]) for row in rows(out / "access.csv")
    ]
    assert ["yes"] == [row["intact"] for row in rows(out / "journal.csv")]
    assert "1" == next(r["rows"] for r in rows(out / "kept.csv") if r["table"] == "merchants")
    assert "links.write" in {row["permission"] for row in rows(out / "doors.csv")}
    assert {"not run", ""} == {row["last result"] for row in rows(out / "requirements.csv")}
    assert "Argon2id" in {row["how"] for row in rows(out / "ciphers.csv")}
    assert "```mermaid" in (out / "data-flow.md").read_text()


def test_nothing_in_the_pack_is_secret_or_personal(operator: Operator, tmp_path: Path) -> None:
    out = tmp_path / "pack"
    operator.run("evidence", "--out", str(out))
    whole = "".join(path.read_text() for path in out.iterdir())
    for secret in (EMAIL, "Ada Lovelace", "ab" * 32):
        assert secret not in whole
    assert re.search(r"\bsk_", whole) is None


def test_a_report_of_the_suite_fills_in_the_results_and_a_failed_test_is_said(
    operator: Operator, tmp_path: Path
) -> None:
    report, out = tmp_path / "tests.xml", tmp_path / "pack"
    report.write_text(REPORT)
    done = operator.run("evidence", "--out", str(out), "--results", str(report))
    assert (1, True) == (done.returncode, "MEND  2 tests failed" in done.stdout)
    assert any("2 passed" in row["last result"] for row in rows(out / "requirements.csv"))
    tried = {row["section"]: 0 for row in rows(out / "security-tests.csv")}
    for row in rows(out / "security-tests.csv"):
        tried[row["section"]] += 1
    assert (27, 30) == (tried["threats"], tried["bad input"])
    assert "| 27 |" in (out / "security-tests.md").read_text()


def test_a_journal_that_was_tampered_with_is_in_the_pack_and_said(
    operator: Operator, tmp_path: Path
) -> None:
    with sqlite3.connect(tmp_path / "paythread.sqlite") as database:
        without_triggers(database)
        database.execute("UPDATE journal_entries SET data = '{}' WHERE position = 1")
    out = tmp_path / "pack"
    done = operator.run("evidence", "--out", str(out))
    assert (1, True) == (done.returncode, "does not verify" in done.stdout)
    assert [("no", "1")] == [
        (row["intact"], row["bad_position"]) for row in rows(out / "journal.csv")
    ]
