"""What becomes of a payment that fraud checks put aside for a person to look at?"""

from payments.sandbox import events
from payments.sandbox.desk import Answer, Call
from payments.sandbox.errors import Conflict, Json, NotFound
from payments.sandbox.params import Params


def approve(call: Call, review_id: str, params: Params) -> Answer:
    params.finish()
    review = call.store.get("review", review_id)
    if review is None:
        raise NotFound("No such review.", code="resource_missing", param="id")
    if not review["open"]:
        raise Conflict("This review has already been closed.")
    _close(call, review, "approved")
    return Answer(review)


def close_refunded(call: Call, charged: Json, reason: str | None) -> None:
    """A charge that is given back in full needs no more looking at."""
    if charged["review"] is None or not charged["refunded"]:
        return
    review = call.store.get("review", charged["review"])
    assert review is not None
    if review["open"]:
        _close(call, review, "refunded_as_fraud" if reason == "fraudulent" else "refunded")
        charged["review"] = None


def _close(call: Call, review: Json, reason: str) -> None:
    """The charge and the intent forget a review that is closed, as Stripe's do."""
    review |= {"open": False, "closed_reason": reason, "reason": reason}
    call.store.save(review)
    for kind in ("charge", "payment_intent"):
        holder = call.store.get(kind, review[kind])
        assert holder is not None
        holder["review"] = None
        call.store.save(holder)
    events.record(call, "review.closed", review)
