"""What the pay page loads of a merchant's brand, from our own origin: the logo, and the style sheet of its colour."""

from typing import Final

from fastapi import APIRouter, Request, Response

from compliance.colours import Colour, style_sheet
from compliance.routes.gate import client_network, gate_of
from core.errors import NotFound
from links.links import link_by_token
from links.logos import get_logo
from links.pages.page import pay_desk

router = APIRouter(tags=["pay page"])

# The colour is in the name; how it is shaded may change with a version of ours.
_STYLE_CACHE: Final = "public, max-age=86400"
_LOGO_CACHE: Final = "private, max-age=86400"


@router.get("/p/assets/accent-{code}.css", include_in_schema=False)
async def accent(code: str) -> Response:
    """A colour's readable shades as style variables. Nothing is looked up: the name says everything."""
    colour = Colour.of(code)
    if colour is None or len(code) != 6:
        return Response(status_code=404)
    return Response(
        style_sheet(colour), media_type="text/css", headers={"Cache-Control": _STYLE_CACHE}
    )


@router.get("/p/{token}/logo", include_in_schema=False)
async def logo(token: str, request: Request) -> Response:
    """The logo of the link's merchant. The page asks for it with a part of its digest, so a new one is seen at once."""
    desk, gate = pay_desk(request), gate_of(request)
    await gate.throttle.hit("pay_page", client_network(request))
    async with gate.database.snapshot() as session:
        link = await link_by_token(session, desk.tokens.lookup_hash(token))
        found = await get_logo(session, merchant=link.merchant)
    if found is None:
        raise NotFound("logo")
    headers = {
        "Cache-Control": _LOGO_CACHE,
        "ETag": f'"{found.digest[:32]}"',
        "Content-Disposition": "inline",
    }
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    return Response(found.image, media_type=found.media_type, headers=headers)
