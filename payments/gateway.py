"""The port to a PSP: what we ask of it, and what it can answer. No PSP's words get past an adapter."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol

from core.money import Money

RiskLevel = Literal["normal", "elevated", "highest", "unknown"]


@dataclass(frozen=True, slots=True)
class CardFacts:
    """What may be known of a card: never its number. `fingerprint` is the PSP's own, the same for the same card."""

    brand: str | None = None
    last4: str | None = None
    country: str | None = None
    fingerprint: str | None = None


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
    """The money is held until it is captured."""

    reference: str
    amount: Money
    card: CardFacts = field(default_factory=CardFacts)
    risk: Risk = field(default_factory=Risk)


@dataclass(frozen=True, slots=True)
class Challenged:
    """The bank wants to see the customer. `client_secret` goes to the customer's page alone, and is never stored."""

    reference: str
    client_secret: str | None


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


Outcome = Succeeded | Authorised | Challenged | Processing | Declined | Abandoned | Unknown


@dataclass(frozen=True, slots=True, kw_only=True)
class ChargeOrder:
    """What to charge. `attempt_id` is the idempotency key; `method` the PSP's token for the card."""

    attempt_id: str
    amount: Money
    method: str
    capture: Literal["automatic", "manual"]
    description: str
    force_challenge: bool
    metadata: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What we know when we ask for an attempt's fate: its id, when it began, and the PSP's reference if one came."""

    attempt_id: str
    reference: str | None
    started_at: datetime
    now: datetime


@dataclass(frozen=True, slots=True)
class PagePsp:
    """What the customer's page needs to mount the PSP's fields."""

    provider: str
    publishable_key: str
    script_url: str
    origins: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GatewayEvent:
    """A verified report. `attempt_id` or `reference` says which attempt it is about; without an outcome it says nothing
    about an attempt (yet)."""

    id: str
    type: str
    reference: str | None = None
    attempt_id: str | None = None
    outcome: Outcome | None = None


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

    async def cancel(self, question: Question) -> Outcome:
        """Makes sure that the attempt cannot succeed any more: `Abandoned`, or what has happened instead."""
        ...

    def read_event(self, headers: Mapping[str, str], body: bytes, *, now: datetime) -> GatewayEvent:
        """A webhook's content, once its signature holds. Raises `WebhookForged`."""
        ...

    def reread_event(self, body: bytes) -> GatewayEvent:
        """The content of a webhook that was verified and stored earlier. Raises `WebhookForged` if it is no event."""
        ...

    async def check(self) -> None:
        """Whether the account answers. Raises `GatewayUnavailable`."""
        ...

    async def close(self) -> None:
        """Lets go of connections."""
        ...
