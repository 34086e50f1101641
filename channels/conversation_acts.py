"""Who a thread belongs to, and whether it is done: assign, transfer, close, reopen, hand over from the bot.

Each act holds the thread's address, does nothing when things are so already, and else records what it was.

    AssigneeUnknown       no such agent or team, or none who may answer
"""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from channels.conversations import (
    Conversation,
    change_conversation,
    conversations,
    hold_conversation,
    record_conversation_event,
    tell_owners,
)
from compliance.custom_roles import held_by
from compliance.principal import Principal
from compliance.roles import Permission, Role
from compliance.users import get_user, users
from compliance.vault import Vault
from core.database import Session
from core.errors import InvalidField, NotFound

# In place of an agent's id: the integrator's own software answers.
BOT: Final = "bot"
_TEAM_MAX: Final = 200
_COUNTED_MAX: Final = 1_000


class AssigneeUnknown(InvalidField):
    """No such agent or team, or one that may not answer."""

    def __init__(self, pointer: str) -> None:
        super().__init__(pointer, "There is nobody of that name who may answer.")


async def assign(
    session: Session,
    vault: Vault,
    caller: Principal,
    conversation: str,
    agent: str | None,
    *,
    now: datetime,
) -> Conversation:
    """Gives the thread to an agent whose work the caller sees, to the bot, or to nobody. Raises `AssigneeUnknown`."""
    served_by = "bot" if agent == BOT else "person"
    to = None if agent in (None, BOT) else agent
    if to is not None:
        if not caller.sees_work_of(to):
            raise AssigneeUnknown("/agent")
        await _check_agent(session, vault, caller.merchant, to)
    thread = await hold_conversation(session, merchant=caller.merchant, conversation=conversation)
    if (thread.agent, thread.served_by) == (to, served_by):
        return thread
    return await _move(session, caller, thread, "assigned", to=to, served_by=served_by, now=now)


async def transfer(
    session: Session,
    vault: Vault,
    caller: Principal,
    conversation: str,
    *,
    agent: str | None,
    team: str | None,
    note: str | None,
    now: datetime,
) -> Conversation:
    """Passes the thread on to any colleague, or to the one of a team who has least to do: the others of the team see
    it, and may take it. Raises `AssigneeUnknown`.
    """
    thread = await hold_conversation(session, merchant=caller.merchant, conversation=conversation)
    agent = await _heir(session, vault, thread, agent=agent, team=team)
    return await _move(
        session,
        caller,
        thread,
        "transferred",
        to=agent,
        served_by="person",
        now=now,
        data={"team": team} if team is not None else {},
        private={"note": note} if note is not None else None,
    )


async def hand_over(
    session: Session,
    vault: Vault,
    caller: Principal,
    conversation: str,
    *,
    agent: str | None,
    team: str | None,
    note: str | None,
    history: Sequence[dict[str, Any]],
    now: datetime,
) -> Conversation:
    """From the bot to a person, with what was said to the bot elsewhere. Raises `AssigneeUnknown`.

    Does nothing where a person answers already.
    """
    thread = await hold_conversation(session, merchant=caller.merchant, conversation=conversation)
    agent = await _heir(session, vault, thread, agent=agent, team=team)
    if thread.served_by == "person":
        return thread
    told: dict[str, Any] = {"history": list(history)} if history else {}
    if note is not None:
        told["note"] = note
    return await _move(
        session,
        caller,
        thread,
        "transferred",
        to=agent or thread.agent,
        served_by="person",
        now=now,
        data={"from_bot": True, **({"team": team} if team is not None else {})},
        private=told or None,
    )


async def close(
    session: Session, caller: Principal, conversation: str, *, now: datetime
) -> Conversation:
    """Done, until somebody writes in it again."""
    thread = await hold_conversation(session, merchant=caller.merchant, conversation=conversation)
    if thread.state == "closed":
        return thread
    thread = await change_conversation(session, thread, state="closed", closed_at=now)
    record_conversation_event(session, "closed", thread, actor=caller.actor, now=now)
    return thread


async def reopen(
    session: Session, caller: Principal, conversation: str, *, now: datetime
) -> Conversation:
    """Not done after all."""
    thread = await hold_conversation(session, merchant=caller.merchant, conversation=conversation)
    if thread.state == "open":
        return thread
    thread = await change_conversation(session, thread, state="open", closed_at=None)
    record_conversation_event(
        session, "opened", thread, actor=caller.actor, now=now, data={"reopened": True}
    )
    return thread


async def _move(
    session: Session,
    caller: Principal,
    thread: Conversation,
    kind: str,
    *,
    to: str | None,
    served_by: str,
    now: datetime,
    data: dict[str, Any] | None = None,
    private: dict[str, Any] | None = None,
) -> Conversation:
    moved = await change_conversation(session, thread, agent=to, served_by=served_by)
    record_conversation_event(
        session,
        kind,
        moved,
        actor=caller.actor,
        now=now,
        # Whoever had it is told where it went, if nobody has it now.
        agent=to or thread.agent,
        data={"from": thread.agent, "to": to, "served_by": served_by, **(data or {})},
        private=private,
    )
    tell_owners(session, thread, moved, actor=caller.actor, now=now)
    return moved


async def _heir(
    session: Session, vault: Vault, thread: Conversation, *, agent: str | None, team: str | None
) -> str | None:
    """The agent who was named; else whoever of the team has fewest of the threads that are open."""
    if agent is not None:
        await _check_agent(session, vault, thread.merchant, agent)
    if team is None:
        return agent
    rows = await session.all(
        sa.select(users.c.id, users.c.role, users.c.custom_role)
        .where(
            users.c.merchant == thread.merchant,
            users.c.team == team,
            users.c.disabled_at.is_(None),
        )
        .order_by(users.c.id)
        .limit(_TEAM_MAX)
    )
    roles = {(row["role"], row["custom_role"]) for row in rows}
    answering = {
        one
        for one in roles
        if Permission.CONVERSATIONS_WRITE
        in await held_by(session, thread.merchant, Role(one[0]), one[1])
    }
    members: list[str] = [
        row["id"] for row in rows if (row["role"], row["custom_role"]) in answering
    ]
    # Whoever passes it on does not want it back.
    others = [one for one in members if one != thread.agent] or members
    if not others:
        raise AssigneeUnknown("/team")
    busy = await _open_threads(session, thread.merchant)
    return min(others, key=lambda one: (busy[one], one))


async def _open_threads(session: Session, merchant: str) -> Counter[str]:
    """How many of the newest open threads each agent has; further back, most are forgotten."""
    rows = await session.all(
        sa.select(conversations.c.agent)
        .where(conversations.c.merchant == merchant, conversations.c.state == "open")
        .order_by(conversations.c.last_message_at.desc(), conversations.c.id.desc())
        .limit(_COUNTED_MAX)
    )
    return Counter(row["agent"] for row in rows if row["agent"] is not None)


async def _check_agent(session: Session, vault: Vault, merchant: str, agent: str) -> None:
    try:
        user = await get_user(session, vault, agent)
    except NotFound:
        raise AssigneeUnknown("/agent") from None
    held = await held_by(session, user.merchant, user.role, user.custom_role)
    answers = Permission.CONVERSATIONS_WRITE in held
    if user.merchant != merchant or not answers:
        raise AssigneeUnknown("/agent")
