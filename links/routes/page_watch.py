"""The pay page watched: `/v1/page-scripts`, `/v1/page-reports` and `/v1/page-baselines`."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from compliance.journal import Reader
from compliance.principal import Principal
from compliance.roles import Permission
from compliance.routes.bodies import Body
from compliance.routes.gate import allowed, client_address, gate_of
from compliance.routes.once import OnceOnly
from core.clock import rfc3339
from core.database import Session
from core.errors import InvalidField
from core.ids import is_id
from links.watch import checks
from links.watch.canary import page_of_account
from links.watch.expecting import expected
from links.watch.inventory import page_json
from links.watch.monitor import Monitor
from links.watch.reports import list_reports
from payments.accounts import list_accounts

router = APIRouter(tags=["pay page"])


class BaselineBody(Body):
    """What is accepted: the account's page exactly as `seen` names it in `GET /v1/page-scripts`."""

    account: Annotated[str, Field(pattern=r"^gwa_[0-9a-z]{26}$")]
    seen: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


def _monitor(request: Request) -> Monitor:
    monitor: Monitor = request.app.state.page_monitor
    return monitor


@router.get("/v1/page-scripts")
async def scripts(
    request: Request, caller: Principal = allowed(Permission.SETTINGS_READ)
) -> dict[str, Any]:
    """The inventory of scripts (PCI DSS 6.4.3) and the last look at each page (11.6.1), an entry an account.

    `check` is null until the page was looked at. Its `state` is `unchecked`, `as_expected`, `accepted` or `changed`,
    its `differences` what a customer gets otherwise than our own code sends it.
    """
    gate = gate_of(request)
    async with gate.database.snapshot() as session:
        position, _ = await Reader(gate.vault).head(session, caller.merchant)
        accounts = [each for each in await list_accounts(session, caller.merchant) if each.active]
        known = {
            each.account: each.as_json()
            for each in await checks.list_checks(session, caller.merchant)
        }
    return {
        "data": [
            {**await _page_json(request, account.id), "check": known.get(account.id)}
            for account in accounts
        ],
        "made_at": rfc3339(gate.clock()),
        "next_cursor": None,
        "as_of": position,
    }


async def _page_json(request: Request, account: str) -> dict[str, Any]:
    gate, monitor = gate_of(request), _monitor(request)
    watched = await page_of_account(gate.database, monitor.desk, account)
    return page_json(watched, expected(watched, monitor.front_headers, now=gate.clock()))


@router.get("/v1/page-reports")
async def reports(
    request: Request,
    caller: Principal = allowed(Permission.SETTINGS_READ),
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    cursor: Annotated[str | None, Query(max_length=60)] = None,
) -> dict[str, Any]:
    """What browsers say they stopped on this merchant's pages, by directive and origin, the newest kind first."""
    if cursor is not None and not is_id(cursor, "pgr"):
        raise InvalidField("/cursor", "This is no cursor that a list answered with.")
    gate = gate_of(request)
    async with gate.database.snapshot() as session:
        position, _ = await Reader(gate.vault).head(session, caller.merchant)
        found = await list_reports(session, caller.merchant, before=cursor, limit=limit + 1)
    data = [each.as_json() for each in found[:limit]]
    return {
        "data": data,
        "next_cursor": data[-1]["id"] if len(found) > limit else None,
        "as_of": position,
    }


@router.post("/v1/page-baselines", status_code=201)
async def accept(
    body: BaselineBody,
    request: Request,
    once: OnceOnly,
    caller: Principal = allowed(Permission.PAGE_ACCEPT),
) -> Response:
    """An admin says that what differs now is meant. 409 when the page was seen otherwise meanwhile."""
    gate = gate_of(request)

    async def act(session: Session) -> tuple[int, Any]:
        check = await checks.accept(
            session,
            caller,
            body.account,
            seen=body.seen,
            origin=client_address(request),
            now=gate.clock(),
        )
        return 201, check.as_json()

    return await once.run(act)
