"""Whose work the payments of a link are, once somebody else has taken the link over."""

from datetime import datetime

import sqlalchemy as sa

from core.database import Session
from payments.tables import payments


async def hand_over_payments(
    session: Session, *, merchant: str, link: str, agent: str, now: datetime
) -> None:
    """The link's payments, of every payer, are this agent's from now on. The caller has locked the link."""
    await session.execute(
        sa.update(payments)
        .where(payments.c.merchant == merchant, payments.c.link == link)
        .values(agent=agent, updated_at=now)
    )
