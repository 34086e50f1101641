"""`GET /v1/reconciliations`: how our transactions compare with each PSP's own books, day by day."""

import re
from datetime import date
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Request
from pydantic import BeforeValidator

from compliance.journal import Reader
from compliance.principal import Principal
from compliance.roles import Permission
from compliance.routes.gate import allowed, gate_of
from core.errors import InvalidField
from core.ids import is_id
from payments.reconciliations import (
    ReconciliationFilter,
    get_reconciliation,
    list_reconciliations,
)

router = APIRouter(tags=["reconciliations"])

_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


def _date(value: Any) -> Any:
    """A number would be read as seconds since 1970."""
    if not isinstance(value, str) or _DATE.fullmatch(value) is None:
        raise ValueError("must be a date like 2026-11-22")
    return value


_Date = Annotated[date, BeforeValidator(_date)]


@router.get("/v1/reconciliations")
async def index(
    request: Request,
    caller: Principal = allowed(Permission.TRANSACTIONS_READ),
    account: Annotated[str | None, Query(max_length=40)] = None,
    day_from: _Date | None = None,
    day_to: _Date | None = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    cursor: Annotated[str | None, Query(max_length=60)] = None,
) -> dict[str, Any]:
    """The newest day first, without the differences by name. Days are in UTC; `day_from` and `day_to` are included.

    `status` is `matched`, `differs`, or `unavailable` while the PSP's books could not be read.
    """
    if cursor is not None and not is_id(cursor, "rec"):
        raise InvalidField("/cursor", "This is no cursor that a list answered with.")
    wanted = ReconciliationFilter(
        account=account, day_from=day_from, day_to=day_to, before=cursor, limit=limit + 1
    )
    gate = gate_of(request)
    async with gate.database.snapshot() as session:
        position, _ = await Reader(gate.vault).head(session, caller.merchant)
        found = await list_reconciliations(session, caller.merchant, wanted)
    return {
        "data": [each.as_json() for each in found[:limit]],
        "next_cursor": found[limit - 1].id if len(found) > limit else None,
        "as_of": position,
    }


@router.get("/v1/reconciliations/{reconciliation_id}")
async def show(
    reconciliation_id: str,
    request: Request,
    caller: Principal = allowed(Permission.TRANSACTIONS_READ),
) -> dict[str, Any]:
    """One account's day with its differences: the first hundred by name, the rest counted.

    `difference` is `missing_here` (the PSP moved money that we do not know), `missing_at_psp` (we booked what the PSP's
    books lack), `amount_differs` or `currency_differs`. Amounts are signed, and null where a side has nothing.
    """
    async with gate_of(request).database.snapshot() as session:
        found = await get_reconciliation(session, caller.merchant, reconciliation_id)
    return found.whole_json()
