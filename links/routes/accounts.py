"""`/v1/accounts`: the merchant's accounts at PSPs and message providers, and a try of each."""

from typing import Any

from fastapi import APIRouter, Request

from compliance.journal import Reader
from compliance.principal import Principal
from compliance.roles import Permission
from compliance.routes.gate import allowed, gate_of
from core.clock import rfc3339
from links.accounts import Trials, list_all

router = APIRouter(tags=["settings"])


@router.get("/v1/accounts")
async def index(
    request: Request, caller: Principal = allowed(Permission.SETTINGS_READ)
) -> dict[str, Any]:
    """PSP accounts and channel accounts, without their secrets, each with the address its provider reports to."""
    gate = gate_of(request)
    async with gate.database.snapshot() as session:
        position, _ = await Reader(gate.vault).head(session, caller.merchant)
        found = await list_all(
            session, caller.merchant, base_url=request.app.state.channel_base_url
        )
    return {"data": found, "next_cursor": None, "as_of": position}


@router.post("/v1/accounts/{account_id}/test")
async def try_account(
    account_id: str, request: Request, caller: Principal = allowed(Permission.SETTINGS_WRITE)
) -> dict[str, Any]:
    """Asks the provider with the account's credentials: nothing is sent, and no money moves.

    `ok` says whether it answered as it should, `detail` what to mend if not.
    """
    gate = gate_of(request)
    await gate.throttle.hit("account_test", caller.merchant)
    trials: Trials = request.app.state.account_trials
    found = await trials.run(caller.merchant, account_id)
    return {
        "account": account_id,
        "ok": found.ok,
        "detail": found.detail,
        "tested_at": rfc3339(gate.clock()),
    }
