"""What is stored of messages and their deliveries, and how it is read.

A message's addresses and words are sealed in one piece under its customer's key. Several deliveries of one
message are tries through several accounts; the latest is the one that counts.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Final, Literal

import sqlalchemy as sa

from channels import problems
from channels.port import Button, Content, Template
from channels.states import DeliveryState
from compliance.vault import Vault
from core.clock import rfc3339
from core.database import Session, UtcDateTime, metadata
from core.database.schema import canonical_json
from core.errors import NotFound

_CONTENT: Final = "message.content"
_MESSAGES_READ_MAX: Final = 5000

messages = sa.Table(
    "messages",
    metadata,
    sa.Column("id", sa.String(40), primary_key=True),
    sa.Column("merchant", sa.String(40), nullable=False),
    sa.Column("conversation", sa.String(40), nullable=False),
    sa.Column("customer", sa.String(40), nullable=True),
    sa.Column("link", sa.String(40), nullable=True),
    sa.Column("agent", sa.String(40), nullable=True),
    sa.Column("channel", sa.String(24), nullable=False),
    sa.Column("direction", sa.String(3), nullable=False),
    # Where an inbound message came in, and what the provider calls it: it is stored once, however often it comes.
    sa.Column("account", sa.String(40), nullable=True),
    sa.Column("provider_id", sa.String(128), nullable=True),
    sa.Column("sealed", sa.Text, nullable=False),
    # When the same link went out again on another channel, so that this is not the one to look at.
    sa.Column("superseded_at", UtcDateTime, nullable=True),
    # What it is for, where it does not carry the link that it belongs to: `receipt`.
    sa.Column("purpose", sa.String(24), nullable=True),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.UniqueConstraint("account", "provider_id"),
    sa.Index("ix_messages_link", "merchant", "link"),
    sa.Index("ix_messages_customer", "merchant", "customer", "id"),
    sa.Index("ix_messages_conversation", "conversation", "id"),
)

deliveries = sa.Table(
    "deliveries",
    metadata,
    sa.Column("id", sa.String(40), primary_key=True),
    sa.Column("merchant", sa.String(40), nullable=False),
    sa.Column("message", sa.String(40), nullable=False, index=True),
    sa.Column("conversation", sa.String(40), nullable=False),
    sa.Column("link", sa.String(40), nullable=True),
    sa.Column("account", sa.String(40), nullable=False),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("provider_id", sa.String(128), nullable=True),
    sa.Column("problem", sa.String(40), nullable=True),
    sa.Column("tries", sa.Integer, nullable=False),
    sa.Column("claimed_at", UtcDateTime, nullable=True),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("updated_at", UtcDateTime, nullable=False),
    sa.UniqueConstraint("account", "provider_id"),
    sa.Index("ix_deliveries_link", "merchant", "link", "state"),
    sa.Index("ix_deliveries_conversation", "conversation", "state"),
)


# Of what we send, only that a STOP was heard names what it answers (`channels.stop_confirmation`).
IS_CONFIRMATION: Final = (messages.c.direction == "out") & messages.c.provider_id.is_not(None)


@dataclass(frozen=True, slots=True)
class Message:
    """What was said, and how far its delivery has come (None where the customer wrote)."""

    id: str
    merchant: str
    conversation: str
    customer: str | None
    link: str | None
    agent: str | None
    channel: str
    direction: Literal["in", "out"]
    to: str = field(repr=False)
    sender: str | None = field(repr=False)
    content: Content = field(repr=False)
    created_at: datetime
    delivery: str | None = None
    state: DeliveryState | None = None
    problem: str | None = None
    superseded_at: datetime | None = None
    purpose: str | None = None
    # Of inbound ones: names of files that came along, the message that this corrects, whether a card number
    # was left out, and whether anybody may have written it under that address.
    attachments: tuple[str, ...] = ()
    edits: str | None = None
    masked: bool = False
    unverified: bool = False


def message_json(message: Message) -> dict[str, Any]:
    """The message as links and the API show it, without its words."""
    return {
        "id": message.id,
        "channel": message.channel,
        "to": message.to,
        "status": message.state.value if message.state is not None else "received",
        "problem": problems.describe(message.problem),
        "superseded_at": rfc3339(message.superseded_at) if message.superseded_at else None,
        "purpose": message.purpose,
        "created_at": rfc3339(message.created_at),
    }


async def seal_message(
    session: Session,
    vault: Vault,
    *,
    merchant: str,
    subject: str,
    to: str,
    sender: str | None,
    content: Content,
    now: datetime,
    **more: Any,
) -> str:
    """The sealed column of a message's row; `subject` is its customer, or its conversation without one.

    `more` is what an inbound message has besides: `attachments`, `edits`, `masked`, `unverified`.
    """
    parts: dict[str, Any] = {
        "to": to,
        "from": sender,
        "subject": content.subject,
        "text": content.text,
        "html": content.html,
        **more,
    }
    if content.button is not None:
        parts["button"] = asdict(content.button)
    if content.template is not None:
        parts["template"] = asdict(content.template)
    return await seal_parts(
        session, vault, merchant=merchant, subject=subject, parts=parts, now=now
    )


async def seal_parts(
    session: Session,
    vault: Vault,
    *,
    merchant: str,
    subject: str,
    parts: Mapping[str, Any],
    now: datetime,
) -> str:
    """As `seal_message`, for what `open_parts` answered."""
    return await vault.seal(
        session, merchant, subject, canonical_json(dict(parts)), purpose=_CONTENT, now=now
    )


async def open_parts(session: Session, vault: Vault, row: sa.RowMapping) -> dict[str, Any]:
    """What is sealed in a message's row; nothing once it was erased."""
    opened = await vault.open(session, row["sealed"], purpose=_CONTENT)
    parts: dict[str, Any] = {} if opened is None else json.loads(opened)
    return parts


async def get_message(session: Session, vault: Vault, *, merchant: str, message_id: str) -> Message:
    """Raises `NotFound`, for another merchant's message as well."""
    found = await _read(session, vault, messages.c.id == message_id, merchant=merchant)
    if not found:
        raise NotFound("message")
    return found[0]


async def messages_of_thread(
    session: Session,
    vault: Vault,
    *,
    merchant: str,
    conversation: str,
    before: str | None,
    limit: int,
) -> list[Message]:
    """What was said in the thread, newest first, older than the message `before`."""
    statement = (
        sa.select(messages)
        .where(messages.c.merchant == merchant, messages.c.conversation == conversation)
        .order_by(messages.c.id.desc())
        .limit(limit)
    )
    if before is not None:
        statement = statement.where(messages.c.id < before)
    rows = await session.all(statement)
    latest = await _latest_deliveries(session, [row["id"] for row in rows])
    return [await _message(session, vault, row, latest.get(row["id"])) for row in rows]


async def latest_messages(
    session: Session, vault: Vault, conversations: Sequence[str]
) -> dict[str, Message]:
    """The last message of each of these threads, without the state of its delivery."""
    if not conversations:
        return {}
    newest = (
        sa.select(sa.func.max(messages.c.id))
        .where(messages.c.conversation.in_(sorted(set(conversations))))
        .group_by(messages.c.conversation)
    )
    rows = await session.all(sa.select(messages).where(messages.c.id.in_(newest)))
    return {row["conversation"]: await _message(session, vault, row, None) for row in rows}


async def latest_inbound_id(session: Session, conversation: str, *, account: str) -> str | None:
    """What the account's provider calls the customer's latest message in the thread."""
    found: str | None = await session.scalar(
        sa.select(messages.c.provider_id)
        .where(
            messages.c.conversation == conversation,
            messages.c.direction == "in",
            messages.c.account == account,
        )
        .order_by(messages.c.id.desc())
        .limit(1)
    )
    return found


async def messages_by_id(
    session: Session, vault: Vault, *, merchant: str, ids: Sequence[str]
) -> list[Message]:
    """Those of the ids that name this merchant's messages, oldest first; as many as one statement takes."""
    return await _read(session, vault, messages.c.id.in_(ids), merchant=merchant)


async def messages_of_links(
    session: Session, vault: Vault, *, merchant: str, links: Sequence[str]
) -> dict[str, list[Message]]:
    """What was sent for each of these links, newest last; links without messages are left out."""
    if not links:
        return {}
    found: dict[str, list[Message]] = {}
    wanted = messages.c.link.in_(sorted(set(links))) & (messages.c.direction == "out")
    for message in await _read(session, vault, wanted, merchant=merchant):
        assert message.link is not None
        found.setdefault(message.link, []).append(message)
    return found


async def _read(
    session: Session, vault: Vault, wanted: sa.ColumnElement[bool], *, merchant: str
) -> list[Message]:
    rows = await session.all(
        sa.select(messages)
        .where(messages.c.merchant == merchant, wanted)
        .order_by(messages.c.created_at, messages.c.id)
        .limit(_MESSAGES_READ_MAX)
    )
    latest = await _latest_deliveries(session, [row["id"] for row in rows])
    return [await _message(session, vault, row, latest.get(row["id"])) for row in rows]


async def _latest_deliveries(session: Session, ids: Sequence[str]) -> dict[str, sa.RowMapping]:
    if not ids:
        return {}
    rows = await session.all(
        sa.select(deliveries)
        .where(deliveries.c.message.in_(ids))
        .order_by(deliveries.c.created_at, deliveries.c.id)
    )
    return {row["message"]: row for row in rows}


async def _message(
    session: Session, vault: Vault, row: sa.RowMapping, delivery: sa.RowMapping | None
) -> Message:
    parts = await open_parts(session, vault, row)
    return Message(
        id=row["id"],
        merchant=row["merchant"],
        conversation=row["conversation"],
        customer=row["customer"],
        link=row["link"],
        agent=row["agent"],
        channel=row["channel"],
        direction=row["direction"],
        to=parts.get("to", ""),
        sender=parts.get("from"),
        content=_content(parts),
        created_at=row["created_at"],
        delivery=delivery["id"] if delivery is not None else None,
        state=DeliveryState(delivery["state"]) if delivery is not None else None,
        problem=delivery["problem"] if delivery is not None else None,
        superseded_at=row["superseded_at"],
        purpose=row["purpose"],
        attachments=tuple(parts.get("attachments") or ()),
        edits=parts.get("edits"),
        masked=bool(parts.get("masked")),
        unverified=bool(parts.get("unverified")),
    )


def _content(parts: Mapping[str, Any]) -> Content:
    button, template = parts.get("button"), parts.get("template")
    return Content(
        text=parts.get("text", ""),
        subject=parts.get("subject"),
        html=parts.get("html"),
        button=None if button is None else Button(**button),
        template=None
        if template is None
        else Template(
            template["purpose"],
            template["locale"],
            tuple((name, text) for name, text in template["fields"]),
        ),
    )
