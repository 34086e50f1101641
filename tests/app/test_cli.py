"""The command line as an operator uses it: each command in a process of its own, on a fresh SQLite database.

Covers app.cli.main, app.cli.access, app.cli.psps, app.cli.schema, app.cli.journal, app.cli.doctor, app.cli.opened
and app.cli.remote.
"""

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import typer

from app.cli.links import parse_amount
from app.cli.remote import NoService, Remote
from core.money import Money
from tests.support.meddling import without_triggers


class Operator:
    """Somebody at a shell in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        foreign = ("PAYTHREAD_", "STRIPE_", "TWILIO_", "SMTP_")
        self.environment = {k: v for k, v in os.environ.items() if not k.startswith(foreign)}
        self.environment |= {"PAYTHREAD_DATA_DIR": str(folder), "PAYTHREAD_MASTER_KEY": "ab" * 32}

    def run(self, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "app.cli", *words],
            env={**self.environment, **more},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def made(self, *words: str) -> dict[str, Any]:
        done = self.run(*words, "--json")
        assert done.returncode == 0, done.stderr
        value: dict[str, Any] = json.loads(done.stdout)
        return value


@pytest.fixture
def operator(tmp_path: Path) -> Operator:
    return Operator(tmp_path)


def test_a_first_installation_from_the_shell(operator: Operator) -> None:
    """migrate, merchant, user, key, journal verify: each says what it did, in JSON for scripts."""
    assert "nothing to 0" in operator.run("migrate").stdout
    assert "up to date" in operator.run("migrate").stdout
    merchant = operator.made("merchant", "create", "--name", "Acme")
    assert merchant["id"].startswith("mer_")
    user = operator.made("user", "create", "--email", "a@b.com", "--name", "A", "--role", "admin")
    assert user["role"] == "admin"
    assert len(user["password"]) >= 12
    key = operator.made("key", "create", "--name", "crm")
    assert key["api_key"].startswith("sk_")
    verified = operator.run("journal", "verify")
    assert verified.returncode == 0
    assert "2 entries, intact" in verified.stdout


def test_tampering_is_found_and_named(operator: Operator) -> None:
    """An edited entry, and a cut tail: exit code 1 and the first bad position."""
    operator.run("migrate")
    operator.made("merchant", "create", "--name", "Acme")
    for name in ("one", "two", "three"):
        operator.made("key", "create", "--name", name)
    with sqlite3.connect(operator.folder / "paythread.sqlite") as database:
        without_triggers(database)
        database.execute("UPDATE journal_entries SET actor = 'nobody' WHERE position = 2")
    edited = operator.run("journal", "verify")
    assert edited.returncode == 1
    assert "position 2" in edited.stdout
    with sqlite3.connect(operator.folder / "paythread.sqlite") as database:
        database.execute("UPDATE journal_entries SET actor = 'system' WHERE position = 2")
        database.execute("DELETE FROM journal_entries WHERE position = 3")
    cut = operator.run("journal", "verify")
    assert cut.returncode == 1
    assert "cut off" in cut.stdout


@pytest.mark.parametrize(
    ("words", "environment", "sentence"),
    [
        (["migrate"], {"PAYTHREAD_MASTER_KEY": ""}, "PAYTHREAD_MASTER_KEY"),
        (["migrate"], {"PAYTHREAD_MASTER_KEY": "short"}, "32 bytes"),
        (["serve"], {"PAYTHREAD_MASTER_KEY": ""}, "PAYTHREAD_MASTER_KEY"),
        (["serve"], {}, "paythread migrate"),
        (["worker"], {}, "paythread migrate"),
        (["serve"], {"PAYTHREAD_BASE_URL": "http://pay.example.com"}, "base_url"),
        (["journal", "verify"], {}, "paythread migrate"),
        (["link", "create", "--amount", "1", "--currency", "GBP"], {}, "PAYTHREAD_API_KEY"),
    ],
)
def test_what_cannot_work_is_one_sentence_and_exit_code_1(
    operator: Operator, words: list[str], environment: dict[str, str], sentence: str
) -> None:
    done = operator.run(*words, **environment)
    assert done.returncode == 1
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


def test_a_weak_password_and_a_taken_email_are_refused(operator: Operator) -> None:
    operator.run("migrate")
    operator.made("merchant", "create", "--name", "Acme")
    person = ("user", "create", "--email", "a@b.com", "--name", "A")
    weak = operator.run(*person, "--password", "short")
    assert weak.returncode == 1
    operator.made(*person)
    taken = operator.run(*person)
    assert taken.returncode == 1
    assert "exists" in taken.stderr


def test_a_user_may_have_a_role_of_the_merchants_own(operator: Operator) -> None:
    operator.run("migrate")
    merchant = operator.made("merchant", "create", "--name", "Acme")["id"]
    role = ("rol_01k9zzzzzzzzzzzzzzzzzzzzzz", merchant, "Refund desk", "agent", '["links.read"]')
    with sqlite3.connect(operator.folder / "paythread.sqlite") as database:
        database.execute(
            "INSERT INTO custom_roles (id, merchant, name, base, permissions, created_at, updated_at) "
            "VALUES (?, ?, ?, ?, ?, '2026-01-01 00:00:00', '2026-01-01 00:00:00')",
            role,
        )
    person = ("user", "create", "--name", "A", "--role")
    for email, named in (("a@b.com", "Refund desk"), ("b@b.com", role[0])):
        made = operator.made(*person, named, "--email", email)
        assert (made["role"], made["custom_role"]) == ("agent", role[0])
    refused = operator.run(*person, "boss", "--email", "c@b.com")
    assert (refused.returncode, "no role boss" in refused.stderr) == (1, True)


def test_another_master_key_cannot_read_the_data(operator: Operator) -> None:
    operator.run("migrate")
    operator.made("merchant", "create", "--name", "Acme")
    operator.made("key", "create", "--name", "crm")
    done = operator.run("journal", "verify", PAYTHREAD_MASTER_KEY="cd" * 32)
    assert done.returncode == 1
    assert "another master key" in done.stderr


def test_the_doctor_says_what_to_mend(operator: Operator) -> None:
    operator.run("migrate")
    done = operator.run("doctor")
    assert done.returncode == 1
    assert "paythread merchant create" in done.stdout


@pytest.mark.parametrize(
    ("text", "code", "expected"),
    [
        ("49.99", "GBP", Money.of(4999, "GBP")),
        ("1200", "JPY", Money.of(1200, "JPY")),
        ("1.250", "KWD", Money.of(1250, "KWD")),
        ("7", "EUR", Money.of(700, "EUR")),
    ],
)
def test_an_amount_is_read_exactly(text: str, code: str, expected: Money) -> None:
    assert parse_amount(text, code) == expected


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("49.999", "GBP"),
        ("10.5", "JPY"),
        ("0", "GBP"),
        ("-1", "GBP"),
        ("1,50", "EUR"),
        ("NaN", "GBP"),
        ("1e400000", "GBP"),
        ("Infinity", "GBP"),
        ("10", "XXX"),
        ("", "GBP"),
    ],
)
def test_an_amount_that_would_be_guessed_is_refused(text: str, code: str) -> None:
    with pytest.raises(typer.BadParameter):
        parse_amount(text, code)


def test_a_demo_s_folder_tells_address_and_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PAYTHREAD_API_KEY", raising=False)
    monkeypatch.delenv("PAYTHREAD_BASE_URL", raising=False)
    described = {"service_url": "http://127.0.0.1:9", "api_key": "sk_demo"}
    (tmp_path / "demo.json").write_text(json.dumps(described))
    remote = Remote(None, tmp_path)
    assert (remote.url, remote.key) == ("http://127.0.0.1:9", "sk_demo")
    assert remote.feed_url == "ws://127.0.0.1:9/v1/feed"
    with pytest.raises(NoService):
        Remote(None, tmp_path / "nothing")


STRIPE = {"secret_key": "sk_1", "publishable_key": "pk_1", "webhook_secret": "whsec_1"}


def test_psps_are_added_ordered_and_switched_off(operator: Operator, tmp_path: Path) -> None:
    """Secrets come from a file, and are shown nowhere."""
    operator.run("migrate")
    operator.made("merchant", "create", "--name", "Acme")
    config = tmp_path / "stripe.json"
    config.write_text(json.dumps(STRIPE))
    add = ("psp", "add", "--provider", "stripe", "--config", str(config))
    first = operator.made(*add)
    euros = '{"rules": [{"currencies": ["EUR"]}]}'
    second = operator.made(*add, "--priority", "1", "--routing", euros)
    listed = operator.run("psp", "list", "--json").stdout

    assert first["webhook_url"].endswith(f"/webhooks/psp/{first['id']}")
    assert listed.index(second["id"]) < listed.index(first["id"])
    assert "sk_1" not in listed
    off = operator.made("psp", "change", second["id"], "--off")
    assert (False, 1, json.loads(euros)) == (off["active"], off["priority"], off["routing"])
    bare = operator.made("psp", "change", second["id"], "--no-wallets")
    assert (False, False) == (bare["wallets"], bare["active"])
    assert operator.run("journal", "verify").returncode == 0


def test_a_psp_that_cannot_work_is_refused_in_a_sentence(
    operator: Operator, tmp_path: Path
) -> None:
    operator.run("migrate")
    operator.made("merchant", "create", "--name", "Acme")
    path = tmp_path / "config.json"
    for config, words in (
        ("{", ("--provider", "stripe")),
        ("{}", ("--provider", "stripe")),
        (json.dumps(STRIPE), ("--provider", "stripe", "--routing", '{"rules": [1]}')),
    ):
        path.write_text(config)
        done = operator.run("psp", "add", "--config", str(path), *words)
        assert (1, 1) == (done.returncode, done.stderr.count("\n"))
