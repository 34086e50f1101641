"""A till: one merchant's account at a PSP made by hand, and payments to try it with."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from compliance.journal import Entry, Query, Reader
from compliance.merchants import Merchant
from compliance.vault import Vault
from core import work
from core.database import Database
from core.ids import new_id
from core.money import Money
from payments.accounts import Gateways, save_account
from payments.attempts import ASK, Attempt, Submission, begin_attempt, get_attempt
from payments.fraud import FraudCheck, Verdict
from payments.gateway import CardFacts, Outcome
from payments.inbox import MATCH, Inbox
from payments.outcomes import record_outcome
from payments.payments import Payment, create_payment, get_payment, lock_payment
from payments.sweep import Sweep
from payments.tables import transactions
from tests.payments.fakes import FakeGateway
from tests.support.clock import SettableClock

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
