"""How each account's page stood when it was last looked at, and what of it an admin has accepted."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal

import sqlalchemy as sa
import structlog

from compliance.journal import Event, record
from compliance.principal import Principal
from core.clock import rfc3339
from core.database import Session, upsert
from core.database.schema import canonical_json
from core.errors import Kind, NotFound, PaythreadError
from links.watch.comparing import Difference, not_accepted
from links.watch.observing import Observation
from links.watch.tables import page_checks

log = structlog.get_logger()

State = Literal["unchecked", "as_expected", "accepted", "changed"]
_TOLD_MAX: Final = 20


class SeenSomethingElse(PaythreadError):
    """The page was looked at again meanwhile and is not as it was: read it again before accepting it."""

    code = "page_seen_otherwise"
    kind = Kind.CONFLICT


@dataclass(frozen=True, slots=True)
class Check:
    """One account's page. `seen` names exactly what differs now, for whoever accepts it."""

    account: str
    merchant: str
    state: State
    found: Sequence[Difference]
    accepted: Sequence[Difference]
    expected: Observation
    row: sa.RowMapping

    @property
    def seen(self) -> str:
        return hashlib.sha256(
            canonical_json([each.as_json() for each in self.found]).encode()
        ).hexdigest()

    def as_json(self) -> dict[str, Any]:
        row = self.row
        return {
            "account": self.account,
            "state": self.state,
            "seen": self.seen,
            "differences": [each.as_json() for each in self.found],
            "accepted": [each.as_json() for each in self.accepted],
            "accepted_by": row["accepted_by"],
            "accepted_at": _moment(row["accepted_at"]),
            "checked_at": _moment(row["checked_at"]),
            "tried_at": _moment(row["tried_at"]),
            "psp_scripts": row["psp_scripts"],
        }


async def open_check(
    session: Session, account: str, *, merchant: str, token_hash: str, now: datetime
) -> Check:
    """The account's check, made if it is the first."""
    await session.execute(
        upsert(session, page_checks)
        .values(
            account=account,
            merchant=merchant,
            token_hash=token_hash,
            state="unchecked",
            found=[],
            accepted=[],
            expected={},
            psp_scripts={},
            created_at=now,
        )
        .on_conflict_do_nothing()
    )
    return await _get(session, account)


async def find_check(session: Session, merchant: str, account: str) -> Check:
    """Raises `NotFound`."""
    check = await _get(session, account)
    if check.merchant != merchant:
        raise NotFound("page check")
    return check


async def list_checks(session: Session, merchant: str, *, limit: int = 200) -> Sequence[Check]:
    """The merchant's checks."""
    c = page_checks.c
    rows = await session.all(
        sa.select(page_checks).where(c.merchant == merchant).order_by(c.account).limit(limit)
    )
    return [_read(row) for row in rows]


async def note_out_of_reach(session: Session, account: str, *, now: datetime) -> None:
    """It was tried, and nothing was seen: what was seen before stands."""
    await session.execute(
        sa.update(page_checks).where(page_checks.c.account == account).values(tried_at=now)
    )


async def keep(
    session: Session,
    account: str,
    *,
    expected: Observation,
    found: Sequence[Difference],
    psp_scripts: Mapping[str, Any],
    now: datetime,
) -> Check:
    """Keeps what was seen, and tells what is new about it."""
    await session.lock(f"page_check:{account}")
    before = await _get(session, account)
    state: State = "as_expected"
    if found:
        state = "changed" if not_accepted(found, before.accepted) else "accepted"
    scripts, changed_scripts = _scripts(before.row["psp_scripts"], psp_scripts)
    await session.execute(
        sa.update(page_checks)
        .where(page_checks.c.account == account)
        .values(
            state=state,
            found=[each.as_json() for each in found],
            expected=expected,
            psp_scripts=scripts,
            checked_at=now,
            tried_at=now,
        )
    )
    check = await _get(session, account)
    same = state == before.state and list(found) == list(before.found)
    # The first look at a page that is as it should be is no news.
    if not same and (before.state, state) != ("unchecked", "as_expected"):
        _tell(session, check, not_accepted(found, before.accepted), now=now)
    if changed_scripts:
        _tell(session, check, changed_scripts, informs=True, now=now)
    return check


async def accept(
    session: Session,
    caller: Principal,
    account: str,
    *,
    seen: str,
    origin: str | None,
    now: datetime,
) -> Check:
    """From now on what differs is as it should be. Raises `NotFound`, `SeenSomethingElse`."""
    await session.lock(f"page_check:{account}")
    check = await find_check(session, caller.merchant, account)
    if check.seen != seen:
        raise SeenSomethingElse("The page is not as you saw it. Look at it again first.")
    await session.execute(
        sa.update(page_checks)
        .where(page_checks.c.account == account)
        .values(
            accepted=[each.as_json() for each in check.found],
            accepted_by=caller.actor,
            accepted_at=now,
            state="accepted" if check.found else check.state,
        )
    )
    record(
        session,
        Event(
            type="page.baseline_accepted",
            merchant=check.merchant,
            occurred_at=now,
            actor=caller.actor,
            origin=origin,
            data={
                "account": account,
                "seen": seen,
                "accepted": [each.as_json() for each in check.found[:_TOLD_MAX]],
            },
        ),
    )
    return await _get(session, account)


def _scripts(
    before: Mapping[str, Any], now: Mapping[str, Any]
) -> tuple[dict[str, Any], list[Difference]]:
    """The PSP's scripts with since when they are so, and which have another body than before."""
    kept, changed = dict(before), []
    for address, script in now.items():
        known = before.get(address)
        if known is not None and known["sha384"] == script["sha384"]:
            continue
        if known is not None:
            changed.append(
                Difference("changed", f"body {address}", known["sha384"], script["sha384"])
            )
        kept[address] = script
    return kept, changed


def _tell(
    session: Session,
    check: Check,
    changes: Sequence[Difference],
    *,
    informs: bool = False,
    now: datetime,
) -> None:
    alarm = check.state == "changed" and not informs
    say = log.error if alarm else log.info
    say(
        "page.changed",
        account=check.account,
        state=check.state,
        changes=[f"{each.what} {each.name}" for each in changes[:_TOLD_MAX]],
    )
    record(
        session,
        Event(
            type="page.changed",
            merchant=check.merchant,
            occurred_at=now,
            actor="system",
            data={
                "account": check.account,
                "state": check.state,
                "alarm": alarm,
                "changes": [each.as_json() for each in changes[:_TOLD_MAX]],
                "changes_count": len(changes),
            },
        ),
    )


async def _get(session: Session, account: str) -> Check:
    row = await session.one_or_none(sa.select(page_checks).where(page_checks.c.account == account))
    if row is None:
        raise NotFound("page check")
    return _read(row)


def _read(row: sa.RowMapping) -> Check:
    return Check(
        account=row["account"],
        merchant=row["merchant"],
        state=row["state"],
        found=[Difference.of_json(each) for each in row["found"]],
        accepted=[Difference.of_json(each) for each in row["accepted"]],
        expected=row["expected"],
        row=row,
    )


def _moment(value: datetime | None) -> str | None:
    return None if value is None else rfc3339(value)
