"""`record_outcome`: the only mover of an attempt, whoever brings the fact.

The answer to our call, the customer's return from the bank, a webhook and the sweep all end here, under the lock
of the link and the payment. Sums are recomputed from the attempts, never incremented, so a fact that comes twice
changes nothing the second time, and one that comes late is recorded as late.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

import sqlalchemy as sa

from compliance.journal import record
from core import work
from core.database import Session
from payments.attempts import ASK, Attempt, get_attempt
from payments.facts import (
    Fact,
    as_ordered,
    fact_of,
    mismatch_data,
    mismatched,
    money_data,
    stays_loose,
    story,
)
from payments.flags import raise_flag
from payments.fraud import combine
from payments.gateway import Abandoned, Outcome
from payments.orders import hurry_orders, is_released
from payments.payments import (
    Payment,
    live_attempt_id,
    lock_payment,
    payment_event,
    read_payment,
)
from payments.reviews import follow_hold, refused_in_review
from payments.states import LIVE, AttemptState, PaymentState, follows, payment_state
from payments.tables import attempts, payments
from payments.transactions import book

_S = AttemptState
# Without money, as far as we know; its intent may still stir.
_ENDED: Final = frozenset({_S.DECLINED, _S.ABANDONED})
_SOON: Final = timedelta(seconds=3)
# How long a customer may take at the bank, and a PSP with a slow method, before we ask by ourselves.
_CHALLENGE_PATIENCE: Final = timedelta(minutes=2)
_PROCESSING_PATIENCE: Final = timedelta(minutes=10)
_HOLD_PATIENCE: Final = timedelta(days=1)


async def record_outcome(
    session: Session,
    attempt_id: str,
    outcome: Outcome,
    *,
    actor: str,
    now: datetime,
    seen: AttemptState | None = None,
) -> Attempt:
    """Writes what became of an attempt, and everything that follows for its payment. Answers the attempt as it is now.

    `seen` is the state in which an attempt was given up: where it has moved since, the giving up came too late and
    says nothing (the customer may be authorising it at this moment).

    Stale and repeated facts change nothing. An echoed amount or currency that is not what was asked moves nothing and
    raises a flag: it is a mismatch, not a payment.
    """
    before = await get_attempt(session, attempt_id)
    await session.lock(before.link)
    payment = await lock_payment(session, before.payment)
    attempt = await get_attempt(session, attempt_id)
    fact = fact_of(as_ordered(outcome, attempt.capture))
    too_late = isinstance(outcome, Abandoned) and seen not in (None, attempt.state)
    if too_late or _is_older(attempt, fact):
        return attempt
    if mismatched(attempt, fact):
        subject = f"{attempt.id}:{fact.reference}"
        if await raise_flag(
            session, payment, "amount_mismatch", subject=subject, attempt=attempt.id, now=now
        ):
            told = payment_event(
                "psp.amount_mismatched",
                payment,
                actor=actor,
                attempt=attempt.id,
                now=now,
                data=mismatch_data(attempt, fact),
            )
            record(session, told)
        return attempt
    if attempt.reference is not None and fact.reference not in (None, attempt.reference):
        # An attempt has one intent. A second one under its id would be a second charge; a person must look.
        await _flag_surprise(
            session, payment, attempt, fact, "second_reference", actor=actor, now=now
        )
        return attempt
    await _learn(session, attempt, fact, now=now)
    if fact.state in LIVE and not attempt.live and follows(attempt.state, fact.state):
        other = await live_attempt_id(session, payment.id)
        if other is not None:
            # Two live attempts cannot be. The newer one goes on; the one that came back is cancelled at the PSP, and
            # if its money comes all the same, that is told as late.
            await _flag_surprise(
                session, payment, attempt, fact, "second_live", actor=actor, now=now
            )
            await _cancel_soon(session, attempt, now=now)
            return await get_attempt(session, attempt_id)
    if fact.state is _S.ABANDONED and attempt.state in _ENDED:
        await _tie_up(session, attempt, now=now)
    if not follows(attempt.state, fact.state):
        return await get_attempt(session, attempt_id)
    await _move(session, attempt, payment, fact, actor=actor, now=now)
    moved = await get_attempt(session, attempt_id)
    return await follow_hold(session, moved, payment, actor=actor, now=now)


async def block_attempt(
    session: Session, attempt: Attempt, payment: Payment, *, now: datetime
) -> Attempt:
    """Our own rules said no: the PSP is never asked."""
    fact = Fact(_S.BLOCKED, problem="blocked")
    await _move(session, attempt, payment, fact, actor="system", now=now)
    return await get_attempt(session, attempt.id)


def _is_older(attempt: Attempt, fact: Fact) -> bool:
    """What a PSP has cancelled it neither holds nor works on any more: a report that it does is older, if it comes
    later. Money is another matter, whenever it comes."""
    final = attempt.state in _ENDED and not attempt.loose
    same = attempt.reference is not None and attempt.reference == fact.reference
    return final and same and fact.state in {_S.AUTHORISED, _S.PROCESSING}


async def _learn(session: Session, attempt: Attempt, fact: Fact, *, now: datetime) -> None:
    """Details that are true whatever the order they come in: the PSP's reference, what the card is."""
    learned: dict[str, Any] = {}
    if attempt.reference is None and fact.reference is not None:
        learned["reference"] = fact.reference
    for column, known, new in (
        ("card_brand", attempt.card.brand, fact.card.brand),
        ("card_last4", attempt.card.last4, fact.card.last4),
        ("card_country", attempt.card.country, fact.card.country),
    ):
        if known is None and new is not None:
            learned[column] = new
    if learned:
        await session.execute(
            sa.update(attempts).where(attempts.c.id == attempt.id).values(**learned, updated_at=now)
        )


async def _tie_up(session: Session, attempt: Attempt, *, now: datetime) -> None:
    """The PSP's intent of an attempt that had ended is cancelled: the no is final."""
    await session.execute(
        sa.update(attempts).where(attempts.c.id == attempt.id).values(loose=False, updated_at=now)
    )
    await work.forget(session, ASK, attempt.id)


async def _move(
    session: Session,
    attempt: Attempt,
    payment: Payment,
    fact: Fact,
    *,
    actor: str,
    now: datetime,
) -> None:
    late = attempt.state in _ENDED
    let_go = attempt.state is _S.AUTHORISED and fact.state is _S.ABANDONED
    # A review that said no refuses this try; the debt itself is called off by whoever cancels it.
    refused = let_go and refused_in_review(attempt)
    released = let_go and not refused and await is_released(session, attempt.id)
    if let_go:
        ended = "review_rejected" if refused else "hold_lapsed"
        fact = replace(fact, problem=None if released else ended)
    check = combine(attempt.fraud, fact.risk)
    completes = not attempt.fraud_completed and fact.state is not _S.UNKNOWN
    values: dict[str, Any] = {
        "state": fact.state.value,
        "problem": fact.problem,
        "fraud": check.as_data(),
        "fraud_completed": attempt.fraud_completed or completes,
        "loose": stays_loose(attempt, fact),
        "updated_at": now,
    }
    if fact.state is _S.SUCCEEDED and fact.captured is not None:
        values["amount_captured"] = fact.captured.minor
        await _book(session, attempt, fact, now=now)
    await session.execute(sa.update(attempts).where(attempts.c.id == attempt.id).values(**values))
    was_settled = payment.state is PaymentState.PAID
    payment = await _recompute(session, payment, called_off=released, now=now)
    if attempt.state is _S.AUTHORISED:
        await hurry_orders(session, attempt.id, now=now)
    for kind, data in story(attempt, fact, check, completes=completes):
        record(
            session,
            payment_event(
                kind,
                payment,
                actor=actor,
                attempt=attempt.id,
                now=now,
                data={**data, "payment_status": payment.state.value},
            ),
        )
    if fact.state is _S.SUCCEEDED:
        await _celebrate(
            session,
            payment,
            attempt,
            fact,
            late=late or was_settled or not payment.invited,
            actor=actor,
            now=now,
        )
    settled = payment.state is PaymentState.PAID
    if settled:
        await _stop_the_other(session, payment, now=now)
    # An old attempt that stirs may be an older report that came late; a settled debt needs no other try.
    await _plan_question(session, attempt.id, fact.state, hurry=late or settled, now=now)


async def _stop_the_other(session: Session, payment: Payment, *, now: datetime) -> None:
    """The debt is settled while another try is under way: the sweep cancels that one at the PSP at once."""
    other = await live_attempt_id(session, payment.id)
    if other is not None:
        await work.schedule(session, ASK, other, due_at=now)


async def _celebrate(
    session: Session,
    payment: Payment,
    attempt: Attempt,
    fact: Fact,
    *,
    late: bool,
    actor: str,
    now: datetime,
) -> None:
    """Money has come. Late or too much of it is told as such and flagged for a person."""
    overpaid = payment.captured.minor > payment.due.minor
    if overpaid:
        await raise_flag(
            session, payment, "overpaid", subject=attempt.id, attempt=attempt.id, now=now
        )
    if late or overpaid:
        await raise_flag(
            session, payment, "paid_late", subject=attempt.id, attempt=attempt.id, now=now
        )
        kind = "payment.paid_late"
    elif payment.state is PaymentState.PAID:
        kind = "payment.paid"
    else:
        kind = "payment.partially_paid"
    data = money_data(fact.captured or attempt.amount, attempt, fact)
    data["payment_status"] = payment.state.value
    record(
        session,
        payment_event(kind, payment, actor=actor, attempt=attempt.id, now=now, data=data),
    )


async def _book(session: Session, attempt: Attempt, fact: Fact, *, now: datetime) -> None:
    assert fact.captured is not None
    reference = fact.reference or attempt.reference
    assert reference is not None, "money moved without a reference"
    await book(
        session,
        merchant=attempt.merchant,
        payment=attempt.payment,
        attempt=attempt.id,
        account=attempt.account,
        kind="capture" if attempt.capture == "manual" else "charge",
        reference=reference,
        money=fact.captured,
        now=now,
    )


async def _recompute(
    session: Session, payment: Payment, *, called_off: bool, now: datetime
) -> Payment:
    """Sums and state from the attempts as they are now."""
    rows = await session.all(
        sa.select(attempts.c.state, attempts.c.amount, attempts.c.amount_captured).where(
            attempts.c.payment == payment.id
        )
    )
    captured = sum(row["amount_captured"] for row in rows)
    authorised = sum(row["amount"] for row in rows if row["state"] == _S.AUTHORISED.value)
    state = payment_state(
        amount_due=payment.due.minor,
        amount_captured=captured,
        amount_authorised=authorised,
        live=any(row["state"] in LIVE for row in rows),
        cancelled=called_off or payment.state is PaymentState.CANCELLED,
    )
    paid_at = payment.paid_at
    if state is PaymentState.PAID and paid_at is None:
        paid_at = now
    row = await session.one_or_none(
        sa.update(payments)
        .where(payments.c.id == payment.id)
        .values(
            amount_captured=captured,
            amount_authorised=authorised,
            state=state.value,
            paid_at=paid_at,
            invited=payment.invited and not called_off,
            updated_at=now,
        )
        .returning(payments)
    )
    assert row is not None

    return read_payment(row)


async def _flag_surprise(
    session: Session,
    payment: Payment,
    attempt: Attempt,
    fact: Fact,
    flag: str,
    *,
    actor: str,
    now: datetime,
) -> None:
    """The PSP says what cannot be by our books: nothing moves, and a person is told once."""
    subject = f"{attempt.id}:{fact.reference}" if flag == "second_reference" else attempt.id
    if not await raise_flag(session, payment, flag, subject=subject, attempt=attempt.id, now=now):
        return
    data = {
        "account": attempt.account,
        "reason": flag,
        "reference": fact.reference,
        "status": fact.state.value,
    }
    record(
        session,
        payment_event(
            "psp.event_unmatched", payment, actor=actor, attempt=attempt.id, now=now, data=data
        ),
    )


async def _cancel_soon(session: Session, attempt: Attempt, *, now: datetime) -> None:
    await session.execute(
        sa.update(attempts).where(attempts.c.id == attempt.id).values(loose=True, updated_at=now)
    )
    await work.schedule(session, ASK, attempt.id, due_at=now)


async def _plan_question(
    session: Session, attempt_id: str, state: AttemptState, *, hurry: bool, now: datetime
) -> None:
    """A silent attempt is asked about, at once if there is hurry; an ended one is not."""
    match state:
        case _S.UNKNOWN:
            due_at = now + _SOON
        case _S.CHALLENGED:
            due_at = now if hurry else now + _CHALLENGE_PATIENCE
        case _S.PROCESSING:
            due_at = now if hurry else now + _PROCESSING_PATIENCE
        case _S.AUTHORISED:
            # A hold may lapse, or be let go in the PSP's dashboard, and its report be lost.
            due_at = now if hurry else now + _HOLD_PATIENCE
        case _S.DECLINED:
            # Its intent is still open at the PSP; cancelling it makes the no final.
            due_at = now
        case _:
            await work.forget(session, ASK, attempt_id)
            return
    await work.schedule(session, ASK, attempt_id, due_at=due_at)
