"""One question after the payment: how was it, from 1 to 5, and what else the customer wants to say.

It is answered once for a payment, by whoever paid it. The comment is masked, and sealed like all that customers say.

    SurveyClosed    switched off, not paid yet, or answered already
"""

from dataclasses import replace
from datetime import datetime
from typing import Final

import sqlalchemy as sa

from compliance import masking
from compliance.journal import Ages, record
from compliance.merchant_settings import read
from core.database import Session, upsert
from core.errors import Kind, PaythreadError
from links.link_events import link_event
from links.links import Link
from links.page_settings import SurveySettings
from links.tables import survey_answers
from payments.payments import Payment
from payments.states import PaymentState

SCORE_MAX: Final = 5
COMMENT_LENGTH_MAX: Final = 1000
_CUSTOMER: Final = "customer"
_DONE: Final = frozenset({PaymentState.PAID, PaymentState.AUTHORISED})


class SurveyClosed(PaythreadError):
    """There is nothing to answer (any more)."""

    code = "survey_closed"
    kind = Kind.CONFLICT


async def asked(session: Session, payment: Payment | None) -> bool:
    """Whether the page is to ask whoever made this payment."""
    if payment is None or payment.state not in _DONE:
        return False
    if not (await read(session, payment.merchant, SurveySettings)).enabled:
        return False
    answered = await session.scalar(
        sa.select(survey_answers.c.payment).where(survey_answers.c.payment == payment.id)
    )
    return answered is None


async def answer(
    session: Session, link: Link, payment: Payment, *, score: int, comment: str, now: datetime
) -> None:
    """Keeps the answer. An empty comment is none. Raises `SurveyClosed`."""
    assert 1 <= score <= SCORE_MAX, "the door has checked it"
    await session.lock(link.id)
    if not await asked(session, payment):
        raise SurveyClosed("There is nothing to answer any more.")
    await session.execute(
        upsert(session, survey_answers).values(
            payment=payment.id, merchant=link.merchant, link=link.id, answered_at=now
        )
    )
    words = comment.strip()
    masked = masking.mask(words)
    told = link_event(
        "survey.answered",
        link,
        actor=_CUSTOMER,
        now=now,
        data={"score": score, **({"commented": True} if words else {})},
        private={"comment": masked} if words else None,
    )
    record(session, replace(told, payment=payment.id, ages=Ages.CONTACTS if words else None))
    if masked != words:
        hidden = link_event("incident.card_number_masked", link, actor=_CUSTOMER, now=now)
        record(session, replace(hidden, payment=payment.id))
