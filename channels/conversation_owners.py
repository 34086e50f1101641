"""Whose work the entries about a thread are: those of its agent, or everybody's where nobody has it.

An entry about a message or a choice names the agent who wrote or served, which is nobody for what software sent and for
the customer of a thread that nobody has. The feed tells from the entry's columns alone who sees it, so that an entry
says as it is written what the list of threads says at that moment.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import sqlalchemy as sa

from channels.conversations import conversations
from compliance.journal import NOBODY, Event
from core.database import Session

_FAMILIES: Final = frozenset({"message", "conversation", "consent"})


async def attributed(session: Session, events: Sequence[Event]) -> Sequence[Event]:
    """The events, each about a thread with the thread's agent where it names none, or with `NOBODY`."""
    wanted = sorted({event.conversation for event in events if _open(event) and event.conversation})
    if not wanted:
        return events
    rows = await session.all(
        sa.select(conversations.c.id, conversations.c.merchant, conversations.c.agent).where(
            conversations.c.id.in_(wanted)
        )
    )
    owners = {(row["merchant"], row["id"]): row["agent"] or NOBODY for row in rows}
    return [
        replace(event, agent=owners.get((event.merchant, event.conversation)))
        if _open(event)
        else event
        for event in events
    ]


def _open(event: Event) -> bool:
    family = event.type.partition(".")[0]
    return event.agent is None and event.conversation is not None and family in _FAMILIES
