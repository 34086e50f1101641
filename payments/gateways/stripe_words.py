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

# Stripe counts these in hundredths although ISO 4217 gives them none, or charges in whole hundreds of a
# three-decimal unit: https://docs.stripe.com/currencies#special-cases
_STRIPE_TWO_DECIMALS: Final = frozenset({"ISK", "UGX"})

# Stripe's decline codes in our words: https://docs.stripe.com/declines/codes
DECLINE_CODES: Final[Mapping[str, str]] = {
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
    "fraudulent": "fraud_suspected",
    "merchant_blacklist": "fraud_suspected",
    "security_violation": "fraud_suspected",
}


def to_stripe(money: Money) -> int:
    """The amount as Stripe counts it."""
    if money.currency.code in _STRIPE_TWO_DECIMALS:
        return money.minor * 100
    return money.minor


def from_stripe(amount: int, currency: str) -> Money | None:
    """The amount as we count it; None when it is no amount of a currency we know."""
    found = CURRENCIES.get(currency.upper())
    if found is None or amount < 0:
        return None
    if found.code in _STRIPE_TWO_DECIMALS:
        whole, rest = divmod(amount, 100)
        return None if rest else Money(whole, found)
    return Money(amount, found)


def outcome_of_intent(intent: Mapping[str, Any]) -> Outcome:  # noqa: PLR0911 - a line a status
    """What a PaymentIntent says of its attempt."""
    reference = str(intent["id"])
    status = intent.get("status")
    charge = _charge(intent)
    card = card_of(dig(charge, "payment_method_details", "card"))
    risk = _risk(charge)
    match status:
        case "succeeded":
            money = from_stripe(_number(intent.get("amount_received")), str(intent.get("currency")))
            if money is None:
                return Unknown("an amount that is none")
            return Succeeded(reference, money, card, risk, charge.get("id"))
        case "requires_capture":
            money = from_stripe(
                _number(intent.get("amount_capturable")), str(intent.get("currency"))
            )
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


def _charge(intent: Mapping[str, Any]) -> Mapping[str, Any]:
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
    )


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


def _number(value: Any) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else -1
