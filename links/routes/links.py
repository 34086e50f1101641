"""`/v1/links`: make, list, show, amend, send, cancel, and the QR code."""

from dataclasses import dataclass
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response

from channels.customer_search import search
from channels.messages import message_json
from compliance.journal import Reader
from compliance.merchants import get_merchant
from compliance.principal import Principal
from compliance.roles import Permission
from compliance.routes.bodies import Moment
from compliance.routes.gate import allowed, gate_of
from compliance.routes.once import OnceOnly
from core.database import Session
from core.errors import InvalidField
from core.ids import is_id
from links import qr
from links.approving import Approving
from links.assigning import check_agent
from links.finding import Filter, list_links
from links.lifecycle import Lifecycle
from links.links import get_link
from links.routes.bodies import AmendBody, LinkBody, RejectBody, SendBody
from links.showing import Showing
from links.states import LinkState
from payments.offers import payments_of_offer
from payments.payments import get_payment

router = APIRouter(tags=["links"])


@dataclass(frozen=True, slots=True)
class LinkDesk:
    """What this door hands its requests to."""

    lifecycle: Lifecycle
    showing: Showing
    reader: Reader

    @property
    def approving(self) -> Approving:
        return Approving(self.reader, self.lifecycle)


def _desk(request: Request) -> LinkDesk:
    desk: LinkDesk = request.app.state.link_desk
    return desk


@router.post("/v1/links", status_code=201)
async def create(
    body: LinkBody,
    request: Request,
    once: OnceOnly,
    caller: Principal = allowed(Permission.LINKS_WRITE),
) -> Response:
    """A new link, with its payment, sent over the channels asked for."""
    desk, gate = _desk(request), gate_of(request)

    async def act(session: Session) -> tuple[int, Any]:
        if body.agent is not None:
            await check_agent(session, gate.vault, caller, body.agent)
        made = await desk.lifecycle.create(session, caller, body.draft(), now=gate.clock())
        shown = desk.showing.made(session, made.link, made.payment, sent=made.sent)
        return 201, await shown

    return await once.run(act, required=True)


@router.get("/v1/links")
async def index(
    request: Request,
    caller: Principal = allowed(Permission.LINKS_READ),
    status: LinkState | None = None,
    approval: Literal["waiting", "approved", "rejected"] | None = None,
    agent: Annotated[str | None, Query(max_length=40)] = None,
    customer: Annotated[str | None, Query(max_length=40)] = None,
    reference: Annotated[str | None, Query(max_length=80)] = None,
    q: Annotated[str | None, Query(min_length=1, max_length=100)] = None,
    created_after: Moment | None = None,
    created_before: Moment | None = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    cursor: Annotated[str | None, Query(max_length=60)] = None,
) -> dict[str, Any]:
    """Newest first, as of one position of the journal."""
    desk, gate = _desk(request), gate_of(request)
    if cursor is not None and not is_id(cursor, "lnk"):
        raise InvalidField("/cursor", "This is no cursor that a list answered with.")
    async with gate.database.snapshot() as session:
        position, _ = await desk.reader.head(session, caller.merchant)
        wanted = Filter(
            status=status.value if status else None,
            approval=approval,
            agent=caller.id if agent == "me" else agent,
            customer=customer,
            customers=await _customers(session, request, caller, q),
            reference=reference,
            q=q,
            created_after=created_after,
            created_before=created_before,
            before=cursor,
            limit=limit + 1,
        )
        found = await list_links(session, caller, wanted)
        data = await desk.showing.many(session, found[:limit])
    more = len(found) > limit
    return {
        "data": data,
        "next_cursor": found[limit - 1].id if more else None,
        "as_of": position,
    }


@router.get("/v1/links/{link_id}")
async def show(
    link_id: str, request: Request, caller: Principal = allowed(Permission.LINKS_READ)
) -> dict[str, Any]:
    """One link, as of one position of the journal."""
    desk, gate = _desk(request), gate_of(request)
    async with gate.database.snapshot() as session:
        position, _ = await desk.reader.head(session, caller.merchant)
        link = await get_link(session, caller, link_id)
        return {**await desk.showing.one(session, link), "as_of": position}


@router.patch("/v1/links/{link_id}")
async def amend(
    link_id: str,
    body: AmendBody,
    request: Request,
    caller: Principal = allowed(Permission.LINKS_WRITE),
) -> dict[str, Any]:
    """Another amount, description or expiry; 409 while the customer is paying."""
    desk, gate = _desk(request), gate_of(request)
    async with gate.database.transaction() as session:
        link = await get_link(session, caller, link_id)
        link = await desk.lifecycle.amend(session, caller, link, body.amendment(), now=gate.clock())
        return await desk.showing.one(session, link)


@router.post("/v1/links/{link_id}/messages", status_code=202)
async def send(
    link_id: str,
    body: SendBody,
    request: Request,
    once: OnceOnly,
    caller: Principal = allowed(Permission.LINKS_WRITE),
) -> Response:
    """Sends the link (again): same link, same payment."""
    desk, gate = _desk(request), gate_of(request)

    async def act(session: Session) -> tuple[int, Any]:
        link = await get_link(session, caller, link_id)
        message = await desk.lifecycle.send(session, caller, link, body.send(), now=gate.clock())
        return 202, message_json(message)

    return await once.run(act, required=True)


@router.post("/v1/links/{link_id}/cancel")
async def cancel(
    link_id: str,
    request: Request,
    once: OnceOnly,
    caller: Principal = allowed(Permission.LINKS_WRITE),
) -> Response:
    """Calls the debt off; 409 while the customer is paying."""
    desk, gate = _desk(request), gate_of(request)

    async def act(session: Session) -> tuple[int, Any]:
        link = await get_link(session, caller, link_id)
        link = await desk.lifecycle.cancel(session, caller, link, now=gate.clock())
        return 200, await desk.showing.one(session, link)

    return await once.run(act)


@router.post("/v1/links/{link_id}/approve")
async def approve(
    link_id: str,
    request: Request,
    once: OnceOnly,
    caller: Principal = allowed(Permission.LINKS_WRITE),
) -> Response:
    """A second person agrees to a big link: it can be paid, and its messages are sent."""
    desk, gate = _desk(request), gate_of(request)

    async def act(session: Session) -> tuple[int, Any]:
        link = await get_link(session, caller, link_id)
        link = await desk.approving.approve(session, caller, link, now=gate.clock())
        return 200, await desk.showing.one(session, link)

    return await once.run(act, required=True)


@router.post("/v1/links/{link_id}/reject")
async def reject(
    link_id: str,
    request: Request,
    once: OnceOnly,
    body: RejectBody | None = None,
    caller: Principal = allowed(Permission.LINKS_WRITE),
) -> Response:
    """A second person does not agree to a big link: it is cancelled."""
    desk, gate = _desk(request), gate_of(request)

    async def act(session: Session) -> tuple[int, Any]:
        link = await get_link(session, caller, link_id)
        note = body.note if body else None
        link = await desk.approving.reject(session, caller, link, note=note, now=gate.clock())
        return 200, await desk.showing.one(session, link)

    return await once.run(act)


@router.get("/v1/links/{link_id}/payments")
async def link_payments(
    link_id: str,
    request: Request,
    caller: Principal = allowed(Permission.LINKS_READ),
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    cursor: Annotated[str | None, Query(max_length=60)] = None,
) -> dict[str, Any]:
    """The payments made with a link, newest first: its own, or on a multi-use link one of each who took it up."""
    desk, gate = _desk(request), gate_of(request)
    if cursor is not None and not is_id(cursor, "pay"):
        raise InvalidField("/cursor", "This is no cursor that a list answered with.")
    async with gate.database.snapshot() as session:
        position, _ = await desk.reader.head(session, caller.merchant)
        link = await get_link(session, caller, link_id)
        if link.multi:
            found = await payments_of_offer(session, link.id, before=cursor, limit=limit + 1)
        else:
            found = [] if cursor is not None else [await get_payment(session, link.payment)]
    more = len(found) > limit
    return {
        "data": [payment.as_json() for payment in found[:limit]],
        "next_cursor": found[limit - 1].id if more else None,
        "as_of": position,
    }


@router.get("/v1/links/{link_id}/qr.svg")
async def qr_svg(
    link_id: str, request: Request, caller: Principal = allowed(Permission.LINKS_READ)
) -> Response:
    """The link as a QR code, scalable."""
    url = await _url(request, caller, link_id)
    return Response(qr.svg(url), media_type="image/svg+xml")


@router.get("/v1/links/{link_id}/qr.png")
async def qr_png(
    link_id: str,
    request: Request,
    caller: Principal = allowed(Permission.LINKS_READ),
    size: Annotated[int, Query(ge=qr.PNG_SIZE_MIN, le=qr.PNG_SIZE_MAX)] = qr.PNG_SIZE_DEFAULT,
) -> Response:
    """The link as a QR code, `size` pixels square."""
    url = await _url(request, caller, link_id)
    return Response(qr.png(url, size=size), media_type="image/png")


async def _url(request: Request, caller: Principal, link_id: str) -> str:
    async with gate_of(request).database.snapshot() as session:
        link = await get_link(session, caller, link_id)
        return await _desk(request).showing.url(session, link)


async def _customers(
    session: Session, request: Request, caller: Principal, q: str | None
) -> frozenset[str]:
    """The customers that a search text names."""
    if q is None:
        return frozenset()
    gate = gate_of(request)
    merchant = await get_merchant(session, caller.merchant)
    found = await search(session, gate.vault, merchant=merchant, q=q, limit=50, now=gate.clock())
    return frozenset(customer.id for customer in found)
