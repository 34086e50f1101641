"""The gateway to Stripe, on Stripe's own SDK: one PaymentIntent an attempt, confirmed by us.

The browser turns the card into a PaymentMethod; the intent is created and confirmed here in one call, with the
attempt's id as idempotency key, so the amount is ours at the moment of the charge.
https://docs.stripe.com/api/payment_intents, https://docs.stripe.com/webhooks#verify-manually

Only this file imports `stripe`. The sandbox differs by base URL, script URL and keys alone.
"""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

import structlog

from core.errors import PaythreadError
from core.strict_json import parse
from payments.errors import GatewayUnavailable, MethodUnusable, WebhookForged
from payments.gateway import (
    Abandoned,
    CardFacts,
    ChargeOrder,
    Declined,
    GatewayEvent,
    Outcome,
    PagePsp,
    Processing,
    Question,
    Succeeded,
    Unknown,
)
from payments.gateways.stripe_words import (
    card_of,
    decline_code,
    declined_by_error,
    dig,
    is_id,
    outcome_of_event,
    outcome_of_intent,
    to_stripe,
)

if TYPE_CHECKING:
    import stripe

log = structlog.get_logger()

API_BASE: Final = "https://api.stripe.com"
JS_URL: Final = "https://js.stripe.com/v3/"
_CALL_SECONDS_MAX: Final = 12
_WHOLE_SECONDS_MAX: Final = 20
_TOLERANCE: Final = timedelta(seconds=300)
# A request that our side gave up this long ago can no longer be on its way.
_ARRIVES_WITHIN: Final = timedelta(seconds=90)
_CREATED_WITHIN: Final = _TOLERANCE + _ARRIVES_WITHIN
_LIST_MAX: Final = 100


class StripeGateway:
    """One Stripe account. Config: `secret_key`, `publishable_key`, `webhook_secret`, `api_base?`, `js_url?`."""

    provider = "stripe"

    def __init__(
        self,
        config: Mapping[str, Any],
        *,
        call_seconds_max: int = _CALL_SECONDS_MAX,
        whole_seconds_max: int = _WHOLE_SECONDS_MAX,
    ) -> None:
        """`call_seconds_max` bounds one HTTP call, `whole_seconds_max` a call with its retry."""
        import stripe

        self._stripe = stripe
        self._whole_seconds_max = whole_seconds_max
        self._webhook_secrets = [s for s in str(config["webhook_secret"]).split(",") if s]
        js_url = str(config.get("js_url") or JS_URL)
        self.page = PagePsp(
            provider=self.provider,
            publishable_key=str(config["publishable_key"]),
            script_url=js_url,
            origins=_origins(js_url),
        )
        self._http = stripe.HTTPXClient(timeout=call_seconds_max)
        self._client = stripe.StripeClient(
            str(config["secret_key"]),
            base_addresses={"api": str(config.get("api_base") or API_BASE)},
            http_client=self._http,
            # Retries carry the same idempotency key, so the SDK may make one by itself.
            max_network_retries=1,
        )

    async def inspect(self, method: str) -> CardFacts:
        """`GET /v1/payment_methods/{id}`."""
        try:
            async with asyncio.timeout(self._whole_seconds_max):
                found = await self._client.v1.payment_methods.retrieve_async(method)
        except self._stripe.InvalidRequestError:
            raise MethodUnusable(
                "The card details are no longer valid; enter them again."
            ) from None
        except (self._stripe.StripeError, TimeoutError) as error:
            raise self._unavailable("stripe.inspect_failed", error) from None
        data = _plain(found)
        if data.get("type") != "card":
            raise MethodUnusable("Only cards can be used here.")
        return card_of(data.get("card") or {})

    async def charge(self, order: ChargeOrder) -> Outcome:
        """`POST /v1/payment_intents` with `confirm`."""
        params: dict[str, Any] = {
            "amount": to_stripe(order.amount),
            "currency": order.amount.currency.code.lower(),
            "payment_method": order.method,
            "payment_method_types": ["card"],
            "confirm": True,
            "capture_method": order.capture,
            "description": order.description,
            "metadata": {**order.metadata, "paythread_attempt": order.attempt_id},
            "expand": ["latest_charge"],
            "use_stripe_sdk": True,
        }
        if order.force_challenge:
            params["payment_method_options"] = {"card": {"request_three_d_secure": "any"}}
        try:
            async with asyncio.timeout(self._whole_seconds_max):
                intent = await self._client.v1.payment_intents.create_async(
                    params,  # type: ignore[arg-type]
                    {"idempotency_key": order.attempt_id},
                )
        except self._stripe.CardError as error:
            return await self._with_risk(declined_by_error(_error_body(error)))
        except self._stripe.InvalidRequestError as error:
            # Refused before anything was done: a token used twice, an amount below Stripe's minimum.
            log.warning("stripe.charge_refused", attempt_id=order.attempt_id, code=error.code)
            return Declined(None, decline_code(_error_body(error)))
        except (self._stripe.AuthenticationError, self._stripe.PermissionError) as error:
            log.error("stripe.account_refused", code=error.code)
            return Declined(None, "processing_error")
        except (self._stripe.StripeError, TimeoutError) as error:
            # No answer is not a no: the bank may have said yes.
            log.warning("stripe.charge_unanswered", attempt_id=order.attempt_id, error=_name(error))
            return Unknown(_name(error))
        return outcome_of_intent(_plain(intent))

    async def ask(self, question: Question) -> Outcome:
        """Retrieves the intent, or looks for it among the recent ones by the attempt's id in its metadata."""
        try:
            async with asyncio.timeout(self._whole_seconds_max):
                intent = await self._find(question)
        except (self._stripe.StripeError, TimeoutError) as error:
            return Unknown(_name(error))
        if intent is not None:
            return outcome_of_intent(intent)
        if question.now - question.started_at > _ARRIVES_WITHIN:
            return Abandoned(None)
        return Unknown("not there yet")

    async def cancel(self, question: Question) -> Outcome:
        """`POST /v1/payment_intents/{id}/cancel`; an intent that can no longer be cancelled tells what it became."""
        found = await self.ask(question)
        if isinstance(found, Succeeded | Abandoned | Unknown | Processing):
            return found
        reference = found.reference
        if reference is None:
            return found
        try:
            async with asyncio.timeout(self._whole_seconds_max):
                intent = await self._client.v1.payment_intents.cancel_async(
                    reference,
                    {"expand": ["latest_charge"]},
                    # No key of ours: Stripe would repeat a first refusal for a day, and twice is harmless.
                )
        except self._stripe.InvalidRequestError:
            return await self.ask(question)
        except (self._stripe.StripeError, TimeoutError) as error:
            return Unknown(_name(error))
        return outcome_of_intent(_plain(intent))

    def read_event(self, headers: Mapping[str, str], body: bytes, *, now: datetime) -> GatewayEvent:
        """Checks `Stripe-Signature` (any `v1` of any current secret, 300 s both ways), then reads the event."""
        self._verify(headers.get("stripe-signature"), body, now)
        return self.reread_event(body)

    def reread_event(self, body: bytes) -> GatewayEvent:
        """An event's type, the intent that it is about, and what it says of it."""
        try:
            event = parse(body)
            kind, data, event_id = event["type"], event["data"]["object"], event["id"]
        except (PaythreadError, KeyError, TypeError):
            raise WebhookForged("The body is no Stripe event.") from None
        if not (isinstance(kind, str) and isinstance(data, dict) and is_id(event_id)):
            raise WebhookForged("The body is no Stripe event.")
        reference = outcome = attempt_id = None
        about_intent = data.get("object") == "payment_intent" and is_id(data.get("id"))
        if about_intent and kind.startswith("payment_intent."):
            reference = data["id"]
            ours = dig(data, "metadata").get("paythread_attempt")
            attempt_id = ours if is_id(ours) else None
            outcome = outcome_of_event(kind, data)
        return GatewayEvent(
            id=event_id, type=kind, reference=reference, attempt_id=attempt_id, outcome=outcome
        )

    async def check(self) -> None:
        """Lists one intent: proves address, key and permission."""
        try:
            async with asyncio.timeout(self._whole_seconds_max):
                await self._client.v1.payment_intents.list_async({"limit": 1})
        except (self._stripe.StripeError, TimeoutError) as error:
            raise self._unavailable("stripe.check_failed", error) from None

    async def close(self) -> None:
        await self._http.close_async()  # type: ignore[no-untyped-call]

    async def _with_risk(self, outcome: Outcome) -> Outcome:
        """A card error names its charge by the id alone; whether Stripe's own rules stopped it stands in the charge."""
        if not isinstance(outcome, Declined) or outcome.code != "fraud_suspected":
            return outcome
        if outcome.reference is None:
            return outcome
        try:
            async with asyncio.timeout(self._whole_seconds_max):
                intent = await self._client.v1.payment_intents.retrieve_async(
                    outcome.reference, {"expand": ["latest_charge"]}
                )
        except (self._stripe.StripeError, TimeoutError):
            return outcome
        found = outcome_of_intent(_plain(intent))
        return replace(outcome, risk=found.risk) if isinstance(found, Declined) else found

    async def _find(self, question: Question) -> dict[str, Any] | None:
        if question.reference is not None:
            intent = await self._client.v1.payment_intents.retrieve_async(
                question.reference, {"expand": ["latest_charge"]}
            )
            return _plain(intent)
        # `created` is by Stripe's clock. One that differs by more than this takes no report either.
        since = int((question.started_at - _CREATED_WITHIN).timestamp())
        until = int((question.started_at + _CREATED_WITHIN).timestamp())
        page = await self._client.v1.payment_intents.list_async(
            {
                "created": {"gte": since, "lte": until},
                "limit": _LIST_MAX,
                "expand": ["data.latest_charge"],
            }
        )
        async for intent in page.auto_paging_iter():
            found = _plain(intent)
            if dig(found, "metadata").get("paythread_attempt") == question.attempt_id:
                return found
        return None

    def _verify(self, header: str | None, body: bytes, now: datetime) -> None:
        signature = self._stripe.WebhookSignature
        for secret in self._webhook_secrets:
            try:
                signature.verify_header(body, header, secret, tolerance=None)
                break
            except (self._stripe.SignatureVerificationError, TypeError, ValueError):
                # A TypeError or ValueError is the SDK's answer to a header or a body that is no ASCII or no UTF-8.
                continue
        else:
            raise WebhookForged("The signature is not valid.")
        # The SDK takes timestamps from the future and reads the clock itself; we check both ways. What was signed is
        # the first `t`, read as the SDK reads it.
        parts = (part.split("=", 2) for part in (header or "").split(","))
        stamp = int(next(part[1] for part in parts if part[0] == "t"))
        if abs(int(now.timestamp()) - stamp) > _TOLERANCE.total_seconds():
            raise WebhookForged("The signature is too old, or from the future.")

    def _unavailable(self, event: str, error: Exception) -> GatewayUnavailable:
        log.warning(event, error=_name(error))
        return GatewayUnavailable("The payment provider does not answer. Nothing was charged.")


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


def _error_body(error: "stripe.StripeError") -> Mapping[str, Any]:
    body = error.json_body
    return dig(body, "error") if isinstance(body, Mapping) else {}


def _plain(value: "stripe.StripeObject") -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(json.dumps(value.to_dict(), default=str))
    return plain


def _name(error: BaseException) -> str:
    return type(error).__name__
