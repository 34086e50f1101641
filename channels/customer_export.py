"""Everything that is kept of a customer, in one answer: for the customer who asks for it."""

from collections.abc import Sequence
from typing import Any, Final

import sqlalchemy as sa

from channels.conversations import conversations
from channels.customer_groups import group_of
from channels.customer_records import CustomerRecords
from channels.customer_showing import show_many
from channels.customer_store import get_customers
from channels.message_store import Message, messages, messages_by_id
from compliance.journal import CONFIDENTIAL_TYPES, Concern, Query, Reader
from compliance.principal import Principal
from compliance.roles import Permission
from compliance.vault import Vault
from core.clock import rfc3339
from core.database import Session
from core.errors import NotFound

_PAGE: Final = 500


async def export_customer(
    session: Session,
    vault: Vault,
    *,
    principal: Principal,
    customer_id: str,
    others: CustomerRecords | None,
) -> dict[str, Any]:
    """Details, addresses, consents, threads, messages with their words, events, and what other rooms keep.

    With all of it for everybody who was merged into them. Raises `NotFound`.
    """
    merchant = principal.merchant
    group = await group_of(session, merchant=merchant, customer=customer_id)
    found = await get_customers(session, vault, merchant=merchant, ids=group)
    if customer_id not in found:
        raise NotFound("customer")
    shown = await show_many(session, [found[one] for one in group])
    events = await _events(session, Reader(vault), principal, group)
    return {
        "customer": shown[0],
        "merged": shown[1:],
        "conversations": await _threads(session, merchant, group),
        "messages": await _messages(session, vault, merchant, group),
        "interactions": [one for one in events if one["type"] == "interaction.recorded"],
        "events": events,
        **(await others.export(session, principal, group) if others is not None else {}),
    }


async def _threads(session: Session, merchant: str, group: Sequence[str]) -> list[dict[str, Any]]:
    rows = await session.all(
        sa.select(conversations)
        .where(conversations.c.merchant == merchant, conversations.c.customer.in_(group))
        .order_by(conversations.c.id)
    )
    return [
        {
            "id": row["id"],
            "channel": row["channel"],
            "opened_at": rfc3339(row["opened_at"]),
            "last_message_at": rfc3339(row["last_message_at"]),
        }
        for row in rows
    ]


async def _messages(
    session: Session, vault: Vault, merchant: str, group: Sequence[str]
) -> list[dict[str, Any]]:
    rows = await session.all(
        sa.select(messages.c.id)
        .where(messages.c.merchant == merchant, messages.c.customer.in_(group))
        .order_by(messages.c.id)
    )
    ids = [row["id"] for row in rows]
    return [
        _message(one)
        for at in range(0, len(ids), _PAGE)
        for one in await messages_by_id(session, vault, merchant=merchant, ids=ids[at : at + _PAGE])
    ]


def _message(message: Message) -> dict[str, Any]:
    return {
        "id": message.id,
        "conversation": message.conversation,
        "link": message.link,
        "channel": message.channel,
        "direction": message.direction,
        "from": message.sender,
        "to": message.to,
        "subject": message.content.subject,
        "text": message.content.text,
        "status": message.state.value if message.state is not None else "received",
        "created_at": rfc3339(message.created_at),
    }


async def _events(
    session: Session, reader: Reader, principal: Principal, group: Sequence[str]
) -> list[dict[str, Any]]:
    events: list[dict[str, Any]] = []
    after: int | None = None
    while True:
        page = await reader.read(
            session,
            Query(
                merchant=principal.merchant,
                after=after,
                concern=Concern(customers=frozenset(group)),
                privileged=principal.may(Permission.EVENTS_READ_PRIVILEGED),
                limit=_PAGE,
            ),
        )
        # What colleagues said to each other while they worked is nobody else's.
        events += [entry.as_event() for entry in page if entry.type not in CONFIDENTIAL_TYPES]
        if len(page) < _PAGE:
            return events
        after = page[-1].position
