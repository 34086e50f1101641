"""Where does the customer pay? Mollie's page in test mode: it asks for no card, only how it shall end."""

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from babel.numbers import format_currency
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from payments.mollie_sandbox import payments
from payments.mollie_sandbox.amounts import number
from payments.mollie_sandbox.refusal import Refusal
from payments.sandbox import clock
from payments.sandbox.desk import Call, Desk
from payments.sandbox.errors import BadRequest, Json
from payments.sandbox.routes.body import read_body
from payments.sandbox.routes.headers import page_headers

_PAGES = Environment(
    loader=FileSystemLoader(Path(__file__).resolve().parent.parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
)


def routes() -> list[Route]:
    return [
        Route("/checkout/{token}", show, methods=["GET"]),
        Route("/checkout/{token}", hear, methods=["POST"]),
    ]


async def show(request: Request) -> Response:
    """Looking changes nothing."""
    call, stored = _found(request)
    status = 200 if stored is not None and stored["status"] in ("open", "pending") else 410
    amount = stored["amount"] if stored is not None else None
    page = _PAGES.get_template("checkout.html").render(
        merchant=call.desk.settings.merchant,
        payment=stored,
        over=status == 410,
        amount=format_currency(number(amount), amount["currency"], locale="en") if amount else "",
        reasons=(*payments.MOLLIES_REASONS, *payments.BANKS_REASONS),
    )
    return HTMLResponse(page, status, _headers(stored))


async def hear(request: Request) -> Response:
    """The customer's choice, once: `final_state=paid|failed|…`, with `failure_reason` if it failed."""
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return Response(status_code=403)
    call, stored = _found(request)
    try:
        fields = parse_qs((await read_body(request)).decode("utf-8", "replace"))
    except BadRequest as refused:
        return Response(status_code=refused.http_status)
    chosen, reason = fields.get("final_state", [""])[0], fields.get("failure_reason", [None])[0]
    allowed = (*payments.MOLLIES_REASONS, *payments.BANKS_REASONS, None)
    if chosen not in payments.CHOICES or reason not in allowed:
        return Response(status_code=422)
    if stored is None:
        return Response(status_code=410)
    try:
        with call.store.transaction():
            payments.choose(call, stored, chosen, reason)
    except Refusal:
        return Response(status_code=410)
    back = stored["cancelUrl"] if chosen == "canceled" else None
    return RedirectResponse(back or stored["redirectUrl"], 303, _headers(stored))


def _found(request: Request) -> tuple[Call, Json | None]:
    desk: Desk = request.app.state.desk
    call = Call(desk=desk, now_ms=clock.now_ms(), secret=True)
    return call, desk.store.challenged(request.path_params["token"])


def _headers(stored: Json | None) -> dict[str, str]:
    """The form may lead back to the merchant: a browser holds `form-action` against the redirect as well."""
    headers = page_headers(framed=False, scripts=False, form=True)
    if stored is not None:
        urls = [urlsplit(url) for url in (stored["redirectUrl"], stored["cancelUrl"]) if url]
        origins = " ".join(f"{parts.scheme}://{parts.netloc}" for parts in urls)
        policy = headers["Content-Security-Policy"]
        headers["Content-Security-Policy"] = policy.replace(
            "form-action 'self'", f"form-action 'self' {origins}"
        )
    return headers
