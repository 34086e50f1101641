"""Counts what the fraud rules ask about, within one merchant, in one round trip.

Every count reads the latest rows of one index, and no more of them than `_ROWS_MAX`: under attack the numbers stop
growing long after each limit has fired.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

import sqlalchemy as sa

from compliance.merchants import merchants
from compliance.sessions import sessions
from core.database import Session
from core.money import Money
from payments.fraud import FraudCounts, FraudPolicy, Seen, Usual
from payments.states import AttemptState
from payments.tables import attempts, payments
from payments.worth import strong_unit

_HOUR: Final = timedelta(hours=1)
_DAY: Final = timedelta(days=1)
_USUAL: Final = timedelta(days=90)
_CUSTOMERS: Final = timedelta(days=365)
_ROWS_MAX: Final = 1_000
_USUAL_MAX: Final = 200
_CUSTOMERS_MAX: Final = 50
_REFUSED: Final = (AttemptState.DECLINED.value, AttemptState.BLOCKED.value)
_NO_MONEY: Final = (*_REFUSED, AttemptState.ABANDONED.value)
_PAID: Final = (AttemptState.SUCCEEDED.value, AttemptState.AUTHORISED.value)
_SEEN: Final = ("tries", "declines", "paid", "cards", "links", "small_declines")
_Part = sa.Subquery


async def count(
    session: Session,
    *,
    merchant: str,
    link: str,
    origin: str | None,
    fingerprint: str | None,
    now: datetime,
    device_key: str | None = None,
    bin_key: str | None = None,
    agent: str | None = None,
    customer: str | None = None,
    amount: Money | None = None,
    policy: FraudPolicy | None = None,
) -> FraudCounts:
    """What was seen before this attempt. What is None is not counted: an unknown card is not everybody else's.

    `agent` is the link's, `amount` what is about to be charged; both bring in what concerns them.
    """
    policy = policy or FraudPolicy()
    c = attempts.c
    hour, mine = now - _HOUR, c.merchant == merchant
    subjects: dict[str, tuple[sa.ColumnElement[bool] | None, datetime]] = {
        "link": (c.link == link, hour),
        "address": (sa.and_(mine, c.origin == origin) if origin else None, hour),
        "device": (sa.and_(mine, c.device_key == device_key) if device_key else None, hour),
        "card": (sa.and_(mine, c.fingerprint == fingerprint) if fingerprint else None, now - _DAY),
        "bin": (sa.and_(mine, c.bin_key == bin_key) if bin_key else None, hour),
        "merchant": (mine, hour),
    }
    small = _small(amount, policy)
    parts = {
        name: _seen(name, condition, since, small=small, hour=hour)
        for name, (condition, since) in subjects.items()
        if condition is not None
    }
    if amount is not None:
        parts["usual"] = _merchants_usual(merchant, amount, now)
    if amount is not None and customer is not None:
        parts["customer"] = _customers_usual(merchant, customer, amount, now)
    row = await session.one_or_none(_together(parts, _around(merchant, agent, origin, policy, now)))
    assert row is not None
    return _counts(row, parts)


def _small(amount: Money | None, policy: FraudPolicy) -> sa.ColumnElement[bool]:
    """What counts as a small amount, in the currency at hand."""
    if amount is None:
        return sa.false()
    most = policy.small_amount_units * strong_unit(amount.currency)
    return sa.and_(attempts.c.currency == amount.currency.code, attempts.c.amount <= most)


def _seen(
    name: str,
    subject: sa.ColumnElement[bool],
    since: datetime,
    *,
    small: sa.ColumnElement[bool],
    hour: datetime,
) -> _Part:
    c = attempts.c
    latest = (
        sa.select(c.state, c.fingerprint, c.link, c.created_at, small.label("small"))
        .where(subject, c.created_at > since)
        .order_by(c.created_at.desc())
        .limit(_ROWS_MAX)
        .subquery()
    )
    rows = latest.c
    refused = rows.state.in_(_REFUSED)
    return sa.select(
        sa.func.count().label("tries"),
        sa.func.count().filter(refused).label("declines"),
        sa.func.count().filter(rows.state.in_(_PAID)).label("paid"),
        sa.func.count(sa.distinct(rows.fingerprint))
        .filter(rows.state.in_(_NO_MONEY))
        .label("cards"),
        sa.func.count(sa.distinct(rows.link)).filter(refused).label("links"),
        sa.func.count().filter(refused, rows.small).label("small_declines"),
        sa.func.count(sa.distinct(rows.link)).filter(rows.created_at > hour).label("links_hour"),
    ).subquery(f"seen_{name}")


def _merchants_usual(merchant: str, amount: Money, now: datetime) -> _Part:
    """How many payments in this currency there were of late, and the amount that 95 of 100 did not exceed."""
    c = attempts.c
    latest = (
        sa.select(c.state, c.currency, c.amount_captured, c.created_at)
        .where(c.merchant == merchant, c.created_at > now - _USUAL)
        .order_by(c.created_at.desc())
        .limit(_ROWS_MAX)
        .subquery()
    )
    paid = (
        sa.select(latest.c.amount_captured)
        .where(
            latest.c.state == AttemptState.SUCCEEDED.value,
            latest.c.currency == amount.currency.code,
        )
        .order_by(latest.c.created_at.desc())
        .limit(_USUAL_MAX)
        .subquery()
    )
    ranked = sa.select(
        paid.c.amount_captured,
        sa.func.row_number().over(order_by=paid.c.amount_captured).label("place"),
        sa.func.count().over().label("number"),
    ).subquery()
    # The smallest amount whose place is at or past 95 of 100.
    reached = ranked.c.place * 100 >= ranked.c.number * 95
    return sa.select(
        sa.func.count().label("number"),
        sa.func.min(ranked.c.amount_captured).filter(reached).label("percentile_95"),
    ).subquery("usual")


def _customers_usual(merchant: str, customer: str, amount: Money, now: datetime) -> _Part:
    c = payments.c
    latest = (
        sa.select(c.amount_captured)
        .where(
            c.merchant == merchant,
            c.customer == customer,
            c.currency == amount.currency.code,
            c.amount_captured > 0,
            c.created_at > now - _CUSTOMERS,
        )
        .order_by(c.id.desc())
        .limit(_CUSTOMERS_MAX)
        .subquery()
    )
    return sa.select(
        sa.func.count().label("number"), sa.func.max(latest.c.amount_captured).label("most")
    ).subquery("customers")


def _around(
    merchant: str, agent: str | None, origin: str | None, policy: FraudPolicy, now: datetime
) -> list[sa.Label[Any]]:
    """The merchant's country, and whether the link's agent signed in from the customer's address."""
    country = sa.select(merchants.c.country).where(merchants.c.id == merchant).scalar_subquery()
    columns: list[sa.Label[Any]] = [country.label("merchant_country")]
    if agent is not None and origin is not None and policy.own_link_days_review > 0:
        s, since = sessions.c, now - timedelta(days=policy.own_link_days_review)
        found = sa.exists().where(s.user == agent, s.origin_hash == origin, s.seen_at > since)
        columns.append(found.label("agent_address"))
    return columns


def _together(
    parts: Mapping[str, _Part], columns: list[sa.Label[Any]]
) -> sa.Select[tuple[Any, ...]]:
    """Each part is one row; side by side they are one row too."""
    labelled = [
        column.label(f"{name}_{column.name}") for name, part in parts.items() for column in part.c
    ]
    joined: sa.FromClause | None = None
    for part in parts.values():
        joined = part if joined is None else joined.join(part, sa.true())
    assert joined is not None
    return sa.select(*labelled, *columns).select_from(joined)


def _counts(row: sa.RowMapping, parts: Mapping[str, _Part]) -> FraudCounts:
    def number(name: str) -> int:
        return int(row.get(name) or 0)

    def seen(subject: str) -> Seen:
        if subject not in parts:
            return Seen()
        return Seen(**{each: number(f"{subject}_{each}") for each in _SEEN})

    return FraudCounts(
        link=seen("link"),
        address=seen("address"),
        device=seen("device"),
        card=seen("card"),
        bin=seen("bin"),
        merchant=seen("merchant"),
        card_links_hour=number("card_links_hour"),
        usual=Usual(
            merchant_payments=number("usual_number"),
            merchant_percentile_95=number("usual_percentile_95"),
            customer_payments=number("customer_number"),
            customer_most=number("customer_most"),
        ),
        merchant_country=row["merchant_country"],
        agent_address=bool(row.get("agent_address")),
    )
