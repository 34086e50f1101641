"""`POST /v1/interactions` and `POST /v1/customers/{id}/notes`: what the customer's history gains from outside."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Request, Response
from pydantic import Field, model_validator

from channels.customers import CustomerDraft, get_customer, match_or_create
from channels.interactions import (
    Direction,
    Interaction,
    Kind,
    check_interaction,
    get_interaction,
    record_interaction,
    record_note,
)
from channels.routes.customers import CustomerBody
from compliance import masking
from compliance.journal import Reader
from compliance.merchants import get_merchant
from compliance.principal import Principal
from compliance.roles import Permission
from compliance.routes.bodies import Body, Moment, Text
from compliance.routes.gate import Gate, allowed, gate_of
from compliance.routes.once import OnceOnly
from core.database import Session
from core.errors import InvalidField, NotFound

router = APIRouter(tags=["customers"])

# Words of a customer: they are masked, where other fields would be refused.
_TOLD: Final = frozenset({"data", "text"})


class _Telling(Body):
    """Refuses a card number anywhere but in what is told, which is masked when it is kept."""

    @model_validator(mode="before")
    @classmethod
    def _no_card_number(cls, value: Any) -> Any:
        if isinstance(value, dict):
            for name, item in value.items():
                if name not in _TOLD and masking.value_holds_card_number({str(name): item}):
                    raise ValueError("card_number: a card number must never be sent here")
        return value


class InteractionBody(_Telling):
    """A contact, and with whom: a customer's id, or a description that is matched or made."""

    customer: Annotated[str, Field(min_length=1, max_length=40)] | CustomerBody
    kind: Kind
    direction: Direction
    occurred_at: Moment
    data: dict[str, Any] = Field(default_factory=dict)


class NoteBody(_Telling):
    """What colleagues should know."""

    text: Text


@router.post("/v1/interactions", status_code=201)
async def tell_interaction(
    body: InteractionBody,
    request: Request,
    once: OnceOnly,
    caller: Principal = allowed(Permission.CUSTOMERS_WRITE),
) -> Response:
    """A call, a visit, a cart, a form, a fax or a survey becomes part of the customer's history."""
    gate = gate_of(request)

    async def act(session: Session) -> tuple[int, Any]:
        now = gate.clock()
        check_interaction(body.occurred_at, body.data, now=now)
        told = Interaction(
            customer=await _customer(session, gate, caller, body.customer),
            kind=body.kind,
            direction=body.direction,
            occurred_at=body.occurred_at,
            data=body.data,
        )
        return 201, record_interaction(session, caller, told, now=now)

    return await once.run(act)


@router.get("/v1/interactions/{interaction_id}")
async def show_interaction(
    interaction_id: str,
    request: Request,
    caller: Principal = allowed(Permission.CUSTOMERS_READ),
) -> dict[str, Any]:
    """One contact as it was told, with what it said; `data` is null once the customer was erased."""
    gate = gate_of(request)
    async with gate.database.snapshot() as session:
        return await get_interaction(session, Reader(gate.vault), caller, interaction_id)


@router.post("/v1/customers/{customer_id}/notes", status_code=201)
async def add_note(
    customer_id: str,
    body: NoteBody,
    request: Request,
    once: OnceOnly,
    caller: Principal = allowed(Permission.CUSTOMERS_WRITE),
) -> Response:
    """A note on the customer's history."""
    gate = gate_of(request)

    async def act(session: Session) -> tuple[int, Any]:
        found = await get_customer(
            session, gate.vault, merchant=caller.merchant, customer_id=customer_id
        )
        return 201, record_note(
            session, caller, customer=found.id, text=body.text, now=gate.clock()
        )

    return await once.run(act)


async def _customer(
    session: Session, gate: Gate, caller: Principal, given: str | CustomerBody
) -> str:
    if isinstance(given, str):
        try:
            found = await get_customer(
                session, gate.vault, merchant=caller.merchant, customer_id=given
            )
        except NotFound:
            raise InvalidField("/customer", "There is no such customer.") from None
        return found.id
    made = await match_or_create(
        session,
        gate.vault,
        merchant=await get_merchant(session, caller.merchant),
        draft=CustomerDraft(
            name=given.name,
            email=given.email,
            phone=given.phone,
            external_id=given.external_id,
            locale=given.locale,
        ),
        agent=caller.agent,
        actor=caller.actor,
        now=gate.clock(),
    )
    return made.id
