"""A PSP made by hand: it does what its script says, remembers what it was asked, and charges a key once."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final, Literal

from core.money import Money
from payments.errors import GatewayUnavailable, MethodUnusable, WebhookForged
from payments.gateway import (
    Abandoned,
    Accepted,
    Authorised,
    CardFacts,
    Challenged,
    ChargeOrder,
    Declined,
    DisputeFact,
    Done,
    GatewayEvent,
    MoneyOrder,
    Movement,
    OrderOutcome,
    Outcome,
    PagePsp,
    Processing,
    Question,
    RefundFact,
    Refused,
    Risk,
    Sight,
    Succeeded,
    Unknown,
    Unreached,
)
from tests.payments.fake_reports import check_signature, read_report

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
class Unreachable:
    """No connection: the order certainly never left us."""


@dataclass(frozen=True)
class Crashes:
    """Our own process dies in the middle of the call; the PSP did what `after` says."""

    after: "Step" = field(default_factory=Succeeds)


Step = (
    Succeeds
    | Authorises
    | Declines
    | Challenges
    | Processes
    | TimesOut
    | NeverArrives
    | Unreachable
    | Crashes
)


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


@dataclass
class Refund:
    """What went back of an attempt's money."""

    attempt: str
    fact: RefundFact


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
        # What the next captures and refunds do; without a script, they succeed.
        self.order_script: list[Step] = []
        self.ordered: list[MoneyOrder] = []
        self.refunds: dict[str, Refund] = {}
        self.disputes: list[DisputeFact] = []
        self.books: list[Movement] = []
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
        if isinstance(step, Unreachable):
            return Unreached("nobody there")
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

    async def look(self, question: Question) -> Sight:
        outcome = await self.ask(question)
        mine = [each for each in self.refunds.values() if each.attempt == question.attempt_id]
        return Sight(outcome, [each.fact for each in mine], self.disputes)

    async def capture(self, order: MoneyOrder) -> OrderOutcome:
        self.ordered.append(order)
        if self.unreachable:
            return Unknown("down")
        intent = self._by_reference(order.reference)
        step = self.order_script.pop(0) if self.order_script else Succeeds()
        if isinstance(step, NeverArrives):
            return Unknown("no answer")
        if isinstance(intent.outcome, Authorised):
            if isinstance(step, Declines):
                return Refused(step.code)
            intent.outcome = self._outcome_of(Succeeds(order.amount), intent)
        elif not isinstance(intent.outcome, Succeeded):
            return Refused("nothing_held")
        took = intent.outcome
        assert isinstance(took, Succeeded)
        return self._answer(step, Done(order.reference, took.captured))

    async def refund(self, order: MoneyOrder) -> OrderOutcome:  # noqa: PLR0911 - a line an answer
        self.ordered.append(order)
        if self.unreachable:
            return Unknown("down")
        intent = self._by_reference(order.reference)
        known = self.refunds.get(order.order_id)
        if known is not None:
            return Done(known.fact.reference, known.fact.amount)
        step = self.order_script.pop(0) if self.order_script else Succeeds()
        if isinstance(step, NeverArrives):
            return Unknown("no answer")
        if isinstance(step, Declines):
            return Refused(step.code)
        if self.left_of(intent) < order.amount.minor:
            return Refused("amount_too_large")
        reference = f"re_{order.order_id}"
        pending = isinstance(step, Processes)
        fact = RefundFact(
            reference, order.amount, "pending" if pending else "succeeded", order.order_id
        )
        self.refunds[order.order_id] = Refund(intent.attempt, fact)
        if pending:
            return Accepted(reference)
        return self._answer(step, Done(reference, order.amount))

    async def movements(self, since: datetime, until: datetime) -> Sequence[Movement]:
        if self.unreachable:
            raise GatewayUnavailable("The fake PSP is down.")
        return [each for each in self.books if since <= each.occurred_at < until]

    async def complete_event(self, event: GatewayEvent) -> GatewayEvent:
        if self.unreachable:
            raise GatewayUnavailable("The fake PSP is down.")
        found = [i for i in self.intents.values() if i.reference == event.reference]
        if not found:
            raise WebhookForged("The PSP knows no such payment.")
        mine = [each.fact for each in self.refunds.values() if each.attempt == found[0].attempt]
        return replace(
            event,
            attempt_id=found[0].attempt,
            outcome=found[0].outcome,
            refunds=mine,
            look=False,
        )

    def read_events(
        self, headers: Mapping[str, str], body: bytes, *, now: datetime
    ) -> Sequence[GatewayEvent]:
        check_signature(headers, body, now=now)
        return [self.reread_event(body)]

    def reread_event(self, body: bytes) -> GatewayEvent:
        return read_report(body)

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

    def left_of(self, intent: Intent) -> int:
        """What of an intent's captured money has not gone back."""
        if not isinstance(intent.outcome, Succeeded):
            return 0
        gone = sum(
            each.fact.amount.minor
            for each in self.refunds.values()
            if each.attempt == intent.attempt and each.fact.state != "failed"
        )
        return intent.outcome.captured.minor - gone

    def settle_refund(self, order_id: str, state: Literal["succeeded", "failed"]) -> RefundFact:
        """A pending refund ends at the PSP, or one that had succeeded comes back."""
        known = self.refunds[order_id]
        known.fact = replace(known.fact, state=state)
        return known.fact

    def _by_reference(self, reference: str) -> Intent:
        return next(each for each in self.intents.values() if each.reference == reference)

    def _answer(self, step: Step, done: Done) -> OrderOutcome:
        if isinstance(step, Crashes):
            raise Crashed
        return Unknown("no answer") if isinstance(step, TimesOut) else done

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
