"""`GET /p/{token}` and the page's assets. A GET changes nothing and sets no cookie."""

import secrets
from typing import Final

import structlog
from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from compliance.routes.gate import client_network, gate_of
from core.errors import NotFound, PaythreadError, RateLimited
from core.ids import new_id
from core.money import Money
from links import qr
from links.in_app_browsers import in_app_of
from links.links import Link, link_by_token
from links.pages.desk import ChosenPsp, PayDesk
from links.pages.standing import page_state
from links.pay.compressing import compressed, encoding_for
from links.pay.languages import page_locale
from links.pay.rendering import PageState, PageView
from links.psp_choice import PspChoice
from links.watch.canary import watched_page
from payments.attempts import account_under_way
from payments.errors import NoGateway
from payments.gateway import PagePsp
from payments.payments import get_payment

log = structlog.get_logger()
router = APIRouter(tags=["pay page"])

# Where browsers tell what the policy stopped.
REPORTS_PATH: Final = "/p/reports/csp"
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
        raise NotFound("file")
    found = served.asset
    headers = {"Cache-Control": served.cache_control, "ETag": found.etag, "Vary": "Accept-Encoding"}
    if request.headers.get("if-none-match") == found.etag:
        return Response(status_code=304, headers=headers)
    encoding = encoding_for(request.headers.get("accept-encoding", ""))
    if encoding is None:
        return Response(found.body, media_type=found.media_type, headers=headers)
    headers["Content-Encoding"] = encoding
    return Response(found.compressed[encoding], media_type=found.media_type, headers=headers)


@router.head("/p/{token}", include_in_schema=False)
@router.get("/p/{token}", response_class=HTMLResponse)
async def pay_page(token: str, request: Request) -> Response:
    """The page of a link: 200 to pay or with the receipt, 410 when it has ended, 404 for anything else.

    `?lang` asks for another of the page's languages; what it does not speak is ignored. `?own` asks an ended link for
    many for the page on which whoever was still paying finds their own payment.
    """
    try:
        return await _page_of(token, request)
    except RateLimited as error:
        answer = _without_link(request, "too_many", 429)
        answer.headers["Retry-After"] = str(error.retry_after_seconds)
        return answer
    except PaythreadError:
        raise
    except Exception:
        # Whoever wants to pay is told so in words, and the fault is told to those who can mend it.
        log.exception("pay_page.failed")
        return _without_link(request, "error", 500)


async def _page_of(token: str, request: Request) -> Response:
    desk, gate = pay_desk(request), gate_of(request)
    network = client_network(request)
    await gate.throttle.hit("pay_page", network)
    now = gate.clock()
    nonce = secrets.token_urlsafe(16)
    try:
        async with gate.database.snapshot() as session:
            link = await link_by_token(session, desk.tokens.lookup_hash(token))
            due = (await get_payment(session, link.payment)).due
            under_way = await account_under_way(session, link.payment)
    except NotFound:
        watched = await watched_page(gate.database, desk, token)
        if watched is not None:
            html = desk.pages.render(watched.view(nonce, now))
            return _page(
                request, html, 200, page_headers(nonce, watched.psp.page, secure=desk.secure)
            )
        await gate.throttle.hit("pay_page_unknown", network)
        return _without_link(request, "not_found", 404)
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
            locale=locale_of(request, link),
            finds_own=finds_own,
            in_app=in_app_of(
                request.headers.get("user-agent", ""), desk.sending.showing.page_url(token)
            ),
            now=now,
        )
    headers = page_headers(nonce, psp.page if psp else None, secure=desk.secure)
    return _page(request, desk.pages.render(view), _STATUS.get(view.state, 200), headers)


def locale_of(request: Request, link: Link | None) -> str:
    """The locale that this request's page has, or is to have: `X-Page-Locale` is the page's own word for it."""
    return page_locale(
        request.headers.get("x-page-locale"),
        link.locale if link is not None else None,
        accept_language=request.headers.get("accept-language", ""),
        lang=request.query_params.get("lang"),
    )


def _without_link(request: Request, state: PageState, status: int) -> Response:
    nonce = secrets.token_urlsafe(16)
    desk = pay_desk(request)
    view = PageView(state=state, nonce=nonce, locale=locale_of(request, None))
    headers = page_headers(nonce, None, secure=desk.secure)
    return _page(request, desk.pages.render(view), status, headers)


@router.get("/p/{token}/qr.svg", include_in_schema=False)
async def page_code(token: str, request: Request) -> Response:
    """The page's own address as a QR code, to go on with a payment on a phone. 404 for what is no link."""
    desk, gate = pay_desk(request), gate_of(request)
    await gate.throttle.hit("pay_page", client_network(request))
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


def _page(request: Request, html: str, status: int, headers: dict[str, str]) -> Response:
    encoding = encoding_for(request.headers.get("accept-encoding", ""))
    headers = {**headers, "Vary": "Accept-Encoding, Accept-Language"}
    if encoding is not None:
        headers["Content-Encoding"] = encoding
    return HTMLResponse(compressed(html.encode(), encoding), status_code=status, headers=headers)


def page_headers(nonce: str, psp: PagePsp | None, *, secure: bool) -> dict[str, str]:
    """What every page of ours says to the browser, beside what the front adds to every answer.

    `secure`: customers reach it by https. Browsers that know `report-to` then use it alone, and nothing without https.
    """
    policy = f"{content_security_policy(nonce, psp)}; report-uri {REPORTS_PATH}"
    if psp is None or psp.mode != "fields":
        # Our own scripts keep to it; a PSP's need not, and would stop.
        policy = f"{policy}; require-trusted-types-for 'script'; trusted-types 'none'"
    headers = {
        "Content-Security-Policy": f"{policy}; report-to csp" if secure else policy,
        "Cache-Control": "no-store",
        # Form posts under `no-referrer` would carry `Origin: null`.
        "Referrer-Policy": "strict-origin",
        "Permissions-Policy": permissions_policy(psp),
        "X-Robots-Tag": "noindex, nofollow",
        "X-Frame-Options": "DENY",
    }
    if secure:
        headers["Reporting-Endpoints"] = f'csp="{REPORTS_PATH}"'
    return headers


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
