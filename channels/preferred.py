"""The channel that a customer is best reached on."""

import sqlalchemy as sa

from channels.catalogue import CHANNELS
from channels.customer_groups import group_of
from channels.customer_store import Customer
from channels.message_store import deliveries, messages
from channels.states import DeliveryState
from core.database import Session


async def preferred_channel(session: Session, customer: Customer) -> str | None:
    """The one chosen for them; else where they wrote last; where a message last arrived; any they have an address for.

    What was written with those who were merged into them counts as theirs.
    """
    if customer.preferred_channel is not None:
        return customer.preferred_channel
    group = await group_of(session, merchant=customer.merchant, customer=customer.id)
    mine = (messages.c.merchant == customer.merchant) & messages.c.customer.in_(group)
    wrote: str | None = await session.scalar(
        sa.select(messages.c.channel)
        .where(mine, messages.c.direction == "in")
        .order_by(messages.c.id.desc())
        .limit(1)
    )
    if wrote is not None:
        return wrote
    arrived = {DeliveryState.DELIVERED.value, DeliveryState.READ.value}
    reached: str | None = await session.scalar(
        sa.select(messages.c.channel)
        .join(deliveries, deliveries.c.message == messages.c.id)
        .where(mine, deliveries.c.state.in_(sorted(arrived)))
        .order_by(messages.c.id.desc())
        .limit(1)
    )
    if reached is not None:
        return reached
    return next((name for name, one in CHANNELS.items() if customer.address(one.address)), None)
