"""Deliveries: one event for one endpoint, with the exact bytes that are sent, until they have arrived or we gave up.

The delivery's own state drives the sending. A try takes it for a lease, and its number is the proof that it is still
ours; a process that dies lets the lease run out, and the same webhook goes out again under the same id.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Literal

import sqlalchemy as sa

from core.clock import rfc3339
from core.database import Session, UtcDateTime, metadata, upsert
from core.errors import NotFound
from core.ids import new_id

PENDING: Final = "pending"
DELIVERED: Final = "delivered"
FAILED: Final = "failed"
STATUSES: Final = (PENDING, DELIVERED, FAILED)
# Longer than any try takes.
LEASE: Final = timedelta(seconds=45)
# What is done is kept for so long, for people to look at and to send again.
KEPT_FOR: Final = timedelta(days=30)

webhook_deliveries = sa.Table(
    "webhook_deliveries",
    metadata,
    sa.Column("id", sa.String(40), primary_key=True),
    sa.Column("endpoint", sa.String(40), nullable=False),
    sa.Column("merchant", sa.String(40), nullable=False),
    sa.Column("event", sa.String(40), nullable=False),
    sa.Column("type", sa.String(48), nullable=False),
    sa.Column("position", sa.BigInteger, nullable=False),
    # 0 in the line of the journal; else the number of the replay that it belongs to.
    sa.Column("round", sa.Integer, nullable=False),
    sa.Column("customer", sa.String(40)),
    sa.Column("payload", sa.Text, nullable=False),
    sa.Column("status", sa.String(16), nullable=False),
    sa.Column("tries", sa.Integer, nullable=False),
    # How far in the schedule of delays; starts again when the endpoint is switched on again.
    sa.Column("step", sa.Integer, nullable=False),
    sa.Column("due_at", UtcDateTime),
    sa.Column("first_tried_at", UtcDateTime),
    sa.Column("finished_at", UtcDateTime),
    sa.Column("response_status", sa.Integer),
    sa.Column("problem", sa.String(24)),
    sa.Column("created_at", UtcDateTime, nullable=False),
    # However often the journal is read, an entry comes into an endpoint's line once.
    sa.UniqueConstraint("endpoint", "event", "round"),
    sa.Index("ix_webhook_deliveries_due", "endpoint", "status", "due_at"),
    sa.Index("ix_webhook_deliveries_listed", "endpoint", "id"),
)


@dataclass(frozen=True, slots=True)
class Delivery:
    """One delivery as its row says. `payload` is sealed."""

    id: str
    endpoint: str
    merchant: str
    event: str
    type: str
    position: int
    round: int
    customer: str | None
    payload: str
    status: str
    tries: int
    step: int
    due_at: datetime | None
    first_tried_at: datetime | None
    finished_at: datetime | None
    response_status: int | None
    problem: str | None
    created_at: datetime

    def as_json(self) -> dict[str, Any]:
        """The object of the API."""
        return {
            "id": self.id,
            "endpoint": self.endpoint,
            "event": self.event,
            "type": self.type,
            "position": self.position,
            "replay": self.round > 0,
            "status": self.status,
            "tries": self.tries,
            "response_status": self.response_status,
            "problem": self.problem,
            "next_try_at": _told(self.due_at),
            "created_at": rfc3339(self.created_at),
            "finished_at": _told(self.finished_at),
        }


# Of an endpoint's deliveries: those that were never tried, and those that were, or are sent again. Neither waits for
# the other.
Lane = Literal["line", "aside"]


async def insert_deliveries(session: Session, rows: Sequence[dict[str, Any]]) -> None:
    """Keeps new deliveries, due when they are made. One that is there already stays as it is."""
    if not rows:
        return
    fresh = {"status": PENDING, "tries": 0, "step": 0}
    values = [
        {
            "id": new_id("whd", row["created_at"]),
            "due_at": row["created_at"],
            **fresh,
            **row,
        }
        for row in rows
    ]
    await session.execute(
        upsert(session, webhook_deliveries).on_conflict_do_nothing(
            index_elements=["endpoint", "event", "round"]
        ),
        values,
    )


async def take(
    session: Session, endpoint: str, lane: Lane, *, limit: int, now: datetime
) -> Sequence[Delivery]:
    """Takes deliveries that are due, for a lease, in the order of the journal as far as it goes."""
    columns = webhook_deliveries.c
    rows = await session.all(
        sa.select(webhook_deliveries)
        .where(_due(endpoint, now), _in_lane(lane))
        .order_by(columns.due_at, columns.position)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    if not rows:
        return []
    await session.execute(
        sa.update(webhook_deliveries)
        .where(columns.id.in_([row["id"] for row in rows]))
        .values(
            due_at=now + LEASE,
            tries=columns.tries + 1,
            first_tried_at=sa.func.coalesce(columns.first_tried_at, sa.literal(now, UtcDateTime)),
        )
    )
    return [
        _delivery(row, tries=row["tries"] + 1, first_tried_at=row["first_tried_at"] or now)
        for row in rows
    ]


async def keep_outcome(
    session: Session,
    delivery: Delivery,
    *,
    status: str,
    response_status: int | None,
    problem: str | None,
    due_at: datetime | None,
    now: datetime,
) -> bool:
    """Keeps what came of a try. False when another one has taken it since: then that one tells."""
    assert (due_at is not None) == (status == PENDING)
    result = await session.execute(
        sa.update(webhook_deliveries)
        .where(
            webhook_deliveries.c.id == delivery.id,
            webhook_deliveries.c.tries == delivery.tries,
            webhook_deliveries.c.status == PENDING,
        )
        .values(
            status=status,
            response_status=response_status,
            problem=problem,
            due_at=due_at,
            step=delivery.step + 1,
            finished_at=None if status == PENDING else now,
        )
    )
    return result.rowcount == 1


async def next_due(session: Session, endpoint: str) -> datetime | None:
    """When the endpoint's earliest delivery is due; None when all are done."""
    moment: datetime | None = await session.scalar(
        sa.select(sa.func.min(webhook_deliveries.c.due_at, type_=UtcDateTime)).where(
            webhook_deliveries.c.endpoint == endpoint, webhook_deliveries.c.status == PENDING
        )
    )
    return moment


async def any_due(session: Session, endpoint: str, lane: Lane, *, now: datetime) -> bool:
    """Whether there is anything to take."""
    found = await session.scalar(
        sa.select(sa.literal(1))
        .select_from(webhook_deliveries)
        .where(_due(endpoint, now), _in_lane(lane))
        .limit(1)
    )
    return found is not None


async def count_pending(session: Session, endpoint: str, *, most: int) -> int:
    """How many are not done yet, counted up to `most`."""
    pending = (
        sa.select(webhook_deliveries.c.id)
        .where(webhook_deliveries.c.endpoint == endpoint, webhook_deliveries.c.status == PENDING)
        .limit(most)
        .subquery()
    )
    return int(await session.scalar(sa.select(sa.func.count()).select_from(pending)))


async def start_again(
    session: Session, endpoint: str, *, failing_since: datetime | None, now: datetime
) -> None:
    """The receiver is said to be back: what waits is due now, with the whole schedule before it.

    So is what we gave up while nothing at all arrived, from `failing_since` on.
    """
    columns = webhook_deliveries.c
    waiting = columns.status == PENDING
    if failing_since is not None:
        given_up = sa.and_(columns.status == FAILED, columns.finished_at >= failing_since)
        waiting = sa.or_(waiting, given_up)
    await session.execute(
        sa.update(webhook_deliveries)
        .where(columns.endpoint == endpoint, waiting)
        .values(status=PENDING, due_at=now, step=0, first_tried_at=None, finished_at=None)
    )


async def get_delivery(session: Session, endpoint: str, delivery: str) -> Delivery:
    """The endpoint's delivery. Raises `NotFound`."""
    row = await session.one_or_none(
        sa.select(webhook_deliveries).where(
            webhook_deliveries.c.id == delivery, webhook_deliveries.c.endpoint == endpoint
        )
    )
    if row is None:
        raise NotFound("webhook delivery")
    return _delivery(row)


async def list_deliveries(
    session: Session,
    endpoint: str,
    *,
    status: str | None = None,
    event: str | None = None,
    before: str | None = None,
    limit: int,
) -> Sequence[Delivery]:
    """The endpoint's deliveries, newest first."""
    columns = webhook_deliveries.c
    statement = sa.select(webhook_deliveries).where(columns.endpoint == endpoint)
    if status is not None:
        statement = statement.where(columns.status == status)
    if event is not None:
        statement = statement.where(columns.event == event)
    if before is not None:
        statement = statement.where(columns.id < before)
    rows = await session.all(statement.order_by(columns.id.desc()).limit(limit))
    return [_delivery(row) for row in rows]


def _due(endpoint: str, now: datetime) -> sa.ColumnElement[bool]:
    columns = webhook_deliveries.c
    return sa.and_(columns.endpoint == endpoint, columns.status == PENDING, columns.due_at <= now)


def _in_lane(lane: Lane) -> sa.ColumnElement[bool]:
    fresh = sa.and_(webhook_deliveries.c.tries == 0, webhook_deliveries.c.round == 0)
    return fresh if lane == "line" else sa.not_(fresh)


def _delivery(row: sa.RowMapping, **changed: Any) -> Delivery:
    return Delivery(**{**row, **changed})


def _told(moment: datetime | None) -> str | None:
    return None if moment is None else rfc3339(moment)
