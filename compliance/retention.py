"""Retention (PCI DSS 3.2.1, GDPR article 5(1)(e)): what is past its rule goes, in small batches, once a day.

Each room says in a `DataKind` what it deletes; `app.wiring.RETAINED` lists them all. Every batch is a transaction of
its own and asks the database anew, so that a run that was cut short, or is made twice, does no harm. No kind holds the
journal or an amount of money: those are kept.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar, Final

import sqlalchemy as sa

from compliance.merchant_settings import Setting, read, whole
from compliance.merchants import list_merchants
from core import work
from core.clock import Clock, rfc3339
from core.database import Database, JsonText, Session, UtcDateTime, metadata, upsert

ROUND: Final = "retention.round"
SWEEP: Final = "retention.sweep"
_EVERYBODY: Final = "all"
_EVERY: Final = timedelta(days=1)
# Between two pieces of one merchant's run, so that other work has its turn.
_PAUSE: Final = timedelta(seconds=10)
_BATCHES_MAX: Final = 10

retention_reports = sa.Table(
    "retention_reports",
    metadata,
    sa.Column("merchant", sa.String(40), sa.ForeignKey("merchants.id"), primary_key=True),
    sa.Column("made_at", UtcDateTime, nullable=False),
    sa.Column("rows", JsonText, nullable=False),
)


@dataclass(frozen=True, slots=True)
class RetentionPolicy(Setting):
    """After how many days each kind of data goes. Null is the default; where that is none, it is kept until erased."""

    name: ClassVar[str] = "retention"
    # The fraud rules look back for at most 90 days over the addresses that agents signed in from.
    sessions_days: int = whole(90, least=90, most=400)
    visitors_days: int = whole(180, least=30, most=1_000)
    page_reports_days: int = whole(90, least=30, most=400)
    message_bodies_days: int | None = whole(None, least=30, most=3_650)
    contact_words_days: int | None = whole(None, least=30, most=3_650)
    # A dispute may come half a year after the payment.
    customers_days: int | None = whole(None, least=180, most=3_650)


@dataclass(frozen=True, slots=True)
class Past:
    """What is past its rule: how many rows, and when the oldest was made or used last."""

    rows: int
    oldest: datetime | None


Look = Callable[[Session, str, datetime, datetime], Awaitable[Past]]
Sweep = Callable[[Session, str, datetime, datetime], Awaitable[int]]


@dataclass(frozen=True, slots=True)
class DataKind:
    """One kind of data that ends. `look` and `sweep` take the session, the merchant, the moment, and the present.

    `sweep` deletes one batch of what is older than the moment and says how many rows that were; 0 means all done.
    """

    name: str
    what: str
    tables: tuple[str, ...]
    field: str
    look: Look
    sweep: Sweep

    def days(self, policy: RetentionPolicy) -> int | None:
        """The rule that holds; None keeps it until it is erased."""
        days: int | None = getattr(policy, self.field)
        return days


async def plan(session: Session, *, now: datetime) -> None:
    """Plans the rounds, unless they are planned."""
    await work.schedule_once(session, ROUND, _EVERYBODY, due_at=now)


async def look_at(
    session: Session, kinds: Sequence[DataKind], merchant: str, *, now: datetime
) -> list[dict[str, Any]]:
    """A row a kind: its rule, and what is past it. Changes nothing."""
    policy = await read(session, merchant, RetentionPolicy)
    rows = []
    for kind in kinds:
        days = kind.days(policy)
        past = Past(0, None)
        if days is not None:
            past = await kind.look(session, merchant, now - timedelta(days=days), now)
        rows.append(
            {
                "kind": kind.name,
                "what": kind.what,
                "setting": f"retention.{kind.field}",
                "days": days,
                "past": past.rows,
                "oldest": None if past.oldest is None else rfc3339(past.oldest),
            }
        )
    return rows


async def last_report(session: Session, merchant: str) -> dict[str, Any] | None:
    """What the last complete run of this merchant's did; None before the first."""
    row = await session.one_or_none(
        sa.select(retention_reports).where(retention_reports.c.merchant == merchant)
    )
    return None if row is None else {"made_at": rfc3339(row["made_at"]), "kinds": row["rows"]}


@dataclass(frozen=True, slots=True)
class Retention:
    """The runs of one house."""

    database: Database
    kinds: Sequence[DataKind]
    clock: Clock

    async def round(self, item: work.Work) -> None:
        """Handler: plans each merchant's run of the day."""
        now = self.clock()
        async with self.database.transaction() as session:
            for merchant in await list_merchants(session):
                await work.schedule_once(session, SWEEP, merchant.id, due_at=now)
            await work.postpone(session, item, due_at=now + _EVERY)

    async def handle(self, item: work.Work) -> None:
        """Handler: a piece of one merchant's run. What has been deleted so far is carried in the work's payload."""
        deleted, done = await self._piece(item.subject, dict(item.payload))
        now = self.clock()
        async with self.database.transaction() as session:
            if not done:
                await work.postpone(session, item, due_at=now + _PAUSE, payload=deleted)
            elif await work.finish(session, item):
                await self._report(session, item.subject, deleted, now=now)

    async def run(self, merchant: str) -> list[dict[str, Any]]:
        """All of one merchant's run at once, and its report."""
        deleted: dict[str, int] = {}
        done = False
        while not done:
            deleted, done = await self._piece(merchant, deleted)
        async with self.database.transaction() as session:
            return await self._report(session, merchant, deleted, now=self.clock())

    async def _piece(self, merchant: str, deleted: dict[str, int]) -> tuple[dict[str, int], bool]:
        """At most so many batches. Answers the sums, and whether all is done."""
        now = self.clock()
        async with self.database.snapshot() as session:
            policy = await read(session, merchant, RetentionPolicy)
        left = _BATCHES_MAX
        for kind in self.kinds:
            days = kind.days(policy)
            gone = 0 if days is None else 1
            while gone and days is not None:
                if left == 0:
                    return deleted, False
                left -= 1
                async with self.database.transaction() as session:
                    gone = await kind.sweep(session, merchant, now - timedelta(days=days), now)
                deleted[kind.name] = deleted.get(kind.name, 0) + gone
        return deleted, True

    async def _report(
        self, session: Session, merchant: str, deleted: dict[str, int], *, now: datetime
    ) -> list[dict[str, Any]]:
        rows = [
            {**row, "deleted": deleted.get(row["kind"], 0)}
            for row in await look_at(session, self.kinds, merchant, now=now)
        ]
        fresh = {"made_at": now, "rows": rows}
        await session.execute(
            upsert(session, retention_reports)
            .values(merchant=merchant, **fresh)
            .on_conflict_do_update(index_elements=["merchant"], set_=fresh)
        )
        return rows


def rows_where(
    table: sa.Table, moment: sa.ColumnElement[Any], old: Callable[[str, datetime, datetime], Any]
) -> Look:
    """A look that counts what a condition says of a table."""

    async def look(session: Session, merchant: str, before: datetime, now: datetime) -> Past:
        rows = await session.all(
            sa.select(sa.func.count().label("rows"), sa.func.min(moment).label("oldest"))
            .select_from(table)
            .where(old(merchant, before, now))
        )
        return Past(rows[0]["rows"], rows[0]["oldest"])

    return look


def deleting(
    table: sa.Table,
    key: sa.ColumnElement[Any],
    old: Callable[[str, datetime, datetime], Any],
    *,
    batch: int = 500,
) -> Sweep:
    """A sweep that deletes what a condition says, a batch at a time."""

    async def sweep(session: Session, merchant: str, before: datetime, now: datetime) -> int:
        ids = sa.select(key).where(old(merchant, before, now)).order_by(key).limit(batch)
        gone = await session.all(sa.delete(table).where(key.in_(ids)).returning(key))
        return len(gone)

    return sweep
