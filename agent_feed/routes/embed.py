"""The embedded panel's way in: a ticket for the host's server, and a session for the frame that shows it."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response
from pydantic import Field

from agent_feed import embed_tickets
from agent_feed.tickets import LENGTH_MAX
from compliance import merchants
from compliance.principal import NotAllowed, Principal
from compliance.roles import Permission
from compliance.routes.bodies import Body
from compliance.routes.gate import allowed, client_address, client_network, gate_of, origin_allowed
from compliance.routes.once import OnceOnly
from compliance.sessions import find_session
from core.clock import rfc3339
from core.database import Session

router = APIRouter(tags=["embedding"])


class VouchBody(Body):
    """Who sits at the desk, as the host's own sign-in knows: a user's id, or the email they sign in with."""

    user: str = Field(min_length=1, max_length=254)


class TicketBody(Body):
    """What the host's page has handed to the frame."""

    ticket: str = Field(min_length=1, max_length=LENGTH_MAX)


@router.post("/v1/embed/tickets", status_code=201)
async def vouch(
    body: VouchBody,
    request: Request,
    once: OnceOnly,
    caller: Principal = allowed(Permission.EMBED_VOUCH),
) -> Response:
    """A ticket that signs one user in to the embedded panel, once within a minute. For servers: it takes an API key."""
    gate = gate_of(request)

    async def act(session: Session) -> tuple[int, Any]:
        ticket = await embed_tickets.issue(session, gate.vault, caller, body.user, now=gate.clock())
        return 201, {"ticket": ticket, "expires_in": int(embed_tickets.LIFE.total_seconds())}

    return await once.run(act)


@router.post("/v1/embed/sessions", status_code=201)
async def enter(body: TicketBody, request: Request) -> dict[str, Any]:
    """Opens the session that a ticket is good for. The token goes into `Authorization: Bearer`; there is no cookie."""
    gate = gate_of(request)
    if "origin" in request.headers and not origin_allowed(request):
        raise NotAllowed("The request came from another site.")
    await gate.throttle.hit("api", client_network(request))
    async with gate.database.transaction() as session:
        opened = await embed_tickets.redeem(
            session,
            gate.vault,
            body.ticket,
            origin=client_address(request),
            now=gate.clock(),
        )
        caller = await find_session(session, gate.vault, opened.token, now=gate.clock())
        merchant = await merchants.get_merchant(session, opened.user.merchant)
    user = opened.user
    return {
        "token": opened.token,
        "expires_at": rfc3339(opened.expires_at),
        "csrf_token": None,
        # The role that holds in the panel, whatever the user's own is.
        "user": {
            "id": user.id,
            "name": user.name,
            "email": user.email,
            "role": "agent",
            "team": user.team,
        },
        "merchant": {
            "id": merchant.id,
            "name": merchant.name,
            "currency": merchant.currency.code,
            "country": merchant.country,
        },
        "permissions": sorted(caller.permissions),
    }
