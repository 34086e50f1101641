"""What an operator watches beside the counters: gathered from the outside when `/metrics` is asked.

What is read from the database is the whole installation's and the same from every process: take the maximum over
processes, never the sum. Each question is answered by an index.
"""

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Final

import sqlalchemy as sa
from prometheus_client import CollectorRegistry, Counter, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy.exc import SQLAlchemyError

from agent_feed.hub import Hub
from agent_feed.webhooks.deliveries import PENDING, webhook_deliveries
from agent_feed.webhooks.endpoints import DISABLED, ENABLED, webhook_endpoints
from app.readiness import Readiness
from compliance.journal import Written
from compliance.journal.anchor_rounds import unproven_since
from compliance.journal.entry import journal_heads
from core.clock import Clock
from core.database import Database, Session, UtcDateTime
from core.wakeups import Wakeups
from core.work import work_table
from payments.states import LIVE
from payments.tables import attempts

_ANSWER_SECONDS: Final = 5
# More merchants than this on one installation are counted, but not each of their feeds' lag.
_HEADS_MAX: Final = 10_000

_events = Counter(
    "paythread_events", "Journal entries that this process committed, by their type.", ["type"]
)


def count_events(written: Written) -> None:
    """One of the journal's listeners."""
    for event in written.events:
        _events.labels(event.type).inc()


class Figures:
    """Gathers them. Whatever the database does, the process's own are told.

    `anchored_at` are the names of the anchors' destinations.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        *,
        hub: Hub,
        wakeups: Wakeups | None,
        readiness: Readiness,
        anchored_at: Sequence[str] = (),
    ) -> None:
        self._database = database
        self._clock = clock
        self._hub = hub
        self._wakeups = wakeups
        self._readiness = readiness
        self._anchored_at = anchored_at

    async def render(self) -> bytes:
        """Prometheus text."""
        found = list(self._own())
        try:
            async with asyncio.timeout(_ANSWER_SECONDS), self._database.snapshot() as session:
                found += await self._read(session)
            answers = 1
        except (SQLAlchemyError, OSError, TimeoutError):
            answers = 0
        found.append(_gauge("paythread_database_up", "Whether the database answered.", answers))
        registry = CollectorRegistry()
        registry.register(_Gathered(found))
        return generate_latest(registry)

    def _own(self) -> Iterator[Metric]:
        yield _gauge(
            "paythread_feed_subscribers", "Live feeds of this process.", self._hub.listeners
        )
        yield _gauge(
            "paythread_draining", "Whether this process is to stop.", int(self._readiness.draining)
        )
        if self._wakeups is not None:
            yield _gauge(
                "paythread_wakeups_up",
                "Whether this process hears the others at once; without it asks every quarter of a second.",
                int(self._wakeups.healthy),
            )

    async def _read(self, session: Session) -> list[Metric]:
        now = self._clock()
        return [
            *await _work(session, now),
            *await self._journal(session),
            await self._unproven(session, now),
            *await _webhooks(session, now),
            await _attempts(session),
        ]

    async def _unproven(self, session: Session, now: datetime) -> Metric:
        told = GaugeMetricFamily(
            "paythread_journal_unproven_seconds",
            "Age of the earliest entry that no anchor sent to this destination covers; 0 where all are.",
            labels=["destination"],
        )
        for name, since in (await unproven_since(session, self._anchored_at)).items():
            told.add_metric([name], 0 if since is None else max(0, (now - since).total_seconds()))
        return told

    async def _journal(self, session: Session) -> list[Metric]:
        rows = await session.all(
            sa.select(journal_heads.c.merchant, journal_heads.c.position).limit(_HEADS_MAX)
        )
        lag = 0
        for row in rows:
            announced = self._hub.announced(row["merchant"])
            if announced is not None:
                lag = max(lag, row["position"] - announced.upto)
        entries = CounterMetricFamily("paythread_journal_entries", "Entries in all journals.")
        entries.add_metric([], sum(row["position"] for row in rows))
        return [
            entries,
            _gauge(
                "paythread_feed_lag_entries",
                "How far this process's slowest feed stream is behind its journal.",
                lag,
            ),
        ]


class _Gathered(Collector):
    """What was gathered already."""

    def __init__(self, families: Iterable[Metric]) -> None:
        self._families = families

    def collect(self) -> Iterable[Metric]:
        return self._families


async def _work(session: Session, now: datetime) -> list[Metric]:
    columns = work_table.c
    rows = await session.all(
        sa.select(
            columns.kind,
            sa.func.count().label("due"),
            sa.func.min(columns.due_at, type_=UtcDateTime).label("oldest"),
        )
        .where(columns.due_at <= now)
        .group_by(columns.kind)
    )
    due = GaugeMetricFamily("paythread_work_due", "Work that nobody has taken.", labels=["kind"])
    age = GaugeMetricFamily(
        "paythread_work_oldest_seconds", "How long the oldest of it has been due.", labels=["kind"]
    )
    for row in rows:
        due.add_metric([row["kind"]], row["due"])
        age.add_metric([row["kind"]], (now - row["oldest"]).total_seconds())
    return [due, age]


async def _webhooks(session: Session, now: datetime) -> list[Metric]:
    """An index tells an endpoint's pending deliveries, so they are asked for endpoint by endpoint."""
    endpoints, columns = webhook_endpoints.c, webhook_deliveries.c
    of_endpoint = (columns.endpoint == endpoints.id) & (columns.status == PENDING)
    count = sa.select(sa.func.count()).where(of_endpoint).scalar_subquery()
    oldest = (
        sa.select(sa.func.min(columns.due_at, type_=UtcDateTime))
        .where(of_endpoint)
        .scalar_subquery()
    )
    rows = await session.all(
        sa.select(
            endpoints.status, endpoints.failures, count.label("pending"), oldest.label("oldest")
        )
        .where(endpoints.status.in_((ENABLED, DISABLED)))
        .limit(_HEADS_MAX)
    )
    enabled = [row for row in rows if row["status"] == ENABLED]
    late = [(now - row["oldest"]).total_seconds() for row in enabled if row["oldest"] is not None]
    states = GaugeMetricFamily(
        "paythread_webhook_endpoints", "Webhook endpoints by how they stand.", labels=["state"]
    )
    states.add_metric(["working"], sum(not row["failures"] for row in enabled))
    states.add_metric(["failing"], sum(bool(row["failures"]) for row in enabled))
    states.add_metric(["disabled"], len(rows) - len(enabled))
    return [
        states,
        _gauge(
            "paythread_webhook_deliveries_pending",
            "Deliveries to enabled endpoints that have not arrived.",
            sum(row["pending"] for row in enabled),
        ),
        _gauge(
            "paythread_webhook_late_seconds",
            "How long the most overdue of them has been due.",
            max([0, *late]),
        ),
    ]


async def _attempts(session: Session) -> Metric:
    rows = await session.all(
        sa.select(attempts.c.state, sa.func.count().label("live"))
        .where(attempts.c.state.in_(sorted(LIVE)))
        .group_by(attempts.c.state)
    )
    family = GaugeMetricFamily(
        "paythread_attempts_live", "Attempts whose fate is open, by state.", labels=["state"]
    )
    counts = {row["state"]: row["live"] for row in rows}
    for state in sorted(LIVE):
        family.add_metric([state], counts.get(state, 0))
    return family


def _gauge(name: str, words: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, words, value=value)
