"""What a receipt says: how much was taken, when, and with which card."""

from typing import Any

from core.database import Session
from links.links import Link
from payments.attempts import attempts_of
from payments.gateway import CardFacts
from payments.payments import get_payment
from payments.states import AttemptState


async def receipt_of(session: Session, link: Link) -> dict[str, Any] | None:
    """What a receipt says, or None while nothing is paid: amount taken, when, and with which card."""
    payment = await get_payment(session, link.payment)
    taken = payment.captured.minor + payment.authorised.minor
    if taken == 0:
        return None
    tries = await attempts_of(session, link.payment)
    paid = [a for a in tries if a.state in {AttemptState.SUCCEEDED, AttemptState.AUTHORISED}]
    card = paid[-1].card if paid else CardFacts()
    return {
        "amount": payment.captured if payment.captured else payment.authorised,
        "paid_at": payment.paid_at or (paid[-1].created_at if paid else payment.created_at),
        "card": card,
        "payment": payment.id,
    }
