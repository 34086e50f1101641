"""The port to a PSP: what we ask of it, and what it can answer. No PSP's words get past an adapter."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, Protocol, runtime_checkable

from core.money import Money

RiskLevel = Literal["normal", "elevated", "highest", "unknown"]


@dataclass(frozen=True, slots=True)
class CardFacts:
    """What may be known of a card: never its number. `fingerprint` is the PSP's own, the same for the same card.

    `iin` is the issuer's number range, the first 6 or 8 digits, where the PSP tells it; it is not stored. `wallet` is
    the one that the card came out of: `apple_pay`, `google_pay`, `link`.
    """

    brand: str | None = None
    last4: str | None = None
    country: str | None = None
    fingerprint: str | None = None
    iin: str | None = None
    wallet: str | None = None


@dataclass(frozen=True, slots=True)
class Risk:
    """The PSP's own fraud verdict, where it gives one. `score` runs from 0 to 100."""

    level: RiskLevel = "unknown"
    score: int | None = None
    blocked: bool = False


@dataclass(frozen=True, slots=True)
class Succeeded:
    """The money is captured. `captured` is the PSP's echo, to be compared with what was asked."""

    reference: str
    captured: Money
    card: CardFacts = field(default_factory=CardFacts)
    risk: Risk = field(default_factory=Risk)
    charge_reference: str | None = None


@dataclass(frozen=True, slots=True)
class Authorised:
    """The money is held until it is captured.

    `as_ordered`: the PSP's report says yes without telling a hold from a capture; what the attempt ordered decides.
    """

    reference: str
    amount: Money
    card: CardFacts = field(default_factory=CardFacts)
    risk: Risk = field(default_factory=Risk)
    as_ordered: bool = False


@dataclass(frozen=True, slots=True)
class Challenged:
    """The customer has something to do elsewhere: at the bank, or at the PSP's own page.

    `client_secret`, `url` and `action` say how the customer's page gets there, in the PSP's way: one of them is set
    where the PSP gave it. They go to that page alone, and are never stored. A PSP may name the attempt only afterwards.
    """

    reference: str | None
    client_secret: str | None = None
    url: str | None = None
    action: Mapping[str, Any] | None = None
    place: Literal["bank", "psp_page"] = "bank"


@dataclass(frozen=True, slots=True)
class Processing:
    """Accepted; the outcome comes later by itself."""

    reference: str


@dataclass(frozen=True, slots=True)
class Declined:
    """Refused. `code` is one of `payments.declines`. No money moved, nor will by itself."""

    reference: str | None
    code: str
    card: CardFacts = field(default_factory=CardFacts)
    risk: Risk = field(default_factory=Risk)


@dataclass(frozen=True, slots=True)
class Abandoned:
    """Cancelled at the PSP, or certain never to have arrived there: it cannot succeed any more."""

    reference: str | None


@dataclass(frozen=True, slots=True)
class Unknown:
    """No answer, or one that says nothing. The money may have moved. `why` is for the log."""

    why: str


@dataclass(frozen=True, slots=True)
class Unreached:
    """The order certainly never left us, or was turned away unread: another PSP may be tried. `why` is for the log."""

    why: str


Outcome = (
    Succeeded | Authorised | Challenged | Processing | Declined | Abandoned | Unknown | Unreached
)


@dataclass(frozen=True, slots=True)
class Done:
    """What was ordered is done. `amount` is the PSP's echo."""

    reference: str
    amount: Money


@dataclass(frozen=True, slots=True)
class Accepted:
    """The PSP will do it, and tell by itself."""

    reference: str


@dataclass(frozen=True, slots=True)
class Refused:
    """The PSP will not do it. `code` is its own word, for people; nothing moved."""

    code: str


# What becomes of an order for money that a PSP holds: `Unknown` when no answer came.
OrderOutcome = Done | Accepted | Refused | Unknown


@dataclass(frozen=True, slots=True, kw_only=True)
class ChargeOrder:
    """What to charge. `attempt_id` is the idempotency key; `method` the PSP's token for the card, None where the
    customer chooses at the PSP's page. `return_url` is where the customer comes back to, `origin` the page's own."""

    attempt_id: str
    amount: Money
    method: str | None
    capture: Literal["automatic", "manual"]
    description: str
    force_challenge: bool
    metadata: Mapping[str, str]
    return_url: str | None = None
    origin: str | None = None
    shopper_address: str | None = None
    locale: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyOrder:
    """To capture or to give back money of an attempt. `order_id` is the idempotency key; `reference` the attempt's at
    the PSP; `again` is true when it may have been sent before without an answer, perhaps long ago."""

    order_id: str
    reference: str
    amount: Money
    again: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What we know when we ask for an attempt's fate: its id, when it began, what was ordered, and the PSP's reference
    if one came. `state` is what we last knew of it, as `payments.states` names it: not every PSP can be asked."""

    attempt_id: str
    reference: str | None
    amount: Money
    started_at: datetime
    now: datetime
    state: str | None = None


@dataclass(frozen=True, slots=True)
class RefundFact:
    """A refund as the PSP has it; `order_id` is ours, if we ordered it. `reference` is the refund's own."""

    reference: str
    amount: Money
    state: Literal["pending", "succeeded", "failed"]
    order_id: str | None = None
    why: str | None = None


@dataclass(frozen=True, slots=True)
class DisputeFact:
    """A dispute (chargeback) as the PSP has it. `withdrawn` is whether its money was taken from the merchant."""

    reference: str
    amount: Money
    state: Literal["open", "won", "lost"]
    reason: str | None = None
    withdrawn: bool = True
    respond_by: datetime | None = None


@dataclass(frozen=True, slots=True)
class CaptureFact:
    """How a capture that was only accepted went on; a capture that was done tells itself by the attempt's outcome."""

    reference: str | None
    failed: bool
    why: str | None = None


@dataclass(frozen=True, slots=True)
class ReviewFact:
    """The PSP wants a person to look at a payment (`open`), or that person is done. `reason` is its own word."""

    reference: str
    open: bool
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Sight:
    """Everything that a PSP knows of an attempt, fetched at once."""

    outcome: Outcome
    refunds: Sequence[RefundFact] = ()
    disputes: Sequence[DisputeFact] = ()


@dataclass(frozen=True, slots=True)
class Movement:
    """A line of the PSP's own books: what it says moved, for reconciliation. `amount` is signed, before fees.

    `reference` is the object that moved the money, as our transactions name it.
    """

    kind: Literal["charge", "capture", "refund", "dispute", "other"]
    reference: str
    amount: int
    currency: str
    occurred_at: datetime
    fee: int = 0


@dataclass(frozen=True, slots=True)
class PagePsp:
    """What the customer's page needs to mount the PSP's fields, or to lead to the PSP's own page (`redirect`)."""

    provider: str
    publishable_key: str
    script_url: str
    origins: tuple[str, ...]
    mode: Literal["fields", "redirect"] = "fields"
    # What the provider's own script on the page wants besides, e.g. `{"environment": "test"}`. Public.
    config: Mapping[str, str] = field(default_factory=dict)
    # Whether its fields bring a style sheet and pictures, from these origins too.
    styled: bool = False
    # Where the bank's question is framed from and posted to, where the page itself does that; `https:` is any bank.
    bank_origins: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GatewayEvent:
    """A verified report. `attempt_id` or `reference` says which attempt it is about; one that carries no fact says
    nothing about an attempt (yet). `look` is true where it tells only that something changed: the PSP is to be asked.

    `body` is what to keep, so that `reread_event` finds the same later.
    """

    id: str
    type: str
    body: bytes = b""
    reference: str | None = None
    attempt_id: str | None = None
    outcome: Outcome | None = None
    refunds: Sequence[RefundFact] = ()
    dispute: DisputeFact | None = None
    capture: CaptureFact | None = None
    review: ReviewFact | None = None
    look: bool = False

    @property
    def says_something(self) -> bool:
        """Whether it carries a fact, or sends us to fetch one."""
        facts = (self.outcome, self.refunds, self.dispute, self.capture, self.review)
        return self.look or any(facts)


class Gateway(Protocol):
    """One account at one PSP. Every call is bounded in time; none is made inside a database transaction."""

    provider: str
    page: PagePsp

    async def inspect(self, method: str) -> CardFacts:
        """What is known of a card token. Raises `MethodUnusable`, `GatewayUnavailable`."""
        ...

    async def charge(self, order: ChargeOrder) -> Outcome:
        """Charges once, however often it is called with one `attempt_id`. Never raises: silence is `Unknown`."""
        ...

    async def ask(self, question: Question) -> Outcome:
        """The fate of an attempt as the PSP knows it. Never raises; moves no money."""
        ...

    async def look(self, question: Question) -> Sight:
        """The fate of an attempt with its refunds and disputes. Never raises; moves no money."""
        ...

    async def cancel(self, question: Question) -> Outcome:
        """Makes sure that the attempt cannot succeed any more: `Abandoned`, or what has happened instead."""
        ...

    async def capture(self, order: MoneyOrder) -> OrderOutcome:
        """Takes money that is held, once however often it is called with one `order_id`; what is not taken is let go.

        Never raises: silence is `Unknown`.
        """
        ...

    async def refund(self, order: MoneyOrder) -> OrderOutcome:
        """Gives money back, once however often it is called with one `order_id`. Never raises: silence is `Unknown`."""
        ...

    async def movements(self, since: datetime, until: datetime) -> Sequence[Movement]:
        """The PSP's own books of that time, oldest first. Raises `GatewayUnavailable`."""
        ...

    def read_events(
        self, headers: Mapping[str, str], body: bytes, *, now: datetime
    ) -> Sequence[GatewayEvent]:
        """A webhook's reports, once their signatures hold: all of them, or none. Raises `WebhookForged`."""
        ...

    async def complete_event(self, event: GatewayEvent) -> GatewayEvent:
        """What a report that only says `look` is about, fetched: the event with its facts, and `look` false.

        Of an object that the PSP does not know, a signed report comes back as it is, and waits; one that nothing
        proves raises `WebhookForged`. Raises `GatewayUnavailable`.
        """
        ...

    def reread_event(self, body: bytes) -> GatewayEvent:
        """A report that was verified and stored earlier. Raises `WebhookForged` if it is none."""
        ...

    async def check(self) -> None:
        """Whether the account answers. Raises `GatewayUnavailable`."""
        ...

    async def close(self) -> None:
        """Lets go of connections."""
        ...


@runtime_checkable
class Completing(Protocol):
    """A PSP whose script on the page hands us what the bank said, for its own servers to read."""

    async def complete(self, question: Question, details: Mapping[str, Any]) -> Outcome:
        """Passes the details on; only then does the PSP ask for the money. Raises `MethodUnusable` for what is none."""
        ...
