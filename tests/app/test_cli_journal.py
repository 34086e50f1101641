"""`paythread journal restored`, as an operator runs it after a backup was put back. Covers app.cli.journal."""

import sqlite3
from pathlib import Path

import pytest

from tests.app.test_cli import Operator
from tests.support.meddling import without_triggers


@pytest.fixture
def operator(tmp_path: Path) -> Operator:
    return Operator(tmp_path)


def heads(operator: Operator) -> dict[str, tuple[int, str]]:
    with sqlite3.connect(operator.folder / "paythread.sqlite") as database:
        rows = database.execute("SELECT merchant, position, epoch FROM journal_heads").fetchall()
    return {merchant: (position, epoch) for merchant, position, epoch in rows}


def test_after_a_restore_every_journal_goes_on_under_a_new_epoch(operator: Operator) -> None:
    """It is written down, and the chain holds."""
    operator.run("migrate")
    for name in ("Acme", "Rival"):
        operator.made("merchant", "create", "--name", name)
    before = heads(operator)
    done = operator.run("journal", "restored")
    assert (0, 2) == (done.returncode, done.stdout.count("a new epoch after position 0."))
    after = heads(operator)
    assert before.keys() == after.keys()
    for merchant, (position, epoch) in before.items():
        assert position + 1 == after[merchant][0]
        assert epoch != after[merchant][1]
    verified = operator.run("journal", "verify")
    assert (0, 2) == (verified.returncode, verified.stdout.count("1 entries, intact"))


def _cut_the_last(operator: Operator) -> None:
    """As somebody would who hides it: entry and anchor away, the head put back."""
    with sqlite3.connect(operator.folder / "paythread.sqlite") as database:
        without_triggers(database)
        database.execute("DELETE FROM journal_entries WHERE position = 2")
        database.execute("DELETE FROM journal_anchors WHERE position = 2")
        database.execute(
            "UPDATE journal_heads SET position = 1, hash = (SELECT hash FROM journal_entries)"
        )


def test_anchors_in_a_file_name_an_end_that_was_cut_off(operator: Operator, tmp_path: Path) -> None:
    kept = tmp_path / "anchors.jsonl"
    operator.run("migrate")
    operator.made("merchant", "create", "--name", "Acme")
    for _ in range(2):
        operator.run("journal", "restored")
        assert 0 == operator.run("journal", "anchor", "--out", str(kept)).returncode
    assert "" == operator.run("journal", "anchor").stdout
    assert 2 == len(kept.read_text().splitlines())
    assert 0 == operator.run("journal", "verify", "--anchors", str(kept)).returncode
    _cut_the_last(operator)
    assert 0 == operator.run("journal", "verify").returncode
    told = operator.run("journal", "verify", "--anchors", str(kept))
    assert (1, 1) == (told.returncode, told.stdout.count("bad at position 2: the entry anchored"))


def test_a_file_that_holds_no_anchors_is_refused_in_a_sentence(
    operator: Operator, tmp_path: Path
) -> None:
    operator.run("migrate")
    wrong = tmp_path / "wrong.jsonl"
    wrong.write_text("{}\n")
    done = operator.run("journal", "verify", "--anchors", str(wrong))
    assert (1, True) == (done.returncode, "Line 1 is no anchor." in done.stderr + done.stdout)
    assert "Traceback" not in done.stderr


def test_a_signed_export_is_checked_without_settings_or_database(tmp_path: Path) -> None:
    file = tmp_path / "journal.jsonl"
    file.write_text("nothing\n")
    done = Operator(tmp_path).run("journal", "check", str(file), PAYTHREAD_MASTER_KEY="")
    assert (done.returncode, "Line 1 is no whole line of an export." in done.stderr) == (1, True)
