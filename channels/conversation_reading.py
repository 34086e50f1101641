"""How far a thread was read, by whoever answers for it: one mark a thread, which only ever moves on.

A mark is the id of a message of the thread, and ids of one thread sort by time. Readers need not hold the thread: of
two at once the one who has read further wins, whichever comes first.
"""

from collections.abc import Sequence
from typing import Final

import sqlalchemy as sa

from channels.conversations import Conversation, conversations
from channels.message_store import messages
from core.database import Session
from core.errors import InvalidField

# Nothing sorts before it.
_NOTHING: Final = ""
_AFTER_THE_MARK: Final = (
    (messages.c.conversation == conversations.c.id)
    & (messages.c.direction == "in")
    & (messages.c.id > sa.func.coalesce(conversations.c.read_to, _NOTHING))
)


async def mark_read(session: Session, thread: Conversation, message: str) -> None:
    """What the customer wrote up to this message is read. Raises `InvalidField` for one of another thread."""
    found = await session.scalar(
        sa.select(messages.c.id).where(
            messages.c.id == message,
            messages.c.merchant == thread.merchant,
            messages.c.conversation == thread.id,
        )
    )
    if found is None:
        raise InvalidField("/message", "There is no such message in this conversation.")
    await session.execute(
        sa.update(conversations)
        .where(
            conversations.c.id == thread.id,
            conversations.c.merchant == thread.merchant,
            sa.func.coalesce(conversations.c.read_to, _NOTHING) < message,
        )
        .values(read_to=message)
    )


async def count_unread(session: Session, merchant: str, ids: Sequence[str]) -> dict[str, int]:
    """How many of the customer's messages nobody has read, of those threads that have any."""
    if not ids:
        return {}
    rows = await session.all(
        sa.select(conversations.c.id, sa.func.count().label("unread"))
        .join(messages, _AFTER_THE_MARK)
        .where(conversations.c.merchant == merchant, conversations.c.id.in_(sorted(set(ids))))
        .group_by(conversations.c.id)
    )
    return {row["id"]: row["unread"] for row in rows}


def is_unread() -> sa.ColumnElement[bool]:
    """The same as a condition on the table of threads."""
    return sa.exists().where(_AFTER_THE_MARK)
