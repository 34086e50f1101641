"""Reviews: money that is held until a person has looked, because the fraud check wants it.

An attempt with the verdict review is charged as a hold. When it is held, its review opens; a supervisor who is not the
link's own agent approves, and the money is taken, or rejects, and it is let go. Nobody's word is a no: a hold that
nobody decided about is let go when the review's time is up.

ReviewDecided         somebody has decided already, or the time was up
NotInReview           nothing of this payment waits for a decision
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

import sqlalchemy as sa

from compliance.journal import record
from compliance.merchant_settings import read
from compliance.principal import Principal
from core import work
from core.clock import rfc3339
from core.database import Session
from core.errors import Kind, NotFound, PaythreadError
from payments.approvals import check_never_theirs, check_second_person
from payments.attempts import Attempt, get_attempt, read_attempt
from payments.fraud_policy import FraudPolicy
from payments.fraud_reasons import told
from payments.money_after import order_capture, order_release
from payments.orders import Order
from payments.payments import Payment, lock_payment, payment_event
from payments.states import AttemptState
from payments.tables import attempts, payments

TIMEOUT: Final = "review.timeout"


class Review(StrEnum):
    """Where a review stands. An attempt without one never needed it."""

    WAITING = "waiting"
    APPROVED = "approved"
    REJECTED = "rejected"
    TIMED_OUT = "timed_out"
    LAPSED = "lapsed"  # the hold ended before anybody decided: at the PSP, or by itself


class ReviewDecided(PaythreadError):
    """The review is over."""

    code = "review_decided"
    kind = Kind.CONFLICT


class NotInReview(PaythreadError):
    """No review waits for a decision."""

    code = "not_in_review"
    kind = Kind.CONFLICT


@dataclass(frozen=True, slots=True)
class Waiting:
    """One hold that waits for a decision, and whose it is."""

    attempt: Attempt
    agent: str | None
    customer: str | None
    due_at: datetime

    def as_json(self) -> dict[str, Any]:
        """The review object of the API."""
        attempt = self.attempt
        return {
            "id": attempt.id,
            "payment": attempt.payment,
            "link": attempt.link,
            "agent": self.agent,
            "customer": self.customer,
            "amount": attempt.amount.minor,
            "currency": attempt.amount.currency.code,
            "card": {
                "brand": attempt.card.brand,
                "last4": attempt.card.last4,
                "country": attempt.card.country,
            },
            "score": attempt.fraud.score,
            "reasons": [told(reason) for reason in attempt.fraud.reasons],
            "created_at": rfc3339(attempt.created_at),
            "decide_by": rfc3339(self.due_at),
        }


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided, and the order to the PSP that follows: None where the hold stays, for a capture by hand."""

    attempt: Attempt
    order: Order | None


def refused_in_review(attempt: Attempt) -> bool:
    """Whether a person, or the end of the review's time, said no to this try."""
    return attempt.review in {Review.REJECTED.value, Review.TIMED_OUT.value}


async def follow_hold(
    session: Session, attempt: Attempt, payment: Payment, *, actor: str, now: datetime
) -> Attempt:
    """Opens a review once the money is held, and closes it where the hold ended first. The payment is locked."""
    held = attempt.state is AttemptState.AUTHORISED
    if held and attempt.review is None and attempt.fraud.holds_money:
        await _open(session, attempt, payment, now=now)
    elif not held and attempt.review == Review.WAITING:
        await _end(session, attempt, payment, Review.LAPSED, actor=actor, now=now)
        await work.forget(session, TIMEOUT, attempt.id)
    else:
        return attempt
    return await get_attempt(session, attempt.id)


async def decide(
    session: Session,
    payment_id: str,
    *,
    approve: bool,
    note: str | None = None,
    caller: Principal,
    now: datetime,
) -> Decision:
    """A person's word on the hold of a payment, once. The caller may see the payment, and holds `PAYMENTS_REVIEW`.

    Raises `NotInReview`, `ReviewDecided`; `NotAllowed` and `SameHands` where whoever approves is no second person.
    """
    attempt, payment = await _latest(session, payment_id)
    if attempt is None:
        raise NotInReview("Nothing of this payment waits for a decision.")
    if attempt.review != Review.WAITING:
        raise ReviewDecided("The review of this payment is over.")
    if approve:
        # To say no to one's own link takes nothing from anybody; to say yes is for somebody else.
        check_second_person(caller, maker=f"user:{payment.agent}", agent=payment.agent)
        await check_never_theirs(session, caller, payment.link)
    word = Review.APPROVED if approve else Review.REJECTED
    order = await _follow(session, attempt, payment, word, actor=caller.actor, note=note, now=now)
    await work.forget(session, TIMEOUT, attempt.id)
    return Decision(await get_attempt(session, attempt.id), order)


async def time_out(session: Session, item: work.Work, *, now: datetime) -> None:
    """Handler of `review.timeout`: nobody has decided in time, so the money is let go."""
    attempt = await get_attempt(session, item.subject)
    await session.lock(attempt.link)
    payment = await lock_payment(session, attempt.payment)
    attempt = await get_attempt(session, item.subject)
    if attempt.review == Review.WAITING:
        await _follow(session, attempt, payment, Review.TIMED_OUT, actor="system", now=now)
    await work.finish(session, item)


async def waiting(
    session: Session, merchant: str, *, before: str | None = None, limit: int
) -> Sequence[Waiting]:
    """The holds of a merchant that wait for a decision, newest first; `before` is an attempt's id."""
    chosen = (
        sa.select(attempts, payments.c.agent, payments.c.customer)
        .join(payments, payments.c.id == attempts.c.payment)
        .where(
            attempts.c.merchant == merchant,
            # Spelled out, so that the database sees the condition of the partial index.
            attempts.c.review == sa.literal_column(f"'{Review.WAITING.value}'"),
            attempts.c.state == AttemptState.AUTHORISED.value,
        )
    )
    if before is not None:
        chosen = chosen.where(attempts.c.id < before)
    rows = await session.all(chosen.order_by(attempts.c.id.desc()).limit(limit))
    return [
        Waiting(read_attempt(row), row["agent"], row["customer"], row["review_due_at"])
        for row in rows
    ]


async def _open(session: Session, attempt: Attempt, payment: Payment, *, now: datetime) -> None:
    """A person is asked, and has the merchant's `review_hours`."""
    policy = await read(session, attempt.merchant, FraudPolicy)
    due_at = now + timedelta(hours=policy.review_hours)
    await session.execute(
        sa.update(attempts)
        .where(attempts.c.id == attempt.id)
        .values(review=Review.WAITING.value, review_due_at=due_at, updated_at=now)
    )
    await work.schedule(session, TIMEOUT, attempt.id, due_at=due_at)
    data = {
        "score": attempt.fraud.score,
        "reasons": list(attempt.fraud.reasons),
        "decide_by": rfc3339(due_at),
    }
    _tell(session, "payment.review_opened", payment, attempt, data, actor="system", now=now)


async def _latest(session: Session, payment_id: str) -> tuple[Attempt | None, Payment]:
    """The payment, locked after its link, and its latest attempt that was ever in review."""
    link = await session.scalar(sa.select(payments.c.link).where(payments.c.id == payment_id))
    if link is None:
        raise NotFound("payment")
    await session.lock(link)
    payment = await lock_payment(session, payment_id)
    row = await session.one_or_none(
        sa.select(attempts)
        .where(attempts.c.payment == payment_id, attempts.c.review.is_not(None))
        .order_by(attempts.c.created_at.desc(), attempts.c.id.desc())
        .limit(1)
    )
    return None if row is None else read_attempt(row), payment


async def _follow(
    session: Session,
    attempt: Attempt,
    payment: Payment,
    word: Review,
    *,
    actor: str,
    note: str | None = None,
    now: datetime,
) -> Order | None:
    """Ends the review, then orders what follows. Money that is captured by hand stays held when it was approved."""
    await _end(session, attempt, payment, word, actor=actor, note=note, now=now)
    if word is not Review.APPROVED:
        return await order_release(session, payment, actor=actor, now=now)
    if payment.capture == "manual":
        return None
    return await order_capture(session, payment, None, actor=actor, now=now)


async def _end(
    session: Session,
    attempt: Attempt,
    payment: Payment,
    word: Review,
    *,
    actor: str,
    note: str | None = None,
    now: datetime,
) -> None:
    result = await session.execute(
        sa.update(attempts)
        .where(attempts.c.id == attempt.id, attempts.c.review == Review.WAITING.value)
        .values(review=word.value, updated_at=now)
    )
    assert result.rowcount == 1, "a review ends once, under the payment's lock"
    data = {"decision": word.value}
    _tell(
        session,
        "payment.review_decided",
        payment,
        attempt,
        data,
        # What people write may name the customer.
        private=None if note is None else {"note": note},
        actor=actor,
        now=now,
    )


def _tell(
    session: Session,
    kind: str,
    payment: Payment,
    attempt: Attempt,
    data: dict[str, Any],
    *,
    private: dict[str, Any] | None = None,
    actor: str,
    now: datetime,
) -> None:
    told = payment_event(
        kind, payment, actor=actor, attempt=attempt.id, data=data, private=private, now=now
    )
    record(session, told)
