"""`/v1/webhook-endpoints`: where a merchant's software is told of events by webhook."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from agent_feed.routes.house import POSITION_MAX
from agent_feed.routes.webhook_house import act_of, desk_of
from agent_feed.webhooks.endpoints import get_endpoint, list_endpoints
from agent_feed.webhooks.patterns import PATTERN_LENGTH_MAX, PATTERNS_MAX
from compliance.principal import Principal
from compliance.roles import Permission
from compliance.routes.bodies import Body
from compliance.routes.gate import allowed, gate_of
from compliance.routes.once import OnceOnly
from core.database import Session
from core.errors import InvalidField
from core.ids import is_id
from core.outbound.destinations import URL_LENGTH_MAX

router = APIRouter(tags=["webhook endpoints"])

_Url = Annotated[
    str,
    Field(
        min_length=1,
        max_length=URL_LENGTH_MAX,
        description="https, port 443 or 8443, on the public internet, without user name or password.",
    ),
]
_Events = Annotated[
    list[Annotated[str, Field(max_length=PATTERN_LENGTH_MAX)]],
    Field(
        min_length=1,
        max_length=PATTERNS_MAX,
        description=(
            "Event types, families as in `link.*`, or `*` for all about customers and their money. What is about"
            " people and the system (`session.failed`, `settings.*`) is only sent when asked for by type or family."
        ),
    ),
]


class EndpointBody(Body):
    """A new endpoint."""

    url: _Url
    events: _Events


class ChangeBody(Body):
    """What is to be different. `enabled` after a switch-off sends at once what waited meanwhile."""

    url: _Url | None = None
    events: _Events | None = None
    status: Literal["enabled", "disabled"] | None = None


class ReplayBody(Body):
    """Everything after this position of the journal, as `/v1/events` shows it."""

    after: Annotated[int, Field(ge=0, le=POSITION_MAX)]


@router.post("/v1/webhook-endpoints", status_code=201)
async def create(
    body: EndpointBody,
    request: Request,
    once: OnceOnly,
    caller: Principal = allowed(Permission.WEBHOOKS_WRITE),
) -> Response:
    """An endpoint that gets what happens from now on. `secret` (`whsec_…`) is shown here and never again.

    Each event is a POST of `{"type", "timestamp", "data": event}` signed by Standard Webhooks 1.0. Any 2xx within 15
    seconds says that it has arrived; else it comes again, ever more slowly, for at least three days. Events may come
    out of order, and now and then twice: tell them apart by `webhook-id`.
    """

    async def act(session: Session) -> tuple[int, Any]:
        endpoint, secret = await desk_of(request).create(
            session, caller, url=body.url, events=body.events, act=act_of(request, caller)
        )
        return 201, {**endpoint.as_json(), "secret": secret}

    return await once.run(act)


@router.get("/v1/webhook-endpoints")
async def index(
    request: Request,
    caller: Principal = allowed(Permission.WEBHOOKS_READ),
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    cursor: Annotated[str | None, Query(max_length=60)] = None,
) -> dict[str, Any]:
    """Every endpoint, oldest first.

    `status` is `enabled` or `disabled`, with `disabled_reason`: `by_hand`, `failing` (nothing arrived for three days)
    or `gone` (it answered 410). `position` is how far the journal has been put in line for it.
    """
    if cursor is not None and not is_id(cursor, "whe"):
        raise InvalidField("/cursor", "This is no cursor that a list answered with.")
    async with gate_of(request).database.snapshot() as session:
        position, _ = await desk_of(request).reader.head(session, caller.merchant)
        found = await list_endpoints(session, caller.merchant, after=cursor, limit=limit + 1)
    return {
        "data": [each.as_json() for each in found[:limit]],
        "next_cursor": found[limit - 1].id if len(found) > limit else None,
        "as_of": position,
    }


@router.get("/v1/webhook-endpoints/{endpoint_id}")
async def show(
    endpoint_id: str,
    request: Request,
    caller: Principal = allowed(Permission.WEBHOOKS_READ),
) -> dict[str, Any]:
    """One endpoint, without its secret."""
    async with gate_of(request).database.snapshot() as session:
        return (await get_endpoint(session, caller.merchant, endpoint_id)).as_json()


@router.patch("/v1/webhook-endpoints/{endpoint_id}")
async def change(
    endpoint_id: str,
    body: ChangeBody,
    request: Request,
    caller: Principal = allowed(Permission.WEBHOOKS_WRITE),
) -> dict[str, Any]:
    """Another URL, other events, on or off. Switched on again, it goes on where it stopped."""
    async with gate_of(request).database.transaction() as session:
        endpoint = await desk_of(request).change(
            session,
            caller,
            endpoint_id,
            url=body.url,
            events=body.events,
            status=body.status,
            act=act_of(request, caller),
        )
    return endpoint.as_json()


@router.delete("/v1/webhook-endpoints/{endpoint_id}", status_code=204)
async def delete(
    endpoint_id: str,
    request: Request,
    caller: Principal = allowed(Permission.WEBHOOKS_WRITE),
) -> Response:
    """Nothing more is sent to it, and what was sent is forgotten."""
    async with gate_of(request).database.transaction() as session:
        await desk_of(request).delete(session, caller, endpoint_id, act=act_of(request, caller))
    return Response(status_code=204)


@router.post("/v1/webhook-endpoints/{endpoint_id}/rotate-secret")
async def rotate_secret(
    endpoint_id: str,
    request: Request,
    once: OnceOnly,
    caller: Principal = allowed(Permission.WEBHOOKS_WRITE),
) -> Response:
    """A new `secret`, shown once. For 24 hours `webhook-signature` has a signature by each, so that none is refused."""

    async def act(session: Session) -> tuple[int, Any]:
        endpoint, secret = await desk_of(request).rotate(
            session, caller, endpoint_id, act=act_of(request, caller)
        )
        return 200, {**endpoint.as_json(), "secret": secret}

    return await once.run(act)


@router.post("/v1/webhook-endpoints/{endpoint_id}/replay", status_code=202)
async def replay(
    endpoint_id: str,
    body: ReplayBody,
    request: Request,
    once: OnceOnly,
    caller: Principal = allowed(Permission.WEBHOOKS_WRITE),
) -> Response:
    """Sends again every event after a position that the endpoint asks for, beside those that happen meanwhile.

    Each comes under the `webhook-id` that it had before. 409 while the endpoint is switched off, or a replay under way.
    """

    async def act(session: Session) -> tuple[int, Any]:
        endpoint = await desk_of(request).replay(
            session, caller, endpoint_id, after=body.after, act=act_of(request, caller)
        )
        return 202, endpoint.as_json()

    return await once.run(act)
