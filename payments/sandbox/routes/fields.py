"""What does a merchant's page load? `/v3/`, the script, and the frames that hold the card fields."""

import hashlib
from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from payments.sandbox.cards import listed_numbers
from payments.sandbox.routes.headers import page_headers
from payments.sandbox.routes.templates import render

_ASSETS = Path(__file__).resolve().parent.parent / "assets"
# The script is one file to the browser and several to read; the order is that of their use.
_SCRIPT_PARTS = (
    *("titles.js", "wire.js", "emitter.js", "element.js"),
    *("dialog.js", "challenge.js", "wallets.js", "stripe.js"),
)
_SERVED = {
    "field.css": "text/css; charset=utf-8",
    "pages.css": "text/css; charset=utf-8",
    "brands.js": "text/javascript; charset=utf-8",
    "field.js": "text/javascript; charset=utf-8",
    "formats.js": "text/javascript; charset=utf-8",
    "checks.js": "text/javascript; charset=utf-8",
    "siblings.js": "text/javascript; charset=utf-8",
    "style.js": "text/javascript; charset=utf-8",
    "texts.js": "text/javascript; charset=utf-8",
    "bank.js": "text/javascript; charset=utf-8",
    "wallet.js": "text/javascript; charset=utf-8",
    "wallets.css": "text/css; charset=utf-8",
    "wallets.js": "text/javascript; charset=utf-8",
}
_FIELDS = ("cardNumber", "cardExpiry", "cardCvc")


def routes() -> list[Route]:
    return [
        Route("/v3/", script, methods=["GET"]),
        Route("/v3", script, methods=["GET"]),
        Route("/v3/stripe.js", script, methods=["GET"]),
        Route("/frames/{field}", field, methods=["GET"]),
        Route("/assets/{name}", asset, methods=["GET"]),
    ]


def bundle() -> bytes:
    """The merchant-facing script: its parts in one closed scope."""
    parts = [(_ASSETS / "merchant" / name).read_text("utf-8") for name in _SCRIPT_PARTS]
    return ("(() => {\n'use strict';\n" + "\n".join(parts) + "\n})();\n").encode()


async def script(request: Request) -> Response:
    headers = {
        "Cross-Origin-Resource-Policy": "cross-origin",
        "Access-Control-Allow-Origin": "*",
    }
    return _file(request, bundle(), "text/javascript; charset=utf-8", headers)


async def asset(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in _SERVED:
        return Response(status_code=404)
    return _file(request, (_ASSETS / name).read_bytes(), _SERVED[name], {})


async def field(request: Request) -> Response:
    """One card field. What it may accept comes with it: the published list, and nothing else."""
    kind = request.path_params["field"]
    if kind not in _FIELDS:
        return Response(status_code=404)
    page = render("field.html", kind=kind, numbers=listed_numbers())
    return HTMLResponse(page, headers=page_headers(framed=True))


def _file(request: Request, content: bytes, kind: str, headers: dict[str, str]) -> Response:
    tag = f'"{hashlib.sha256(content).hexdigest()[:20]}"'
    headers = {
        **headers,
        "ETag": tag,
        "Cache-Control": "no-cache",
        "X-Content-Type-Options": "nosniff",
    }
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(content, headers={**headers, "Content-Type": kind})
