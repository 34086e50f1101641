"""Reads entries as the public event object of the contract."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from compliance.journal.entry import Entry, entry_of, journal_entries, journal_heads
from compliance.journal.events import PRIVILEGED_TYPES
from compliance.journal.write import PRIVATE
from compliance.vault import Vault
from core.database import Session

PAGE_MAX: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Concern:
    """Entries that concern any of these: work of an agent, an act of an actor, a customer, a link."""

    agents: frozenset[str] = frozenset()
    actors: frozenset[str] = frozenset()
    customers: frozenset[str] = frozenset()
    links: frozenset[str] = frozenset()

    def covers(
        self, *, agent: str | None, actor: str | None, customer: str | None, link: str | None
    ) -> bool:
        """Whether an entry with these columns is one of them; says the same as the query does."""
        return (
            agent in self.agents
            or actor in self.actors
            or customer in self.customers
            or link in self.links
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """Which entries: one merchant's, after a position (oldest first) or before one (newest first).

    `agents` limits to entries of these agents, `concern` to entries that concern any of what it names; None is no
    limit. Every limit given holds at once.
    """

    merchant: str
    after: int | None = None
    before: int | None = None
    link: str | None = None
    customer: str | None = None
    agents: frozenset[str] | None = None
    concern: Concern | None = None
    types: frozenset[str] | None = None
    privileged: bool = True
    newest_first: bool = False
    limit: int = 50


class Reader:
    """Reads the journal, opening what was sealed for those who may see it."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

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
        rows = await session.all(_statement(query))
        return [await self._entry(session, row) for row in rows]

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
                journal_entries.c.type != "customer.updated",
            )
            .limit(1)
        )
        return found is not None

    async def _entry(self, session: Session, row: sa.RowMapping) -> Entry:
        data: dict[str, Any] = row["data"]
        if row["sealed"] is not None:
            private = await self._vault.open(session, row["sealed"], purpose=PRIVATE)
            data = {**data, **(json.loads(private) if private is not None else {"erased": True})}
        return entry_of(row, data=data)


def _statement(query: Query) -> sa.Select[Any]:
    columns = journal_entries.c
    statement = sa.select(journal_entries).where(columns.merchant == query.merchant)
    if query.after is not None:
        statement = statement.where(columns.position > query.after)
    if query.before is not None:
        statement = statement.where(columns.position < query.before)
    if query.link is not None:
        statement = statement.where(columns.link == query.link)
    if query.customer is not None:
        statement = statement.where(columns.customer == query.customer)
    if query.agents is not None:
        statement = statement.where(columns.agent.in_(sorted(query.agents)))
    if query.concern is not None:
        statement = statement.where(_concerns(query.concern))
    if query.types is not None:
        statement = statement.where(columns.type.in_(sorted(query.types)))
    if not query.privileged:
        statement = statement.where(columns.type.not_in(sorted(PRIVILEGED_TYPES)))
    order = columns.position.desc() if query.newest_first else columns.position
    return statement.order_by(order).limit(query.limit)


def _concerns(concern: Concern) -> sa.ColumnElement[bool]:
    columns = journal_entries.c
    named = (
        (columns.agent, concern.agents),
        (columns.actor, concern.actors),
        (columns.customer, concern.customers),
        (columns.link, concern.links),
    )
    return sa.or_(sa.false(), *(column.in_(sorted(ids)) for column, ids in named if ids))
