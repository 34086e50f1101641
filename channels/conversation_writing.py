"""Writes in a thread, to its own address and through its own account.

ReplyWindowClosed      the network carries no free text to this address just now
ConversationMovedOn    a colleague has written since the agent last looked
ThreadUnreachable      nobody can be written to there (any more)
"""

from datetime import datetime
from typing import Final

import sqlalchemy as sa

from channels.catalogue import CHANNELS, AddressKind, channel_of
from channels.conversation_reading import mark_read
from channels.conversations import (
    Conversation,
    get_conversation,
    hold_conversation,
    open_addresses,
)
from channels.customers import get_customer
from channels.message_store import Message, messages, messages_of_thread
from channels.messages import Content, queue_message
from compliance.merchants import get_merchant
from compliance.vault import Vault
from core.clock import rfc3339
from core.database import Session
from core.errors import FieldError, InvalidField, Kind, PaythreadError

_SUBJECT_LENGTH_MAX: Final = 200
_LOOKED_AT_MAX: Final = 50
# Where the thread's own address stands in no request.
_ITS_OWN: Final = "/conversation"


class ReplyWindowClosed(PaythreadError):
    """The network's time for free text has run out, or never began. A payment link can still be sent."""

    code = "reply_window_closed"
    kind = Kind.CONFLICT

    def __init__(self, thread: Conversation) -> None:
        label = CHANNELS[thread.channel].label
        closed_at = thread.window_closes_at
        super().__init__(
            f"{label} carries free text only after the customer has written; they have not yet."
            if closed_at is None
            else f"The reply window of {label} closed at {rfc3339(closed_at)}."
        )


class ConversationMovedOn(PaythreadError):
    """Somebody else answered meanwhile."""

    code = "conversation_moved_on"
    kind = Kind.CONFLICT

    def __init__(self, newest: str) -> None:
        detail = f"A colleague has written meanwhile; the newest message is {newest}."
        super().__init__(detail, fields=(FieldError("/after", newest),))


class ThreadUnreachable(PaythreadError):
    """The address was erased, or is one that takes no answers."""

    code = "thread_unreachable"
    kind = Kind.CONFLICT


async def write_in_thread(
    session: Session,
    vault: Vault,
    *,
    merchant: str,
    conversation: str,
    text: str,
    subject: str | None,
    after: str | None,
    agent: str | None,
    actor: str,
    now: datetime,
) -> Message:
    """The message, queued. `after` is the newest message that its writer has seen, and so has read.

    Raises the errors above, and what `queue_message` raises.
    """
    thread = await hold_conversation(session, merchant=merchant, conversation=conversation)
    if after is not None:
        await _check_nobody_else(session, thread, after=after, agent=agent)
    addresses = await open_addresses(session, vault, merchant=merchant, ids=[thread.id])
    if thread.id not in addresses:
        raise ThreadUnreachable("The customer's data was erased.")
    customer = None
    if thread.customer is not None:
        customer = await get_customer(
            session, vault, merchant=merchant, customer_id=thread.customer
        )
    content = Content(text, await _subject(session, vault, thread, subject))
    try:
        message = await queue_message(
            session,
            vault,
            merchant=merchant,
            customer=customer,
            channel=thread.channel,
            to=addresses[thread.id],
            content=content,
            link=None,
            agent=agent,
            actor=actor,
            now=now,
            pointer=_ITS_OWN,
        )
    except InvalidField as error:
        if all(field.pointer != _ITS_OWN for field in error.fields):
            raise
        raise ThreadUnreachable("This sender takes no answers.") from None
    await mark_read(session, thread, message.id if after is None else after)
    _check_window(thread, now)
    return message


async def start_thread(
    session: Session,
    vault: Vault,
    *,
    merchant: str,
    customer: str | None,
    to: str | None,
    channel: str,
    text: str,
    subject: str | None,
    agent: str | None,
    actor: str,
    now: datetime,
) -> Message:
    """A message to a customer, or to an address: in the thread that is there, or in a new one. Raises as above."""
    if customer is None and to is None:
        raise InvalidField("/to", "Say to whom: a customer, an address, or both.")
    kind = channel_of(channel, pointer="/channel").address
    known = None
    if customer is not None:
        known = await get_customer(session, vault, merchant=merchant, customer_id=customer)
    if subject is None and kind is AddressKind.EMAIL:
        subject = (await get_merchant(session, merchant)).name
    message = await queue_message(
        session,
        vault,
        merchant=merchant,
        customer=known,
        channel=channel,
        to=to,
        content=Content(text, subject if kind is AddressKind.EMAIL else None),
        link=None,
        agent=agent,
        actor=actor,
        now=now,
    )
    thread = await get_conversation(session, merchant=merchant, conversation=message.conversation)
    await mark_read(session, thread, message.id)
    _check_window(thread, now)
    return message


def _check_window(thread: Conversation, now: datetime) -> None:
    """After everything else was found in order; what was staged until then is rolled back."""
    if not thread.window_open(now):
        raise ReplyWindowClosed(thread)


async def _check_nobody_else(
    session: Session, thread: Conversation, *, after: str, agent: str | None
) -> None:
    seen = await session.one_or_none(
        sa.select(messages.c.id, messages.c.created_at).where(
            messages.c.id == after, messages.c.conversation == thread.id
        )
    )
    if seen is None:
        raise InvalidField("/after", "There is no such message in this conversation.")
    newer = await session.all(
        sa.select(messages.c.id, messages.c.agent)
        .where(
            messages.c.conversation == thread.id,
            messages.c.direction == "out",
            messages.c.id != after,
            messages.c.created_at >= seen["created_at"],
        )
        .order_by(messages.c.created_at.desc(), messages.c.id.desc())
        .limit(_LOOKED_AT_MAX)
    )
    others = [row["id"] for row in newer if row["agent"] != agent]
    if others:
        raise ConversationMovedOn(others[0])


async def _subject(
    session: Session, vault: Vault, thread: Conversation, given: str | None
) -> str | None:
    """What a mail is about: what was given, else what the last one was about. Other channels have none."""
    if CHANNELS[thread.channel].address is not AddressKind.EMAIL:
        return None
    if given is not None:
        return given
    latest = await messages_of_thread(
        session,
        vault,
        merchant=thread.merchant,
        conversation=thread.id,
        before=None,
        limit=_LOOKED_AT_MAX,
    )
    about = next((one.content.subject for one in latest if one.content.subject), None)
    if about is None:
        return (await get_merchant(session, thread.merchant)).name
    about = "".join(c for c in " ".join(about.split()) if c.isprintable())
    answer = about if about.casefold().startswith("re:") else f"Re: {about}"
    return answer[:_SUBJECT_LENGTH_MAX]
