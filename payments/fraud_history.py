"""Counts what the fraud rules ask about: declines of late by link, address and card."""

from datetime import datetime, timedelta
from typing import Any, Final

import sqlalchemy as sa

from core.database import Session
from payments.fraud import FraudCounts
from payments.states import AttemptState
from payments.tables import attempts

_HOUR: Final = timedelta(hours=1)
_DAY: Final = timedelta(days=1)
_REFUSED: Final = (AttemptState.DECLINED.value, AttemptState.BLOCKED.value)


async def count(
    session: Session,
    *,
    merchant: str,
    link: str,
    origin: str | None,
    fingerprint: str | None,
    now: datetime,
) -> FraudCounts:
    """What was seen before this attempt, within one merchant."""
    c = attempts.c
    mine = c.merchant == merchant
    hour, day = c.created_at > now - _HOUR, c.created_at > now - _DAY
    refused = c.state.in_(_REFUSED)
    of_link = sa.and_(c.link == link, hour)
    of_card = sa.and_(mine, c.fingerprint == fingerprint)
    return FraudCounts(
        link_declines_hour=await _number(session, of_link, refused),
        link_cards_hour=await _number(session, of_link, distinct=c.fingerprint),
        address_declines_hour=(
            await _number(session, mine, c.origin == origin, hour, refused) if origin else 0
        ),
        card_declines_day=await _number(session, of_card, day, refused) if fingerprint else 0,
        card_links_hour=(
            await _number(session, of_card, hour, distinct=c.link) if fingerprint else 0
        ),
    )


async def _number(
    session: Session, *conditions: sa.ColumnElement[bool], distinct: sa.Column[Any] | None = None
) -> int:
    counted = sa.func.count() if distinct is None else sa.func.count(sa.distinct(distinct))
    return int(
        await session.scalar(sa.select(counted).select_from(attempts).where(*conditions)) or 0
    )
