"""`/v1/reviews`: the money that waits for a person's word, and `POST /v1/payments/{id}/review`: the word."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from compliance.journal import Event, Reader, record
from compliance.principal import Principal
from compliance.roles import Permission
from compliance.routes.bodies import Body, Line
from compliance.routes.gate import Gate, allowed, client_address, gate_of
from compliance.routes.once import OnceOnly
from core.database import Session
from core.errors import InvalidField, NotFound
from core.ids import is_id
from payments.approvals import SameHands
from payments.order_desk import OrderDesk
from payments.orders import Order
from payments.payments import Payment, get_payment
from payments.reviews import decide, waiting
from payments.routes.payments import PaymentsDesk
from payments.showing import whole_payment

router = APIRouter(tags=["reviews"])


class ReviewBody(Body):
    """A person's word, and why, as they want it remembered."""

    decision: Literal["approve", "reject"]
    note: Annotated[Line, Field(max_length=500)] | None = None


def _orders(request: Request) -> OrderDesk:
    desk: PaymentsDesk = request.app.state.payments_desk
    return desk.orders


@router.get("/v1/reviews")
async def index(
    request: Request,
    caller: Principal = allowed(Permission.PAYMENTS_REVIEW),
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    cursor: Annotated[str | None, Query(max_length=60)] = None,
) -> dict[str, Any]:
    """Held payments that wait for a decision, newest first, each with the reasons and the time that is left."""
    gate = gate_of(request)
    if cursor is not None and not is_id(cursor, "att"):
        raise InvalidField("/cursor", "This is no cursor that a list answered with.")
    async with gate.database.snapshot() as session:
        position, _ = await Reader(gate.vault).head(session, caller.merchant)
        found = await waiting(session, caller.merchant, before=cursor, limit=limit + 1)
    more = len(found) > limit
    return {
        "data": [each.as_json() for each in found[:limit]],
        "next_cursor": found[limit - 1].attempt.id if more else None,
        "as_of": position,
    }


@router.post("/v1/payments/{payment_id}/review")
async def review(
    payment_id: str,
    body: ReviewBody,
    request: Request,
    once: OnceOnly,
    caller: Principal = allowed(Permission.PAYMENTS_REVIEW),
) -> Response:
    """Takes the held money, or lets it go. 409 when nothing waits; 403 when the link's own agent approves."""
    gate, placed = gate_of(request), list[Order]()

    async def act(session: Session) -> tuple[int, Any]:
        await _own(session, caller, payment_id)
        approve = body.decision == "approve"
        decision = await decide(
            session,
            payment_id,
            approve=approve,
            note=body.note,
            caller=caller,
            now=gate.clock(),
        )
        placed[:] = [decision.order] if decision.order is not None else []
        return 200, await whole_payment(session, await get_payment(session, payment_id))

    async def follow() -> tuple[int, Any]:
        for order in placed:
            # Whatever the PSP says to it: the decision stands, and the payment's state tells.
            await _orders(request).carry_out(order.id)
        async with gate.database.snapshot() as session:
            return 200, await whole_payment(session, await get_payment(session, payment_id))

    try:
        return await once.run(act, follow=follow)
    except SameHands:
        await _note_refusal(request, gate, caller, payment_id)
        raise


async def _own(session: Session, caller: Principal, payment_id: str) -> Payment:
    """Raises `NotFound` for another merchant's."""
    payment = await get_payment(session, payment_id)
    if payment.merchant != caller.merchant or not caller.sees_work_of(payment.agent):
        raise NotFound("payment")
    return payment


async def _note_refusal(request: Request, gate: Gate, caller: Principal, payment_id: str) -> None:
    """Somebody tried to approve their own work: refused, and on the record (PCI DSS 4.0.1, 10.2.1)."""
    async with gate.database.transaction() as session:
        payment = await _own(session, caller, payment_id)
        record(
            session,
            Event(
                type="incident.approval_refused",
                merchant=caller.merchant,
                occurred_at=gate.clock(),
                actor=caller.actor,
                origin=client_address(request),
                link=payment.link,
                payment=payment.id,
                agent=payment.agent,
                data={"subject": "review"},
            ),
        )
