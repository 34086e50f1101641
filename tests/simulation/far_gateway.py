"""A gateway to the simulated PSP, as an adapter has to be: bounded, one key an order, silence is never a no.

It does what the port promises in the way of the gateway to Stripe: an unanswered order is sent once more under its
key; an order that never showed up has its key used up before it is called abandoned.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Final, TypeVar

from core.money import Money
from payments.errors import GatewayUnavailable, MethodUnusable, WebhookForged
from payments.gateway import (
    Abandoned,
    Accepted,
    CardFacts,
    ChargeOrder,
    Done,
    GatewayEvent,
    MoneyOrder,
    Movement,
    OrderOutcome,
    Outcome,
    PagePsp,
    Processing,
    Question,
    Refused,
    Sight,
    Succeeded,
    Unknown,
    Unreached,
)
from tests.simulation.intents import KeyInUse, Refusal, View
from tests.simulation.psp import Psp
from tests.simulation.reports import dispute_fact, outcome_of, read_report, refund_fact
from tests.simulation.wire import NoAnswer, NotSent, Wire

T = TypeVar("T")
SIGNATURE: Final = "far-signature"
FORGED: Final = "not the PSP's"
_ARRIVES_WITHIN: Final = timedelta(seconds=90)
_OVER_AFTER: Final = timedelta(minutes=10)


class InDoubt(Exception):
    """No answer, on a call that may have been done."""


class FarGateway:
    """One account. `fresh_key` turns the key of each call into another: a planted bug."""

    provider = "far"

    def __init__(
        self,
        psp: Psp,
        wire: Wire,
        *,
        redirect: bool,
        fresh_key: Callable[[str], str] = lambda key: key,
    ) -> None:
        self.page = PagePsp(
            "far",
            "pk_far",
            "https://psp.test/v3/",
            ("https://psp.test",),
            mode="redirect" if redirect else "fields",
        )
        self._psp = psp
        self._wire = wire
        self._key = fresh_key

    async def inspect(self, method: str) -> CardFacts:
        try:
            card = await self._wire.read(lambda: self._psp.cards.get(method))
        except NoAnswer:
            raise GatewayUnavailable("The PSP does not answer.") from None
        if card is None:
            raise MethodUnusable("The PSP does not know this card.")
        return CardFacts("visa", "4242", "GB", f"fp-{method}")

    async def charge(self, order: ChargeOrder) -> Outcome:
        told = {
            "attempt": order.attempt_id,
            "payment": order.metadata["paythread_payment"],
            "amount": order.amount.minor,
            "currency": order.amount.currency.code,
            "capture": order.capture,
            "challenge": order.force_challenge,
            "method": order.method,
        }
        try:
            view = await self._order(order.attempt_id, lambda key: self._psp.charge(key, told))
        except NotSent:
            return Unreached("no connection")
        except (InDoubt, KeyInUse) as failed:
            return Unknown(type(failed).__name__)
        return outcome_of(view)

    async def ask(self, question: Question) -> Outcome:
        return (await self._look_at(question))[1]

    async def look(self, question: Question) -> Sight:
        view, outcome = await self._look_at(question)
        if view is None:
            return Sight(outcome)
        return Sight(
            outcome,
            [refund_fact(each) for each in view["refunds"]],
            [dispute_fact(each) for each in view["disputes"]],
        )

    async def cancel(self, question: Question) -> Outcome:
        view, found = await self._look_at(question, patient=False)
        if view is None or isinstance(found, Succeeded | Abandoned | Processing):
            return found
        reference = view["reference"]
        try:
            view = await self._wire.order(self._psp, None, lambda: self._psp.cancel(reference))
        except Refusal:
            return await self.ask(replace(question, reference=reference))
        except (NotSent, NoAnswer) as failed:
            return Unknown(type(failed).__name__)
        return outcome_of(view)

    async def capture(self, order: MoneyOrder) -> OrderOutcome:
        psp, amount = self._psp, order.amount.minor
        try:
            if order.again and (known := _captured(await self._get(order.reference))):
                return known
            view = await self._order(
                order.order_id, lambda key: psp.capture(key, order.reference, amount)
            )
        except Refusal as refused:
            try:
                return _captured(await self._get(order.reference)) or Refused(str(refused))
            except NoAnswer:
                return Unknown("refused, and then no answer")
        except (NotSent, NoAnswer, InDoubt, KeyInUse) as failed:
            return Unknown(type(failed).__name__)
        return _captured(view) or Unknown("not captured")

    async def refund(self, order: MoneyOrder) -> OrderOutcome:
        psp, amount = self._psp, order.amount.minor
        try:
            if order.again and (known := await self._given_back(order)):
                return known
            made = await self._order(
                order.order_id,
                lambda key: psp.refund(key, order.order_id, order.reference, amount),
            )
        except Refusal as refused:
            try:
                return await self._given_back(order) or Refused(str(refused))
            except NoAnswer:
                return Unknown("refused, and then no answer")
        except (NotSent, NoAnswer, InDoubt, KeyInUse) as failed:
            return Unknown(type(failed).__name__)
        return _refunded(made)

    async def movements(self, since: datetime, until: datetime) -> Sequence[Movement]:
        return [each for each in self._psp.books if since <= each.occurred_at < until]

    def read_events(
        self, headers: Mapping[str, str], body: bytes, *, now: datetime
    ) -> Sequence[GatewayEvent]:
        if headers.get(SIGNATURE) != self._psp.name:
            raise WebhookForged("The signature is not valid.")
        return [self.reread_event(body)]

    async def complete_event(self, event: GatewayEvent) -> GatewayEvent:
        assert event.reference is not None
        if event.reference not in self._psp.intents:
            raise WebhookForged("The PSP knows no such payment.")
        try:
            view = await self._get(event.reference)
        except NoAnswer:
            raise GatewayUnavailable("The PSP does not answer.") from None
        about = json.loads(event.body).get("about")
        disputes = [each for each in view["disputes"] if each["reference"] == about]
        return replace(
            event,
            attempt_id=view["attempt"],
            outcome=outcome_of(view),
            refunds=[refund_fact(each) for each in view["refunds"]],
            dispute=dispute_fact(disputes[0]) if disputes else None,
            look=False,
        )

    def reread_event(self, body: bytes) -> GatewayEvent:
        return read_report(body)

    async def check(self) -> None:
        """Without a wait: the pulse that asks measures real seconds."""
        if self._wire.down():
            raise GatewayUnavailable("The PSP does not answer.")

    async def close(self) -> None:
        return None

    async def _look_at(
        self, question: Question, *, patient: bool = True
    ) -> tuple[View | None, Outcome]:
        try:
            view = await self._find(question)
            if view is not None:
                return view, outcome_of(view)
            if patient and question.now - question.started_at <= _ARRIVES_WITHIN:
                return None, Unknown("not there yet")
            return await self._close_door(question)
        except (NotSent, NoAnswer) as failed:
            return None, Unknown(type(failed).__name__)

    async def _find(self, question: Question) -> View | None:
        if question.reference is not None:
            return await self._get(question.reference)
        return await self._wire.read(lambda: self._psp.find(question.attempt_id))

    async def _close_door(self, question: Question) -> tuple[View | None, Outcome]:
        key = self._key(question.attempt_id)
        try:
            never = await self._wire.order(self._psp, None, lambda: self._psp.use_up(key))
        except KeyInUse:
            return None, Unknown("under way")
        if never:
            return None, Abandoned(None)
        view = await self._find(question)
        if view is not None:
            return view, outcome_of(view)
        if question.now - question.started_at > _OVER_AFTER:
            return None, Abandoned(None)
        return None, Unknown("its key is taken")

    async def _get(self, reference: str) -> View:
        return await self._wire.read(lambda: self._psp.get(reference))

    async def _given_back(self, order: MoneyOrder) -> OrderOutcome | None:
        for each in (await self._get(order.reference))["refunds"]:
            if each["order"] == order.order_id:
                return _refunded(each)
        return None

    async def _order(self, name: str, act: Callable[[str], T]) -> T:
        """At most twice, under one key. Raises `NotSent` where it certainly never left us, else `InDoubt`."""
        in_doubt = False
        for last in (False, True):
            key = self._key(name)
            try:
                return await self._wire.order(self._psp, key, partial(act, key))
            except NotSent:
                if last and in_doubt:
                    raise InDoubt from None
                if last:
                    raise
            except NoAnswer:
                if last:
                    raise InDoubt from None
                in_doubt = True
            except KeyInUse as taken:
                if last or not taken.under_way:
                    raise
        raise AssertionError("the last try answers or raises")


def _captured(view: View) -> OrderOutcome | None:
    if view["state"] == "captured":
        return Done(view["reference"], Money.of(view["captured"], view["currency"]))
    return Refused("intent_cancelled") if view["state"] == "cancelled" else None


def _refunded(refund: View) -> OrderOutcome:
    fact = refund_fact(refund)
    if fact.state == "failed":
        return Refused("refund_failed")
    if fact.state == "pending":
        return Accepted(fact.reference)
    return Done(fact.reference, fact.amount)
