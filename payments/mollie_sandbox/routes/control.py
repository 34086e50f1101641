"""How is the far end told what to do? `/control/faults`, and what no API call brings about: banks, dashboards, time."""

import json
from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from payments.mollie_sandbox import money_after, payments, reports, shapes
from payments.mollie_sandbox.refusal import Refusal, unprocessable
from payments.sandbox import clock
from payments.sandbox.desk import Call, Desk
from payments.sandbox.errors import BadRequest, Json
from payments.sandbox.routes.body import read_body
from payments.sandbox.routes.control import clear_faults, set_faults, show_faults

Act = Callable[[Call, str, Json], Json]


def routes() -> list[Route]:
    return [
        Route("/control/faults", show_faults, methods=["GET"]),
        Route("/control/faults", set_faults, methods=["POST"]),
        Route("/control/faults", clear_faults, methods=["DELETE"]),
        Route("/control/{act}/{subject}", do, methods=["POST"]),
    ]


async def do(request: Request) -> Response:
    """`POST /control/{act}/{id}` with a JSON object; answers the object as it is then."""
    act = _ACTS.get(request.path_params["act"])
    desk: Desk = request.app.state.desk
    call = Call(desk=desk, now_ms=clock.now_ms(), secret=True)
    try:
        text = await read_body(request)
        given: Any = json.loads(text or b"{}")
        if act is None or not isinstance(given, dict):
            raise unprocessable("No such act.")
        with call.store.transaction():
            return JSONResponse(act(call, request.path_params["subject"], given))
    except Refusal as refusal:
        return JSONResponse(refusal.body(), refusal.status)
    except (ValueError, RecursionError, BadRequest):
        return JSONResponse(unprocessable("Not a JSON object.").body(), 422)


def _payment(call: Call, subject: str, given: Json) -> Json:
    """`{"isCancelable": false}` as for most of Mollie's methods, `{"expire": true}`, `{"retell": true}`."""
    stored = payments.get(call, subject)
    if "isCancelable" in given:
        stored["isCancelable"] = bool(given["isCancelable"])
        call.store.save(stored)
    if given.get("expire"):
        payments.expire(call, subject)
    if given.get("retell"):
        reports.retold(call, subject)
    return shapes.payment(call, payments.get(call, subject))


def _chargeback(call: Call, subject: str, given: Json) -> Json:
    """On a payment: opens one. On a chargeback: reverses it."""
    if subject.startswith("chb_"):
        return shapes.chargeback(call, money_after.reverse_chargeback(call, subject))
    return shapes.chargeback(call, money_after.open_chargeback(call, subject, given))


def _refund(call: Call, subject: str, given: Json) -> Json:
    """`{"status": "refunded|failed|canceled"}`; on a payment: a refund by a person in Mollie's dashboard."""
    if subject.startswith("tr_"):
        return shapes.refund(call, money_after.create_refund(call, subject, given))
    if given.get("status") not in ("refunded", "failed", "canceled"):
        raise unprocessable("No such status.", "status")
    money_after.finish_refund(call, subject, given["status"])
    return shapes.refund(call, _there(call, "refund", subject))


def _capture(call: Call, subject: str, given: Json) -> Json:
    """`{"status": "succeeded|failed"}` for one that is pending."""
    if given.get("status") not in ("succeeded", "failed"):
        raise unprocessable("No such status.", "status")
    money_after.finish_capture(call, subject, given["status"])
    return shapes.capture(call, _there(call, "capture", subject))


def _there(call: Call, kind: str, subject: str) -> Json:
    found = call.store.get(kind, subject)
    if found is None:
        raise Refusal(404, "No such object.")
    return found


_ACTS: dict[str, Act] = {
    "payments": _payment,
    "chargebacks": _chargeback,
    "refunds": _refund,
    "captures": _capture,
}
