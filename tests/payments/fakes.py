"""A PSP made by hand: it does what its script says, remembers what it was asked, and charges a key once."""

import hashlib
import hmac
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Final

from core.money import Money
from payments.errors import GatewayUnavailable, MethodUnusable, WebhookForged
from payments.gateway import (
    Abandoned,
    Authorised,
    CardFacts,
    Challenged,
    ChargeOrder,
    Declined,
    GatewayEvent,
    Outcome,
    PagePsp,
    Processing,
    Question,
    Risk,
    Succeeded,
    Unknown,
)

SIGNATURE: Final = "fake-signature"
SECRET: Final = "only the fake PSP knows"
_TOLERANCE_SECONDS: Final = 300
_ARRIVES_WITHIN: Final = timedelta(seconds=90)


@dataclass(frozen=True)
class Succeeds:
    """The money comes. `captured` is what the PSP says it took, if that is not what was asked."""

    captured: Money | None = None
    risk: Risk = field(default_factory=Risk)


@dataclass(frozen=True)
class Authorises:
    """The money is held."""


@dataclass(frozen=True)
class Declines:
    code: str = "generic_decline"
    risk: Risk = field(default_factory=Risk)


@dataclass(frozen=True)
class Challenges:
    """The bank asks; `then` is what follows when the customer says yes."""

    then: "Step" = field(default_factory=Succeeds)


@dataclass(frozen=True)
class Processes:
    """Accepted; the outcome comes later."""


@dataclass(frozen=True)
class TimesOut:
    """Does what `after` says, and never answers."""

    after: "Step" = field(default_factory=Succeeds)


@dataclass(frozen=True)
class NeverArrives:
    """No answer, and the PSP never heard of it."""


@dataclass(frozen=True)
class Crashes:
    """Our own process dies in the middle of the call; the PSP did what `after` says."""

    after: "Step" = field(default_factory=Succeeds)


Step = Succeeds | Authorises | Declines | Challenges | Processes | TimesOut | NeverArrives | Crashes


class Crashed(Exception):
    """Raised in the place of a process that dies."""


@dataclass
class Intent:
    """What the PSP has of one attempt. It moves on whatever an outcome says of it."""

    reference: str
    attempt: str
    amount: Money
    outcome: Outcome
    then: Step | None = None


class FakeGateway:
    """`script` holds what the next charges do; without one, they succeed."""

    provider = "fake"

    def __init__(self, script: list[Step] | None = None) -> None:
        self.page = PagePsp("fake", "pk_fake", "https://psp.test/v3/", ("https://psp.test",))
        self.script: list[Step] = list(script or [])
        self.intents: dict[str, Intent] = {}
        self.charged: list[ChargeOrder] = []
        self.inspected: list[str] = []
        self.asked: list[Question] = []
        self.cancelled: list[Question] = []
        self.cards: dict[str, CardFacts] = {}
        self.unreachable = False
        self.closed = False
        # Runs once the PSP has the order, before it answers.
        self.meanwhile: Callable[[ChargeOrder], Awaitable[None]] | None = None

    async def inspect(self, method: str) -> CardFacts:
        self.inspected.append(method)
        if self.unreachable:
            raise GatewayUnavailable("The fake PSP is down.")
        if "unknown" in method:
            raise MethodUnusable("The fake PSP does not know this card.")
        return self.cards.get(method, CardFacts("visa", "4242", "US", f"fp-{method}"))

    async def charge(self, order: ChargeOrder) -> Outcome:
        self.charged.append(order)
        known = self.intents.get(order.attempt_id)
        if known is not None:
            return known.outcome
        step = self.script.pop(0) if self.script else Succeeds()
        outcome = self._do(step, order)
        if self.meanwhile is not None:
            await self.meanwhile(order)
        if isinstance(step, Crashes):
            raise Crashed
        return Unknown("no answer") if isinstance(step, TimesOut | NeverArrives) else outcome

    async def ask(self, question: Question) -> Outcome:
        self.asked.append(question)
        if self.unreachable:
            return Unknown("down")
        intent = self.intents.get(question.attempt_id)
        if intent is not None:
            return intent.outcome
        if question.now - question.started_at > _ARRIVES_WITHIN:
            return Abandoned(None)
        return Unknown("not there yet")

    async def cancel(self, question: Question) -> Outcome:
        self.cancelled.append(question)
        found = await self.ask(question)
        if isinstance(found, Authorised | Challenged | Declined) and found.reference is not None:
            intent = self.intents[question.attempt_id]
            intent.outcome = Abandoned(intent.reference)
            return intent.outcome
        return found

    def read_event(self, headers: Mapping[str, str], body: bytes, *, now: datetime) -> GatewayEvent:
        fields = dict(part.partition("=")[::2] for part in headers.get(SIGNATURE, "").split(","))
        stamp = fields.get("t", "")
        if not hmac.compare_digest(_sign(body, stamp).encode(), fields.get("v1", "").encode()):
            raise WebhookForged("The signature is not valid.")
        if abs(int(now.timestamp()) - int(stamp)) > _TOLERANCE_SECONDS:
            raise WebhookForged("The signature is too old, or from the future.")
        return self.reread_event(body)

    def reread_event(self, body: bytes) -> GatewayEvent:
        try:
            value = json.loads(body)
            event = GatewayEvent(
                id=value["id"],
                type=value["type"],
                reference=value.get("reference"),
                attempt_id=value.get("attempt"),
            )
        except (ValueError, KeyError, TypeError, AttributeError):
            raise WebhookForged("The body is no event.") from None
        outcome = value.get("outcome")
        return event if outcome is None else replace(event, outcome=_outcome(outcome))

    async def check(self) -> None:
        if self.unreachable:
            raise GatewayUnavailable("The fake PSP is down.")

    async def close(self) -> None:
        self.closed = True

    # What a test makes happen at the PSP

    def take_up(self, attempt: str) -> None:
        """The customer says yes at the bank."""
        intent = self.intents[attempt]
        assert intent.then is not None, "nobody was asked"
        intent.outcome, intent.then = self._outcome_of(intent.then, intent), None

    def give_up(self, attempt: str) -> None:
        """The customer fails the bank's check."""
        intent = self.intents[attempt]
        intent.outcome, intent.then = Declined(intent.reference, "authentication_failed"), None

    def become(self, attempt: str, step: Step) -> None:
        """The PSP changes its mind."""
        intent = self.intents[attempt]
        intent.outcome = self._outcome_of(step, intent)

    def taken(self) -> int:
        """How often money was taken."""
        return sum(isinstance(each.outcome, Succeeded) for each in self.intents.values())

    def _do(self, step: Step, order: ChargeOrder) -> Outcome:
        if isinstance(step, NeverArrives):
            return Unknown("no answer")
        if isinstance(step, TimesOut | Crashes):
            return self._do(step.after, order)
        reference = f"fake_{order.attempt_id}"
        intent = Intent(reference, order.attempt_id, order.amount, Processing(reference))
        if isinstance(step, Challenges):
            intent.then = step.then
        intent.outcome = self._outcome_of(step, intent)
        self.intents[order.attempt_id] = intent
        return intent.outcome

    def _outcome_of(self, step: Step, intent: Intent) -> Outcome:
        match step:
            case Succeeds(captured, risk):
                return Succeeded(
                    intent.reference,
                    captured or intent.amount,
                    CardFacts("visa", "4242", "US"),
                    risk,
                    f"ch_{intent.attempt}",
                )
            case Authorises():
                return Authorised(intent.reference, intent.amount, CardFacts("visa", "4242", "US"))
            case Declines(code, risk):
                return Declined(intent.reference, code, risk=risk)
            case Challenges():
                return Challenged(intent.reference, f"secret of {intent.reference}")
            case Processes():
                return Processing(intent.reference)
            case _:
                raise AssertionError(f"{step} is no outcome by itself")


def event_body(
    event: str, *, attempt: str | None = None, reference: str | None = None, **outcome: Any
) -> bytes:
    """A report, e.g. `event_body("evt_1", attempt=…, kind="succeeded", amount=4999, currency="GBP")`."""
    value = {"id": event, "type": "fake.report", "attempt": attempt, "reference": reference}
    return json.dumps(
        value | ({"outcome": outcome | {"reference": reference}} if outcome else {})
    ).encode()


def signed(body: bytes, *, at: datetime) -> dict[str, str]:
    """The headers of a genuine report."""
    stamp = str(int(at.timestamp()))
    return {SIGNATURE: f"t={stamp},v1={_sign(body, stamp)}"}


def _sign(body: bytes, stamp: str) -> str:
    return hmac.new(SECRET.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()


def _outcome(value: Mapping[str, Any]) -> Outcome:
    reference = value["reference"]
    match value["kind"]:
        case "succeeded":
            return Succeeded(reference, Money.of(value["amount"], value["currency"]))
        case "authorised":
            return Authorised(reference, Money.of(value["amount"], value["currency"]))
        case "challenged":
            return Challenged(reference, None)
        case "processing":
            return Processing(reference)
        case "declined":
            return Declined(reference, value.get("code", "generic_decline"))
        case "abandoned":
            return Abandoned(reference)
        case kind:
            raise AssertionError(kind)
