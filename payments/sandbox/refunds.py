"""How is money given back? Never more than was captured, whatever is asked at once or twice."""

from payments.sandbox import balance, events, later, methods, reviews
from payments.sandbox.cards import RefundCourse
from payments.sandbox.currencies import shown
from payments.sandbox.desk import Answer, Call
from payments.sandbox.errors import BadRequest, Conflict, Json, NotFound
from payments.sandbox.ids import new_id
from payments.sandbox.params import Params, merged_metadata, missing

_REASONS = ("duplicate", "fraudulent", "requested_by_customer")


def create(call: Call, params: Params) -> Answer:
    charge_id, intent_id = params.text("charge"), params.text("payment_intent")
    wanted = params.integer("amount", least=1)
    reason = params.choice("reason", _REASONS)
    metadata = params.metadata() or {}
    params.ignore("instructions_email", "origin", "refund_application_fee", "reverse_transfer")
    params.finish()
    if charge_id is None and intent_id is None:
        raise missing("payment_intent")
    charged = _charge(call, charge_id, intent_id)
    left = charged["amount_captured"] - refunded(call, charged["id"])
    if charged["disputed"] and not _still_refundable(call, charged["id"]):
        raise Conflict(
            "This charge has been charged back and cannot be refunded.",
            code="charge_disputed",
        )
    if left == 0:
        raise Conflict("Charge has already been refunded.", code="charge_already_refunded")
    amount = left if wanted is None else wanted
    if amount > left:
        raise BadRequest(
            f"Refund amount ({shown(amount, charged['currency'])}) is greater than unrefunded "
            f"amount on charge ({shown(left, charged['currency'])})",
            param="amount",
        )
    refund = _add(call, charged, amount, reason, metadata)
    return Answer(refund)


def update(call: Call, refund_id: str, params: Params) -> Answer:
    refund = call.store.get("refund", refund_id)
    if refund is None:
        raise NotFound("No such refund.", code="resource_missing", param="id")
    refund["metadata"] = merged_metadata(refund["metadata"], params.metadata())
    params.finish()
    call.store.save(refund)
    events.record(call, "refund.updated", refund)
    return Answer(refund)


def refunded(call: Call, charge_id: str) -> int:
    """What has been or is being given back of a charge."""
    given = call.store.belonging("refund", "charge", charge_id)
    return sum(refund["amount"] for refund in given if refund["status"] != "failed")


def _still_refundable(call: Call, charge_id: str) -> bool:
    disputes = call.store.belonging("dispute", "charge", charge_id)
    return all(dispute["is_charge_refundable"] for dispute in disputes)


def _charge(call: Call, charge_id: str | None, intent_id: str | None) -> Json:
    if charge_id is None:
        assert intent_id is not None
        intent = call.store.get("payment_intent", intent_id)
        if intent is None:
            raise NotFound(
                "No such payment_intent.", code="resource_missing", param="payment_intent"
            )
        charge_id = intent["latest_charge"]
        if charge_id is None:
            raise Conflict("This PaymentIntent does not have a successful charge to refund.")
    charged = call.store.get("charge", charge_id)
    if charged is None:
        raise NotFound("No such charge.", code="resource_missing", param="charge")
    if not charged["captured"]:
        raise Conflict(
            "This charge was not captured: cancel the PaymentIntent to release the funds.",
            code="charge_not_refundable",
        )
    return charged


def _add(
    call: Call, charged: Json, amount: int, reason: str | None, metadata: dict[str, str]
) -> Json:
    method = methods.find(call, charged["payment_method"])
    course = methods.card_of(call, method).refund
    pending = course is RefundCourse.PENDING_THEN_SUCCEEDS
    refund: Json = {
        "id": new_id("re"),
        "object": "refund",
        "amount": amount,
        "balance_transaction": None,
        "charge": charged["id"],
        "created": call.now,
        "currency": charged["currency"],
        "customer": None,
        "customer_account": None,
        "destination_details": {"card": {"type": "refund"}, "type": "card"},
        "metadata": metadata,
        "payment_intent": charged["payment_intent"],
        "payment_method": charged["payment_method"],
        "reason": reason,
        "receipt_number": None,
        "source_transfer_reversal": None,
        "status": "pending" if pending else "succeeded",
        "transfer_reversal": None,
    }
    moved = balance.book(
        call, kind="refund", amount=-amount, currency=refund["currency"], source=refund["id"],
        description=f"REFUND FOR CHARGE ({charged['id']})",
    )  # fmt: skip
    refund["balance_transaction"] = moved["id"]
    call.store.add("refund", refund)
    _count(call, charged)
    reviews.close_refunded(call, charged, reason)
    events.record(call, "refund.created", refund)
    events.record(call, "charge.refunded", charged)
    if course is not RefundCourse.AT_ONCE:
        step = "finish_refund" if pending else "fail_refund"
        later.schedule(call, step, refund["id"], after_ms=later.REFUND_SETTLES_AFTER_MS)
    return refund


def _count(call: Call, charged: Json) -> None:
    """Recomputed, never incremented. What was released at a partial capture counts as well."""
    given = refunded(call, charged["id"])
    released = charged["amount"] - charged["amount_captured"]
    charged["amount_refunded"] = released + given
    charged["refunded"] = given == charged["amount_captured"]
    call.store.save(charged)


def finish(call: Call, refund_id: str) -> None:
    refund = call.store.get("refund", refund_id)
    if refund is None or refund["status"] != "pending":
        return
    refund["status"] = "succeeded"
    call.store.save(refund)
    events.record(call, "refund.updated", refund, {"status": "pending"})
    events.record(call, "charge.refund.updated", refund, {"status": "pending"})


def fail(call: Call, refund_id: str) -> None:
    refund = call.store.get("refund", refund_id)
    if refund is None or refund["status"] != "succeeded":
        return
    moved = balance.book(
        call, kind="refund_failure", amount=refund["amount"], currency=refund["currency"],
        source=refund["id"], description=f"REFUND FAILURE ({refund['charge']})",
    )  # fmt: skip
    refund |= {
        "status": "failed",
        "failure_balance_transaction": moved["id"],
        "failure_reason": "expired_or_canceled_card",
    }
    call.store.save(refund)
    charged = call.store.get("charge", refund["charge"])
    assert charged is not None
    _count(call, charged)
    previous = {"status": "succeeded"}
    events.record(call, "refund.updated", refund, previous)
    events.record(call, "charge.refund.updated", refund, previous)
    events.record(call, "refund.failed", refund)
