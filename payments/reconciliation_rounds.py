"""When is which day of an account reconciled? In rounds: one a day, early in the morning by UTC, for the day before.

A round also takes up earlier days of the last week that did not match, or that nobody looked at: a report that came
late, or books that were written late, settle by themselves what they made differ.
"""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

import sqlalchemy as sa

from core import work
from core.database import Session
from payments.tables import gateway_accounts, transactions

RECONCILE: Final = "reconcile.day"
DAYS_BACK_MAX: Final = 7
_AT: Final = time(3)
# Accounts begin at different moments of an hour, so that they do not keep everybody else's work waiting.
_SPREAD_SECONDS: Final = 3600
_DAY: Final = timedelta(days=1)
# Refunds and disputes of an account that was switched off may go on for about as long.
_REST: Final = timedelta(days=180)
_RETRY: Final = timedelta(minutes=10)
_RETRY_MAX: Final = timedelta(hours=4)


@dataclass(frozen=True, slots=True)
class Run:
    """How an earlier run on a day ended."""

    state: str
    ran_at: datetime


async def plan(session: Session, account: str, *, now: datetime) -> None:
    """Plans the account's next round, unless one is planned."""
    await work.schedule_once(session, RECONCILE, account, due_at=next_round(account, now))


async def plan_all(session: Session, *, now: datetime) -> None:
    """Plans the next round of every account that has none planned; one at rest is found to be so then."""
    rows = await session.all(sa.select(gateway_accounts.c.id))
    for row in rows:
        await plan(session, row["id"], now=now)


async def is_at_rest(session: Session, account: str, *, now: datetime) -> bool:
    """Whether it is switched off, and no money of old payments has moved there for long."""
    if await session.scalar(
        sa.select(gateway_accounts.c.active).where(gateway_accounts.c.id == account)
    ):
        return False
    c = transactions.c
    last = await session.scalar(
        sa.select(c.id).where(c.account == account, c.occurred_at >= now - _REST).limit(1)
    )
    return last is None


def last_round(account: str, now: datetime) -> datetime:
    """The last round that has begun."""
    began = datetime.combine(now.astimezone(UTC).date(), _AT, UTC) + _offset(account)
    return began if began <= now else began - _DAY


def next_round(account: str, now: datetime) -> datetime:
    """The next one."""
    return last_round(account, now) + _DAY


def day_due(account: str, runs: Mapping[date, Run], *, now: datetime) -> date | None:
    """The newest day that the current round has still to reconcile; None when the round is done.

    Days on which nobody looked count from the first one on that somebody looked at.
    """
    began = last_round(account, now)
    newest = began.date() - _DAY
    for back in range(DAYS_BACK_MAX):
        day = newest - back * _DAY
        run = runs.get(day)
        if run is None:
            if back == 0 or (runs and day > min(runs)):
                return day
        elif run.state == "unavailable" or (run.state == "differs" and run.ran_at < began):
            return day
    return None


def patience(tries: int) -> timedelta:
    """How long to wait before a PSP that was unavailable so many times in a row is asked again."""
    return min(_RETRY * (1 << min(tries, 10)), _RETRY_MAX)


def _offset(account: str) -> timedelta:
    return timedelta(seconds=zlib.crc32(account.encode()) % _SPREAD_SECONDS)
