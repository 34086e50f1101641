"""`paythread doctor` on an installation of several processes: what they need beside the database."""

import sqlite3
from pathlib import Path

from tests.app.test_cli import Operator


def test_a_redis_that_does_not_answer_and_a_proxy_that_nobody_named_are_told(
    tmp_path: Path,
) -> None:
    operator = Operator(tmp_path)
    operator.run("migrate")
    done = operator.run(
        "doctor",
        PAYTHREAD_BASE_URL="https://pay.example.com",
        PAYTHREAD_REDIS_URL="redis://127.0.0.1:1/0",
    )
    assert 1 == done.returncode
    assert "MEND  proxy: name your proxy in PAYTHREAD_TRUSTED_PROXIES" in done.stdout
    assert "MEND  redis: it does not answer (ConnectionError)" in done.stdout
    assert "Traceback" not in done.stderr


def test_anchors_that_do_not_leave_are_told(tmp_path: Path) -> None:
    operator = Operator(tmp_path)
    operator.run("migrate")
    merchant = operator.made("merchant", "create", "--name", "Acme")["id"]
    operator.made(
        "user", "create", "--merchant", merchant, "--name", "Ada", "--role", "agent",
        "--email", "ada@acme.example",
    )  # fmt: skip
    # No worker has sent any, and what was written lies long back.
    with sqlite3.connect(tmp_path / "paythread.sqlite") as database:
        database.execute("DROP TRIGGER journal_entries_no_update")
        database.execute("UPDATE journal_entries SET occurred_at = '2026-01-01 00:00:00.000000'")
    told = {"PAYTHREAD_ANCHOR_DESTINATIONS": f"file:{tmp_path / 'anchors'}"}
    done = operator.run("doctor", **told)
    assert "MEND  anchors: file:" in done.stdout
    assert "since 2026-01-01T00:00:00.000Z" in done.stdout
    assert "ok    anchors" in operator.run("doctor").stdout
