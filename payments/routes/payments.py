"""`/v1/payments`: what has become of a debt."""

from typing import Any

from fastapi import APIRouter, Request

from compliance.principal import Principal
from compliance.roles import Permission
from compliance.routes.gate import allowed, gate_of
from core.errors import NotFound
from payments.attempts import attempts_of
from payments.payments import get_payment

router = APIRouter(tags=["payments"])


@router.get("/v1/payments/{payment_id}")
async def show_payment(
    payment_id: str, request: Request, caller: Principal = allowed(Permission.PAYMENTS_READ)
) -> dict[str, Any]:
    """One payment with its attempts, oldest first."""
    async with gate_of(request).database.snapshot() as session:
        payment = await get_payment(session, payment_id)
        if payment.merchant != caller.merchant or not caller.sees_work_of(payment.agent):
            raise NotFound("payment")
        tries = await attempts_of(session, payment_id)
    return {**payment.as_json(), "attempts": [attempt.as_json() for attempt in tries]}
