"""One thread per channel address: everything said there, by whoever is served at it.

The thread keeps its own address. Its customer and agent are those of the latest message, so an answer finds
whom it answers even where several customers share a telephone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import sqlalchemy as sa

from compliance.journal import Event, record
from compliance.vault import Vault
from core.database import Session, UtcDateTime, metadata
from core.errors import NotFound
from core.ids import new_id

_ADDRESS: Final = "conversation.address"
# Of one customer: a few addresses on every channel.
THREADS_MAX: Final = 200

conversations = sa.Table(
    "conversations",
    metadata,
    sa.Column("id", sa.String(40), primary_key=True),
    sa.Column("merchant", sa.String(40), nullable=False),
    sa.Column("channel", sa.String(24), nullable=False),
    sa.Column("address_hash", sa.String(64), nullable=False),
    sa.Column("sealed", sa.Text, nullable=False),
    sa.Column("customer", sa.String(40), nullable=True, index=True),
    sa.Column("agent", sa.String(40), nullable=True),
    # Which of the merchant's accounts on the channel it goes through: a network knows a handle by that alone.
    sa.Column("account", sa.String(40), nullable=True),
    sa.Column("state", sa.String(8), nullable=False, server_default="open"),
    # Who answers: a person, or the integrator's bot until it hands over.
    sa.Column("served_by", sa.String(8), nullable=False, server_default="person"),
    sa.Column("opened_at", UtcDateTime, nullable=False),
    sa.Column("closed_at", UtcDateTime, nullable=True),
    sa.Column("last_message_at", UtcDateTime, nullable=False),
    # When the customer wrote last: networks with a reply window count from here.
    sa.Column("last_inbound_at", UtcDateTime, nullable=True),
    sa.UniqueConstraint("merchant", "channel", "address_hash"),
    sa.Index("ix_conversations_listed", "merchant", "state", "last_message_at"),
)


@dataclass(frozen=True, slots=True)
class Conversation:
    """A thread. `agent` is the user who served last; None where nobody has."""

    id: str
    merchant: str
    channel: str
    address_hash: str
    customer: str | None
    agent: str | None
    opened_at: datetime
    last_message_at: datetime


async def find_conversation(
    session: Session, *, merchant: str, channel: str, hashed: str
) -> Conversation | None:
    """The thread at this address, if anything was ever said there."""
    row = await session.one_or_none(
        sa.select(conversations).where(
            conversations.c.merchant == merchant,
            conversations.c.channel == channel,
            conversations.c.address_hash == hashed,
        )
    )
    return None if row is None else _conversation(row)


async def get_conversation(session: Session, *, merchant: str, conversation: str) -> Conversation:
    """Raises `NotFound`."""
    row = await session.one_or_none(
        sa.select(conversations).where(
            conversations.c.merchant == merchant, conversations.c.id == conversation
        )
    )
    if row is None:
        raise NotFound("conversation")
    return _conversation(row)


async def threads_of(session: Session, *, merchant: str, customers: Sequence[str]) -> list[str]:
    """The ids of the threads that are with any of these customers, latest first."""
    rows = await session.all(
        sa.select(conversations.c.id)
        .where(conversations.c.merchant == merchant, conversations.c.customer.in_(customers))
        .order_by(conversations.c.last_message_at.desc(), conversations.c.id)
        .limit(THREADS_MAX)
    )
    return [row["id"] for row in rows]


async def continue_conversation(
    session: Session,
    vault: Vault,
    *,
    merchant: str,
    channel: str,
    hashed: str,
    address: str,
    customer: str | None,
    agent: str | None,
    actor: str,
    now: datetime,
) -> Conversation:
    """The thread at this address, opened if this is its first message, and now with this customer.

    No agent leaves the one who served last. The caller holds the address's lock.
    """
    found = await find_conversation(session, merchant=merchant, channel=channel, hashed=hashed)
    if found is None:
        return await _open(
            session,
            vault,
            merchant=merchant,
            channel=channel,
            hashed=hashed,
            address=address,
            customer=customer,
            agent=agent,
            actor=actor,
            now=now,
        )
    latest = {
        "customer": customer or found.customer,
        "agent": agent or found.agent,
        "last_message_at": max(now, found.last_message_at),
    }
    await session.execute(
        sa.update(conversations).where(conversations.c.id == found.id).values(latest)
    )
    return await get_conversation(session, merchant=merchant, conversation=found.id)


async def _open(
    session: Session,
    vault: Vault,
    *,
    merchant: str,
    channel: str,
    hashed: str,
    address: str,
    customer: str | None,
    agent: str | None,
    actor: str,
    now: datetime,
) -> Conversation:
    conversation = Conversation(
        id=new_id("cnv", now),
        merchant=merchant,
        channel=channel,
        address_hash=hashed,
        customer=customer,
        agent=agent,
        opened_at=now,
        last_message_at=now,
    )
    subject = customer or conversation.id
    await session.execute(
        sa.insert(conversations).values(
            id=conversation.id,
            merchant=merchant,
            channel=channel,
            address_hash=hashed,
            sealed=await vault.seal(session, merchant, subject, address, purpose=_ADDRESS, now=now),
            customer=customer,
            agent=agent,
            opened_at=now,
            last_message_at=now,
        )
    )
    record(
        session,
        Event(
            type="conversation.opened",
            merchant=merchant,
            occurred_at=now,
            actor=actor,
            customer=customer,
            conversation=conversation.id,
            agent=agent,
            channel=channel,
        ),
    )
    return conversation


def _conversation(row: sa.RowMapping) -> Conversation:
    return Conversation(
        id=row["id"],
        merchant=row["merchant"],
        channel=row["channel"],
        address_hash=row["address_hash"],
        customer=row["customer"],
        agent=row["agent"],
        opened_at=row["opened_at"],
        last_message_at=row["last_message_at"],
    )
