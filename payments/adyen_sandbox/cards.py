"""Which numbers are test cards, and how does one say what the bank answers?

Sources: docs.adyen.com/development-resources/test-cards-and-credentials/test-card-numbers and
…/testing/result-codes (the holder's name, or `RequestedTestAcquirerResponseCode`, chooses the result). Any date in the
future is taken, and any security code.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Card:
    """A published number. `challenge`: the bank asks its question."""

    name: str
    number: str
    brand: str
    country: str
    challenge: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """What the bank answers."""

    code: str
    reason: str | None = None
    number: str | None = None


CARDS = (
    Card("visa_nl", "4111111145551142", "visa", "NL"),
    Card("visa", "4111111111111111", "visa", "NL"),
    Card("visa_es", "4988438843884305", "visa", "ES"),
    Card("visa_pl", "4646464646464644", "visa", "PL"),
    Card("visa_us", "4400000000000008", "visa", "US"),
    Card("visa_fr", "4977949494949497", "visa", "FR"),
    Card("mc_gb", "5555444433331111", "mc", "GB"),
    Card("mc_corporate", "5555555555554444", "mc", "GB"),
    Card("mc_pl", "5577000055770004", "mc", "PL"),
    Card("mc_fr", "5136333333333335", "mc", "FR"),
    Card("mc_2", "2222400070000005", "mc", "NL"),
    Card("amex", "370000000000002", "amex", "NL"),
    Card("jcb", "3569990010095841", "jcb", "US"),
    Card("visa_challenge", "4917610000000000", "visa", "GB", challenge=True),
    Card("mc_challenge", "5454545454545454", "mc", "GB", challenge=True),
    Card("amex_challenge", "371449635398431", "amex", "US", challenge=True),
)
BY_NAME = {card.name: card for card in CARDS}
BY_NUMBER = {card.number: card for card in CARDS}

AUTHORISED = Result("Authorised")
NOT_AUTHENTICATED = Result("Refused", "3D Not Authenticated", "11")
# holderName -> result; the number is also that of RequestedTestAcquirerResponseCode.
RESULTS = {
    "UNKNOWN": Result("Error", "Unknown", "0"),
    "APPROVED": AUTHORISED,
    "DECLINED": Result("Refused", "Refused", "2"),
    "REFERRAL": Result("Refused", "Referral", "3"),
    "ERROR": Result("Error", "Acquirer Error", "4"),
    "BLOCK_CARD": Result("Refused", "Blocked Card", "5"),
    "CARD_EXPIRED": Result("Refused", "Expired Card", "6"),
    "INVALID_AMOUNT": Result("Refused", "Invalid Amount", "7"),
    "INVALID_CARD": Result("Refused", "Invalid Card Number", "8"),
    "ISSUER_UNAVAILABLE": Result("Refused", "Issuer Unavailable", "9"),
    "NOT_SUPPORTED": Result("Refused", "Not supported", "10"),
    "NOT_3D_AUTHENTICATED": NOT_AUTHENTICATED,
    "NOT_ENOUGH_BALANCE": Result("Refused", "Not enough balance", "12"),
    "ACQUIRER_FRAUD": Result("Refused", "Acquirer Fraud", "14"),
    "CANCELLED": Result("Cancelled", "Cancelled", "15"),
    "SHOPPER_CANCELLED": Result("Cancelled", "Shopper Cancelled", "16"),
    "INVALID_PIN": Result("Refused", "Invalid Pin", "17"),
    "PIN_TRIES_EXCEEDED": Result("Refused", "Pin tries exceeded", "18"),
    "FRAUD": Result("Refused", "FRAUD", "20"),
    "FRAUD_CANCELLED": Result("Refused", "FRAUD-CANCELLED", "22"),
    "TRANSACTION_NOT_PERMITTED": Result("Refused", "Transaction Not Permitted", "23"),
    "CVC_DECLINED": Result("Refused", "CVC Declined", "24"),
    "RESTRICTED_CARD": Result("Refused", "Restricted Card", "25"),
    "WITHDRAWAL_AMOUNT_EXCEEDED": Result("Refused", "Withdrawal amount exceeded", "28"),
    "WITHDRAWAL_COUNT_EXCEEDED": Result("Refused", "Withdrawal count exceeded", "29"),
    "ISSUER_SUSPECTED_FRAUD": Result("Refused", "Issuer Suspected Fraud", "31"),
    # A word of this far end's own: slow payment methods answer so, cards do not.
    "RECEIVED": Result("Received"),
    "AUTHENTICATION_REQUIRED": Result("Refused", "Authentication required", "38"),
}
_BY_CODE = {result.number: result for result in RESULTS.values() if result.number is not None}


def result_of(holder: str | None, requested: str | None) -> Result:
    """What the bank will answer; yes, unless one of the published words says otherwise."""
    if requested in _BY_CODE:
        return _BY_CODE[requested]
    word = (holder or "").strip().upper().partition(" ")[0]
    return RESULTS.get(word, AUTHORISED)
