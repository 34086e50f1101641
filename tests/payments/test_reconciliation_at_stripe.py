"""Days reconciled over the real Stripe gateway, against the balance transactions of the sandbox's process."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from core.clock import utc_now
from core.money import Money
from payments.accounts import Gateways, save_account
from payments.attempts import Attempt
from payments.disputes import record_dispute
from payments.errors import GatewayUnavailable
from payments.gateway import Sight
from payments.gateways.stripe import StripeGateway
from payments.order_facts import record_refund
from payments.outcomes import record_outcome
from payments.payments import Payment
from payments.reconciliation_matching import Day
from payments.reconciliation_runs import Reconciler
from payments.reconciliations import Reconciliation
from payments.sweep import question_of
from payments.transactions import book
from tests.payments.conftest import Till, order_of
from tests.payments.stripe_psp import stripe_config
from tests.sandbox.harness import Sandbox, eventually


@dataclass
class Shop:
    """A till whose PSP is the sandbox. Each keeps its own books."""

    till: Till
    gateway: StripeGateway
    sandbox: Sandbox
    opened_on: date

    async def charged(
        self, minor: int, currency: str, card: str = "pm_card_visa", *, capture: str = "automatic"
    ) -> tuple[Payment, Attempt]:
        """A payment, booked as the PSP answered."""
        self.till.clock.set(utc_now())
        payment = await self.till.owe(minor, currency, capture=capture)
        attempt = await self.till.begin(payment)
        outcome = await self.gateway.charge(replace(order_of(attempt), method=card))
        return payment, await self.till.tell(attempt, outcome)

    async def carry_out(self) -> None:
        """Every order that was placed, now."""
        self.till.clock.set(utc_now() + timedelta(minutes=1))
        await self.till.run_orders()
        self.till.clock.set(utc_now())

    async def refunded_at_psp(self, attempt: Attempt, minor: int) -> str:
        """A refund made in the PSP's dashboard, of which we have not heard yet."""
        made = await self.sandbox.stripe().v1.refunds.create_async(
            {"payment_intent": attempt.reference or "", "amount": minor}
        )
        return str(made.id)

    async def look(self, attempt: Attempt) -> Sight:
        """Books everything that the PSP tells of an attempt by now."""
        now = self.till.clock.set(utc_now())
        sight = await self.gateway.look(question_of(attempt, now=now))
        async with self.till.database.transaction() as session:
            await record_outcome(session, attempt.id, sight.outcome, actor="psp", now=now)
            for refund in sight.refunds:
                await record_refund(session, attempt.id, refund, actor="psp", now=now)
            for dispute in sight.disputes:
                await record_dispute(session, attempt.id, dispute, actor="psp", now=now)
        return sight

    async def closed(self) -> list[Reconciliation]:
        """The day, the morning after; two days if midnight fell into the test."""
        last = utc_now().date()
        self.till.clock.set(Day(last).end + timedelta(hours=3))
        reconciler = Reconciler(self.till.database, self.till.gateways, self.till.clock)
        return [
            await reconciler.run(self.till.account, day) for day in sorted({self.opened_on, last})
        ]


@pytest.fixture
async def shop(till: Till, tmp_path: Path) -> AsyncIterator[Shop]:
    sandbox = Sandbox(tmp_path)
    await sandbox.start()
    gateway = StripeGateway(stripe_config(sandbox), call_seconds_max=5, whole_seconds_max=10)
    till.clock.set(utc_now())
    async with till.database.transaction() as session:
        account = await save_account(
            session,
            till.vault,
            merchant=till.merchant.id,
            provider="stripe",
            config={},
            now=till.clock(),
        )
    gateways = Gateways(till.database, till.vault, {"stripe": lambda _: gateway})
    yield Shop(
        replace(till, gateways=gateways, account=account), gateway, sandbox, utc_now().date()
    )
    await gateway.close()
    if sandbox.process is not None:
        sandbox.stop()


async def test_a_day_of_everything_that_stripe_books_matches(shop: Shop) -> None:
    """Three kinds of currency, a part of a hold, refunds that go through, wait and come back, a dispute."""
    till = shop.till
    paid, first = await shop.charged(4999, "GBP")
    await shop.charged(1200, "JPY")
    await shop.charged(1250, "KWD")
    held, _ = await shop.charged(8000, "GBP", capture="manual")
    await till.place_capture(held, 3000)
    await till.place_refund(paid, 999)
    _, failing = await shop.charged(2000, "GBP", "pm_card_refundFail")
    waiting, _ = await shop.charged(2500, "GBP", "pm_card_pendingRefund")
    _, disputed = await shop.charged(7000, "GBP", "pm_card_createDispute")
    await shop.carry_out()
    await shop.refunded_at_psp(first, 1)
    await shop.refunded_at_psp(failing, 700)
    for attempt in (first, failing):
        await shop.look(attempt)

    async def came_back() -> bool:
        return any(refund.state == "failed" for refund in (await shop.look(failing)).refunds)

    async def contested() -> bool:
        return bool((await shop.look(disputed)).disputes)

    await eventually(came_back, seconds=20)
    await eventually(contested, seconds=20)
    # Last of all, so that Stripe has not finished it: it is booked there already, and here not yet.
    await till.place_refund(waiting, 600)
    await shop.carry_out()
    found = await shop.closed()

    assert [] == [each for result in found for each in result.differences]
    assert 7 == sum(result.counts["charge"]["matched"] for result in found)
    assert (4, 1) == (
        sum(result.counts["refund"]["matched"] for result in found),
        sum(result.counts["refund"]["under_way"] for result in found),
    )
    assert 1 == sum(result.counts["dispute"]["matched"] for result in found)
    assert 24499 - 5000 == sum(result.sums["GBP"]["charge"]["psp"] for result in found)


async def test_what_only_one_side_knows_is_named(shop: Shop) -> None:
    till = shop.till
    _, known = await shop.charged(4999, "GBP")
    foreign = await shop.sandbox.stripe().v1.payment_intents.create_async(
        {
            "amount": 333,
            "currency": "gbp",
            "payment_method": "pm_card_visa",
            "confirm": True,
            "allowed_payment_method_types": ["card"],
        }
    )
    refund = await shop.refunded_at_psp(known, 40)
    async with till.database.transaction() as session:
        await book(
            session,
            merchant=till.merchant.id,
            payment=known.payment,
            attempt=known.id,
            account=till.account,
            kind="charge",
            reference="pi_nowhere",
            money=Money.of(77, "GBP"),
            now=till.clock(),
        )
    found = [each for result in await shop.closed() for each in result.differences]

    assert {
        (foreign.id, "missing_here", None, 333),
        (refund, "missing_here", None, -40),
        ("pi_nowhere", "missing_at_psp", 77, None),
    } == {
        (each["reference"], each["difference"], each["amount_here"], each["amount_at_psp"])
        for each in found
    }


async def test_books_that_cannot_be_read_are_no_books_that_match(shop: Shop) -> None:
    await shop.charged(4999, "GBP")
    shop.sandbox.stop()
    with pytest.raises(GatewayUnavailable):
        await shop.closed()
    await shop.sandbox.start()

    assert {"matched"} == {each.state for each in await shop.closed()}
