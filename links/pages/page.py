"""`GET /p/{token}` and the page's assets. A GET changes nothing and sets no cookie."""

import secrets
from typing import Final

import structlog
from babel import negotiate_locale
from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from compliance.routes.gate import client_address, gate_of
from core.errors import NotFound
from core.ids import new_id
from core.money import Money
from links import qr
from links.in_app_browsers import in_app_of
from links.links import Link, link_by_token
from links.pages.desk import ChosenPsp, PayDesk
from links.pages.standing import page_state
from links.pay.rendering import PageView
from links.pay.texts import LOCALE_DEFAULT
from links.psp_choice import PspChoice
from payments.attempts import account_under_way
from payments.errors import NoGateway
from payments.gateway import PagePsp
from payments.payments import get_payment

log = structlog.get_logger()
router = APIRouter(tags=["pay page"])

_STATUS: Final = {"expired": 410, "cancelled": 410, "superseded": 410, "unavailable": 503}


def pay_desk(request: Request) -> PayDesk:
    """The collaborators of this door."""
    desk: PayDesk = request.app.state.pay_desk
    return desk


@router.get("/p/assets/{name}")
async def asset(name: str, request: Request) -> Response:
    """A script or style sheet of the pay page, compressed where the browser takes it."""
    served = pay_desk(request).assets.find(name)
    if served is None:
        return Response(status_code=404)
    found = served.asset
    headers = {"Cache-Control": served.cache_control, "ETag": found.etag, "Vary": "Accept-Encoding"}
    if request.headers.get("if-none-match") == found.etag:
        return Response(status_code=304, headers=headers)
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
        return Response(found.compressed, media_type=found.media_type, headers=headers)
    return Response(found.body, media_type=found.media_type, headers=headers)


@router.head("/p/{token}", include_in_schema=False)
@router.get("/p/{token}", response_class=HTMLResponse)
async def pay_page(token: str, request: Request) -> Response:
    """The page of a link: 200 to pay or with the receipt, 410 when it has ended, 404 for anything else.

    `?own` asks an ended link for many for the page on which whoever was still paying finds their own payment.
    """
    desk, gate = pay_desk(request), gate_of(request)
    address = client_address(request)
    await gate.throttle.hit("pay_page", address)
    now = gate.clock()
    nonce = secrets.token_urlsafe(16)
    try:
        async with gate.database.snapshot() as session:
            link = await link_by_token(session, desk.tokens.lookup_hash(token))
            due = (await get_payment(session, link.payment)).due
            under_way = await account_under_way(session, link.payment)
    except NotFound:
        await gate.throttle.hit("pay_page_unknown", address)
        html = desk.pages.render(PageView(state="not_found", nonce=nonce))
        return _page(html, 404, nonce, None)
    psp = None
    finds_own = "own" in request.query_params
    if page_state(link, None, now, finds_own=finds_own) in {"payable", "in_progress"}:
        psp = await _psp(desk, link, due, under_way)
    async with gate.database.snapshot() as session:
        view = await desk.view(
            session,
            link,
            psp,
            token=token,
            page=new_id("pg", now),
            nonce=nonce,
            locale=link.locale or _browser_locale(request),
            finds_own=finds_own,
            in_app=in_app_of(
                request.headers.get("user-agent", ""), desk.sending.showing.page_url(token)
            ),
            now=now,
        )
    return _page(
        desk.pages.render(view), _STATUS.get(view.state, 200), nonce, psp.page if psp else None
    )


@router.get("/p/{token}/qr.svg", include_in_schema=False)
async def page_code(token: str, request: Request) -> Response:
    """The page's own address as a QR code, to go on with a payment on a phone. 404 for what is no link."""
    desk, gate = pay_desk(request), gate_of(request)
    await gate.throttle.hit("pay_page", client_address(request))
    async with gate.database.snapshot() as session:
        await link_by_token(session, desk.tokens.lookup_hash(token))
    return Response(
        qr.svg(desk.sending.showing.page_url(token)),
        media_type="image/svg+xml",
        headers={"Cache-Control": "no-store", "Referrer-Policy": "strict-origin"},
    )


async def _psp(desk: PayDesk, link: Link, due: Money, under_way: str | None) -> ChosenPsp | None:
    """Whose fields the page mounts; None for a merchant that can take no payments, which the page then says.

    While a try is under way, its own: only that PSP's script can go on with the bank's challenge after a reload.
    """
    gateways = desk.checkout.gateways
    try:
        if under_way is not None:
            account, gateway = await gateways.by_id(under_way)
        else:
            account, gateway = await PspChoice(gateways).for_page(link, due)
    except NoGateway:
        log.warning("pay_page.no_gateway", merchant=link.merchant)
        return None
    return ChosenPsp(account.id, gateway.page)


def _browser_locale(request: Request) -> str:
    wanted = [
        part.partition(";")[0].strip()
        for part in request.headers.get("accept-language", "").split(",")[:10]
    ]
    return negotiate_locale([w for w in wanted if w], [LOCALE_DEFAULT], sep="-") or LOCALE_DEFAULT


def _page(html: str, status: int, nonce: str, psp: PagePsp | None) -> Response:
    return HTMLResponse(
        html,
        status_code=status,
        headers={
            "Content-Security-Policy": content_security_policy(nonce, psp),
            "Cache-Control": "no-store",
            # Form posts under `no-referrer` would carry `Origin: null`.
            "Referrer-Policy": "strict-origin",
            "Permissions-Policy": permissions_policy(psp),
            "X-Robots-Tag": "noindex, nofollow",
            "X-Frame-Options": "DENY",
        },
    )


def content_security_policy(nonce: str, psp: PagePsp | None) -> str:
    """Our own files and the PSP's, nothing else (PCI DSS 6.4.3; CSP level 3); no PSP's where it has its own page."""
    fields = psp if psp is not None and psp.mode == "fields" else None
    origins = " ".join(fields.origins) if fields is not None else ""
    looks = origins if fields is not None and fields.styled else ""
    banks = " ".join(fields.bank_origins) if fields is not None else ""
    frames = f"{origins} {banks}".strip() or "'none'"
    directives = (
        "default-src 'none'",
        f"script-src 'nonce-{nonce}' {origins}".strip(),
        f"style-src 'self' {looks}".strip(),
        f"img-src 'self' data: {looks}".strip(),
        f"connect-src 'self' {origins}".strip(),
        f"frame-src {frames}",
        f"form-action 'self' {banks}".strip(),
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
    return "; ".join(directives)


def permissions_policy(psp: PagePsp | None) -> str:
    """A wallet's sheet is opened by the PSP's frames; the page gives them `payment`, and nobody anything else."""
    origins = psp.origins if psp is not None else ()
    payment = " ".join(["self", *(f'"{origin}"' for origin in origins if "*" not in origin)])
    return f"payment=({payment}), camera=(), microphone=(), geolocation=(), usb=(), midi=()"
