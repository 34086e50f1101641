"""What a new link is made from, and what may change about one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from channels.customers import CustomerDraft
from core.errors import InvalidField
from core.money import AMOUNT_MINOR_MAX, Currency, Money
from payments.payments import Capture

LIFE_MIN: Final = timedelta(seconds=60)
LIFE_MAX: Final = timedelta(days=90)
LIFE_DEFAULT: Final = timedelta(hours=24)

# Single: one debt, paid once or in parts. Multi: an offer that each customer takes up with a payment of their own.
Usage = Literal["single", "multi"]


@dataclass(frozen=True, slots=True)
class Send:
    """One message to send: the channel, the address if it is not the customer's own, and the name of other words."""

    channel: str
    to: str | None = None
    template: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkDraft:
    """What a new link is made from, as the API takes it. `supersedes` is the link whose payment it asks for anew."""

    amount: int
    currency: str
    description: str
    reference: str | None = None
    customer: str | CustomerDraft | None = None
    expires_in: timedelta = LIFE_DEFAULT
    usage: Usage = "single"
    capture: Capture = "automatic"
    minimum_amount: int | None = None
    account: str | None = None
    supersedes: str | None = None
    locale: str | None = None
    metadata: dict[str, str] | None = None
    send: Sequence[Send] = ()
    agent: str | None = None

    @property
    def due(self) -> Money:
        """Raises `InvalidField`, `UnknownCurrency`."""
        return amount_due(self.amount, Currency.of(self.currency))

    @property
    def minimum(self) -> Money | None:
        """The least that is paid at a time, where that is less than all. Raises `InvalidField`, `UnknownCurrency`."""
        if self.minimum_amount is None:
            return None
        if not 0 < self.minimum_amount <= self.amount:
            raise InvalidField(
                "/minimum_amount", "The minimum must be from 1 minor unit to the amount."
            )
        return Money(self.minimum_amount, Currency.of(self.currency))


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """What is to change; None leaves it."""

    amount: int | None = None
    description: str | None = None
    expires_at: datetime | None = None


def amount_due(minor: int, currency: Currency) -> Money:
    """An amount that a link may ask for. Raises `InvalidField`."""
    if not 0 < minor <= AMOUNT_MINOR_MAX:
        raise InvalidField(
            "/amount", f"The amount must be from 1 to {AMOUNT_MINOR_MAX} minor units."
        )
    return Money(minor, currency)


def check_expiry(expires_at: datetime, now: datetime) -> None:
    """Raises `InvalidField`."""
    if not LIFE_MIN <= expires_at - now <= LIFE_MAX:
        raise InvalidField(
            "/expires_at", "The link must end between 60 seconds and 90 days from now."
        )
