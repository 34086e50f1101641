"""Reconciles an account's day: reads the PSP's books, compares them with ours, and keeps what came of it."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

import structlog

from core import work
from core.clock import Clock
from core.database import Database
from core.errors import PaythreadError
from payments.accounts import Account, Gateways
from payments.errors import GatewayUnavailable
from payments.gateway import Gateway, Movement
from payments.reconciliation_books import Known, booked, known
from payments.reconciliation_matching import REACH, Day, Statement, compare, object_of
from payments.reconciliation_rounds import (
    RECONCILE,
    day_due,
    is_at_rest,
    last_round,
    next_round,
    patience,
)
from payments.reconciliations import Reconciliation, runs_of, save_statement, save_unavailable

log = structlog.get_logger()

# The life of an object that differs is read this far around the day.
_LIFE_MAX: Final = timedelta(days=30)
# The longest books may take to read; a worker that dies meanwhile loses a round for as long as the lease.
_SECONDS_MAX: Final = 600
_LEASE: Final = timedelta(minutes=15)
# Reading books is slow, and nothing that a customer waits for: it leaves a worker's other hands free.
_AT_ONCE_MAX: Final = 2
_BUSY: Final = timedelta(seconds=30)


class DayNotOver(PaythreadError):
    """A day is reconciled when it is over, by UTC."""

    code = "day_not_over"


@dataclass(frozen=True, slots=True)
class _Books:
    """The PSP's books around a day, read up to `until`."""

    lines: Sequence[Movement]
    until: datetime


class Reconciler:
    """Runs one day of one account, for the command line, and as the handler of `reconcile.day` work."""

    def __init__(self, database: Database, gateways: Gateways, clock: Clock) -> None:
        self._database = database
        self._gateways = gateways
        self._clock = clock
        self._running = 0

    async def run(self, account_id: str, day: date) -> Reconciliation:
        """Compares the day and keeps the result. Raises `NotFound`, `DayNotOver`, and `GatewayUnavailable` once that
        the PSP's books could not be read is kept too."""
        span = Day(day)
        if span.end > self._clock():
            raise DayNotOver("A day can be reconciled once it is over, in UTC.")
        account, gateway = await self._gateways.by_id(account_id)
        try:
            async with asyncio.timeout(_SECONDS_MAX):
                statement = await self._compared(account, gateway, span)
        except (GatewayUnavailable, TimeoutError) as error:
            async with self._database.transaction() as session:
                await save_unavailable(session, account, day, now=self._clock())
            log.warning("reconciliation.unavailable", account=account.id, day=str(day))
            if isinstance(error, GatewayUnavailable):
                raise
            raise GatewayUnavailable("The PSP's books took too long to read.") from None
        async with self._database.transaction() as session:
            return await save_statement(session, account, day, statement, now=self._clock())

    async def handle(self, item: work.Work) -> None:
        """One day of the account's round; planned again for the next one, else for the next round."""
        if self._running >= _AT_ONCE_MAX:
            async with self._database.transaction() as session:
                await work.postpone(session, item, due_at=self._clock() + _BUSY)
            return
        self._running += 1
        try:
            await self._next_day(item)
        finally:
            self._running -= 1

    async def _next_day(self, item: work.Work) -> None:
        now = self._clock()
        account = item.subject
        async with self._database.transaction() as session:
            # Books take longer to read than a worker's lease lasts; this run goes on under its own.
            if not await work.postpone(session, item, due_at=now + _LEASE):
                return
            at_rest = await is_at_rest(session, account, now=now)
            runs = await runs_of(session, account, until=last_round(account, now).date())
        day = None if at_rest else day_due(account, runs, now=now)
        tries = 0
        if day is not None:
            try:
                found = await self.run(account, day)
                log.info(
                    "reconciliation.completed",
                    account=account,
                    day=str(day),
                    state=found.state,
                    differences=found.differences_count,
                )
            except GatewayUnavailable:
                tries = int(item.payload.get("tries", 0)) + 1
        now = self._clock()
        due_at = now + patience(tries - 1) if tries else now
        if day is None:
            due_at = next_round(account, now)
        payload: dict[str, Any] = {"tries": tries} if tries else {}
        async with self._database.transaction() as session:
            if at_rest:
                await work.forget(session, RECONCILE, account)
            else:
                await work.schedule(session, RECONCILE, account, due_at=due_at, payload=payload)

    async def _compared(self, account: Account, gateway: Gateway, day: Day) -> Statement:
        """The PSP's books are read first, so that what we learn meanwhile is not found to be missing here."""
        now = self._clock()
        near = await _near(gateway, day, now=now)
        names = {
            object_of(line.reference)
            for line in near.lines
            if line.kind != "other" and day.holds(line.occurred_at)
        }
        async with self._database.snapshot() as session:
            ours = await booked(session, account.id, day, names)
            first = compare(day, ours, near.lines)
            found = await known(session, account.id, first.open_references)
        if not found:
            return first
        coming = [each.under_way for each in found.values() if each.under_way is not None]
        return compare(
            day,
            [*ours, *coming],
            [*near.lines, *await _further(gateway, day, near, found, now=now)],
            payments={name: each.payment for name, each in found.items()},
        )


async def _near(gateway: Gateway, day: Day, *, now: datetime) -> _Books:
    """Without what was not asked for. Raises `GatewayUnavailable`."""
    until = min(day.until, now)
    try:
        lines = await gateway.movements(day.since, until)
    except GatewayUnavailable:
        # Where books are written by the day, those of the days that follow may not be there yet.
        until = day.end
        lines = await gateway.movements(day.since, until)
    return _Books([line for line in lines if day.since <= line.occurred_at < until], until)


async def _further(
    gateway: Gateway, day: Day, near: _Books, found: Mapping[str, Known], *, now: datetime
) -> Sequence[Movement]:
    """The PSP's older and newer lines of objects that differ.

    We may have learned late of an old movement, and money that went may have come back without ever being booked here.
    """
    began = min(each.since for each in found.values()) - REACH
    since = max(min(began, day.since), day.start - _LIFE_MAX)
    until = max(min(now, day.end + _LIFE_MAX), near.until)
    if since >= day.since and until <= near.until:
        return ()
    try:
        lines = await gateway.movements(since, until)
    except GatewayUnavailable:
        # What differs is named; a later run may find that it does not.
        log.warning("reconciliation.further_books_unread", day=str(day.date))
        return ()
    return [
        line
        for line in lines
        if not day.since <= line.occurred_at < near.until and object_of(line.reference) in found
    ]
