"""The life of a link: made, amended, sent again, cancelled, expired. Each is one database transaction."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import sqlalchemy as sa

from channels.customers import Customer, CustomerDraft, get_customer, match_or_create
from channels.messages import Message, cancel_queued
from compliance.journal import Event, record
from compliance.merchants import get_merchant
from compliance.principal import Principal
from core import work
from core.clock import rfc3339
from core.database import Session
from core.errors import InvalidField
from core.ids import new_id
from core.money import AMOUNT_MINOR_MAX, Currency, Money
from links.links import Link, link_by_id
from links.progress import begin
from links.projection import project
from links.sending import Sending
from links.showing import DESCRIPTION, DETAILS, NOBODY, TOKEN
from links.states import LinkNotOpen, LinkState, check_command
from links.tables import links
from links.tokens import Tokens, new_token
from payments.payments import (
    Capture,
    amend_payment,
    create_payment,
    end_invitation,
    live_attempt_id,
    lock_payment,
    refuse_while_live,
)
from payments.states import PaymentState

EXPIRE: Final = "link.expire"
LIFE_MIN: Final = timedelta(seconds=60)
LIFE_MAX: Final = timedelta(days=90)
LIFE_DEFAULT: Final = timedelta(hours=24)
_ASK_AGAIN: Final = timedelta(seconds=30)
_HOLD_CHECK: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Send:
    """One message to send: the channel, and the address if it is not the customer's own."""

    channel: str
    to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkDraft:
    """What a new link is made from, as the API takes it."""

    amount: int
    currency: str
    description: str
    reference: str | None = None
    customer: str | CustomerDraft | None = None
    expires_in: timedelta = LIFE_DEFAULT
    capture: Capture = "automatic"
    locale: str | None = None
    metadata: dict[str, str] | None = None
    send: Sequence[Send] = ()
    agent: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """What is to change; None leaves it."""

    amount: int | None = None
    description: str | None = None
    expires_at: datetime | None = None


class Lifecycle:
    """The commands on links."""

    def __init__(self, tokens: Tokens, sending: Sending) -> None:
        self._tokens = tokens
        self._sending = sending
        self._vault = sending.showing.vault

    async def create(
        self, session: Session, principal: Principal, draft: LinkDraft, *, now: datetime
    ) -> Link:
        """A new link and its payment, with messages queued. Raises `InvalidField`, `UnknownCurrency`, `NotFound`."""
        due = _amount(draft.amount, Currency.of(draft.currency))
        agent = draft.agent or principal.agent
        customer = await self._customer(session, principal, draft, agent=agent, now=now)
        link_id, token = new_id("lnk", now), new_token()
        payment = await create_payment(
            session,
            merchant=principal.merchant,
            link=link_id,
            agent=agent,
            customer=customer.id if customer else None,
            due=due,
            capture=draft.capture,
            now=now,
        )
        subject = customer.id if customer else NOBODY
        expires_at = now + draft.expires_in
        await session.execute(
            sa.insert(links).values(
                id=link_id,
                merchant=principal.merchant,
                token_hash=self._tokens.lookup_hash(token),
                token=await self._seal(session, principal.merchant, subject, token, TOKEN, now),
                state=LinkState.ACTIVE.value,
                payment=payment.id,
                customer=customer.id if customer else None,
                agent=agent,
                usage="single",
                locale=draft.locale or (customer.locale if customer else None),
                description=await self._seal(
                    session, principal.merchant, subject, draft.description, DESCRIPTION, now
                ),
                reference=draft.reference,
                details=await self._seal(
                    session,
                    principal.merchant,
                    subject,
                    json.dumps(draft.metadata or {}),
                    DETAILS,
                    now,
                ),
                revision=1,
                expires_at=expires_at,
                step="created",
                progress=begin(now).stored(),
                created_at=now,
                updated_at=now,
            )
        )
        link = await link_by_id(session, link_id)
        record(
            session,
            link_event(
                "link.created",
                link,
                actor=principal.actor,
                now=now,
                data={
                    "amount": due.minor,
                    "currency": due.currency.code,
                    "reference": draft.reference,
                    "expires_at": rfc3339(expires_at),
                },
                private={"description": draft.description},
            ),
        )
        await work.schedule(session, EXPIRE, link_id, due_at=expires_at)
        for index, message in enumerate(draft.send):
            await self._sending.send(
                session,
                link,
                channel=message.channel,
                to=message.to,
                actor=principal.actor,
                now=now,
                pointer=f"/send/{index}/to",
            )
        return link

    async def send(
        self, session: Session, principal: Principal, link: Link, message: Send, *, now: datetime
    ) -> Message:
        """Sends the same link again, on any channel: same link, same payment. Raises `LinkNotOpen`."""
        await session.lock(link.id)
        link = await link_by_id(session, link.id)
        if not link.open_at(now):
            raise LinkNotOpen(f"The link is {link.state.value}; it is not sent any more.")
        return await self._sending.send(
            session,
            link,
            channel=message.channel,
            to=message.to,
            actor=principal.actor,
            now=now,
            pointer="/to",
        )

    async def amend(
        self,
        session: Session,
        principal: Principal,
        link: Link,
        change: Amendment,
        *,
        now: datetime,
    ) -> Link:
        """Another amount, description or expiry, while no attempt is live. Raises `AttemptLive`, `LinkNotOpen`."""
        await session.lock(link.id)
        payment = await lock_payment(session, link.payment)
        link = await link_by_id(session, link.id)
        await refuse_while_live(session, payment.id)
        if link.state not in {LinkState.ACTIVE, LinkState.PARTIALLY_PAID}:
            raise LinkNotOpen(f"The link is {link.state.value}; it cannot be changed.")
        values: dict[str, Any] = {"updated_at": now}
        told: dict[str, Any] = {}
        if change.amount is not None and change.amount != payment.due.minor:
            due = _amount(change.amount, payment.due.currency)
            await amend_payment(session, payment, due=due, now=now)
            told |= {"amount": due.minor, "amount_before": payment.due.minor}
        if change.description is not None:
            values["description"] = await self._seal(
                session,
                link.merchant,
                link.customer or NOBODY,
                change.description,
                DESCRIPTION,
                now,
            )
            told["description_changed"] = True
        if told:
            values["revision"] = link.revision + 1
        if change.expires_at is not None:
            _check_expiry(change.expires_at, now)
            values["expires_at"] = change.expires_at
            told["expires_at"] = rfc3339(change.expires_at)
            await work.schedule(session, EXPIRE, link.id, due_at=change.expires_at)
        await session.execute(sa.update(links).where(links.c.id == link.id).values(**values))
        if told:
            record(
                session,
                link_event("link.updated", link, actor=principal.actor, now=now, data=told),
            )
        return await link_by_id(session, link.id)

    async def cancel(
        self, session: Session, principal: Principal, link: Link, *, now: datetime
    ) -> Link:
        """Calls the debt off. A link that is cancelled already stays so. Raises `AttemptLive`, `LinkNotOpen`."""
        return await self._end(
            session, link.id, LinkState.CANCELLED, actor=principal.actor, now=now
        )

    async def expire(self, session: Session, item: work.Work, *, now: datetime) -> None:
        """Handler of `link.expire`: ends the link, unless an attempt is live; then it asks again."""
        await session.lock(item.subject)
        link = await link_by_id(session, item.subject)
        payment = await lock_payment(session, link.payment)
        if link.state is LinkState.PAID and payment.state is PaymentState.AUTHORISED:
            # A hold may still be let go, and then the link is open again, and past its time.
            await work.postpone(session, item, due_at=max(now, link.expires_at) + _HOLD_CHECK)
        elif link.state not in {LinkState.ACTIVE, LinkState.PARTIALLY_PAID, LinkState.IN_PROGRESS}:
            await work.finish(session, item)
        elif now < link.expires_at:
            await work.postpone(session, item, due_at=link.expires_at)
        elif await live_attempt_id(session, payment.id) is not None:
            await work.postpone(session, item, due_at=now + _ASK_AGAIN)
        else:
            await self._end(session, link.id, LinkState.EXPIRED, actor="system", now=now)
            await work.finish(session, item)

    async def _end(
        self, session: Session, link_id: str, wanted: LinkState, *, actor: str, now: datetime
    ) -> Link:
        await session.lock(link_id)
        link = await link_by_id(session, link_id)
        payment = await lock_payment(session, link.payment)
        if link.state is wanted:
            return link
        await refuse_while_live(session, payment.id)
        check_command(link.state, wanted)
        cancelled = wanted is LinkState.CANCELLED
        await end_invitation(session, payment, cancelled=cancelled, actor=actor, now=now)
        await session.execute(
            sa.update(links).where(links.c.id == link.id).values(state=wanted.value, updated_at=now)
        )
        await cancel_queued(session, merchant=link.merchant, link=link.id, now=now)
        event = link_event(f"link.{wanted.value}", link, actor=actor, now=now)
        record(session, event)
        # The answer to this command shows the progress that the commit will make; folding twice is harmless.
        await project(session, [event])
        return await link_by_id(session, link.id)

    async def _customer(
        self,
        session: Session,
        principal: Principal,
        draft: LinkDraft,
        *,
        agent: str | None,
        now: datetime,
    ) -> Customer | None:
        wanted = draft.customer or _customer_of_sends(draft.send)
        if wanted is None:
            return None
        if isinstance(wanted, str):
            return await get_customer(
                session, self._vault, merchant=principal.merchant, customer_id=wanted
            )
        return await match_or_create(
            session,
            self._vault,
            merchant=await get_merchant(session, principal.merchant),
            draft=wanted,
            agent=agent,
            actor=principal.actor,
            now=now,
        )

    async def _seal(  # noqa: PLR0917 - a short name for a long call
        self, session: Session, merchant: str, subject: str, text: str, purpose: str, now: datetime
    ) -> str:
        return await self._vault.seal(session, merchant, subject, text, purpose=purpose, now=now)


def link_event(
    kind: str,
    link: Link,
    *,
    actor: str,
    now: datetime,
    data: dict[str, Any] | None = None,
    private: dict[str, Any] | None = None,
    origin: str | None = None,
) -> Event:
    """A fact about a link, with everything it belongs to."""
    return Event(
        type=kind,
        merchant=link.merchant,
        occurred_at=now,
        actor=actor,
        origin=origin,
        link=link.id,
        payment=link.payment,
        customer=link.customer,
        agent=link.agent,
        channel=link.progress.channel,
        data=data or {},
        private=private,
    )


def _customer_of_sends(sends: Sequence[Send]) -> CustomerDraft | None:
    """Whoever the link is sent to is its customer, if nobody else is named."""
    addresses = [message.to for message in sends if message.to is not None]
    email = next((a for a in addresses if "@" in a), None)
    phone = next((a for a in addresses if "@" not in a), None)
    if email is None and phone is None:
        return None
    return CustomerDraft(name=None, email=email, phone=phone, external_id=None, locale=None)


def _amount(minor: int, currency: Currency) -> Money:
    if not 0 < minor <= AMOUNT_MINOR_MAX:
        raise InvalidField(
            "/amount", f"The amount must be from 1 to {AMOUNT_MINOR_MAX} minor units."
        )
    return Money(minor, currency)


def _check_expiry(expires_at: datetime, now: datetime) -> None:
    if not LIFE_MIN <= expires_at - now <= LIFE_MAX:
        raise InvalidField(
            "/expires_at", "The link must end between 60 seconds and 90 days from now."
        )
