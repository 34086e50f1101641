"""`/v1/refunds`: the refunds of all payments by where they stand, for whoever decides about them or runs after them."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request

from compliance.journal import Reader
from compliance.principal import Principal
from compliance.roles import Permission
from compliance.routes.gate import allowed, gate_of
from core.errors import InvalidField
from core.ids import is_id
from payments.refund_list import Status, list_refunds

router = APIRouter(tags=["payments"])


@router.get("/v1/refunds")
async def index(
    request: Request,
    status: Status,
    caller: Principal = allowed(Permission.PAYMENTS_READ),
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    cursor: Annotated[str | None, Query(max_length=60)] = None,
) -> dict[str, Any]:
    """Newest first, as of one position of the journal."""
    gate = gate_of(request)
    if cursor is not None and not is_id(cursor, "ref"):
        raise InvalidField("/cursor", "This is no cursor that a list answered with.")
    async with gate.database.snapshot() as session:
        position, _ = await Reader(gate.vault).head(session, caller.merchant)
        found = await list_refunds(session, caller, status=status, before=cursor, limit=limit + 1)
    more = len(found) > limit
    return {
        "data": [each.as_json() for each in found[:limit]],
        "next_cursor": found[limit - 1].order.id if more else None,
        "as_of": position,
    }
