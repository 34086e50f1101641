"""`/v1/guidance`: what agents say in each situation. Supervisors and admins write it, agents read it."""

from typing import Annotated, Any

from fastapi import APIRouter, Request, Response
from pydantic import Field

from agent_feed.guidance import TEXT_LENGTH_MAX, all_scripts, script_for, set_script
from compliance.principal import Principal
from compliance.roles import Permission
from compliance.routes.bodies import Body, Text
from compliance.routes.gate import allowed, gate_of

router = APIRouter(tags=["guidance"])


class ScriptBody(Body):
    """The merchant's own words."""

    text: Annotated[Text, Field(max_length=TEXT_LENGTH_MAX)]


@router.get("/v1/guidance")
async def index(
    request: Request, caller: Principal = allowed(Permission.LINKS_READ)
) -> dict[str, Any]:
    """Every situation, with the merchant's own words; null where the console's hold."""
    async with gate_of(request).database.snapshot() as session:
        return {"data": await all_scripts(session, caller.merchant)}


@router.get("/v1/guidance/{situation}")
async def show(
    situation: str, request: Request, caller: Principal = allowed(Permission.LINKS_READ)
) -> dict[str, Any]:
    """One of them."""
    async with gate_of(request).database.snapshot() as session:
        return await script_for(session, caller.merchant, situation)


@router.put("/v1/guidance/{situation}")
async def put(
    situation: str,
    body: ScriptBody,
    request: Request,
    caller: Principal = allowed(Permission.GUIDANCE_WRITE),
) -> dict[str, Any]:
    """These words from now on. The same ones again change nothing."""
    gate = gate_of(request)
    async with gate.database.transaction() as session:
        return await set_script(session, caller, situation, body.text, now=gate.clock())


@router.delete("/v1/guidance/{situation}", status_code=204)
async def remove(
    situation: str, request: Request, caller: Principal = allowed(Permission.GUIDANCE_WRITE)
) -> Response:
    """The console's own words again."""
    gate = gate_of(request)
    async with gate.database.transaction() as session:
        await set_script(session, caller, situation, None, now=gate.clock())
    return Response(status_code=204)
