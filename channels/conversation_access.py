"""Whose threads a caller may see: their own and their team's, those nobody has, and those of customers they serve.

Supervisors see all of the merchant's. What is not theirs to see looks like what does not exist.
"""

import sqlalchemy as sa

from channels.conversations import Conversation, conversations, get_conversation
from compliance.journal import Reader, served_by
from compliance.principal import Principal
from core.database import Session
from core.errors import NotFound


async def get_visible(
    session: Session, reader: Reader, caller: Principal, conversation: str
) -> Conversation:
    """Raises `NotFound`."""
    thread = await get_conversation(session, merchant=caller.merchant, conversation=conversation)
    if thread.agent is None or caller.sees_work_of(thread.agent):
        return thread
    if thread.customer is not None and await reader.serves(
        session, caller.merchant, sorted(caller.teammates or ()), customer=thread.customer
    ):
        return thread
    raise NotFound("conversation")


def visible_to(caller: Principal) -> sa.ColumnElement[bool]:
    """The same as a condition on the database."""
    mine = conversations.c.merchant == caller.merchant
    if caller.teammates is None:
        return mine
    agents = sorted(caller.teammates)
    return mine & sa.or_(
        conversations.c.agent.is_(None),
        conversations.c.agent.in_(agents),
        served_by(agents, merchant=caller.merchant, customer=conversations.c.customer),
    )
