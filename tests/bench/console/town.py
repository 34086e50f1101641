"""A busy floor as the API tells it: links, of which some are live, and the entries about them."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from compliance.roles import ROLE_PERMISSIONS, Role

START: Final = datetime(2026, 11, 23, 9, tzinfo=UTC)
USER: Final = {
    "id": "usr_1",
    "name": "Sam Supervisor",
    "email": "sam@example.com",
    "role": "supervisor",
    "team": "north",
}
MERCHANT: Final = {"id": "mer_1", "name": "Acme Utilities", "currency": "GBP", "country": "GB"}
SESSION: Final = {
    "user": USER,
    "csrf_token": "x",
    "merchant": MERCHANT,
    "permissions": sorted(ROLE_PERMISSIONS[Role.SUPERVISOR]),
    "role_name": None,
}
_STEPS: Final[tuple[tuple[str, dict[str, Any]], ...]] = (
    ("link.opened", {"device": "mobile"}),
    ("checkout.card_entry_started", {}),
    ("checkout.field_completed", {"field": "number"}),
    ("checkout.submitted", {}),
    ("payment.processing", {}),
    ("payment.declined", {"decline_code": "insufficient_funds"}),
    ("checkout.submitted", {}),
    ("payment.paid", {"amount_paid": 4999}),
)


def link(number: int) -> dict[str, Any]:
    """One link, a minute younger than the one before."""
    at = _time(START + timedelta(minutes=number))
    return {
        "id": f"lnk_{number}",
        "url": f"https://pay.example.com/p/{number}",
        "status": "active",
        "amount": 4999 + number,
        "currency": "GBP",
        "amount_paid": 0,
        "description": "Water bill, March",
        "reference": f"INV-{number}",
        "payment": f"pay_{number}",
        "customer": f"cus_{number}",
        "agent": USER["id"],
        "created_at": at,
        "expires_at": _time(START + timedelta(days=30)),
        "messages": [],
        "customer_summary": {
            "id": f"cus_{number}",
            "name": f"Customer {number}",
            "email": None,
            "phone": None,
        },
        "progress": {
            "step": "sent",
            "since": at,
            "present": False,
            "device": None,
            "channel": "sms",
            "attempts": 0,
            "problem": None,
        },
    }


def entries(live: int, after: int) -> Iterator[dict[str, Any]]:
    """Without end: the live links go through a payment, in turns, each a new link once it is paid."""
    position = after
    turn = 0
    while True:
        for number in range(live):
            kind, data = _STEPS[turn % len(_STEPS)]
            chosen = number + live * (turn // len(_STEPS))
            position += 1
            yield {
                "id": f"evt_{position}",
                "position": position,
                "type": kind,
                "occurred_at": _time(START + timedelta(days=4, milliseconds=10 * position)),
                "merchant": MERCHANT["id"],
                "link": f"lnk_{chosen}",
                "payment": f"pay_{chosen}",
                "attempt": f"att_{chosen}_{turn}",
                "customer": f"cus_{chosen}",
                "conversation": None,
                "agent": USER["id"],
                "channel": None,
                "data": data,
            }
        turn += 1


def _time(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
