"""What came of comparing a day with a PSP's books: one row an account and day, replaced when it is compared again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, Literal

import sqlalchemy as sa

from compliance.journal import Event, record
from core.clock import rfc3339
from core.database import JsonText, Session, UtcDateTime, metadata, upsert
from core.errors import InvalidField, NotFound
from core.ids import new_id
from payments.accounts import Account
from payments.reconciliation_matching import Statement
from payments.reconciliation_rounds import DAYS_BACK_MAX, Run

State = Literal["matched", "differs", "unavailable"]
# How many differences are kept by name; the rest is counted.
DIFFERENCES_MAX: Final = 100

reconciliations = sa.Table(
    "reconciliations",
    metadata,
    sa.Column("id", sa.String(40), primary_key=True),
    sa.Column("merchant", sa.String(40), nullable=False),
    sa.Column("account", sa.String(40), sa.ForeignKey("gateway_accounts.id"), nullable=False),
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("state", sa.String(12), nullable=False),  # matched | differs | unavailable
    sa.Column("counts", JsonText, nullable=False),
    # Signed minor units, by currency and kind.
    sa.Column("sums", JsonText, nullable=False),
    sa.Column("differences", JsonText, nullable=False),
    sa.Column("differences_count", sa.Integer, nullable=False),
    # Of the last run: a day that is reconciled again keeps its id.
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.UniqueConstraint("account", "day"),
    sa.Index("ix_reconciliations_merchant", "merchant", "day", "id"),
)


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """One account's day. `differences` are the first of `differences_count`."""

    id: str
    merchant: str
    account: str
    day: date
    state: State
    counts: Mapping[str, Any]
    sums: Mapping[str, Any]
    differences: Sequence[Mapping[str, Any]]
    differences_count: int
    created_at: datetime

    def as_json(self) -> dict[str, Any]:
        """As the API lists it."""
        return {
            "id": self.id,
            "account": self.account,
            "day": self.day.isoformat(),
            "status": self.state,
            "counts": self.counts,
            "sums": self.sums,
            "differences_count": self.differences_count,
            "created_at": rfc3339(self.created_at),
        }

    def whole_json(self) -> dict[str, Any]:
        """With its differences; those beyond the first hundred are only counted."""
        return {
            **self.as_json(),
            "differences": list(self.differences),
            "differences_omitted": self.differences_count - len(self.differences),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class ReconciliationFilter:
    """Which of a merchant's reconciliations, both days included; `before` is the cursor."""

    account: str | None = None
    day_from: date | None = None
    day_to: date | None = None
    before: str | None = None
    limit: int = 50


async def save_statement(
    session: Session, account: Account, day: date, statement: Statement, *, now: datetime
) -> Reconciliation:
    """Writes a day's result over an earlier one. One that says something new is told in the journal."""
    kept = [each.as_json() for each in statement.differences[:DIFFERENCES_MAX]]
    return await _save(
        session,
        account,
        day,
        {
            "state": "differs" if statement.differences else "matched",
            "counts": dict(statement.counts),
            "sums": dict(statement.sums),
            "differences": kept,
            "differences_count": len(statement.differences),
            "created_at": now,
        },
    )


async def save_unavailable(session: Session, account: Account, day: date, *, now: datetime) -> None:
    """Writes that the PSP's books could not be read, unless an earlier run has read them: what it found stays."""
    before = await _of_day(session, account.id, day)
    if before is None or before.state == "unavailable":
        empty: dict[str, Any] = {"counts": {}, "sums": {}, "differences": []}
        values = {"state": "unavailable", "differences_count": 0, "created_at": now, **empty}
        await _save(session, account, day, values)


async def runs_of(session: Session, account: str, *, until: date) -> dict[date, Run]:
    """How the account's last days up to that one ended, as far as the rounds go back."""
    c = reconciliations.c
    rows = await session.all(
        sa.select(c.day, c.state, c.created_at)
        .where(c.account == account, c.day <= until)
        .order_by(c.day.desc())
        .limit(DAYS_BACK_MAX)
    )
    return {row["day"]: Run(row["state"], row["created_at"]) for row in rows}


async def get_reconciliation(session: Session, merchant: str, found_id: str) -> Reconciliation:
    """Raises `NotFound`, also for another merchant's."""
    c = reconciliations.c
    row = await session.one_or_none(
        sa.select(reconciliations).where(c.id == found_id, c.merchant == merchant)
    )
    if row is None:
        raise NotFound("reconciliation")
    return _read(row)


async def list_reconciliations(
    session: Session, merchant: str, wanted: ReconciliationFilter
) -> Sequence[Reconciliation]:
    """The newest day first. Raises `InvalidField` for a cursor that is none."""
    c = reconciliations.c
    chosen = sa.select(reconciliations).where(c.merchant == merchant)
    if wanted.account is not None:
        chosen = chosen.where(c.account == wanted.account)
    if wanted.day_from is not None:
        chosen = chosen.where(c.day >= wanted.day_from)
    if wanted.day_to is not None:
        chosen = chosen.where(c.day <= wanted.day_to)
    if wanted.before is not None:
        try:
            last = await get_reconciliation(session, merchant, wanted.before)
        except NotFound:
            raise InvalidField("/cursor", "This is no cursor that a list answered with.") from None
        chosen = chosen.where(sa.or_(c.day < last.day, sa.and_(c.day == last.day, c.id < last.id)))
    rows = await session.all(chosen.order_by(c.day.desc(), c.id.desc()).limit(wanted.limit))
    return [_read(row) for row in rows]


async def _of_day(session: Session, account: str, day: date) -> Reconciliation | None:
    """The account's day, held until the transaction ends, whether it is there or not."""
    await session.lock(f"reconciliation:{account}")
    c = reconciliations.c
    row = await session.one_or_none(
        sa.select(reconciliations).where(c.account == account, c.day == day)
    )
    return None if row is None else _read(row)


async def _save(
    session: Session, account: Account, day: date, values: Mapping[str, Any]
) -> Reconciliation:
    before = await _of_day(session, account.id, day)
    now = values["created_at"]
    row = await session.one_or_none(
        upsert(session, reconciliations)
        .values(
            id=new_id("rec", now), merchant=account.merchant, account=account.id, day=day, **values
        )
        .on_conflict_do_update(index_elements=["account", "day"], set_=dict(values))
        .returning(reconciliations)
    )
    assert row is not None
    found = _read(row)
    if before is None or _result(before) != _result(found):
        record(session, _event(found, now=now))
    return found


def _result(found: Reconciliation) -> tuple[Any, ...]:
    return found.state, found.differences_count, list(found.differences)


def _event(found: Reconciliation, *, now: datetime) -> Event:
    return Event(
        type="reconciliation.completed",
        merchant=found.merchant,
        occurred_at=now,
        actor="system",
        data={
            "reconciliation": found.id,
            "account": found.account,
            "day": found.day.isoformat(),
            "state": found.state,
            "differences": found.differences_count,
        },
    )


def _read(row: sa.RowMapping) -> Reconciliation:
    return Reconciliation(
        id=row["id"],
        merchant=row["merchant"],
        account=row["account"],
        day=row["day"],
        state=row["state"],
        counts=row["counts"],
        sums=row["sums"],
        differences=row["differences"],
        differences_count=row["differences_count"],
        created_at=row["created_at"],
    )
