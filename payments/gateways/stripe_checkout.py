"""The gateway to Stripe's own payment page: one Checkout Session an attempt, and the customer is led there.

No card comes near our page. What follows, the PaymentIntent that the customer's payment makes, is as in `stripe`; it
does not exist before, so until then the attempt is known by its id in the session's metadata.
https://docs.stripe.com/api/checkout/sessions, https://docs.stripe.com/payments/checkout/how-checkout-works
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

import structlog

from core.ids import made_at
from payments.gateway import (
    Abandoned,
    CardFacts,
    Challenged,
    ChargeOrder,
    GatewayEvent,
    Outcome,
    Question,
    Unknown,
)
from payments.gateways import stripe_events, stripe_orders
from payments.gateways.stripe import PAGES_MAX, StripeGateway, created_around
from payments.gateways.stripe_calls import CallFailed, Json, RequestRefused
from payments.gateways.stripe_charges import UNCOUNTABLE, without_answer
from payments.gateways.stripe_words import id_of, outcome_of_intent, to_stripe

log = structlog.get_logger()

# Stripe keeps a session open for 30 minutes at least, by its own clock; 5 of these are for clocks that differ.
_OPEN_FOR: Final = timedelta(minutes=36)
# https://docs.stripe.com/api/checkout/sessions/create#create_checkout_session-locale
_LOCALES: Final = frozenset(
    {
        "bg", "cs", "da", "de", "el", "en", "en-GB", "es", "es-419", "et", "fi", "fil", "fr", "fr-CA",
        "hi-IN", "hr", "hu", "id", "it", "ja", "ko", "lt", "lv", "ms", "mt", "nb", "nl", "pl", "pt",
        "pt-BR", "ro", "ru", "sk", "sl", "sv", "th", "tr", "vi", "zh", "zh-HK", "zh-TW",
    }
)  # fmt: skip
# A payment page lets the customer try again, so until its session ends a no is not the end.
_FINAL_INTENTS: Final = frozenset(
    {
        "payment_intent.succeeded",
        "payment_intent.processing",
        "payment_intent.amount_capturable_updated",
        "payment_intent.canceled",
    }
)


class StripeCheckoutGateway(StripeGateway):
    """One Stripe account, by way of its page. Config: as `stripe`, and `methods?`, e.g. `card,sepa_debit`; without
    it the Dashboard's own choice stands."""

    provider = "stripe_checkout"

    def __init__(self, config: Mapping[str, Any], **bounds: int) -> None:
        super().__init__(config, **bounds)
        # Which wallets its own page offers is the Dashboard's choice.
        self.page = replace(self.page, provider=self.provider, mode="redirect", config={})
        self._methods = [name for name in str(config.get("methods") or "").split(",") if name]

    async def inspect(self, method: str) -> CardFacts:
        """Nothing: the customer shows a card to Stripe alone."""
        return CardFacts()

    async def charge(self, order: ChargeOrder) -> Outcome:
        """`POST /v1/checkout/sessions`."""
        amount = to_stripe(order.amount)
        if amount is None:
            return UNCOUNTABLE
        params = self._session_params(order, amount)
        try:
            session = await self.calls.order(
                lambda options: self.calls.v1.checkout.sessions.create_async(params, options),
                key=order.attempt_id,
            )
        except CallFailed as failed:
            log.warning(
                "stripe.session_failed",
                attempt_id=order.attempt_id,
                error=failed.why,
                code=failed.code,
            )
            return without_answer(failed)
        return (await self._of_session(session))[1]

    async def seen(self, question: Question) -> tuple[Json | None, Outcome] | None:
        """The intent, once there is one; before, the session with the attempt's id in its metadata."""
        if question.reference is not None:
            return await super().seen(question)
        session = await self._session(question)
        return None if session is None else await self._of_session(session)

    async def cancel(self, question: Question) -> Outcome:
        """`POST /v1/checkout/sessions/{id}/expire`; then as any payment."""
        if question.reference is None:
            try:
                await self._close_page(question)
            except CallFailed as failed:
                return Unknown(failed.why)
        outcome = await super().cancel(question)
        # What is still at the page could not be closed.
        return Unknown("the page is open") if _at_page(outcome) else outcome

    def reread_event(self, body: bytes) -> GatewayEvent:
        """As `stripe`, with the sessions; what an intent says while the customer may try again is left unsaid."""
        event = super().reread_event(body)
        if event.type.startswith("payment_intent."):
            if event.type in _FINAL_INTENTS:
                return event
            return replace(event, reference=None, attempt_id=None, outcome=None)
        found = stripe_events.told(body)
        if found.about != "checkout.session" or not found.type.startswith("checkout.session."):
            return event
        attempt_id, reference = (
            stripe_events.attempt_of(found.object),
            id_of(found.object.get("payment_intent")),
        )
        if attempt_id is None or found.object.get("mode") != "payment":
            return event
        if found.type == "checkout.session.expired":
            return replace(event, attempt_id=attempt_id, outcome=Abandoned(reference))
        # Whether it is paid, held or under way stands in the intent alone.
        return replace(
            event, attempt_id=attempt_id, reference=reference, look=reference is not None
        )

    async def _session(self, question: Question) -> Json | None:
        sessions = await self.calls.every(
            self.calls.v1.checkout.sessions.list_async,
            {"created": created_around(question)},
            pages_max=PAGES_MAX,
        )
        named = (s for s in sessions if stripe_events.attempt_of(s) == question.attempt_id)
        return next(named, None)

    async def _of_session(self, session: Json) -> tuple[Json | None, Outcome]:
        """A session's intent, if it has one, and what both say."""
        reference = id_of(session.get("payment_intent"))
        at_page = Challenged(None, url=_text(session.get("url")), place="psp_page")
        intent = None
        if reference is not None:
            intent = await stripe_orders.intent_of(self.calls, reference)
            if session.get("status") != "open" or intent.get("status") in (
                "succeeded",
                "processing",
                "requires_capture",
            ):
                return intent, outcome_of_intent(intent)
        if session.get("status") == "open":
            return None, at_page
        if session.get("status") == "expired":
            return None, Abandoned(None)
        return None, Unknown("a session that is over, without a payment")

    async def _close_page(self, question: Question) -> None:
        session = await self._session(question)
        if session is None or session.get("status") != "open":
            return
        reference = str(session["id"])
        try:
            await self.calls.ask(lambda: self.calls.v1.checkout.sessions.expire_async(reference))
        except RequestRefused:
            # It ended by itself in this moment: what it became is asked next.
            return

    def _session_params(self, order: ChargeOrder, amount: int) -> Any:
        assert order.return_url is not None, "a customer who is led away has to come back"
        metadata = {**order.metadata, stripe_events.ATTEMPT: order.attempt_id}
        params: dict[str, Any] = {
            "mode": "payment",
            "line_items": [
                {
                    "quantity": 1,
                    "price_data": {
                        "currency": order.amount.currency.code.lower(),
                        "unit_amount": amount,
                        "product_data": {"name": order.description},
                    },
                }
            ],
            "payment_intent_data": {
                "capture_method": order.capture,
                "description": order.description,
                "metadata": metadata,
            },
            "metadata": metadata,
            "client_reference_id": order.attempt_id,
            # Else Stripe may ask for another currency than the debt's.
            "adaptive_pricing": {"enabled": False},
            "success_url": order.return_url,
            "cancel_url": order.return_url,
            # By the attempt's own time, so that the same order is the same however often it is sent.
            "expires_at": int((made_at(order.attempt_id) + _OPEN_FOR).timestamp()),
            "locale": _locale(order.locale),
        }
        if self._methods:
            params["allowed_payment_method_types"] = self._methods
        if order.force_challenge:
            params["payment_method_options"] = {"card": {"request_three_d_secure": "any"}}
        return params


def _at_page(outcome: Outcome) -> bool:
    return isinstance(outcome, Challenged) and outcome.place == "psp_page"


def _locale(wanted: str | None) -> str:
    whole = wanted or ""
    return next((name for name in (whole, whole.partition("-")[0]) if name in _LOCALES), "auto")


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None
