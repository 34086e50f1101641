"""A payment as the API shows it whole: with its tries, refunds, disputes and flags."""

from typing import Any

from core.database import Session
from payments.attempts import attempts_of
from payments.disputes import disputes_of
from payments.flags import flags_of
from payments.money_after import refundable
from payments.orders import orders_of
from payments.payments import Payment


async def whole_payment(session: Session, payment: Payment) -> dict[str, Any]:
    """The payment object with everything that belongs to it, each list oldest first."""
    tries = await attempts_of(session, payment.id)
    refunds = await orders_of(session, payment.id, kind="refund")
    disputes = await disputes_of(session, payment.id)
    flags = await flags_of(session, payment.id)
    left = await refundable(session, payment)
    return {
        **payment.as_json(),
        "amount_refundable": sum(each.left.minor for each in left),
        "attempts": [attempt.as_json() for attempt in tries],
        "refunds": [order.as_json() for order in refunds],
        "disputes": [dispute.as_json() for dispute in disputes],
        "flag_details": [flag.as_json() for flag in flags],
    }
