"""The console's files at `/`, and the browsable API description at `/docs`."""

import mimetypes
import re
import secrets
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse, HTMLResponse, PlainTextResponse

import agent_feed
from app.http import docs_page
from compliance.routes.gate import gate_of
from core.errors import NotFound

router = APIRouter(include_in_schema=False)

DIST: Final = Path(agent_feed.__file__).parent / "console" / "dist"
_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self' {feed}; frame-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors {ancestors}"
)
_TRAINING: Final = '<meta name="paythread-training" content="" />'
_ASSET: Final = re.compile(r"[A-Za-z0-9_.-]{1,120}")
_YEAR: Final = "public, max-age=31536000, immutable"


@router.get("/")
async def index(request: Request) -> Response:
    """The console. Its build is part of `make setup`."""
    page = DIST / "index.html"
    if not page.is_file():
        return PlainTextResponse("The console is not built yet: run `make setup`.", status_code=503)
    training: str | None = request.app.state.training_url
    text = page.read_text(encoding="utf-8")
    if training is not None:
        told = _TRAINING.replace('content=""', f'content="{escape(training)}"')
        text = text.replace(_TRAINING, told)
    return HTMLResponse(
        text,
        headers={"Content-Security-Policy": policy_of(request), "Cache-Control": "no-cache"},
    )


def policy_of(request: Request, *, ancestors: Sequence[str] = ()) -> str:
    """The policy of a page of the console's build, which these origins may frame; by default nobody."""
    # Safari long took 'self' to mean no WebSocket. The Host was checked before we came here.
    secure = gate_of(request).secure_cookies
    feed = f"{'wss' if secure else 'ws'}://{request.headers['host']}"
    return _POLICY.format(feed=feed, ancestors=" ".join(ancestors) or "'none'")


@router.get("/assets/{name}")
async def asset(name: str) -> Response:
    """A file of the console's build; its name carries its hash."""
    path = DIST / "assets" / name
    # The form comes first: a name that is too long for the disk is an error there, not a file that is missing.
    if _ASSET.fullmatch(name) is None or not path.is_file():
        raise NotFound("file")
    media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return FileResponse(path, media_type=media_type, headers={"Cache-Control": _YEAR})


@router.get("/favicon.svg")
@router.get("/favicon.ico")
async def icon(request: Request) -> Response:
    """The console's icon."""
    path = DIST / request.url.path.lstrip("/")
    if not path.is_file():
        return Response(status_code=204)
    return FileResponse(path)


@router.get("/docs")
async def docs(request: Request) -> HTMLResponse:
    """Every endpoint with its parameters, drawn here from the OpenAPI description: no third party's script."""
    nonce = secrets.token_urlsafe(16)
    policy = (
        f"default-src 'none'; style-src 'nonce-{nonce}'; base-uri 'none'; frame-ancestors 'none'"
    )
    return HTMLResponse(
        docs_page.render(request.app.openapi(), nonce=nonce),
        headers={"Content-Security-Policy": policy},
    )
