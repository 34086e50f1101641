"""`GET /v1/floor` and `GET /v1/incidents`: what a supervisor sees of everybody's work at this moment."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request

from agent_feed.reports.window import window_of
from compliance.journal import Reader
from compliance.principal import Principal
from compliance.roles import Permission
from compliance.routes.gate import allowed, gate_of
from core.clock import rfc3339
from links.floor.floor import floor
from links.floor.incidents import open_incidents

router = APIRouter(tags=["floor"])


@router.get("/v1/floor")
async def show_floor(
    request: Request,
    caller: Principal = allowed(Permission.REPORTS_READ),
    timezone: Annotated[
        str, Query(max_length=64, description="IANA time zone whose day is told of.")
    ] = "UTC",
    *,
    detail: Annotated[
        bool, Query(description="Every open link as well, to count on from by the feed.")
    ] = False,
) -> dict[str, Any]:
    """Open links by step, what needs somebody, and what came of today: in all, and by team, agent and channel.

    The day's numbers are those of the reports for the same day; `seconds_to_paid` is the median from the first message
    sent to the first payment. Counted are the newest 5,000 open links; `more` says that there are others.
    """
    gate = gate_of(request)
    now = gate.clock()
    today = now.astimezone(window_of(None, None, timezone, now=now).zone).date().isoformat()
    window = window_of(today, today, timezone, now=now)
    async with gate.database.snapshot() as session:
        position, _ = await Reader(gate.vault).head(session, caller.merchant)
        answer = await floor(session, gate.vault, caller.merchant, window, detail=detail, now=now)
    return {
        "from": rfc3339(window.since),
        "to": rfc3339(window.until),
        "timezone": window.zone.key,
        **answer,
        "as_of": position,
    }


@router.get("/v1/incidents")
async def incidents(
    request: Request, caller: Principal = allowed(Permission.REPORTS_READ)
) -> dict[str, Any]:
    """What is going wrong now, oldest first: each from the event that told of it, until one tells that it is over."""
    gate = gate_of(request)
    async with gate.database.snapshot() as session:
        reader = Reader(gate.vault)
        position, _ = await reader.head(session, caller.merchant)
        found = await open_incidents(session, reader, caller.merchant)
    return {"data": [each.as_json() for each in found], "as_of": position}
