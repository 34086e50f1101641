"""What the customer asks for on the page: more time before the link ends (WCAG 2.2.1), a new link once it has.

NoMoreTime          the link's time is not short, it was extended as often as it may be, or it is nobody's to extend
RenewalUnwanted     the link has not run out, or nothing is due with it any more
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar, Final

import sqlalchemy as sa

from compliance.journal import record
from compliance.merchant_settings import Setting, read, whole
from core import work
from core.clock import rfc3339
from core.database import Session
from core.errors import Kind, PaythreadError
from links.link_events import link_event
from links.links import Link, link_by_id
from links.states import LinkState
from links.superseding import EXPIRE
from links.tables import links
from payments.payments import get_payment

# The customer is warned so long before the end; until then there is no hurry, and nothing to extend.
WARN: Final = timedelta(minutes=5)
ASK_AGAIN: Final = timedelta(hours=1)

_EXTENDABLE: Final = frozenset({LinkState.ACTIVE, LinkState.PARTIALLY_PAID})
_CUSTOMER: Final = "customer"


@dataclass(frozen=True, slots=True)
class TimePolicy(Setting):
    """By how much customers may put off the end of a link themselves, and how often; 0 times: never."""

    name: ClassVar[str] = "pay_page_time"
    extension_minutes: int = whole(10, least=1, most=24 * 60)
    # WCAG 2.2.1 asks for ten.
    extensions_max: int = whole(10, least=0, most=100)


class NoMoreTime(PaythreadError):
    """The end of this link cannot be put off (now)."""

    code = "no_more_time"
    kind = Kind.CONFLICT


class RenewalUnwanted(PaythreadError):
    """There is no new link to ask for."""

    code = "renewal_unwanted"
    kind = Kind.CONFLICT


async def ending(session: Session, link: Link, *, now: datetime) -> dict[str, Any] | None:
    """When the link ends, and whether its customer may put that off; None while there is time enough."""
    if link.state not in _EXTENDABLE or not timedelta() < link.expires_at - now <= WARN:
        return None
    policy = await read(session, link.merchant, TimePolicy)
    return {
        "expires_at": rfc3339(link.expires_at),
        "seconds": int((link.expires_at - now).total_seconds()),
        "minutes": policy.extension_minutes if may_extend(link, policy) else None,
    }


def may_extend(link: Link, policy: TimePolicy) -> bool:
    """Whether its customer may put its end off at all. An offer to many ends when its maker says so."""
    return not link.multi and link.extensions < policy.extensions_max


async def extend(session: Session, link: Link, *, now: datetime) -> Link:
    """A fixed time more. A second press finds that there is time enough, and changes nothing. Raises `NoMoreTime`."""
    await session.lock(link.id)
    link = await link_by_id(session, link.id)
    policy = await read(session, link.merchant, TimePolicy)
    if link.extensions and link.expires_at - now > WARN:
        return link
    short = link.state in _EXTENDABLE and timedelta() < link.expires_at - now <= WARN
    if not short or not may_extend(link, policy):
        raise NoMoreTime("This link cannot be kept open longer just now.")
    expires_at = link.expires_at + timedelta(minutes=policy.extension_minutes)
    await session.execute(
        sa.update(links)
        .where(links.c.id == link.id)
        .values(expires_at=expires_at, extensions=link.extensions + 1, updated_at=now)
    )
    await work.schedule(session, EXPIRE, link.id, due_at=expires_at)
    told = {"expires_at": rfc3339(expires_at), "extensions": link.extensions + 1}
    record(session, link_event("link.updated", link, actor=_CUSTOMER, now=now, data=told))
    return await link_by_id(session, link.id)


async def ask_renewal(session: Session, link: Link, *, now: datetime) -> None:
    """Tells the agent that the customer wants a new link; once an hour, however often it is asked.

    Raises `RenewalUnwanted`.
    """
    await session.lock(link.id)
    link = await link_by_id(session, link.id)
    if not await renewable(session, link, now=now):
        raise RenewalUnwanted("There is no new link to ask for.")
    if link.renewal_asked_at is not None and now - link.renewal_asked_at < ASK_AGAIN:
        return
    await session.execute(
        sa.update(links).where(links.c.id == link.id).values(renewal_asked_at=now)
    )
    record(session, link_event("link.renewal_requested", link, actor=_CUSTOMER, now=now))


async def renewable(session: Session, link: Link, *, now: datetime) -> bool:
    """Whether it ran out with something still due, and nothing has taken its place."""
    ran_out = link.state is LinkState.EXPIRED or (
        link.state in _EXTENDABLE and not link.open_at(now)
    )
    if not ran_out or link.multi or link.superseded_by is not None:
        return False
    return bool((await get_payment(session, link.payment)).remaining)
