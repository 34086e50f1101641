"""The conversation beside the form: what the customer writes on the page of a link, and what is answered there.

A thread belongs to the browser tab that began it, not to the link: the tab makes up a key, and whoever has the link
but not the key reads nothing (docs/decisions/0020). Each thread is a web chat of the link's customer and agent.

ChatSwitchedOff     the merchant has taken the chat on its pages out of use
"""

import base64
import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from channels.accounts import ChannelAccount, accounts_of, ensure_account
from channels.consents import (
    ConsentPlace,
    ConsentState,
    consent_of,
    set_consent,
    standing,
)
from channels.inbound import About, record_inbound
from channels.port import Inbound
from channels.visitors import Visitor, VisitorUnknown, visitor_of, visitor_with
from channels.webchat.thread import CHANNEL, message_called, news_of, provider_id_of, thread_of
from compliance.merchants import get_merchant
from compliance.vault import KeyDestroyed, Vault
from core.database import Session
from core.errors import Kind, PaythreadError
from links.links import Link

PROVIDER: Final = "page"
# After every other account of the channel: answers find it by their thread, and nothing else is sent through it.
_PRIORITY: Final = 1000
_SENDER_LENGTH_MAX: Final = 80
_KEY: Final = re.compile(r"[0-9A-Za-z_-]{22,64}")
_BEFORE: Final = "0"


class ChatSwitchedOff(PaythreadError):
    """No chat on this merchant's pages."""

    code = "chat_switched_off"
    kind = Kind.CONFLICT


@dataclass(frozen=True, slots=True)
class ChatNews:
    """What is new in the tab's thread, oldest first; `whole` when it is the thread from its start."""

    messages: list[dict[str, Any]]
    cursor: str
    whole: bool
    conversation: str | None

    def as_json(self) -> dict[str, Any]:
        return {"messages": self.messages, "cursor": self.cursor, "whole": self.whole}


NOTHING: Final = ChatNews([], _BEFORE, True, None)


async def write(
    session: Session,
    vault: Vault,
    link: Link,
    *,
    key: str,
    client_id: str,
    text: str,
    now: datetime,
) -> str | None:
    """Keeps what the customer wrote, once however often it comes. The id of the message.

    Card numbers are masked before anything is stored. Raises `ChatSwitchedOff`, `VisitorUnknown` for what is no key.
    """
    token = _token(link, key)
    # Links are locked before addresses, and what is said on the page is told with its link.
    await session.lock(link.id)
    account = await _account(session, vault, link, now=now)
    visitor = await visitor_with(session, vault, account, token, now=now)
    inbound = Inbound(
        provider_id=provider_id_of(visitor, client_id),
        sender=visitor.id,
        recipient=account.sender or "",
        text=text,
    )
    about = About(link.id, link.customer, link.agent)
    stored = await record_inbound(session, vault, account, inbound, now=now, about=about)
    if stored is None:
        return await message_called(session, visitor, client_id)
    await _let_answer(session, vault, visitor, now=now)
    return stored


async def news(
    session: Session,
    vault: Vault,
    link: Link,
    *,
    key: str | None,
    after: str | None,
    pay_origin: str,
    now: datetime,
) -> ChatNews:
    """What is new in the thread of the tab with this key; nothing for any other. Raises `InvalidField`."""
    visitor = None if key is None else await _visitor(session, vault, link, key, now=now)
    if visitor is None:
        return NOTHING
    try:
        found = await news_of(session, vault, visitor, after=after, pay_origin=pay_origin, now=now)
    except KeyDestroyed:
        return NOTHING
    return ChatNews(found.messages, found.cursor, found.whole, found.conversation)


async def _let_answer(session: Session, vault: Vault, visitor: Visitor, *, now: datetime) -> None:
    """Who asks for help wants an answer, here: a STOP that they wrote elsewhere before does not stand in its way.

    One that is written in this chat does. The address is locked.
    """
    thread = await thread_of(session, vault, visitor, now=now)
    assert thread is not None, "something was just said in it"
    place = ConsentPlace(thread.merchant, CHANNEL, thread.address_hash)
    if await consent_of(session, place) is ConsentState.STOPPED:
        return
    if await standing(session, place, customer=thread.customer) is ConsentState.STOPPED:
        await set_consent(
            session,
            place,
            ConsentState.GRANTED,
            customer=thread.customer,
            conversation=thread.id,
            agent=thread.agent,
            actor="customer",
            how="page_chat",
            now=now,
        )


async def _visitor(
    session: Session, vault: Vault, link: Link, key: str, *, now: datetime
) -> Visitor | None:
    account = await _known_account(session, link)
    if account is None:
        return None
    try:
        return await visitor_of(session, vault, account, _token(link, key), now=now)
    except VisitorUnknown:
        return None


async def _account(session: Session, vault: Vault, link: Link, *, now: datetime) -> ChannelAccount:
    """The account of the merchant's pages, made when the first customer writes on one."""
    found = await _known_account(session, link)
    if found is None:
        merchant = await get_merchant(session, link.merchant)
        return await ensure_account(
            session,
            vault,
            merchant=link.merchant,
            channel=CHANNEL,
            provider=PROVIDER,
            config={"from": merchant.name[:_SENDER_LENGTH_MAX]},
            priority=_PRIORITY,
            now=now,
        )
    if not found.active:
        raise ChatSwitchedOff("This merchant answers elsewhere.")
    return found


async def _known_account(session: Session, link: Link) -> ChannelAccount | None:
    for account in await accounts_of(session, merchant=link.merchant):
        if (account.channel, account.provider) == (CHANNEL, PROVIDER):
            return account
    return None


def _token(link: Link, key: str) -> str:
    """A visitor's token: the same key on the page of another link is another visitor. Raises `VisitorUnknown`."""
    if _KEY.fullmatch(key) is None:
        raise VisitorUnknown
    digest = hashlib.sha256(f"{link.id}|{key}".encode()).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")
