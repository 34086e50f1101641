"""Who is on the page now: page views that come, beat and go, told as `checkout.joined` and `checkout.left`.

A closed page says so; a page that vanishes (a tunnel, a dead battery) stops beating. Either way somebody has left only
when no view of the link is left a moment later, so that a reload is no leaving.
"""

from datetime import datetime, timedelta
from typing import Final

import sqlalchemy as sa

from compliance.journal import record
from core import work
from core.database import Session, upsert
from links import sharing
from links.link_events import link_event
from links.links import Link, link_by_id
from links.tables import page_views

CHECK: Final = "presence.check"
# A page that reloads is back well within this.
_GRACE: Final = timedelta(seconds=3)
# Pages beat every ten seconds; two may be lost.
_SILENCE_MAX: Final = timedelta(seconds=25)
REPORTS_MAX: Final = 1000


async def view_page(
    session: Session, link: Link, page: str, *, device: str | None, counts: bool, now: datetime
) -> sa.RowMapping:
    """The row of a page view, made on its first report. The link is locked. What `counts` is bounded in number."""
    made = await session.execute(
        upsert(session, page_views)
        .values(
            page=page,
            link=link.id,
            device=device,
            fetched=False,
            opened=False,
            present=False,
            reports=0,
            seen_at=now,
        )
        .on_conflict_do_nothing(index_elements=["page"])
    )
    if made.rowcount:
        await sharing.begin(session, link, page)
    row = await session.one_or_none(
        sa.update(page_views)
        .where(page_views.c.page == page, page_views.c.link == link.id)
        .values(
            reports=page_views.c.reports + int(counts),
            device=sa.func.coalesce(page_views.c.device, device),
        )
        .returning(page_views)
    )
    assert row is not None, "a page's nonce binds it to its link"
    return row


async def mark(session: Session, page: str, *, fetched: bool = False, opened: bool = False) -> None:
    """Remembers that a page view was reported as loaded, or touched by a person."""
    values = {name: True for name, on in (("fetched", fetched), ("opened", opened)) if on}
    await session.execute(sa.update(page_views).where(page_views.c.page == page).values(**values))


async def beat(
    session: Session, link: Link, row: sa.RowMapping, *, locale: str | None = None, now: datetime
) -> None:
    """The page is there. The first view to come is told as `checkout.joined`; and so is one on another device, to which
    the customer has gone over, or in another language.
    """
    here = page_views.c.device.is_not_distinct_from(row["device"])
    alike = locale in {None, link.progress.locale}
    known = alike and await _others_present(session, link.id, here, page="")
    if not row["present"] and not known:
        record(
            session,
            link_event(
                "checkout.joined",
                link,
                actor="customer",
                now=now,
                data={"page": row["page"], "device": row["device"]}
                | ({"locale": locale} if locale is not None else {}),
            ),
        )
    await session.execute(
        sa.update(page_views)
        .where(page_views.c.page == row["page"])
        .values(present=True, seen_at=now, leaving_at=None)
    )
    await work.schedule(session, CHECK, row["page"], due_at=now + _SILENCE_MAX)


async def leave(session: Session, row: sa.RowMapping, *, now: datetime) -> None:
    """The page says goodbye; whether the customer is gone shows in a moment."""
    if not row["present"]:
        return
    await session.execute(
        sa.update(page_views).where(page_views.c.page == row["page"]).values(leaving_at=now)
    )
    await work.schedule(session, CHECK, row["page"], due_at=now + _GRACE)


async def check(session: Session, item: work.Work, *, now: datetime) -> None:
    """Handler of `presence.check`: is this page still there, and if not, is any?"""
    link_id = await session.scalar(
        sa.select(page_views.c.link).where(page_views.c.page == item.subject)
    )
    if link_id is None:
        await work.finish(session, item)
        return
    await session.lock(link_id)
    row = await session.one_or_none(
        sa.select(page_views).where(page_views.c.page == item.subject).with_for_update()
    )
    assert row is not None
    gone_at = row["leaving_at"] + _GRACE if row["leaving_at"] else row["seen_at"] + _SILENCE_MAX
    if row["present"] and now < gone_at:
        await work.postpone(session, item, due_at=gone_at)
        return
    if row["present"]:
        await session.execute(
            sa.update(page_views).where(page_views.c.page == row["page"]).values(present=False)
        )
        if not await _others_present(session, link_id, page=row["page"]):
            link = await link_by_id(session, link_id)
            record(
                session,
                link_event(
                    "checkout.left",
                    link,
                    actor="customer",
                    now=now,
                    data={"page": row["page"], "device": row["device"]},
                ),
            )
    await work.finish(session, item)


async def _others_present(
    session: Session, link_id: str, *where: sa.ColumnElement[bool], page: str
) -> bool:
    found = await session.scalar(
        sa.select(page_views.c.page)
        .where(
            page_views.c.link == link_id,
            page_views.c.present,
            page_views.c.page != page,
            *where,
        )
        .limit(1)
    )
    return found is not None
