"""`/v1/customers/{id}/consents`: what a customer told an agent about being written to."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Request, Response
from pydantic import Field

from channels.consents import ConsentState
from channels.customer_consents import note_consent
from channels.customer_showing import show_one
from compliance.principal import Principal
from compliance.roles import Permission
from compliance.routes.bodies import Body
from compliance.routes.gate import allowed, gate_of
from compliance.routes.once import OnceOnly
from core.database import Session

router = APIRouter(tags=["customers"])


class ConsentBody(Body):
    """What the customer said, and of which channel."""

    channel: Annotated[str, Field(min_length=1, max_length=24)]
    state: Literal["granted", "stopped"]


@router.post("/v1/customers/{customer_id}/consents")
async def note(
    customer_id: str,
    body: ConsentBody,
    request: Request,
    once: OnceOnly,
    caller: Principal = allowed(Permission.CUSTOMERS_WRITE),
) -> Response:
    """Keeps what the customer told you, with who noted it and when (`how` is `agent`), and answers the customer.

    It holds for this channel, at every address of the customer's that it reaches. `stopped` also ends what is
    queued there; a send is then 409 `consent_stopped`. `granted` lifts a stop, also one that the customer wrote on
    another channel: note it only when the customer said so. A customer who writes STOP themselves is written to on no
    channel until they write START there.
    """
    gate = gate_of(request)

    async def act(session: Session) -> tuple[int, Any]:
        customer = await note_consent(
            session,
            gate.vault,
            merchant=caller.merchant,
            customer_id=customer_id,
            channel=body.channel,
            state=ConsentState(body.state),
            agent=caller.agent,
            actor=caller.actor,
            now=gate.clock(),
        )
        return 200, await show_one(session, customer)

    return await once.run(act)
