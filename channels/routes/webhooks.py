"""`POST /webhooks/channels/{account}`: what providers report, and what customers write.

Believed only with the provider's own proof, over the exact bytes that came and the public address that the
provider was given (never the Host header). Everything is committed before it is acknowledged.
"""

from typing import Final

from fastapi import APIRouter, HTTPException, Request, Response

from channels.accounts import get_account
from channels.claims import callback_url
from channels.inbound import record_inbound
from channels.port import CallbackRequest, Handshaking, Inbound
from channels.provider_pool import ProviderPool
from channels.receipts import record_receipt
from compliance.routes.gate import client_network, gate_of
from core.errors import Kind, NotFound, PaythreadError
from core.ids import is_id

router = APIRouter(tags=["webhooks"])

# As much as the service takes anywhere: Meta gathers many events into one callback.
BODY_MAX: Final = 1024 * 1024


class CallbackTooLarge(PaythreadError):
    """More than any provider reports at once."""

    code = "callback_too_large"
    kind = Kind.TOO_LARGE


@router.post("/webhooks/channels/{account_id}", include_in_schema=False)
async def take_callback(account_id: str, request: Request) -> Response:
    """Verifies, stores, then acknowledges in the provider's own way."""
    if not is_id(account_id, "cha"):
        raise NotFound("channel account")
    gate = gate_of(request)
    await gate.throttle.hit("webhook", f"{account_id} {client_network(request)}")
    body = await _body(request)
    async with gate.database.snapshot() as session:
        account = await get_account(session, account_id)
        provider = await _pool(request).of(session, account)
    query = request.url.query
    url = callback_url(_base_url(request), account_id)
    reported = provider.parse_callback(
        CallbackRequest(
            url=f"{url}?{query}" if query else url,
            method=request.method,
            headers={name.lower(): value for name, value in request.headers.items()},
            body=body,
        )
    )
    for report in reported:
        # Each on its own: a repetition of the whole callback finds what was kept and keeps the rest.
        async with gate.database.transaction() as session:
            if isinstance(report, Inbound):
                await record_inbound(session, gate.vault, account, report, now=gate.clock())
            else:
                await record_receipt(session, gate.vault, account, report, now=gate.clock())
    answer = provider.acknowledgement
    return Response(answer.body, status_code=answer.status, media_type=answer.content_type)


@router.get("/webhooks/channels/{account_id}", include_in_schema=False)
async def shake_hands(account_id: str, request: Request) -> Response:
    """Proves to a provider that asks that this address is ours. Changes nothing."""
    if not is_id(account_id, "cha"):
        raise NotFound("channel account")
    gate = gate_of(request)
    await gate.throttle.hit("webhook", f"{account_id} {client_network(request)}")
    async with gate.database.snapshot() as session:
        account = await get_account(session, account_id)
        provider = await _pool(request).of(session, account)
    if not isinstance(provider, Handshaking):
        raise HTTPException(405, headers={"Allow": "POST"})
    url, query = callback_url(_base_url(request), account_id), request.url.query
    answer = provider.handshake(
        CallbackRequest(
            url=f"{url}?{query}" if query else url,
            method=request.method,
            headers={name.lower(): value for name, value in request.headers.items()},
            body=b"",
        )
    )
    return Response(answer.body, status_code=answer.status, media_type=answer.content_type)


async def _body(request: Request) -> bytes:
    """The raw body; stops reading what is too long."""
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > BODY_MAX:
            raise CallbackTooLarge("The callback is larger than any provider's.")
    return bytes(body)


def _pool(request: Request) -> ProviderPool:
    pool: ProviderPool = request.app.state.providers
    return pool


def _base_url(request: Request) -> str:
    """Our public address, as the providers were given it."""
    url: str = request.app.state.channel_base_url
    return url
