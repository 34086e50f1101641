"""Stripe as the contract suite sees it: the real gateway on the real SDK, against the sandbox's process."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx2

from payments.gateway import Challenged, ChargeOrder, Gateway
from payments.gateways.stripe import StripeGateway
from tests.payments.psps import Psp
from tests.sandbox.harness import PUBLISHABLE_KEY, SECRET_KEY, WEBHOOK_SECRET, Sandbox

METHODS = {
    "succeed": "pm_card_visa",
    "hold": "pm_card_visa",
    "process": "pm_sandbox_processing",
    "challenge": "pm_card_authenticationRequired",
    "fail silently": "pm_card_visa",
    "stay away": "pm_card_visa",
    "generic_decline": "pm_card_visa_chargeDeclined",
    "insufficient_funds": "pm_card_visa_chargeDeclinedInsufficientFunds",
    "lost_or_stolen": "pm_card_visa_chargeDeclinedLostCard",
    "expired_card": "pm_card_chargeDeclinedExpiredCard",
    "incorrect_cvc": "pm_card_chargeDeclinedIncorrectCvc",
    "processing_error": "pm_card_chargeDeclinedProcessingError",
    "limit_exceeded": "pm_card_visa_chargeDeclinedVelocityLimitExceeded",
    "fraud_suspected": "pm_card_radarBlock",
}


class StripePsp:
    """One gateway to the sandbox."""

    signature_header: str | None = "stripe-signature"
    signs_time = True

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self.gateway: Gateway = StripeGateway(
            stripe_config(sandbox), call_seconds_max=2, whole_seconds_max=3
        )

    async def will(self, what: str) -> str | None:
        if what == "fail silently":
            await self.sandbox.faults(timeout_after=2)
        if what == "stay away":
            await self.sandbox.faults(error_before=2)
        return METHODS[what]

    async def refunds_will(self, what: str) -> None:
        await self.will(what)

    async def visit(self, order: ChargeOrder, page: Challenged) -> None:
        raise AssertionError("cards are typed into our own page")

    async def answer_challenge(
        self, order: ChargeOrder, asked: Challenged, *, complete: bool
    ) -> None:
        assert asked.reference is not None
        psp = self.sandbox.stripe()
        intent = await psp.v1.payment_intents.retrieve_async(asked.reference)
        await self.sandbox.answer_challenge(intent, "complete" if complete else "fail")

    async def charges(self, attempt: str) -> int:
        return await charges_of(self.sandbox, attempt)

    async def refund_report(self, attempt: str, reference: str, order_id: str) -> bytes:
        listed = await self.sandbox.stripe().v1.events.list_async({"type": "refund.created"})
        found = [event.to_dict() for event in listed.data]
        return next(
            json.dumps(event).encode()
            for event in found
            if event["data"]["object"]["metadata"].get("paythread_order") == order_id
        )

    def report(self) -> bytes:
        return intent_event("charge.updated")

    async def close(self) -> None:
        await self.gateway.close()
        await calm(self.sandbox)

    def signed(self, body: bytes, *, at: datetime, secret: str | None = None) -> dict[str, str]:
        return stripe_signed(body, at=at, secret=secret or WEBHOOK_SECRET)


def stripe_config(sandbox: Sandbox) -> dict[str, Any]:
    """How an operator would set the account up."""
    return {
        "secret_key": SECRET_KEY,
        "publishable_key": PUBLISHABLE_KEY,
        "webhook_secret": WEBHOOK_SECRET,
        "api_base": sandbox.url,
        "js_url": f"{sandbox.url}/v3/",
    }


def stripe_signed(body: bytes, *, at: datetime, secret: str = WEBHOOK_SECRET) -> dict[str, str]:
    """`Stripe-Signature` as https://docs.stripe.com/webhooks#verify-manually describes it."""
    stamp = str(int(at.timestamp()))
    mac = hmac.new(secret.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
    return {"stripe-signature": f"t={stamp},v1={mac}"}


def intent_event(
    kind: str, intent: Mapping[str, Any] | None = None, *, event: str = "evt_1"
) -> bytes:
    """A Stripe event about a PaymentIntent."""
    content = {"id": "pi_1", "object": "payment_intent"} | dict(intent or {})
    return json.dumps(
        {"id": event, "object": "event", "type": kind, "data": {"object": content}}
    ).encode()


async def charges_of(sandbox: Sandbox, attempt: str) -> int:
    """How many intents the sandbox has for an attempt, looked up behind the gateway's back."""
    listed = await sandbox.stripe().v1.payment_intents.list_async({"limit": 100})
    return sum(
        (intent.to_dict().get("metadata") or {}).get("paythread_attempt") == attempt
        for intent in listed.data
    )


async def calm(sandbox: Sandbox) -> None:
    """Takes every fault away."""
    async with httpx2.AsyncClient(base_url=sandbox.url, trust_env=False) as client:
        await client.delete("/control/faults")


class StripeStand:
    """The sandbox as a process of its own, without a merchant to report to."""

    def __init__(self, folder: Path) -> None:
        self._sandbox = Sandbox(folder)

    async def start(self) -> None:
        await self._sandbox.start()

    def psp(self) -> Psp:
        return StripePsp(self._sandbox)

    def stop(self) -> None:
        self._sandbox.stop()
