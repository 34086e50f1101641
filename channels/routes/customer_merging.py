"""`/v1/customers/{id}/merge` and `/unmerge`: two records of one person made one, and two again."""

from typing import Annotated, Any

from fastapi import APIRouter, Request, Response
from fastapi import Body as Sent
from pydantic import Field

from channels.customer_merging import merge_customers, unmerge_customer
from channels.customer_showing import show_one
from compliance.principal import Principal
from compliance.roles import Permission
from compliance.routes.bodies import Body
from compliance.routes.gate import allowed, gate_of
from compliance.routes.once import OnceOnly
from core.database import Session

router = APIRouter(tags=["customers"])

_Id = Annotated[str, Field(min_length=1, max_length=40)]


class MergeBody(Body):
    """Who is the same person as the customer in the path."""

    source: _Id = Field(alias="from", description="The customer who is merged away.")


class UnmergeBody(Body):
    """Who is to be parted again; without it, the one merged last."""

    source: _Id | None = Field(default=None, alias="from")


@router.post("/v1/customers/{customer_id}/merge")
async def merge(
    customer_id: str,
    body: MergeBody,
    request: Request,
    once: OnceOnly,
    caller: Principal = allowed(Permission.CUSTOMERS_WRITE),
) -> Response:
    """Merges `from` into the customer in the path, who survives and is answered.

    From then on the survivor's history, links, addresses and consents are those of both, `from` carries
    `merged_into` and is in no list, and new messages and links are the survivor's. Nothing else is rewritten, so it
    can be undone. 409 `customer_merged` when either is merged into somebody already (the detail says into whom),
    as for the second of two opposite merges; 409 `customer_erased`; 404 for another merchant's customer.
    """
    gate = gate_of(request)

    async def act(session: Session) -> tuple[int, Any]:
        survivor = await merge_customers(
            session,
            gate.vault,
            merchant=caller.merchant,
            into=customer_id,
            source=body.source,
            agent=caller.agent,
            actor=caller.actor,
            now=gate.clock(),
        )
        return 200, await show_one(session, survivor)

    return await once.run(act)


@router.post("/v1/customers/{customer_id}/unmerge")
async def unmerge(
    customer_id: str,
    request: Request,
    once: OnceOnly,
    body: Annotated[UnmergeBody | None, Sent()] = None,
    caller: Principal = allowed(Permission.CUSTOMERS_WRITE),
) -> Response:
    """Undoes a merge, and answers the customer who was restored.

    The path names the one who was merged away; or the survivor, and then `from` says who is parted from them (without
    it: the one merged last). Each has their own addresses and threads back; what was written in between
    stays in the survivor's history. 409 `merge_refused` when there is nothing to undo.
    """
    gate = gate_of(request)

    async def act(session: Session) -> tuple[int, Any]:
        restored = await unmerge_customer(
            session,
            gate.vault,
            merchant=caller.merchant,
            customer=customer_id,
            source=body.source if body is not None else None,
            agent=caller.agent,
            actor=caller.actor,
            now=gate.clock(),
        )
        return 200, await show_one(session, restored)

    return await once.run(act)
