"""Looks through the journal for one thread: who did what to which object, when, and from where (PCI DSS 10.2, 10.4).

Newest first. The journal has indexes for links, customers, agents and types. What was done by one actor, from one
address or to one payment is found by reading backwards, a bounded way a page: such a page may come back short, or
empty, and says how far back it has looked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from compliance.journal.entry import journal_entries
from compliance.journal.facts import ROOM, position_at
from compliance.journal.find import find_rows
from compliance.journal.query import Query
from compliance.journal.read import Reader
from core.database import Session

# So many entries are read backwards for one page at the most.
LOOKED_AT_MAX: Final = 20_000

# The columns that an object is named by, and the prefix of its id.
OBJECT_COLUMNS: Final = {
    "lnk": "link",
    "pay": "payment",
    "att": "attempt",
    "cus": "customer",
    "cnv": "conversation",
    "usr": "agent",
}
_INDEXED: Final = frozenset({"link", "customer"})
_COLUMNS: Final = journal_entries.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What is looked for in one merchant's journal: every limit given holds at once.

    `actor` is `user:usr_…`, `key:key_…`, `customer`, `system` and the like, `column` and `object` what it was
    done to (one of `OBJECT_COLUMNS`), `origin` the address it came from. `since` is the first moment, `until` the
    first one after. `before` is a position.
    """

    merchant: str
    since: datetime | None = None
    until: datetime | None = None
    types: frozenset[str] | None = None
    actor: str | None = None
    column: str | None = None
    object: str | None = None
    origin: str | None = None
    before: int | None = None
    limit: int = 50


@dataclass(frozen=True, slots=True)
class Evidence:
    """The entries as evidence; `next_position` is where to go on, None when the stretch was looked through.

    `looked_back_to` is the time of the earliest entry that was looked at, None where there was none.
    """

    entries: Sequence[dict[str, Any]]
    next_position: int | None
    looked_back_to: datetime | None


async def search(
    session: Session, reader: Reader, wanted: Search, *, looked_at_max: int = LOOKED_AT_MAX
) -> Evidence:
    """One page of what is looked for, newest first."""
    first, last = await _stretch(session, wanted)
    if first >= last:
        return Evidence([], None, None)
    indexed = wanted.column is None or wanted.column in _INDEXED
    if indexed and wanted.actor is None and wanted.origin is None:
        rows = await _by_index(session, wanted, first, last)
        floor = first
    else:
        floor = max(first, last - looked_at_max)
        rows = await _backwards(session, wanted, floor, last)
    shown = rows[: wanted.limit]
    following: int | None = None
    if len(rows) > wanted.limit:
        following = shown[-1]["position"]
    elif floor > first:
        following = floor
    seen = floor if following is None else following
    return Evidence(
        [await evidence(session, reader, row) for row in shown if _within(wanted, row)],
        following,
        await _moment(session, wanted.merchant, seen),
    )


async def evidence(session: Session, reader: Reader, row: sa.RowMapping) -> dict[str, Any]:
    """The event, where it came from, and its place in the chain."""
    entry = await reader.entry(session, row)
    return {
        **entry.as_event(),
        "origin": row["origin"],
        "hash": row["hash"],
        "previous_hash": row["previous_hash"],
    }


async def _stretch(session: Session, wanted: Search) -> tuple[int, int]:
    """The positions to look through: from the first up to, not including, the last."""
    first = 1
    if wanted.since is not None:
        first = await position_at(session, wanted.merchant, wanted.since - ROOM)
    if wanted.until is not None:
        last = await position_at(session, wanted.merchant, wanted.until + ROOM)
    else:
        highest = sa.select(sa.func.max(_COLUMNS.position))
        last = (await session.scalar(highest.where(_COLUMNS.merchant == wanted.merchant)) or 0) + 1
    return first, last if wanted.before is None else min(last, wanted.before)


async def _by_index(
    session: Session, wanted: Search, first: int, last: int
) -> Sequence[sa.RowMapping]:
    return await find_rows(
        session,
        Query(
            merchant=wanted.merchant,
            after=first - 1,
            before=last,
            link=wanted.object if wanted.column == "link" else None,
            customer=wanted.object if wanted.column == "customer" else None,
            types=wanted.types,
            newest_first=True,
            limit=wanted.limit + 1,
        ),
    )


async def _backwards(
    session: Session, wanted: Search, first: int, last: int
) -> Sequence[sa.RowMapping]:
    statement = sa.select(journal_entries).where(
        _COLUMNS.merchant == wanted.merchant, _COLUMNS.position >= first, _COLUMNS.position < last
    )
    for name, value in (
        ("actor", wanted.actor),
        ("origin", wanted.origin),
        (wanted.column, wanted.object),
    ):
        if name is not None and value is not None:
            statement = statement.where(_COLUMNS[name] == value)
    if wanted.types is not None:
        statement = statement.where(_COLUMNS.type.in_(sorted(wanted.types)))
    newest = statement.order_by(_COLUMNS.position.desc()).limit(wanted.limit + 1)
    return await session.all(newest)


def _within(wanted: Search, row: sa.RowMapping) -> bool:
    happened: datetime = row["occurred_at"]
    return (wanted.since is None or wanted.since <= happened) and (
        wanted.until is None or happened < wanted.until
    )


async def _moment(session: Session, merchant: str, position: int) -> datetime | None:
    row = await session.one_or_none(
        sa.select(_COLUMNS.occurred_at)
        .where(_COLUMNS.merchant == merchant, _COLUMNS.position >= position)
        .order_by(_COLUMNS.position)
        .limit(1)
    )
    return None if row is None else row["occurred_at"]
