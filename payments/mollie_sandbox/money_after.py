"""What happens to a payment's money afterwards? Captures, refunds and chargebacks, and how they end."""

from payments.mollie_sandbox import books, payments, shapes
from payments.mollie_sandbox.amounts import amount_from, amount_of, number
from payments.mollie_sandbox.refusal import Refusal, unprocessable
from payments.mollie_sandbox.reports import report
from payments.sandbox import later
from payments.sandbox.desk import Call
from payments.sandbox.errors import Json
from payments.sandbox.ids import random_text

CAPTURE_TAKES_MS = 500
REFUND_TAKES_MS = 1000
_PREFIXES = {"capture": "cpt", "refund": "re", "chargeback": "chb"}
_LIVE = ("queued", "pending", "processing", "refunded")


def create_capture(call: Call, payment_id: str, given: Json) -> Json:
    """https://docs.mollie.com/reference/create-capture: pending first, and done a moment later."""
    stored = payments.get(call, payment_id)
    if stored["status"] != "authorized" or stored.get("released"):
        raise unprocessable("The payment is not in a state that can be captured")
    amount = amount_from(given["amount"]) if given.get("amount") else dict(stored["amount"])
    taken = shapes.total(shapes.children(call, "capture", payment_id), "pending", "succeeded")
    _check(amount, stored, left=number(stored["amount"]) - taken)
    capture = _add(call, "capture", payment_id, given, amount)
    later.schedule(call, "finish_capture", capture["id"], after_ms=CAPTURE_TAKES_MS)
    return capture


def finish_capture(call: Call, capture_id: str, status: str = "succeeded") -> None:
    capture = call.store.get("capture", capture_id)
    if capture is None or capture["status"] != "pending":
        return
    call.store.save(capture | {"status": status})
    stored = payments.get(call, capture["payment"])
    if status == "succeeded":
        ids = {"paymentId": stored["id"], "captureId": capture_id}
        books.came(call, "capture", capture["amount"], ids)
    report(call, stored, f"capture.{status}")
    payments.settle_hold(call, stored)


def create_refund(call: Call, payment_id: str, given: Json) -> Json:
    """https://docs.mollie.com/reference/create-refund."""
    stored = payments.get(call, payment_id)
    captured = shapes.captured_of(call, stored)
    if not captured:
        raise unprocessable("The payment cannot be refunded")
    amount = amount_from(given.get("amount"))
    refunded = shapes.total(shapes.children(call, "refund", payment_id), *_LIVE)
    _check(amount, stored, left=captured - refunded)
    refund = _add(call, "refund", payment_id, given, amount)
    later.schedule(call, "finish_refund", refund["id"], after_ms=REFUND_TAKES_MS)
    return refund


def finish_refund(call: Call, refund_id: str, status: str = "refunded") -> None:
    """To its end, or back from the customer's bank after it: `failed` may follow `refunded`."""
    refund = call.store.get("refund", refund_id)
    if refund is None or refund["status"] == status or refund["status"] in ("failed", "canceled"):
        return
    ids = {"paymentId": refund["payment"], "refundId": refund_id}
    if status == "refunded":
        books.went(call, "refund", refund["amount"], ids)
    elif refund["status"] == "refunded":
        books.came(call, "returned-refund", refund["amount"], ids, free=True)
    call.store.save(refund | {"status": status})
    report(call, payments.get(call, refund["payment"]), f"refund.{status}")


def open_chargeback(call: Call, payment_id: str, given: Json) -> Json:
    """The customer's bank takes the money back."""
    stored = payments.get(call, payment_id)
    captured = shapes.captured_of(call, stored)
    if not captured:
        raise unprocessable("The payment has no money to take back")
    currency = stored["amount"]["currency"]
    amount = amount_from(given["amount"]) if "amount" in given else amount_of(captured, currency)
    _check(amount, stored, left=captured)
    made = _add(call, "chargeback", payment_id, {}, amount)
    ids = {"paymentId": payment_id, "chargebackId": made["id"]}
    books.went(call, "chargeback", amount, ids)
    report(call, stored, "chargeback.received")
    return made


def reverse_chargeback(call: Call, chargeback_id: str) -> Json:
    """The merchant won."""
    found = call.store.get("chargeback", chargeback_id)
    if found is None or found["reversedAt"] is not None:
        raise Refusal(404, "No chargeback to reverse.")
    found |= {"status": "reversed", "reversedAt": shapes.iso(call.now)}
    call.store.save(found)
    ids = {"paymentId": found["payment"], "chargebackId": chargeback_id}
    books.came(call, "chargeback-reversal", found["amount"], ids, free=True)
    report(call, payments.get(call, found["payment"]), "chargeback.reversed")
    return found


def _add(
    call: Call,
    kind: str,
    payment_id: str,
    given: Json,
    amount: Json,
) -> Json:
    made: Json = {
        "id": f"{_PREFIXES[kind]}_{random_text(12)}",
        "created": call.now,
        "payment": payment_id,
        "amount": amount,
        "status": "charged_back" if kind == "chargeback" else "pending",
        "description": str(given.get("description") or "")[:255],
        "metadata": given.get("metadata"),
        "reason": None,
        "reversedAt": None,
    }
    return call.store.add(kind, made)


def _check(amount: Json, stored: Json, *, left: object) -> None:
    if amount["currency"] != stored["amount"]["currency"]:
        raise unprocessable("The currency differs from the payment's", "amount.currency")
    if number(amount) > left:  # type: ignore[operator]
        raise unprocessable("The amount is higher than the maximum", "amount")
