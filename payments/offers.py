"""Offers: the debt that a multi-use link shows. It is never charged: whoever takes it up has a payment of their own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from core.database import Session
from core.money import Money
from payments.payments import Payment, amend_payment, create_payment, get_payment, read_payment
from payments.tables import payments


@dataclass(frozen=True, slots=True)
class TakenUp:
    """What has become of an offer: how many took it up, how many of them paid, and how much in all (minor units)."""

    count: int = 0
    paid_count: int = 0
    captured: int = 0


async def taken_up_by(session: Session, link: str, payer: str) -> Payment | None:
    """The payment of one who took the link's offer up. `payer` is a hash of what their browser's tab knows."""
    row = await session.one_or_none(
        sa.select(payments).where(payments.c.link == link, payments.c.payer == payer)
    )
    return None if row is None else read_payment(row)


async def take_up(
    session: Session, offer: Payment, payer: str, *, due: Money, now: datetime
) -> Payment:
    """The payer's own payment of `due`, locked: made the first time, found again after a decline.

    The caller holds the link's lock. Raises `AttemptLive`, `NothingDue` where it exists and its amount is settled.
    """
    assert offer.offer, "only an offer is taken up"
    row = await session.one_or_none(
        sa.select(payments)
        .where(payments.c.link == offer.link, payments.c.payer == payer)
        .with_for_update()
    )
    if row is None:
        return await create_payment(
            session,
            merchant=offer.merchant,
            link=offer.link,
            agent=offer.agent,
            customer=offer.customer,
            due=due,
            capture=offer.capture,
            payer=payer,
            now=now,
        )
    found = read_payment(row)
    if found.due == due:
        return found
    # Another amount than before the decline: chosen anew, or the offer was amended.
    await amend_payment(session, found, due=due, now=now)
    return await get_payment(session, found.id)


async def taken_up(session: Session, links: Sequence[str]) -> dict[str, TakenUp]:
    """What has become of the offers of these links; those that nobody took up are left out."""
    if not links:
        return {}
    c = payments.c
    rows = await session.all(
        sa.select(
            c.link,
            sa.func.count().label("count"),
            sa.func.count(sa.case((c.amount_captured > 0, 1))).label("paid_count"),
            sa.func.sum(c.amount_captured).label("captured"),
        )
        .where(c.link.in_(links), c.payer.is_not(None))
        .group_by(c.link)
    )
    return {
        row["link"]: TakenUp(row["count"], row["paid_count"], int(row["captured"])) for row in rows
    }


async def payments_of_offer(
    session: Session, link: str, *, before: str | None, limit: int
) -> Sequence[Payment]:
    """Those of everybody who took the link's offer up, newest first. `before` is the last of the page before."""
    statement = sa.select(payments).where(payments.c.link == link, payments.c.payer.is_not(None))
    if before is not None:
        statement = statement.where(payments.c.id < before)
    rows = await session.all(statement.order_by(payments.c.id.desc()).limit(limit))
    return [read_payment(row) for row in rows]
