"""The gateway to Stripe, on Stripe's own SDK: one PaymentIntent an attempt, confirmed by us.

The browser turns the card into a PaymentMethod; the intent is created and confirmed here in one call, with the
attempt's id as idempotency key, so the amount is ours at the moment of the charge.
https://docs.stripe.com/api/payment_intents

The sandbox differs by base URL, script URL and keys alone.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

import structlog

from payments.errors import GatewayUnavailable, MethodUnusable
from payments.gateway import (
    Abandoned,
    CardFacts,
    ChargeOrder,
    Declined,
    GatewayEvent,
    MoneyOrder,
    Movement,
    OrderOutcome,
    Outcome,
    PagePsp,
    Processing,
    Question,
    Sight,
    Succeeded,
    Unknown,
)
from payments.gateways import stripe_events, stripe_orders, stripe_sight
from payments.gateways.stripe_calls import (
    API_BASE,
    CallFailed,
    CardRefused,
    Json,
    RequestRefused,
    StripeCalls,
)
from payments.gateways.stripe_charges import UNCOUNTABLE, charge_params, without_answer
from payments.gateways.stripe_fence import OVER_AFTER, fence
from payments.gateways.stripe_page import JS_URL, origins_of
from payments.gateways.stripe_signatures import TOLERANCE, verify
from payments.gateways.stripe_words import (
    FRAUD,
    card_of,
    declined_by_error,
    outcome_of_intent,
    to_stripe,
)

log = structlog.get_logger()

CALL_SECONDS_MAX: Final = 12
WHOLE_SECONDS_MAX: Final = 20
# A request that our side gave up this long ago is taken to be lost, and its key is used up.
_ARRIVES_WITHIN: Final = timedelta(seconds=90)
_CREATED_WITHIN: Final = TOLERANCE + _ARRIVES_WITHIN
PAGES_MAX: Final = 100


class StripeGateway:
    """One Stripe account.

    Config: `secret_key`, `publishable_key`, `webhook_secret`, `api_base?`, `js_url?`, `wallets?`. The last is true
    unless it is set to false: Stripe itself shows those alone that the account, the browser and the customer have.
    """

    provider = "stripe"

    def __init__(
        self,
        config: Mapping[str, Any],
        *,
        call_seconds_max: int = CALL_SECONDS_MAX,
        whole_seconds_max: int = WHOLE_SECONDS_MAX,
    ) -> None:
        """`call_seconds_max` bounds one HTTP call, `whole_seconds_max` whatever is asked of the gateway."""
        self._whole_seconds_max = whole_seconds_max
        self._webhook_secrets = [s for s in str(config["webhook_secret"]).split(",") if s]
        js_url = str(config.get("js_url") or JS_URL)
        self.page = PagePsp(
            provider=self.provider,
            publishable_key=str(config["publishable_key"]),
            script_url=js_url,
            origins=origins_of(js_url),
            config={} if config.get("wallets") is False else {"wallets": "offered"},
        )
        self.calls = StripeCalls(
            str(config["secret_key"]),
            str(config.get("api_base") or API_BASE),
            call_seconds_max=call_seconds_max,
            whole_seconds_max=whole_seconds_max,
        )

    async def inspect(self, method: str) -> CardFacts:
        """`GET /v1/payment_methods/{id}`."""
        calls = self.calls
        try:
            found = await calls.ask(lambda: calls.v1.payment_methods.retrieve_async(method))
        except RequestRefused:
            raise MethodUnusable(
                "The card details are no longer valid; enter them again."
            ) from None
        except CallFailed as failed:
            raise unavailable("stripe.inspect_failed", failed) from None
        if found.get("type") != "card":
            raise MethodUnusable("Only cards can be used here.")
        return card_of(found.get("card") or {})

    async def charge(self, order: ChargeOrder) -> Outcome:
        """`POST /v1/payment_intents` with `confirm`."""
        amount = to_stripe(order.amount)
        if amount is None:
            return UNCOUNTABLE
        calls, params = self.calls, charge_params(order, amount)
        try:
            intent = await calls.order(
                lambda options: calls.v1.payment_intents.create_async(params, options),
                key=order.attempt_id,
            )
        except CardRefused as refused:
            return await self._with_risk(declined_by_error(refused.error))
        except CallFailed as failed:
            log.warning(
                "stripe.charge_failed",
                attempt_id=order.attempt_id,
                error=failed.why,
                code=failed.code,
            )
            return without_answer(failed)
        return outcome_of_intent(intent)

    async def ask(self, question: Question) -> Outcome:
        """Retrieves the intent, or looks for it among the recent ones by the attempt's id in its metadata."""
        return (await self.look_at(question))[1]

    async def look(self, question: Question) -> Sight:
        """The intent with its last charge, its refunds and its disputes."""
        intent, outcome = await self.look_at(question)
        if intent is None:
            return Sight(outcome)
        try:
            async with asyncio.timeout(self._whole_seconds_max):
                return await stripe_sight.sight_of(self.calls, intent)
        except (CallFailed, TimeoutError) as failed:
            return Sight(Unknown(str(failed) or "no answer in time"))

    async def look_at(
        self, question: Question, *, patient: bool = True
    ) -> tuple[Json | None, Outcome]:
        """The attempt's intent, if there is one, and what is known; `patient`: an order may take its time to arrive."""
        try:
            async with asyncio.timeout(self._whole_seconds_max):
                seen = await self.seen(question)
                if seen is not None:
                    return seen
                if patient and question.now - question.started_at <= _ARRIVES_WITHIN:
                    return None, Unknown("not there yet")
                return await self._close_door(question)
        except (CallFailed, TimeoutError) as failed:
            return None, Unknown(str(failed) or "no answer in time")

    async def seen(self, question: Question) -> tuple[Json | None, Outcome] | None:
        """What Stripe has of the attempt; None when it has nothing. Raises `CallFailed`."""
        if question.reference is not None:
            intent = await stripe_orders.intent_of(self.calls, question.reference)
            return intent, outcome_of_intent(intent)
        intents = await self.calls.every(
            self.calls.v1.payment_intents.list_async,
            {"created": created_around(question), "expand": ["data.latest_charge"]},
            pages_max=PAGES_MAX,
        )
        named = (i for i in intents if stripe_events.attempt_of(i) == question.attempt_id)
        found = next(named, None)
        return None if found is None else (found, outcome_of_intent(found))

    async def cancel(self, question: Question) -> Outcome:
        """`POST /v1/payment_intents/{id}/cancel`; an intent that can no longer be cancelled tells what it became.

        An order that has not shown up yet is kept from doing so.
        """
        intent, found = await self.look_at(question, patient=False)
        if intent is None or isinstance(found, Succeeded | Abandoned | Processing):
            return found
        calls, reference = self.calls, str(intent["id"])
        try:
            # No key of ours: Stripe would repeat a first refusal for a day, and twice is harmless.
            intent = await calls.ask(
                lambda: calls.v1.payment_intents.cancel_async(
                    reference, {"expand": ["latest_charge"]}
                )
            )
        except RequestRefused:
            return await self.ask(replace(question, reference=reference))
        except CallFailed as failed:
            return Unknown(failed.why)
        return outcome_of_intent(intent)

    async def capture(self, order: MoneyOrder) -> OrderOutcome:
        """`POST /v1/payment_intents/{id}/capture`."""
        try:
            async with asyncio.timeout(self._whole_seconds_max):
                return await stripe_orders.capture(self.calls, order)
        except TimeoutError:
            return Unknown("no answer in time")

    async def refund(self, order: MoneyOrder) -> OrderOutcome:
        """`POST /v1/refunds`."""
        try:
            async with asyncio.timeout(self._whole_seconds_max):
                return await stripe_orders.refund(self.calls, order)
        except TimeoutError:
            return Unknown("no answer in time")

    async def movements(self, since: datetime, until: datetime) -> Sequence[Movement]:
        """`GET /v1/balance_transactions`."""
        try:
            return await stripe_sight.movements(self.calls, since, until)
        except CallFailed as failed:
            raise unavailable("stripe.movements_failed", failed) from None

    def read_events(
        self, headers: Mapping[str, str], body: bytes, *, now: datetime
    ) -> Sequence[GatewayEvent]:
        """Checks `Stripe-Signature`, then reads the one event."""
        verify(headers.get("stripe-signature"), body, self._webhook_secrets, now=now)
        return [self.reread_event(body)]

    async def complete_event(self, event: GatewayEvent) -> GatewayEvent:
        """Fetches the intent behind a charge, a refund or a dispute, with its refunds and disputes."""
        try:
            async with asyncio.timeout(self._whole_seconds_max):
                return await stripe_sight.complete(self.calls, event)
        except (CallFailed, TimeoutError) as failed:
            raise unavailable("stripe.look_failed", failed) from None

    def reread_event(self, body: bytes) -> GatewayEvent:
        """An event's type, the intent that it is about, and what it says of it."""
        return stripe_events.read(body)

    async def check(self) -> None:
        """Lists one intent: proves address, key and permission."""
        calls = self.calls
        try:
            await calls.ask(lambda: calls.v1.payment_intents.list_async({"limit": 1}))
        except CallFailed as failed:
            raise unavailable("stripe.check_failed", failed) from None

    async def close(self) -> None:
        await self.calls.close()

    async def _with_risk(self, outcome: Outcome) -> Outcome:
        """A card error names its charge by the id alone; whether Stripe's own rules stopped it stands in the charge."""
        if not isinstance(outcome, Declined) or outcome.code != FRAUD:
            return outcome
        if outcome.reference is None:
            return outcome
        try:
            found = outcome_of_intent(await stripe_orders.intent_of(self.calls, outcome.reference))
        except CallFailed:
            return outcome
        return replace(outcome, risk=found.risk) if isinstance(found, Declined) else found

    async def _close_door(self, question: Question) -> tuple[Json | None, Outcome]:
        """The order never showed up: it is made sure that it will not."""
        verdict = await fence(self.calls, question)
        if verdict == "never":
            return None, Abandoned(None)
        if verdict == "taken":
            seen = await self.seen(question)
            if seen is not None:
                return seen
            if question.now - question.started_at > OVER_AFTER:
                return None, Abandoned(None)
        return None, Unknown(f"not found; its key: {verdict}")


def created_around(question: Question) -> dict[str, int]:
    """`created` is by Stripe's clock. One that differs by more than this takes no report either."""
    return {
        "gte": int((question.started_at - _CREATED_WITHIN).timestamp()),
        "lte": int((question.started_at + _CREATED_WITHIN).timestamp()),
    }


def unavailable(event: str, failed: Exception) -> GatewayUnavailable:
    log.warning(event, error=str(failed) or type(failed).__name__)
    return GatewayUnavailable("The payment provider does not answer. Nothing was charged.")
