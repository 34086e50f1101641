"""Anchors leave this host by themselves: taken every few minutes, and sent to each destination until it has them.

How far a destination has been told of a merchant is a row, so that one that was away is told everything it missed, in
order. What was told twice still holds. `app.anchors` has the destinations.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol

import sqlalchemy as sa
import structlog

from compliance.journal.anchors import Anchor, anchor_of, journal_anchors, take_anchor
from compliance.journal.entry import journal_entries, journal_heads
from compliance.merchants import list_merchants
from compliance.vault import Vault
from core import work
from core.clock import Clock
from core.database import Database, Session, UtcDateTime, metadata, upsert
from core.errors import Kind, PaythreadError

log = structlog.get_logger()

ROUND: Final = "journal.anchors"
_EVERYBODY: Final = "all"
LINES_MAX: Final = 500
_BATCHES_MAX: Final = 4
# What did not arrive, or did not fit into one round, is tried again after so long, or sooner where rounds are closer.
_AGAIN: Final = timedelta(minutes=1)

journal_anchor_sends = sa.Table(
    "journal_anchor_sends",
    metadata,
    sa.Column("destination", sa.String(200), primary_key=True),
    sa.Column("merchant", sa.String(40), primary_key=True),
    sa.Column("position", sa.BigInteger, nullable=False),
    sa.Column("sent_at", UtcDateTime, nullable=False),
)


class AnchorsUnsent(PaythreadError):
    """A destination did not take the anchors; the sentence says why, without a secret."""

    code = "anchors_unsent"
    kind = Kind.UNAVAILABLE


class Destination(Protocol):
    """Somewhere that the database's writers do not reach."""

    @property
    def name(self) -> str:
        """What it is told by in logs, metrics and its rows: at most 200 characters, without a secret."""
        ...

    async def send(self, lines: Sequence[str]) -> None:
        """Hands the lines over, each one JSON object. Raises `AnchorsUnsent` unless it has all of them."""
        ...


async def plan(session: Session, *, now: datetime) -> None:
    """Plans the rounds, unless they are planned."""
    await work.schedule_once(session, ROUND, _EVERYBODY, due_at=now)


@dataclass(frozen=True, slots=True)
class Anchoring:
    """The rounds of one house. Without destinations there are none."""

    database: Database
    vault: Vault
    destinations: Sequence[Destination]
    every: timedelta
    clock: Clock

    async def round(self, item: work.Work) -> None:
        """Handler: a round, and the next one planned."""
        if not self.destinations:
            async with self.database.transaction() as session:
                await work.finish(session, item)
            return
        done = await self.run()
        after = self.every if done else min(self.every, _AGAIN)
        async with self.database.transaction() as session:
            await work.postpone(session, item, due_at=self.clock() + after)

    async def run(self) -> bool:
        """Anchors every journal that has grown, and tells each destination. Whether all of them have everything."""
        async with self.database.snapshot() as session:
            merchants = await list_merchants(session)
        for merchant in merchants:
            async with self.database.transaction() as session:
                await take_anchor(session, self.vault, merchant.id, now=self.clock())
        told = [await self._tell(destination) for destination in self.destinations]
        return all(told)

    async def _tell(self, destination: Destination) -> bool:
        for _ in range(_BATCHES_MAX):
            async with self.database.snapshot() as session:
                anchors = await _untold(session, destination.name)
            if not anchors:
                return True
            try:
                await destination.send([anchor.as_line() for anchor in anchors])
            except AnchorsUnsent as error:
                log.error("anchors.unsent", destination=destination.name, reason=error.detail)
                return False
            async with self.database.transaction() as session:
                await _note(session, destination.name, anchors, now=self.clock())
        return False


async def unproven_since(session: Session, names: Sequence[str]) -> Mapping[str, datetime | None]:
    """For each destination the time of the earliest entry that no anchor it has covers; None where all are."""
    heads, sends, entries = journal_heads, journal_anchor_sends, journal_entries
    found: dict[str, datetime | None] = {}
    for name in names:
        sent = sa.func.coalesce(sends.c.position, 0)
        rows = await session.all(
            sa.select(sa.func.min(entries.c.occurred_at).label("since"))
            .select_from(heads)
            .outerjoin(
                sends, sa.and_(sends.c.merchant == heads.c.merchant, sends.c.destination == name)
            )
            .join(
                entries,
                sa.and_(entries.c.merchant == heads.c.merchant, entries.c.position == sent + 1),
            )
        )
        found[name] = rows[0]["since"]
    return found


async def _untold(session: Session, name: str) -> list[Anchor]:
    anchors, sends = journal_anchors, journal_anchor_sends
    rows = await session.all(
        sa.select(anchors)
        .select_from(anchors)
        .outerjoin(
            sends, sa.and_(sends.c.merchant == anchors.c.merchant, sends.c.destination == name)
        )
        .where(anchors.c.position > sa.func.coalesce(sends.c.position, 0))
        .order_by(anchors.c.merchant, anchors.c.position)
        .limit(LINES_MAX)
    )
    return [anchor_of(row) for row in rows]


async def _note(session: Session, name: str, anchors: Sequence[Anchor], *, now: datetime) -> None:
    """What another process has noted meanwhile is never taken back."""
    upto = {anchor.merchant: anchor.position for anchor in anchors}
    for merchant, position in sorted(upto.items()):
        told = {"position": position, "sent_at": now}
        await session.execute(
            upsert(session, journal_anchor_sends)
            .values(destination=name, merchant=merchant, **told)
            .on_conflict_do_update(
                index_elements=["destination", "merchant"],
                set_=told,
                where=journal_anchor_sends.c.position < position,
            )
        )
