"""Keeps what a customer wrote, once, whatever the provider repeats; and does what STOP and START ask.

Card numbers are masked before anything is stored, and so are those that came in pieces (`inbound_words`). An edit
is a further message that names the one it corrects. The word STOP also ends what is queued to that address.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from channels.accounts import ChannelAccount
from channels.addresses import address_hash, lock_address, normalise_seen, raw_form
from channels.answered_threads import answered_thread
from channels.catalogue import CHANNELS, AddressKind
from channels.consents import BY_MESSAGE, ConsentPlace, ConsentState, set_consent
from channels.conversations import Conversation, continue_conversation, find_conversation
from channels.customer_changes import GivenAddress
from channels.customer_groups import survivor_of
from channels.customers import customer_at
from channels.inbound_words import Words, journal_words, keep_words
from channels.learned_names import learn_name
from channels.message_events import record_message_event
from channels.message_store import messages, seal_message
from channels.port import Inbound
from channels.stop_confirmation import StopPolicy, confirms, queue_confirmation
from channels.stop_words import choice_in, is_doubtful
from channels.stopping import Stopping, hold_queued, record_doubt
from compliance.journal import Event, record
from compliance.merchant_settings import read
from compliance.merchants import Merchant, get_merchant
from compliance.vault import Vault
from core.database import Session, upsert
from core.ids import new_id

_CUSTOMER = "customer"


@dataclass(frozen=True, slots=True)
class About:
    """Where it was written, when that says more than the address: on the page of a link, with a customer and an agent.

    They are for a thread that has none of its own yet.
    """

    link: str
    customer: str | None
    agent: str | None


async def record_inbound(
    session: Session,
    vault: Vault,
    account: ChannelAccount,
    inbound: Inbound,
    *,
    now: datetime,
    about: About | None = None,
) -> str | None:
    """The id of the message, stored now; None when it was stored before. With `about`, its link is locked."""
    merchant = await get_merchant(session, account.merchant)
    kind = CHANNELS[account.channel].address
    form = normalise_seen(kind, inbound.sender, country=merchant.country)
    hashed = await address_hash(
        session,
        vault,
        merchant=merchant.id,
        kind=kind,
        address=form or raw_form(inbound.sender),
        now=now,
    )
    choice = None if inbound.automatic else inbound.choice or choice_in(inbound.text)
    before = await find_conversation(
        session, merchant=merchant.id, channel=account.channel, hashed=hashed
    )
    if before is None:
        before = await answered_thread(session, account, inbound)
        if before is not None:
            # It joins that thread, and its address is nobody's but its own.
            hashed, form = before.address_hash, None
            inbound = replace(inbound, unverified=True)
    stopping = Stopping()
    if choice == "stop":
        # Links are locked before the address.
        stopping = await hold_queued(
            session, before, merchant=merchant.id, kind=kind, hashed=hashed
        )
    await lock_address(session, merchant.id, kind, hashed)
    if await _is_known(session, account, inbound):
        return None
    thread = await _thread(
        session,
        vault,
        merchant,
        account,
        inbound,
        about=about,
        kind=kind,
        form=form,
        hashed=hashed,
        now=now,
    )
    message = await _store(session, vault, account, thread, inbound, about=about, now=now)
    if message is None:
        return None
    news = False
    match choice:
        case "start" if inbound.unverified:
            # To stop for a stranger's word does no harm; to begin again may.
            record_doubt(session, thread, message, now=now)
        case "stop" | "start":
            state = ConsentState.STOPPED if choice == "stop" else ConsentState.GRANTED
            news = await set_consent(
                session,
                ConsentPlace(merchant.id, account.channel, hashed),
                state,
                customer=thread.customer,
                conversation=thread.id,
                agent=thread.agent,
                actor=_CUSTOMER,
                how=BY_MESSAGE,
                now=now,
            )
        case None if not inbound.automatic and is_doubtful(inbound.text):
            record_doubt(session, thread, message, now=now)
    if choice == "stop":
        await stopping.end(session, thread, actor=_CUSTOMER, now=now)
    if news and choice == "stop" and form is not None:
        policy = await read(session, merchant.id, StopPolicy)
        if confirms(account, policy):
            await queue_confirmation(
                session, vault, account, merchant, thread, to=form, stop=message, now=now
            )
    return message


async def _is_known(session: Session, account: ChannelAccount, inbound: Inbound) -> bool:
    """Spares a repetition the work; the unique constraint, not this, keeps it out."""
    found = await session.scalar(
        sa.select(messages.c.id).where(
            messages.c.account == account.id, messages.c.provider_id == inbound.provider_id
        )
    )
    return found is not None


async def _thread(
    session: Session,
    vault: Vault,
    merchant: Merchant,
    account: ChannelAccount,
    inbound: Inbound,
    *,
    about: About | None,
    kind: AddressKind,
    form: str | None,
    hashed: str,
    now: datetime,
) -> Conversation:
    """The sender's thread. Whoever was last written to there answers; else the address's customer."""
    known = await find_conversation(
        session, merchant=merchant.id, channel=account.channel, hashed=hashed
    )
    customer = known.customer if known is not None else None
    agent = None
    if about is not None:
        customer = customer or about.customer
        agent = about.agent if known is None or known.agent is None else None
    if customer is not None:
        customer = await survivor_of(session, merchant=merchant.id, customer=customer)
    if customer is None and form is not None:
        found = await customer_at(
            session,
            vault,
            merchant=merchant,
            address=GivenAddress(kind, form, hashed),
            agent=known.agent if known is not None else None,
            actor=_CUSTOMER,
            now=now,
        )
        customer = found.id
    if customer is not None:
        await learn_name(
            session,
            vault,
            merchant=merchant.id,
            customer=customer,
            called=inbound.sender_name,
            actor=_CUSTOMER,
            now=now,
        )
    return await continue_conversation(
        session,
        vault,
        merchant=merchant.id,
        channel=account.channel,
        hashed=hashed,
        address=form or inbound.sender,
        customer=customer,
        agent=agent,
        actor=_CUSTOMER,
        now=now,
        account=account.id,
        inbound=True,
        reopen=not inbound.automatic,
    )


async def _store(
    session: Session,
    vault: Vault,
    account: ChannelAccount,
    thread: Conversation,
    inbound: Inbound,
    *,
    about: About | None,
    now: datetime,
) -> str | None:
    message = new_id("msg", now)
    words = await keep_words(session, vault, thread, inbound, message=message, now=now)
    edits = await _edited(session, account, inbound)
    more: dict[str, Any] = {"attachments": list(words.attachments)} if words.attachments else {}
    if edits is not None:
        more["edits"] = edits
    if words.masked:
        more["masked"] = True
    if inbound.unverified:
        more["unverified"] = True
    row = {
        "id": message,
        "merchant": thread.merchant,
        "conversation": thread.id,
        "customer": thread.customer,
        "link": about.link if about is not None else None,
        "agent": thread.agent,
        "channel": thread.channel,
        "direction": "in",
        "account": account.id,
        "provider_id": inbound.provider_id,
        "sealed": await seal_message(
            session,
            vault,
            merchant=thread.merchant,
            subject=thread.customer or thread.id,
            to=inbound.recipient,
            sender=inbound.sender,
            content=words.content,
            now=now,
            **more,
        ),
        "created_at": now,
    }
    statement = upsert(session, messages).values(row)
    # An INSERT's count of rows is not told by every driver; what it returns is.
    stored = await session.scalar(
        statement.on_conflict_do_nothing(index_elements=["account", "provider_id"]).returning(
            messages.c.id
        )
    )
    if stored is None:
        return None
    _record(session, thread, row, inbound, words, edits=edits, now=now)
    return message


def _record(
    session: Session,
    thread: Conversation,
    row: dict[str, Any],
    inbound: Inbound,
    words: Words,
    *,
    edits: str | None,
    now: datetime,
) -> None:
    """`message.received`, and beside it what supervisors are told of a card number."""
    told: dict[str, Any] = {} if edits is None else {"edits": edits}
    if words.masked:
        # Agents see no incidents; they are told here, so that they can offer a payment link instead.
        told["card_number_masked"] = True
    if words.earlier:
        told["masked_earlier"] = list(words.earlier)
    if inbound.unverified:
        told["unverified"] = True
    if inbound.automatic:
        told["automatic"] = True
    record_message_event(
        session,
        "received",
        row,
        delivery=None,
        actor=_CUSTOMER,
        now=now,
        private=journal_words(inbound.sender, words.content, words.attachments),
        recallable=words.recallable,
        more=told,
    )
    if not words.masked:
        return
    earlier = {"earlier": list(words.earlier)} if words.earlier else {}
    record(
        session,
        Event(
            type="incident.card_number_masked",
            merchant=thread.merchant,
            occurred_at=now,
            actor=_CUSTOMER,
            customer=thread.customer,
            conversation=thread.id,
            agent=thread.agent,
            channel=thread.channel,
            data={"message": row["id"], **earlier},
        ),
    )


async def _edited(session: Session, account: ChannelAccount, inbound: Inbound) -> str | None:
    """The message that this one corrects, if we have it."""
    if inbound.edits is None:
        return None
    found: str | None = await session.scalar(
        sa.select(messages.c.id).where(
            messages.c.account == account.id, messages.c.provider_id == inbound.edits
        )
    )
    return found
