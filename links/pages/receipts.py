"""The customer asks for a receipt by email or text message, from the page that says that they have paid."""

from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Request
from pydantic import Field

from compliance.routes.bodies import Body
from compliance.routes.gate import client_network, gate_of
from core.errors import NotFound
from core.ids import new_id
from links.links import link_by_token
from links.pages.page import pay_desk
from links.pages.reports import PageId, PageNotOurs
from links.pay.texts import texts_for
from links.receipt_sending import ReceiptSending, masked

router = APIRouter(tags=["pay page"])

_WORDS: Final = "mail."


class ReceiptBody(Body):
    """Where it shall go: `to` as typed, or null for where the link went on this channel."""

    page: PageId
    channel: Literal["email", "sms"]
    to: Annotated[str, Field(min_length=1, max_length=254)] | None = None


@router.get("/p/{token}/receipts")
async def ask(token: str, request: Request) -> dict[str, Any]:
    """What the page needs to ask for a receipt: where it can go, a nonce, and the words."""
    desk, gate = pay_desk(request), gate_of(request)
    await gate.throttle.hit("pay_page", client_network(request))
    now, page = gate.clock(), new_id("pg", gate.clock())
    sending = ReceiptSending(desk.sending.showing)
    async with gate.database.snapshot() as session:
        link = await link_by_token(session, desk.tokens.lookup_hash(token))
        own = await desk.checkout.payers.payment_of(session, link, _payer(request))
        ready = own is not None and bool(own.captured)
        channels = await sending.channels(session, link)
        offers = await sending.offers(session, link) if ready else []
    words = texts_for(link.locale or "en")
    return {
        "page": page,
        "nonce": desk.tokens.page_nonce(link.id, page, now=now),
        "ready": ready,
        "channels": channels,
        "offers": [{"channel": one.channel, "to": one.masked} for one in offers],
        "words": {key: words[key] for key in words if key.startswith(_WORDS)},
    }


@router.post("/p/{token}/receipts", status_code=202)
async def send(token: str, body: ReceiptBody, request: Request) -> dict[str, str]:
    """Sends it. 409 `consent_stopped`, `receipts_exhausted` or `nothing_paid`; 422 for what is no address."""
    desk, gate = pay_desk(request), gate_of(request)
    await gate.throttle.hit("receipt", client_network(request))
    now = gate.clock()
    async with gate.database.transaction() as session:
        link = await link_by_token(session, desk.tokens.lookup_hash(token))
        nonce = request.headers.get("x-page-nonce") or ""
        if not desk.tokens.nonce_holds(nonce, link.id, body.page, now=now):
            raise PageNotOurs("Reload the page and try again.")
        own = await desk.checkout.payers.payment_of(session, link, _payer(request))
        if own is None:
            raise NotFound("payment")
        message = await ReceiptSending(desk.sending.showing).send(
            session, link, own, channel=body.channel, to=body.to, now=now
        )
    return {"channel": message.channel, "to": masked(message.to)}


def _payer(request: Request) -> str | None:
    return request.headers.get("x-payer-key")
