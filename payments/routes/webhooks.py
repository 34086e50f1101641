"""`POST /webhooks/psp/{account}`: reports from PSPs, verified by each PSP's own scheme."""

from fastapi import APIRouter, Request, Response

from compliance.routes.gate import client_network, gate_of
from core.errors import NotFound
from core.ids import is_id
from payments.inbox import Inbox

router = APIRouter(tags=["webhooks in"])


def _inbox(request: Request) -> Inbox:
    inbox: Inbox = request.app.state.psp_inbox
    return inbox


@router.post("/webhooks/psp/{account}", status_code=200)
async def receive(account: str, request: Request) -> Response:
    """200 once the report is stored and applied, or was before. A forged one is a 400 and leaves no trace."""
    if not is_id(account, "gwa"):
        raise NotFound("payment provider account")
    # The account's id stands in every pay page: what strangers send to it must not use up the PSP's own share.
    await gate_of(request).throttle.hit("webhook", f"{account} {client_network(request)}")
    await _inbox(request).receive(account, request.headers, await request.body())
    return Response(status_code=200)
