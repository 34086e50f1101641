"""Commands on money that a PSP holds: capture, release and refund, checked against the sums under the payment's lock.

NotHeld               nothing is held that could be captured or let go
UnderReview           a person has to decide first
OrderUnderWay         an earlier order about the same money has not ended
AboveCaptured         more than what is left to give back
"""

from dataclasses import dataclass
from datetime import datetime

from core.database import Session
from core.errors import FieldError, InvalidField, Kind, PaythreadError
from core.money import Money
from payments.approvals import ApprovalPolicy, needs_second_person
from payments.attempts import Attempt, attempts_of
from payments.errors import AttemptLive, NothingDue
from payments.orders import Order, approve_order, counted, orders_of, place_order
from payments.payments import Payment, end_invitation, live_attempt_id
from payments.states import ORDERS_THAT_COUNT, AttemptState, OrderState, PaymentState


class NotHeld(PaythreadError):
    """Nothing is held."""

    code = "nothing_held"
    kind = Kind.CONFLICT


class UnderReview(PaythreadError):
    """The money waits for a person's decision, which `reviews` takes."""

    code = "under_review"
    kind = Kind.CONFLICT


class OrderUnderWay(PaythreadError):
    """An earlier order must end first."""

    code = "order_under_way"
    kind = Kind.CONFLICT


class NothingCaptured(PaythreadError):
    """There is nothing (left) to give back."""

    code = "nothing_to_refund"
    kind = Kind.CONFLICT


class AboveCaptured(PaythreadError):
    """More than was captured and not yet given back."""

    code = "refund_above_captured"

    def __init__(self, detail: str) -> None:
        super().__init__(detail, fields=(FieldError("/amount", detail),))


class NotWaiting(PaythreadError):
    """The order does not wait for approval."""

    code = "not_waiting"
    kind = Kind.CONFLICT


@dataclass(frozen=True, slots=True)
class Refundable:
    """What is left of one captured attempt."""

    attempt: Attempt
    left: Money


async def order_capture(
    session: Session, payment: Payment, amount_minor: int | None, *, actor: str, now: datetime
) -> Order:
    """Takes all that is held, or a part of it; the rest is let go by the PSP. `payment` is locked.

    Raises `NotHeld`, `UnderReview`, `OrderUnderWay`, `InvalidField`.
    """
    attempt = await _held(session, payment)
    if attempt.review == "waiting":
        raise UnderReview("A supervisor has to look at this payment first.")
    amount = attempt.amount
    if amount_minor is not None:
        if not 0 < amount_minor <= attempt.amount.minor:
            raise InvalidField("/amount", "The amount must be from 1 to what is held.")
        amount = Money(amount_minor, amount.currency)
    return await place_order(session, payment, attempt, "capture", amount, actor=actor, now=now)


async def order_release(session: Session, payment: Payment, *, actor: str, now: datetime) -> Order:
    """Lets go what is held. `payment` is locked. Raises `NotHeld`, `OrderUnderWay`."""
    attempt = await _held(session, payment)
    return await place_order(
        session, payment, attempt, "release", attempt.amount, actor=actor, now=now
    )


async def call_off(session: Session, payment: Payment, *, actor: str, now: datetime) -> None:
    """Nothing is held: the debt itself is called off. `payment` is locked. Raises `AttemptLive`, `NothingDue`."""
    if payment.state not in {PaymentState.OPEN, PaymentState.PARTIALLY_PAID} or payment.offer:
        raise NothingDue("A payment that is settled or called off cannot be cancelled.")
    await end_invitation(session, payment, cancelled=True, actor=actor, now=now)


async def order_refund(
    session: Session,
    payment: Payment,
    amount_minor: int | None,
    *,
    reason: str | None,
    actor: str,
    policy: ApprovalPolicy,
    now: datetime,
) -> Order:
    """Gives back a part, or all that is left of the newest charge that holds enough. `payment` is locked.

    A second person is asked about what goes back of a payment in all: small parts do not get round the limit. Raises
    `NothingCaptured`, `AboveCaptured`.
    """
    left = await refundable(session, payment)
    if not left:
        raise NothingCaptured("Nothing is left that could be refunded.")
    wanted = left[0].left.minor if amount_minor is None else amount_minor
    fitting = [each for each in left if wanted <= each.left.minor]
    if not fitting:
        most = max(each.left.minor for each in left)
        raise AboveCaptured(f"At most {most} minor units of one charge are left to refund.")
    money = Money(wanted, payment.due.currency)
    alone = await _gone_on_one_word(session, payment)
    in_all = Money(alone + wanted, payment.due.currency)
    return await place_order(
        session,
        payment,
        fitting[0].attempt,
        "refund",
        money,
        reason=reason,
        actor=actor,
        needs_approval=needs_second_person(policy, in_all, "refund"),
        now=now,
    )


async def decide_refund(
    session: Session,
    payment: Payment,
    order: Order,
    *,
    approve: bool,
    note: str | None = None,
    actor: str,
    now: datetime,
) -> Order:
    """The second person's word on a refund above the limit, and why if they say so. The payment is locked.

    Raises `NotWaiting`. The caller has checked that it is a second person.
    """
    if order.state is not OrderState.AWAITING_APPROVAL:
        raise NotWaiting("Nobody is waiting for a word on this refund.")
    return await approve_order(
        session, payment, order, approve=approve, note=note, actor=actor, now=now
    )


async def refundable(session: Session, payment: Payment) -> list[Refundable]:
    """The captured attempts with something left, newest first. What is asked for already counts as gone."""
    orders = await orders_of(session, payment.id, kind="refund")
    found = []
    for attempt in reversed(await attempts_of(session, payment.id)):
        left = attempt.captured.minor - counted(orders, "refund", attempt.id)
        if attempt.state is AttemptState.SUCCEEDED and left > 0:
            found.append(Refundable(attempt, Money(left, payment.due.currency)))
    return found


async def _gone_on_one_word(session: Session, payment: Payment) -> int:
    """What refunds take of the payment that no second person has agreed to, or is being asked about."""
    return sum(
        order.amount.minor
        for order in await orders_of(session, payment.id, kind="refund")
        if order.approved_by is None
        and order.state in ORDERS_THAT_COUNT
        and order.state is not OrderState.AWAITING_APPROVAL
    )


async def _held(session: Session, payment: Payment) -> Attempt:
    tries = await attempts_of(session, payment.id)
    held = [attempt for attempt in tries if attempt.state is AttemptState.AUTHORISED]
    if not held:
        live = await live_attempt_id(session, payment.id)
        if live is not None:
            raise AttemptLive(live)
        raise NotHeld("Nothing is held that could be captured or let go.")
    for order in await orders_of(session, payment.id):
        under_way = order.kind != "refund" and order.state in ORDERS_THAT_COUNT
        if under_way and order.attempt == held[0].id and order.state is not OrderState.SUCCEEDED:
            raise OrderUnderWay("An earlier order about this money has not ended yet.")
    return held[0]
