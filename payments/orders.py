"""Orders for money that a PSP holds for us: to capture it, to let it go, to give it back. Placed here, and read.

An order is placed in the transaction that checks it against the sums, under the lock of the payment; what it could
take counts from that moment, whatever becomes of the call to the PSP. `order_facts` alone moves one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final, Literal

import sqlalchemy as sa

from compliance.journal import Event, record
from core import work
from core.clock import rfc3339
from core.database import Session
from core.errors import NotFound
from core.ids import new_id
from core.money import Currency, Money
from payments.attempts import Attempt
from payments.payments import Payment, payment_event
from payments.states import ORDERS_THAT_COUNT, OrderState
from payments.tables import money_orders

SEND: Final = "order.send"
# Longer than the gateway's own bound, so that a healthy call is never repeated beside itself.
SEND_AFTER: Final = timedelta(seconds=30)

OrderKind = Literal["capture", "release", "refund"]
_PREFIX: Final[dict[OrderKind, str]] = {"capture": "cap", "release": "rel", "refund": "ref"}
_O: Final = OrderState
# Towards the merchant's software a refund is under way until it is decided: how is our business.
_SHOWN: Final = {_O.REQUESTED: "pending", _O.UNKNOWN: "pending"}


@dataclass(frozen=True, slots=True)
class Order:
    """One order."""

    id: str
    merchant: str
    payment: str
    attempt: str
    account: str
    kind: OrderKind
    state: OrderState
    amount: Money
    reference: str | None
    reason: str | None
    problem: str | None
    ordered_by: str
    approved_by: str | None
    created_at: datetime

    def as_json(self) -> dict[str, Any]:
        """The refund object of the API."""
        return {
            "id": self.id,
            "payment": self.payment,
            "attempt": self.attempt,
            "amount": self.amount.minor,
            "currency": self.amount.currency.code,
            "status": _SHOWN.get(self.state, self.state.value),
            "reason": self.reason,
            "problem": self.problem,
            "psp_reference": self.reference,
            "ordered_by": self.ordered_by,
            "approved_by": self.approved_by,
            "created_at": rfc3339(self.created_at),
        }


async def place_order(
    session: Session,
    payment: Payment,
    attempt: Attempt,
    kind: OrderKind,
    amount: Money,
    *,
    reason: str | None = None,
    actor: str,
    needs_approval: bool = False,
    now: datetime,
) -> Order:
    """Writes the order, and plans its sending in case this process dies.

    The caller checked the sums, and holds the lock.
    """
    order_id = new_id(_PREFIX[kind], now)
    state = _O.AWAITING_APPROVAL if needs_approval else _O.REQUESTED
    await session.execute(
        sa.insert(money_orders).values(
            id=order_id,
            merchant=payment.merchant,
            payment=payment.id,
            attempt=attempt.id,
            account=attempt.account,
            kind=kind,
            state=state.value,
            currency=amount.currency.code,
            amount=amount.minor,
            reason=reason,
            ordered_by=actor,
            created_at=now,
            updated_at=now,
        )
    )
    if not needs_approval:
        await work.schedule(session, SEND, order_id, due_at=now + SEND_AFTER)
    order = await get_order(session, order_id)
    if kind == "refund":
        record(session, refund_event("refund.created", payment, order, actor=actor, now=now))
    return order


async def approve_order(
    session: Session,
    payment: Payment,
    order: Order,
    *,
    approve: bool,
    note: str | None = None,
    actor: str,
    now: datetime,
) -> Order:
    """The second person has decided: the order goes out, or never does, and its money is free again."""
    state = _O.REQUESTED if approve else _O.REJECTED
    await session.execute(
        sa.update(money_orders)
        .where(money_orders.c.id == order.id)
        .values(state=state.value, approved_by=actor, updated_at=now)
    )
    if approve:
        await work.schedule(session, SEND, order.id, due_at=now + SEND_AFTER)
    order = await get_order(session, order.id)
    word = "approved" if approve else "rejected"
    told = refund_event("refund.decided", payment, order, actor=actor, now=now, decision=word)
    # What people write may name the customer.
    record(session, replace(told, private=None if note is None else {"note": note}))
    return order


async def get_order(session: Session, order_id: str) -> Order:
    """Raises `NotFound`."""
    row = await session.one_or_none(sa.select(money_orders).where(money_orders.c.id == order_id))
    if row is None:
        raise NotFound("order")
    return read_order(row)


async def orders_of(
    session: Session, payment_id: str, *, kind: OrderKind | None = None
) -> Sequence[Order]:
    """The orders of a payment, oldest first."""
    chosen = sa.select(money_orders).where(money_orders.c.payment == payment_id)
    if kind is not None:
        chosen = chosen.where(money_orders.c.kind == kind)
    rows = await session.all(chosen.order_by(money_orders.c.created_at, money_orders.c.id))
    return [read_order(row) for row in rows]


async def find_order(
    session: Session, account: str, *, order_id: str | None, reference: str
) -> Order | None:
    """The order that a PSP's report is about: by our id if it carries one, else by the PSP's reference."""
    c = money_orders.c
    if order_id is not None:
        row = await session.one_or_none(
            sa.select(money_orders).where(c.id == order_id, c.account == account)
        )
        # A reference that contradicts the id is another object with a copied id.
        if row is not None and row["reference"] in (None, reference):
            return read_order(row)
    row = await session.one_or_none(
        sa.select(money_orders).where(c.account == account, c.reference == reference).limit(1)
    )
    return None if row is None else read_order(row)


async def is_released(session: Session, attempt_id: str) -> bool:
    """Whether somebody ordered to let the attempt's money go."""
    c = money_orders.c
    found = await session.scalar(
        sa.select(c.id).where(
            c.attempt == attempt_id,
            c.kind == "release",
            c.state.in_([state.value for state in ORDERS_THAT_COUNT]),
        )
    )
    return found is not None


async def hurry_orders(session: Session, attempt_id: str, *, now: datetime) -> None:
    """The attempt has moved on: orders about what it held are looked at now."""
    c = money_orders.c
    rows = await session.all(
        sa.select(c.id).where(
            c.attempt == attempt_id,
            c.kind != "refund",
            c.state.in_([_O.REQUESTED.value, _O.PENDING.value, _O.UNKNOWN.value]),
        )
    )
    for row in rows:
        await work.schedule(session, SEND, row["id"], due_at=now)


def counted(orders: Sequence[Order], kind: OrderKind, attempt_id: str) -> int:
    """What orders of this kind take of an attempt, or may still take, in minor units."""
    return sum(
        order.amount.minor
        for order in orders
        if order.kind == kind and order.attempt == attempt_id and order.state in ORDERS_THAT_COUNT
    )


def refund_event(
    kind: str, payment: Payment, order: Order, *, actor: str, now: datetime, **more: Any
) -> Event:
    """A fact about a refund, with its payment's standing."""
    data = {
        "refund": order.id,
        "amount": order.amount.minor,
        "currency": order.amount.currency.code,
        "reason": order.reason,
        "status": _SHOWN.get(order.state, order.state.value),
        "refund_status": payment.refund_state.value,
        **more,
    }
    return payment_event(kind, payment, actor=actor, attempt=order.attempt, now=now, data=data)


def read_order(row: sa.RowMapping) -> Order:
    """The order of a row."""
    return Order(
        id=row["id"],
        merchant=row["merchant"],
        payment=row["payment"],
        attempt=row["attempt"],
        account=row["account"],
        kind=row["kind"],
        state=OrderState(row["state"]),
        amount=Money(row["amount"], Currency.of(row["currency"])),
        reference=row["reference"],
        reason=row["reason"],
        problem=row["problem"],
        ordered_by=row["ordered_by"],
        approved_by=row["approved_by"],
        created_at=row["created_at"],
    )
