"""Mollie's books, in our words: a line of the balance as a movement of money.

https://docs.mollie.com/reference/list-balance-transactions
"""

from collections.abc import Mapping
from typing import Final

from payments.gateway import Movement
from payments.gateways.mollie_words import Json, dig, minor_of, moment, text_of

_MOVES: Final[Mapping[str, tuple[str, str, str]]] = {
    # Our transactions name money that came by its payment, captured or not, and what went back by its own object.
    "payment": ("charge", "paymentId", ""),
    "capture": ("capture", "paymentId", ""),
    "refund": ("refund", "refundId", ""),
    "returned-refund": ("refund", "refundId", "#returned"),
    "chargeback": ("dispute", "chargebackId", ""),
    "chargeback-reversal": ("dispute", "chargebackId", "#won"),
}


def movement_of(line: Json) -> Movement | None:
    """A line of Mollie's books; None if it moved nothing that can be counted. Fees are told as what they cost."""
    amount = line.get("initialAmount")
    minor = minor_of(amount)
    if minor is None or not isinstance(amount, Mapping):
        return None
    kind, name, suffix = _MOVES.get(str(line.get("type")), ("other", "", ""))
    found = _named(dig(line, "context"), name) if name else None
    deducted = line.get("deductions")
    fee = minor_of(deducted)
    same = isinstance(deducted, Mapping) and deducted.get("currency") == amount.get("currency")
    return Movement(
        kind=kind if found else "other",  # type: ignore[arg-type]
        reference=f"{found}{suffix}" if found else str(line["id"]),
        amount=minor,
        currency=str(amount["currency"]),
        occurred_at=moment(line.get("createdAt")),
        fee=-fee if fee is not None and same else 0,
    )


def _named(context: Json, name: str) -> str | None:
    """An id of a line's context. Mollie's guide shows the ids bare, its OpenAPI under the name of the line's type."""
    for place in (context, *(dig(context, key) for key in context)):
        found = text_of(place.get(name))
        if found is not None:
            return found
    return None
