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
from urllib.parse import urlsplit

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
    Unreached,
)
from payments.gateways import stripe_events, stripe_orders, stripe_sight
from payments.gateways.stripe_calls import (
    API_BASE,
    CallFailed,
    CardRefused,
    Json,
    RequestRefused,
    StripeCalls,
    TurnedAway,
    Unsent,
)
from payments.gateways.stripe_fence import OVER_AFTER, fence
from payments.gateways.stripe_signatures import TOLERANCE, verify
from payments.gateways.stripe_words import (
    card_of,
    decline_code,
    declined_by_error,
    outcome_of_intent,
    to_stripe,
)

log = structlog.get_logger()

JS_URL: Final = "https://js.stripe.com/v3/"
CALL_SECONDS_MAX: Final = 12
WHOLE_SECONDS_MAX: Final = 20
# A request that our side gave up this long ago is taken to be lost, and its key is used up.
_ARRIVES_WITHIN: Final = timedelta(seconds=90)
_CREATED_WITHIN: Final = TOLERANCE + _ARRIVES_WITHIN
_PAGES_MAX: Final = 100


class StripeGateway:
    """One Stripe account. Config: `secret_key`, `publishable_key`, `webhook_secret`, `api_base?`, `js_url?`."""

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
            origins=_origins(js_url),
        )
        self._calls = StripeCalls(
            str(config["secret_key"]),
            str(config.get("api_base") or API_BASE),
            call_seconds_max=call_seconds_max,
            whole_seconds_max=whole_seconds_max,
        )

    async def inspect(self, method: str) -> CardFacts:
        """`GET /v1/payment_methods/{id}`."""
        calls = self._calls
        try:
            found = await calls.ask(lambda: calls.v1.payment_methods.retrieve_async(method))
        except RequestRefused:
            raise MethodUnusable(
                "The card details are no longer valid; enter them again."
            ) from None
        except CallFailed as failed:
            raise _unavailable("stripe.inspect_failed", failed) from None
        if found.get("type") != "card":
            raise MethodUnusable("Only cards can be used here.")
        return card_of(found.get("card") or {})

    async def charge(self, order: ChargeOrder) -> Outcome:
        """`POST /v1/payment_intents` with `confirm`."""
        amount = to_stripe(order.amount)
        if amount is None:
            return Unreached("an amount that Stripe cannot charge")
        calls, params = self._calls, _charge_params(order, amount)
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
            return _without_answer(failed)
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
                return await stripe_sight.sight_of(self._calls, intent)
        except (CallFailed, TimeoutError) as failed:
            return Sight(Unknown(str(failed) or "no answer in time"))

    async def look_at(
        self, question: Question, *, patient: bool = True
    ) -> tuple[Json | None, Outcome]:
        """The attempt's intent, if there is one, and what it says; `patient`: an order may take its time to arrive."""
        try:
            async with asyncio.timeout(self._whole_seconds_max):
                intent = await self._find(question)
                if intent is not None:
                    return intent, outcome_of_intent(intent)
                if patient and question.now - question.started_at <= _ARRIVES_WITHIN:
                    return None, Unknown("not there yet")
                return await self._close_door(question)
        except (CallFailed, TimeoutError) as failed:
            return None, Unknown(str(failed) or "no answer in time")

    async def cancel(self, question: Question) -> Outcome:
        """`POST /v1/payment_intents/{id}/cancel`; an intent that can no longer be cancelled tells what it became.

        An order that has not shown up yet is kept from doing so.
        """
        intent, found = await self.look_at(question, patient=False)
        if intent is None or isinstance(found, Succeeded | Abandoned | Processing):
            return found
        calls, reference = self._calls, str(intent["id"])
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
                return await stripe_orders.capture(self._calls, order)
        except TimeoutError:
            return Unknown("no answer in time")

    async def refund(self, order: MoneyOrder) -> OrderOutcome:
        """`POST /v1/refunds`."""
        try:
            async with asyncio.timeout(self._whole_seconds_max):
                return await stripe_orders.refund(self._calls, order)
        except TimeoutError:
            return Unknown("no answer in time")

    async def movements(self, since: datetime, until: datetime) -> Sequence[Movement]:
        """`GET /v1/balance_transactions`."""
        try:
            return await stripe_sight.movements(self._calls, since, until)
        except CallFailed as failed:
            raise _unavailable("stripe.movements_failed", failed) from None

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
                return await stripe_sight.complete(self._calls, event)
        except (CallFailed, TimeoutError) as failed:
            raise _unavailable("stripe.look_failed", failed) from None

    def reread_event(self, body: bytes) -> GatewayEvent:
        """An event's type, the intent that it is about, and what it says of it."""
        return stripe_events.read(body)

    async def check(self) -> None:
        """Lists one intent: proves address, key and permission."""
        calls = self._calls
        try:
            await calls.ask(lambda: calls.v1.payment_intents.list_async({"limit": 1}))
        except CallFailed as failed:
            raise _unavailable("stripe.check_failed", failed) from None

    async def close(self) -> None:
        await self._calls.close()

    async def _with_risk(self, outcome: Outcome) -> Outcome:
        """A card error names its charge by the id alone; whether Stripe's own rules stopped it stands in the charge."""
        if not isinstance(outcome, Declined) or outcome.code != "fraud_suspected":
            return outcome
        if outcome.reference is None:
            return outcome
        try:
            found = outcome_of_intent(await stripe_orders.intent_of(self._calls, outcome.reference))
        except CallFailed:
            return outcome
        return replace(outcome, risk=found.risk) if isinstance(found, Declined) else found

    async def _find(self, question: Question) -> Json | None:
        if question.reference is not None:
            return await stripe_orders.intent_of(self._calls, question.reference)
        # `created` is by Stripe's clock. One that differs by more than this takes no report either.
        created = {
            "gte": int((question.started_at - _CREATED_WITHIN).timestamp()),
            "lte": int((question.started_at + _CREATED_WITHIN).timestamp()),
        }
        intents = await self._calls.every(
            self._calls.v1.payment_intents.list_async,
            {"created": created, "expand": ["data.latest_charge"]},
            pages_max=_PAGES_MAX,
        )
        named = (i for i in intents if stripe_events.attempt_of(i) == question.attempt_id)
        return next(named, None)

    async def _close_door(self, question: Question) -> tuple[Json | None, Outcome]:
        """The order never showed up: it is made sure that it will not."""
        verdict = await fence(self._calls, question)
        if verdict == "never":
            return None, Abandoned(None)
        if verdict == "taken":
            intent = await self._find(question)
            if intent is not None:
                return intent, outcome_of_intent(intent)
            if question.now - question.started_at > OVER_AFTER:
                return None, Abandoned(None)
        return None, Unknown(f"not found; its key: {verdict}")


def _without_answer(failed: CallFailed) -> Outcome:
    """No answer is not a no: the bank may have said yes."""
    match failed:
        case RequestRefused(certain=True):
            # Refused before anything was done: a token used twice, an amount below Stripe's minimum.
            return Declined(None, decline_code(failed.error))
        case TurnedAway() | Unsent():
            return Unreached(failed.why)
        case _:
            return Unknown(failed.why)


def _charge_params(order: ChargeOrder, amount: int) -> Any:
    params: dict[str, Any] = {
        "amount": amount,
        "currency": order.amount.currency.code.lower(),
        "payment_method": order.method,
        # Since the API version 2026-09-30: https://docs.stripe.com/changelog/endive
        "allowed_payment_method_types": ["card"],
        "confirm": True,
        "capture_method": order.capture,
        "description": order.description,
        "metadata": {**order.metadata, stripe_events.ATTEMPT: order.attempt_id},
        "expand": ["latest_charge"],
        "use_stripe_sdk": True,
    }
    if order.return_url is not None:
        params["return_url"] = order.return_url
    if order.force_challenge:
        params["payment_method_options"] = {"card": {"request_three_d_secure": "any"}}
    return params


def _origins(js_url: str) -> tuple[str, ...]:
    """The origins that the customer's page may talk to and frame."""
    parts = urlsplit(js_url)
    script = f"{parts.scheme}://{parts.netloc}"
    if parts.hostname == "js.stripe.com":
        return (
            script,
            "https://*.js.stripe.com",
            "https://api.stripe.com",
            "https://hooks.stripe.com",
        )
    return (script,)


def _unavailable(event: str, failed: Exception) -> GatewayUnavailable:
    log.warning(event, error=str(failed) or type(failed).__name__)
    return GatewayUnavailable("The payment provider does not answer. Nothing was charged.")
