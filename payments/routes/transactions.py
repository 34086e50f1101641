"""`GET /v1/transactions`: the list that finance exports, as JSON or CSV."""

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import StreamingResponse

from compliance.journal import Reader
from compliance.principal import Principal
from compliance.roles import Permission
from compliance.routes.bodies import Moment
from compliance.routes.csv_answers import csv_lines, wants_csv
from compliance.routes.gate import Gate, allowed, gate_of
from core.errors import InvalidField
from core.ids import is_id
from payments.transactions import COLUMNS, TransactionFilter, list_transactions

router = APIRouter(tags=["transactions"])

_PAGE: Final = 500


@router.get(
    "/v1/transactions",
    response_model=None,
    responses={200: {"content": {"text/csv": {}, "application/json": {}}}},
)
async def index(
    request: Request,
    caller: Principal = allowed(Permission.TRANSACTIONS_READ),
    kind: Literal["charge", "capture", "refund", "dispute"] | None = None,
    currency: Annotated[str | None, Query(pattern=r"^[A-Z]{3}$")] = None,
    payment: Annotated[str | None, Query(max_length=40)] = None,
    account: Annotated[str | None, Query(max_length=40)] = None,
    created_after: Moment | None = None,
    created_before: Moment | None = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    cursor: Annotated[str | None, Query(max_length=60)] = None,
) -> dict[str, Any] | Response:
    """Newest first. Amounts are signed: what came to the merchant is positive, what went negative.

    `Accept: text/csv` answers everything that fits the filters, whatever the limit.
    """
    if cursor is not None and not is_id(cursor, "txn"):
        raise InvalidField("/cursor", "This is no cursor that a list answered with.")
    wanted = TransactionFilter(
        kind=kind,
        currency=currency,
        payment=payment,
        account=account,
        since=created_after,
        until=created_before,
        before=cursor,
        limit=limit + 1,
    )
    gate = gate_of(request)
    if wants_csv(request):
        return StreamingResponse(
            _csv(gate, caller.merchant, wanted),
            media_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": 'attachment; filename="transactions.csv"'},
        )
    async with gate.database.snapshot() as session:
        position, _ = await Reader(gate.vault).head(session, caller.merchant)
        found = await list_transactions(session, caller.merchant, wanted)
    return {
        "data": list(found[:limit]),
        "next_cursor": found[limit - 1]["id"] if len(found) > limit else None,
        "as_of": position,
    }


async def _csv(gate: Gate, merchant: str, wanted: TransactionFilter) -> AsyncIterator[str]:
    """Page by page, so that the longest export takes no more memory than a page."""
    yield csv_lines([COLUMNS])
    before = wanted.before
    while True:
        async with gate.database.snapshot() as session:
            page = replace(wanted, before=before, limit=_PAGE)
            rows = await list_transactions(session, merchant, page)
        yield csv_lines([row[column] for column in COLUMNS] for row in rows)
        if len(rows) < _PAGE:
            return
        before = rows[-1]["id"]
