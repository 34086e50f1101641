"""How is the far end told to misbehave, or its banks to act? `/control`."""

import json
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from payments.adyen_sandbox import notifications, payments
from payments.adyen_sandbox.desk import Desk, Json, new_psp_reference
from payments.sandbox import clock
from payments.sandbox.faults import FaultsRefused
from payments.sandbox.routes.body import read_body

_ABOUT_PAYMENT = frozenset({"AUTHORISATION", "PENDING", "EXPIRE", "OFFER_CLOSED"})


def routes() -> list[Route]:
    return [
        Route("/control/faults", show_faults, methods=["GET"]),
        Route("/control/faults", set_faults, methods=["POST"]),
        Route("/control/faults", clear_faults, methods=["DELETE"]),
        Route("/control/payments", list_payments, methods=["GET"]),
        Route("/control/notifications", make_notification, methods=["POST"]),
    ]


async def show_faults(request: Request) -> Response:
    return _faults(request.app.state.desk)


async def set_faults(request: Request) -> Response:
    desk: Desk = request.app.state.desk
    try:
        desk.faults.merge(await read_body(request))
    except FaultsRefused as refused:
        return JSONResponse({"errors": refused.errors}, 422)
    return _faults(desk)


async def clear_faults(request: Request) -> Response:
    desk: Desk = request.app.state.desk
    desk.faults.clear()
    return _faults(desk)


async def list_payments(request: Request) -> Response:
    """`?reference=`: what there is under a merchant's reference."""
    desk: Desk = request.app.state.desk
    shown = ("id", "reference", "state", "amount", "captured", "refunded", "card")
    found = payments.of_reference(desk, request.query_params.get("reference", ""))
    return JSONResponse({"data": [{name: each[name] for name in shown} for each in found]})


async def make_notification(request: Request) -> Response:
    """What a bank, or a person in the Customer Area, would cause, e.g. a CHARGEBACK or a REFUND_FAILED.

    `{"payment": pspReference, "eventCode", "success"?, "value"?, "reason"?, "reference"?, "psp"?, "more"?}`.
    """
    desk: Desk = request.app.state.desk
    try:
        given: Any = json.loads(await read_body(request))
        payment, code = desk.store.get("payment", given["payment"]), str(given["eventCode"])
    except (ValueError, KeyError, TypeError):
        return JSONResponse({"errors": [{"pointer": "", "detail": "payment and eventCode"}]}, 422)
    if payment is None:
        return JSONResponse({"title": "No such payment."}, 404)
    psp = given.get("psp") or (payment["id"] if code in _ABOUT_PAYMENT else new_psp_reference())
    with desk.store.transaction():
        if code == "CHARGEBACK":
            desk.store.add("modification", _chargeback(psp, payment))
        notifications.tell(
            desk,
            code,
            psp=psp,
            payment=payment,
            reference=given.get("reference", payment["reference"]),
            success=given.get("success", True),
            value=given.get("value"),
            reason=given.get("reason", ""),
            more=given.get("more"),
        )
    return JSONResponse({"pspReference": psp})


def _chargeback(psp: str, payment: Json) -> Json:
    return {
        "id": psp,
        "created": clock.seconds(clock.now_ms()),
        "payment": payment["id"],
        "code": "CHARGEBACK",
        "amount": payment["amount"],
        "worked": True,
    }


def _faults(desk: Desk) -> Response:
    return Response(desk.faults.now.shown(), media_type="application/json")
