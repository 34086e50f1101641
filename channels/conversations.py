"""One thread per channel address: everything said there, by whoever is served at it.

The thread keeps its own address. Its customer and agent are those of the latest message, so an answer finds
whom it answers even where several customers share a telephone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal

import sqlalchemy as sa

from channels.addresses import lock_address
from channels.catalogue import CHANNELS
from compliance.journal import NOBODY, Ages, Event, record
from compliance.vault import Vault
from core.database import Session, UtcDateTime, metadata
from core.errors import NotFound
from core.ids import new_id

_ADDRESS: Final = "conversation.address"
_BOTS_CHANNEL: Final = "chatbot"
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
    # The newest message that whoever answers has read: what the customer wrote after it is unread.
    sa.Column("read_to", sa.String(40), nullable=True),
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
    account: str | None = None
    state: Literal["open", "closed"] = "open"
    served_by: Literal["person", "bot"] = "person"
    closed_at: datetime | None = None
    last_inbound_at: datetime | None = None

    @property
    def window_closes_at(self) -> datetime | None:
        """When the network stops carrying free text; None where it always does, or the customer never wrote."""
        window = CHANNELS[self.channel].window
        if window is None or self.last_inbound_at is None:
            return None
        return self.last_inbound_at + window

    def window_open(self, now: datetime) -> bool:
        """Whether the network carries free text now."""
        if CHANNELS[self.channel].window is None:
            return True
        closes_at = self.window_closes_at
        return closes_at is not None and now < closes_at


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
    return None if row is None else conversation_of(row)


async def get_conversation(session: Session, *, merchant: str, conversation: str) -> Conversation:
    """Raises `NotFound`."""
    row = await session.one_or_none(
        sa.select(conversations).where(
            conversations.c.merchant == merchant, conversations.c.id == conversation
        )
    )
    if row is None:
        raise NotFound("conversation")
    return conversation_of(row)


async def hold_conversation(session: Session, *, merchant: str, conversation: str) -> Conversation:
    """The thread as it stands, its address locked until the transaction ends. Raises `NotFound`."""
    found = await get_conversation(session, merchant=merchant, conversation=conversation)
    await lock_address(session, merchant, CHANNELS[found.channel].address, found.address_hash)
    return await get_conversation(session, merchant=merchant, conversation=conversation)


async def change_conversation(
    session: Session, thread: Conversation, **values: Any
) -> Conversation:
    """The thread with these columns from now on. The caller holds the address's lock, and records what it was."""
    await session.execute(
        sa.update(conversations)
        .where(conversations.c.id == thread.id, conversations.c.merchant == thread.merchant)
        .values(values)
    )
    return await get_conversation(session, merchant=thread.merchant, conversation=thread.id)


async def open_addresses(
    session: Session, vault: Vault, *, merchant: str, ids: list[str]
) -> dict[str, str]:
    """The address of each of these threads, as it is written to; without those that were erased."""
    if not ids:
        return {}
    rows = await session.all(
        sa.select(conversations.c.id, conversations.c.sealed).where(
            conversations.c.merchant == merchant, conversations.c.id.in_(sorted(set(ids)))
        )
    )
    opened = {row["id"]: await vault.open(session, row["sealed"], purpose=_ADDRESS) for row in rows}
    return {each: address for each, address in opened.items() if address is not None}


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
    account: str | None = None,
    inbound: bool = False,
    reopen: bool = True,
) -> Conversation:
    """The thread at this address, opened if this is its first message, and now with this customer.

    No agent leaves the one who served last; no account, the one it went through last. Words in a closed thread
    open it again, unless they are a machine's. The caller holds the address's lock.
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
            account=account,
            inbound=inbound,
        )
    latest: dict[str, Any] = {
        "customer": customer or found.customer,
        "agent": agent or found.agent,
        "account": account or found.account,
        "last_message_at": max(now, found.last_message_at),
    }
    if reopen:
        latest |= {"state": "open", "closed_at": None}
    if inbound:
        latest["last_inbound_at"] = max(now, found.last_inbound_at or now)
    thread = await change_conversation(session, found, **latest)
    if found.state == "closed" and reopen:
        record_conversation_event(
            session, "opened", thread, actor=actor, now=now, data={"reopened": True}
        )
    tell_owners(session, found, thread, actor=actor, now=now)
    return thread


def tell_owners(
    session: Session, before: Conversation, after: Conversation, *, actor: str, now: datetime
) -> None:
    """Tells those who lose sight of a thread that somebody has it now, and all agents that nobody has.

    Whoever gets it learns of that by what is recorded beside.
    """
    if before.agent == after.agent:
        return
    if after.agent is not None:
        loser = before.agent or NOBODY
        record_conversation_event(session, "taken", after, actor=actor, now=now, agent=loser)
    else:
        record_conversation_event(session, "offered", after, actor=actor, now=now, agent=NOBODY)


def record_conversation_event(
    session: Session,
    kind: str,
    thread: Conversation,
    *,
    actor: str,
    now: datetime,
    agent: str | None = None,
    data: dict[str, Any] | None = None,
    private: dict[str, Any] | None = None,
) -> None:
    """Records `conversation.{kind}` about the thread as it is now; `agent` is whose work that is, if not its own."""
    record(
        session,
        Event(
            type=f"conversation.{kind}",
            merchant=thread.merchant,
            occurred_at=now,
            actor=actor,
            customer=thread.customer,
            conversation=thread.id,
            agent=agent or thread.agent,
            channel=thread.channel,
            data=data or {},
            private=private,
            ages=None if private is None else Ages.CONTACTS,
        ),
    )


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
    account: str | None,
    inbound: bool,
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
        account=account,
        # Whoever writes to a chatbot meets the bot first.
        served_by="bot" if inbound and channel == _BOTS_CHANNEL else "person",
        last_inbound_at=now if inbound else None,
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
            account=account,
            state=conversation.state,
            served_by=conversation.served_by,
            opened_at=now,
            last_message_at=now,
            last_inbound_at=conversation.last_inbound_at,
        )
    )
    record_conversation_event(session, "opened", conversation, actor=actor, now=now)
    return conversation


def conversation_of(row: sa.RowMapping) -> Conversation:
    """The thread of a row."""
    return Conversation(
        id=row["id"],
        merchant=row["merchant"],
        channel=row["channel"],
        address_hash=row["address_hash"],
        customer=row["customer"],
        agent=row["agent"],
        opened_at=row["opened_at"],
        last_message_at=row["last_message_at"],
        account=row["account"],
        state=row["state"],
        served_by=row["served_by"],
        closed_at=row["closed_at"],
        last_inbound_at=row["last_inbound_at"],
    )
