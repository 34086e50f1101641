"""Disputes (chargebacks): the customer's bank contests a charge. Written as the PSP tells, booked as money moves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from compliance.journal import record
from compliance.masking import mask
from core.clock import rfc3339
from core.database import Session
from core.ids import new_id
from core.money import Currency, Money
from payments.attempts import Attempt, get_attempt
from payments.gateway import DisputeFact
from payments.payments import Payment, get_payment, lock_payment, payment_event
from payments.states import DisputeState
from payments.tables import disputes, payments
from payments.transactions import book

_REASON_LENGTH_MAX: Final = 80


@dataclass(frozen=True, slots=True)
class Dispute:
    """One dispute. `withdrawn` is whether its money was taken from the merchant."""

    id: str
    payment: str
    attempt: str
    reference: str
    state: DisputeState
    amount: Money
    reason: str | None
    withdrawn: bool
    respond_by: datetime | None
    created_at: datetime

    def as_json(self) -> dict[str, Any]:
        """As a payment's API answer lists it."""
        return {
            "id": self.id,
            "attempt": self.attempt,
            "status": self.state.value,
            "amount": self.amount.minor,
            "currency": self.amount.currency.code,
            "reason": self.reason,
            "respond_by": rfc3339(self.respond_by) if self.respond_by else None,
            "psp_reference": self.reference,
            "created_at": rfc3339(self.created_at),
        }


async def record_dispute(
    session: Session, attempt_id: str, fact: DisputeFact, *, actor: str, now: datetime
) -> None:
    """Writes what the PSP says of a dispute. One that has ended is not opened again by an older report."""
    attempt = await get_attempt(session, attempt_id)
    seen = await get_payment(session, attempt.payment)
    await session.lock(seen.link)
    payment = await lock_payment(session, attempt.payment)
    known = await _known(session, attempt.account, fact.reference)
    if known is not None and known.state is not DisputeState.OPEN and fact.state == "open":
        return
    dispute = await _written(session, attempt, known, fact, now=now)
    await _book(session, attempt, fact, withdrawn=dispute.withdrawn, now=now)
    payment = await _recompute(session, payment, now=now)
    if known is None:
        _tell(session, "dispute.opened", payment, dispute, actor=actor, now=now)
    if fact.state != "open" and (known is None or known.state is not dispute.state):
        _tell(session, "dispute.closed", payment, dispute, actor=actor, now=now)


async def disputes_of(session: Session, payment_id: str) -> Sequence[Dispute]:
    """The disputes of a payment, oldest first."""
    rows = await session.all(
        sa.select(disputes).where(disputes.c.payment == payment_id).order_by(disputes.c.id)
    )
    return [_read(row) for row in rows]


async def _known(session: Session, account: str, reference: str) -> Dispute | None:
    row = await session.one_or_none(
        sa.select(disputes).where(disputes.c.account == account, disputes.c.reference == reference)
    )
    return None if row is None else _read(row)


async def _written(
    session: Session, attempt: Attempt, known: Dispute | None, fact: DisputeFact, *, now: datetime
) -> Dispute:
    values: dict[str, Any] = {
        "state": fact.state,
        "reason": mask(fact.reason)[:_REASON_LENGTH_MAX] if fact.reason else None,
        "withdrawn": fact.withdrawn or (known is not None and known.withdrawn),
        "respond_by": fact.respond_by,
        "updated_at": now,
    }
    if known is not None:
        row = await session.one_or_none(
            sa.update(disputes)
            .where(disputes.c.id == known.id)
            .values(**values)
            .returning(disputes)
        )
    else:
        row = await session.one_or_none(
            sa.insert(disputes)
            .values(
                id=new_id("dsp", now),
                merchant=attempt.merchant,
                payment=attempt.payment,
                attempt=attempt.id,
                account=attempt.account,
                reference=fact.reference,
                currency=fact.amount.currency.code,
                amount=fact.amount.minor,
                created_at=now,
                **values,
            )
            .returning(disputes)
        )
    assert row is not None
    return _read(row)


async def _book(
    session: Session, attempt: Attempt, fact: DisputeFact, *, withdrawn: bool, now: datetime
) -> None:
    """The bank takes the money when it asks, and gives it back when the merchant wins."""
    if not withdrawn:
        return
    common: dict[str, Any] = {
        "merchant": attempt.merchant,
        "payment": attempt.payment,
        "attempt": attempt.id,
        "account": attempt.account,
        "kind": "dispute",
        "money": fact.amount,
        "now": now,
    }
    await book(session, reference=fact.reference, sign=-1, **common)
    if fact.state == "won":
        await book(session, reference=f"{fact.reference}#won", sign=1, **common)


async def _recompute(session: Session, payment: Payment, *, now: datetime) -> Payment:
    """One that is open outweighs those that ended; of those, the last one counts."""
    states = [each.state for each in await disputes_of(session, payment.id)]
    state = DisputeState.OPEN if DisputeState.OPEN in states else states[-1]
    await session.execute(
        sa.update(payments)
        .where(payments.c.id == payment.id)
        .values(dispute_state=state.value, updated_at=now)
    )
    return await get_payment(session, payment.id)


def _tell(
    session: Session, kind: str, payment: Payment, dispute: Dispute, *, actor: str, now: datetime
) -> None:
    data = {
        "dispute": dispute.id,
        "amount": dispute.amount.minor,
        "currency": dispute.amount.currency.code,
        "reason": dispute.reason,
        "status": dispute.state.value,
        "respond_by": rfc3339(dispute.respond_by) if dispute.respond_by else None,
    }
    record(
        session,
        payment_event(kind, payment, actor=actor, attempt=dispute.attempt, now=now, data=data),
    )


def _read(row: sa.RowMapping) -> Dispute:
    return Dispute(
        id=row["id"],
        payment=row["payment"],
        attempt=row["attempt"],
        reference=row["reference"],
        state=DisputeState(row["state"]),
        amount=Money(row["amount"], Currency.of(row["currency"])),
        reason=row["reason"],
        withdrawn=row["withdrawn"],
        respond_by=row["respond_by"],
        created_at=row["created_at"],
    )
