"""`paythread retention`, as an operator runs it. Covers app.cli.retention."""

import json
import sqlite3
from pathlib import Path

import pytest

from tests.app.test_cli import Operator


@pytest.fixture
def operator(tmp_path: Path) -> Operator:
    return Operator(tmp_path)


def test_a_dry_run_says_what_a_run_then_deletes_and_the_evidence_pack_shows_it(
    operator: Operator, tmp_path: Path
) -> None:
    operator.run("migrate")
    merchant = operator.made("merchant", "create", "--name", "Acme")["id"]
    old = "2020-01-01 00:00:00.000000"
    with sqlite3.connect(operator.folder / "paythread.sqlite") as database:
        database.execute(
            "INSERT INTO visitors (id, merchant, account, token_hash, created_at, seen_at)"
            " VALUES ('vis_1', ?, 'ch_1', 'h', ?, ?)",
            (merchant, old, old),
        )
    for _ in range(2):
        told = json.loads(operator.run("retention", "--dry-run", "--json").stdout)
        [visitors] = [row for row in told["merchants"][merchant] if row["kind"] == "visitors"]
        assert (told["dry_run"], visitors["past"]) == (True, 1)
    done = operator.run("retention", "--merchant", merchant)
    assert (0, "") == (done.returncode, done.stderr)
    assert "visitors: 180 days; 1 deleted, 0 past it" in done.stdout
    assert "customers: until erased" in done.stdout
    operator.run("evidence", "--out", str(tmp_path / "pack"))
    assert ',180,0,"",1,"20' in (tmp_path / "pack" / "retention.csv").read_text()


def test_an_unknown_merchant_is_said_in_one_sentence(operator: Operator) -> None:
    operator.run("migrate")
    done = operator.run("retention", "--merchant", "mer_nobody")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
