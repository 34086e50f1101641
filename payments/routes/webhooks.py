"""`POST /webhooks/psp/{account}`: reports from PSPs, verified by each PSP's own scheme."""

from fastapi import APIRouter, Request, Response

from compliance.routes.gate import gate_of
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
    await gate_of(request).throttle.hit("webhook", account)
    await _inbox(request).receive(account, request.headers, await request.body())
    return Response(status_code=200)
