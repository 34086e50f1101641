"""The list of threads: the newest words first, a page at a time.

A page goes on below the moment and the id of the last thread of the page before, so a thread in which something is
said meanwhile moves up and is not missed by who reads from the top again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, Literal

import sqlalchemy as sa

from channels.conversation_access import visible_to
from channels.conversation_reading import is_unread
from channels.conversations import Conversation, conversation_of, conversations
from compliance.principal import Principal
from core.database import Session
from core.errors import InvalidField
from core.ids import is_id

# In place of an agent's id: threads that nobody has.
NOBODY: Final = "none"
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)
_DIGITS_MAX: Final = 17
_STATES: Final[tuple[Literal["open", "closed"], ...]] = ("open", "closed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """What a list asks for. `customers` are those whose threads are meant; None is everybody's."""

    status: Literal["open", "closed"] | None = None
    agent: str | None = None
    channel: str | None = None
    customers: frozenset[str] | None = None
    unread: bool | None = None
    cursor: str | None = None
    limit: int = 50


async def list_conversations(
    session: Session, caller: Principal, wanted: Filter
) -> tuple[list[Conversation], str | None]:
    """One page and the cursor of the next. Raises `InvalidField` for a cursor that is none of ours."""
    states = _STATES if wanted.status is None else (wanted.status,)
    limits = [visible_to(caller), *_limits(wanted)]
    found: list[Conversation] = []
    # One range of the index a state, merged here: an OR over both would read them all to sort them.
    for state in states:
        rows = await session.all(
            sa.select(conversations)
            .where(conversations.c.state == state, *limits)
            .order_by(conversations.c.last_message_at.desc(), conversations.c.id.desc())
            .limit(wanted.limit + 1)
        )
        found += [conversation_of(row) for row in rows]
    found.sort(key=lambda one: (one.last_message_at, one.id), reverse=True)
    page = found[: wanted.limit]
    return page, _cursor(page[-1]) if len(found) > wanted.limit else None


def _limits(wanted: Filter) -> Sequence[sa.ColumnElement[bool]]:
    limits: list[sa.ColumnElement[bool]] = []
    if wanted.agent == NOBODY:
        limits.append(conversations.c.agent.is_(None))
    elif wanted.agent is not None:
        limits.append(conversations.c.agent == wanted.agent)
    if wanted.channel is not None:
        limits.append(conversations.c.channel == wanted.channel)
    if wanted.customers is not None:
        limits.append(conversations.c.customer.in_(sorted(wanted.customers)))
    if wanted.unread is not None:
        limits.append(is_unread() if wanted.unread else ~is_unread())
    if wanted.cursor is not None:
        moment, last = _read_cursor(wanted.cursor)
        earlier = conversations.c.last_message_at < moment
        same = conversations.c.last_message_at == moment
        limits.append(earlier | (same & (conversations.c.id < last)))
    return limits


def _cursor(thread: Conversation) -> str:
    return f"{(thread.last_message_at - _EPOCH) // _MICROSECOND}.{thread.id}"


def _read_cursor(cursor: str) -> tuple[datetime, str]:
    moment, _, last = cursor.partition(".")
    plain = moment.isascii() and moment.isdigit() and len(moment) <= _DIGITS_MAX
    if not plain or not is_id(last, "cnv"):
        raise InvalidField("/cursor", "This is no cursor that a list answered with.")
    return _EPOCH + int(moment) * _MICROSECOND, last
