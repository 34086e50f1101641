"""Carries an endpoint's deliveries out: one piece of due work an endpoint, so that none keeps another one waiting.

A round reads the journal, sends what is due, a few at once, and ends after a while, so that every endpoint has a turn.
First tries and later ones have places of their own: a receiver that chokes on one event still gets the next.
"""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import structlog

from agent_feed.webhooks import sealing
from agent_feed.webhooks.acts import (
    CARRY,
    FAILING,
    FAILING_FOR,
    FAILURES_MIN,
    GONE,
    Act,
    switch_off,
)
from agent_feed.webhooks.deliveries import (
    DELIVERED,
    FAILED,
    KEPT_FOR,
    PENDING,
    Delivery,
    Lane,
    any_due,
    keep_outcome,
    next_due,
    take,
)
from agent_feed.webhooks.endpoints import (
    DELETED,
    Endpoint,
    hold_endpoint,
    look_at_endpoint,
    remove_endpoint,
    update_endpoint,
)
from agent_feed.webhooks.line import fill, frozen
from agent_feed.webhooks.schedule import next_try, read_retry_after
from agent_feed.webhooks.secrets_in_use import secrets_in_use
from agent_feed.webhooks.tries import Try, clear_away, log_try
from compliance.journal import Query, Reader
from compliance.vault import Vault
from core import work
from core.clock import Clock
from core.database import Database, Session, retried
from core.outbound.sender import Answer, Sender
from core.outbound.signing import signed_headers

log = structlog.get_logger()

# How many requests are open to one endpoint at once.
PLACES: Final[dict[Lane, int]] = {"line": 4, "aside": 2}
_ROUND_SECONDS: Final = 10
_LOOK_SECONDS: Final = 0.4
_CLEARED_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class _Look:
    """Whether the journal is ahead of the line, and in which lanes something may be due."""

    behind: bool
    lanes: tuple[Lane, ...]


class Courier:
    """The handler of `webhook.carry` work. Any number of them, in any number of processes."""

    def __init__(self, database: Database, vault: Vault, sender: Sender, clock: Clock) -> None:
        self._database = database
        self._vault = vault
        self._reader = Reader(vault, for_keeps=True)
        self._sender = sender
        self._clock = clock
        self._leaving = False

    def leave(self) -> None:
        """Begins no more tries: the process ends, and what waits is for the next one."""
        self._leaving = True

    async def close(self) -> None:
        """Lets go of what is open."""
        await self._sender.close()

    async def carry(self, item: work.Work) -> None:
        """One round of one endpoint. Ends the work, or plans the next round."""
        running: dict[asyncio.Task[None], Lane] = {}
        ends_at = asyncio.get_running_loop().time() + _ROUND_SECONDS
        try:
            while not self._leaving and asyncio.get_running_loop().time() < ends_at:
                look = await self._look(item.subject)
                more = look.behind and await self._fill(item.subject)
                for lane in look.lanes:
                    free = PLACES[lane] - sum(1 for each in running.values() if each == lane)
                    for delivery in await self._take(item.subject, lane, limit=free):
                        running[asyncio.create_task(self._deliver(delivery))] = lane
                if not running and not more:
                    break
                await self._some(running, wait=not more)
            while running:
                await self._some(running)
        except Exception:
            # One could not be kept; the others still can.
            if running:
                await asyncio.wait(running)
            raise
        finally:
            for task in running:
                task.cancel()
        await self._end(item)

    async def _some(self, running: dict[asyncio.Task[None], Lane], *, wait: bool = True) -> None:
        """Waits until one has ended, or for a moment. Raises what one of them raised."""
        if not running:
            return
        done, _ = await asyncio.wait(
            running,
            timeout=_LOOK_SECONDS if wait else 0,
            return_when=asyncio.FIRST_COMPLETED,
        )
        for task in done:
            del running[task]
            task.result()

    async def _look(self, endpoint_id: str) -> _Look:
        """Looking costs a read; only when there is something to do is the write lock taken."""
        now = self._clock()
        async with self._database.snapshot() as session:
            endpoint = await look_at_endpoint(session, endpoint_id)
            if endpoint is None or not endpoint.enabled:
                return _Look(behind=False, lanes=())
            head, _ = await self._reader.head(session, endpoint.merchant)
            full = endpoint.full_until is not None and endpoint.full_until > now
            if not full and (endpoint.position < head or endpoint.replay is not None):
                return _Look(behind=True, lanes=tuple(PLACES))
            due = [lane for lane in PLACES if await any_due(session, endpoint_id, lane, now=now)]
            return _Look(behind=False, lanes=tuple(due))

    async def _fill(self, endpoint_id: str) -> bool:
        async def write() -> bool:
            async with self._database.transaction() as session:
                return await fill(
                    session, self._vault, self._reader, endpoint_id, now=self._clock()
                )

        return await retried(write)

    async def _take(self, endpoint_id: str, lane: Lane, *, limit: int) -> list[Delivery]:
        if limit <= 0:
            return []
        async with self._database.transaction() as session:
            endpoint = await look_at_endpoint(session, endpoint_id)
            if endpoint is None or not endpoint.enabled:
                return []
            return list(await take(session, endpoint_id, lane, limit=limit, now=self._clock()))

    async def _deliver(self, delivery: Delivery) -> None:
        """One try. Between the request and its record nothing is lost that the lease does not bring back."""
        started_at = self._clock()
        async with self._database.snapshot() as session:
            endpoint = await look_at_endpoint(session, delivery.endpoint)
            if endpoint is None:
                return
            keys = await secrets_in_use(session, self._vault, endpoint.secrets, now=started_at)
            body = (await self._payload(session, delivery)).encode()
        headers = signed_headers(keys, message=delivery.event, at=started_at, body=body)
        loop = asyncio.get_running_loop()
        began = loop.time()
        answer = await self._sender.send(endpoint.url, headers=headers, body=body)
        milliseconds = int((loop.time() - began) * 1000)
        log.info(
            "webhook.tried",
            delivery_id=delivery.id,
            endpoint_id=endpoint.id,
            number=delivery.tries,
            status=answer.status,
            problem=answer.problem,
        )
        made = Try(delivery, headers, answer, started_at, milliseconds)
        await retried(lambda: self._keep(made))

    async def _payload(self, session: Session, delivery: Delivery) -> str:
        kept = await sealing.opened(session, self._vault, delivery.payload)
        if kept is not None:
            return kept
        # The customer was erased meanwhile. That it happened is still told, as the journal tells it now.
        query = Query(merchant=delivery.merchant, after=delivery.position - 1, limit=1)
        [entry] = await self._reader.read(session, query)
        assert entry.id == delivery.event, "positions have no gaps"
        return frozen(entry)

    async def _keep(self, made: Try) -> None:
        """What came of a try, and what that says of the endpoint, in one transaction."""
        now = self._clock()
        delivery, answer = made.delivery, made.answer
        async with self._database.transaction() as session:
            endpoint = await hold_endpoint(session, delivery.endpoint)
            if endpoint is None:
                return
            status, due_at = _what_now(delivery, answer, now=now)
            if not await keep_outcome(
                session,
                delivery,
                status=status,
                response_status=answer.status,
                problem=answer.problem,
                due_at=due_at,
                now=now,
            ):
                return
            await log_try(session, self._vault, made)
            if answer.accepted:
                if endpoint.failures:
                    await update_endpoint(session, endpoint, failing_since=None, failures=0)
            else:
                await _count_failure(session, endpoint, answer, made.started_at, now=now)

    async def _end(self, item: work.Work) -> None:
        async def write() -> None:
            async with self._database.transaction() as session:
                endpoint = await hold_endpoint(session, item.subject)
                due_at = await self._next_round(session, endpoint, now=self._clock())
                if await work.finish(session, item) and due_at is not None:
                    await work.schedule(session, CARRY, item.subject, due_at=due_at)

        await retried(write)

    async def _next_round(
        self, session: Session, endpoint: Endpoint | None, *, now: datetime
    ) -> datetime | None:
        """When there is something to do again; the journal's next entry is `Scout`'s to see."""
        if endpoint is None:
            return None
        if endpoint.status == DELETED:
            cleared = await clear_away(
                session, endpoint.id, finished_before=None, limit=_CLEARED_AT_ONCE
            )
            if cleared:
                return now
            await remove_endpoint(session, endpoint)
            return None
        await clear_away(
            session, endpoint.id, finished_before=now - KEPT_FOR, limit=_CLEARED_AT_ONCE
        )
        if not endpoint.enabled:
            return None
        return now if endpoint.replay is not None else await next_due(session, endpoint.id)


def _what_now(delivery: Delivery, answer: Answer, *, now: datetime) -> tuple[str, datetime | None]:
    """What becomes of the delivery, and when it is tried again."""
    if answer.accepted:
        return DELIVERED, None
    assert delivery.first_tried_at is not None, "it was taken for this try"
    due_at = next_try(
        step=delivery.step,
        first_tried_at=delivery.first_tried_at,
        retry_after=read_retry_after(answer.headers.get("retry-after"), now=now),
        now=now,
    )
    return (FAILED, None) if due_at is None else (PENDING, due_at)


async def _count_failure(
    session: Session, endpoint: Endpoint, answer: Answer, started_at: datetime, *, now: datetime
) -> None:
    since, failures = endpoint.failing_since or started_at, endpoint.failures + 1
    endpoint = await update_endpoint(session, endpoint, failing_since=since, failures=failures)
    if not endpoint.enabled:
        return
    act = Act(actor="system", origin=None, now=now)
    if answer.status == 410:
        await switch_off(session, endpoint, GONE, act)
    elif now - since >= FAILING_FOR and failures >= FAILURES_MIN:
        await switch_off(session, endpoint, FAILING, act)
    else:
        return
    log.warning("webhook.endpoint_switched_off", endpoint_id=endpoint.id, failures=failures)
