"""`/v1/retention`: how long each kind of data is kept, what is past its rule, and what the last run deleted."""

from typing import Any

from fastapi import APIRouter, Request

from compliance.principal import Principal
from compliance.retention import Retention, last_report, look_at
from compliance.roles import Permission
from compliance.routes.gate import allowed, gate_of

router = APIRouter(tags=["settings"])


@router.get("/v1/retention")
async def show(
    request: Request, caller: Principal = allowed(Permission.SETTINGS_READ)
) -> dict[str, Any]:
    """The rules with what is past them now, which the next run deletes, and the report of the last run."""
    gate = gate_of(request)
    retention: Retention = request.app.state.retention
    async with gate.database.snapshot() as session:
        return {
            "kinds": await look_at(session, retention.kinds, caller.merchant, now=gate.clock()),
            "last_run": await last_report(session, caller.merchant),
        }
