"""Reads many entries for counting: their plain columns, and nothing that is sealed.

Positions follow the commits and `occurred_at` the facts, so the two run side by side, but not in step. A stretch of
time is therefore a stretch of positions with some room on both sides, out of which the time is then chosen.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, Final, NamedTuple

import sqlalchemy as sa

from compliance.journal.entry import NOBODY, journal_entries
from core.database import Session, unindexed
from core.ids import made_at

_COLUMNS: Final = journal_entries.c
# How far a fact may lie from its commit, with clocks that differ.
ROOM: Final = timedelta(hours=1)
_PAGE: Final = 2000
_LINKS_AT_ONCE: Final = 200


class Fact(NamedTuple):
    """One entry, as far as it can be counted."""

    position: int
    type: str
    occurred_at: datetime
    link: str | None
    conversation: str | None
    agent: str | None
    channel: str | None
    actor: str
    data: dict[str, Any]
    attempt: str | None = None
    payment: str | None = None


async def facts_between(
    session: Session, merchant: str, types: Iterable[str], since: datetime, until: datetime
) -> list[Fact]:
    """The merchant's entries of these types from `since` up to, not including, `until`, in position order."""
    first = await position_at(session, merchant, since - ROOM)
    last = await position_at(session, merchant, until + ROOM)
    found: list[Fact] = []
    for kind in sorted(set(types)):
        after = first - 1
        while True:
            rows = await session.all(
                _chosen(merchant)
                .where(_COLUMNS.type == kind, _COLUMNS.position > after, _COLUMNS.position < last)
                .order_by(_COLUMNS.position)
                .limit(_PAGE)
            )
            found += [_fact(row) for row in rows if since <= row["occurred_at"] < until]
            if len(rows) < _PAGE:
                break
            after = rows[-1]["position"]
    return sorted(found)


async def facts_of_links(
    session: Session, merchant: str, links: Sequence[str], types: Iterable[str]
) -> list[Fact]:
    """The entries of these types about any of the links, whenever they were, in position order of each link."""
    kinds = sorted(set(types))
    found: list[Fact] = []
    for some in _chunks(links):
        rows = await session.all(
            _chosen(merchant)
            .where(_COLUMNS.link.in_(some), unindexed(session, _COLUMNS.type).in_(kinds))
            .order_by(_COLUMNS.link, _COLUMNS.position)
        )
        found += map(_fact, rows)
    return found


def _chosen(merchant: str) -> sa.Select[Any]:
    return sa.select(*(_COLUMNS[name] for name in Fact._fields)).where(
        _COLUMNS.merchant == merchant
    )


def _fact(row: sa.RowMapping) -> Fact:
    fact = Fact(*(row[name] for name in Fact._fields))
    return fact._replace(agent=None) if fact.agent == NOBODY else fact


def _chunks(links: Sequence[str]) -> Iterator[list[str]]:
    rest = iter(links)
    while some := list(islice(rest, _LINKS_AT_ONCE)):
        yield some


async def position_at(session: Session, merchant: str, moment: datetime) -> int:
    """Where the entries from `moment` on begin, found by halving what is left."""
    bounds = await session.one_or_none(
        sa.select(
            sa.func.min(_COLUMNS.position).label("low"),
            sa.func.max(_COLUMNS.position).label("high"),
        ).where(_COLUMNS.merchant == merchant)
    )
    assert bounds is not None
    if bounds["low"] is None:
        return 0
    low, high = bounds["low"], bounds["high"] + 1
    while low < high:
        middle = (low + high) // 2
        row = await session.one_or_none(
            sa.select(_COLUMNS.position, _COLUMNS.id)
            .where(_COLUMNS.merchant == merchant, _COLUMNS.position >= middle)
            .order_by(_COLUMNS.position)
            .limit(1)
        )
        assert row is not None
        # Its id says when it was made: what a system tells long afterwards would lead astray by when it happened.
        if made_at(row["id"]) < moment:
            low = row["position"] + 1
        else:
            high = middle
    return int(low)
