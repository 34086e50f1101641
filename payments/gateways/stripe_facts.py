"""What do Stripe's refunds, disputes, reviews and balance transactions say, in our words?

https://docs.stripe.com/api/refunds/object, https://docs.stripe.com/api/disputes/object,
https://docs.stripe.com/api/radar/reviews/object,
https://docs.stripe.com/reports/reporting-categories
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final, Literal

from payments.gateway import DisputeFact, Movement, RefundFact, ReviewFact
from payments.gateways.stripe_words import dig, from_stripe, id_of, is_id

ORDER: Final = "paythread_order"
_SECONDS_MAX: Final = 2**40

_REFUND_STATES: Final[Mapping[str, Literal["pending", "succeeded", "failed"]]] = {
    "pending": "pending",
    "requires_action": "pending",
    "succeeded": "succeeded",
    "failed": "failed",
    "canceled": "failed",
}

# An inquiry (`warning_…`) takes no money; neither does what was settled before it became a dispute (`prevented`).
_DISPUTE_STATES: Final[Mapping[str, Literal["open", "won", "lost"]]] = {
    "needs_response": "open",
    "under_review": "open",
    "warning_needs_response": "open",
    "warning_under_review": "open",
    "warning_closed": "won",
    "prevented": "won",
    "won": "won",
    "lost": "lost",
    "charge_refunded": "lost",
}
_WITHDRAWN: Final = frozenset({"needs_response", "under_review", "lost"})

_Kind = Literal["charge", "refund", "dispute"]
# By `reporting_category`, else by `type`. A partial capture shows as two lines: the whole, and what was let go.
_MOVEMENTS: Final[Mapping[str, _Kind]] = {
    "charge": "charge",
    "payment": "charge",
    "partial_capture_reversal": "charge",
    "charge_failure": "charge",
    "payment_failure_refund": "charge",
    "refund": "refund",
    "payment_refund": "refund",
    "refund_failure": "refund",
    "dispute": "dispute",
    "dispute_reversal": "dispute",
}


def refund_of(refund: Mapping[str, Any]) -> RefundFact | None:
    """What a Refund says; None when it says nothing that we can read."""
    reference, state = refund.get("id"), _REFUND_STATES.get(str(refund.get("status")))
    money = from_stripe(refund.get("amount"), refund.get("currency"))
    if state is None or money is None or not isinstance(reference, str) or not is_id(reference):
        return None
    return RefundFact(
        reference=reference,
        amount=money,
        state=state,
        order_id=id_of(dig(refund, "metadata").get(ORDER)),
        why=_text(refund.get("failure_reason")) if state == "failed" else None,
    )


def refunds_of(charge: Mapping[str, Any], refunds: Sequence[Mapping[str, Any]]) -> list[RefundFact]:
    """What the refunds of a charge say, oldest first, without what only lets go of money that was held.

    Stripe may show the part of a hold that was not captured as a refund. No money went back with it.
    """
    if charge.get("captured") is False:
        return []
    # They come newest first, and several may have been made in one second.
    ordered = list(reversed(refunds))
    ordered.sort(key=lambda refund: _number(refund.get("created")))
    released = _number(charge.get("amount")) - _number(charge.get("amount_captured"))
    given = _number(charge.get("amount_refunded")) - released
    listed = sum(_number(each.get("amount")) for each in ordered if _counts(each))
    if "amount_captured" in charge and released > 0 and listed > given:
        for at, each in enumerate(ordered):
            if each.get("amount") == released and ORDER not in dig(each, "metadata"):
                del ordered[at]
                break
    return [fact for each in ordered if (fact := refund_of(each)) is not None]


def dispute_of(dispute: Mapping[str, Any], kind: str = "") -> DisputeFact | None:
    """What a Dispute says, in an event of a kind or by itself; None when it says nothing that we can read."""
    reference, status = dispute.get("id"), str(dispute.get("status"))
    state = _DISPUTE_STATES.get(status)
    money = from_stripe(dispute.get("amount"), dispute.get("currency"))
    if state is None or money is None or not isinstance(reference, str) or not is_id(reference):
        return None
    return DisputeFact(
        reference=reference,
        amount=money,
        state=state,
        reason=_text(dispute.get("reason")),
        withdrawn=_withdrawn(dispute, status, kind),
        respond_by=_moment(dig(dispute, "evidence_details").get("due_by")),
    )


def review_of(review: Mapping[str, Any]) -> ReviewFact | None:
    """What a Review says; None when it says nothing that we can read. `reason` is why it was closed, once it is."""
    reference, still_open = review.get("id"), review.get("open")
    if not isinstance(reference, str) or not is_id(reference) or not isinstance(still_open, bool):
        return None
    reason = review.get("reason" if still_open else "closed_reason") or review.get("reason")
    return ReviewFact(reference, still_open, _text(reason))


def movement_of(line: Mapping[str, Any]) -> Movement:
    """What a balance transaction says, its `source` expanded.

    An account that is paid out in another currency than its customers paid in has its lines in that other one; the
    amount is then the source's own, and the fee, which has no amount in that currency, is left out.
    """
    source, amount = dig(line, "source"), _number(line.get("amount"))
    kind = _MOVEMENTS.get(str(line.get("reporting_category"))) or _MOVEMENTS.get(
        str(line.get("type"))
    )
    currency, fee = str(line.get("currency")), _number(line.get("fee"))
    paid_in = source.get("currency")
    if kind is not None and isinstance(paid_in, str) and paid_in != currency:
        whole = _number(source.get("amount"))
        amount, currency, fee = (whole if amount >= 0 else -whole), paid_in, 0
    reference = id_of(line.get("source")) or str(line.get("id"))
    if kind == "charge":
        reference = id_of(source.get("payment_intent")) or reference
    counted = from_stripe(abs(amount), currency)
    minor = counted.minor if counted is not None else abs(amount)
    costs = from_stripe(abs(fee), currency)
    return Movement(
        kind=kind or "other",
        reference=reference,
        amount=minor if amount >= 0 else -minor,
        currency=currency.upper(),
        occurred_at=_moment(line.get("created")) or datetime.fromtimestamp(0, UTC),
        fee=costs.minor if costs is not None else abs(fee),
    )


def _withdrawn(dispute: Mapping[str, Any], status: str, kind: str) -> bool:
    """By the event that says so, else by the lines of the balance that the dispute carries, else by its status."""
    if kind.endswith((".funds_withdrawn", ".funds_reinstated")):
        return kind.endswith(".funds_withdrawn")
    lines = dispute.get("balance_transactions")
    if isinstance(lines, list):
        return sum(_number(line.get("amount")) for line in lines if isinstance(line, dict)) < 0
    return status in _WITHDRAWN


def _counts(refund: Mapping[str, Any]) -> bool:
    return _REFUND_STATES.get(str(refund.get("status"))) in {"pending", "succeeded"}


def _moment(value: Any) -> datetime | None:
    if type(value) is not int or not 0 < value < _SECONDS_MAX:
        return None
    try:
        return datetime.fromtimestamp(value, UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _text(value: Any) -> str | None:
    return value[:80] if isinstance(value, str) and value else None


def _number(value: Any) -> int:
    return value if type(value) is int else 0
