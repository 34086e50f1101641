"""Endpoints: where a merchant's software is told of events, of which ones, and how it knows that it is us.

The row is locked before anything about the endpoint changes. Its `position` is how far the journal has become
deliveries; its secrets are sealed, the first of them the newest.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from core.clock import rfc3339
from core.database import JsonText, Session, UtcDateTime, metadata
from core.errors import Kind, NotFound, PaythreadError

ENDPOINTS_MAX: Final = 50
ENABLED: Final = "enabled"
DISABLED: Final = "disabled"
# Its rows are being cleared away; nobody sees it any more.
DELETED: Final = "deleted"

webhook_endpoints = sa.Table(
    "webhook_endpoints",
    metadata,
    sa.Column("id", sa.String(40), primary_key=True),
    sa.Column("merchant", sa.String(40), nullable=False),
    sa.Column("url", sa.Text, nullable=False),
    sa.Column("events", JsonText, nullable=False),
    sa.Column("status", sa.String(16), nullable=False),
    sa.Column("disabled_reason", sa.String(24)),
    sa.Column("disabled_at", UtcDateTime),
    sa.Column("secrets", sa.Text, nullable=False),
    sa.Column("position", sa.BigInteger, nullable=False),
    # How often something was asked to be sent again; each time has a number of its own.
    sa.Column("rounds", sa.Integer, nullable=False),
    sa.Column("replay_round", sa.Integer),
    sa.Column("replay_after", sa.BigInteger),
    sa.Column("replay_until", sa.BigInteger),
    # Since its last success: when the first try failed, and how many did.
    sa.Column("failing_since", UtcDateTime),
    sa.Column("failures", sa.Integer, nullable=False),
    # More is waiting than we hold: the journal is not read for it before then.
    sa.Column("full_until", UtcDateTime),
    sa.Column("created_by", sa.String(80), nullable=False),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("updated_at", UtcDateTime, nullable=False),
    sa.Index("ix_webhook_endpoints_merchant", "merchant", "id"),
)


class TooManyEndpoints(PaythreadError):
    """A merchant has as many as one may have."""

    code = "too_many_webhook_endpoints"
    kind = Kind.CONFLICT


@dataclass(frozen=True, slots=True)
class Replay:
    """Entries after a position, up to where the line stood, are being sent again under this round's number."""

    round: int
    after: int
    until: int


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One endpoint, as its row says. `secrets` is sealed."""

    id: str
    merchant: str
    url: str
    events: tuple[str, ...]
    status: str
    disabled_reason: str | None
    disabled_at: datetime | None
    secrets: str
    position: int
    rounds: int
    replay: Replay | None
    failing_since: datetime | None
    failures: int
    full_until: datetime | None
    created_at: datetime
    updated_at: datetime

    @property
    def enabled(self) -> bool:
        return self.status == ENABLED

    def as_json(self) -> dict[str, Any]:
        """The object of the API."""
        replay = self.replay
        return {
            "id": self.id,
            "url": self.url,
            "events": list(self.events),
            "status": self.status,
            "disabled_reason": self.disabled_reason,
            "disabled_at": _told(self.disabled_at),
            "failing_since": _told(self.failing_since),
            "position": self.position,
            "replay": None if replay is None else {"after": replay.after, "until": replay.until},
            "created_at": rfc3339(self.created_at),
            "updated_at": rfc3339(self.updated_at),
        }


async def get_endpoint(session: Session, merchant: str, endpoint: str) -> Endpoint:
    """The merchant's endpoint. Raises `NotFound`."""
    return _seen(await session.one_or_none(_of_merchant(merchant, endpoint)))


async def lock_endpoint(session: Session, merchant: str, endpoint: str) -> Endpoint:
    """The merchant's endpoint, held until the transaction ends. Raises `NotFound`."""
    return _seen(await session.one_or_none(_of_merchant(merchant, endpoint).with_for_update()))


async def hold_endpoint(session: Session, endpoint: str) -> Endpoint | None:
    """Any endpoint, held until the transaction ends, for the worker; None when its row is gone."""
    row = await session.one_or_none(
        sa.select(webhook_endpoints).where(webhook_endpoints.c.id == endpoint).with_for_update()
    )
    return None if row is None else _endpoint(row)


async def look_at_endpoint(session: Session, endpoint: str) -> Endpoint | None:
    """Any endpoint as it is just now, for the worker; None when its row is gone."""
    row = await session.one_or_none(
        sa.select(webhook_endpoints).where(webhook_endpoints.c.id == endpoint)
    )
    return None if row is None else _endpoint(row)


async def list_endpoints(
    session: Session, merchant: str, *, after: str | None = None, limit: int = ENDPOINTS_MAX
) -> Sequence[Endpoint]:
    """The merchant's endpoints, oldest first."""
    statement = sa.select(webhook_endpoints).where(
        webhook_endpoints.c.merchant == merchant, webhook_endpoints.c.status != DELETED
    )
    if after is not None:
        statement = statement.where(webhook_endpoints.c.id > after)
    rows = await session.all(statement.order_by(webhook_endpoints.c.id).limit(limit))
    return [_endpoint(row) for row in rows]


async def insert_endpoint(session: Session, **values: Any) -> Endpoint:
    """Keeps a new endpoint, enabled. Raises `TooManyEndpoints`."""
    merchant = values["merchant"]
    await session.lock(f"webhook_endpoints:{merchant}")
    if len(await list_endpoints(session, merchant)) >= ENDPOINTS_MAX:
        raise TooManyEndpoints(f"There are {ENDPOINTS_MAX} webhook endpoints already; delete one.")
    await session.execute(
        sa.insert(webhook_endpoints).values(
            status=ENABLED, rounds=0, failures=0, updated_at=values["created_at"], **values
        )
    )
    return await get_endpoint(session, merchant, values["id"])


async def update_endpoint(session: Session, endpoint: Endpoint, **values: Any) -> Endpoint:
    """Changes columns of an endpoint that is held, and answers it as it is then."""
    await session.execute(
        sa.update(webhook_endpoints).where(webhook_endpoints.c.id == endpoint.id).values(**values)
    )
    changed = await look_at_endpoint(session, endpoint.id)
    assert changed is not None, "it is held"
    return changed


async def remove_endpoint(session: Session, endpoint: Endpoint) -> None:
    """The row itself goes, once nothing belongs to it."""
    await session.execute(sa.delete(webhook_endpoints).where(webhook_endpoints.c.id == endpoint.id))


def _of_merchant(merchant: str, endpoint: str) -> sa.Select[Any]:
    return sa.select(webhook_endpoints).where(
        webhook_endpoints.c.id == endpoint,
        webhook_endpoints.c.merchant == merchant,
        webhook_endpoints.c.status != DELETED,
    )


def _seen(row: sa.RowMapping | None) -> Endpoint:
    if row is None:
        raise NotFound("webhook endpoint")
    return _endpoint(row)


def _endpoint(row: sa.RowMapping) -> Endpoint:
    replay = None
    if row["replay_round"] is not None:
        replay = Replay(row["replay_round"], row["replay_after"], row["replay_until"])
    return Endpoint(
        id=row["id"],
        merchant=row["merchant"],
        url=row["url"],
        events=tuple(row["events"]),
        status=row["status"],
        disabled_reason=row["disabled_reason"],
        disabled_at=row["disabled_at"],
        secrets=row["secrets"],
        position=row["position"],
        rounds=row["rounds"],
        replay=replay,
        failing_since=row["failing_since"],
        failures=row["failures"],
        full_until=row["full_until"],
        created_at=row["created_at"],
        updated_at=row["updated_at"],
    )


def _told(moment: datetime | None) -> str | None:
    return None if moment is None else rfc3339(moment)
