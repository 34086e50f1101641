"""The thread that an answer from another address belongs to, by the delivery that it says it answers.

A delivery's id is known to nobody but its recipient and the servers on the way. Whoever the recipient passed the
mail on to may know it too, so the message joins the thread and is told as unverified.
"""

import sqlalchemy as sa

from channels.accounts import ChannelAccount
from channels.conversations import Conversation, conversation_of, conversations
from channels.message_store import deliveries
from channels.port import Inbound
from core.database import Session


async def answered_thread(
    session: Session, account: ChannelAccount, inbound: Inbound
) -> Conversation | None:
    """The thread of the nearest of these deliveries that is this merchant's, on this channel."""
    if not inbound.answers:
        return None
    rows = await session.all(
        sa.select(deliveries.c.id, *conversations.c)
        .join(conversations, conversations.c.id == deliveries.c.conversation)
        .where(
            deliveries.c.id.in_(inbound.answers),
            deliveries.c.merchant == account.merchant,
            conversations.c.merchant == account.merchant,
            conversations.c.channel == account.channel,
        )
    )
    found = {row[deliveries.c.id]: row for row in rows}
    return next((conversation_of(found[one]) for one in inbound.answers if one in found), None)
