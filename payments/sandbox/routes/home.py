"""What does a person see who opens the sandbox? What it is, its cards, its payments, its faults."""

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from payments.sandbox import clock
from payments.sandbox.cards import Card, all_cards
from payments.sandbox.currencies import shown
from payments.sandbox.desk import Desk
from payments.sandbox.errors import Json
from payments.sandbox.faults import FaultSettings
from payments.sandbox.routes.headers import page_headers
from payments.sandbox.routes.templates import render

RECENT_MAX = 25


def routes() -> list[Route]:
    return [Route("/", home, methods=["GET"])]


async def home(request: Request) -> Response:
    desk: Desk = request.app.state.desk
    page = render(
        "home.html",
        merchant=desk.settings.merchant,
        groups=_groups(),
        payments=_recent(desk),
        faults=desk.faults.now.shown(),
        calm=desk.faults.now == FaultSettings(),
        url=desk.settings.public_url,
        webhooks=_deliveries(desk),
    )
    return HTMLResponse(page, headers=page_headers(framed=False, scripts=False))


def _groups() -> dict[str, list[Card]]:
    groups: dict[str, list[Card]] = {}
    for card in all_cards():
        groups.setdefault(card.group, []).append(card)
    return groups


def _recent(desk: Desk) -> list[Json]:
    page = desk.store.page("payment_intent", limit=RECENT_MAX, where={}, created={})
    return [
        {
            "id": intent["id"],
            "at": clock.readable(intent["created"]),
            "amount": shown(intent["amount"], intent["currency"]),
            "status": intent["status"],
            "card": _card(desk, intent),
            "problem": (intent["last_payment_error"] or {}).get("message", ""),
        }
        for intent in page.objects
    ]


def _card(desk: Desk, intent: Json) -> str:
    charge = desk.store.get("charge", intent["latest_charge"] or "")
    if charge is None:
        return ""
    card = charge["payment_method_details"]["card"]
    return f"{card['brand']} •••• {card['last4']}"


def _deliveries(desk: Desk) -> list[tuple[str, int]]:
    rows = desk.store.execute(
        "SELECT state, count(*) AS many FROM deliveries GROUP BY state ORDER BY state"
    )
    return [(row["state"], row["many"]) for row in rows]
