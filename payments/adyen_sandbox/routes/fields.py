"""What does a merchant's page load? The script and its style, and the frames that hold the card fields."""

import hashlib
import json
from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from payments.adyen_sandbox import secured_fields
from payments.adyen_sandbox.cards import BY_NUMBER
from payments.adyen_sandbox.desk import Desk, Refused
from payments.adyen_sandbox.routes.templates import render
from payments.sandbox.errors import Refused as TooLarge
from payments.sandbox.routes.body import read_body
from payments.sandbox.routes.headers import page_headers

_OWN = Path(__file__).resolve().parent.parent / "assets"
_SHARED = Path(__file__).resolve().parents[2] / "sandbox" / "assets"
_JS, _CSS = "text/javascript; charset=utf-8", "text/css; charset=utf-8"
_SERVED = {
    "adyen.css": (_OWN, _CSS),
    "frame.js": (_OWN, _JS),
    "acs.js": (_OWN, _JS),
    # Brands, checks, formats, words and looks of card fields are the same at every far end.
    "brands.js": (_SHARED, _JS),
    "checks.js": (_SHARED, _JS),
    "formats.js": (_SHARED, _JS),
    "texts.js": (_SHARED, _JS),
    "field.css": (_SHARED, _CSS),
    "pages.css": (_SHARED, _CSS),
}
_FIELDS = {
    "encryptedCardNumber": ("cardNumber", "cc-number", 23),
    "encryptedExpiryDate": ("cardExpiry", "cc-exp", 9),
    "encryptedSecurityCode": ("cardCvc", "cc-csc", 4),
}


def routes() -> list[Route]:
    return [
        Route("/checkoutshopper/sdk/{version}/adyen.js", script, methods=["GET"]),
        Route("/checkoutshopper/sdk/{version}/{name}", asset, methods=["GET"]),
        Route("/assets/{name}", asset, methods=["GET"]),
        Route("/securedfields/encrypt", encrypt, methods=["POST"]),
        Route("/securedfields/{field}", field, methods=["GET"]),
    ]


async def script(request: Request) -> Response:
    """One file to the browser, several to read."""
    parts = [(_OWN / "merchant" / name).read_text("utf-8") for name in ("core.js", "card.js")]
    bundle = "(() => {\n'use strict';\n" + "\n".join(parts) + "\n})();\n"
    return _file(request, bundle.encode(), _JS)


async def asset(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in _SERVED:
        return Response(status_code=404)
    folder, kind = _SERVED[name]
    return _file(request, (folder / name).read_bytes(), kind)


def _file(request: Request, content: bytes, kind: str) -> Response:
    tag = f'"{hashlib.sha256(content).hexdigest()[:20]}"'
    headers = {
        "Cross-Origin-Resource-Policy": "cross-origin",
        "Access-Control-Allow-Origin": "*",
        "ETag": tag,
        "Cache-Control": "no-cache",
        "X-Content-Type-Options": "nosniff",
    }
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(content, headers={**headers, "Content-Type": kind})


async def field(request: Request) -> Response:
    """One card field. What it may accept comes with it: the published list, and nothing else."""
    known = _FIELDS.get(request.path_params["field"])
    if known is None:
        return Response(status_code=404)
    kind, autocomplete, length_max = known
    page = render(
        "field.html",
        field=request.path_params["field"],
        kind=kind,
        autocomplete=autocomplete,
        length_max=length_max,
        numbers=BY_NUMBER if kind == "cardNumber" else (),
    )
    return HTMLResponse(page, headers=page_headers(framed=True))


async def encrypt(request: Request) -> Response:
    """From a frame of our own origin alone: `{"field", "value"}` to what the merchant's page may have."""
    desk: Desk = request.app.state.desk
    if request.headers.get("sec-fetch-site", "same-origin") != "same-origin":
        return Response(status_code=403)
    try:
        given = json.loads(await read_body(request))
        made = secured_fields.encrypt(desk.store, str(given["field"]), str(given["value"]))
    except Refused as refused:
        return JSONResponse(refused.body, refused.status)
    except (ValueError, KeyError, TypeError, TooLarge):
        return JSONResponse({"status": 422, "errorCode": "130"}, 422)
    return JSONResponse(made, headers={"Cache-Control": "no-store"})
