"""A newer link for the same payment closes the older one, in one transaction: never can both be paid."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

import sqlalchemy as sa

from channels.messages import cancel_queued
from compliance.journal import record
from compliance.principal import Principal
from core import work
from core.database import Session
from core.errors import InvalidField, NotFound
from links.drafts import LinkDraft
from links.link_events import link_event
from links.links import Link, get_link, link_by_id
from links.states import LinkNotOpen, LinkState
from links.tables import links
from payments.errors import NothingDue
from payments.payments import Payment, lock_payment, refuse_while_live

EXPIRE: Final = "link.expire"
# An expired link may be renewed; one that was cancelled has called its debt off.
_REPLACEABLE: Final = frozenset({LinkState.ACTIVE, LinkState.PARTIALLY_PAID, LinkState.EXPIRED})


@dataclass(frozen=True, slots=True)
class Superseded:
    """The older link and its payment, both locked."""

    link: Link
    payment: Payment


async def hold(session: Session, principal: Principal, link_id: str) -> Superseded:
    """Locks the link that is to be superseded. Raises `InvalidField`, `AttemptLive`, `NothingDue`, `LinkNotOpen`."""
    try:
        await get_link(session, principal, link_id)
    except NotFound:
        raise InvalidField("/supersedes", "There is no such link.") from None
    await session.lock(link_id)
    link = await link_by_id(session, link_id)
    payment = await lock_payment(session, link.payment)
    if link.multi:
        raise InvalidField(
            "/supersedes",
            "Many people pay with this link. Cancel it, and make another one.",
        )
    await refuse_while_live(session, payment.id)
    if link.superseded_by is not None:
        raise LinkNotOpen("A newer link has taken its place already.")
    if link.state not in _REPLACEABLE or not payment.remaining:
        raise NothingDue("There is nothing to pay with this link any more.")
    return Superseded(link, payment)


def check_replacement(draft: LinkDraft, old: Superseded) -> None:
    """Whether the new link asks for the same debt. Raises `InvalidField`.

    The amount may change while nothing is paid. After a part it stays the whole debt, of which the rest is still due:
    what the customer has paid a part of must not become another sum.
    """
    if draft.usage == "multi":
        raise InvalidField("/usage", "A link for many people does not take the place of another.")
    if draft.currency != old.payment.due.currency.code:
        raise InvalidField("/currency", "The currency is that of the link before.")
    if old.payment.captured and draft.due != old.payment.due:
        raise InvalidField("/amount", "A part is paid, so the whole amount stays as it was.")


async def close_superseded(
    session: Session, old: Link, *, by: Link, actor: str, now: datetime
) -> None:
    """Ends the older link: nobody can pay with it, and what was not yet sent of it is called back.

    Its row and the payment's are locked; the newer link is known to nobody before the commit.
    """
    await session.execute(
        sa.update(links)
        .where(links.c.id == old.id)
        .values(state=LinkState.CANCELLED.value, superseded_by=by.id, updated_at=now)
    )
    await cancel_queued(session, merchant=old.merchant, link=old.id, now=now)
    await work.forget(session, EXPIRE, old.id)
    record(session, link_event("link.superseded", old, actor=actor, now=now, data={"by": by.id}))
