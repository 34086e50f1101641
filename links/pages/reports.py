"""What the customer's page posts: progress, submissions, the return from the bank. 64 KiB, JSON, a page nonce each."""

import re
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from pydantic import AfterValidator, Field

from agent_feed.batches import Activity
from agent_feed.notes import PageNote
from compliance.routes.bodies import Body
from compliance.routes.gate import client_address, client_network, gate_of
from core import strict_json
from core.errors import Kind, PaythreadError, RateLimited
from core.money import AMOUNT_MINOR_MAX
from links.checkout_results import Result
from links.links import Link, link_by_token
from links.page_reports import Method, Report, ReportKind, take
from links.page_settings import COARSE
from links.pages.desk import result_json
from links.pages.page import locale_of, pay_desk
from links.pay.languages import language_of, page_locale, psp_locale
from links.submissions import Browser, PageSubmission

router = APIRouter(tags=["pay page"])

PageId = Annotated[str, Field(pattern=r"^pg_[0-9a-z]{26}$")]
Device = Literal["mobile", "tablet", "desktop"]


def _method(value: str) -> str:
    """A token's name, or a JSON object that the PSP's adapter reads."""
    if re.fullmatch(r"[A-Za-z0-9_]{3,240}", value) is None and not value.startswith("{"):
        raise ValueError("must be what the payment provider's script gave")
    return value


class PageNotOurs(PaythreadError):
    """The nonce does not belong to a page of ours for this link, or is a day old: reload the page."""

    code = "page_expired"
    kind = Kind.FORBIDDEN


class ProgressBody(Body):
    """One report of the page. `activity` is what the customer does at this moment, as far as a page can tell."""

    page: PageId
    event: ReportKind
    field: Literal["number", "expiry", "cvc"] | None = None
    code: Annotated[str, Field(pattern=r"^[a-z_]{1,60}$")] | None = None
    device: Device | None = None
    by: Literal["pointer", "touch", "key", "field"] | None = None
    again: bool = False
    method: Method = "card"
    activity: Activity | None = None
    nonce: Annotated[str, Field(max_length=100)] | None = None


class AttemptBody(Body):
    """A submission. `amount` is what the button said, in minor units: never more than what is due, and no other sum.

    `method` is the PSP's token: a name, or where the PSP works so, the JSON of what its script encrypted. Where the
    customer pays at the PSP's page it is any name, new for each press of the button.
    """

    page: PageId
    method: Annotated[str, Field(min_length=3, max_length=12_000), AfterValidator(_method)]
    account: Annotated[str, Field(pattern=r"^gwa_[0-9a-z]{26}$")] | None = None
    revision: Annotated[int, Field(ge=1, le=1_000_000)]
    amount: Annotated[int, Field(ge=1, le=AMOUNT_MINOR_MAX)] | None = None
    device: Device | None = None


class PageBody(Body):
    """Which page asks. `details` is what the PSP's script got from the bank, for the PSP alone to read."""

    page: PageId
    details: Annotated[dict[str, Any], Field(max_length=20)] | None = None


@router.post("/p/{token}/progress", status_code=204)
async def progress(token: str, request: Request) -> Response:
    """Takes one report. `left` comes by beacon, which cannot set headers: its nonce is in the body.

    204; 200 with `{"sharing": "coarse"}` where the page is to tell no more than opened, submitted and how it ended.
    """
    gate = gate_of(request)
    await gate.throttle.hit("pay_page", client_network(request))
    body = ProgressBody.model_validate(strict_json.parse(await request.body()))
    nonce = request.headers.get("x-page-nonce")
    if nonce is None and body.event == "left":
        nonce = body.nonce
    link = await page_link(request, token, body.page, nonce)
    try:
        await gate.throttle.hit("page_steps", f"{link.id} {client_network(request)}")
    except RateLimited:
        # The journal keeps what it is told for years, and whoever has the link can tell it anything.
        return Response(status_code=204)
    report = Report(
        page=body.page,
        kind=body.event,
        field=body.field,
        code=body.code,
        device=body.device,
        by=body.by,
        again=body.again,
        method=body.method,
        user_agent=request.headers.get("user-agent", ""),
        locale=locale_of(request, link),
    )
    async with gate.database.transaction() as session:
        coarse = await take(session, link, report, now=gate.clock())
    if coarse:
        _fall_silent(request, link, body)
        return JSONResponse({"sharing": COARSE})
    _pass_on(request, link, body)
    return Response(status_code=204)


@router.post("/p/{token}/attempts")
async def submit(token: str, body: AttemptBody, request: Request) -> dict[str, Any]:
    """Tries to pay."""
    throttle, network = gate_of(request).throttle, client_network(request)
    await throttle.hit("pay_page", network)
    link = await page_link(request, token, body.page, request.headers.get("x-page-nonce"))
    # Only with a page of ours: whoever has no link must not use up the tries of those behind the same address.
    await throttle.hit("attempt", network)
    result = await pay_desk(request).checkout.submit(
        PageSubmission(
            token=token,
            method=body.method,
            revision=body.revision,
            browser=Browser(
                client_address(request),
                request.headers.get("user-agent"),
                request.headers.get("accept-language"),
            ),
            device=body.device,
            amount=body.amount,
            payer=payer_of(request),
            account=body.account,
            url=f"{pay_desk(request).sending.showing.page_url(token)}{_chosen(request, link)}",
            locale=psp_locale(locale_of(request, link)),
        )
    )
    return await _answer(request, link, result)


@router.post("/p/{token}/attempts/{attempt}/resume")
async def resume(token: str, attempt: str, body: PageBody, request: Request) -> dict[str, Any]:
    """The customer is back from the bank."""
    await gate_of(request).throttle.hit("pay_page", client_network(request))
    link = await page_link(request, token, body.page, request.headers.get("x-page-nonce"))
    checkout = pay_desk(request).checkout
    result = await checkout.resume(token, attempt, payer=payer_of(request), details=body.details)
    return await _answer(request, link, result)


@router.post("/p/{token}/attempts/{attempt}/abandon")
async def abandon(token: str, attempt: str, body: PageBody, request: Request) -> dict[str, Any]:
    """The customer gives up the challenge, to use another card."""
    await gate_of(request).throttle.hit("pay_page", client_network(request))
    link = await page_link(request, token, body.page, request.headers.get("x-page-nonce"))
    checkout = pay_desk(request).checkout
    result = await checkout.abandon(token, attempt, payer=payer_of(request))
    return await _answer(request, link, result)


def _fall_silent(request: Request, link: Link, body: ProgressBody) -> None:
    """What was heard of this page so far is to be shown no longer."""
    if body.event == "share_less":
        _note(request, link, body, activity=None)


def _pass_on(request: Request, link: Link, body: ProgressBody) -> None:
    """Tells the agents what the customer does: just now, and kept nowhere."""
    left = body.event == "left"
    here = body.event in {"joined", "heartbeat"} or link.progress.present
    if not left and (body.activity is None or not here):
        return
    _note(request, link, body, activity=None if left else body.activity)


def _note(request: Request, link: Link, body: ProgressBody, *, activity: Activity | None) -> None:
    pay_desk(request).company.page_says(
        PageNote(
            merchant=link.merchant,
            link=link.id,
            page=body.page,
            agent=link.agent,
            customer=link.customer,
            device=body.device or link.progress.device,
            activity=activity,
        )
    )


async def page_link(request: Request, token: str, page: str, nonce: str | None) -> Link:
    """The link of a page that we served. Raises `NotFound`, `PageNotOurs`."""
    desk, gate = pay_desk(request), gate_of(request)
    async with gate.database.snapshot() as session:
        link = await link_by_token(session, desk.tokens.lookup_hash(token))
    if not desk.tokens.nonce_holds(nonce or "", link.id, page, now=gate.clock()):
        raise PageNotOurs("Reload the page and try again.")
    return link


def _chosen(request: Request, link: Link) -> str:
    """What keeps the language that the customer chose on the page, when they come back from the PSP or the bank."""
    shown = language_of(locale_of(request, link))
    unasked = page_locale(link.locale, accept_language=request.headers.get("accept-language", ""))
    return "" if shown == language_of(unasked) else f"?lang={shown}"


def payer_of(request: Request) -> str | None:
    """The key that the page of a multi-use link made up for its tab. In a header, because addresses are logged."""
    return request.headers.get("x-payer-key")


async def _answer(request: Request, link: Link, result: Result) -> dict[str, Any]:
    desk = pay_desk(request)
    async with gate_of(request).database.snapshot() as session:
        own = await desk.checkout.payers.payment_of(session, link, payer_of(request))
        receipt = await desk.receipt(
            session, link, own, locale_of(request, link), attempt=result.attempt
        )
    return result_json(result, receipt, locale_of(request, link))
