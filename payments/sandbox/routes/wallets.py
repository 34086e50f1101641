"""What does the merchant's page frame for wallets? Their buttons, and the sheet that opens on a press."""

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from payments.sandbox import bank_texts, wallets
from payments.sandbox.currencies import AMOUNT_MAX, SUPPORTED, shown
from payments.sandbox.desk import Desk
from payments.sandbox.routes.headers import page_headers
from payments.sandbox.routes.templates import render


def routes() -> list[Route]:
    return [
        Route("/wallets", buttons, methods=["GET"]),
        Route("/wallets/{wallet}", sheet, methods=["GET"]),
    ]


async def buttons(request: Request) -> Response:
    """A button for each wallet that this account offers."""
    desk: Desk = request.app.state.desk
    offered = [(name, wallets.NAMES[name]) for name in desk.settings.wallets]
    return HTMLResponse(render("wallets.html", offered=offered), headers=page_headers(framed=True))


async def sheet(request: Request) -> Response:
    """The wallet's own window over the merchant's page: who is paid how much, and with which card."""
    desk: Desk = request.app.state.desk
    query, wallet = request.query_params, request.path_params["wallet"]
    amount, currency = query.get("amount", ""), query.get("currency", "").lower()
    countable = amount.isascii() and amount.isdigit() and int(amount[:12]) <= AMOUNT_MAX
    if wallet not in desk.settings.wallets or not countable or currency not in SUPPORTED:
        return Response(status_code=404)
    locale, texts = bank_texts.texts_for(query.get("locale", ""))
    page = render(
        "wallet.html",
        wallet=wallets.NAMES[wallet],
        merchant=query.get("merchant", "")[:100] or desk.settings.merchant,
        amount=shown(int(amount), currency, locale),
        cards=wallets.held(),
        texts={**texts, **wallets.texts_for(locale)},
        locale=locale,
    )
    return HTMLResponse(page, headers=page_headers(framed=True))
