"""How is the sandbox told to misbehave? `/control/faults`, and events sent again by hand."""

import json

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from payments.sandbox import clock, events
from payments.sandbox.desk import Call, Desk
from payments.sandbox.errors import Refused
from payments.sandbox.faults import Faults, FaultsRefused
from payments.sandbox.ids import looks_like_id
from payments.sandbox.routes.body import read_body


def routes() -> list[Route]:
    return [
        Route("/control/faults", show_faults, methods=["GET"]),
        Route("/control/faults", set_faults, methods=["POST"]),
        Route("/control/faults", clear_faults, methods=["DELETE"]),
        Route("/control/events/redeliver", redeliver, methods=["POST"]),
    ]


async def show_faults(request: Request) -> Response:
    return _faults(_desk(request).faults)


async def set_faults(request: Request) -> Response:
    faults = _desk(request).faults
    try:
        faults.merge(await read_body(request))
    except FaultsRefused as refused:
        return _unprocessable(refused.errors)
    except Refused as refused:
        return _problem(refused.http_status, str(refused), [])
    return _faults(faults)


async def clear_faults(request: Request) -> Response:
    faults = _desk(request).faults
    faults.clear()
    return _faults(faults)


async def redeliver(request: Request) -> Response:
    """Takes `{"id": "evt_…"}`; answers how many deliveries were made of it."""
    desk = _desk(request)
    try:
        given = json.loads(await read_body(request))
    except (ValueError, RecursionError):
        return _unprocessable([{"pointer": "", "detail": "must be a JSON object"}])
    except Refused as refused:
        return _problem(refused.http_status, str(refused), [])
    if not isinstance(given, dict) or set(given) != {"id"} or not isinstance(given["id"], str):
        return _unprocessable([{"pointer": "/id", "detail": "must be the id of an event"}])
    if not looks_like_id(given["id"]) or desk.store.get("event", given["id"]) is None:
        return _problem(404, "No such event.", [])
    with desk.store.transaction():
        call = Call(desk=desk, now_ms=clock.now_ms(), secret=True)
        made = events.redeliver(call, given["id"])
    return JSONResponse({"id": given["id"], "deliveries": made})


def _desk(request: Request) -> Desk:
    desk: Desk = request.app.state.desk
    return desk


def _faults(faults: Faults) -> Response:
    return Response(
        faults.now.shown(), media_type="application/json", headers={"Cache-Control": "no-store"}
    )


def _unprocessable(errors: list[dict[str, str]]) -> Response:
    return _problem(422, "The request is not valid.", errors)


def _problem(status: int, title: str, errors: list[dict[str, str]]) -> Response:
    body = {"type": "about:blank", "title": title, "status": status, "errors": errors}
    return JSONResponse(body, status, media_type="application/problem+json")
