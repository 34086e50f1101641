"""What was sent to a webhook endpoint, how often, and what came back."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response

from agent_feed.routes.webhook_house import act_of, desk_of
from agent_feed.webhooks.deliveries import get_delivery, list_deliveries
from agent_feed.webhooks.endpoints import get_endpoint
from agent_feed.webhooks.tries import tries_of
from compliance.principal import Principal
from compliance.roles import Permission
from compliance.routes.gate import allowed, gate_of
from compliance.routes.once import OnceOnly
from core.database import Session
from core.errors import InvalidField
from core.ids import is_id

router = APIRouter(tags=["webhook endpoints"])


@router.get("/v1/webhook-endpoints/{endpoint_id}/deliveries")
async def index(
    endpoint_id: str,
    request: Request,
    caller: Principal = allowed(Permission.WEBHOOKS_READ),
    status: Annotated[Literal["pending", "delivered", "failed"] | None, Query()] = None,
    event: Annotated[str | None, Query(max_length=40, description="An event's id.")] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    cursor: Annotated[str | None, Query(max_length=60)] = None,
) -> dict[str, Any]:
    """Deliveries of the last 30 days, newest first.

    `status` is `pending` (with `next_try_at`), `delivered`, or `failed` after three days of tries. `problem` says why
    the last try failed: `status`, `redirected`, `gone`, `timeout`, `connection_failed`, `tls_failed`, `no_http`,
    `name_not_found`, `address_refused` or `url_refused`.
    """
    if cursor is not None and not is_id(cursor, "whd"):
        raise InvalidField("/cursor", "This is no cursor that a list answered with.")
    async with gate_of(request).database.snapshot() as session:
        endpoint = await get_endpoint(session, caller.merchant, endpoint_id)
        position, _ = await desk_of(request).reader.head(session, caller.merchant)
        found = await list_deliveries(
            session, endpoint.id, status=status, event=event, before=cursor, limit=limit + 1
        )
    return {
        "data": [each.as_json() for each in found[:limit]],
        "next_cursor": found[limit - 1].id if len(found) > limit else None,
        "as_of": position,
    }


@router.get("/v1/webhook-endpoints/{endpoint_id}/deliveries/{delivery_id}")
async def show(
    endpoint_id: str,
    delivery_id: str,
    request: Request,
    caller: Principal = allowed(Permission.WEBHOOKS_READ),
) -> dict[str, Any]:
    """One delivery with its `log`: each request as it was sent, without its signature, and the start of its answer.

    Both are null where the customer that they told of was erased.
    """
    async with gate_of(request).database.snapshot() as session:
        endpoint = await get_endpoint(session, caller.merchant, endpoint_id)
        found = await get_delivery(session, endpoint.id, delivery_id)
        tries = await tries_of(session, gate_of(request).vault, found)
    return {**found.as_json(), "log": tries}


@router.post("/v1/webhook-endpoints/{endpoint_id}/deliveries/{delivery_id}/replay", status_code=202)
async def replay(
    endpoint_id: str,
    delivery_id: str,
    request: Request,
    once: OnceOnly,
    caller: Principal = allowed(Permission.WEBHOOKS_WRITE),
) -> Response:
    """Sends one event again at once: a new delivery of the same bytes under the same `webhook-id`."""

    async def act(session: Session) -> tuple[int, Any]:
        found = await desk_of(request).replay_one(
            session, caller, endpoint_id, delivery_id, act=act_of(request, caller)
        )
        return 202, found.as_json()

    return await once.run(act)
