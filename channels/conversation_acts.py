"""Who a thread belongs to, and whether it is done: assign, transfer, close, reopen, hand over from the bot.

Each act holds the thread's address, does nothing when things are so already, and else records what it was.

    AssigneeUnknown       no such agent or team, or none who may answer
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from channels.conversations import (
    Conversation,
    change_conversation,
    hold_conversation,
    record_conversation_event,
)
from compliance.principal import Principal
from compliance.roles import ROLE_PERMISSIONS, Permission
from compliance.users import get_user, users
from compliance.vault import Vault
from core.database import Session
from core.errors import InvalidField, NotFound

# In place of an agent's id: the integrator's own software answers.
BOT: Final = "bot"


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
    """Passes the thread on to any colleague, or to a team, where whoever takes it has it. Raises `AssigneeUnknown`."""
    await _check_heir(session, vault, caller.merchant, agent=agent, team=team)
    thread = await hold_conversation(session, merchant=caller.merchant, conversation=conversation)
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
    await _check_heir(session, vault, caller.merchant, agent=agent, team=team)
    thread = await hold_conversation(session, merchant=caller.merchant, conversation=conversation)
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
    return moved


async def _check_heir(
    session: Session, vault: Vault, merchant: str, *, agent: str | None, team: str | None
) -> None:
    if agent is not None:
        await _check_agent(session, vault, merchant, agent)
    if team is None:
        return
    member = await session.scalar(
        sa.select(users.c.id)
        .where(users.c.merchant == merchant, users.c.team == team, users.c.disabled_at.is_(None))
        .limit(1)
    )
    if member is None:
        raise AssigneeUnknown("/team")


async def _check_agent(session: Session, vault: Vault, merchant: str, agent: str) -> None:
    try:
        user = await get_user(session, vault, agent)
    except NotFound:
        raise AssigneeUnknown("/agent") from None
    answers = Permission.CONVERSATIONS_WRITE in ROLE_PERMISSIONS[user.role]
    if user.merchant != merchant or not answers:
        raise AssigneeUnknown("/agent")
