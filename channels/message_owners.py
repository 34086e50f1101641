"""Whose work the messages of a link are, once somebody else has taken the link over."""

import sqlalchemy as sa

from channels.message_store import deliveries, messages
from core.database import Session


async def hand_over_messages(session: Session, *, merchant: str, link: str, agent: str) -> None:
    """What is told of the link's messages from now on is told to this agent. The caller has locked the link."""
    carried = sa.select(deliveries.c.message).where(
        deliveries.c.merchant == merchant, deliveries.c.link == link
    )
    await session.execute(
        sa.update(messages)
        .where(messages.c.merchant == merchant, messages.c.id.in_(carried))
        .values(agent=agent)
    )
