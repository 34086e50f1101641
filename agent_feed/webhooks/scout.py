"""Sees which endpoints the journal has got ahead of, and makes their work due. Asked at every look of the worker."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Final

import sqlalchemy as sa

from agent_feed.webhooks.acts import CARRY
from agent_feed.webhooks.endpoints import ENABLED, webhook_endpoints
from agent_feed.webhooks.patterns import types_of
from compliance.journal.entry import journal_entries, journal_heads
from core import work
from core.clock import Clock
from core.database import Database, Session
from core.work import work_table

PAGE: Final = 200
_REMEMBERED_MAX: Final = 10_000


class Scout:
    """Remembers up to where an endpoint wants nothing, so that what others are told of costs it no look."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        # By endpoint: when it was last changed, and up to which position nothing is for it.
        self._nothing_until: dict[str, tuple[datetime, int]] = {}

    async def look(self) -> None:
        """Hastens the work of each endpoint that has entries to come."""
        now = self._clock()
        async with self._database.snapshot() as session:
            behind = [
                row["id"]
                async for row in _behind(session, now)
                if await self._wants_any(session, row)
            ]
        if not behind:
            return
        async with self._database.transaction() as session:
            for endpoint in behind:
                await work.hasten(session, CARRY, endpoint, due_at=now)

    async def _wants_any(self, session: Session, row: sa.RowMapping) -> bool:
        changed_at, position = self._nothing_until.get(row["id"], (None, 0))
        after = max(row["position"], position if changed_at == row["updated_at"] else 0)
        if after >= row["head"]:
            return False
        columns = journal_entries.c
        wanted = await session.scalar(
            sa.select(sa.literal(1))
            .select_from(journal_entries)
            .where(
                columns.merchant == row["merchant"],
                columns.type.in_(sorted(types_of(row["events"]))),
                columns.position > after,
            )
            .limit(1)
        )
        if wanted is None:
            if len(self._nothing_until) >= _REMEMBERED_MAX:
                self._nothing_until.clear()
            self._nothing_until[row["id"]] = (row["updated_at"], row["head"])
        return wanted is not None


async def _behind(session: Session, now: datetime) -> AsyncIterator[sa.RowMapping]:
    """Endpoints whose journal is longer than what they were told, and which nobody is about to look after."""
    columns = webhook_endpoints.c
    own_work = sa.and_(work_table.c.kind == CARRY, work_table.c.subject == columns.id)
    idle = sa.or_(
        work_table.c.id.is_(None),
        sa.and_(
            work_table.c.lease.is_(None), work_table.c.attempts == 0, work_table.c.due_at > now
        ),
    )
    statement = (
        sa.select(
            columns.id,
            columns.merchant,
            columns.events,
            columns.position,
            columns.updated_at,
            journal_heads.c.position.label("head"),
        )
        .join(journal_heads, journal_heads.c.merchant == columns.merchant)
        .join(work_table, own_work, isouter=True)
        .where(
            columns.status == ENABLED,
            columns.position < journal_heads.c.position,
            sa.or_(columns.full_until.is_(None), columns.full_until <= now),
            idle,
        )
        .order_by(columns.id)
        .limit(PAGE)
    )
    last = ""
    while True:
        rows = await session.all(statement.where(columns.id > last))
        for row in rows:
            yield row
        if len(rows) < PAGE:
            return
        last = rows[-1]["id"]
