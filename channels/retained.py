"""How long the channels' data is kept: browsers that once wrote in a web chat, and the words of messages."""

from datetime import datetime
from typing import Final

import sqlalchemy as sa

from channels.customer_table import ERASED
from channels.message_store import deliveries, messages
from channels.visitors import visitors
from compliance.retention import DataKind, deleting, rows_where
from core.database import Session

_BATCH: Final = 200
_UNDERWAY: Final = ("queued", "sending")


def _away(merchant: str, before: datetime, _now: datetime) -> sa.ColumnElement[bool]:
    return sa.and_(visitors.c.merchant == merchant, visitors.c.seen_at < before)


# The thread stays with its customer; a browser that comes back begins a new one.
VISITORS: Final = DataKind(
    name="visitors",
    what="browsers that wrote in the web chat, and their keyed secrets",
    tables=("visitors",),
    field="visitors_days",
    look=rows_where(visitors, visitors.c.seen_at, _away),
    sweep=deleting(visitors, visitors.c.id, _away),
)


def old_messages(merchant: str, before: datetime) -> sa.ColumnElement[bool]:
    """Messages with words, older than the moment, that nobody is sending just now."""
    underway = sa.exists().where(
        deliveries.c.message == messages.c.id, deliveries.c.state.in_(_UNDERWAY)
    )
    return sa.and_(
        messages.c.merchant == merchant,
        messages.c.created_at < before,
        messages.c.sealed != ERASED,
        ~underway,
    )


async def take_words_out(session: Session, which: sa.ColumnElement[bool]) -> int:
    """Of a batch of these messages only that they were sent or received remains. Answers how many they were."""
    ids = sa.select(messages.c.id).where(which).order_by(messages.c.id).limit(_BATCH)
    gone = await session.all(
        sa.update(messages)
        .where(messages.c.id.in_(ids))
        .values(sealed=ERASED)
        .returning(messages.c.id)
    )
    return len(gone)
