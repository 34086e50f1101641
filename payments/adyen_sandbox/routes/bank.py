"""Where does the cardholder's bank ask? In a frame of the merchant's page, or (redirect) on a page of its own."""

import base64
import binascii
import json
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit, urlunsplit

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from payments.adyen_sandbox import payments
from payments.adyen_sandbox.cards import BY_NAME
from payments.adyen_sandbox.desk import Desk, Json
from payments.adyen_sandbox.routes.templates import render
from payments.sandbox.errors import Refused
from payments.sandbox.routes.body import read_body
from payments.sandbox.routes.headers import page_headers


def routes() -> list[Route]:
    return [
        Route("/acs/challenge", ask_in_frame, methods=["POST"]),
        Route("/redirect3ds/{challenge}", ask_on_page, methods=["GET"]),
        Route("/acs/{challenge}/answer", hear, methods=["POST"]),
    ]


async def ask_in_frame(request: Request) -> Response:
    """The component posts `creq`, as EMVCo's browser flow has it."""
    try:
        creq = parse_qs((await read_body(request)).decode("ascii", "replace")).get("creq", [""])[0]
        padded = creq + "=" * (-len(creq) % 4)
        told = json.loads(base64.urlsafe_b64decode(padded))
    except (binascii.Error, ValueError, Refused):
        return Response(status_code=400)
    challenge = str(told.get("acsTransID", "")) if isinstance(told, dict) else ""
    return _page(request.app.state.desk, challenge, framed=True)


async def ask_on_page(request: Request) -> Response:
    """Looking changes nothing."""
    return _page(request.app.state.desk, request.path_params["challenge"], framed=False)


async def hear(request: Request) -> Response:
    """The cardholder's answer: `outcome=complete` or `outcome=fail`, once. Answers what the page does next."""
    desk: Desk = request.app.state.desk
    if request.headers.get("sec-fetch-site", "same-origin") != "same-origin":
        return Response(status_code=403)
    try:
        outcome = parse_qs((await read_body(request)).decode("utf-8", "replace")).get("outcome")
    except Refused as refused:
        return Response(status_code=refused.http_status)
    if outcome not in (["complete"], ["fail"]):
        return Response(status_code=422)
    challenge = request.path_params["challenge"]
    with desk.store.transaction():
        payment = payments.by_challenge(desk, challenge)
        if payment is None or payment["state"] != "challenge":
            return JSONResponse({"transStatus": "U"}, 410)
        if payment["authenticated"] is None:
            payment["authenticated"] = outcome == ["complete"]
            desk.store.save(payment)
    status = "Y" if payment["authenticated"] else "N"
    return JSONResponse({"transStatus": status, "next": _address(payment, challenge)})


def _page(desk: Desk, challenge: str, *, framed: bool) -> Response:
    payment = payments.by_challenge(desk, challenge)
    open_ = payment is not None and payment["state"] == "challenge"
    headers = page_headers(framed=framed)
    page = render(
        "bank.html",
        framed=framed,
        challenge=challenge if open_ else "",
        merchant=desk.settings.merchant,
        payment=payment if open_ else None,
        last4=BY_NAME[payment["card"]].number[-4:] if open_ and payment else "",
    )
    return HTMLResponse(page, 200 if open_ else 410, headers)


def _address(payment: Json, challenge: str) -> str:
    """Where a page of its own goes next: back to the shop, with what the shop's server hands in."""
    parts = urlsplit(payment["return_url"])
    query = [*parse_qsl(parts.query, keep_blank_values=True), ("redirectResult", challenge)]
    return urlunsplit(parts._replace(query=urlencode(query)))
