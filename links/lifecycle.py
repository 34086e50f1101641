"""The life of a link after it was made: amended, sent again, cancelled, expired. Each is one database transaction."""

from datetime import datetime, timedelta
from typing import Any, Final

import sqlalchemy as sa

from channels.messages import Message, cancel_queued
from compliance.journal import record
from compliance.merchant_settings import read
from compliance.principal import Principal
from core import work
from core.clock import rfc3339
from core.database import Session
from core.errors import InvalidField, Kind, PaythreadError
from links.drafts import Amendment, LinkDraft, Send, amount_due, check_expiry
from links.link_events import link_event
from links.links import APPROVED, WAITING, Link, link_by_id
from links.making import Made, Making
from links.projection import project
from links.sending import Sending
from links.showing import DESCRIPTION, NOBODY
from links.states import OPEN, LinkNotOpen, LinkState, check_command
from links.superseding import EXPIRE
from links.tables import links
from links.tokens import Tokens
from payments.approvals import ApprovalPolicy, needs_second_person
from payments.payments import (
    Payment,
    amend_payment,
    end_invitation,
    live_attempt_id,
    lock_payment,
    refuse_while_live,
)
from payments.states import PaymentState

__all__ = ["EXPIRE", "ApprovalWaiting", "Lifecycle"]

_ASK_AGAIN: Final = timedelta(seconds=30)
_ASK_AGAIN_MAX: Final = timedelta(minutes=10)
_HOLD_CHECK: Final = timedelta(hours=1)


class ApprovalWaiting(PaythreadError):
    """What a second person is asked to agree to must not change under their eyes."""

    code = "approval_waiting"
    kind = Kind.CONFLICT


class Lifecycle:
    """The commands on links."""

    def __init__(self, tokens: Tokens, sending: Sending) -> None:
        self._making = Making(tokens, sending)
        self._sending = sending
        self._vault = sending.showing.vault

    async def create(
        self, session: Session, principal: Principal, draft: LinkDraft, *, now: datetime
    ) -> Made:
        """A new link, as `Making.make` says."""
        return await self._making.make(session, principal, draft, now=now)

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
            template=message.template,
            again=True,
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
        """Another amount, description or expiry, while no attempt is live.

        Raises `AttemptLive`, `LinkNotOpen`, `ApprovalWaiting`, `NothingDue`, `InvalidField`.
        """
        await session.lock(link.id)
        payment = await lock_payment(session, link.payment)
        link = await link_by_id(session, link.id)
        await refuse_while_live(session, payment.id)
        if link.state not in {LinkState.ACTIVE, LinkState.PARTIALLY_PAID}:
            raise LinkNotOpen(f"The link is {link.state.value}; it cannot be changed.")
        values: dict[str, Any] = {"updated_at": now}
        told: dict[str, Any] = {}
        if change.amount is not None and change.amount != payment.due.minor:
            told |= await _amend_amount(session, link, payment, change.amount, now=now)
            values |= {"approval": told["approval"]} if "approval" in told else {}
        if change.description is not None:
            _refuse_while_waiting(link)
            values["description"] = await self._vault.seal(
                session,
                link.merchant,
                link.customer or NOBODY,
                change.description,
                purpose=DESCRIPTION,
                now=now,
            )
            told["description_changed"] = True
        if told:
            values["revision"] = link.revision + 1
        if change.expires_at is not None:
            check_expiry(change.expires_at, now)
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
        return await self.end(session, link.id, LinkState.CANCELLED, actor=principal.actor, now=now)

    async def expire(self, session: Session, item: work.Work, *, now: datetime) -> None:
        """Handler of `link.expire`: ends the link, unless an attempt is live; then it asks again."""
        await session.lock(item.subject)
        link = await link_by_id(session, item.subject)
        payment = await lock_payment(session, link.payment)
        held = link.state in OPEN | {LinkState.PAID} and payment.authorised.minor > 0
        if held and payment.state is not PaymentState.PAID:
            # A hold may still be let go, and then the link is open again, and past its time.
            await work.postpone(session, item, due_at=max(now, link.expires_at) + _HOLD_CHECK)
        elif link.state not in OPEN:
            await work.finish(session, item)
        elif now < link.expires_at and payment.invited:
            await work.postpone(session, item, due_at=link.expires_at)
        elif await live_attempt_id(session, payment.id) is not None:
            # A slow method may take days: it is looked at ever less often.
            wait = min(_ASK_AGAIN * 2 ** min(item.attempts - 1, 10), _ASK_AGAIN_MAX)
            await work.postpone(session, item, due_at=now + wait)
        else:
            await self.end(session, link.id, LinkState.EXPIRED, actor="system", now=now)
            await work.finish(session, item)

    async def end(
        self, session: Session, link_id: str, wanted: LinkState, *, actor: str, now: datetime
    ) -> Link:
        """Ends the link, cancelled or expired. Raises `AttemptLive`, `LinkNotOpen`.

        On a multi-use link it is the offer that ends: those who are paying at this moment go on.
        """
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


async def _amend_amount(
    session: Session, link: Link, payment: Payment, minor: int, *, now: datetime
) -> dict[str, Any]:
    """The new amount; a higher one than was agreed to needs a second person anew."""
    _refuse_while_waiting(link)
    due = amount_due(minor, payment.due.currency)
    if payment.minimum is not None and due < payment.minimum:
        raise InvalidField("/amount", "The amount must not be less than the link's minimum.")
    await amend_payment(session, payment, due=due, now=now)
    told: dict[str, Any] = {"amount": due.minor, "amount_before": payment.due.minor}
    policy = await read(session, link.merchant, ApprovalPolicy)
    agreed = link.approval == APPROVED and due < payment.due
    if needs_second_person(policy, due, "link") and not agreed:
        told["approval"] = WAITING
    return told


def _refuse_while_waiting(link: Link) -> None:
    if link.waits:
        raise ApprovalWaiting("A second person is asked about it: approve or reject it first.")
