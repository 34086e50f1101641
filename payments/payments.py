"""The debt: made, amended, called off and read. Its state follows from its attempts (`outcomes`)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal, cast

import sqlalchemy as sa

from compliance.journal import Event, record
from core.clock import rfc3339
from core.database import Prepared, Row, Session
from core.errors import NotFound
from core.ids import new_id
from core.money import Currency, Money
from payments.errors import AttemptLive, NothingDue
from payments.states import LIVE, DisputeState, PaymentState, RefundState
from payments.tables import attempts, payments

Capture = Literal["automatic", "manual"]
_INSERT: Final = Prepared(sa.insert(payments))
_SELECT: Final = sa.select(payments).where(payments.c.id == sa.bindparam("id"))
_BY_ID: Final = Prepared(_SELECT)
_HELD: Final = Prepared(_SELECT.with_for_update())


@dataclass(frozen=True, slots=True)
class Payment:
    """One debt and what has become of it."""

    id: str
    merchant: str
    link: str
    agent: str | None
    customer: str | None
    due: Money
    minimum: Money | None
    offer: bool
    authorised: Money
    captured: Money
    refunded: Money
    capture: Capture
    state: PaymentState
    refund_state: RefundState
    dispute_state: DisputeState
    invited: bool
    flags: tuple[str, ...]
    paid_at: datetime | None
    created_at: datetime

    @property
    def remaining(self) -> Money:
        """What is still to be captured or held; zero when overpaid."""
        taken = self.captured.minor + self.authorised.minor
        return Money(max(0, self.due.minor - taken), self.due.currency)

    @property
    def payable(self) -> bool:
        """Whether a new attempt may begin, a live one aside."""
        return (
            self.invited and self.state is not PaymentState.CANCELLED and self.remaining.minor > 0
        )

    def as_json(self) -> dict[str, Any]:
        """The payment object of the API."""
        return {
            "id": self.id,
            "status": self.state.value,
            "amount": self.due.minor,
            "currency": self.due.currency.code,
            "amount_authorised": self.authorised.minor,
            "amount_captured": self.captured.minor,
            "amount_refunded": self.refunded.minor,
            "refund_status": self.refund_state.value,
            "dispute_status": self.dispute_state.value,
            "capture": self.capture,
            "link": self.link,
            "customer": self.customer,
            "agent": self.agent,
            "flags": list(self.flags),
            "paid_at": rfc3339(self.paid_at) if self.paid_at else None,
            "created_at": rfc3339(self.created_at),
        }


async def create_payment(
    session: Session,
    *,
    merchant: str,
    link: str,
    agent: str | None,
    customer: str | None,
    due: Money,
    capture: Capture,
    now: datetime,
    minimum: Money | None = None,
    offer: bool = False,
    payer: str | None = None,
) -> Payment:
    """A new debt, `open`. The link that asks for it journals its making."""
    row: dict[str, Any] = {
        "id": new_id("pay", now),
        "merchant": merchant,
        "link": link,
        "agent": agent,
        "customer": customer,
        "currency": due.currency.code,
        "amount_due": due.minor,
        "amount_minimum": minimum.minor if minimum else None,
        "offer": offer,
        "payer": payer,
        "amount_authorised": 0,
        "amount_captured": 0,
        "amount_refunded": 0,
        "capture": capture,
        "state": PaymentState.OPEN.value,
        "refund_state": RefundState.NONE.value,
        "dispute_state": DisputeState.NONE.value,
        "invited": True,
        "flags": [],
        "paid_at": None,
        "created_at": now,
        "updated_at": now,
    }
    session.put(_INSERT, **row)
    return read_payment(row)


async def get_payment(session: Session, payment_id: str) -> Payment:
    """The payment, whoever's; the caller has checked whose. Raises `NotFound`."""
    row = await session.ask_one(_BY_ID, id=payment_id)
    if row is None:
        raise NotFound("payment")
    return read_payment(row)


async def lock_payment(session: Session, payment_id: str) -> Payment:
    """The payment, held until the transaction ends. Its link was locked before (the lock order)."""
    row = await session.ask_one(_HELD, id=payment_id)
    if row is None:
        raise NotFound("payment")
    return read_payment(row)


async def payments_by_id(session: Session, ids: Sequence[str]) -> dict[str, Payment]:
    """Several payments at once, for lists."""
    if len(ids) == 1:
        rows: Sequence[Row] = await session.ask(_BY_ID, id=ids[0])
    else:
        rows = await session.all(sa.select(payments).where(payments.c.id.in_(ids)))
    return {row["id"]: read_payment(row) for row in rows}


async def live_attempt_id(session: Session, payment_id: str) -> str | None:
    """The attempt that is under way, if any; the database allows one."""
    found: str | None = await session.scalar(
        sa.select(attempts.c.id).where(
            attempts.c.payment == payment_id, attempts.c.state.in_([s.value for s in LIVE])
        )
    )
    return found


async def refuse_while_live(session: Session, payment_id: str) -> None:
    """Raises `AttemptLive`: what the customer agreed to at the bank must not change under way."""
    attempt_id = await live_attempt_id(session, payment_id)
    if attempt_id is not None:
        raise AttemptLive(attempt_id)


async def amend_payment(session: Session, payment: Payment, *, due: Money, now: datetime) -> None:
    """Another amount, while nothing was taken yet. Raises `AttemptLive`, `NothingDue`."""
    await refuse_while_live(session, payment.id)
    if payment.state is not PaymentState.OPEN or not payment.payable:
        raise NothingDue("The amount can no longer be changed.")
    await session.execute(
        sa.update(payments)
        .where(payments.c.id == payment.id)
        .values(amount_due=due.minor, updated_at=now)
    )


async def end_invitation(
    session: Session, payment: Payment, *, cancelled: bool, actor: str, now: datetime
) -> None:
    """The link has expired or was cancelled. A cancelled debt is called off; an expired one is only uninvited.

    Raises `AttemptLive`. Money that still comes is recorded as late.
    """
    await refuse_while_live(session, payment.id)
    values: dict[str, Any] = {"invited": False, "updated_at": now}
    if cancelled and payment.state is PaymentState.OPEN:
        values["state"] = PaymentState.CANCELLED.value
        record(session, payment_event("payment.cancelled", payment, actor=actor, now=now))
    await session.execute(sa.update(payments).where(payments.c.id == payment.id).values(**values))


def payment_event(
    kind: str,
    payment: Payment,
    *,
    actor: str,
    now: datetime,
    attempt: str | None = None,
    data: Mapping[str, Any] | None = None,
    private: Mapping[str, Any] | None = None,
    origin: str | None = None,
) -> Event:
    """A fact about a payment, with everything it belongs to."""
    return Event(
        type=kind,
        merchant=payment.merchant,
        occurred_at=now,
        actor=actor,
        origin=origin,
        link=payment.link,
        payment=payment.id,
        attempt=attempt,
        customer=payment.customer,
        agent=payment.agent,
        data=data or {},
        private=private,
    )


def read_payment(row: Row) -> Payment:
    """The payment of a row."""
    currency = Currency.of(row["currency"])
    return Payment(
        id=row["id"],
        merchant=row["merchant"],
        link=row["link"],
        agent=row["agent"],
        customer=row["customer"],
        due=Money(row["amount_due"], currency),
        minimum=Money(row["amount_minimum"], currency) if row["amount_minimum"] else None,
        offer=row["offer"],
        authorised=Money(row["amount_authorised"], currency),
        captured=Money(row["amount_captured"], currency),
        refunded=Money(row["amount_refunded"], currency),
        capture=cast(Capture, row["capture"]),
        state=PaymentState(row["state"]),
        refund_state=RefundState(row["refund_state"]),
        dispute_state=DisputeState(row["dispute_state"]),
        invited=row["invited"],
        flags=tuple(row["flags"]),
        paid_at=row["paid_at"],
        created_at=row["created_at"],
    )
