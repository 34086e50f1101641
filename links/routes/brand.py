"""`/v1/brand`: a merchant's logo and the shades of its colour. The rest of a brand is at `/v1/settings`."""

import asyncio
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from compliance.merchant_settings import read
from compliance.principal import Principal
from compliance.roles import Permission
from compliance.routes.gate import allowed, client_address, gate_of
from core.errors import NotFound
from links.brand import Brand, shades_json
from links.logo_image import remade
from links.logos import LogoFacts, drop_logo, get_logo, logo_facts, save_logo

router = APIRouter(tags=["settings"])

_PICTURE = {"schema": {"type": "string", "format": "binary"}}
_BODY = {
    "requestBody": {
        "required": True,
        "content": dict.fromkeys(("image/png", "image/jpeg", "image/webp"), _PICTURE),
    }
}


@router.get("/v1/brand")
async def show(
    request: Request, caller: Principal = allowed(Permission.SETTINGS_READ)
) -> dict[str, Any]:
    """The logo's size, and the shades that the chosen colour is shown in so that everybody can read it."""
    async with gate_of(request).database.snapshot() as session:
        facts = await logo_facts(session, merchant=caller.merchant)
        brand = await read(session, caller.merchant, Brand)
    return {"logo": _facts_json(facts), "shades": shades_json(brand)}


@router.get("/v1/brand/logo")
async def show_logo(
    request: Request, caller: Principal = allowed(Permission.SETTINGS_READ)
) -> Response:
    """The picture as customers see it."""
    async with gate_of(request).database.snapshot() as session:
        logo = await get_logo(session, merchant=caller.merchant)
    if logo is None:
        raise NotFound("logo")
    return Response(logo.image, media_type=logo.media_type)


@router.put("/v1/brand/logo", openapi_extra=_BODY)
async def put_logo(
    request: Request, caller: Principal = allowed(Permission.SETTINGS_WRITE)
) -> JSONResponse:
    """The body is the picture: PNG, JPEG or WebP, at most 512 KiB and 4096 pixels a side. It is written anew."""
    gate = gate_of(request)
    picture = await asyncio.to_thread(remade, await request.body())
    async with gate.database.transaction() as session:
        facts = await save_logo(
            session,
            merchant=caller.merchant,
            picture=picture,
            actor=caller.actor,
            origin=client_address(request),
            now=gate.clock(),
        )
    return JSONResponse(_facts_json(facts))


@router.delete("/v1/brand/logo", status_code=204)
async def delete_logo(
    request: Request, caller: Principal = allowed(Permission.SETTINGS_WRITE)
) -> Response:
    """Takes the logo away. 404 if there is none."""
    gate = gate_of(request)
    async with gate.database.transaction() as session:
        gone = await drop_logo(
            session,
            merchant=caller.merchant,
            actor=caller.actor,
            origin=client_address(request),
            now=gate.clock(),
        )
    if not gone:
        raise NotFound("logo")
    return Response(status_code=204)


def _facts_json(facts: LogoFacts | None) -> dict[str, Any] | None:
    if facts is None:
        return None
    return {"digest": facts.digest, "width": facts.width, "height": facts.height}
