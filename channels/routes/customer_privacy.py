"""`/v1/customers/{id}/export` and `/erase`: what we hold of a person, told and destroyed."""

from typing import Any

from fastapi import APIRouter, Request, Response

from channels.customer_erasing import erase_customer
from channels.customer_export import export_customer
from channels.customer_records import CustomerRecords
from channels.customer_showing import show_one
from compliance.journal import Event, record
from compliance.principal import Principal
from compliance.roles import Permission
from compliance.routes.gate import allowed, gate_of
from compliance.routes.once import OnceOnly
from core.clock import rfc3339
from core.database import Session

router = APIRouter(tags=["customers"])


@router.get("/v1/customers/{customer_id}/export")
async def export(
    customer_id: str, request: Request, caller: Principal = allowed(Permission.CUSTOMERS_ERASE)
) -> dict[str, Any]:
    """Everything that is kept of the customer and all merged into them, with the words of every message.

    For supervisors, admins and software. The answer is not stored; that it was asked for is recorded
    as `export.created`.
    """
    gate = gate_of(request)
    async with gate.database.snapshot() as session:
        found = await export_customer(
            session,
            gate.vault,
            principal=caller,
            customer_id=customer_id,
            others=_records(request),
        )
    now = gate.clock()
    async with gate.database.transaction() as session:
        record(
            session,
            Event(
                type="export.created",
                merchant=caller.merchant,
                occurred_at=now,
                actor=caller.actor,
                customer=customer_id,
                agent=caller.agent,
                data={"of": "customer"},
            ),
        )
    return {"exported_at": rfc3339(now), **found}


@router.post("/v1/customers/{customer_id}/erase")
async def erase(
    customer_id: str,
    request: Request,
    once: OnceOnly,
    caller: Principal = allowed(Permission.CUSTOMERS_ERASE),
) -> Response:
    """Destroys what is known of the customer and all merged into them, for good, and answers the empty record.

    For supervisors, admins and software. Open links are cancelled and queued messages stopped; amounts stay in the
    ledger and bare facts in the journal, whose chain still verifies. 409 `attempt_live` while the customer is paying,
    `customer_merged` for one who was merged away: erase whom they were merged into, or unmerge them first.
    """
    gate = gate_of(request)

    async def act(session: Session) -> tuple[int, Any]:
        erased = await erase_customer(
            session,
            gate.vault,
            principal=caller,
            customer_id=customer_id,
            others=_records(request),
            now=gate.clock(),
        )
        return 200, await show_one(session, erased)

    return await once.run(act)


def _records(request: Request) -> CustomerRecords | None:
    """What other rooms keep of customers."""
    found: CustomerRecords | None = getattr(request.app.state, "customer_records", None)
    return found
