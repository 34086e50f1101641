"""What Mollie's objects say, in our words: amounts, payments, refunds, chargebacks. No SDK is needed to read them.

https://docs.mollie.com/reference/get-payment, https://docs.mollie.com/docs/handling-payment-status
"""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from core.money import CURRENCIES, Money
from payments.gateway import (
    Abandoned,
    Accepted,
    Authorised,
    CaptureFact,
    CardFacts,
    Challenged,
    Declined,
    DisputeFact,
    Done,
    OrderOutcome,
    Outcome,
    Processing,
    RefundFact,
    Refused,
    Risk,
    Sight,
    Succeeded,
    Unknown,
)

Json = Mapping[str, Any]

# As our columns hold them.
_ID_LENGTH_MAX: Final = 255
_WORDS_LENGTH_MAX: Final = 200

# Decimals in text. Mollie takes 0 for ISK and JPY and 2 for every other currency it supports, all of them as ISO 4217
# has it (https://docs.mollie.com/docs/multicurrency); a zero too many or too few in what it answers is still exact.
_VALUE: Final = re.compile(r"(-?)([0-9]{1,15})(?:\.([0-9]{1,6}))?\Z", re.ASCII)

# The bank's own word, where Mollie passes it on (https://docs.mollie.com/docs/status-reasons), outweighs Mollie's
# (https://docs.mollie.com/docs/handling-errors-with-mollie-components).
_STATUS_REASONS: Final[Mapping[str, str]] = {
    "insufficient_funds": "insufficient_funds",
    "lost_card": "lost_or_stolen",
    "stolen_card": "lost_or_stolen",
    "capture_card": "lost_or_stolen",
    "pick_up_card_special_condition": "lost_or_stolen",
    "restricted_card": "lost_or_stolen",
    "expired_card": "expired_card",
    "exceeds_withdrawal_amount_limit": "limit_exceeded",
    "exceeds_withdrawal_count_limit": "limit_exceeded",
    "error": "processing_error",
    "issuer_unavailable": "processing_error",
    "re_enter_transaction": "processing_error",
    "system_malfunction": "processing_error",
    "decline_for_cvv2_failure": "incorrect_cvc",
    "invalid_card_number": "incorrect_number",
    "fraud_security_related": "fraud_suspected",
    "security_violation": "fraud_suspected",
    "suspected_fraud": "fraud_suspected",
    "transaction_not_permitted_to_cardholder": "card_not_supported",
}
_FAILURE_REASONS: Final[Mapping[str, str]] = {
    "authentication_abandoned": "not_completed",
    "authentication_failed": "authentication_failed",
    "authentication_required": "authentication_required",
    "authentication_unavailable_acs": "authentication_failed",
    "card_expired": "expired_card",
    "insufficient_funds": "insufficient_funds",
    "invalid_cvv": "incorrect_cvc",
    "invalid_card_number": "incorrect_number",
    "invalid_card_type": "card_not_supported",
    "possible_fraud": "fraud_suspected",
}
_BRANDS: Final[Mapping[str, str]] = {"american express": "amex", "diners club": "diners"}


def to_mollie(money: Money) -> dict[str, str]:
    """The amount as Mollie writes it: `{"currency": "EUR", "value": "49.99"}`."""
    return {"currency": money.currency.code, "value": money.decimal_text()}


def from_mollie(amount: Any) -> Money | None:
    """The amount as we count it, to the minor unit; None when it is no exact amount of a currency that we know."""
    minor = minor_of(amount)
    if minor is None or minor < 0:
        return None
    return Money.of(minor, amount["currency"])


def outcome_of_payment(payment: Json) -> Outcome:  # noqa: PLR0911 - a line a status
    """What a payment says of its attempt."""
    reference = str(payment["id"])
    status = payment.get("status")
    match status:
        case "open":
            url = dig(payment, "_links", "checkout").get("href")
            if isinstance(url, str):
                return Challenged(reference, url=url, place="psp_page")
            return Processing(reference)
        case "pending":
            return Processing(reference)
        case "authorized" | "paid":
            return _money(payment, reference)
        case "canceled" | "expired":
            return Abandoned(reference)
        case "failed":
            code = decline_code(payment)
            blocked = code == "fraud_suspected"
            risk = Risk(level="highest" if blocked else "unknown", blocked=blocked)
            return Declined(reference, code, card_of(payment), risk)
        case _:
            return Unknown(f"status {str(status)[:40]}")


def _money(payment: Json, reference: str) -> Outcome:
    """Held or captured. What was captured is taken even if the rest is still held: that money has moved."""
    whole = from_mollie(payment.get("amount"))
    captured = from_mollie(payment.get("amountCaptured"))
    if whole is None:
        return Unknown("an amount that is none")
    card = card_of(payment)
    by_hand = payment.get("captureMode") == "manual"
    if payment["status"] == "paid":
        return Succeeded(reference, captured if by_hand and captured else whole, card)
    return Succeeded(reference, captured, card) if captured else Authorised(reference, whole, card)


def decline_code(payment: Json) -> str:
    """Our code for a failed payment: the bank's reason if Mollie passes it on, else Mollie's own."""
    found = _STATUS_REASONS.get(str(dig(payment, "statusReason").get("code")))
    by_mollie = _FAILURE_REASONS.get(str(dig(payment, "details").get("failureReason")))
    return found or by_mollie or "generic_decline"


def card_of(payment: Json) -> CardFacts:
    """What a payment tells of the card that it was made with."""
    details = dig(payment, "details")
    label, number = details.get("cardLabel"), details.get("cardNumber")
    last4 = re.search(r"[0-9]{4}\Z", number) if isinstance(number, str) else None
    brand = label.lower() if isinstance(label, str) else None
    return CardFacts(
        brand=_BRANDS.get(brand, brand.replace(" ", "_")) if brand else None,
        last4=last4.group() if last4 else None,
        country=text_of(details.get("cardCountryCode")),
        fingerprint=text_of(details.get("cardFingerprint")),
        iin=range_of(details.get("cardBin")),
    )


def range_of(value: Any) -> str | None:
    """An issuer's number range: six or eight digits, and never more of the number."""
    fine = isinstance(value, str) and re.fullmatch(r"[0-9]{6}([0-9]{2})?", value, re.ASCII)
    return value if fine else None


def attempt_of(payment: Json) -> str | None:
    """The attempt that a payment was made for; None for one that is not ours."""
    return text_of(dig(payment, "metadata").get("paythread_attempt"))


def order_of(made: Json) -> str | None:
    """The order that a refund or a capture was made for; None for one made in Mollie's own dashboard."""
    return text_of(dig(made, "metadata").get("paythread_order"))


def refund_of(refund: Json) -> RefundFact | None:
    """What a refund says; None if it has no amount that we can count."""
    amount = from_mollie(refund.get("amount"))
    if amount is None:
        return None
    status = str(refund.get("status"))
    reference, order = str(refund["id"]), order_of(refund)
    match status:
        case "refunded":
            return RefundFact(reference, amount, "succeeded", order)
        case "failed" | "canceled":
            return RefundFact(reference, amount, "failed", order, why=status)
        case _:
            return RefundFact(reference, amount, "pending", order)


def dispute_of(chargeback: Json) -> DisputeFact | None:
    """What a chargeback says; None if it has no amount that we can count.

    Mollie takes the money at once and names no end but one: `reversedAt`, when the merchant got it back.
    """
    amount = from_mollie(chargeback.get("amount"))
    if amount is None:
        return None
    reason = dig(chargeback, "reason").get("description")
    return DisputeFact(
        reference=str(chargeback["id"]),
        amount=amount,
        state="won" if chargeback.get("reversedAt") else "open",
        reason=str(reason)[:_WORDS_LENGTH_MAX] if reason else None,
    )


def capture_of(capture: Json) -> CaptureFact | None:
    """How a capture failed; None for one that did not: the payment tells of that one."""
    if capture.get("status") != "failed":
        return None
    return CaptureFact(str(capture["id"]), failed=True, why="capture_failed")


def order_outcome(made: Json) -> OrderOutcome:
    """What a refund or a capture that we ordered came to."""
    amount = from_mollie(made.get("amount"))
    status = made.get("status")
    if status in {"refunded", "succeeded"} and amount is not None:
        return Done(str(made["id"]), amount)
    if status in {"failed", "canceled"}:
        return Refused(str(status))
    return Accepted(str(made["id"]))


def moment(value: Any) -> datetime:
    """A time as Mollie writes it (ISO 8601 with its offset). Raises ValueError for what is none."""
    if not isinstance(value, str):
        raise ValueError("no time")
    found = datetime.fromisoformat(value)
    if found.tzinfo is None:
        raise ValueError("a time without its zone")
    return found.astimezone(UTC)


def dig(value: Any, *path: str) -> Json:
    """The object at a path, or an empty one."""
    for key in path:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value if isinstance(value, Mapping) else {}


def minor_of(amount: Any) -> int | None:
    """Signed minor units, exactly: no digit is lost or made up."""
    if not isinstance(amount, Mapping):
        return None
    currency = CURRENCIES.get(str(amount.get("currency")))
    match = _VALUE.match(str(amount.get("value")))
    if currency is None or match is None:
        return None
    sign, whole, fraction = match.group(1), match.group(2), match.group(3) or ""
    kept, rest = fraction[: currency.exponent], fraction[currency.exponent :]
    if rest.strip("0"):
        return None
    minor = int(whole + kept.ljust(currency.exponent, "0"))
    return -minor if sign else minor


def text_of(value: Any) -> str | None:
    """The text, if it is one that our columns hold."""
    return value if isinstance(value, str) and 0 < len(value) <= _ID_LENGTH_MAX else None


def sight_of(payment: Json) -> Sight:
    """A payment with its refunds and chargebacks, oldest first."""
    refunds = (refund_of(each) for each in embedded(payment, "refunds"))
    disputes = (dispute_of(each) for each in embedded(payment, "chargebacks"))
    return Sight(
        outcome_of_payment(payment),
        refunds=[each for each in refunds if each is not None],
        disputes=[each for each in disputes if each is not None],
    )


def embedded(payment: Json, name: str) -> Sequence[Json]:
    """What a payment embeds under a name, oldest first."""
    found = dig(payment, "_embedded").get(name)
    each = [one for one in found if isinstance(one, Mapping)] if isinstance(found, list) else []
    return sorted(each, key=lambda one: str(one.get("createdAt")))
