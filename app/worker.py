"""The worker: claims due work and hands it to its handler, many at once, until told to stop.

A handler ends its own work in its own transaction. One that raises is logged and tried again later, ever more slowly.
A worker that dies loses nothing: its leases run out.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import Final

import structlog
from prometheus_client import Counter
from sqlalchemy.exc import SQLAlchemyError

from core import idempotency, work
from core.clock import Clock
from core.database import Database

log = structlog.get_logger()

Handler = Callable[[work.Work], Awaitable[None]]
# Looks whether anything calls for work that nobody planned; asked before each look for what is due.
Scout = Callable[[], Awaitable[None]]

# Longer than any handler may take: it bounds its own calls.
LEASE_SECONDS: Final = 60
AT_ONCE: Final = 16
_POLL_SECONDS: Final = 0.2
_TROUBLE_SECONDS: Final = 1
_RETRY_SECONDS_MAX: Final = 600
_HOUSEKEEPING: Final = timedelta(minutes=10)

_done = Counter(
    "paythread_work_total", "Pieces of due work, by kind and how they ended.", ["kind", "end"]
)


class Worker:
    """Runs until `stop`. `nudge` tells it that there may be work at once.

    Work that depends on somebody slow gets a worker of its own, so that it takes no places from the rest.
    """

    def __init__(
        self,
        database: Database,
        handlers: Mapping[str, Handler],
        clock: Clock,
        *,
        scout: Scout | None = None,
        leave: Callable[[], None] | None = None,
        at_once: int = AT_ONCE,
    ) -> None:
        """`leave` is called when the worker is told to stop, for a handler that goes on by itself."""
        self._database = database
        self._handlers = handlers
        self._kinds = sorted(handlers)
        self._clock = clock
        self._scout = scout
        self._leave = leave
        self._at_once = at_once
        self._nudged = asyncio.Event()
        self._stopping = asyncio.Event()
        self._running: set[asyncio.Task[None]] = set()
        self._housekept_at = clock()

    def nudge(self, _merchant: str = "") -> None:
        """Something was committed; look now rather than at the next poll."""
        self._nudged.set()

    def stop(self) -> None:
        """No more claims; `run` ends once what is running has ended."""
        self._stopping.set()
        self._nudged.set()
        if self._leave is not None:
            self._leave()

    async def run(self) -> None:
        """Works until stopped. A database that is away is waited for."""
        while not self._stopping.is_set():
            try:
                claimed = await self._claim()
            except (SQLAlchemyError, OSError) as error:
                log.error("worker.database_trouble", error=type(error).__name__)
                await asyncio.sleep(_TROUBLE_SECONDS)
                continue
            except Exception as error:
                # A scout's mistake must not stop the work that others planned.
                log.error("worker.look_failed", exc_info=error)
                await asyncio.sleep(_TROUBLE_SECONDS)
                continue
            for item in claimed:
                task = asyncio.create_task(self._handle(item))
                self._running.add(task)
                task.add_done_callback(self._ended)
            await self._keep_house()
            if not claimed:
                await self._idle()
        if self._running:
            await asyncio.wait(self._running, timeout=LEASE_SECONDS)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        self._nudged.set()

    async def _claim(self) -> list[work.Work]:
        free = min(self._at_once - len(self._running), work.CLAIM_MAX)
        if free <= 0:
            return []
        if self._scout is not None:
            await self._scout()
        # Looking costs a read; only when something is due is the write lock taken.
        now = self._clock()
        async with self._database.snapshot() as session:
            due_at = await work.next_due(session, kinds=self._kinds)
        if due_at is None or due_at > now:
            return []
        async with self._database.transaction() as session:
            return await work.claim(
                session, kinds=self._kinds, now=now, lease_seconds=LEASE_SECONDS, limit=free
            )

    async def _idle(self) -> None:
        self._nudged.clear()
        try:
            async with asyncio.timeout(_POLL_SECONDS):
                await self._nudged.wait()
        except TimeoutError:
            pass

    async def _handle(self, item: work.Work) -> None:
        try:
            await self._handlers[item.kind](item)
        except Exception as error:
            # Whatever went wrong, the work stays: it is tried again, and somebody can read why.
            log.error("work.failed", kind=item.kind, subject=item.subject, exc_info=error)
            _done.labels(item.kind, "failed").inc()
            await self._later(item)
        else:
            _done.labels(item.kind, "done").inc()

    async def _later(self, item: work.Work) -> None:
        wait_seconds = min(2 ** min(item.attempts, 10), _RETRY_SECONDS_MAX)
        try:
            async with self._database.transaction() as session:
                await work.postpone(
                    session, item, due_at=self._clock() + timedelta(seconds=wait_seconds)
                )
        except (SQLAlchemyError, OSError) as error:
            # Its lease runs out by itself.
            log.error("worker.database_trouble", error=type(error).__name__)

    async def _keep_house(self) -> None:
        now = self._clock()
        if now - self._housekept_at < _HOUSEKEEPING:
            return
        self._housekept_at = now
        try:
            async with self._database.transaction() as session:
                await idempotency.purge(session, now=now)
        except (SQLAlchemyError, OSError) as error:
            log.error("worker.database_trouble", error=type(error).__name__)
