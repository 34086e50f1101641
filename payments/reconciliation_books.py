"""What do our own books say of an account's day, and of objects that the PSP names?"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import sqlalchemy as sa

from core.database import Session
from payments.reconciliation_matching import Booked, Day, object_of, references_of
from payments.states import AttemptState, OrderState
from payments.tables import attempts, disputes, money_orders, transactions
from payments.transactions import KINDS

# Databases bound the number of values in one statement.
_NAMES_AT_ONCE: Final = 500
_COMING: Final = frozenset({AttemptState.PROCESSING})
_GOING: Final = frozenset({OrderState.REQUESTED, OrderState.PENDING, OrderState.UNKNOWN})


@dataclass(frozen=True, slots=True)
class Known:
    """An object of the PSP that we know. `since` is when we began it or heard of it.

    `under_way` is money of it that the PSP may have booked already, while we wait for its last word.
    """

    name: str
    payment: str
    since: datetime
    under_way: Booked | None = None


async def booked(
    session: Session, account: str, day: Day, names: Collection[str]
) -> Sequence[Booked]:
    """The day's transactions, and all that there ever were of the objects that they or `names` are about."""
    c = transactions.c
    of_day = await session.all(
        sa.select(transactions).where(
            c.account == account, c.occurred_at >= day.start, c.occurred_at < day.end
        )
    )
    rows = {row["id"]: row for row in of_day}
    wanted = set(names) | {object_of(row["reference"]) for row in of_day}
    for some in _portions(wanted):
        references = [reference for name in some for reference in references_of(name)]
        for row in await session.all(
            sa.select(transactions).where(
                # With every kind named, the unique index of (account, kind, reference) finds them.
                c.account == account,
                c.kind.in_(KINDS),
                c.reference.in_(references),
            )
        ):
            rows[row["id"]] = row
    return [_read(row) for row in sorted(rows.values(), key=lambda row: str(row["id"]))]


async def known(session: Session, account: str, names: Collection[str]) -> dict[str, Known]:
    """Those of the objects that are an attempt's, a refund's or a dispute's of ours, by name."""
    found: dict[str, Known] = {}
    for some in _portions(names):
        for row in await session.all(
            sa.select(attempts).where(attempts.c.account == account, attempts.c.reference.in_(some))
        ):
            coming = AttemptState(row["state"]) in _COMING
            found[row["reference"]] = _known(row, "charge", row["amount"] if coming else None)
        for row in await session.all(
            sa.select(money_orders).where(
                money_orders.c.account == account,
                money_orders.c.reference.in_(some),
                money_orders.c.kind == "refund",
            )
        ):
            going = OrderState(row["state"]) in _GOING
            found[row["reference"]] = _known(row, "refund", -row["amount"] if going else None)
        for row in await session.all(
            sa.select(disputes).where(disputes.c.account == account, disputes.c.reference.in_(some))
        ):
            found[row["reference"]] = _known(row, "dispute", None)
    return found


def _known(row: sa.RowMapping, kind: str, expected: int | None) -> Known:
    under_way = None
    if expected is not None:
        under_way = Booked(
            kind,
            row["reference"],
            expected,
            row["currency"],
            row["created_at"],
            row["payment"],
            under_way=True,
        )
    return Known(row["reference"], row["payment"], row["created_at"], under_way)


def _read(row: sa.RowMapping) -> Booked:
    return Booked(
        row["kind"],
        row["reference"],
        row["amount"],
        row["currency"],
        row["occurred_at"],
        row["payment"],
    )


def _portions(names: Collection[str]) -> Iterator[list[str]]:
    ordered = sorted(names)
    for at in range(0, len(ordered), _NAMES_AT_ONCE):
        yield ordered[at : at + _NAMES_AT_ONCE]
