"""What happens when the cardholder's bank complains? Disputes, inquiries, early fraud warnings."""

from payments.sandbox import balance, events, methods
from payments.sandbox.cards import Complaint
from payments.sandbox.desk import Answer, Call
from payments.sandbox.errors import Conflict, Json, NotFound
from payments.sandbox.ids import new_id
from payments.sandbox.params import Params, merged_metadata

_EVIDENCE = (
    "access_activity_log", "billing_address", "cancellation_policy",
    "cancellation_policy_disclosure", "cancellation_rebuttal", "customer_communication",
    "customer_email_address", "customer_name", "customer_purchase_ip", "customer_signature",
    "duplicate_charge_documentation", "duplicate_charge_explanation", "duplicate_charge_id",
    "product_description", "receipt", "refund_policy", "refund_policy_disclosure",
    "refund_refusal_explanation", "service_date", "service_documentation", "shipping_address",
    "shipping_carrier", "shipping_date", "shipping_documentation", "shipping_tracking_number",
    "uncategorized_file", "uncategorized_text",
)  # fmt: skip
_OPEN = ("needs_response", "warning_needs_response", "under_review", "warning_under_review")


def open_dispute(call: Call, charge_id: str) -> None:
    """The bank's complaint arrives. An inquiry moves no money; a dispute takes it at once."""
    charged = call.store.get("charge", charge_id)
    if charged is None or charged["disputed"] or not charged["captured"]:
        return
    method = methods.find(call, charged["payment_method"])
    complaint = methods.card_of(call, method).complaint
    assert complaint is not None
    inquiry = complaint is Complaint.INQUIRY
    dispute = _shape(call, charged, complaint)
    call.store.add("dispute", dispute)
    charged["disputed"] = True
    call.store.save(charged)
    if not inquiry:
        _withdraw(call, dispute)
    events.record(call, "charge.dispute.created", dispute)
    if not inquiry:
        events.record(call, "charge.dispute.funds_withdrawn", dispute)


def warn_early(call: Call, charge_id: str) -> None:
    charged = call.store.get("charge", charge_id)
    if charged is None:
        return
    warning: Json = {
        "id": new_id("issfr"),
        "object": "radar.early_fraud_warning",
        "actionable": True,
        "charge": charge_id,
        "created": call.now,
        "fraud_type": "made_with_stolen_card",
        "livemode": False,
        "payment_intent": charged["payment_intent"],
    }
    call.store.add("radar.early_fraud_warning", warning)
    events.record(call, "radar.early_fraud_warning.created", warning)


def update(call: Call, dispute_id: str, params: Params) -> Answer:
    """Evidence `winning_evidence`, `losing_evidence` or `escalate_inquiry_evidence` as
    uncategorized_text decides the dispute, as in Stripe's test mode."""
    dispute = _find(call, dispute_id)
    given = params.group("evidence")
    texts = {name: given.text(name, length_max=20_000) for name in _EVIDENCE} if given else {}
    submit = params.boolean("submit")
    metadata = params.metadata()
    params.finish()
    _must_be_open(dispute)
    dispute["metadata"] = merged_metadata(dispute["metadata"], metadata)
    dispute["evidence"] |= {name: text for name, text in texts.items() if text is not None}
    details = dispute["evidence_details"]
    details["has_evidence"] = any(dispute["evidence"].values())
    if submit is False or given is None:
        call.store.save(dispute)
        events.record(call, "charge.dispute.updated", dispute)
        return Answer(dispute)
    details["submission_count"] += 1
    inquiry = dispute["status"].startswith("warning_")
    match dispute["evidence"]["uncategorized_text"]:
        case "winning_evidence":
            _end(call, dispute, "warning_closed" if inquiry else "won")
        case "losing_evidence":
            _end(call, dispute, "warning_closed" if inquiry else "lost")
        case "escalate_inquiry_evidence" if inquiry:
            dispute["status"] = "needs_response"
            dispute["payment_method_details"]["card"]["case_type"] = "chargeback"
            _withdraw(call, dispute)
            events.record(call, "charge.dispute.updated", dispute)
            events.record(call, "charge.dispute.funds_withdrawn", dispute)
        case _:
            dispute["status"] = "warning_under_review" if inquiry else "under_review"
            call.store.save(dispute)
            events.record(call, "charge.dispute.updated", dispute)
    return Answer(dispute)


def close(call: Call, dispute_id: str, params: Params) -> Answer:
    """The merchant accepts it: lost, or for an inquiry simply closed."""
    dispute = _find(call, dispute_id)
    params.finish()
    _must_be_open(dispute)
    inquiry = dispute["status"].startswith("warning_")
    _end(call, dispute, "warning_closed" if inquiry else "lost")
    return Answer(dispute)


def _end(call: Call, dispute: Json, status: str) -> None:
    dispute["status"] = status
    if status == "won":
        moved = balance.book(
            call, kind="adjustment", amount=dispute["amount"], currency=dispute["currency"],
            source=dispute["id"], description=f"Chargeback reversal for {dispute['charge']}",
            fee=-balance.DISPUTE_FEE,
        )  # fmt: skip
        dispute["balance_transactions"].append(moved)
        dispute["is_charge_refundable"] = True
    call.store.save(dispute)
    events.record(call, "charge.dispute.closed", dispute)
    if status == "won":
        events.record(call, "charge.dispute.funds_reinstated", dispute)


def _withdraw(call: Call, dispute: Json) -> None:
    moved = balance.book(
        call, kind="adjustment", amount=-dispute["amount"], currency=dispute["currency"],
        source=dispute["id"], description=f"Chargeback withdrawal for {dispute['charge']}",
        fee=balance.DISPUTE_FEE,
    )  # fmt: skip
    dispute["balance_transactions"].append(moved)
    dispute["is_charge_refundable"] = False
    call.store.save(dispute)


def _find(call: Call, dispute_id: str) -> Json:
    dispute = call.store.get("dispute", dispute_id)
    if dispute is None:
        raise NotFound("No such dispute.", code="resource_missing", param="id")
    return dispute


def _must_be_open(dispute: Json) -> None:
    if dispute["status"] not in _OPEN:
        raise Conflict("This dispute is already closed.", code="dispute_already_closed")


def _shape(call: Call, charged: Json, complaint: Complaint) -> Json:
    inquiry = complaint is Complaint.INQUIRY
    reason = "fraudulent" if inquiry else str(complaint)
    brand = charged["payment_method_details"]["card"]["brand"]
    return {
        "id": new_id("dp"),
        "object": "dispute",
        "amount": charged["amount_captured"],
        "balance_transactions": [],
        "charge": charged["id"],
        "created": call.now,
        "currency": charged["currency"],
        "enhanced_eligibility_types": [],
        "evidence": {**dict.fromkeys(_EVIDENCE), "enhanced_evidence": {}},
        "evidence_details": {
            "due_by": call.now + 9 * balance.DAY,
            "enhanced_eligibility": {},
            "has_evidence": False,
            "past_due": False,
            "submission_count": 0,
        },
        "is_charge_refundable": inquiry,
        "livemode": False,
        "metadata": {},
        "payment_intent": charged["payment_intent"],
        "payment_method_details": {
            "card": {
                "brand": brand,
                "case_type": "inquiry" if inquiry else "chargeback",
                "network_reason_code": "13.1" if complaint is Complaint.NOT_RECEIVED else "10.4",
            },
            "type": "card",
        },
        "reason": reason,
        "status": "warning_needs_response" if inquiry else "needs_response",
    }
