"""`paythread journal restored`, as an operator runs it after a backup was put back. Covers app.cli.journal."""

import sqlite3
from pathlib import Path

import pytest

from tests.app.test_cli import Operator


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
