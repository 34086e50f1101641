"""What becomes of a review that the PSP's own fraud check asks for?

It holds no money back: what was taken stays taken, and a hold stays held. So it is a flag on the payment, which is
cleared when the PSP tells that its review is closed, or by somebody here who has looked.
"""

from datetime import datetime
from typing import Any, Final

from compliance.journal import record
from core.database import Session
from payments.attempts import get_attempt
from payments.flags import clear_flag, flags_of, raise_flag
from payments.gateway import ReviewFact
from payments.payments import Payment, get_payment, lock_payment, payment_event

FLAG: Final = "psp_review"


async def record_review(
    session: Session, attempt_id: str, fact: ReviewFact, *, actor: str, now: datetime
) -> None:
    """Writes what the PSP says of its review, each word once. One that was closed is not opened by an older report."""
    attempt = await get_attempt(session, attempt_id)
    seen = await get_payment(session, attempt.payment)
    await session.lock(seen.link)
    payment = await lock_payment(session, attempt.payment)
    raised = await raise_flag(
        session,
        payment,
        FLAG,
        subject=fact.reference,
        attempt=attempt.id,
        now=now,
        cleared_by=None if fact.open else actor,
    )
    if not raised and (fact.open or not await _closed(session, payment, fact, actor, now)):
        return
    data: dict[str, Any] = {"by": "psp", "reference": fact.reference, "reason": fact.reason}
    kind = "payment.review_opened"
    if not fact.open:
        kind = "payment.review_decided"
        data["decision"] = "approved" if fact.reason == "approved" else "closed"
    event = payment_event(kind, payment, actor=actor, attempt=attempt.id, data=data, now=now)
    record(session, event)


async def _closed(
    session: Session, payment: Payment, fact: ReviewFact, actor: str, now: datetime
) -> bool:
    """Whether its close is news: the flag may be open still, or somebody here may have cleared it before."""
    flags = await flags_of(session, payment.id)
    [flag] = [one for one in flags if (one.code, one.subject) == (FLAG, fact.reference)]
    if flag.cleared_at is not None:
        return flag.cleared_by != actor
    await clear_flag(
        session, payment, FLAG, note=fact.reason, actor=actor, now=now, subject=fact.reference
    )
    return True
