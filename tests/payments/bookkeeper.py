"""Somebody who keeps the fake PSP's books beside a till's own, and closes days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from compliance.journal import Entry
from payments.gateway import Movement
from payments.payments import Payment
from payments.reconciliation_matching import Day
from payments.reconciliation_rounds import RECONCILE
from payments.reconciliation_runs import Reconciler
from payments.reconciliations import (
    Reconciliation,
    ReconciliationFilter,
    list_reconciliations,
)
from tests.payments.conftest import Till


@dataclass
class Bookkeeper:
    """Keeps the fake PSP's books, and closes days."""

    till: Till

    def __post_init__(self) -> None:
        self.reconciler = Reconciler(self.till.database, self.till.gateways, self.till.clock)

    @property
    def today(self) -> date:
        return self.till.clock().date()

    async def paid(self, minor: int = 4999, currency: str = "GBP") -> Payment:
        """A payment that both sides book now."""
        payment = await self.till.owe(minor, currency)
        attempt = await self.till.charged(payment)
        assert attempt.reference is not None
        self.writes("charge", attempt.reference, minor, currency, fee=30)
        return payment

    def writes(
        self,
        kind: str,
        reference: str,
        amount: int,
        currency: str = "GBP",
        *,
        fee: int = 0,
        later: timedelta = timedelta(0),
    ) -> None:
        """A line in the PSP's books, now or a little apart from it."""
        at = self.till.clock() + later
        line = Movement(kind, reference, amount, currency, at, fee)  # type: ignore[arg-type]
        self.till.gateway.books.append(line)
        self.till.gateway.books.sort(key=lambda each: each.occurred_at)

    def to_midnight(self, seconds: int = 0) -> date:
        """Moves the clock to that many seconds past the end of the day; answers the day that it was."""
        day = Day(self.today)
        self.till.clock.set(day.end + timedelta(seconds=seconds))
        return day.date

    async def closed(self, day: date | None = None) -> Reconciliation:
        """The day's result, early in the morning after it (or now, for an older one)."""
        if day is None:
            day = self.to_midnight(3 * 3600)
        return await self.reconciler.run(self.till.account, day)

    async def round(self) -> int:
        """Does what is due, as a worker would; says how often there was something."""
        for times in range(20):
            jobs = await self.till.due(RECONCILE)
            if not jobs:
                return times
            for job in jobs:
                await self.reconciler.handle(job)
        raise AssertionError("the round does not end")

    async def kept(self) -> Sequence[Reconciliation]:
        """What is kept of every day, newest first."""
        async with self.till.database.snapshot() as session:
            return await list_reconciliations(
                session, self.till.merchant.id, ReconciliationFilter()
            )

    async def told(self) -> list[Entry]:
        return [
            each for each in await self.till.events() if each.type == "reconciliation.completed"
        ]
