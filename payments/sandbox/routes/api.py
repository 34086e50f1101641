"""What does a request to /v1 go through? Key, faults, parameters, idempotency, operation, answer."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from payments.sandbox import clock, idempotency, keys, listings
from payments.sandbox.desk import API_VERSION, Answer, Call, Desk
from payments.sandbox.errors import BadRequest, Json, Refused, Unauthorised
from payments.sandbox.forms import parse_form
from payments.sandbox.ids import new_id
from payments.sandbox.numbers import holds_card_number, leaves
from payments.sandbox.operations import OPERATIONS, Operation
from payments.sandbox.params import Params
from payments.sandbox.routes.body import read_body
from payments.sandbox.wire import cut

log = logging.getLogger("sandbox.api")

SILENCE_SECONDS = 30
# Keys whose operation is under way in this process; a second request with one is told to wait.
_UNDER_WAY: set[str] = set()


def routes() -> list[Route]:
    """The operations, one route a path: several methods share a path."""
    by_path: dict[str, list[Operation]] = {}
    for operation in OPERATIONS:
        by_path.setdefault(operation.path, []).append(operation)
    return [
        Route(path, _endpoint(found), methods=[*(one.method for one in found), "OPTIONS"])
        for path, found in by_path.items()
    ]


def _endpoint(found: list[Operation]) -> Callable[[Request], Awaitable[Response]]:
    by_method = {operation.method: operation for operation in found}

    async def endpoint(request: Request) -> Response:
        if request.method == "OPTIONS":
            return Response(status_code=204, headers=_open_to_browsers())
        operation = by_method.get(request.method) or by_method["GET"]
        request_id = new_id("req")
        try:
            return await _serve(request, operation, request_id)
        except Refused as refused:
            return _respond(Answer(refused.body(), refused.http_status), request_id)

    return endpoint


async def _serve(request: Request, operation: Operation, request_id: str) -> Response:
    desk: Desk = request.app.state.desk
    values = await _parameters(request)
    in_params = values.get("key")
    secret = keys.is_secret(
        desk.settings,
        request.headers.get("authorization"),
        in_params if isinstance(in_params, str) else None,
    )
    if not secret and not operation.published:
        raise Unauthorised(
            "This API call cannot be made with a publishable API key. Please use a secret API key."
        )
    if secret and desk.faults.take("error_before"):
        raise Refused("The sandbox was told to fail.", kind="api_error", status=500)
    _refuse_card_numbers(request, operation, values)
    key = request.headers.get("idempotency-key") if request.method == "POST" else None
    call = Call(
        desk=desk,
        now_ms=clock.now_ms(),
        secret=secret,
        request_id=request_id,
        idempotency_key=key,
    )
    headers: dict[str, str] = {}
    if key is None:
        await _dawdle(desk)
        answer = _execute(call, operation, request, values)
    else:
        answer, headers = await _once(call, operation, request, values, key)
    if secret and request.method != "GET" and desk.faults.take("timeout_after"):
        await _fall_silent(request)
    return _respond(answer, request_id, headers)


async def _once(
    call: Call, operation: Operation, request: Request, values: Json, key: str
) -> tuple[Answer, dict[str, str]]:
    """Executes under the key, or gives the kept answer again."""
    idempotency.check_key(key)
    if key in _UNDER_WAY:
        raise idempotency.in_use()
    bound_to = idempotency.digest(call.store, request.method, request.url.path, values)
    headers = {"Idempotency-Key": key}
    _UNDER_WAY.add(key)
    try:
        await _dawdle(call.desk)
        earlier = idempotency.earlier_answer(call, key, bound_to)
        if earlier is not None:
            again = {"Idempotent-Replayed": "true", "Original-Request": earlier[1]}
            return earlier[0], headers | again
        return _execute(call, operation, request, values, key=key, bound_to=bound_to), headers
    finally:
        _UNDER_WAY.discard(key)


def _execute(
    call: Call,
    operation: Operation,
    request: Request,
    values: Json,
    *,
    key: str | None = None,
    bound_to: str = "",
) -> Answer:
    """One transaction: what the operation changed, and the answer kept for its key."""
    try:
        with call.store.transaction():
            params = Params(values)
            params.ignore("key", "_stripe_version")
            paths = params.texts("expand")
            answer = operation.run(call, dict(request.path_params), params)
            if answer.status == 200:
                answer = Answer(listings.expand(call, answer.body, paths))
            if key is not None:
                idempotency.keep(call, key, bound_to, answer)
            return answer
    except Refused as refused:
        # Rolled back. What had begun is answered the same way next time.
        if key is not None and refused.began:
            with call.store.transaction():
                kept = Answer(refused.body(), refused.http_status)
                idempotency.keep(call, key, bound_to, kept)
        raise


async def _parameters(request: Request) -> Json:
    body = await read_body(request)
    if request.method != "POST":
        return parse_form(request.url.query)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if body and kind != "application/x-www-form-urlencoded":
        raise BadRequest(
            "Invalid request: the content type of a POST is application/x-www-form-urlencoded."
        )
    try:
        text = body.decode("ascii")
    except UnicodeDecodeError:
        raise BadRequest("The request is not form-encoded.") from None
    return parse_form(text)


def _refuse_card_numbers(request: Request, operation: Operation, values: Json) -> None:
    """A card number has one place, and nowhere else is it stored, whatever the field is called."""
    allowed = "card[number]" if operation.path == "/v1/payment_methods" else None
    texts = [(place, text) for place, text in leaves(values) if place != allowed]
    texts.append(("Idempotency-Key", request.headers.get("idempotency-key", "")))
    if any(holds_card_number(text) for _, text in texts):
        raise BadRequest(
            "A parameter looks like a card number. It was not stored; use the card fields.",
            code="card_number_refused",
        )


async def _dawdle(desk: Desk) -> None:
    if slow_ms := desk.faults.slow_ms():
        await asyncio.sleep(slow_ms / 1000)


async def _fall_silent(request: Request) -> None:
    """The work is done and committed; the caller hears nothing, and then the line is cut."""

    async def hang_up() -> None:
        while (await request.receive())["type"] != "http.disconnect":
            pass

    try:
        await asyncio.wait_for(hang_up(), timeout=SILENCE_SECONDS)
    except TimeoutError:
        log.info("fault.silence_ended")
    cut(request.scope)


def _open_to_browsers() -> dict[str, str]:
    return {
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Allow-Methods": "GET, POST",
        "Access-Control-Allow-Headers": "authorization, content-type, stripe-version",
        "Access-Control-Max-Age": "300",
    }


def _respond(
    answer: Answer, request_id: str, headers: dict[str, str] | None = None
) -> JSONResponse:
    return JSONResponse(
        answer.body,
        answer.status,
        {
            "Request-Id": request_id,
            "Stripe-Version": API_VERSION,
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
            **_open_to_browsers(),
            "Access-Control-Expose-Headers": "Request-Id",
            **(headers or {}),
        },
    )


async def nowhere(request: Request, error: Exception) -> Response:
    """Unknown path or method, without repeating it."""
    status = getattr(error, "status_code", 404)
    refused = BadRequest("Unrecognized request URL or method.", status=status)
    headers: dict[str, Any] = getattr(error, "headers", None) or {}
    return _respond(Answer(refused.body(), refused.http_status), new_id("req"), dict(headers))


async def broken(request: Request, error: Exception) -> Response:
    """A defect of the sandbox: said plainly, with nothing of the request in it."""
    refused = Refused("The sandbox made a mistake.", kind="api_error", status=500)
    return _respond(Answer(refused.body(), refused.http_status), new_id("req"))
