"""`/v1/reports/…`: what a stretch of the journal adds up to, as JSON or as CSV of exactly the same."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response

from agent_feed.reports import agents, channels, funnel, payments, satisfaction
from agent_feed.reports.chosen import Chosen
from agent_feed.reports.table import Table
from agent_feed.reports.window import Window, window_of
from agent_feed.routes.house import hub_of
from compliance.principal import Principal
from compliance.roles import Permission
from compliance.routes.csv_answers import csv_lines, wants_csv
from compliance.routes.gate import allowed, gate_of
from compliance.users import names_of
from core.clock import rfc3339
from core.database import Session

router = APIRouter(tags=["reports"])

From = Annotated[
    str | None,
    Query(alias="from", max_length=40, description="A date, included, or a moment (RFC 3339)."),
]
To = Annotated[
    str | None,
    Query(max_length=40, description="A date, included, or a moment, which is not."),
]
Zone = Annotated[
    str,
    Query(max_length=64, description="IANA time zone in which days begin and end."),
]
_ANSWERS: Mapping[int | str, dict[str, Any]] = {
    200: {"content": {"application/json": {}, "text/csv": {}}}
}


def _asked(request: Request, since: From = None, to: To = None, timezone: Zone = "UTC") -> Window:
    return window_of(since, to, timezone, now=gate_of(request).clock())


One = Annotated[
    str | None,
    Query(max_length=80, description="Only what is of this one; empty: of an unknown one."),
]


def _chosen(agent: One = None, channel: One = None) -> Chosen:
    return Chosen(agent=agent, channel=channel)


def _chosen_of_links(
    agent: One = None,
    channel: One = None,
    device: One = None,
    language: One = None,
    psp: One = None,
) -> Chosen:
    return Chosen(agent=agent, channel=channel, device=device, language=language, psp=psp)


Asked: Any = Depends(_asked)
Part: Any = Depends(_chosen)
PartOfLinks: Any = Depends(_chosen_of_links)
_Reading = Callable[[Session, str, Window], Awaitable[Table]]
_Comments = Callable[[Session, str, Window], Awaitable[list[dict[str, Any]]]]


@router.get("/v1/reports/funnel", response_model=None, responses={**_ANSWERS})
async def report_funnel(
    request: Request,
    caller: Principal = allowed(Permission.REPORTS_READ),
    *,
    window: Window = Asked,
    chosen: Chosen = PartOfLinks,
    group_by: funnel.Grouping = "none",
) -> dict[str, Any] | Response:
    """Of the links made in this time, how many came how far, and how long each step took."""

    async def read(session: Session, merchant: str, window: Window) -> Table:
        return await funnel.funnel(session, merchant, window, group_by, chosen)

    named = "group" if group_by == "agent" else None
    return await _answer(request, caller, "funnel", window, read, named)


@router.get("/v1/reports/channels", response_model=None, responses={**_ANSWERS})
async def report_channels(
    request: Request,
    caller: Principal = allowed(Permission.REPORTS_READ),
    *,
    window: Window = Asked,
    chosen: Chosen = Part,
) -> dict[str, Any] | Response:
    """By channel: what became of the messages and links that went by it, what they cost, and how soon customers were
    answered. Costs are millionths of the currency's unit.
    """

    async def read(session: Session, merchant: str, window: Window) -> Table:
        return await channels.channels(session, merchant, window, chosen)

    return await _answer(request, caller, "channels", window, read)


@router.get("/v1/reports/agents", response_model=None, responses={**_ANSWERS})
async def report_agents(
    request: Request,
    caller: Principal = allowed(Permission.REPORTS_READ),
    *,
    window: Window = Asked,
    chosen: Chosen = Part,
) -> dict[str, Any] | Response:
    """By agent: links, what was paid of them and how soon, declines, answers. `names` says what each id is called."""

    async def read(session: Session, merchant: str, window: Window) -> Table:
        return await agents.agents(session, merchant, window, chosen)

    return await _answer(request, caller, "agents", window, read, "agent")


@router.get("/v1/reports/payments", response_model=None, responses={**_ANSWERS})
async def report_payments(
    request: Request,
    caller: Principal = allowed(Permission.REPORTS_READ),
    *,
    window: Window = Asked,
    chosen: Chosen = Part,
    group_by: payments.Grouping = "day",
) -> dict[str, Any] | Response:
    """Tries, payments, declines and refunds. Amounts are minor units, in a column for each currency."""

    async def read(session: Session, merchant: str, window: Window) -> Table:
        return await payments.payments(session, merchant, window, group_by, chosen)

    named = "group" if group_by == "agent" else None
    return await _answer(request, caller, "payments", window, read, named)


@router.get("/v1/reports/satisfaction", response_model=None, responses={**_ANSWERS})
async def report_satisfaction(
    request: Request,
    caller: Principal = allowed(Permission.REPORTS_READ),
    *,
    window: Window = Asked,
    chosen: Chosen = Part,
    group_by: satisfaction.Grouping = "day",
) -> dict[str, Any] | Response:
    """What customers answered to the question after paying, and the newest of their comments (in JSON alone)."""

    async def read(session: Session, merchant: str, window: Window) -> Table:
        return await satisfaction.satisfaction(session, merchant, window, group_by, chosen)

    async def comments(session: Session, merchant: str, window: Window) -> list[dict[str, Any]]:
        reader = hub_of(request).reader
        return await satisfaction.comments(session, reader, merchant, window, chosen)

    named = "group" if group_by == "agent" else None
    return await _answer(request, caller, "satisfaction", window, read, named, comments)


async def _answer(
    request: Request,
    caller: Principal,
    report: str,
    window: Window,
    read: _Reading,
    named: str | None = None,
    comments: _Comments | None = None,
) -> dict[str, Any] | Response:
    """One reading, in whichever form. `named` is the column that holds users' ids."""
    gate = gate_of(request)
    async with gate.database.snapshot() as session:
        position, _ = await hub_of(request).reader.head(session, caller.merchant)
        table = await read(session, caller.merchant, window)
        ids = {str(row[named]) for row in table.rows if row[named]} if named else set()
        is_csv = wants_csv(request)
        said = await comments(session, caller.merchant, window) if comments and not is_csv else None
        ids |= {str(one["agent"]) for one in said or () if one["agent"]}
        names = await names_of(session, gate.vault, caller.merchant, ids) if ids else {}
    if is_csv:
        return Response(
            csv_lines(table.lines()),
            media_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{report}.csv"'},
        )
    answer: dict[str, Any] = {
        "report": report,
        "from": rfc3339(window.since),
        "to": rfc3339(window.until),
        "timezone": window.zone.key,
        **table.as_json(),
        "as_of": position,
    }
    if said is not None:
        answer["comments"] = said
    return {**answer, "names": dict(names)} if named or said else answer
