"""Watches each merchant's last minutes for what a supervisor should know: told once when it begins, once when over.

A round a minute looks at the merchants that had payments or messages lately, or an incident that is still open. Each
alert begins at its limit and is over below half of it, so that what hovers about the limit is told once.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar, Final

import sqlalchemy as sa

from channels.message_store import deliveries
from compliance.journal import Event, Reader, count_latest, record
from compliance.merchant_settings import Setting, read, whole
from core import work
from core.clock import Clock
from core.database import Database, Session
from core.ids import first_id
from links.floor.incidents import ENDED_BY, open_incidents
from payments.states import AttemptState
from payments.tables import attempts

ROUND: Final = "alerts.round"
_EVERYBODY: Final = "all"
_EVERY: Final = timedelta(minutes=1)
_MERCHANTS_MAX: Final = 10_000
_LOOKED_AT_MAX: Final = 2_000
_S = AttemptState
_PAID: Final = frozenset({_S.SUCCEEDED, _S.AUTHORISED})
_ANSWERED: Final = _PAID | {_S.DECLINED, _S.CHALLENGED, _S.PROCESSING}
# As long as the longest window, so that nobody is overlooked whose limits count that far back.
_LATELY: Final = timedelta(minutes=60)
# Longer than any call to a PSP may take.
_ANSWER_WITHIN: Final = timedelta(minutes=1)
# What this lookout tells of; a mailbox is watched by whoever reads it.
KINDS: Final = frozenset({"decline_spike", "message_failures", "card_testing", "psp_down"})


@dataclass(frozen=True, slots=True)
class AlertPolicy(Setting):
    """When a supervisor is told. Shares count once there were so many; all of it within the last minutes."""

    name: ClassVar[str] = "alerts"
    window_minutes: int = whole(15, least=5, most=60)
    tries_least: int = whole(10, least=3, most=100_000)
    declined_percent: int = whole(60, least=5, most=100)
    messages_least: int = whole(10, least=3, most=100_000)
    messages_failed_percent: int = whole(30, least=5, most=100)
    # Tries of one PSP account that got no answer, with none since that did.
    unanswered_least: int = whole(3, least=1, most=1_000)
    # Tries that the fraud rules stopped.
    blocked_least: int = whole(5, least=2, most=10_000)


@dataclass(frozen=True, slots=True)
class Finding:
    """What one look says of one kind of trouble: whether it is there, whether it is over, and its evidence."""

    kind: str
    there: bool
    over: bool
    data: Mapping[str, Any]
    account: str | None = None


async def plan(session: Session, *, now: datetime) -> None:
    """Plans the rounds, unless they are planned."""
    await work.schedule_once(session, ROUND, _EVERYBODY, due_at=now + _EVERY)


@dataclass(frozen=True, slots=True)
class Alerts:
    """The lookout of one house."""

    database: Database
    reader: Reader
    clock: Clock

    async def round(self, item: work.Work) -> None:
        """Handler of `alerts.round`: a look at each merchant with something to see, one transaction each."""
        now = self.clock()
        async with self.database.snapshot() as session:
            merchants = await _busy(session, now=now)
        still: list[str] = []
        for merchant in sorted({*merchants, *item.payload.get("open", ())}):
            async with self.database.transaction() as session:
                if await look(session, self.reader, merchant, now=now):
                    still.append(merchant)
        async with self.database.transaction() as session:
            await work.schedule(
                session, ROUND, _EVERYBODY, due_at=self.clock() + _EVERY, payload={"open": still}
            )


async def look(session: Session, reader: Reader, merchant: str, *, now: datetime) -> bool:
    """Tells what has begun and what is over. Answers whether an incident of ours is open after it."""
    await session.lock(f"alerts:{merchant}")
    policy = await read(session, merchant, AlertPolicy)
    open_now = await open_incidents(session, reader, merchant)
    known = {(each.kind, each.account) for each in open_now if each.kind in KINDS}
    found = await _findings(session, merchant, policy, now=now)
    seen = {(each.kind, each.account): each for each in found}
    still = False
    for key in sorted(known | set(seen), key=str):
        # An account that nobody tries any more is down no longer, as far as anybody can tell.
        finding = seen.get(key, Finding(key[0], there=False, over=True, data={}, account=key[1]))
        begun = f"incident.{finding.kind}"
        if key in known and finding.over:
            _tell(session, merchant, ENDED_BY[begun], finding, now=now)
        elif key not in known and finding.there:
            _tell(session, merchant, begun, finding, now=now)
            still = True
        else:
            still = still or key in known
    return still


async def _busy(session: Session, *, now: datetime) -> Sequence[str]:
    """The merchants with payments or messages lately."""
    since = now - _LATELY
    tried = sa.select(attempts.c.merchant).where(attempts.c.id >= first_id("att", since))
    wrote = sa.select(deliveries.c.merchant).where(deliveries.c.id >= first_id("dlv", since))
    rows = await session.all(sa.union(tried, wrote).limit(_MERCHANTS_MAX))
    return [row["merchant"] for row in rows]


async def _findings(
    session: Session, merchant: str, policy: AlertPolicy, *, now: datetime
) -> list[Finding]:
    since = now - timedelta(minutes=policy.window_minutes)
    a = attempts.c
    rows = await session.all(
        sa.select(a.account, a.state, a.created_at)
        .where(a.merchant == merchant, a.created_at > since)
        .order_by(a.created_at.desc())
        .limit(_LOOKED_AT_MAX)
    )

    async def count(kind: str) -> int:
        return await count_latest(
            session, merchant=merchant, type_=kind, since=since, looked_at_max=_LOOKED_AT_MAX
        )

    declined = sum(row["state"] == _S.DECLINED for row in rows)
    paid = sum(row["state"] in _PAID for row in rows)
    blocked = sum(row["state"] == _S.BLOCKED for row in rows)
    failed, sent = await count("message.failed"), await count("message.sent")
    minutes = {"minutes": policy.window_minutes}
    return [
        _share(
            "decline_spike",
            declined,
            declined + paid,
            least=policy.tries_least,
            percent=policy.declined_percent,
            data={"declined": declined, "tries": declined + paid, **minutes},
        ),
        _share(
            "message_failures",
            failed,
            # One that failed after it was sent counts once.
            max(sent, failed),
            least=policy.messages_least,
            percent=policy.messages_failed_percent,
            data={"failed": failed, "messages": max(sent, failed), **minutes},
        ),
        Finding(
            "card_testing",
            there=blocked >= policy.blocked_least,
            over=blocked * 2 < policy.blocked_least,
            data={"blocked": blocked, **minutes},
        ),
        *_unanswered(rows, policy, now=now),
    ]


def _share(
    kind: str, part: int, whole_: int, *, least: int, percent: int, data: Mapping[str, Any]
) -> Finding:
    enough = whole_ >= least
    return Finding(
        kind,
        there=enough and part * 100 >= whole_ * percent,
        over=not enough or part * 200 < whole_ * percent,
        data=data,
    )


def _unanswered(
    rows: Sequence[sa.RowMapping], policy: AlertPolicy, *, now: datetime
) -> Iterator[Finding]:
    """An account whose tries stay without an answer; the first answer to a later one ends it. `rows` newest first."""
    silent: dict[str, int] = {}
    answered: set[str] = set()
    for row in rows:
        account, state = row["account"], row["state"]
        if state in _ANSWERED:
            answered.add(account)
        waits = state == _S.UNKNOWN or (
            state == _S.STARTED and now - row["created_at"] > _ANSWER_WITHIN
        )
        if account not in answered and waits:
            silent[account] = silent.get(account, 0) + 1
    for account in sorted(answered | set(silent)):
        count = silent.get(account, 0)
        yield Finding(
            "psp_down",
            there=count >= policy.unanswered_least,
            over=count == 0,
            data={"account": account, "unanswered": count},
            account=account,
        )


def _tell(session: Session, merchant: str, kind: str, finding: Finding, *, now: datetime) -> None:
    data = dict(finding.data)
    if finding.account is not None:
        data["account"] = finding.account
    record(
        session,
        Event(type=kind, merchant=merchant, occurred_at=now, actor="system", data=data),
    )
