"""Transactions: one row a movement of money, written with the fact that says so and never changed.

Amounts are signed, in minor units: what came to the merchant is positive (a charge, a capture, a refund that came
back, a dispute that was won), what went from them negative.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Literal

import sqlalchemy as sa

from core.clock import rfc3339
from core.database import Session, upsert
from core.ids import first_id, new_id
from core.money import Money
from payments.tables import transactions

Kind = Literal["charge", "capture", "refund", "dispute"]
KINDS: Final = ("charge", "capture", "refund", "dispute")

# What the API answers and the export has, in this order.
COLUMNS: Final = (
    "id",
    "occurred_at",
    "kind",
    "amount",
    "currency",
    "payment",
    "attempt",
    "account",
    "psp_reference",
)


async def book(
    session: Session,
    *,
    merchant: str,
    payment: str,
    attempt: str,
    account: str,
    kind: Kind,
    reference: str,
    money: Money,
    sign: Literal[1, -1] = 1,
    now: datetime,
) -> None:
    """Writes the movement, once: a (account, kind, reference) that is there already is the same movement."""
    await session.execute(
        upsert(session, transactions)
        .values(
            id=new_id("txn", now),
            merchant=merchant,
            payment=payment,
            attempt=attempt,
            account=account,
            kind=kind,
            reference=reference,
            currency=money.currency.code,
            amount=sign * money.minor,
            occurred_at=now,
        )
        .on_conflict_do_nothing(index_elements=["account", "kind", "reference"])
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class TransactionFilter:
    """Which of a merchant's transactions; `before` is the cursor."""

    kind: str | None = None
    currency: str | None = None
    payment: str | None = None
    account: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    before: str | None = None
    limit: int = 50


async def list_transactions(
    session: Session, merchant: str, wanted: TransactionFilter
) -> Sequence[Mapping[str, Any]]:
    """Newest first, as `COLUMNS` has them."""
    c = transactions.c
    conditions = [c.merchant == merchant]
    for column, value in (
        (c.kind, wanted.kind),
        (c.currency, wanted.currency),
        (c.payment, wanted.payment),
        (c.account, wanted.account),
    ):
        if value is not None:
            conditions.append(column == value)
    # A transaction's id and its row are made at one moment, so times are bounds of ids as well (rounded to the
    # millisecond): the walk ends there.
    if wanted.since is not None:
        conditions.append(c.id >= first_id("txn", wanted.since))
        conditions.append(c.occurred_at >= wanted.since)
    if wanted.until is not None:
        conditions.append(c.id < first_id("txn", wanted.until + timedelta(milliseconds=2)))
        conditions.append(c.occurred_at < wanted.until)
    if wanted.before is not None:
        conditions.append(c.id < wanted.before)
    rows = await session.all(
        sa.select(transactions).where(*conditions).order_by(c.id.desc()).limit(wanted.limit)
    )
    return [_shown(row) for row in rows]


def _shown(row: sa.RowMapping) -> dict[str, Any]:
    return {
        "id": row["id"],
        "occurred_at": rfc3339(row["occurred_at"]),
        "kind": row["kind"],
        "amount": row["amount"],
        "currency": row["currency"],
        "payment": row["payment"],
        "attempt": row["attempt"],
        "account": row["account"],
        "psp_reference": row["reference"],
    }
