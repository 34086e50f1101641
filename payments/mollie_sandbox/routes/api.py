"""What does a request to /v2 go through? Key, faults, body, idempotency, operation, answer in HAL."""

import asyncio
import contextlib
import hmac
import json
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from payments.mollie_sandbox import money_after, payments, shapes
from payments.mollie_sandbox.account import account_of
from payments.mollie_sandbox.listings import listing
from payments.mollie_sandbox.refusal import Refusal
from payments.sandbox import clock, idempotency
from payments.sandbox.desk import Call, Desk
from payments.sandbox.errors import BadRequest, Json
from payments.sandbox.numbers import holds_card_number, leaves
from payments.sandbox.routes.body import read_body
from payments.sandbox.wire import cut

KEYS_KEPT_MS = 60 * 60 * 1000
SILENCE_SECONDS = 30
_UNDER_WAY: set[str] = set()

# What an operation answers: a status and a body, None for an empty one.
Operation = Callable[[Call, Request, Json], tuple[int, Json | None]]


def routes() -> list[Route]:
    one = "/v2/payments/{payment}"
    table: dict[str, dict[str, Operation]] = {
        "/v2/payments": {"POST": _create, "GET": _list},
        one: {"GET": _get, "DELETE": _cancel},
        f"{one}/release-authorization": {"POST": _release},
        f"{one}/captures": {"POST": _capture, "GET": _children("capture", shapes.capture)},
        f"{one}/refunds": {"POST": _refund, "GET": _children("refund", shapes.refund)},
        f"{one}/chargebacks": {"GET": _children("chargeback", shapes.chargeback)},
        "/v2/balances/primary/transactions": {"GET": _books},
    }
    return [Route(path, _endpoint(found), methods=[*found]) for path, found in table.items()]


def _create(call: Call, request: Request, given: Json) -> tuple[int, Json | None]:
    return 201, shapes.payment(call, payments.create(call, given))


def _get(call: Call, request: Request, given: Json) -> tuple[int, Json | None]:
    embed = tuple(request.query_params.get("embed", "").split(","))
    return 200, shapes.payment(call, payments.get(call, request.path_params["payment"]), embed)


def _cancel(call: Call, request: Request, given: Json) -> tuple[int, Json | None]:
    return 200, shapes.payment(call, payments.cancel(call, request.path_params["payment"]))


def _release(call: Call, request: Request, given: Json) -> tuple[int, Json | None]:
    payments.release(call, request.path_params["payment"])
    return 202, None


def _list(call: Call, request: Request, given: Json) -> tuple[int, Json | None]:
    query = dict(request.query_params)
    return 200, listing(call, "payment", "payments", "/v2/payments", query, shape=shapes.payment)


def _capture(call: Call, request: Request, given: Json) -> tuple[int, Json | None]:
    made = money_after.create_capture(call, request.path_params["payment"], given)
    return 201, shapes.capture(call, made)


def _refund(call: Call, request: Request, given: Json) -> tuple[int, Json | None]:
    made = money_after.create_refund(call, request.path_params["payment"], given)
    return 201, shapes.refund(call, made)


def _children(kind: str, shape: Callable[[Call, Json], Json]) -> Operation:
    def operation(call: Call, request: Request, given: Json) -> tuple[int, Json | None]:
        payment = payments.get(call, request.path_params["payment"])["id"]
        path = f"/v2/payments/{payment}/{kind}s"
        query, where = dict(request.query_params), {"payment": payment}
        return 200, listing(call, kind, f"{kind}s", path, query, shape=shape, where=where)

    return operation


def _books(call: Call, request: Request, given: Json) -> tuple[int, Json | None]:
    path, query = "/v2/balances/primary/transactions", dict(request.query_params)
    shape = shapes.balance_line
    return 200, listing(call, "balance", "balance_transactions", path, query, shape=shape)


def _endpoint(found: dict[str, Operation]) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        try:
            return await _serve(
                request, found[request.method if request.method in found else "GET"]
            )
        except Refusal as refusal:
            return _respond(refusal.status, refusal.body())

    return endpoint


async def _serve(request: Request, operation: Operation) -> Response:
    desk: Desk = request.app.state.desk
    key = request.headers.get("idempotency-key") if request.method == "POST" else None
    call = Call(desk=desk, now_ms=clock.now_ms(), secret=True, idempotency_key=key)
    _check_key(call, request, of_organization=operation is _books)
    if desk.faults.take("error_before"):
        raise Refusal(500, "The sandbox was told to fail.")
    given = await _body(request)
    if slow_ms := desk.faults.slow_ms():
        await asyncio.sleep(slow_ms / 1000)
    status, body = _once(call, operation, request, given)
    if request.method != "GET" and desk.faults.take("timeout_after"):
        await _fall_silent(request)
    return _respond(status, body)


def _check_key(call: Call, request: Request, *, of_organization: bool) -> None:
    given = request.headers.get("authorization", "").removeprefix("Bearer ")
    account = account_of(call)
    is_key = hmac.compare_digest(given.encode(), account.secret_key.encode())
    is_token = hmac.compare_digest(given.encode(), account.organization_token.encode())
    if not (is_key or is_token):
        raise Refusal(401, "Missing authentication, or failed to authenticate")
    if of_organization and not is_token:
        raise Refusal(403, "This needs an organization access token with balances.read.")


async def _body(request: Request) -> Json:
    try:
        text = await read_body(request)
        given: Any = json.loads(text) if text else {}
    except BadRequest as refused:
        raise Refusal(refused.http_status, "The request body is too large.") from None
    except (ValueError, RecursionError):
        raise Refusal(400, "The request body is not valid JSON.") from None
    if not isinstance(given, dict):
        raise Refusal(400, "The request body is no JSON object.")
    if any(holds_card_number(text) for _, text in leaves(given)):
        raise Refusal(422, "A parameter looks like a card number. It was not stored.")
    return given


def _once(
    call: Call, operation: Operation, request: Request, given: Json
) -> tuple[int, Json | None]:
    """One transaction: what the operation changed, and its answer, kept an hour for its key."""
    key = call.idempotency_key
    store, path = call.store, request.url.path
    bound_to = idempotency.digest(store, request.method, path, given)
    with store.transaction():
        if key is None:
            return operation(call, request, given)
        store.execute("DELETE FROM answers WHERE created_ms <= ?", call.now_ms - KEYS_KEPT_MS)
        row = store.execute(
            "SELECT digest, status, body FROM answers WHERE key = ?", key
        ).fetchone()
        if row is not None and row["digest"] != bound_to:
            raise Refusal(422, "The idempotency key was used for another request.")
        if row is not None:
            return row["status"], json.loads(row["body"])
        status, body = operation(call, request, given)
        store.execute(
            "INSERT INTO answers VALUES (?, ?, ?, ?, ?, ?)",
            key, bound_to, status, json.dumps(body), "", call.now_ms,
        )  # fmt: skip
        return status, body


async def _fall_silent(request: Request) -> None:
    """The work is done and committed; the caller hears nothing, and then the line is cut."""

    async def hang_up() -> None:
        while (await request.receive())["type"] != "http.disconnect":
            pass

    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(hang_up(), timeout=SILENCE_SECONDS)
    cut(request.scope)


def _respond(status: int, body: Json | None) -> Response:
    headers = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    if body is None:
        return Response(status_code=status, headers=headers)
    return JSONResponse(body, status, headers, media_type="application/hal+json")


async def nowhere(request: Request, error: Exception) -> Response:
    """Unknown path or method, without repeating it."""
    status = getattr(error, "status_code", 404)
    return _respond(status, Refusal(status, "The path or the method is unknown.").body())


async def broken(request: Request, error: Exception) -> Response:
    """A defect of the sandbox: said plainly, with nothing of the request in it."""
    return _respond(500, Refusal(500, "The sandbox made a mistake.").body())
