"""`/v1/payments`: what has become of a debt, and what is to become of the money that a PSP holds for it."""

from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request, Response

from compliance.merchant_settings import read
from compliance.principal import Principal
from compliance.roles import Permission
from compliance.routes.gate import allowed, gate_of
from compliance.routes.once import OnceOnly
from core.database import Session
from core.errors import Kind, NotFound, PaythreadError
from payments.approvals import ApprovalPolicy, check_not_by_their_key, check_second_person
from payments.flags import clear_flag
from payments.money_after import (
    NotHeld,
    call_off,
    decide_refund,
    order_capture,
    order_refund,
    order_release,
)
from payments.order_desk import OrderDesk
from payments.orders import Order, get_order
from payments.payments import Payment, get_payment, lock_payment
from payments.routes.bodies import CaptureBody, ClearBody, DecisionBody, RefundBody
from payments.showing import whole_payment
from payments.states import OrderState

router = APIRouter(tags=["payments"])


class OrderRefused(PaythreadError):
    """The PSP would not do it. Nothing moved."""

    code = "psp_refused"
    kind = Kind.CONFLICT


@dataclass(frozen=True, slots=True)
class PaymentsDesk:
    """What this door hands its requests to."""

    orders: OrderDesk


def _desk(request: Request) -> PaymentsDesk:
    desk: PaymentsDesk = request.app.state.payments_desk
    return desk


@router.get("/v1/payments/{payment_id}")
async def show_payment(
    payment_id: str, request: Request, caller: Principal = allowed(Permission.PAYMENTS_READ)
) -> dict[str, Any]:
    """One payment with its attempts, refunds, disputes and flags, oldest first."""
    async with gate_of(request).database.snapshot() as session:
        return await whole_payment(session, await _seen(session, caller, payment_id))


@router.post("/v1/payments/{payment_id}/capture")
async def capture(
    payment_id: str,
    request: Request,
    once: OnceOnly,
    body: CaptureBody | None = None,
    caller: Principal = allowed(Permission.PAYMENTS_WRITE),
) -> Response:
    """Takes what is held, or a part of it; what is not taken is let go. 409 when nothing is held."""
    placed: list[Order] = []

    async def act(session: Session) -> tuple[int, Any]:
        payment = await _held(session, caller, payment_id)
        amount = body.amount if body else None
        now = gate_of(request).clock()
        placed[:] = [await order_capture(session, payment, amount, actor=caller.actor, now=now)]
        return 200, await whole_payment(session, payment)

    async def follow() -> tuple[int, Any]:
        await _carry_out(request, placed[0])
        return 200, await _shown(request, payment_id)

    return await once.run(act, required=True, follow=follow)


@router.post("/v1/payments/{payment_id}/cancel")
async def cancel(
    payment_id: str,
    request: Request,
    once: OnceOnly,
    caller: Principal = allowed(Permission.PAYMENTS_WRITE),
) -> Response:
    """Lets go what is held and calls the debt off; 409 while the customer is paying, or once the money was taken."""
    placed: list[Order] = []

    async def act(session: Session) -> tuple[int, Any]:
        payment = await _held(session, caller, payment_id)
        now = gate_of(request).clock()
        placed.clear()
        try:
            placed.append(await order_release(session, payment, actor=caller.actor, now=now))
        except NotHeld:
            await call_off(session, payment, actor=caller.actor, now=now)
            payment = await get_payment(session, payment_id)
        return 200, await whole_payment(session, payment)

    async def follow() -> tuple[int, Any]:
        if placed:
            await _carry_out(request, placed[0])
        return 200, await _shown(request, payment_id)

    return await once.run(act, follow=follow)


@router.post("/v1/payments/{payment_id}/refunds", status_code=201)
async def refund(
    payment_id: str,
    request: Request,
    once: OnceOnly,
    body: RefundBody | None = None,
    caller: Principal = allowed(Permission.REFUNDS_WRITE),
) -> Response:
    """Gives money back. The answer says whether it went, is on its way, was refused, or waits for a second person."""
    placed: list[Order] = []

    async def act(session: Session) -> tuple[int, Any]:
        payment = await _held(session, caller, payment_id)
        order = await order_refund(
            session,
            payment,
            body.amount if body else None,
            reason=body.reason if body else None,
            actor=caller.actor,
            policy=await read(session, caller.merchant, ApprovalPolicy),
            now=gate_of(request).clock(),
        )
        placed[:] = [order]
        return 201, order.as_json()

    async def follow() -> tuple[int, Any]:
        order = placed[0]
        if order.state is OrderState.REQUESTED:
            order = await _desk(request).orders.carry_out(order.id)
        return 201, order.as_json()

    return await once.run(act, required=True, follow=follow)


@router.post("/v1/payments/{payment_id}/refunds/{refund_id}/approve")
async def approve_refund(
    payment_id: str,
    refund_id: str,
    request: Request,
    once: OnceOnly,
    body: DecisionBody | None = None,
    caller: Principal = allowed(Permission.REFUNDS_WRITE),
) -> Response:
    """The second person agrees: the money goes back."""
    return await _decide(request, once, caller, (payment_id, refund_id), body, approve=True)


@router.post("/v1/payments/{payment_id}/refunds/{refund_id}/reject")
async def reject_refund(
    payment_id: str,
    refund_id: str,
    request: Request,
    once: OnceOnly,
    body: DecisionBody | None = None,
    caller: Principal = allowed(Permission.REFUNDS_WRITE),
) -> Response:
    """The second person does not agree: nothing goes back."""
    return await _decide(request, once, caller, (payment_id, refund_id), body, approve=False)


@router.post("/v1/payments/{payment_id}/flags/{code}/clear")
async def clear(
    payment_id: str,
    code: str,
    request: Request,
    once: OnceOnly,
    body: ClearBody | None = None,
    caller: Principal = allowed(Permission.REFUNDS_WRITE),
) -> Response:
    """A person has looked at the surprise: the journal says who, and the flag goes."""

    async def act(session: Session) -> tuple[int, Any]:
        payment = await _held(session, caller, payment_id)
        note = body.note if body else None
        now = gate_of(request).clock()
        await clear_flag(session, payment, code, note=note, actor=caller.actor, now=now)
        return 200, await whole_payment(session, await get_payment(session, payment_id))

    return await once.run(act)


async def _refund_of(session: Session, payment_id: str, refund_id: str) -> Order:
    """Raises `NotFound`, in the same words for an id that is another payment's or merchant's and for one of nobody."""
    try:
        order = await get_order(session, refund_id)
    except NotFound:
        raise NotFound("refund") from None
    if order.payment != payment_id or order.kind != "refund":
        raise NotFound("refund")
    return order


async def _decide(
    request: Request,
    once: OnceOnly,
    caller: Principal,
    about: tuple[str, str],
    body: DecisionBody | None,
    *,
    approve: bool,
) -> Response:
    payment_id, refund_id = about
    placed: list[Order] = []

    async def act(session: Session) -> tuple[int, Any]:
        payment = await _held(session, caller, payment_id)
        order = await _refund_of(session, payment_id, refund_id)
        check_second_person(caller, maker=order.ordered_by)
        await check_not_by_their_key(session, caller, maker=order.ordered_by)
        order = await decide_refund(
            session,
            payment,
            order,
            approve=approve,
            note=body.note if body else None,
            actor=caller.actor,
            now=gate_of(request).clock(),
        )
        placed[:] = [order]
        return 200, order.as_json()

    async def follow() -> tuple[int, Any]:
        order = placed[0]
        if approve:
            order = await _desk(request).orders.carry_out(order.id)
        return 200, order.as_json()

    return await once.run(act, follow=follow)


async def _carry_out(request: Request, order: Order) -> None:
    """Raises `OrderRefused`."""
    done = await _desk(request).orders.carry_out(order.id)
    if done.state is OrderState.FAILED:
        raise OrderRefused("The payment provider would not do it. Nothing moved.")


async def _seen(session: Session, caller: Principal, payment_id: str) -> Payment:
    """Another merchant's, and another team's, look like none. Raises `NotFound`."""
    payment = await get_payment(session, payment_id)
    if payment.merchant != caller.merchant or not caller.sees_work_of(payment.agent):
        raise NotFound("payment")
    return payment


async def _held(session: Session, caller: Principal, payment_id: str) -> Payment:
    """The payment, locked after its link. Raises `NotFound`."""
    seen = await _seen(session, caller, payment_id)
    await session.lock(seen.link)
    return await lock_payment(session, payment_id)


async def _shown(request: Request, payment_id: str) -> dict[str, Any]:
    async with gate_of(request).database.snapshot() as session:
        return await whole_payment(session, await get_payment(session, payment_id))
