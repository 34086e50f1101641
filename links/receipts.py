"""What a receipt says: how much was taken, when, with which card, and what is still to be paid."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from core.database import Session
from core.money import Money
from links.money_text import local_digits
from payments.attempts import attempts_of
from payments.gateway import CardFacts
from payments.payments import Payment
from payments.states import AttemptState

_TAKEN: Final = frozenset({AttemptState.SUCCEEDED, AttemptState.AUTHORISED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """Of one attempt, or of the payment as a whole. `total` is all that was taken or held, `remaining` what is not."""

    amount: Money
    total: Money
    remaining: Money
    paid_at: datetime
    card: CardFacts
    payment: str


async def receipt_of(
    session: Session, payment: Payment, *, attempt: str | None = None
) -> Receipt | None:
    """The receipt of this attempt, else of everything that was paid; None while nothing is."""
    total = payment.captured + payment.authorised
    if not total:
        return None
    paid = [a for a in await attempts_of(session, payment.id) if a.state in _TAKEN]
    part = next((a for a in paid if a.id == attempt), None)
    amount = (part.captured or part.amount) if part is not None else total
    shown = part or (paid[-1] if paid else None)
    made_at = shown.created_at if shown is not None else payment.created_at
    return Receipt(
        amount=amount,
        total=total,
        remaining=payment.remaining,
        paid_at=(payment.paid_at or made_at) if amount == total else made_at,
        card=shown.card if shown is not None else CardFacts(),
        payment=payment.id,
    )


def card_text(card: CardFacts, locale: str) -> str | None:
    """Reads like "Visa •••• 4242", in the locale's digits; None where the card is not known."""
    if card.last4 is None:
        return None
    brand = (card.brand or "card").replace("_", " ")
    name = "American Express" if brand == "amex" else brand.title()
    return f"{name} •••• {local_digits(card.last4, locale)}"
