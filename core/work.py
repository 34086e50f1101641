"""Due work: rows that say what must happen, about what, and when.

A row commits with the state that calls for it, so no crash can lose it. A worker claims a row by
pushing its due time past a lease; a worker that dies simply lets the lease run out. One row a (kind,
subject): asking twice for the same work is one piece of work.
"""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import sqlalchemy as sa

from core.database import JsonText, Prepared, Session, UtcDateTime, metadata, unindexed
from core.database.prepared import Upsert
from core.ids import new_id

CLAIM_MAX: Final = 50

work_table = sa.Table(
    "work",
    metadata,
    sa.Column("id", sa.String(40), primary_key=True),
    sa.Column("kind", sa.String(40), nullable=False),
    sa.Column("subject", sa.String(80), nullable=False),
    sa.Column("payload", JsonText, nullable=False),
    sa.Column("due_at", UtcDateTime, nullable=False),
    sa.Column("lease", sa.String(32), nullable=True),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.UniqueConstraint("kind", "subject"),
    sa.Index("ix_work_due_at", "due_at"),
)


def _replacing(insert: Upsert) -> sa.Executable:
    fresh = insert(work_table)
    again = {name: fresh.excluded[name] for name in ("payload", "due_at", "lease", "attempts")}
    return _one_a_subject(fresh.on_conflict_do_update, set_=again)


def _leaving(insert: Upsert) -> sa.Executable:
    return _one_a_subject(insert(work_table).on_conflict_do_nothing)


def _hastening(insert: Upsert) -> sa.Executable:
    fresh = insert(work_table)
    waits = sa.and_(
        work_table.c.lease.is_(None),
        work_table.c.attempts == 0,
        work_table.c.due_at > fresh.excluded.due_at,
    )
    sooner = {"due_at": fresh.excluded.due_at}
    return _one_a_subject(fresh.on_conflict_do_update, set_=sooner, where=waits)


def _one_a_subject(on_conflict: Callable[..., sa.Executable], **then: Any) -> sa.Executable:
    return on_conflict(index_elements=["kind", "subject"], **then)


_REPLACE: Final = Prepared(_replacing)
_LEAVE: Final = Prepared(_leaving)
_HASTEN: Final = Prepared(_hastening)


@dataclass(frozen=True, slots=True)
class Work:
    """One claimed piece of work. `attempts` counts this try; the lease proves that it is still ours."""

    id: str
    kind: str
    subject: str
    payload: dict[str, Any]
    attempts: int
    lease: str


async def schedule(
    session: Session,
    kind: str,
    subject: str,
    *,
    due_at: datetime,
    payload: dict[str, Any] | None = None,
) -> None:
    """Makes the work due at that time; an earlier plan for the same (kind, subject) is replaced.

    Work that is being done right now stays planned as well: the claim that is running loses its lease, so
    its `finish` leaves the new plan alone.
    """
    session.put(_REPLACE, **_row(kind, subject, due_at, payload))


async def schedule_once(session: Session, kind: str, subject: str, *, due_at: datetime) -> None:
    """Makes the work due at that time, unless it is planned already: then it stays as it is."""
    session.put(_LEAVE, **_row(kind, subject, due_at))


async def hasten(session: Session, kind: str, subject: str, *, due_at: datetime) -> None:
    """Makes the work due by that time at the latest; what is planned earlier, or being done, stays as it is.

    Work that failed waits its time out as well: whoever hastens it again and again must not wear it down.
    """
    session.put(_HASTEN, **_row(kind, subject, due_at))


def _row(
    kind: str, subject: str, due_at: datetime, payload: dict[str, Any] | None = None
) -> dict[str, Any]:
    return {
        "id": new_id("wrk", due_at),
        "kind": kind,
        "subject": subject,
        "payload": payload or {},
        "due_at": due_at,
        "attempts": 0,
    }


async def claim(
    session: Session, *, kinds: Sequence[str], now: datetime, lease_seconds: int, limit: int
) -> list[Work]:
    """Takes up to `limit` due rows for `lease_seconds`. Other workers pass over them meanwhile."""
    assert 0 < limit <= CLAIM_MAX
    due = (
        sa.select(work_table)
        .where(work_table.c.due_at <= now, _is_of(session, kinds))
        .order_by(work_table.c.due_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    rows = await session.all(due)
    if not rows:
        return []
    lease = secrets.token_hex(16)
    await session.execute(
        sa.update(work_table)
        .where(work_table.c.id.in_([row["id"] for row in rows]))
        .values(
            due_at=now + timedelta(seconds=lease_seconds),
            lease=lease,
            attempts=work_table.c.attempts + 1,
        )
    )
    return [
        Work(
            id=row["id"],
            kind=row["kind"],
            subject=row["subject"],
            payload=row["payload"],
            attempts=row["attempts"] + 1,
            lease=lease,
        )
        for row in rows
    ]


async def finish(session: Session, work: Work) -> bool:
    """The work is done. False when the lease was lost: somebody planned it anew or took it over."""
    result = await session.execute(
        sa.delete(work_table).where(work_table.c.id == work.id, work_table.c.lease == work.lease)
    )
    return result.rowcount == 1


async def postpone(
    session: Session, work: Work, *, due_at: datetime, payload: dict[str, Any] | None = None
) -> bool:
    """Tries again at that time, with another payload if one is given. False when the lease was lost."""
    changed: dict[str, Any] = {"due_at": due_at, "lease": None}
    if payload is not None:
        changed["payload"] = payload
    result = await session.execute(
        sa.update(work_table)
        .where(work_table.c.id == work.id, work_table.c.lease == work.lease)
        .values(changed)
    )
    return result.rowcount == 1


async def forget(session: Session, kind: str, subject: str) -> None:
    """The work is no longer called for."""
    await session.execute(
        sa.delete(work_table).where(work_table.c.kind == kind, work_table.c.subject == subject)
    )


async def next_due(session: Session, *, kinds: Sequence[str]) -> datetime | None:
    """When the earliest row is due, so that an idle worker knows how long it may sleep."""
    moment: datetime | None = await session.scalar(
        sa.select(work_table.c.due_at)
        .where(_is_of(session, kinds))
        .order_by(work_table.c.due_at)
        .limit(1)
    )
    return moment


def _is_of(session: Session, kinds: Sequence[str]) -> sa.ColumnElement[bool]:
    # By the time it is due: one worker takes nearly every kind, and the other, which takes the webhooks' alone,
    # passes over no more than is due of the rest.
    return unindexed(session, work_table.c.kind).in_(kinds)
