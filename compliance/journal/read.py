"""Reads entries as the public event object of the contract."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from compliance.journal.entry import Entry, entry_of, journal_entries, journal_heads
from compliance.journal.find import find_rows
from compliance.journal.query import Query
from compliance.journal.write import AGING, PRIVATE, RECALLABLE
from compliance.vault import Vault
from core.database import Session

PAGE_MAX: Final = 500
_NO_DEALING: Final = "customer.updated"


def served_by(
    agents: Sequence[str], *, merchant: str, customer: sa.ColumnElement[str]
) -> sa.ColumnElement[bool]:
    """The condition that any of the agents has ever dealt with a customer; says the same as `Reader.serves`."""
    return (
        sa.exists()
        .where(
            journal_entries.c.merchant == merchant,
            journal_entries.c.customer == customer,
            journal_entries.c.agent.in_(agents),
            journal_entries.c.type != _NO_DEALING,
        )
        .correlate_except(journal_entries)
    )


async def count_latest(
    session: Session,
    *,
    merchant: str,
    type_: str,
    channel: str | None = None,
    since: datetime,
    looked_at_max: int,
) -> int:
    """How many entries of a type there are by this channel (None: by any) since then, as far as the newest tell."""
    newest = (
        sa.select(journal_entries.c.channel, journal_entries.c.occurred_at)
        .where(journal_entries.c.merchant == merchant, journal_entries.c.type == type_)
        .order_by(journal_entries.c.position.desc())
        .limit(looked_at_max)
        .subquery()
    )
    found: int = await session.scalar(
        sa.select(sa.func.count())
        .select_from(newest)
        .where(
            sa.true() if channel is None else newest.c.channel == channel,
            newest.c.occurred_at > since,
        )
    )
    return found


class Reader:
    """Reads the journal, opening what was sealed for those who may see it.

    One that is `for_keeps` reads for whoever keeps a copy, such as a delivery to another system: words that may have to
    be taken back it reads as if they had been.
    """

    def __init__(self, vault: Vault, *, for_keeps: bool = False) -> None:
        self._vault = vault
        self._for_keeps = for_keeps

    async def head(self, session: Session, merchant: str) -> tuple[int, str]:
        """The last position and the epoch, in this session's snapshot."""
        row = await session.one_or_none(
            sa.select(journal_heads).where(journal_heads.c.merchant == merchant)
        )
        assert row is not None, f"merchant {merchant} has no journal"
        return row["position"], row["epoch"]

    async def read(self, session: Session, query: Query) -> list[Entry]:
        """The matching entries, at most `query.limit`, in position order (or newest first)."""
        assert 0 < query.limit <= PAGE_MAX + 1
        rows = await find_rows(session, query)
        return [await self.entry(session, row) for row in rows]

    async def find(self, session: Session, merchant: str, entry_id: str) -> Entry | None:
        """The merchant's entry of this id."""
        row = await session.one_or_none(
            sa.select(journal_entries).where(
                journal_entries.c.id == entry_id, journal_entries.c.merchant == merchant
            )
        )
        return None if row is None else await self.entry(session, row)

    async def serves(
        self, session: Session, merchant: str, agents: Sequence[str], *, customer: str
    ) -> bool:
        """Whether any of the agents has ever dealt with the customer; changing their details is no dealing."""
        found = await session.scalar(
            sa.select(sa.literal(1))
            .select_from(journal_entries)
            .where(
                journal_entries.c.merchant == merchant,
                journal_entries.c.customer == customer,
                journal_entries.c.agent.in_(agents),
                journal_entries.c.type != _NO_DEALING,
            )
            .limit(1)
        )
        return found is not None

    async def entry(self, session: Session, row: sa.RowMapping) -> Entry:
        """The entry of a row, with what was sealed beside it."""
        data: dict[str, Any] = row["data"]
        if row["sealed"] is not None:
            private = await self._vault.open(session, row["sealed"], purpose=PRIVATE)
            data = {**data, **(await self._private(session, private))}
        return entry_of(row, data=data)

    async def _private(self, session: Session, opened: str | None) -> dict[str, Any]:
        if opened is None:
            return {"erased": True}
        private: dict[str, Any] = json.loads(opened)
        if set(private) == {AGING}:
            return await self._private(
                session, await self._vault.open(session, private[AGING], purpose=PRIVATE)
            )
        if set(private) != {RECALLABLE, "instead"}:
            return private
        kept = None
        if not self._for_keeps:
            kept = await self._vault.open(session, private[RECALLABLE], purpose=PRIVATE)
        read: dict[str, Any] = private["instead"] if kept is None else json.loads(kept)
        return read
