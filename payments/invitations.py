"""A debt that another link asks for from now on: the invitation moves, what was paid stays."""

from datetime import datetime

import sqlalchemy as sa

from core.database import Session
from core.money import Money
from payments.errors import NothingDue
from payments.payments import Capture, Payment, get_payment, refuse_while_live
from payments.states import PaymentState
from payments.tables import payments


async def invite_again(
    session: Session,
    payment: Payment,
    *,
    link: str,
    agent: str | None,
    customer: str | None,
    due: Money,
    minimum: Money | None,
    capture: Capture,
    now: datetime,
) -> Payment:
    """Moves the debt to a new link; `payment` and its old link are locked. One whose link expired is asked for again.

    The attempts keep the link that they were made through. Whatever is still reported of them locks that link and then
    this payment's row, as a submission through the new link does after its own: the row puts the two in order.

    Raises `AttemptLive`, and `NothingDue` when it is settled, called off, or an offer to many.
    """
    await refuse_while_live(session, payment.id)
    if payment.offer or payment.state is PaymentState.CANCELLED or not payment.remaining:
        raise NothingDue("There is nothing to pay any more.")
    assert due.currency == payment.due.currency, "a debt keeps its currency"
    assert due == payment.due or not payment.captured, "what was paid in part keeps its amount"
    await session.execute(
        sa.update(payments)
        .where(payments.c.id == payment.id)
        .values(
            link=link,
            agent=agent,
            customer=customer,
            amount_due=due.minor,
            amount_minimum=minimum.minor if minimum is not None else None,
            capture=capture,
            invited=True,
            updated_at=now,
        )
    )
    return await get_payment(session, payment.id)
