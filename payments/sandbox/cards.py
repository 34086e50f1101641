"""What is a test card, and which one is this?

A card here is a profile: what the published number is documented to do. Numbers are compared in
memory; what is stored of a card is its profile's name, brand, last four digits and fingerprint.
"""

import hashlib
import hmac
from dataclasses import dataclass
from enum import StrEnum
from functools import cache


class Authentication(StrEnum):
    """How 3-D Secure goes with this card."""

    UNENROLLED = "unenrolled"  # supported by the network, never challenged
    OPTIONAL = "optional"  # challenged when asked for
    REQUIRED = "required"  # challenged always, unless off session and set up
    OPTIONAL_BROKEN = "optional_broken"  # the lookup fails when asked for
    REQUIRED_BROKEN = "required_broken"  # the lookup fails always
    FRICTIONLESS = "frictionless"  # authenticated without a challenge
    UNSUPPORTED = "unsupported"


class Risk(StrEnum):
    NORMAL = "normal"
    ELEVATED = "elevated"
    HIGHEST = "highest"


class Complaint(StrEnum):
    """What the cardholder's bank does shortly after the charge."""

    FRAUDULENT = "fraudulent"
    NOT_RECEIVED = "product_not_received"
    INQUIRY = "inquiry"
    EARLY_WARNING = "early_warning"


class RefundCourse(StrEnum):
    AT_ONCE = "at_once"
    PENDING_THEN_SUCCEEDS = "pending_then_succeeds"
    SUCCEEDS_THEN_FAILS = "succeeds_then_fails"


@dataclass(frozen=True, slots=True)
class Decline:
    """`code` is the error's; `reason` its decline code (None where Stripe documents none)."""

    code: str
    reason: str | None
    message: str
    advice: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    name: str
    number: str
    group: str
    says: str
    brand: str = "visa"
    country: str = "US"
    funding: str = "credit"
    decline: Decline | None = None
    authentication: Authentication = Authentication.UNENROLLED
    set_up_off_session: bool = False
    risk: Risk = Risk.NORMAL
    cvc_check: str = "pass"
    line1_check: str = "pass"
    postal_check: str = "pass"
    complaint: Complaint | None = None
    refund: RefundCourse = RefundCourse.AT_ONCE
    settles_at_once: bool = False
    processes_first: bool = False
    ready_made: tuple[str, ...] = ()

    @property
    def last4(self) -> str:
        return self.number[-4:]

    @property
    def cvc_length(self) -> int:
        return 4 if self.brand == "amex" else 3

    @property
    def spaced(self) -> str:
        """The number in the groups that are printed on the card."""
        if self.brand == "amex":
            return f"{self.number[:4]} {self.number[4:10]} {self.number[10:]}"
        return " ".join(self.number[i : i + 4] for i in range(0, len(self.number), 4))


def all_cards() -> tuple[Card, ...]:
    from payments.sandbox.card_table import CARDS

    return CARDS


@cache
def _by_number() -> dict[str, Card]:
    return {card.number: card for card in reversed(all_cards())}


@cache
def _by_name() -> dict[str, Card]:
    return {card.name: card for card in all_cards()}


@cache
def _by_ready_made() -> dict[str, Card]:
    return {name: card for card in reversed(all_cards()) for name in card.ready_made}


def card_numbered(number: str) -> Card | None:
    return _by_number().get(number)


def card_named(name: str) -> Card:
    return _by_name()[name]


def ready_made(method_id: str) -> Card | None:
    """The card behind a published id such as `pm_card_visa`."""
    return _by_ready_made().get(method_id)


def by_token(token: str) -> Card | None:
    """The card behind a published token such as `tok_visa`."""
    return ready_made("pm_card_" + token.removeprefix("tok_"))


def listed_numbers() -> list[str]:
    return sorted(_by_number())


def fingerprint(card: Card, key: bytes) -> str:
    """The same card has the same fingerprint in one data file, and another in every other."""
    return hmac.new(key, card.number.encode(), hashlib.sha256).hexdigest()[:16]
