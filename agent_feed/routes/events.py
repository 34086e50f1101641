"""The journal as the caller may see it: all of it, one link's, one customer's."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request

from agent_feed.access import Sight, own_sight, sight_of_customer, sight_of_link
from agent_feed.listing import read_page, read_types
from agent_feed.routes.house import POSITION_MAX, Cursor, Limit, Types, hub_of
from agent_feed.timeline import read_timeline
from compliance.journal import Reader
from compliance.principal import Principal
from compliance.roles import Permission
from compliance.routes.gate import allowed, gate_of
from core.database import Session
from core.errors import InvalidField, NotFound

router = APIRouter(tags=["events"])

After = Annotated[
    int | None,
    Query(ge=0, le=POSITION_MAX, description="Only events after this position."),
]
Id = Annotated[str | None, Query(min_length=1, max_length=40)]


@router.get("/v1/events")
async def list_events(
    request: Request,
    caller: Principal = allowed(Permission.EVENTS_READ),
    *,
    after: After = None,
    cursor: Cursor = None,
    types: Types = None,
    link: Id = None,
    customer: Id = None,
    limit: Limit = 50,
) -> dict[str, Any]:
    """Events after a position, oldest first. `cursor` is another name for `after`.

    To poll, go on after `next_cursor`, and after `as_of` once that is null. An agent sees their team's work;
    with `link` or `customer`, everything on that link or customer if they may see it.
    """
    if after is not None and cursor is not None:
        raise InvalidField("/cursor", "Send either `after` or `cursor`.")
    kinds = read_types(types)
    reader = hub_of(request).reader
    async with gate_of(request).database.snapshot() as session:
        sight = await _sight(session, reader, caller, link=link, customer=customer)
        concern = sight.concern
        # A customer's own sight names them, and those who are merged into them, already.
        named = link is None and concern is not None and customer in concern.customers
        query = sight.query(
            after=cursor if after is None else after,
            types=kinds,
            link=link,
            customer=None if named else customer,
            limit=limit,
        )
        page = await read_page(session, reader, query)
    return page.as_answer()


@router.get("/v1/links/{link}/events")
async def list_link_events(
    link: str,
    request: Request,
    caller: Principal = allowed(Permission.EVENTS_READ),
    *,
    cursor: Cursor = None,
    types: Types = None,
    limit: Limit = 50,
) -> dict[str, Any]:
    """Everything that happened on one link, oldest first."""
    kinds = read_types(types)
    reader = hub_of(request).reader
    async with gate_of(request).database.snapshot() as session:
        sight = await sight_of_link(session, reader, caller, link)
        if sight is None:
            raise NotFound("link")
        query = sight.query(after=cursor, types=kinds, limit=limit)
        page = await read_page(session, reader, query)
    return page.as_answer()


@router.get("/v1/customers/{customer}/timeline")
async def list_timeline(
    customer: str,
    request: Request,
    caller: Principal = allowed(Permission.EVENTS_READ),
    *,
    cursor: Cursor = None,
    types: Types = None,
    limit: Limit = 50,
) -> dict[str, Any]:
    """The customer's history, newest first: without `types`, all but the single steps within a pay page."""
    kinds = read_types(types)
    async with gate_of(request).database.snapshot() as session:
        page = await read_timeline(
            session,
            hub_of(request).reader,
            caller,
            customer=customer,
            before=cursor,
            types=kinds,
            limit=limit,
        )
    return page.as_answer()


async def _sight(
    session: Session, reader: Reader, caller: Principal, *, link: str | None, customer: str | None
) -> Sight:
    sight = None
    if link is not None:
        sight = await sight_of_link(session, reader, caller, link)
    if sight is None and customer is not None:
        sight = await sight_of_customer(session, reader, caller, customer)
    return sight or own_sight(caller)
