"""`/v1/links/{id}/assign` and `/whispers`: stepping in while somebody else is on the phone."""

from typing import Annotated, Any, ClassVar

from fastapi import APIRouter, Request, Response
from pydantic import Field

from compliance.principal import Principal
from compliance.roles import Permission
from compliance.routes.bodies import Body, Text
from compliance.routes.gate import allowed, gate_of
from compliance.routes.once import OnceOnly
from core.database import Session
from links.assigning import assign, check_agent
from links.links import get_link
from links.routes.links import LinkDesk
from links.whispering import WORDS_MAX, whisper

router = APIRouter(tags=["links"])


class AssignBody(Body):
    """Whose work the link is from now on: a user's id, or `me`."""

    agent: Annotated[str, Field(min_length=1, max_length=40)]


class WhisperBody(Body):
    """What the agent should know, masked like whatever people type to each other."""

    masks: ClassVar[bool] = True
    text: Annotated[Text, Field(max_length=WORDS_MAX)]


@router.post("/v1/links/{link_id}/assign")
async def assign_link(
    link_id: str,
    body: AssignBody,
    request: Request,
    once: OnceOnly,
    caller: Principal = allowed(Permission.LINKS_WRITE),
) -> Response:
    """Takes the link over, or gives it to a colleague. Agents do so within their team, supervisors with any link."""
    gate = gate_of(request)
    desk: LinkDesk = request.app.state.link_desk
    agent = caller.id if body.agent == "me" else body.agent

    async def act(session: Session) -> tuple[int, Any]:
        link = await get_link(session, caller, link_id)
        await check_agent(session, gate.vault, caller, agent)
        link = await assign(session, caller, link, agent, now=gate.clock())
        return 200, await desk.showing.one(session, link)

    return await once.run(act)


@router.post("/v1/links/{link_id}/whispers", status_code=201)
async def whisper_on_link(
    link_id: str,
    body: WhisperBody,
    request: Request,
    once: OnceOnly,
    caller: Principal = allowed(Permission.LINKS_WRITE),
) -> Response:
    """A word to the agent on this link, live. Seen by that agent and by supervisors; never by the customer."""
    caller.require(Permission.MERCHANT_WIDE)
    gate = gate_of(request)

    async def act(session: Session) -> tuple[int, Any]:
        link = await get_link(session, caller, link_id)
        return 201, whisper(session, caller, link, body.text, now=gate.clock())

    return await once.run(act)
