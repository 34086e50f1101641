"""Where does a customer pay away from the merchant's page? A session's own page, and the way back from it."""

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from payments.sandbox import clock, paying
from payments.sandbox.currencies import shown
from payments.sandbox.desk import Call, Desk
from payments.sandbox.errors import Json, Refused
from payments.sandbox.forms import parse_pairs
from payments.sandbox.routes.body import read_body
from payments.sandbox.routes.headers import page_headers
from payments.sandbox.routes.templates import render


def routes() -> list[Route]:
    return [
        Route("/c/pay/{session}", show, methods=["GET"]),
        Route("/c/pay/{session}", pay, methods=["POST"]),
    ]


async def show(request: Request) -> Response:
    """Looking changes nothing: the page can be loaded any number of times, and is where the bank leads back to."""
    call = _call(request)
    session = paying.found(call, request.path_params["session"])
    if session is None or session["status"] == "expired":
        return _page(call, session, paying.Step("page"), 410 if session else 404)
    step = paying.where(call, session, paying.intent_of(call, session))
    if step.kind == "done":
        return RedirectResponse(step.url, 303, {"Cache-Control": "no-store"})
    return _page(call, session, step, 200)


async def pay(request: Request) -> Response:
    """One try with the card that was typed in."""
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return Response(status_code=403)
    try:
        body = (await read_body(request)).decode("utf-8", "replace")
        given = dict(parse_pairs(body))
    except Refused as refused:
        return Response(status_code=refused.http_status)
    desk: Desk = request.app.state.desk
    call = _call(request)
    with desk.store.transaction():
        session = paying.found(call, request.path_params["session"])
        if session is None or not paying.is_open(session):
            return _page(call, session, paying.Step("page"), 410)
        step = paying.pay(
            call, session, given.get("number", ""), given.get("expiry", ""), given.get("code", "")
        )
    return _page(call, session, step, 402 if step.trouble else 200)


def _page(call: Call, session: Json | None, step: paying.Step, status: int) -> Response:
    """The way on is a link and a refresh rather than a redirect: form-action would stop one to another origin."""
    page = render(
        "checkout.html",
        merchant=call.desk.settings.merchant,
        session=session,
        product=call.store.hidden(session["id"])["name"] if session else "",
        amount=shown(session["amount_total"], session["currency"]) if session else "",
        step=step,
        open=paying.is_open(session) and step.kind == "page",
    )
    headers = page_headers(framed=False, scripts=False, form=True)
    return HTMLResponse(page, status, headers)


def _call(request: Request) -> Call:
    return Call(desk=request.app.state.desk, now_ms=clock.now_ms(), secret=True)
