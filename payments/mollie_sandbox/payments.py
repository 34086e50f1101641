"""What can become of a payment? https://docs.mollie.com/docs/handling-payment-status, and who may move it."""

import json
from typing import Any
from urllib.parse import urlsplit

from payments.mollie_sandbox import books, shapes
from payments.mollie_sandbox.amounts import amount_from, number
from payments.mollie_sandbox.refusal import Refusal, unprocessable
from payments.mollie_sandbox.reports import report
from payments.sandbox import later
from payments.sandbox.desk import Call
from payments.sandbox.errors import Json
from payments.sandbox.ids import random_text

EXPIRES_AFTER_MS = 15 * 60 * 1000
PENDING_TAKES_MS = 3000
_HOLD_SECONDS = 7 * 24 * 3600
_METADATA_BYTES_MAX = 1024
_PARAMETERS = """
amount description redirectUrl cancelUrl webhookUrl locale method metadata captureMode profileId sequenceType
billingAddress shippingAddress lines
"""
# What the customer may choose on the hosted page, and the field that tells when.
CHOICES = {
    "paid": "paidAt", "authorized": "authorizedAt", "failed": "failedAt", "canceled": "canceledAt",
    "expired": "expiredAt", "pending": None,
}  # fmt: skip
# The reasons of Mollie's own (https://docs.mollie.com/docs/handling-errors-with-mollie-components); any other is
# told as the bank's, in `statusReason`.
MOLLIES_REASONS = (
    "authentication_abandoned", "authentication_failed", "authentication_required", "card_declined", "card_expired",
    "inactive_card", "insufficient_funds", "invalid_cvv", "invalid_card_holder_name", "invalid_card_number",
    "invalid_card_type", "possible_fraud", "refused_by_issuer", "unknown_reason",
)  # fmt: skip
BANKS_REASONS = (
    "lost_card",
    "stolen_card",
    "exceeds_withdrawal_amount_limit",
    "system_malfunction",
)
_CARD = {
    "cardNumber": "4242", "cardHolder": "T. TEST", "cardLabel": "Visa", "cardFunding": "debit",
    "cardAudience": "consumer", "cardCountryCode": "NL", "cardSecurity": "3dsecure", "feeRegion": "intra-eu",
}  # fmt: skip


def create(call: Call, given: Json) -> Json:
    """https://docs.mollie.com/reference/create-payment."""
    if unknown := set(given) - set(_PARAMETERS.split()):
        raise Refusal(
            400, "Non-existent body parameter for this API call.", sorted(unknown)[0][:40]
        )
    if not isinstance(given.get("description"), str) or not given["description"]:
        raise unprocessable("The description is required", "description")
    methods = given.get("method")
    stored: Json = {
        "id": f"tr_{random_text(22)}",
        "created": call.now,
        "status": "open",
        "amount": amount_from(given.get("amount")),
        "description": given["description"][:255],
        "redirectUrl": _url(given, "redirectUrl", needed=True),
        "cancelUrl": _url(given, "cancelUrl"),
        "webhookUrl": _url(given, "webhookUrl"),
        "metadata": _metadata(given.get("metadata")),
        "captureMode": _one_of(given, "captureMode", ("automatic", "manual")) or "automatic",
        "locale": given.get("locale"),
        "method": methods[0] if isinstance(methods, list) and len(methods) == 1 else None,
        "isCancelable": True,
        "expiresAt": shapes.iso((call.now_ms + EXPIRES_AFTER_MS) // 1000),
    }
    call.store.add("payment", stored, {"challenge": random_text(32)})
    later.schedule(call, "expire", stored["id"], after_ms=EXPIRES_AFTER_MS)
    return stored


def get(call: Call, payment_id: str) -> Json:
    stored = call.store.get("payment", payment_id)
    if stored is None:
        raise Refusal(404, "No payment exists with this token.")
    return stored


def choose(call: Call, stored: Json, status: str, reason: str | None = None) -> Json:
    """The customer's choice on the hosted page, for an open payment; a pending one may still end by itself."""
    if stored["status"] not in ("open", "pending"):
        raise unprocessable("The payment is over", "status")
    if status == "paid" and stored["captureMode"] == "manual":
        status = "authorized"
    stored |= {"status": status, "isCancelable": False, "expiresAt": None}
    if status in ("paid", "authorized", "failed"):
        stored |= {"method": "creditcard", "details": dict(_CARD)}
        stored["details"]["cardFingerprint"] = f"fp_{call.store.account}"
    if status == "failed":
        _say_why(stored, reason or "card_declined")
    if status == "authorized":
        stored["captureBefore"] = shapes.iso(call.now + _HOLD_SECONDS)
    moved_at = CHOICES[status]
    if moved_at is not None:
        stored[moved_at] = shapes.iso(call.now)
    call.store.save(stored)
    if status == "paid":
        books.came(call, "payment", stored["amount"], {"paymentId": stored["id"]})
    if status == "pending":
        later.schedule(call, "finish_pending", stored["id"], after_ms=PENDING_TAKES_MS)
    else:
        report(call, stored, f"payment.{status}")
    return stored


def _say_why(stored: Json, reason: str) -> None:
    if reason in MOLLIES_REASONS:
        stored["details"] |= {"failureReason": reason, "failureMessage": "The payment failed."}
    else:
        stored["statusReason"] = {"code": reason, "message": "The payment failed."}


def cancel(call: Call, payment_id: str) -> Json:
    """https://docs.mollie.com/reference/cancel-payment."""
    stored = get(call, payment_id)
    if stored["status"] != "open" or not stored["isCancelable"]:
        raise unprocessable("The payment cannot be cancelled")
    return choose(call, stored, "canceled")


def release(call: Call, payment_id: str) -> None:
    """https://docs.mollie.com/reference/release-authorization: what is not captured is let go."""
    stored = get(call, payment_id)
    if stored["status"] != "authorized":
        raise unprocessable("The payment holds no authorization")
    stored["released"] = True
    call.store.save(stored)
    settle_hold(call, stored)


def settle_hold(call: Call, stored: Json) -> None:
    """A hold ends when all of it was captured, or when nothing more will be."""
    captures = shapes.children(call, "capture", stored["id"])
    if stored["status"] != "authorized" or shapes.total(captures, "pending"):
        return
    captured = shapes.captured_of(call, stored)
    if captured and (stored.get("released") or captured == number(stored["amount"])):
        stored |= {"status": "paid", "paidAt": shapes.iso(call.now)}
    elif stored.get("released"):
        stored |= {"status": "canceled", "canceledAt": shapes.iso(call.now)}
    else:
        return
    call.store.save(stored)
    report(call, stored, f"payment.{stored['status']}")


def expire(call: Call, payment_id: str) -> None:
    stored = call.store.get("payment", payment_id)
    if stored is not None and stored["status"] == "open":
        choose(call, stored, "expired")


def finish_pending(call: Call, payment_id: str) -> None:
    stored = call.store.get("payment", payment_id)
    if stored is not None and stored["status"] == "pending":
        choose(call, stored, "paid")


def _metadata(value: Any) -> Any:
    if len(json.dumps(value).encode()) > _METADATA_BYTES_MAX:
        raise unprocessable("The metadata is too large", "metadata")
    return value


def _one_of(given: Json, name: str, allowed: tuple[str, ...]) -> str | None:
    value = given.get(name)
    if value is not None and value not in allowed:
        raise unprocessable(f"The {name} is invalid", name)
    return value


def _url(given: Json, name: str, *, needed: bool = False) -> str | None:
    value = given.get(name)
    if value is None and not needed:
        return None
    try:
        parts = urlsplit(str(value))
        fine = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        fine = False
    if not fine:
        raise unprocessable(f"The {name} is invalid", name)
    return str(value)
