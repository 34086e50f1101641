"""`/v1/customers`: make, find, show, change; and the screen pop for a telephone that rings."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from channels import customer_search
from channels.catalogue import AddressKind
from channels.customer_groups import group_of
from channels.customer_showing import show_many, show_one
from channels.customers import (
    Customer,
    CustomerDraft,
    change_customer,
    create_customer,
    find_by_address,
    find_by_external_id,
    get_customer,
)
from channels.preferred import preferred_channel
from compliance import journal
from compliance.merchants import get_merchant
from compliance.principal import Principal
from compliance.roles import Permission
from compliance.routes.bodies import Body, Line
from compliance.routes.gate import Gate, allowed, gate_of
from compliance.routes.once import OnceOnly
from core.database import Session
from core.errors import InvalidField, NotFound

router = APIRouter(tags=["customers"])

CustomerLinks = Callable[[Session, Principal, str], Awaitable[list[dict[str, Any]]]]

_INTERACTIONS_SHOWN: Final = 5
_Address = Annotated[str, Field(min_length=1, max_length=254)]


class CustomerBody(Body):
    """A customer as an agent or another system describes one. At least one field; null says nothing."""

    name: Line | None = None
    email: _Address | None = None
    phone: _Address | None = None
    external_id: Line | None = None
    locale: Annotated[str, Field(min_length=2, max_length=35)] | None = None


class AmendBody(CustomerBody):
    """Changes to a customer. `preferred_channel` null has it learned again from where the customer writes."""

    preferred_channel: Annotated[str, Field(min_length=1, max_length=24)] | None = None


@router.post("/v1/customers", status_code=201)
async def make_customer(
    body: CustomerBody,
    request: Request,
    once: OnceOnly,
    caller: Principal = allowed(Permission.CUSTOMERS_WRITE),
) -> Response:
    """A new customer. 409 when the outside id or an address already belongs to one."""
    gate = gate_of(request)

    async def act(session: Session) -> tuple[int, Any]:
        made = await create_customer(
            session,
            gate.vault,
            merchant=await get_merchant(session, caller.merchant),
            draft=CustomerDraft(**body.model_dump()),
            agent=caller.agent,
            actor=caller.actor,
            now=gate.clock(),
        )
        return 201, await show_one(session, made)

    return await once.run(act)


@router.get("/v1/customers")
async def list_customers(
    request: Request,
    q: Annotated[str | None, Query(max_length=254)] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    cursor: Annotated[str | None, Query(max_length=64)] = None,
    caller: Principal = allowed(Permission.CUSTOMERS_READ),
) -> dict[str, Any]:
    """Newest first. `q` finds by exact id, phone, email or external_id, else by a part of a recent name."""
    gate = gate_of(request)
    if q is not None and cursor is not None:
        raise InvalidField("/cursor", "A search has one page.")
    async with gate.database.snapshot() as session:
        following = None
        if q is not None:
            merchant = await get_merchant(session, caller.merchant)
            found = await customer_search.search(
                session, gate.vault, merchant=merchant, q=q, limit=limit, now=gate.clock()
            )
        else:
            found, following = await customer_search.list_customers(
                session, gate.vault, merchant=caller.merchant, limit=limit, cursor=cursor
            )
        position, _ = await journal.Reader(gate.vault).head(session, caller.merchant)
        data = await show_many(session, found)
    return {"data": data, "next_cursor": following, "as_of": position}


@router.get("/v1/customers/lookup")
async def look_up_customer(
    request: Request,
    phone: Annotated[str | None, Query(max_length=64)] = None,
    email: Annotated[str | None, Query(max_length=254)] = None,
    external_id: Annotated[str | None, Query(max_length=200)] = None,
    caller: Principal = allowed(Permission.CUSTOMERS_READ),
) -> dict[str, Any]:
    """The screen pop: who it is, what is open or overdue, what happened last, and how to reach them.

    Give exactly one of the three. `others` are further customers who share the address.
    """
    if sum(each is not None for each in (phone, email, external_id)) != 1:
        raise InvalidField("", "Give exactly one of phone, email and external_id.")
    gate = gate_of(request)
    async with gate.database.snapshot() as session:
        found = await _looked_up(session, gate, caller, phone, email, external_id)
        if not found:
            raise NotFound("customer")
        customer = found[0]
        shown, *others = await show_many(session, found)
        links = _customer_links(request)
        return {
            "customer": shown,
            "others": others,
            "links": await links(session, caller, customer.id) if links is not None else [],
            "interactions": await _interactions(session, gate, caller, customer.id),
            "preferred_channel": await preferred_channel(session, customer),
        }


@router.get("/v1/customers/{customer_id}")
async def show_customer(
    customer_id: str, request: Request, caller: Principal = allowed(Permission.CUSTOMERS_READ)
) -> dict[str, Any]:
    """One customer, with every address and what was said about being written to there.

    One who was merged into another is shown as they are, with `merged_into`; of one who was erased only the id is left.
    """
    gate = gate_of(request)
    async with gate.database.snapshot() as session:
        found = await get_customer(
            session, gate.vault, merchant=caller.merchant, customer_id=customer_id
        )
        return await show_one(session, found)


@router.patch("/v1/customers/{customer_id}")
async def amend_customer(
    customer_id: str,
    body: AmendBody,
    request: Request,
    caller: Principal = allowed(Permission.CUSTOMERS_WRITE),
) -> dict[str, Any]:
    """Sets the fields that are sent; null empties one. An address takes the place of the present one.

    409 for a customer who was merged into another, or erased.
    """
    gate = gate_of(request)
    async with gate.database.transaction() as session:
        changed = await change_customer(
            session,
            gate.vault,
            merchant=await get_merchant(session, caller.merchant),
            customer_id=customer_id,
            changes=body.model_dump(include=set(body.model_fields_set)),
            agent=caller.agent,
            actor=caller.actor,
            now=gate.clock(),
        )
        return await show_one(session, changed)


async def _looked_up(
    session: Session,
    gate: Gate,
    caller: Principal,
    phone: str | None,
    email: str | None,
    external_id: str | None,
) -> list[Customer]:
    if external_id is not None:
        one = await find_by_external_id(
            session,
            gate.vault,
            merchant=caller.merchant,
            external_id=external_id,
            now=gate.clock(),
        )
        return [one] if one is not None else []
    kind = AddressKind.PHONE if phone is not None else AddressKind.EMAIL
    address = phone or email or ""
    if kind is AddressKind.PHONE and address[:1] == " ":
        # An unescaped + in a query is a space, and telephone systems are made by many hands.
        address = f"+{address[1:]}"
    return await find_by_address(
        session,
        gate.vault,
        merchant=await get_merchant(session, caller.merchant),
        kind=kind,
        address=address,
        now=gate.clock(),
        pointer=f"/{kind.value}",
    )


async def _interactions(
    session: Session, gate: Gate, caller: Principal, customer: str
) -> list[dict[str, Any]]:
    """The last events of the customer and all merged into them: all, if the caller serves any; else the team's own."""
    reader = journal.Reader(gate.vault)
    group = await group_of(session, merchant=caller.merchant, customer=customer)
    query = journal.Query(
        merchant=caller.merchant,
        concern=journal.Concern(customers=frozenset(group)),
        privileged=caller.may(Permission.EVENTS_READ_PRIVILEGED),
        newest_first=True,
        limit=_INTERACTIONS_SHOWN,
    )
    agents = caller.teammates
    if agents is None or await _served(session, reader, caller.merchant, agents, group):
        return [entry.as_event() for entry in await reader.read(session, query)]
    own = journal.Concern(agents=agents | {journal.NOBODY})
    found = [
        entry
        for one in group
        for entry in await reader.read(session, replace(query, customer=one, concern=own))
    ]
    found.sort(key=lambda entry: entry.position, reverse=True)
    return [entry.as_event() for entry in found[:_INTERACTIONS_SHOWN]]


async def _served(
    session: Session,
    reader: journal.Reader,
    merchant: str,
    agents: frozenset[str],
    group: Sequence[str],
) -> bool:
    for one in group:
        if await reader.serves(session, merchant, sorted(agents), customer=one):
            return True
    return False


def _customer_links(request: Request) -> CustomerLinks | None:
    """How to find a customer's links; this room knows nothing of links itself."""
    found: CustomerLinks | None = getattr(request.app.state, "customer_links", None)
    return found
