"""How much of what a customer does on the page their agents see: everything but card details, or `coarse`.

Coarse is what nobody can do without: the link was opened, a payment was submitted, and how it ended; help, when it is
asked for. Nothing of fields, of typing, of who is there. The customer chooses for the link, and on a link for many for
their own view of the page; a merchant may have it so for everybody.
"""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

import sqlalchemy as sa

from compliance.journal import record
from compliance.merchant_settings import read
from core.database import Session
from links.link_events import link_event
from links.links import Link
from links.page_settings import COARSE, FULL, PageSettings
from links.tables import page_views

# What is still heard of a page that shares less.
COARSE_REPORTS: Final = frozenset({"loaded", "opened", "help_requested", "share_all"})


async def merchants_way(session: Session, merchant: str) -> str:
    """What the merchant has chosen for its pages."""
    return (await read(session, merchant, PageSettings)).progress


async def begin(session: Session, link: Link, page: str) -> None:
    """A page view is reported for the first time: it is coarse if the merchant's pages are."""
    if await merchants_way(session, link.merchant) == COARSE:
        await _keep(session, page, coarse=True)


def is_coarse(link: Link, row: sa.RowMapping) -> bool:
    """Whether this view of the page shows less."""
    return bool(row["coarse"]) or (not link.multi and link.progress.sharing == COARSE)


async def share_less(session: Session, link: Link, page: str, *, now: datetime) -> None:
    """The customer turns it down. The link is locked."""
    theirs = page_views.c.link == link.id
    if link.multi:
        theirs &= page_views.c.page == page
        await _keep(session, page, coarse=True)
    # Nobody has left, and nobody is told so: that somebody is there is what is no longer known.
    await session.execute(sa.update(page_views).where(theirs).values(present=False))
    others = await session.scalar(
        sa.select(page_views.c.page).where(page_views.c.link == link.id, page_views.c.present)
    )
    there = {"present": others is not None}
    tell(session, link, COARSE, by="customer", page=page, now=now, more=there)


async def share_all(session: Session, link: Link, page: str, *, now: datetime) -> None:
    """The customer turns it up again; where the merchant's pages are coarse for everybody, nothing changes."""
    if await merchants_way(session, link.merchant) == COARSE:
        return
    await _keep(session, page, coarse=False)
    tell(session, link, FULL, by="customer", page=page, now=now)


def tell(
    session: Session,
    link: Link,
    sharing: str,
    *,
    by: str,
    page: str,
    now: datetime,
    more: Mapping[str, Any] = MappingProxyType({}),
) -> None:
    """Records it, `by` whose choice it is: `customer` or `merchant`. On a link for many each view is its own.

    `more` may say whether anybody is still known to be `present`.
    """
    if not link.multi and link.progress.sharing == sharing:
        return
    data = {"sharing": sharing, "by": by, "page": page, **more}
    actor = "customer" if by == "customer" else "system"
    record(session, link_event("checkout.sharing_changed", link, actor=actor, now=now, data=data))


async def _keep(session: Session, page: str, *, coarse: bool) -> None:
    await session.execute(
        sa.update(page_views).where(page_views.c.page == page).values(coarse=coarse)
    )
