"""`paythread reconcile` as an operator uses it, against the sandbox PSP's process.

Covers app.cli.reconcile and app.gateways.
"""

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from app.cli.reconcile import amount_text, summary
from core.clock import utc_now
from core.database import Database
from core.money import Money
from payments.gateway import Movement
from payments.reconciliation_matching import Booked, Day, compare
from payments.reconciliations import Reconciliation
from payments.transactions import book
from tests.app.test_cli import Operator
from tests.payments.stripe_psp import stripe_config
from tests.sandbox.harness import Sandbox
from tests.support.clock import START

DAY = Day(date(2026, 11, 20))


@pytest.fixture
async def sandbox(tmp_path: Path) -> AsyncIterator[Sandbox]:
    running = Sandbox(tmp_path)
    await running.start()
    yield running
    if running.process is not None:
        running.stop()


class Shop:
    """An installation with one merchant and one account at the sandbox."""

    def __init__(self, folder: Path, sandbox: Sandbox) -> None:
        self.operator = Operator(folder / "data")
        assert 0 == self.operator.run("migrate").returncode
        self.merchant = self.operator.made("merchant", "create", "--name", "Acme")["id"]
        config = folder / "stripe.json"
        config.write_text(json.dumps(stripe_config(sandbox)))
        words = ("psp", "add", "--provider", "stripe", "--config", str(config))
        self.account = self.operator.made(*words)["id"]
        self.yesterday = utc_now().date() - timedelta(days=1)

    async def books(self, reference: str, minor: int, *, days_ago: int = 1) -> None:
        """A transaction of ours that the PSP knows nothing of."""
        database = Database(f"sqlite:///{self.operator.folder / 'paythread.sqlite'}")
        async with database.transaction() as session:
            await book(
                session,
                merchant=self.merchant,
                payment="pay_1",
                attempt="att_1",
                account=self.account,
                kind="charge",
                reference=reference,
                money=Money.of(minor, "GBP"),
                now=Day(utc_now().date() - timedelta(days=days_ago)).start,
            )
        await database.close()


@pytest.fixture
def shop(tmp_path: Path, sandbox: Sandbox) -> Shop:
    return Shop(tmp_path, sandbox)


def test_a_day_that_matches_is_a_sentence_and_exit_code_0(shop: Shop) -> None:
    done = shop.operator.run("reconcile")

    assert (0, "") == (done.returncode, done.stderr)
    assert f"{shop.yesterday} {shop.account}: everything matches: no money moved.\n" == done.stdout


async def test_a_difference_is_a_line_of_a_table_and_exit_code_1(shop: Shop) -> None:
    """Over several days, each on its own; the journal holds what was found, and is intact."""
    await shop.books("pi_lost", 4999)
    await shop.books("pi_older", 100, days_ago=3)
    done = shop.operator.run("reconcile", "--days", "3")
    [_, _, latest] = json.loads(shop.operator.run("reconcile", "--days", "3", "--json").stdout)
    [line] = [line for line in done.stdout.splitlines() if "pi_lost" in line]

    assert 1 == done.returncode
    assert ["missing at psp", "charge", "pi_lost"] == [
        cell.strip() for cell in line.strip("│┃ ").split("│")
    ][:3]
    assert "49.99 GBP" in line
    assert "pi_older" in done.stdout
    assert 1 == done.stdout.count("everything matches")
    assert ("differs", shop.yesterday.isoformat()) == (latest["status"], latest["day"])
    assert ["pi_lost"] == [each["reference"] for each in latest["differences"]]
    assert 0 == shop.operator.run("journal", "verify").returncode


async def test_one_day_of_one_account_can_be_asked_for(shop: Shop) -> None:
    await shop.books("pi_lost", 4999)
    earlier = (shop.yesterday - timedelta(days=1)).isoformat()
    words = ("--merchant", shop.merchant, "--account", shop.account)

    assert 0 == shop.operator.run("reconcile", "--day", earlier, *words).returncode
    assert 1 == shop.operator.run("reconcile", "--day", str(shop.yesterday), *words).returncode


def test_a_psp_that_does_not_answer_is_exit_code_3(shop: Shop, sandbox: Sandbox) -> None:
    sandbox.stop()
    done = shop.operator.run("reconcile")
    told = shop.operator.run("reconcile", "--json")

    assert (3, 3) == (done.returncode, told.returncode)
    assert "could not be read" in done.stdout
    assert ["unavailable"] == [each["status"] for each in json.loads(told.stdout)]


def test_what_cannot_be_reconciled_is_refused(tmp_path: Path) -> None:
    """Exit code 2 for words that cannot be meant, 1 for what is not there."""
    operator = Operator(tmp_path)
    operator.run("migrate")
    operator.made("merchant", "create", "--name", "Acme")
    for words, code, sentence in (
        (["--day", "2999-01-01"], 2, "once it is over"),
        (["--day", "2026-01-01", "--days", "2"], 2, "not both"),
        (["--day", "yesterday"], 2, "yesterday"),
        (["--days", "0"], 2, "--days"),
        (["--account", "gwa_none"], 1, "no such payment provider account"),
        (["--merchant", "mer_none"], 1, "no such merchant"),
        ([], 1, "No payment provider"),
    ):
        done = operator.run("reconcile", *words)
        assert (code, True) == (done.returncode, sentence in done.stderr), done.stderr
        assert "Traceback" not in done.stderr


def test_a_matching_day_is_summed_up_by_kind_and_currency() -> None:
    lines = [
        ("charge", "pi_1", 4999, "GBP", 30),
        ("charge", "pi_2", 1200, "JPY", 0),
        ("refund", "re_1", -999, "GBP", 0),
        ("dispute", "dp_1", -4999, "GBP", 1500),
    ]
    statement = compare(
        DAY,
        [
            Booked(kind, name, amount, code, DAY.start, "pay_1")
            for kind, name, amount, code, _ in lines
        ],
        [
            Movement(kind, name, amount, code, DAY.start, fee)  # type: ignore[arg-type]
            for kind, name, amount, code, fee in lines
        ],
    )
    found = Reconciliation(
        id="rec_1",
        merchant="mer_1",
        account="gwa_1",
        day=DAY.date,
        state="matched",
        counts=statement.counts,
        sums=statement.sums,
        differences=[],
        differences_count=0,
        created_at=START,
    )

    assert (
        "2 charges 49.99 GBP + 1200 JPY, 1 refund -9.99 GBP, 1 dispute -49.99 GBP; fees 15.30 GBP"
    ) == summary(found)
    assert "no money moved" == summary(replace(found, counts=compare(DAY, [], []).counts, sums={}))


@pytest.mark.parametrize(
    ("minor", "code", "expected"),
    [
        (4999, "GBP", "49.99 GBP"),
        (-5, "GBP", "-0.05 GBP"),
        (-1200, "JPY", "-1200 JPY"),
        (1250, "KWD", "1.250 KWD"),
        (7, "XXX", "7 XXX"),
        (None, None, "-"),
    ],
)
def test_an_amount_reads_with_its_sign_and_decimals(
    minor: int | None, code: str | None, expected: str
) -> None:
    assert expected == amount_text(minor, code)
