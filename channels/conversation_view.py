"""Threads and what was said in them, as the API shows them: words without the tokens of links."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from channels.consents import ConsentState, consents
from channels.conversation_reading import count_unread
from channels.conversations import Conversation, open_addresses
from channels.customers import get_customers
from channels.message_events import without_tokens
from channels.message_store import Message, latest_messages, message_json
from compliance.vault import Vault
from core.clock import rfc3339
from core.database import Session

_PREVIEW_LENGTH_MAX: Final = 160


async def conversations_json(
    session: Session, vault: Vault, threads: Sequence[Conversation], *, now: datetime
) -> list[dict[str, Any]]:
    """The threads of one merchant, in their order. As many statements for fifty as for one."""
    if not threads:
        return []
    merchant, ids = threads[0].merchant, [thread.id for thread in threads]
    addresses = await open_addresses(session, vault, merchant=merchant, ids=ids)
    last = await latest_messages(session, vault, ids)
    customers = await get_customers(
        session,
        vault,
        merchant=merchant,
        ids=[thread.customer for thread in threads if thread.customer is not None],
    )
    agreed = await _consents(session, merchant, threads)
    unread = await count_unread(session, merchant, ids)
    return [
        {
            "id": thread.id,
            "channel": thread.channel,
            "address": addresses.get(thread.id),
            "customer": thread.customer,
            "customer_name": customers[thread.customer].name
            if thread.customer in customers
            else None,
            "agent": thread.agent,
            "status": thread.state,
            "served_by": thread.served_by,
            "consent": agreed.get((thread.channel, thread.address_hash), ConsentState.UNKNOWN),
            "window": _window(thread, now),
            "last_message": _preview(last.get(thread.id)),
            "unread": unread.get(thread.id, 0),
            "opened_at": rfc3339(thread.opened_at),
            "closed_at": None if thread.closed_at is None else rfc3339(thread.closed_at),
            "last_message_at": rfc3339(thread.last_message_at),
        }
        for thread in threads
    ]


async def conversation_json(
    session: Session, vault: Vault, thread: Conversation, *, now: datetime
) -> dict[str, Any]:
    """One of them."""
    [shown] = await conversations_json(session, vault, [thread], now=now)
    return shown


def message_words(message: Message) -> dict[str, Any]:
    """One message with what it says."""
    return {
        **message_json(message),
        "direction": message.direction,
        "from": message.sender,
        "customer": message.customer,
        "conversation": message.conversation,
        "link": message.link,
        "agent": message.agent,
        "subject": _without_tokens(message.content.subject),
        "text": without_tokens(message.content.text),
        "attachments": list(message.attachments),
        "edits": message.edits,
        "card_number_masked": message.masked,
        "unverified": message.unverified,
    }


def _without_tokens(subject: str | None) -> str | None:
    return None if subject is None else without_tokens(subject)


def _window(thread: Conversation, now: datetime) -> dict[str, Any]:
    closes_at = thread.window_closes_at
    return {
        "open": thread.window_open(now),
        "closes_at": None if closes_at is None else rfc3339(closes_at),
    }


def _preview(message: Message | None) -> dict[str, Any] | None:
    if message is None:
        return None
    text = " ".join(without_tokens(message.content.text).split())
    if len(text) > _PREVIEW_LENGTH_MAX:
        text = f"{text[: _PREVIEW_LENGTH_MAX - 1].rstrip()}…"
    return {
        "id": message.id,
        "direction": message.direction,
        "text": text,
        "at": rfc3339(message.created_at),
    }


async def _consents(
    session: Session, merchant: str, threads: Sequence[Conversation]
) -> dict[tuple[str, str], str]:
    rows = await session.all(
        sa.select(consents.c.channel, consents.c.address_hash, consents.c.state).where(
            consents.c.merchant == merchant,
            consents.c.address_hash.in_(sorted({thread.address_hash for thread in threads})),
        )
    )
    return {(row["channel"], row["address_hash"]): row["state"] for row in rows}
