"""What Adyen says, in our words: amounts, result codes, refusal reasons, cards. No SDK is needed to read them.

https://docs.adyen.com/development-resources/currency-codes,
https://docs.adyen.com/development-resources/refusal-reasons,
https://docs.adyen.com/online-payments/build-your-integration/payment-result-codes
"""

import re
from collections.abc import Mapping
from typing import Any, Final, Literal

from core.money import CURRENCIES, Money
from payments.gateway import (
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

# Adyen counts these otherwise than ISO 4217; its page marks CLP and CVE, and tells of IDR and ISK beside the table.
_DECIMALS: Final = {"CLP": 2, "CVE": 0, "IDR": 0, "ISK": 2}
_REFERENCE: Final = re.compile(r"[A-Za-z0-9_-]{1,80}")
_LAST4: Final = re.compile(r"[0-9]{4}")
_IIN: Final = re.compile(r"[0-9]{6,8}")
_COUNTRY: Final = re.compile(r"[A-Z]{2}")
_BRAND: Final = re.compile(r"[a-z0-9_]{2,24}")
_FINGERPRINT_LENGTH_MAX: Final = 64
_SCORE_MAX: Final = 100
_SCORE_ELEVATED: Final = 50

# Adyen's refusal reasons: number, name, and our code.
_REASONS: Final = (
    (2, "refused", "generic_decline"),
    (3, "referral", "generic_decline"),
    (4, "acquirer error", "processing_error"),
    (5, "blocked card", "lost_or_stolen"),
    (6, "expired card", "expired_card"),
    (7, "invalid amount", "processing_error"),
    (8, "invalid card number", "incorrect_number"),
    (9, "issuer unavailable", "processing_error"),
    (10, "not supported", "card_not_supported"),
    (11, "3d not authenticated", "authentication_failed"),
    (12, "not enough balance", "insufficient_funds"),
    (14, "acquirer fraud", "fraud_suspected"),
    (15, "cancelled", "not_completed"),
    (16, "shopper cancelled", "not_completed"),
    (17, "invalid pin", "generic_decline"),
    (18, "pin tries exceeded", "limit_exceeded"),
    (19, "pin validation not possible", "generic_decline"),
    (20, "fraud", "fraud_suspected"),
    (21, "not submitted", "processing_error"),
    (22, "fraud-cancelled", "fraud_suspected"),
    (23, "transaction not permitted", "card_not_supported"),
    (24, "cvc declined", "incorrect_cvc"),
    (25, "restricted card", "lost_or_stolen"),
    (26, "revocation of auth", "generic_decline"),
    (27, "declined non generic", "generic_decline"),
    (28, "withdrawal amount exceeded", "limit_exceeded"),
    (29, "withdrawal count exceeded", "limit_exceeded"),
    (31, "issuer suspected fraud", "fraud_suspected"),
    (32, "avs declined", "generic_decline"),
    (33, "card requires online pin", "card_not_supported"),
    (34, "no checking account available on card", "card_not_supported"),
    (35, "no savings account available on card", "card_not_supported"),
    (36, "mobile pin required", "authentication_required"),
    (37, "contactless fallback", "generic_decline"),
    (38, "authentication required", "authentication_required"),
    (39, "rreq not received from ds", "authentication_failed"),
    (40, "current aid is in penalty box.", "processing_error"),
    (41, "cvm required restart payment", "authentication_required"),
    (42, "3ds authentication error", "authentication_failed"),
    (45, "transaction blocked by adyen to prevent excessive retry fees.", "generic_decline"),
)
DECLINE_CODES: Final[Mapping[str, str]] = {str(number): ours for number, _, ours in _REASONS}
_BY_NAME: Final[Mapping[str, str]] = {name: ours for _, name, ours in _REASONS}
_BLOCKED_BY_RISK: Final = frozenset({"20", "22"})

# What a request that was turned away unread for the card's sake says: `errorCode` of the API's error answers.
ERROR_CODES: Final[Mapping[str, str]] = {
    "101": "incorrect_number",
    "102": "card_not_supported",
    "103": "incorrect_cvc",
    "129": "expired_card",
    "140": "expired_card",
    "141": "expired_card",
    "142": "expired_card",
    "905": "card_not_supported",
    "905_1": "card_not_supported",
    "905_3": "card_not_supported",
}

_BRANDS: Final[Mapping[str, str]] = {"mc": "mastercard", "cup": "unionpay"}


def to_adyen(money: Money) -> int | None:
    """The amount as Adyen counts it; None where Adyen has no unit small enough for it. Never rounded."""
    theirs, ours = _decimals(money.currency.code), money.currency.exponent
    if theirs >= ours:
        return int(money.minor * 10 ** (theirs - ours))
    whole, rest = divmod(money.minor, 10 ** (ours - theirs))
    return None if rest else int(whole)


def from_adyen(amount: Any) -> Money | None:
    """`{"value": 4999, "currency": "GBP"}` in our units; None for what is no such amount, rather than a guess."""
    if not isinstance(amount, Mapping):
        return None
    value, code = amount.get("value"), amount.get("currency")
    currency = CURRENCIES.get(code) if isinstance(code, str) else None
    if currency is None or type(value) is not int or value < 0:
        return None
    theirs, ours = _decimals(currency.code), currency.exponent
    if ours >= theirs:
        return Money(value * 10 ** (ours - theirs), currency)
    whole, rest = divmod(value, 10 ** (theirs - ours))
    return None if rest else Money(whole, currency)


def outcome_of_result(  # noqa: PLR0911 - one line a result
    body: Mapping[str, Any], capture: Literal["automatic", "manual"] | None
) -> Outcome:
    """What an answer of `/payments` or `/payments/details` says. `capture` is what was ordered, None where only the
    attempt knows."""
    code = body.get("resultCode")
    action = body.get("action")
    if isinstance(action, Mapping) and code in {
        "RedirectShopper",
        "IdentifyShopper",
        "ChallengeShopper",
    }:
        # Its `pspReference`, where there is one, is not yet the payment's: only the final answer names that.
        return Challenged(None, action=dict(action))
    reference = reference_of(body.get("pspReference"))
    if reference is None:
        return Unknown(f"result {_word(code)} without a reference")
    card, risk = card_of_answer(body), _risk(body)
    match code:
        case "Authorised":
            amount = from_adyen(body.get("amount"))
            if amount is None:
                return Unknown("an amount that is none")
            if capture == "automatic":
                return Succeeded(reference, amount, card, risk)
            return Authorised(reference, amount, card, risk, as_ordered=capture is None)
        case "Refused" | "Error" | "Cancelled":
            return Declined(reference, decline_code(body), card, risk)
        case "Received" | "Pending" | "PresentToShopper":
            return Processing(reference)
        case _:
            return Unknown(f"result {_word(code)}")


def decline_code(body: Mapping[str, Any]) -> str:
    """One of `payments.declines`, from the number of the refusal reason or else its name."""
    number = body.get("refusalReasonCode")
    if isinstance(number, str) and number in DECLINE_CODES:
        return DECLINE_CODES[number]
    if body.get("resultCode") == "Cancelled":
        return "not_completed"
    fallback = "processing_error" if body.get("resultCode") == "Error" else "generic_decline"
    return decline_of_reason(body.get("refusalReason"), fallback)


def decline_of_reason(reason: Any, fallback: str = "generic_decline") -> str:
    """The same from a refusal reason's name alone, as notifications carry it. For words only: it is not signed."""
    return _BY_NAME.get(reason.strip().lower(), fallback) if isinstance(reason, str) else fallback


def card_of_answer(body: Mapping[str, Any]) -> CardFacts:
    """What an answer's or a notification's `additionalData` tells of the card. The alias is Adyen's own fingerprint."""
    more = dig(body, "additionalData")
    brand = dig(body, "paymentMethod").get("brand") or more.get("paymentMethod")
    return CardFacts(
        brand=brand_of(brand),
        last4=_matching(_LAST4, more.get("cardSummary")),
        country=_matching(_COUNTRY, more.get("cardIssuingCountry") or more.get("issuerCountry")),
        fingerprint=_short(more.get("alias")),
        iin=_matching(_IIN, more.get("issuerBin") or more.get("cardBin")),
    )


def brand_of(text: Any) -> str | None:
    """The brand in our words; None for what is no brand."""
    found = _matching(_BRAND, text)
    return None if found is None else _BRANDS.get(found, found)


def reference_of(value: Any) -> str | None:
    """The value, if it can be a PSP reference."""
    return _matching(_REFERENCE, value)


def dig(value: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    """The object under a key, or an empty one."""
    found = value.get(key)
    return found if isinstance(found, Mapping) else {}


def _risk(body: Mapping[str, Any]) -> Risk:
    """Adyen refuses at a score of 100 by itself: https://docs.adyen.com/risk-management."""
    score = dig(body, "fraudResult").get("accountScore")
    blocked = body.get("refusalReasonCode") in _BLOCKED_BY_RISK
    if isinstance(score, str) and score.isascii() and score.isdigit() and len(score) < 6:
        score = int(score)
    if type(score) is not int or score < 0:
        return Risk(level="highest" if blocked else "unknown", blocked=blocked)
    level: RiskLevel = "normal" if score < _SCORE_ELEVATED else "elevated"
    if score >= _SCORE_MAX or blocked:
        level = "highest"
    return Risk(level=level, score=min(score, _SCORE_MAX), blocked=blocked)


def _decimals(code: str) -> int:
    return _DECIMALS.get(code, CURRENCIES[code].exponent)


def _matching(pattern: re.Pattern[str], value: Any) -> str | None:
    return value if isinstance(value, str) and pattern.fullmatch(value) else None


def _short(value: Any) -> str | None:
    fits = isinstance(value, str) and 0 < len(value) <= _FINGERPRINT_LENGTH_MAX
    return value if fits else None


def _word(code: Any) -> str:
    return code if isinstance(code, str) and code.isalpha() and len(code) < 40 else "?"
