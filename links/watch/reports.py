"""Keeps what browsers stopped on our pages: counted by merchant, directive and origin, and told once a day each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import sqlalchemy as sa
import structlog
from prometheus_client import Counter

from compliance.journal import Event, record
from core.clock import rfc3339
from core.database import Session
from core.errors import NotFound
from core.ids import new_id
from links.links import link_by_token
from links.watch.blocked import Blocked
from links.watch.canary import watched_by_hash
from links.watch.tables import page_reports

log = structlog.get_logger()

_counted = Counter(
    "paythread_page_reports", "What browsers say they stopped on a pay page.", ["end"]
)

# Whoever has a link can invent reports: of one merchant's no more kinds than these are kept.
KINDS_MAX: Final = 500
_AGAIN: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class PageReport:
    """One kind of report, with how often and when it came."""

    row: sa.RowMapping

    def as_json(self) -> dict[str, Any]:
        row = self.row
        return {
            "id": row["id"],
            "page": "/p/{token}",
            "directive": row["directive"],
            "blocked": row["blocked"],
            "example": row["example"],
            "source": row["source"],
            "enforced": row["enforced"],
            "count": row["count"],
            "first_at": rfc3339(row["first_at"]),
            "last_at": rfc3339(row["last_at"]),
        }


async def take(
    session: Session, reports: Sequence[Blocked], merchants: Mapping[str, str], *, now: datetime
) -> None:
    """Keeps those whose page is known; `merchants` says whose page has which token."""
    for report in reports:
        if report.token in merchants:
            await _keep(session, merchants[report.token], report, now=now)


async def merchant_of_page(session: Session, digest: str | None) -> str | None:
    """Whose page has the token with this hash; None for nobody's."""
    if digest is None:
        return None
    try:
        return (await link_by_token(session, digest)).merchant
    except NotFound:
        watched = await watched_by_hash(session, digest)
        return None if watched is None else str(watched["merchant"])


async def list_reports(
    session: Session, merchant: str, *, before: str | None, limit: int
) -> Sequence[PageReport]:
    """The newest kinds first."""
    c = page_reports.c
    wanted = sa.select(page_reports).where(c.merchant == merchant)
    if before is not None:
        wanted = wanted.where(c.id < before)
    rows = await session.all(wanted.order_by(c.id.desc()).limit(limit))
    return [PageReport(row) for row in rows]


async def _keep(session: Session, merchant: str, report: Blocked, *, now: datetime) -> None:
    await session.lock(f"page_reports:{merchant}")
    c = page_reports.c
    row = await session.one_or_none(
        sa.select(page_reports).where(
            c.merchant == merchant,
            c.directive == report.directive,
            c.blocked == report.origin,
            c.enforced == report.enforced,
        )
    )
    if row is None:
        count = sa.select(sa.func.count()).where(c.merchant == merchant)
        if await session.scalar(count) >= KINDS_MAX:
            log.warning("page_report.too_many_kinds", merchant=merchant)
            _counted.labels("too_many").inc()
            return
        await session.execute(
            sa.insert(page_reports).values(
                id=new_id("pgr", now),
                merchant=merchant,
                directive=report.directive,
                blocked=report.origin,
                enforced=report.enforced,
                example=report.example,
                source=report.source,
                count=1,
                first_at=now,
                last_at=now,
                told_at=now,
            )
        )
        _tell(session, merchant, report, count=1, now=now)
    else:
        due = now - row["told_at"] >= _AGAIN
        told = {"told_at": now} if due else {}
        await session.execute(
            sa.update(page_reports)
            .where(c.id == row["id"])
            .values(count=c.count + 1, last_at=now, **told)
        )
        if due:
            _tell(session, merchant, report, count=row["count"] + 1, now=now)
    _counted.labels("kept").inc()


def _tell(session: Session, merchant: str, report: Blocked, *, count: int, now: datetime) -> None:
    data = {
        "directive": report.directive,
        "blocked": report.origin,
        "example": report.example,
        "source": report.source,
        "enforced": report.enforced,
        "count": count,
    }
    log.warning("page.script_blocked", merchant=merchant, **data)
    record(
        session,
        Event(
            type="page.script_blocked",
            merchant=merchant,
            occurred_at=now,
            actor="customer",
            data=data,
        ),
    )
