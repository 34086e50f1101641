"""What becomes of an order for money: `record_order` and `record_refund` are its only movers, whoever brings the fact.

The answer to our call, a webhook, the sweep and a refund made in the PSP's own dashboard all end here, under the lock
of the payment. Sums are recomputed from the orders, never incremented; each movement of money is booked once.
"""

from datetime import datetime, timedelta
from typing import Any, Final

import sqlalchemy as sa

from compliance.journal import record
from compliance.masking import mask
from core import work
from core.database import Session
from core.ids import new_id
from core.money import Money
from payments.attempts import ASK, Attempt, get_attempt
from payments.flags import raise_flag
from payments.gateway import (
    Accepted,
    CaptureFact,
    Done,
    OrderOutcome,
    RefundFact,
    Refused,
    Succeeded,
)
from payments.orders import SEND, Order, find_order, get_order, orders_of, refund_event
from payments.outcomes import record_outcome
from payments.payments import Payment, get_payment, lock_payment
from payments.states import ORDER_FACTS, AttemptState, OrderState, RefundState
from payments.tables import attempts, money_orders, payments
from payments.transactions import book

_O: Final = OrderState
_PROBLEM_LENGTH_MAX: Final = 200
_ASK_AGAIN: Final = timedelta(minutes=10)


async def record_order(
    session: Session,
    order_id: str,
    outcome: OrderOutcome,
    *,
    actor: str,
    now: datetime,
    concluded: bool = False,
) -> Order:
    """Writes what the PSP says of an order of ours. Stale and repeated facts change nothing.

    It is the answer to one sending, of several perhaps, unless it is `concluded` from what was reported.
    """
    before = await get_order(session, order_id)
    payment, attempt = await _locked(session, before.payment, before.attempt)
    order = await get_order(session, order_id)
    reference, amount = order.reference, order.amount
    problem: str | None = None
    match outcome:
        case Done(reference, amount):
            fact = _O.SUCCEEDED
        case Accepted(reference):
            fact = _O.PENDING
        case Refused(problem):
            fact = _O.FAILED
        case _:
            fact = _O.UNKNOWN
    if fact is _O.FAILED and order.reference is not None and not concluded:
        # Another sending was taken in: that this one was not says nothing.
        return order
    moved = _follows(order, fact)
    order = await _learn(session, payment, order, reference, amount, now=now)
    if moved:
        order = await _move(session, payment, order, fact, problem, actor=actor, now=now)
    if order.kind == "capture" and fact is _O.SUCCEEDED and attempt.reference is not None:
        took = Succeeded(attempt.reference, amount)
        await record_outcome(session, attempt.id, took, actor=actor, now=now)
    elif order.kind == "capture" and moved and fact is _O.FAILED:
        # Perhaps captured or lapsed already: the PSP is asked what is true.
        await work.schedule(session, ASK, attempt.id, due_at=now)
    return await get_order(session, order.id)


async def record_refund(
    session: Session, attempt_id: str, fact: RefundFact, *, actor: str, now: datetime
) -> Order:
    """Writes what the PSP says of a refund, ours or one made in its own dashboard."""
    attempt = await get_attempt(session, attempt_id)
    payment, attempt = await _locked(session, attempt.payment, attempt_id)
    order = await find_order(
        session, attempt.account, order_id=fact.order_id, reference=fact.reference
    )
    if order is None:
        order = await _found_at_psp(session, payment, attempt, fact, actor=actor, now=now)
    state = {"pending": _O.PENDING, "succeeded": _O.SUCCEEDED, "failed": _O.FAILED}[fact.state]
    moved = _follows(order, state)
    order = await _learn(session, payment, order, fact.reference, fact.amount, now=now)
    if moved:
        order = await _move(session, payment, order, state, fact.why, actor=actor, now=now)
    return order


async def record_capture(
    session: Session, attempt_id: str, fact: CaptureFact, *, actor: str, now: datetime
) -> None:
    """How a capture went on that the PSP had only accepted. Its failure leaves the money held, as far as we know."""
    if not fact.failed:
        return
    attempt = await get_attempt(session, attempt_id)
    for order in await orders_of(session, attempt.payment, kind="capture"):
        if order.attempt == attempt_id and fact.reference in (None, order.reference):
            refused = Refused(fact.why or "capture_failed")
            await record_order(session, order.id, refused, actor=actor, now=now, concluded=True)


def _follows(order: Order, fact: OrderState) -> bool:
    """Whether the fact moves the order. What the PSP knows by a reference, and has failed, has failed for good: that it
    was under way, or even done, is older. What was only refused may have been taken in by another sending."""
    if order.state is _O.FAILED and order.reference is not None:
        return False
    return fact in ORDER_FACTS[order.state]


async def _locked(session: Session, payment_id: str, attempt_id: str) -> tuple[Payment, Attempt]:
    """In the order of the locks: the link, then the payment."""
    seen = await get_payment(session, payment_id)
    await session.lock(seen.link)
    payment = await lock_payment(session, payment_id)
    return payment, await get_attempt(session, attempt_id)


async def _learn(
    session: Session,
    payment: Payment,
    order: Order,
    reference: str | None,
    amount: Money,
    *,
    now: datetime,
) -> Order:
    """The PSP's reference; and its amount, if it moved another one than we ordered: what moved is what we book."""
    learned: dict[str, Any] = {}
    if order.reference is None and reference is not None:
        learned["reference"] = reference
    if amount != order.amount:
        await raise_flag(
            session, payment, "amount_mismatch", subject=order.id, attempt=order.attempt, now=now
        )
        if amount.currency == order.amount.currency and order.kind == "refund":
            learned["amount"] = amount.minor
    if learned:
        await session.execute(
            sa.update(money_orders)
            .where(money_orders.c.id == order.id)
            .values(**learned, updated_at=now)
        )
    return await get_order(session, order.id)


async def _found_at_psp(
    session: Session,
    payment: Payment,
    attempt: Attempt,
    fact: RefundFact,
    *,
    actor: str,
    now: datetime,
) -> Order:
    """A refund that we did not order: made by a person at the PSP, or by the PSP itself."""
    order_id = new_id("ref", now)
    await session.execute(
        sa.insert(money_orders).values(
            id=order_id,
            merchant=payment.merchant,
            payment=payment.id,
            attempt=attempt.id,
            account=attempt.account,
            kind="refund",
            state=_O.REQUESTED.value,
            currency=fact.amount.currency.code,
            amount=fact.amount.minor,
            reference=fact.reference,
            reason="made_at_psp",
            ordered_by=actor,
            created_at=now,
            updated_at=now,
        )
    )
    order = await get_order(session, order_id)
    record(session, refund_event("refund.created", payment, order, actor=actor, now=now))
    return order


async def _move(
    session: Session,
    payment: Payment,
    order: Order,
    state: OrderState,
    problem: str | None,
    *,
    actor: str,
    now: datetime,
) -> Order:
    came_back = order.state is _O.SUCCEEDED and state is _O.FAILED
    await session.execute(
        sa.update(money_orders)
        .where(money_orders.c.id == order.id)
        .values(
            state=state.value,
            problem=mask(problem)[:_PROBLEM_LENGTH_MAX] if problem else None,
            updated_at=now,
        )
    )
    order = await get_order(session, order.id)
    await _plan(session, order, now=now)
    if order.kind != "refund":
        return order
    if state is _O.SUCCEEDED:
        await _book_refund(session, order, returned=False, now=now)
    elif came_back:
        await _book_refund(session, order, returned=True, now=now)
    payment = await _recompute(session, payment, order.attempt, now=now)
    if state in {_O.SUCCEEDED, _O.FAILED}:
        kind = "refund.succeeded" if state is _O.SUCCEEDED else "refund.failed"
        more = {"problem": order.problem} if state is _O.FAILED else {}
        record(session, refund_event(kind, payment, order, actor=actor, now=now, **more))
    return order


async def _plan(session: Session, order: Order, *, now: datetime) -> None:
    match order.state:
        case _O.UNKNOWN:
            await work.schedule(session, SEND, order.id, due_at=now + timedelta(seconds=3))
        case _O.PENDING:
            await work.schedule(session, SEND, order.id, due_at=now + _ASK_AGAIN)
        case _:
            await work.forget(session, SEND, order.id)


async def _book_refund(session: Session, order: Order, *, returned: bool, now: datetime) -> None:
    reference = order.reference or order.id
    await book(
        session,
        merchant=order.merchant,
        payment=order.payment,
        attempt=order.attempt,
        account=order.account,
        kind="refund",
        reference=f"{reference}#returned" if returned else reference,
        money=order.amount,
        sign=1 if returned else -1,
        now=now,
    )


async def _recompute(
    session: Session, payment: Payment, attempt_id: str, *, now: datetime
) -> Payment:
    """What went back, from the refunds as they are now."""
    done = [
        order
        for order in await orders_of(session, payment.id, kind="refund")
        if order.state is _O.SUCCEEDED
    ]
    of_attempt = sum(order.amount.minor for order in done if order.attempt == attempt_id)
    total = sum(order.amount.minor for order in done)
    if total == 0:
        state = RefundState.NONE
    elif total < payment.captured.minor:
        state = RefundState.PARTIAL
    else:
        state = RefundState.FULL
    await session.execute(
        sa.update(attempts)
        .where(attempts.c.id == attempt_id)
        .values(amount_refunded=of_attempt, updated_at=now)
    )
    await session.execute(
        sa.update(payments)
        .where(payments.c.id == payment.id)
        .values(amount_refunded=total, refund_state=state.value, updated_at=now)
    )
    return await get_payment(session, payment.id)


async def settle_release(session: Session, order_id: str, *, actor: str, now: datetime) -> Order:
    """The order to let a hold go has ended with the attempt: let go, or captured meanwhile."""
    before = await get_order(session, order_id)
    payment, attempt = await _locked(session, before.payment, before.attempt)
    order = await get_order(session, order_id)
    if attempt.state is AttemptState.AUTHORISED:
        fact, problem = _O.UNKNOWN, None
    elif attempt.state is AttemptState.ABANDONED:
        fact, problem = _O.SUCCEEDED, None
    else:
        fact, problem = _O.FAILED, f"attempt_{attempt.state.value}"
    if fact not in ORDER_FACTS[order.state]:
        return order
    return await _move(session, payment, order, fact, problem, actor=actor, now=now)
