"""Handing a link over: somebody else's work from now on, and both who had it and who has it are told.

AgentUnknown          nobody of that id works here whom the caller may give work to
"""

from datetime import datetime

import sqlalchemy as sa

from channels.message_owners import hand_over_messages
from compliance.custom_roles import held_by
from compliance.journal import record
from compliance.principal import Principal
from compliance.roles import Permission
from compliance.users import get_user
from compliance.vault import Vault
from core.database import Session
from core.errors import InvalidField, NotFound
from links.lifecycle import ApprovalWaiting
from links.link_events import link_event
from links.links import Link, link_by_id
from links.tables import links
from payments.owners import hand_over_payments
from payments.payments import lock_payment


class AgentUnknown(InvalidField):
    """There is no such agent, or none to whom the caller may give work."""

    def __init__(self) -> None:
        super().__init__("/agent", "There is no such agent.")


async def check_agent(session: Session, vault: Vault, caller: Principal, agent: str) -> None:
    """Work may be given to a colleague that the caller may see, and who works on links. Raises `AgentUnknown`."""
    try:
        user = await get_user(session, vault, agent)
    except NotFound:
        raise AgentUnknown from None
    held = await held_by(session, user.merchant, user.role, user.custom_role)
    works = Permission.LINKS_WRITE in held
    if user.merchant != caller.merchant or not works or not caller.sees_work_of(user.id):
        raise AgentUnknown


async def assign(
    session: Session, caller: Principal, link: Link, agent: str, *, now: datetime
) -> Link:
    """Makes the link this agent's work, with its payments and what is told of its messages. Told as `link.updated`
    with `agent` and `agent_before`, once to who had it and once to who has it; not at all where nothing changes.

    The customer may be paying meanwhile. The caller has checked the agent. Raises `ApprovalWaiting`.
    """
    await session.lock(link.id)
    link = await link_by_id(session, link.id)
    await lock_payment(session, link.payment)
    if link.agent == agent:
        return link
    if link.waits:
        raise ApprovalWaiting("A second person is asked about it: approve or reject it first.")
    values = {"agent": agent, "updated_at": now}
    await session.execute(sa.update(links).where(links.c.id == link.id).values(values))
    of = {"merchant": link.merchant, "link": link.id, "agent": agent}
    await hand_over_payments(session, **of, now=now)
    await hand_over_messages(session, **of)
    after = await link_by_id(session, link.id)
    told = {"agent": agent, "agent_before": link.agent}
    for owner in (link, after):
        if owner.agent is not None:
            event = link_event("link.updated", owner, actor=caller.actor, now=now, data=told)
            record(session, event)
    return after
