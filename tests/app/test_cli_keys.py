"""`paythread keys`, as an operator rotates the master key of an installation. Covers app.cli.keys."""

import json
from pathlib import Path

import pytest

from tests.app.test_cli import Operator
from tests.support.transit_engine import transit_engine

OLD, NEW = "ab" * 32, "cd" * 32


@pytest.fixture
def operator(tmp_path: Path) -> Operator:
    made = Operator(tmp_path)
    made.run("migrate")
    for name in ("Acme", "Rival"):
        merchant = made.made("merchant", "create", "--name", name)
        made.made(
            "user", "create", "--merchant", merchant["id"], "--name", "Ada", "--role", "agent",
            "--email", f"ada@{name.lower()}.example",
        )  # fmt: skip
    return made


def counts(operator: Operator, **environment: str) -> tuple[int, int, int]:
    done = operator.run("keys", "status", "--json", **environment)
    found = json.loads(done.stdout)
    assert done.returncode == (1 if found["under_unknown"] else 0)
    return found["under_current"], found["under_earlier"], found["under_unknown"]


def test_a_new_key_is_printed_and_is_no_other(operator: Operator) -> None:
    first, second = (operator.run("keys", "new").stdout.strip() for _ in range(2))
    assert first != second
    assert 0 == operator.run("keys", "status", PAYTHREAD_MASTER_KEY=f"{OLD},{first}").returncode


def test_by_the_environment_the_new_key_is_put_first_and_the_old_one_taken_out_at_last(
    operator: Operator,
) -> None:
    both = f"{NEW},{OLD}"
    mend = operator.run("doctor", PAYTHREAD_MASTER_KEY=both).stdout
    assert "keys rotate" in mend
    total, *_ = counts(operator, PAYTHREAD_MASTER_KEY=OLD)
    new, earlier, _ = counts(operator, PAYTHREAD_MASTER_KEY=both)
    assert total == earlier > 0
    done = operator.run("keys", "rotate", PAYTHREAD_MASTER_KEY=both)
    assert (0, True) == (done.returncode, f"{total} of {total} keys" in done.stdout)
    after, *others = counts(operator, PAYTHREAD_MASTER_KEY=NEW)
    assert [0, 0] == others
    assert (0, 0, after) == counts(operator)
    assert after >= total + new
    verified = operator.run("journal", "verify", PAYTHREAD_MASTER_KEY=NEW)
    assert (0, 2) == (verified.returncode, verified.stdout.count("intact"))


def test_with_a_file_one_command_does_it_all(operator: Operator, tmp_path: Path) -> None:
    file = tmp_path / "master.key"
    file.write_text(OLD)
    del operator.environment["PAYTHREAD_MASTER_KEY"]
    operator.environment["PAYTHREAD_MASTER_KEY_FILE"] = str(file)
    total, *_ = counts(operator)
    assert 0 == operator.run("keys", "rotate", "--generate").returncode
    new, old = file.read_text().split()
    assert (OLD, True) == (old, new != OLD)
    after = counts(operator)
    assert (True, (0, 0)) == (after[0] >= total, after[1:])
    file.write_text(new)
    assert after == counts(operator)


def test_with_the_old_key_missing_nothing_is_changed_and_it_is_said(operator: Operator) -> None:
    total, *_ = counts(operator)
    done = operator.run("keys", "rotate", PAYTHREAD_MASTER_KEY=NEW)
    assert (1, "paythread: This data was sealed under another master key.\n") == (
        done.returncode,
        done.stderr,
    )
    assert (total, 0, 0) == counts(operator)


def test_a_key_is_not_written_where_none_is_read_from(operator: Operator) -> None:
    done = operator.run("keys", "rotate", "--generate")
    assert (1, True) == (done.returncode, "keys new" in done.stderr)


def test_under_a_key_management_service_no_master_key_is_written_in_the_clear(
    operator: Operator, tmp_path: Path
) -> None:
    """From a plain key in the file to wrapped ones alone, by the same command."""
    file = tmp_path / "master.key"
    file.write_text(OLD)
    with transit_engine() as engine:
        inside = {
            "PAYTHREAD_MASTER_KEY": "",
            "PAYTHREAD_MASTER_KEY_FILE": str(file),
            "PAYTHREAD_KMS_URL": engine.url,
            "PAYTHREAD_KMS_KEY": "paythread",
            "PAYTHREAD_KMS_TOKEN": engine.token,
        }
        done = operator.run("keys", "rotate", "--generate", **inside)
        assert done.returncode == 0, done.stderr
        fresh, old = file.read_text().split()
        assert (fresh[:9], old) == ("vault:v1:", OLD)
        file.write_text(fresh)
        assert counts(operator, **inside)[1:] == (0, 0)
        assert operator.run("keys", "new", **inside).stdout.startswith("vault:v1:")
        engine.says = (503, b"")
        refused = operator.run("keys", "status", **inside)
    assert (refused.returncode != 0, "sealed" in refused.stderr) == (True, True)
    assert engine.token not in refused.stderr
