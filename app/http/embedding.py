"""The embedded panel: `/embed`, which the listed origins alone may frame, and the script that makes its element.

Every other page of the service is framed by nobody. The list is `PAYTHREAD_EMBED_ORIGINS`; without it there is none.
"""

from html import escape
from typing import Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse, HTMLResponse, PlainTextResponse

from app.http.console import DIST, policy_of
from core.errors import NotFound

router = APIRouter(include_in_schema=False)

SCRIPT: Final = "paythread-panel.js"
_PLACE: Final = '<meta name="paythread-hosts" content="" />'
_SCRIPT_CACHE: Final = "public, max-age=300"


@router.get("/embed")
async def panel(request: Request) -> Response:
    """The panel's page. Who may embed it is told to the browser, and to the page itself for its messages."""
    hosts: list[str] = request.app.state.embed_origins
    page = DIST / "embed.html"
    if not page.is_file():
        return PlainTextResponse("The console is not built yet: run `make setup`.", status_code=503)
    text = page.read_text(encoding="utf-8")
    assert _PLACE in text, "the build has no place for the hosts"
    told = _PLACE.replace('content=""', f'content="{escape(" ".join(hosts))}"')
    return HTMLResponse(
        text.replace(_PLACE, told),
        headers={
            "Content-Security-Policy": policy_of(request, ancestors=hosts),
            "Cache-Control": "no-cache",
            # A host that isolates itself (COEP) frames only what says that it may be framed.
            "Cross-Origin-Resource-Policy": "cross-origin" if hosts else "same-origin",
        },
    )


@router.get("/embed/panel.js")
async def element(request: Request) -> Response:
    """The script that defines `<paythread-panel>`, for the hosts' pages. It holds nothing of anybody."""
    path = DIST / "assets" / SCRIPT
    if not path.is_file() or not request.app.state.embed_origins:
        raise NotFound("file")
    return FileResponse(
        path,
        media_type="text/javascript",
        headers={
            "Cache-Control": _SCRIPT_CACHE,
            "Cross-Origin-Resource-Policy": "cross-origin",
            "Access-Control-Allow-Origin": "*",
        },
    )
