"""What Stripe's objects say, in our words: amounts, decline codes, intents, events. No SDK is needed to read them.

https://docs.stripe.com/api/payment_intents/object, https://docs.stripe.com/declines/codes
"""

from collections.abc import Mapping
from typing import Any, Final

from core.money import CURRENCIES, Money
from payments.gateway import (
    Abandoned,
    Authorised,
    CardFacts,
    Challenged,
    Declined,
    Outcome,
    Processing,
    Risk,
    RiskLevel,
    Succeeded,
    Unknown,
)

# As our columns hold them, and as Stripe promises them: https://docs.stripe.com/upgrades
_ID_LENGTH_MAX: Final = 255
_WALLET_LENGTH_MAX: Final = 40

# Stripe's own way to count, where it is not that of ISO 4217: https://docs.stripe.com/currencies#special-cases
# Hundredths of what ISO gives no decimals; whole units of what ISO gives two; and tens of the smallest of three.
_HUNDREDTHS: Final = frozenset({"ISK", "UGX"})
_WHOLE_UNITS: Final = frozenset({"MGA"})
_THREE_DECIMALS: Final = 3

# Ours for what is taken for fraud, by the bank or by Stripe's own rules: which of them, the charge says.
FRAUD: Final = "fraud_suspected"

# Stripe's decline codes in our words: https://docs.stripe.com/declines/codes
DECLINE_CODES: Final[Mapping[str, str]] = {
    "amount_too_small": "amount_not_accepted",
    "amount_too_large": "amount_not_accepted",
    "insufficient_funds": "insufficient_funds",
    "lost_card": "lost_or_stolen",
    "stolen_card": "lost_or_stolen",
    "pickup_card": "lost_or_stolen",
    "restricted_card": "lost_or_stolen",
    "expired_card": "expired_card",
    "invalid_expiry_month": "expired_card",
    "invalid_expiry_year": "expired_card",
    "incorrect_cvc": "incorrect_cvc",
    "invalid_cvc": "incorrect_cvc",
    "incorrect_number": "incorrect_number",
    "invalid_number": "incorrect_number",
    "processing_error": "processing_error",
    "issuer_not_available": "processing_error",
    "try_again_later": "processing_error",
    "reenter_transaction": "processing_error",
    "approve_with_id": "processing_error",
    "card_velocity_exceeded": "limit_exceeded",
    "withdrawal_count_limit_exceeded": "limit_exceeded",
    "card_not_supported": "card_not_supported",
    "currency_not_supported": "card_not_supported",
    "not_permitted": "card_not_supported",
    "transaction_not_allowed": "card_not_supported",
    "service_not_allowed": "card_not_supported",
    "authentication_required": "authentication_required",
    "payment_intent_authentication_failure": "authentication_failed",
    "authentication_failed": "authentication_failed",
    "fraudulent": FRAUD,
    "merchant_blacklist": FRAUD,
    "security_violation": FRAUD,
}


def to_stripe(money: Money) -> int | None:
    """The amount as Stripe counts it; None when Stripe cannot charge exactly this."""
    if money.currency.code in _HUNDREDTHS:
        return money.minor * 100
    if money.currency.code in _WHOLE_UNITS:
        whole, rest = divmod(money.minor, 100)
        return None if rest else whole
    if money.currency.exponent == _THREE_DECIMALS and money.minor % 10:
        return None
    return money.minor


def from_stripe(amount: Any, currency: Any) -> Money | None:
    """The amount as we count it; None when it is no amount of a currency we know."""
    found = CURRENCIES.get(currency.upper()) if isinstance(currency, str) else None
    if found is None or type(amount) is not int or amount < 0:
        return None
    if found.code in _WHOLE_UNITS:
        return Money(amount * 100, found)
    if found.code in _HUNDREDTHS:
        whole, rest = divmod(amount, 100)
        return None if rest else Money(whole, found)
    return Money(amount, found)


def outcome_of_intent(intent: Mapping[str, Any]) -> Outcome:  # noqa: PLR0911 - a line a status
    """What a PaymentIntent says of its attempt."""
    reference = str(intent["id"])
    status = intent.get("status")
    charge = charge_of(intent)
    card = card_of(dig(charge, "payment_method_details", "card"))
    risk = _risk(charge)
    match status:
        case "succeeded":
            money = from_stripe(intent.get("amount_received"), intent.get("currency"))
            if money is None:
                return Unknown("an amount that is none")
            return Succeeded(reference, money, card, risk, charge.get("id"))
        case "requires_capture":
            money = from_stripe(intent.get("amount_capturable"), intent.get("currency"))
            return Authorised(reference, money, card, risk) if money else Unknown("no amount held")
        case "processing":
            return Processing(reference)
        case "requires_action" | "requires_source_action":
            return Challenged(reference, intent.get("client_secret"))
        case "requires_payment_method" | "requires_source":
            error = intent.get("last_payment_error")
            if not isinstance(error, dict):
                return Unknown("no method and no error yet")
            error_card = card_of(dig(error, "payment_method", "card"))
            return Declined(reference, decline_code(error), error_card, risk)
        case "canceled":
            return Abandoned(reference)
        case _:
            return Unknown(f"status {status}")


def outcome_of_event(kind: str, intent: Mapping[str, Any]) -> Outcome | None:
    """Events of other types than these say nothing that moves an attempt."""
    if kind in {
        "payment_intent.succeeded",
        "payment_intent.payment_failed",
        "payment_intent.requires_action",
        "payment_intent.processing",
        "payment_intent.canceled",
        "payment_intent.amount_capturable_updated",
    }:
        outcome = outcome_of_intent(intent)
        return None if isinstance(outcome, Unknown) else outcome
    return None


def declined_by_error(error: Mapping[str, Any]) -> Outcome:
    """What a card error says. Its code is newer than the one that the intent carries."""
    intent = error.get("payment_intent")
    if isinstance(intent, dict):
        outcome = outcome_of_intent(intent)
        if isinstance(outcome, Declined):
            code = decline_code(error)
            return Declined(outcome.reference, code, outcome.card, outcome.risk)
        return outcome
    return Declined(None, decline_code(error))


def decline_code(error: Mapping[str, Any]) -> str:
    """Our code for an error: the bank's reason if it gives one, else Stripe's."""
    for key in ("decline_code", "code"):
        found = DECLINE_CODES.get(str(error.get(key)))
        if found is not None:
            return found
    return "generic_decline"


def charge_of(intent: Mapping[str, Any]) -> Mapping[str, Any]:
    """The intent's last charge: `latest_charge` (since 2022-11-15, when expanded) or the last of `charges.data`."""
    latest = intent.get("latest_charge")
    if isinstance(latest, dict):
        return latest
    older = dig(intent, "charges").get("data")
    if isinstance(older, list) and older and isinstance(older[0], dict):
        return older[0]
    return {}


def card_of(card: Mapping[str, Any]) -> CardFacts:
    """What a `card` object tells of a card."""
    return CardFacts(
        brand=card.get("brand"),
        last4=card.get("last4"),
        country=card.get("country"),
        fingerprint=card.get("fingerprint"),
        iin=card.get("iin"),
        wallet=_wallet(card),
    )


def _wallet(card: Mapping[str, Any]) -> str | None:
    found = dig(card, "wallet").get("type")
    return found[:_WALLET_LENGTH_MAX] if isinstance(found, str) and found else None


_RISK_LEVELS: Final[Mapping[str, RiskLevel]] = {
    "normal": "normal",
    "elevated": "elevated",
    "highest": "highest",
}


def _risk(charge: Mapping[str, Any]) -> Risk:
    outcome = dig(charge, "outcome")
    score = outcome.get("risk_score")
    return Risk(
        level=_RISK_LEVELS.get(str(outcome.get("risk_level")), "unknown"),
        score=score if isinstance(score, int) else None,
        blocked=outcome.get("type") == "blocked",
    )


def dig(value: Mapping[str, Any], *path: str) -> Mapping[str, Any]:
    """The object at a path, or an empty one."""
    for key in path:
        found = value.get(key)
        if not isinstance(found, Mapping):
            return {}
        value = found
    return value


def is_id(value: Any) -> bool:
    """Whether this can be an object's id."""
    return isinstance(value, str) and 0 < len(value) <= _ID_LENGTH_MAX


def id_of(value: Any) -> str | None:
    """The id of an object that is named or expanded."""
    found = value.get("id") if isinstance(value, Mapping) else value
    return found if is_id(found) else None
