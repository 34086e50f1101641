"""Whether a network carries free words to a customer now: for a while after the customer's own, on some.

https://developers.facebook.com/docs/whatsapp/pricing, "Customer service windows". How long is in the catalogue.
"""

from datetime import datetime

import sqlalchemy as sa

from channels.catalogue import CHANNELS
from channels.message_store import messages
from core.database import Session


async def window_is_open(
    session: Session, channel: str, conversation: str, *, now: datetime
) -> bool:
    """Always on a channel without a window; never there before the customer has written."""
    window = CHANNELS[channel].window
    if window is None:
        return True
    wrote = await session.scalar(
        sa.select(messages.c.id)
        .where(
            messages.c.conversation == conversation,
            messages.c.direction == "in",
            messages.c.created_at > now - window,
        )
        .limit(1)
    )
    return wrote is not None
