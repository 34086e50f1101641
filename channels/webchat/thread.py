"""A visitor's own thread: what they wrote, and what has been sent to them.

What is queued is not shown: it may yet be cancelled, or wait for a second person. So a message can appear after a
younger one, and the cursor says how many there were up to which: `{newest id}.{count}`.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from channels.accounts import get_account
from channels.addresses import address_hash
from channels.catalogue import AddressKind
from channels.conversations import Conversation, find_conversation
from channels.message_store import Message, deliveries, messages, messages_by_id
from channels.port import Receipt
from channels.receipts import record_receipt
from channels.states import REACHED_NETWORK, DeliveryState
from channels.visitors import Visitor
from compliance.vault import Vault
from core.clock import rfc3339
from core.database import Session
from core.errors import InvalidField
from core.ids import is_id

CHANNEL: Final = "webchat"
# What a browser is shown of a long thread.
SHOWN_MAX: Final = 50
RECEIPTS_MAX: Final = 50
_START: Final = "0"
_CURSOR: Final = re.compile(r"(msg_[0-9a-z]{26})\.([0-9]{1,9})")


@dataclass(frozen=True, slots=True)
class News:
    """What is new after a cursor, oldest first; `whole` when it is the thread from its start."""

    messages: list[dict[str, Any]]
    cursor: str
    whole: bool
    conversation: str | None = None


async def thread_of(
    session: Session, vault: Vault, visitor: Visitor, *, now: datetime
) -> Conversation | None:
    """The visitor's thread, if anything was ever said there. Raises `KeyDestroyed` once its customer was erased."""
    hashed = await address_hash(
        session,
        vault,
        merchant=visitor.merchant,
        kind=AddressKind.WEBCHAT,
        address=visitor.id,
        now=now,
    )
    found = await find_conversation(
        session, merchant=visitor.merchant, channel=CHANNEL, hashed=hashed
    )
    if found is not None and found.customer is not None:
        await vault.key(session, visitor.merchant, found.customer, now=now)
    return found


async def news_of(
    session: Session,
    vault: Vault,
    visitor: Visitor,
    *,
    after: str | None,
    pay_origin: str,
    now: datetime,
) -> News:
    """Everything new after the cursor. Raises `InvalidField` for a cursor that is none of ours."""
    known = _read_cursor(after)
    thread = await thread_of(session, vault, visitor, now=now)
    if thread is None:
        return News([], _START, known is None)
    shown = _shown(thread)
    count, newest = await _standing(session, shown)
    if newest is None:
        return News([], _START, known is None, thread.id)
    cursor = f"{newest}.{count}"
    if known is not None and (newest, count) == known:
        return News([], cursor, False, thread.id)
    since = None
    if known is not None:
        before, _ = await _standing(session, shown & (messages.c.id <= known[0]))
        since = known[0] if before == known[1] else None
    fresh = shown if since is None else shown & (messages.c.id > since)
    rows = await session.all(
        sa.select(messages.c.id, messages.c.provider_id)
        .where(fresh)
        .order_by(messages.c.id.desc())
        .limit(SHOWN_MAX)
    )
    called = {row["id"]: row["provider_id"] for row in rows}
    found = await messages_by_id(session, vault, merchant=visitor.merchant, ids=list(called))
    told = [
        _told(message, called[message.id], pay_origin)
        for message in sorted(found, key=lambda one: one.id)
        if message.content.text
    ]
    return News(told, cursor, since is None, thread.id)


async def undelivered(
    session: Session, thread: Conversation, *, to: str, fact: DeliveryState
) -> list[tuple[str, str]]:
    """(account, delivery) of what the visitor is shown up to this message and has not reported as such yet."""
    open_states = {DeliveryState.SENT}
    if fact is DeliveryState.READ:
        open_states.add(DeliveryState.DELIVERED)
    rows = await session.all(
        sa.select(deliveries.c.account, deliveries.c.id)
        .where(
            deliveries.c.conversation == thread.id,
            deliveries.c.merchant == thread.merchant,
            deliveries.c.state.in_(sorted(state.value for state in open_states)),
            deliveries.c.message <= to,
        )
        .order_by(deliveries.c.id.desc())
        .limit(RECEIPTS_MAX)
    )
    return [(row["account"], row["id"]) for row in rows]


async def report(
    session: Session,
    vault: Vault,
    *,
    account: str,
    delivery: str,
    fact: DeliveryState,
    now: datetime,
) -> None:
    """One delivery has reached the visitor's screen, or been read there."""
    receipt = Receipt(fact=fact, delivery=delivery)
    await record_receipt(session, vault, await get_account(session, account), receipt, now=now)


def _shown(thread: Conversation) -> sa.ColumnElement[bool]:
    arrived = sorted(state.value for state in REACHED_NETWORK)
    sent = sa.exists().where(deliveries.c.message == messages.c.id, deliveries.c.state.in_(arrived))
    return (
        (messages.c.merchant == thread.merchant)
        & (messages.c.conversation == thread.id)
        & ((messages.c.direction == "in") | sent)
    )


async def _standing(session: Session, shown: sa.ColumnElement[bool]) -> tuple[int, str | None]:
    row = await session.one_or_none(
        sa.select(sa.func.count().label("count"), sa.func.max(messages.c.id).label("newest")).where(
            shown
        )
    )
    assert row is not None, "an aggregate has a row"
    return row["count"], row["newest"]


def _read_cursor(text: str | None) -> tuple[str, int] | None:
    if text is None or text == _START:
        return None
    found = _CURSOR.fullmatch(text)
    if found is None or not is_id(found[1], "msg"):
        raise InvalidField("/after", "This is no cursor of this thread.")
    return found[1], int(found[2])


def _told(message: Message, called: str | None, pay_origin: str) -> dict[str, Any]:
    """The message as its visitor sees it: theirs is the payment link, so its address is whole."""
    text, button = message.content.text, message.content.button
    if button is not None and not button.url.startswith(f"{pay_origin}/"):
        button = None
    if button is not None:
        # The card carries the address; what is left is the sentence that led to it.
        text = text.replace(button.url, "").rstrip().rstrip(":：").rstrip()
    return {
        "id": message.id,
        # What the widget called it, so that it knows its own words again.
        "client_id": called.rpartition(".")[2] if called is not None else None,
        "direction": message.direction,
        "text": text,
        "at": rfc3339(message.created_at),
        "button": None if button is None else {"label": button.label, "url": button.url},
        "status": message.state.value if message.state is not None else "received",
    }


def provider_id_of(visitor: Visitor, client_id: str) -> str:
    """What a message is called on the account: a visitor can repeat their own messages, and nobody else's."""
    return f"{visitor.id}.{client_id}"


async def message_called(session: Session, visitor: Visitor, client_id: str) -> str | None:
    """The id of the visitor's message that their browser called so."""
    found: str | None = await session.scalar(
        sa.select(messages.c.id).where(
            messages.c.account == visitor.account,
            messages.c.merchant == visitor.merchant,
            messages.c.provider_id == provider_id_of(visitor, client_id),
        )
    )
    return found
