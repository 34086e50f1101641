"""What a simulated PSP keeps: intents with their refunds and disputes, cards, and what it decides by itself."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

State = Literal["challenged", "processing", "held", "captured", "declined", "cancelled"]
RefundState = Literal["pending", "succeeded", "failed"]
DisputeState = Literal["open", "won", "lost"]
First = Literal["ok", "decline", "challenge", "process"]


class Refusal(Exception):
    """The PSP will not do it; nothing moved."""


class KeyInUse(Exception):
    """The idempotency key belongs to another request; `under_way` while that one is still being done."""

    def __init__(self, *, under_way: bool) -> None:
        super().__init__()
        self.under_way = under_way


@dataclass(frozen=True)
class Card:
    """What a card's bank says: at once, and after a challenge or some days."""

    method: str
    first: First = "ok"
    then: First = "ok"
    code: str = "insufficient_funds"


# Where the customer pays at the PSP's page, the card is typed there.
AT_ITS_PAGE: Final = Card("typed at the PSP", "challenge")


@dataclass
class Refund:
    """Money given back; `order` is ours if we asked for it."""

    reference: str
    amount: int
    state: RefundState
    order: str | None = None


@dataclass
class Dispute:
    """A charge that the customer's bank contests."""

    reference: str
    amount: int
    state: DisputeState = "open"


@dataclass
class Missed:
    """An order to capture that came to nothing."""

    reference: str
    state: str = "failed"


@dataclass
class Intent:
    """One try to pay, as the PSP has it. `surprise` is what it did by itself after a final no."""

    reference: str
    attempt: str
    payment: str
    amount: int
    currency: str
    manual: bool
    card: Card
    state: State = "processing"
    captured: int = 0
    code: str | None = None
    surprise: str | None = None
    refunds: list[Refund] = field(default_factory=list)
    disputes: list[Dispute] = field(default_factory=list)

    @property
    def returned(self) -> int:
        """What has gone back, or is on its way."""
        return sum(each.amount for each in self.refunds if each.state != "failed")

    def view(self) -> dict[str, Any]:
        """As the PSP shows it at this moment."""
        return {
            "reference": self.reference,
            "attempt": self.attempt,
            "state": self.state,
            "amount": self.amount,
            "currency": self.currency,
            "captured": self.captured,
            "code": self.code,
            "refunds": [vars(each) | {"currency": self.currency} for each in self.refunds],
            "disputes": [vars(each) | {"currency": self.currency} for each in self.disputes],
        }


class Mood:
    """What the PSP and the banks decide by themselves. This one is well behaved."""

    def amount_taken(self, intent: Intent) -> int:
        """What is taken of an intent that the bank has agreed to."""
        return intent.amount

    def refund_starts(self) -> RefundState | None:
        """How a refund begins; None where it is refused."""
        return "succeeded"

    def capture_later(self, intent: Intent, amount: int, reference: str) -> None:
        """An order to capture was taken down."""

    def refund_later(self, intent: Intent, amount: int, order: str, reference: str) -> None:
        """An order to refund was taken down."""


# What changed at the PSP: the intent, the kind of change, and the refund or dispute that it is about.
About = Refund | Dispute | Missed | None
Tell = Callable[[Intent, str, About], None]
View = Mapping[str, Any]
