"""A till: one merchant's account at a PSP made by hand, and payments to try it with."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from compliance.journal import Entry, Query, Reader
from compliance.merchants import Merchant
from compliance.vault import Vault
from core import work
from core.database import Database, Session
from core.ids import new_id
from core.money import Money
from payments.accounts import Gateways, save_account
from payments.approvals import ApprovalPolicy
from payments.attempts import ASK, Attempt, Submission, begin_attempt, get_attempt
from payments.fraud import FraudCheck, Verdict
from payments.gateway import CardFacts, ChargeOrder, Outcome
from payments.inbox import MATCH, Inbox
from payments.money_after import order_capture, order_refund, order_release
from payments.order_desk import OrderDesk
from payments.orders import SEND, Order, get_order
from payments.outcomes import record_outcome
from payments.payments import Payment, create_payment, get_payment, lock_payment
from payments.sweep import Sweep
from payments.tables import transactions
from tests.payments.fakes import FakeGateway, Step
from tests.support.clock import SettableClock


def order_of(attempt: Attempt) -> ChargeOrder:
    """What the checkout hands the PSP for an attempt."""
    return ChargeOrder(
        attempt_id=attempt.id,
        amount=attempt.amount,
        method="pm_1",
        capture=attempt.capture,
        description="INV-1",
        force_challenge=False,
        metadata={},
    )


ALLOWED = FraudCheck(Verdict.ALLOW, 0, ())


@dataclass(frozen=True)
class Till:
    """What a test does with the room, one transaction each."""

    database: Database
    vault: Vault
    clock: SettableClock
    reader: Reader
    merchant: Merchant
    gateway: FakeGateway
    gateways: Gateways
    account: str

    @property
    def inbox(self) -> Inbox:
        return Inbox(self.database, self.vault, self.gateways, self.clock)

    @property
    def sweep(self) -> Sweep:
        return Sweep(self.database, self.gateways, self.clock)

    @property
    def order_desk(self) -> OrderDesk:
        return OrderDesk(self.database, self.gateways, self.clock)

    async def owe(self, minor: int = 4999, currency: str = "GBP", **changes: Any) -> Payment:
        """A new debt."""
        asked: dict[str, Any] = {
            "merchant": self.merchant.id,
            "link": new_id("lnk", self.clock()),
            "agent": None,
            "customer": None,
            "due": Money.of(minor, currency),
            "capture": "automatic",
        }
        async with self.database.transaction() as session:
            return await create_payment(session, **(asked | changes), now=self.clock())

    async def begin(
        self, payment: Payment, *, method: str | None = None, check: FraudCheck = ALLOWED
    ) -> Attempt:
        """One more try, as the checkout begins it."""
        async with self.database.transaction() as session:
            await session.lock(payment.link)
            held = await lock_payment(session, payment.id)
            return await begin_attempt(
                session, held, self.submission(method), check=check, now=self.clock()
            )

    def submission(self, method: str | None = None, **changes: Any) -> Submission:
        """What a page handed in."""
        asked: dict[str, Any] = {
            "account": self.account,
            "method": method or new_id("pg", self.clock()),
            "card": CardFacts(),
            "fingerprint": None,
            "origin": None,
            "device": None,
        }
        return Submission(**(asked | changes))

    async def tell(self, attempt: Attempt, *outcomes: Outcome) -> Attempt:
        """What the PSP says of an attempt, a transaction each; the attempt as it is then."""
        for outcome in outcomes:
            async with self.database.transaction() as session:
                attempt = await record_outcome(
                    session, attempt.id, outcome, actor=f"psp:{self.account}", now=self.clock()
                )
        return attempt

    async def payment(self, payment: Payment) -> Payment:
        """As it stands now."""
        async with self.database.snapshot() as session:
            return await get_payment(session, payment.id)

    async def attempt(self, attempt: Attempt) -> Attempt:
        """As it stands now."""
        async with self.database.snapshot() as session:
            return await get_attempt(session, attempt.id)

    async def attempt_by(self, attempt_id: str) -> Attempt:
        """The attempt with this id, as it stands now."""
        async with self.database.snapshot() as session:
            return await get_attempt(session, attempt_id)

    async def events(self, payment: Payment | None = None) -> list[Entry]:
        """The merchant's journal, oldest first; of one payment if it is named."""
        query = Query(merchant=self.merchant.id, link=payment.link if payment else None, limit=500)
        async with self.database.snapshot() as session:
            return await self.reader.read(session, query)

    async def story(self, payment: Payment) -> list[str]:
        """The types of what was recorded of a payment."""
        return [each.type for each in await self.events(payment)]

    async def booked(self, payment: Payment) -> list[tuple[str, int]]:
        """The movements of money of a payment."""
        async with self.database.snapshot() as session:
            rows = await session.all(
                sa.select(transactions).where(transactions.c.payment == payment.id)
            )
        return [(row["reference"], row["amount"]) for row in rows]

    async def due(self, kind: str = ASK) -> list[work.Work]:
        """What is due now, claimed as a worker would."""
        async with self.database.transaction() as session:
            return await work.claim(
                session, kinds=[kind], now=self.clock(), lease_seconds=60, limit=50
            )

    async def planned(self, subject: str | None = None, kind: str = ASK) -> timedelta | None:
        """How long from now the work is due, or None when there is none."""
        wanted = work.work_table.c.kind == kind
        if subject is not None:
            wanted &= work.work_table.c.subject == subject
        async with self.database.snapshot() as session:
            due_at = await session.scalar(sa.select(work.work_table.c.due_at).where(wanted))
        return None if due_at is None else due_at - self.clock()

    async def run_sweep(self) -> int:
        """Asks about what is due, once each; says how many there were."""
        jobs = await self.due(ASK)
        for job in jobs:
            await self.sweep.ask(job)
        return len(jobs)

    async def charged(self, payment: Payment, *steps: Step) -> Attempt:
        """One more try that went through the PSP made by hand."""
        attempt = await self.begin(payment)
        self.gateway.script.extend(steps)
        outcome = await self.gateway.charge(order_of(attempt))
        return await self.tell(attempt, outcome)

    @asynccontextmanager
    async def held(self, payment: Payment) -> AsyncIterator[tuple[Session, Payment]]:
        """A transaction with the payment locked, as a door has it."""
        async with self.database.transaction() as session:
            await session.lock(payment.link)
            yield session, await lock_payment(session, payment.id)

    async def place_capture(self, payment: Payment, amount: int | None = None) -> Order:
        async with self.held(payment) as (session, locked):
            return await order_capture(session, locked, amount, actor="user:1", now=self.clock())

    async def place_release(self, payment: Payment) -> Order:
        async with self.held(payment) as (session, locked):
            return await order_release(session, locked, actor="user:1", now=self.clock())

    async def place_refund(
        self, payment: Payment, amount: int | None = None, *, needs_approval: bool = False
    ) -> Order:
        async with self.held(payment) as (session, locked):
            return await order_refund(
                session,
                locked,
                amount,
                reason="requested_by_customer",
                actor="user:1",
                policy=ApprovalPolicy(refund_amount_units=0 if needs_approval else None),
                now=self.clock(),
            )

    async def order(self, order: Order) -> Order:
        """As it stands now."""
        async with self.database.snapshot() as session:
            return await get_order(session, order.id)

    async def run_orders(self) -> int:
        """Carries out what is due, once each; says how many there were."""
        jobs = await self.due(SEND)
        for job in jobs:
            await self.order_desk.handle(job)
        return len(jobs)

    async def run_match(self) -> int:
        """Tries waiting reports that are due, once each; says how many there were."""
        jobs = await self.due(MATCH)
        for job in jobs:
            await self.inbox.match(job)
        return len(jobs)


NewTill = Callable[[Merchant], Awaitable[Till]]


@pytest.fixture
def new_till(database: Database, vault: Vault, clock: SettableClock, reader: Reader) -> NewTill:
    """Sets up a merchant's account at a PSP of its own."""

    async def make(merchant: Merchant) -> Till:
        gateway = FakeGateway()
        async with database.transaction() as session:
            account = await save_account(
                session, vault, merchant=merchant.id, provider="fake", config={}, now=clock()
            )
        gateways = Gateways(database, vault, {"fake": lambda _: gateway})
        return Till(database, vault, clock, reader, merchant, gateway, gateways, account)

    return make


@pytest.fixture
async def till(new_till: NewTill, merchant: Merchant) -> Till:
    return await new_till(merchant)
