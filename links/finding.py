"""The lists of links: by filter and by search, newest first, reading little more than what they answer.

Ids sort by the time they were made, so a list walks an index backwards from where the page before ended.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

import sqlalchemy as sa

from channels.customer_groups import group_of, groups_of
from compliance.principal import Principal
from core.database import VALUES_MAX, Session, first_of, unindexed
from core.ids import first_id
from links.links import WAITING, Link, read_link
from links.states import LinkState
from links.tables import links
from payments.payments import payments_by_id

# A part of a reference is looked for in the newest links; the whole of it in all of them.
PARTS_READ_MAX: Final = 5_000
# So many links of a status are checked sooner than a page of them is found among an agent's.
_FEW: Final = 500
# The links of more agents than these are many of all: a page of them lies close by.
_SMALL_TEAM: Final = 16

_COLUMNS: Final = links.c
Condition = sa.ColumnElement[bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """What a list asks for. `before` is the id of the last link of the page before.

    `kin` is worked out of `customer`: with all who were merged into them.
    """

    status: str | None = None
    approval: str | None = None
    agent: str | None = None
    customer: str | None = None
    customers: frozenset[str] | None = None
    kin: tuple[str, ...] = ()
    reference: str | None = None
    q: str | None = None
    created_after: datetime | None = None
    created_before: datetime | None = None
    before: str | None = None
    limit: int = 50


async def list_links(session: Session, principal: Principal, wanted: Filter) -> Sequence[Link]:
    """Newest first, at most `wanted.limit`. A customer's are also those of all who were merged into them."""
    wanted = await _with_kin(session, principal.merchant, wanted)
    agents = principal.teammates
    if wanted.agent is not None:
        agents = frozenset({wanted.agent}) & (agents or frozenset({wanted.agent}))
    if agents is not None and not agents:
        return []
    limits = _limits(principal.merchant, wanted)
    plain = wanted.q is None and not _equal(session, wanted)
    if plain and agents is not None and len(agents) > _SMALL_TEAM:
        close = await session.all(_close(session, agents, limits, wanted.limit))
        if len(close) == wanted.limit:
            return [read_link(row) for row in close]
    found: dict[str, sa.RowMapping] = {}
    for lead in await _leads(session, principal.merchant, wanted, agents, limits):
        for row in await session.all(_statement(session, lead, limits, wanted.limit)):
            found[row["id"]] = row
    return [read_link(found[one]) for one in sorted(found, reverse=True)[: wanted.limit]]


def _close(
    session: Session, agents: frozenset[str], limits: Sequence[Condition], limit: int
) -> sa.Select[Any]:
    """What the next few links hold of a large team's list. Where that fills a page, it is the page."""
    near = sa.select(_COLUMNS.id).where(*limits).order_by(_COLUMNS.id.desc()).limit(_FEW).subquery()
    oldest = sa.select(sa.func.min(near.c.id)).scalar_subquery()
    own = unindexed(session, _COLUMNS.agent).in_(sorted(agents))
    return (
        sa.select(links)
        .where(*limits, _COLUMNS.id >= oldest, own)
        .order_by(_COLUMNS.id.desc())
        .limit(limit)
    )


async def _with_kin(session: Session, merchant: str, wanted: Filter) -> Filter:
    kin: tuple[str, ...] = ()
    if wanted.customer is not None:
        kin = await group_of(session, merchant=merchant, customer=wanted.customer)
    customers = wanted.customers
    if customers:
        groups = await groups_of(session, merchant=merchant, ids=customers)
        customers = customers.union(*groups.values())
    return replace(wanted, kin=kin, customers=customers)


@dataclass(frozen=True, slots=True)
class _Lead:
    """The links with any of these values in a column (None: all) of which the conditions hold."""

    column: sa.Column[Any] | None
    values: Sequence[str]
    conditions: Sequence[Condition]


async def _leads(
    session: Session,
    merchant: str,
    wanted: Filter,
    agents: frozenset[str] | None,
    limits: Sequence[Condition],
) -> list[_Lead]:
    """Where to look; together they hold every link that is wanted."""
    own = [] if agents is None else [unindexed(session, _COLUMNS.agent).in_(sorted(agents))]
    others = list(_equal(session, wanted))
    narrow = (
        (_COLUMNS.reference, [wanted.reference]),
        (_COLUMNS.customer, wanted.kin or [None]),
        (_COLUMNS.approval, [wanted.approval]),
    )
    if wanted.q is not None:
        found = await _searched(session, merchant, wanted)
        return [replace(lead, conditions=[*own, *others, *lead.conditions]) for lead in found]
    for column, values in narrow:
        given = [value for value in values if value is not None]
        if given:
            return [_Lead(column, given, [*own, *others])]
    if wanted.status is not None:
        in_status = _Lead(_COLUMNS.state, [wanted.status], own)
        if agents is None or await _few(session, in_status, limits):
            return [in_status]
    if agents is not None:
        return [_Lead(_COLUMNS.agent, some, others) for some in _chunks(sorted(agents))]
    return [_Lead(None, [], others)]


def _limits(merchant: str, wanted: Filter) -> list[Condition]:
    """What bounds every range. A link's id and its row are made at one moment, so times are bounds of ids as well."""
    limits: list[Condition] = [_COLUMNS.merchant == merchant]
    if wanted.created_after is not None:
        limits.append(_COLUMNS.id >= first_id("lnk", wanted.created_after))
        limits.append(_COLUMNS.created_at >= wanted.created_after)
    if wanted.created_before is not None:
        # Two milliseconds, for an id's own moment is rounded.
        later = wanted.created_before + timedelta(milliseconds=2)
        limits.append(_COLUMNS.id < first_id("lnk", later))
        limits.append(_COLUMNS.created_at < wanted.created_before)
    if wanted.before is not None:
        limits.append(_COLUMNS.id < wanted.before)
    return limits


def _equal(session: Session, wanted: Filter) -> Sequence[Condition]:
    equal: tuple[tuple[sa.Column[Any], Any], ...] = (
        (_COLUMNS.state, wanted.status),
        (_COLUMNS.approval, wanted.approval),
        (_COLUMNS.reference, wanted.reference),
    )
    found = [unindexed(session, column) == value for column, value in equal if value is not None]
    if wanted.kin:
        found.append(unindexed(session, _COLUMNS.customer).in_(wanted.kin))
    if wanted.approval == WAITING:
        # A link that has ended waits for nobody.
        found.append(unindexed(session, _COLUMNS.state) == LinkState.ACTIVE)
    return found


async def _searched(session: Session, merchant: str, wanted: Filter) -> list[_Lead]:
    """A search finds a link by its id, its payment, its reference or a part of it, or its customer."""
    assert wanted.q is not None
    oldest = await session.scalar(
        sa.select(_COLUMNS.id)
        .where(_COLUMNS.merchant == merchant)
        .order_by(_COLUMNS.id.desc())
        .offset(PARTS_READ_MAX - 1)
        .limit(1)
    )
    recent = sa.true() if oldest is None else _COLUMNS.id >= oldest
    part = _COLUMNS.reference.icontains(wanted.q, autoescape=True)
    payments = await payments_by_id(session, [wanted.q])
    ids = {wanted.q, *(payment.link for payment in payments.values())}
    its_own = sa.or_(_COLUMNS.id == wanted.q, _COLUMNS.payment == wanted.q)
    return [
        _Lead(_COLUMNS.id, sorted(ids), [its_own]),
        _Lead(_COLUMNS.reference, [wanted.q], []),
        _Lead(None, [], [recent, part]),
        *(
            _Lead(_COLUMNS.customer, some, [])
            for some in _chunks(sorted(wanted.customers or frozenset()))
        ),
    ]


async def _few(session: Session, lead: _Lead, limits: Sequence[Condition]) -> bool:
    whole = replace(lead, conditions=[])
    statement = _first(session, sa.select(_COLUMNS.id), whole, limits, _FEW + 1)
    return len(await session.all(statement)) <= _FEW


def _statement(
    session: Session, lead: _Lead, limits: Sequence[Condition], limit: int
) -> sa.Select[Any] | sa.CompoundSelect[Any]:
    if len(lead.values) <= 1:
        return _first(session, sa.select(links), lead, limits, limit)
    found = _first(session, sa.select(_COLUMNS.id), lead, limits, limit)
    return sa.select(links).where(_COLUMNS.id.in_(found))


def _first(
    session: Session,
    chosen: sa.Select[Any],
    lead: _Lead,
    limits: Sequence[Condition],
    limit: int,
) -> sa.Select[Any] | sa.CompoundSelect[Any]:
    chosen = chosen.where(*limits, *lead.conditions)
    if lead.column is None:
        return chosen.order_by(_COLUMNS.id.desc()).limit(limit)
    return first_of(
        session, chosen, lead.column, lead.values, key=_COLUMNS.id, descending=True, limit=limit
    )


def _chunks(values: Sequence[str]) -> list[Sequence[str]]:
    return [values[at : at + VALUES_MAX] for at in range(0, len(values), VALUES_MAX)]
