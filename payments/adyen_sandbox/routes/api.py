"""What does a request of the merchant's server go through? Key, faults, idempotency, operation, answer.

https://docs.adyen.com/api-explorer/Checkout/71/overview,
https://docs.adyen.com/development-resources/api-idempotency
"""

import asyncio
import base64
import hmac
import json
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from payments.adyen_sandbox import modifications, payments, report
from payments.adyen_sandbox.desk import Desk, Json, Refused, check_account, new_psp_reference
from payments.sandbox import clock
from payments.sandbox.errors import Refused as TooLarge
from payments.sandbox.numbers import holds_card_number, leaves
from payments.sandbox.routes.body import read_body
from payments.sandbox.wire import cut

log = logging.getLogger("adyen_sandbox.api")

SILENCE_SECONDS = 30
KEY_LENGTH_MAX = 64
KEPT_MS = 7 * 24 * 60 * 60 * 1000

Operation = Callable[[Desk, str, Json], tuple[int, Json]]


def _methods(desk: Desk, psp: str, body: Json) -> tuple[int, Json]:
    check_account(desk, body)
    cards = {"brands": ["visa", "mc", "amex"], "name": "Cards", "type": "scheme"}
    return 200, {"paymentMethods": [cards]}


_OPERATIONS: dict[str, Operation] = {
    "/paymentMethods": _methods,
    "/payments": lambda desk, psp, body: (200, payments.pay(desk, body)),
    "/payments/details": lambda desk, psp, body: (200, payments.details(desk, body)),
    "/payments/{psp}/captures": lambda desk, psp, body: (
        201,
        modifications.capture(desk, psp, body),
    ),
    "/payments/{psp}/refunds": lambda desk, psp, body: (201, modifications.refund(desk, psp, body)),
    "/payments/{psp}/cancels": lambda desk, psp, body: (201, modifications.cancel(desk, psp, body)),
    "/payments/{psp}/reversals": lambda desk, psp, body: (
        201,
        modifications.reverse(desk, psp, body),
    ),
    "/cancels": lambda desk, psp, body: (201, modifications.cancel_by_reference(desk, body)),
}


def routes() -> list[Route]:
    """Both versions that the official SDKs of the day speak."""
    made = [
        Route(f"/v{version}{path}", _endpoint(operation), methods=["POST"])
        for version in (71, 72)
        for path, operation in _OPERATIONS.items()
    ]
    books = "/reports/download/MerchantAccount/{account}/settlement_detail_report.csv"
    return [*made, Route(books, settlement, methods=["GET"])]


async def settlement(request: Request) -> Response:
    """For the report user, whose name is here the merchant account and whose password the API key."""
    desk: Desk = request.app.state.desk
    pair = f"{desk.settings.merchant_account}:{desk.settings.api_key}".encode()
    known = f"Basic {base64.b64encode(pair).decode()}"
    if not _same(request.headers.get("authorization"), known):
        return Response(status_code=401, headers={"WWW-Authenticate": "Basic"})
    return Response(report.settlement_details(desk), media_type="text/csv; charset=utf-8")


def _endpoint(operation: Operation) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        desk: Desk = request.app.state.desk
        try:
            return await _serve(request, desk, operation)
        except Refused as refused:
            return _respond(refused.status, refused.body | {"pspReference": new_psp_reference()})
        except TooLarge as refused:
            return _respond(refused.http_status, {"status": refused.http_status})

    return endpoint


async def _serve(request: Request, desk: Desk, operation: Operation) -> Response:
    if not _same(request.headers.get("x-api-key"), desk.settings.api_key):
        raise Refused(401, "000", "HTTP Status Response - Unauthorized", "security")
    if desk.faults.take("error_before"):
        raise Refused(500, "905", "The sandbox was told to fail.", "internal")
    body = _object(await read_body(request))
    key = request.headers.get("idempotency-key")
    if any(holds_card_number(text) for _, text in leaves(body)) or holds_card_number(key or ""):
        raise Refused(422, "card_number_refused", "A card number belongs in the card fields alone.")
    if slow_ms := desk.faults.slow_ms():
        await asyncio.sleep(slow_ms / 1000)
    psp = str(request.path_params.get("psp", ""))
    status, answer = _once(
        desk, f"{request.url.path[4:]} {key}" if key else None, operation, psp, body
    )
    if desk.faults.take("timeout_after"):
        await _fall_silent(request)
    return _respond(status, answer, key)


def _once(
    desk: Desk, key: str | None, operation: Operation, psp: str, body: Json
) -> tuple[int, Json]:
    """One transaction: the change, what is told of it, and the answer that is kept for its key."""
    if key is not None and len(key.rpartition(" ")[2]) > KEY_LENGTH_MAX:
        raise Refused(422, "703", "The idempotency key is too long.")
    with desk.store.transaction():
        if key is not None:
            row = desk.store.execute(
                "SELECT status, body FROM answers WHERE key = ? AND created_ms > ?",
                key, clock.now_ms() - KEPT_MS,
            ).fetchone()  # fmt: skip
            if row is not None:
                return int(row["status"]), json.loads(row["body"])
        status, answer = operation(desk, psp, body)
        if key is not None:
            desk.store.execute(
                "INSERT OR REPLACE INTO answers VALUES (?, '', ?, ?, '', ?)",
                key, status, json.dumps(answer), clock.now_ms(),
            )  # fmt: skip
    return status, answer


def _object(text: bytes) -> Json:
    try:
        body = json.loads(text)
    except (ValueError, RecursionError):
        raise Refused(400, "702", "Structure of the request is not valid JSON.") from None
    if not isinstance(body, dict):
        raise Refused(400, "702", "The request is no JSON object.")
    return body


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


def _respond(status: int, body: Json, key: str | None = None) -> JSONResponse:
    headers: dict[str, Any] = {"Cache-Control": "no-store"}
    if isinstance(body.get("pspReference"), str):
        headers["pspReference"] = body["pspReference"]
    if key is not None:
        headers["Idempotency-Key"] = key
    return JSONResponse(body, status, headers)


def _same(given: str | None, known: str) -> bool:
    return hmac.compare_digest((given or "").encode(), known.encode())
