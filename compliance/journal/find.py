"""Finds the rows of a query by reading little more than them, however long the journal is.

Every index of the journal ends in the position, so the entries of one agent, customer, link or type are a range
that is read in order. A query that names several is several such ranges, merged; what it asks for besides is
checked on the way. Which of its columns leads matters: a rare type among a busy agent's entries is
found by the type, a common one by the agent.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

import sqlalchemy as sa

from compliance.journal.entry import journal_entries
from compliance.journal.events import CONFIDENTIAL_TYPES, PRIVILEGED_TYPES
from compliance.journal.query import Concern, Query
from core.database import VALUES_MAX, Session, first_of, unindexed

# More types than these are most of what happens: they are found on the way.
_TYPES_LEADING_MAX: Final = 32
# So many entries are checked sooner than a page of them is found otherwise.
_FEW: Final = 500
# The work of more agents than these is much of what happens: a page of it lies close by.
_SMALL_TEAM: Final = 16

_COLUMNS: Final = journal_entries.c


@dataclass(frozen=True, slots=True)
class _Lead:
    """The entries with any of these values in a column; None is all of the merchant's."""

    column: sa.Column[Any] | None = None
    values: tuple[str, ...] = ()


async def find_rows(session: Session, query: Query) -> Sequence[sa.RowMapping]:
    """The rows of the query, at most its `limit`, in its order."""
    types = _types(query)
    if types is not None and not types:
        return []
    close = await _close(session, query, types)
    if len(close) == query.limit:
        return close
    found: dict[int, sa.RowMapping] = {}
    for lead in await _leads(session, query, types):
        for row in await session.all(_statement(session, query, lead, types)):
            found[row["position"]] = row
    ordered = sorted(found, reverse=query.newest_first)
    return [found[position] for position in ordered[: query.limit]]


async def _close(
    session: Session, query: Query, types: frozenset[str] | None
) -> Sequence[sa.RowMapping]:
    """What the next few entries hold of a large team's query. Where that fills a page, it is the page."""
    concern = query.concern
    if concern is None or len(concern.agents) <= _SMALL_TEAM or query.customer or query.link:
        return []
    if query.newest_first:
        if query.before is None:
            return []
        near = _COLUMNS.position >= query.before - _FEW
    else:
        near = _COLUMNS.position <= (query.after or 0) + _FEW
    everywhere = _Lead()
    chosen = sa.select(journal_entries).where(near, *_limits(session, query, everywhere, types))
    return await session.all(_first(session, chosen, query, everywhere, limit=query.limit))


def _types(query: Query) -> frozenset[str] | None:
    if query.types is None or query.privileged:
        return query.types
    return query.types - PRIVILEGED_TYPES


async def _leads(session: Session, query: Query, types: frozenset[str] | None) -> Sequence[_Lead]:
    """Where to look; together they hold every entry of the query."""
    by_type = _Lead(_COLUMNS.type, tuple(sorted(types or ())))
    narrow = 0 < len(by_type.values) <= _TYPES_LEADING_MAX
    if query.link is not None:
        return [_Lead(_COLUMNS.link, (query.link,))]
    if query.customer is not None:
        leads = [_Lead(_COLUMNS.customer, (query.customer,))]
        if query.concern is not None and query.concern == Concern(agents=query.concern.agents):
            # There is an index for what these agents had to do with this customer.
            leads = [_Lead(column, values) for column, values in _named(query.concern)]
    elif query.concern is not None:
        leads = [_Lead(column, values) for column, values in _named(query.concern)]
    else:
        return [by_type] if narrow else [_Lead()]
    if leads and narrow and await _few(session, query, by_type):
        return [by_type]
    return leads


def _named(concern: Concern) -> Iterator[tuple[sa.Column[Any] | None, tuple[str, ...]]]:
    for column, ids in (
        (_COLUMNS.agent, concern.agents),
        (_COLUMNS.customer, concern.customers),
        (_COLUMNS.link, concern.links),
    ):
        rest = iter(sorted(ids))
        while values := tuple(islice(rest, VALUES_MAX)):
            yield column, values
    if concern.actors:
        # Asked for by the feeds of software alone, which go back a bounded way: an index would cost every append.
        yield None, ()


async def _few(session: Session, query: Query, lead: _Lead) -> bool:
    """Whether the whole lead is read sooner than anything else is found."""
    statement = _first(session, sa.select(_COLUMNS.position), query, lead, limit=_FEW + 1)
    return len(await session.all(statement)) <= _FEW


def _statement(
    session: Session, query: Query, lead: _Lead, types: frozenset[str] | None
) -> sa.Select[Any] | sa.CompoundSelect[Any]:
    """The first rows of what one lead holds of the query."""
    limits = list(_limits(session, query, lead, types))
    if len(lead.values) <= 1:
        whole = sa.select(journal_entries).where(*limits)
        return _first(session, whole, query, lead, limit=query.limit)
    # Several ranges are merged by their positions alone, so that only what is answered is fetched whole.
    positions = sa.select(_COLUMNS.position).where(*limits)
    found = _first(session, positions, query, lead, limit=query.limit)
    return sa.select(journal_entries).where(
        _COLUMNS.merchant == query.merchant, _COLUMNS.position.in_(found)
    )


def _first(
    session: Session, chosen: sa.Select[Any], query: Query, lead: _Lead, *, limit: int
) -> sa.Select[Any] | sa.CompoundSelect[Any]:
    chosen = _within(chosen, query, lead)
    if lead.column is None:
        order = _COLUMNS.position.desc() if query.newest_first else _COLUMNS.position
        return chosen.order_by(order).limit(limit)
    return first_of(
        session,
        chosen,
        lead.column,
        lead.values,
        key=_COLUMNS.position,
        descending=query.newest_first,
        limit=limit,
    )


def _by_both(query: Query, lead: _Lead) -> bool:
    return query.customer is not None and lead.column is _COLUMNS.agent


def _within(chosen: sa.Select[Any], query: Query, lead: _Lead) -> sa.Select[Any]:
    """What of it is the merchant's, and between the query's positions."""
    chosen = chosen.where(_COLUMNS.merchant == query.merchant)
    if _by_both(query, lead):
        chosen = chosen.where(_COLUMNS.customer == query.customer)
    if query.after is not None:
        chosen = chosen.where(_COLUMNS.position > query.after)
    if query.before is not None:
        chosen = chosen.where(_COLUMNS.position < query.before)
    return chosen


def _limits(
    session: Session, query: Query, lead: _Lead, types: frozenset[str] | None
) -> Iterator[sa.ColumnElement[bool]]:
    """What the lead does not see to by itself, in words that lead the database to no other index."""

    def among(column: sa.Column[Any], values: frozenset[str]) -> sa.ColumnElement[bool]:
        return unindexed(session, column).in_(sorted(values))

    if query.link is not None and lead.column is not _COLUMNS.link:
        yield among(_COLUMNS.link, frozenset({query.link}))
    customers = lead.column is _COLUMNS.customer or _by_both(query, lead)
    if query.customer is not None and not customers:
        yield among(_COLUMNS.customer, frozenset({query.customer}))
    if types is not None and lead.column is not _COLUMNS.type:
        yield among(_COLUMNS.type, types)
    if not query.privileged and types is None:
        yield unindexed(session, _COLUMNS.type).not_in(sorted(PRIVILEGED_TYPES))
    if not query.privileged and (types is None or types & CONFIDENTIAL_TYPES):
        open_ = unindexed(session, _COLUMNS.type).not_in(sorted(CONFIDENTIAL_TYPES))
        yield sa.or_(open_, unindexed(session, _COLUMNS.agent) == query.own)
    if query.concern is not None:
        concern = query.concern
        named = (
            (_COLUMNS.agent, concern.agents),
            (_COLUMNS.actor, concern.actors),
            (_COLUMNS.customer, concern.customers),
            (_COLUMNS.link, concern.links),
        )
        # What leads by a column of the concern concerns it already.
        if not any(lead.column is column and set(lead.values) <= ids for column, ids in named):
            yield sa.or_(sa.false(), *(among(column, ids) for column, ids in named if ids))
