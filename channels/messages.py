"""Writes to a customer: the message, its delivery and the work to send it, in the caller's transaction.

NoAddress              the customer has no address that this channel reaches
DestinationNotAllowed, DailyLimitReached    (destinations) where and how many the merchant sends by SMS
CardNumberInMessage    the words hold what looks like a card number
ChannelNotSetUp        (accounts) nothing to send through
ConsentStopped         (consents) the customer asked not to be written to
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from channels.accounts import ChannelAccount, account_for, find_account
from channels.addresses import address_hash, lock_address, normalise
from channels.catalogue import CHANNELS, channel_of
from channels.consents import ConsentPlace, require_consent
from channels.conversations import continue_conversation, find_conversation
from channels.customer_changes import GivenAddress
from channels.customers import Customer, customer_at, surviving_customer
from channels.deliveries import SEND, cancel_queued, release_waiting
from channels.destinations import SMS, SmsPolicy, check_daily_limit, check_destination
from channels.message_events import record_message_event, without_tokens
from channels.message_store import (
    Message,
    deliveries,
    get_message,
    message_json,
    messages,
    messages_of_links,
    seal_message,
)
from channels.port import Content
from channels.states import DeliveryState
from compliance import masking
from compliance.merchant_settings import read
from compliance.merchants import Merchant, get_merchant
from compliance.vault import Vault
from core import work
from core.database import Session
from core.errors import FieldError, InvalidField, PaythreadError
from core.ids import new_id

__all__ = [
    "SEND",
    "CardNumberInMessage",
    "Content",
    "Message",
    "NoAddress",
    "cancel_queued",
    "get_message",
    "message_json",
    "messages_of_links",
    "put_on_its_way",
    "queue_message",
    "release_waiting",
]

_TEXT_LENGTH_MAX: Final = 20_000
_SUBJECT_LENGTH_MAX: Final = 200
_UNFIT_SUBJECT: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class NoAddress(PaythreadError):
    """The customer has no address for this channel, and none was given."""

    code = "no_address"

    def __init__(self, pointer: str, kind: str) -> None:
        detail = f"The customer has no {kind}; give one."
        super().__init__(detail, fields=(FieldError(pointer, detail),))


class CardNumberInMessage(PaythreadError):
    """A message holds what looks like a card number. It is not sent, and not kept."""

    code = "card_number_in_message"


async def queue_message(
    session: Session,
    vault: Vault,
    *,
    merchant: str,
    customer: Customer | None,
    channel: str,
    to: str | None,
    content: Content,
    link: str | None,
    agent: str | None,
    actor: str,
    now: datetime,
    pointer: str = "/to",
    waits: bool = False,
    supersedes: bool = False,
    purpose: str | None = None,
) -> Message:
    """A message on its way. The caller has locked the link, if there is one.

    One that `waits` stays queued until `release_waiting` lets it go. One that `supersedes` takes the place of those
    that carried the link before. One with a `purpose` belongs to the link and does not carry it. `to` is as typed, or
    None for the customer's own address. Without a customer, it goes to whoever has that address, or to a new customer
    of whom nothing else is known. Raises `InvalidField` and `NoAddress` at the pointer, `ChannelNotSetUp`,
    `ConsentStopped`, `CardNumberInMessage`.
    """
    _check_content(content)
    if customer is not None and customer.merged_into is not None:
        customer = await _merged(session, vault, customer)
    account = await account_for(
        session, merchant=merchant, channel=channel_of(channel, pointer=pointer).name
    )
    tenant = await get_merchant(session, merchant)
    address = await _address(
        session, vault, tenant, channel, to=to, customer=customer, now=now, pointer=pointer
    )
    if channel == SMS:
        policy = await read(session, merchant, SmsPolicy)
        check_destination(address.form, policy, country=tenant.country, pointer=pointer)
        await check_daily_limit(session, policy, merchant=merchant, now=now)
    await lock_address(session, merchant, address.kind, address.hashed)
    account = await _own_account(session, account, hashed=address.hashed)
    if customer is None:
        customer = await customer_at(
            session, vault, merchant=tenant, address=address, agent=agent, actor=actor, now=now
        )
    place = ConsentPlace(merchant, channel, address.hashed)
    await require_consent(session, place, customer=customer.id)
    thread = await continue_conversation(
        session,
        vault,
        merchant=merchant,
        channel=channel,
        hashed=address.hashed,
        address=address.form,
        customer=customer.id,
        agent=agent,
        actor=actor,
        now=now,
        account=account.id,
    )
    sealed = await seal_message(
        session,
        vault,
        merchant=merchant,
        subject=customer.id,
        to=address.form,
        sender=account.sender,
        content=content,
        now=now,
    )
    row = {
        "id": new_id("msg", now),
        "merchant": merchant,
        "conversation": thread.id,
        "customer": customer.id,
        "link": link,
        "agent": agent,
        "channel": channel,
        "direction": "out",
        "sealed": sealed,
        "purpose": purpose,
        "created_at": now,
    }
    before = await _supersede(session, row, now=now) if supersedes else []
    await put_on_its_way(
        session,
        row,
        account.id,
        to=address.form,
        waits=waits,
        supersedes=before,
        actor=actor,
        now=now,
    )
    return await get_message(session, vault, merchant=merchant, message_id=str(row["id"]))


async def _own_account(
    session: Session, otherwise: ChannelAccount, *, hashed: str
) -> ChannelAccount:
    """The account that the thread at this address goes through, while it is in use: a handle is known to no other."""
    merchant, channel = otherwise.merchant, otherwise.channel
    thread = await find_conversation(session, merchant=merchant, channel=channel, hashed=hashed)
    if thread is None or thread.account in (None, otherwise.id):
        return otherwise
    own = await find_account(session, merchant=merchant, account_id=thread.account)
    return own if own is not None and own.active and own.channel == channel else otherwise


async def _merged(session: Session, vault: Vault, customer: Customer) -> Customer:
    """The survivor, who is written to as the one merged away was: at that one's addresses first."""
    survivor = await surviving_customer(
        session, vault, merchant=customer.merchant, customer_id=customer.id
    )
    return replace(
        survivor,
        phone=customer.phone or survivor.phone,
        email=customer.email or survivor.email,
        handles={**survivor.handles, **customer.handles},
    )


async def _address(
    session: Session,
    vault: Vault,
    merchant: Merchant,
    channel: str,
    *,
    to: str | None,
    customer: Customer | None,
    now: datetime,
    pointer: str,
) -> GivenAddress:
    """Where the message goes: what was typed, or the customer's own address."""
    kind = CHANNELS[channel].address
    typed = to if to is not None else customer.address(kind) if customer is not None else None
    if typed is None:
        raise NoAddress(pointer, kind.value)
    form = normalise(kind, typed, country=merchant.country, pointer=pointer)
    hashed = await address_hash(
        session, vault, merchant=merchant.id, kind=kind, address=form, now=now
    )
    return GivenAddress(kind, form, hashed)


async def put_on_its_way(
    session: Session,
    row: dict[str, Any],
    account: str,
    *,
    to: str,
    waits: bool,
    supersedes: Sequence[str],
    actor: str,
    now: datetime,
) -> None:
    """Message, delivery, entry and work: all of them or none."""
    delivery = new_id("dlv", now)
    await session.execute(sa.insert(messages).values(row))
    await session.execute(
        sa.insert(deliveries).values(
            id=delivery,
            merchant=row["merchant"],
            message=row["id"],
            conversation=row["conversation"],
            link=row["link"],
            account=account,
            state=DeliveryState.QUEUED.value,
            tries=0,
            created_at=now,
            updated_at=now,
        )
    )
    record_message_event(
        session,
        "queued",
        row,
        delivery=delivery,
        actor=actor,
        now=now,
        more={"supersedes": list(supersedes)} if supersedes else {},
        private={"to": to},
    )
    if not waits:
        await work.schedule(session, SEND, delivery, due_at=now)


async def _supersede(session: Session, row: Mapping[str, Any], *, now: datetime) -> list[str]:
    """Marks what carried the same link before; answers which. They work as ever: it is one link."""
    gone = await session.all(
        sa.update(messages)
        .where(
            messages.c.merchant == row["merchant"],
            messages.c.link == row["link"],
            messages.c.direction == "out",
            messages.c.superseded_at.is_(None),
            messages.c.purpose.is_(None),
        )
        .values(superseded_at=now)
        .returning(messages.c.id)
    )
    return sorted(each["id"] for each in gone)


def _check_content(content: Content) -> None:
    """What no adapter could carry as meant, or must not carry at all."""
    if not content.text.strip() or len(content.text) > _TEXT_LENGTH_MAX:
        raise InvalidField("/text", f"A message has 1 to {_TEXT_LENGTH_MAX} characters.")
    subject = content.subject or ""
    if len(subject) > _SUBJECT_LENGTH_MAX or _UNFIT_SUBJECT.search(subject):
        raise InvalidField(
            "/subject", f"A subject is one line of at most {_SUBJECT_LENGTH_MAX} characters."
        )
    for words in (subject, content.text):
        if masking.holds_card_number(without_tokens(words)):
            raise CardNumberInMessage("A card number is never sent in a message.")
