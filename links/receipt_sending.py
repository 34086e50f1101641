"""Sends receipts: where the customer asks for one, and by itself where the merchant wants it.

A receipt goes where the link went, or to an address that is typed in on the page. Such an address teaches nothing: it
is not the customer's from then on, merges nobody, and its thread is its own holder's. No more than a few go out for
one payment, and to one address, so that the page is no way to pester anybody.

    NothingPaid         no money was taken (yet), so there is nothing to confirm
    ReceiptsExhausted   this payment, or this address, has had its receipts
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import sqlalchemy as sa
import structlog

from channels.accounts import ChannelNotSetUp, channels_of
from channels.addresses import address_hash, normalise
from channels.catalogue import CHANNELS, AddressKind
from channels.consents import ConsentStopped
from channels.customers import Customer, get_customer
from channels.messages import Message, messages_of_links, queue_message
from channels.receipt_templates import RECEIPT, RECEIPT_CHANNELS, ReceiptFacts, receipt_content
from channels.states import DeliveryState
from compliance.journal import Event
from compliance.merchant_settings import read
from compliance.merchants import Merchant, get_merchant
from core import work
from core.database import Session
from core.errors import InvalidField, Kind, PaythreadError
from links.brand import Brand
from links.links import Link, link_by_id
from links.money_text import money_text
from links.page_settings import ReceiptSettings
from links.pay.rendering import local_time
from links.receipts import card_text, receipt_of
from links.showing import Showing
from links.tables import receipt_messages
from payments.payments import Payment, get_payment

SEND: Final = "receipt.send"
PER_PAYMENT_MAX: Final = 3
PER_ADDRESS_MAX: Final = 5
_ADDRESS_WINDOW: Final = timedelta(days=1)
_TAKEN: Final = frozenset({"payment.paid", "payment.partially_paid", "payment.paid_late"})

_log = structlog.get_logger(__name__)


class NothingPaid(PaythreadError):
    """There is no receipt for what has not been taken."""

    code = "nothing_paid"
    kind = Kind.CONFLICT


class ReceiptsExhausted(PaythreadError):
    """Enough of them were sent."""

    code = "receipts_exhausted"
    kind = Kind.CONFLICT


@dataclass(frozen=True, slots=True)
class Offer:
    """A channel and an address that the link itself went to."""

    channel: str
    to: str
    customer: str | None

    @property
    def masked(self) -> str:
        """Enough to be known again by whoever it belongs to."""
        return masked(self.to)


def masked(address: str) -> str:
    """An email address or a telephone number with its middle left out."""
    name, at, domain = address.rpartition("@")
    return f"{name[:1]}•••@{domain}" if at else f"{address[:3]} ••• {address[-3:]}"


async def schedule_receipts(session: Session, event: Event) -> None:
    """Money was taken: plans a receipt, if the merchant sends them by itself."""
    if event.type not in _TAKEN or event.payment is None:
        return
    if (await read(session, event.merchant, ReceiptSettings)).automatic_email:
        cause = event.attempt or event.payment
        about = {"link": event.link, "payment": event.payment, "attempt": event.attempt}
        await work.schedule(session, SEND, cause, due_at=event.occurred_at, payload=about)


@dataclass(frozen=True, slots=True)
class ReceiptSending:
    """Queues receipts like any other message."""

    showing: Showing

    async def channels(self, session: Session, link: Link) -> list[str]:
        """Those that a receipt can go by."""
        ready = {one.name for one in await channels_of(session, merchant=link.merchant)}
        return [name for name in RECEIPT_CHANNELS if name in ready]

    async def offers(self, session: Session, link: Link) -> list[Offer]:
        """Where the link went, one address a channel: the latest that was not in vain. None of a link for many."""
        if link.multi:
            return []
        found: dict[str, Offer] = {}
        for message in await self._carriers(session, link):
            found[message.channel] = Offer(message.channel, message.to, message.customer)
        ready = await self.channels(session, link)
        return [found[name] for name in ready if name in found]

    async def send(
        self,
        session: Session,
        link: Link,
        payment: Payment,
        *,
        channel: str,
        to: str | None,
        now: datetime,
    ) -> Message:
        """The receipt of what was paid so far, to where the link went (`to` is None), or to an address as typed.

        Raises the errors above, `InvalidField`, `ConsentStopped`, `ChannelNotSetUp`.
        """
        await session.lock(link.id)
        if await self._count(session, receipt_messages.c.payment == payment.id) >= PER_PAYMENT_MAX:
            raise ReceiptsExhausted("Enough receipts were sent for this payment.")
        offer = await self._asked(session, link, channel, to)
        return await self._queue(session, link, payment, offer, attempt=None, cause=None, now=now)

    async def send_by_itself(self, session: Session, item: work.Work, *, now: datetime) -> None:
        """Handler of `receipt.send`: by email, where an address is known; once, whatever is repeated."""
        link_id, attempt = str(item.payload["link"]), item.payload["attempt"]
        await session.lock(link_id)
        link = await link_by_id(session, link_id)
        payment = await get_payment(session, str(item.payload["payment"]))
        offer = await self._own_email(session, link)
        sent = await session.scalar(
            sa.select(receipt_messages.c.message).where(
                receipt_messages.c.payment == payment.id, receipt_messages.c.cause == item.subject
            )
        )
        if offer is not None and sent is None:
            try:
                await self._queue(
                    session, link, payment, offer, attempt=attempt, cause=item.subject, now=now
                )
            except (ChannelNotSetUp, ConsentStopped, NothingPaid, ReceiptsExhausted) as reason:
                # All of them are found before anything is written.
                _log.info("receipt.not_sent", payment=payment.id, code=reason.code)
        await work.finish(session, item)

    async def _asked(self, session: Session, link: Link, channel: str, to: str | None) -> Offer:
        """Whose address it is, as far as that is known without taking anybody's word for it."""
        if channel not in RECEIPT_CHANNELS:
            raise InvalidField("/channel", f"One of: {', '.join(RECEIPT_CHANNELS)}.")
        known = await self.offers(session, link)
        if to is None:
            offer = next((one for one in known if one.channel == channel), None)
            if offer is None:
                raise InvalidField("/to", "The link went to no such address; give one.")
            return offer
        kind = CHANNELS[channel].address
        country = (await get_merchant(session, link.merchant)).country
        form = normalise(kind, to, country=country, pointer="/to")
        offer = next((one for one in known if one.to == form), None)
        if offer is not None:
            return Offer(channel, form, offer.customer)
        customer = await self._customer(session, link.merchant, link.customer)
        theirs = customer is not None and form in {one.address for one in customer.addresses}
        return Offer(channel, form, link.customer if theirs else None)

    async def _own_email(self, session: Session, link: Link) -> Offer | None:
        customer = await self._customer(session, link.merchant, link.customer)
        if customer is not None and customer.email is not None:
            return Offer("email", customer.email, customer.id)
        offers = await self.offers(session, link)
        return next((one for one in offers if one.channel == "email"), None)

    async def _queue(
        self,
        session: Session,
        link: Link,
        payment: Payment,
        offer: Offer,
        *,
        attempt: str | None,
        cause: str | None,
        now: datetime,
    ) -> Message:
        merchant = await get_merchant(session, link.merchant)
        locale = link.locale or merchant.locale
        facts = await self._facts(session, link, payment, merchant, locale, attempt=attempt)
        hashed = await self._hash(session, merchant, offer, now=now)
        lately = (receipt_messages.c.merchant == merchant.id) & (
            receipt_messages.c.address_hash == hashed
        )
        lately &= receipt_messages.c.created_at > now - _ADDRESS_WINDOW
        if await self._count(session, lately) >= PER_ADDRESS_MAX:
            raise ReceiptsExhausted("Enough receipts were sent to this address today.")
        message = await queue_message(
            session,
            self.showing.vault,
            merchant=merchant.id,
            customer=await self._customer(session, merchant.id, offer.customer),
            channel=offer.channel,
            to=offer.to,
            content=receipt_content(offer.channel, facts, locale=locale),
            link=link.id,
            agent=link.agent,
            actor="system" if cause is not None else "customer",
            now=now,
            purpose=RECEIPT,
        )
        await session.execute(
            sa.insert(receipt_messages).values(
                message=message.id,
                merchant=merchant.id,
                payment=payment.id,
                address_hash=hashed,
                cause=cause,
                created_at=now,
            )
        )
        return message

    async def _facts(
        self,
        session: Session,
        link: Link,
        payment: Payment,
        merchant: Merchant,
        locale: str,
        *,
        attempt: str | None,
    ) -> ReceiptFacts:
        receipt = await receipt_of(session, payment, attempt=attempt)
        # What a bank has only reserved may still be let go.
        if receipt is None or not payment.captured:
            raise NothingPaid("Nothing was paid yet.")
        brand = await read(session, merchant.id, Brand)
        in_parts = receipt.total != receipt.amount
        return ReceiptFacts(
            merchant=merchant.name,
            legal_name=brand.legal_name,
            amount=money_text(receipt.amount, locale),
            total=money_text(receipt.total, locale) if in_parts else None,
            remaining=money_text(receipt.remaining, locale) if receipt.remaining else None,
            paid_at=local_time(receipt.paid_at, locale),
            card=card_text(receipt.card, locale),
            reference=link.reference,
            payment=receipt.payment,
        )

    async def _hash(
        self, session: Session, merchant: Merchant, offer: Offer, *, now: datetime
    ) -> str:
        kind: AddressKind = CHANNELS[offer.channel].address
        form = normalise(kind, offer.to, country=merchant.country, pointer="/to")
        return await address_hash(
            session, self.showing.vault, merchant=merchant.id, kind=kind, address=form, now=now
        )

    async def _carriers(self, session: Session, link: Link) -> list[Message]:
        """The messages that carried the link, oldest first, without those in vain and those of somebody erased."""
        found = await messages_of_links(
            session, self.showing.vault, merchant=link.merchant, links=[link.id]
        )
        return [
            each
            for each in found.get(link.id, [])
            if each.purpose is None and each.to and each.state is not DeliveryState.FAILED
        ]

    async def _customer(
        self, session: Session, merchant: str, customer: str | None
    ) -> Customer | None:
        if customer is None:
            return None
        return await get_customer(
            session, self.showing.vault, merchant=merchant, customer_id=customer
        )

    async def _count(self, session: Session, where: sa.ColumnElement[bool]) -> int:
        found: int | None = await session.scalar(
            sa.select(sa.func.count()).select_from(receipt_messages).where(where)
        )
        return found or 0
