"""`/u/{token}`: the way out that stands in a mail's header. A GET changes nothing; mail programs post (RFC 8058)."""

import secrets
from typing import Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from channels.unsubscribe_page import done_page, question_page
from channels.unsubscribing import read_token, unsubscribe
from compliance.merchants import get_merchant
from compliance.routes.gate import client_network, gate_of

router = APIRouter(tags=["unsubscribe"])

_POLICY: Final = (
    "default-src 'none'; style-src 'nonce-{nonce}'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)


@router.get("/u/{token}", include_in_schema=False)
async def ask(token: str, request: Request) -> Response:
    """A page with a button, for readers who follow the address. Scanners do too, so it stops nothing."""
    gate = gate_of(request)
    await gate.throttle.hit("pay_page", client_network(request))
    async with gate.database.snapshot() as session:
        thread = await read_token(session, gate.vault, token, now=gate.clock())
        merchant = await get_merchant(session, thread.merchant)
    nonce = secrets.token_urlsafe(16)
    return _html(question_page(merchant.name, merchant.locale, nonce=nonce), nonce)


@router.post("/u/{token}", include_in_schema=False)
async def stop(token: str, request: Request) -> Response:
    """Stops email to that address at once, without cookies and whatever the body says: the token is the proof."""
    gate = gate_of(request)
    await gate.throttle.hit("pay_page", client_network(request))
    now = gate.clock()
    async with gate.database.transaction() as session:
        await unsubscribe(session, gate.vault, token, now=now)
        thread = await read_token(session, gate.vault, token, now=now)
        merchant = await get_merchant(session, thread.merchant)
    nonce = secrets.token_urlsafe(16)
    return _html(done_page(merchant.name, merchant.locale, nonce=nonce), nonce)


def _html(page: str, nonce: str) -> Response:
    return HTMLResponse(
        page,
        headers={
            "Content-Security-Policy": _POLICY.format(nonce=nonce),
            "Cache-Control": "no-store",
            "Referrer-Policy": "no-referrer",
            "X-Robots-Tag": "noindex",
        },
    )
