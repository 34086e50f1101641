"""Makes links: a new one with its debt, or one that asks anew for the debt of another. In one database transaction."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from channels.catalogue import CHANNELS, AddressKind
from channels.customers import Customer, CustomerDraft, get_customer, match_or_create
from compliance.journal import record
from compliance.merchant_settings import read
from compliance.merchants import get_merchant
from compliance.principal import Principal
from core import work
from core.clock import rfc3339
from core.database import Prepared, Session
from core.errors import InvalidField, NotFound
from core.ids import new_id
from core.money import Money
from links.drafts import LinkDraft, Send
from links.link_events import link_event
from links.links import WAITING, Link, read_link
from links.progress import begin
from links.sending import Sending
from links.showing import DESCRIPTION, DETAILS, NOBODY, TOKEN
from links.states import LinkState
from links.superseding import EXPIRE, Superseded, check_replacement, close_superseded, hold
from links.tables import links
from links.tokens import Tokens, new_token
from payments.accounts import has_account
from payments.approvals import ApprovalPolicy, needs_second_person
from payments.invitations import invite_again
from payments.payments import Payment, create_payment

_INSERT: Final = Prepared(sa.insert(links))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """A new link about to be written."""

    id: str
    draft: LinkDraft
    due: Money
    agent: str | None
    customer: Customer | None
    replaces: Superseded | None
    approval: str | None

    @property
    def customer_id(self) -> str | None:
        return self.customer.id if self.customer is not None else None

    @property
    def subject(self) -> str:
        """Under whose key its words are sealed."""
        return self.customer_id or NOBODY

    @property
    def reference(self) -> str | None:
        before = self.replaces.link.reference if self.replaces is not None else None
        return self.draft.reference or before


@dataclass(frozen=True, slots=True)
class Made:
    """A link that was made a moment ago, with what it asks for."""

    link: Link
    payment: Payment
    sent: bool


class Making:
    """The making of links."""

    def __init__(self, tokens: Tokens, sending: Sending) -> None:
        self._tokens = tokens
        self._sending = sending
        self._vault = sending.showing.vault

    async def make(
        self, session: Session, principal: Principal, draft: LinkDraft, *, now: datetime
    ) -> Made:
        """A new link and its payment, with messages queued; they wait with a link that needs a second person.

        Raises `InvalidField`, `UnknownCurrency`; with `supersedes` also `AttemptLive`, `NothingDue`, `LinkNotOpen`.
        """
        due, minimum = draft.due, draft.minimum
        await _check_account(session, principal, draft.account)
        # First of all, because a link is locked before addresses are.
        replaces = None
        if draft.supersedes is not None:
            replaces = await hold(session, principal, draft.supersedes)
            check_replacement(draft, replaces)
        agent = draft.agent or principal.agent
        customer = await self._customer(session, principal, draft, replaces, agent=agent, now=now)
        policy = await read(session, principal.merchant, ApprovalPolicy)
        plan = _Plan(
            id=new_id("lnk", now),
            draft=draft,
            due=due,
            agent=agent,
            customer=customer,
            replaces=replaces,
            approval=WAITING if needs_second_person(policy, due, "link") else None,
        )
        payment = await _payment(session, principal, plan, minimum=minimum, now=now)
        link = await self._insert(session, principal, plan, payment, now=now)
        if replaces is not None:
            await close_superseded(session, replaces.link, by=link, actor=principal.actor, now=now)
        record(
            session,
            link_event(
                "link.created",
                link,
                actor=principal.actor,
                now=now,
                data=_told(plan, link),
                private={"description": draft.description},
            ),
        )
        await work.schedule(session, EXPIRE, link.id, due_at=link.expires_at)
        for index, message in enumerate(draft.send):
            await self._sending.send(
                session,
                link,
                channel=message.channel,
                to=message.to,
                actor=principal.actor,
                now=now,
                pointer=f"/send/{index}/to",
                template=message.template,
            )
        return Made(link, payment, sent=bool(draft.send))

    async def _insert(
        self,
        session: Session,
        principal: Principal,
        plan: _Plan,
        payment: Payment,
        *,
        now: datetime,
    ) -> Link:
        draft, token = plan.draft, new_token()

        async def sealed(text: str, purpose: str) -> str:
            return await self._vault.seal(
                session, principal.merchant, plan.subject, text, purpose=purpose, now=now
            )

        locale = draft.locale or (plan.customer.locale if plan.customer else None)
        if locale is None and plan.replaces is not None:
            locale = plan.replaces.link.locale
        row = {
            "id": plan.id,
            "merchant": principal.merchant,
            "token_hash": self._tokens.lookup_hash(token),
            "token": await sealed(token, TOKEN),
            "state": _first_state(payment).value,
            "payment": payment.id,
            "customer": plan.customer_id,
            "agent": plan.agent,
            "usage": draft.usage,
            "locale": locale,
            "description": await sealed(draft.description, DESCRIPTION),
            "reference": plan.reference,
            "details": await sealed(json.dumps(draft.metadata or {}), DETAILS),
            "superseded_by": None,
            "approval": plan.approval,
            "account": draft.account,
            "revision": 1,
            "extensions": 0,
            "renewal_asked_at": None,
            "expires_at": now + draft.expires_in,
            "step": "created",
            "progress": begin(now).stored(),
            "created_at": now,
            "updated_at": now,
        }
        session.put(_INSERT, **row)
        return read_link(row)

    async def _customer(
        self,
        session: Session,
        principal: Principal,
        draft: LinkDraft,
        replaces: Superseded | None,
        *,
        agent: str | None,
        now: datetime,
    ) -> Customer | None:
        before = replaces.link.customer if replaces is not None else None
        wanted = draft.customer or before or _customer_of_sends(draft.send)
        if wanted is None:
            return None
        if isinstance(wanted, CustomerDraft):
            customer = await match_or_create(
                session,
                self._vault,
                merchant=await get_merchant(session, principal.merchant),
                draft=wanted,
                agent=agent,
                actor=principal.actor,
                now=now,
            )
        else:
            customer = await self._known_customer(session, principal, wanted)
        if replaces is not None and replaces.payment.captured and before not in {None, customer.id}:
            raise InvalidField("/customer", "Somebody else has paid a part of this already.")
        return customer

    async def _known_customer(
        self, session: Session, principal: Principal, customer_id: str
    ) -> Customer:
        try:
            return await get_customer(
                session, self._vault, merchant=principal.merchant, customer_id=customer_id
            )
        except NotFound:
            raise InvalidField("/customer", "There is no such customer.") from None


async def _payment(
    session: Session,
    principal: Principal,
    plan: _Plan,
    *,
    minimum: Money | None,
    now: datetime,
) -> Payment:
    """The debt: a new one, or the one that the link before this one asked for."""
    if plan.replaces is not None:
        return await invite_again(
            session,
            plan.replaces.payment,
            link=plan.id,
            agent=plan.agent,
            customer=plan.customer_id,
            due=plan.due,
            minimum=minimum,
            capture=plan.draft.capture,
            now=now,
        )
    return await create_payment(
        session,
        merchant=principal.merchant,
        link=plan.id,
        agent=plan.agent,
        customer=plan.customer_id,
        due=plan.due,
        capture=plan.draft.capture,
        minimum=minimum,
        offer=plan.draft.usage == "multi",
        now=now,
    )


def _first_state(payment: Payment) -> LinkState:
    return LinkState.PARTIALLY_PAID if payment.captured else LinkState.ACTIVE


def _told(plan: _Plan, link: Link) -> dict[str, Any]:
    """What the journal says of a new link; what is as usual goes without saying."""
    told: dict[str, Any] = {
        "amount": plan.due.minor,
        "currency": plan.due.currency.code,
        "reference": plan.reference,
        "expires_at": rfc3339(link.expires_at),
    }
    unusual = {
        "usage": link.usage if link.multi else None,
        "minimum_amount": plan.draft.minimum_amount,
        "approval": link.approval,
        "supersedes": plan.draft.supersedes,
    }
    return told | {name: value for name, value in unusual.items() if value is not None}


async def _check_account(session: Session, principal: Principal, account: str | None) -> None:
    if account is not None and not await has_account(session, principal.merchant, account):
        raise InvalidField("/account", "There is no such payment provider account in use.")


def _customer_of_sends(sends: Sequence[Send]) -> CustomerDraft | None:
    """Whoever the link is sent to is its customer, if nobody else is named."""

    def first(kind: AddressKind) -> str | None:
        found = (
            message.to
            for message in sends
            if message.to is not None
            and message.channel in CHANNELS
            and CHANNELS[message.channel].address is kind
        )
        return next(found, None)

    email, phone = first(AddressKind.EMAIL), first(AddressKind.PHONE)
    if email is None and phone is None:
        return None
    return CustomerDraft(name=None, email=email, phone=phone, external_id=None, locale=None)
