"""Two PSPs behind one face, so that one contract suite runs on both: the hand-made one and the sandbox's."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

import httpx2

from payments.gateway import Gateway
from payments.gateways.stripe import StripeGateway
from tests.payments import fakes
from tests.payments.fakes import (
    Authorises,
    Challenges,
    Declines,
    FakeGateway,
    NeverArrives,
    Processes,
    Step,
    Succeeds,
    TimesOut,
)
from tests.sandbox.harness import PUBLISHABLE_KEY, SECRET_KEY, WEBHOOK_SECRET, Sandbox


class Psp(Protocol):
    """What a test makes a PSP do, in words that both understand."""

    gateway: Gateway

    async def will(self, what: str) -> str:
        """Prepares the next charge; answers the card token to charge it with."""
        ...

    async def answer_challenge(self, attempt: str, reference: str, *, complete: bool) -> None: ...

    async def charges(self, attempt: str) -> int:
        """How many charges the PSP has made for an attempt."""
        ...

    def signed(self, body: bytes, *, at: datetime, secret: str | None = None) -> dict[str, str]: ...

    @property
    def signature_header(self) -> str: ...


_STEPS: dict[str, Step] = {
    "succeed": Succeeds(),
    "hold": Authorises(),
    "process": Processes(),
    "challenge": Challenges(),
    "fail silently": TimesOut(Succeeds()),
    "stay away": NeverArrives(),
}


class FakePsp:
    """The hand-made PSP."""

    signature_header = fakes.SIGNATURE

    def __init__(self) -> None:
        self.fake = FakeGateway()
        self.gateway: Gateway = self.fake
        self._methods = 0

    async def will(self, what: str) -> str:
        step = _STEPS.get(what) or Declines(what)
        self.fake.script.append(step)
        self._methods += 1
        return f"pm_{self._methods}"

    async def answer_challenge(self, attempt: str, reference: str, *, complete: bool) -> None:
        assert reference == self.fake.intents[attempt].reference
        (self.fake.take_up if complete else self.fake.give_up)(attempt)

    async def charges(self, attempt: str) -> int:
        return int(attempt in self.fake.intents)

    def signed(self, body: bytes, *, at: datetime, secret: str | None = None) -> dict[str, str]:
        headers = fakes.signed(body, at=at)
        if secret is not None:
            headers[fakes.SIGNATURE] = headers[fakes.SIGNATURE].replace("v1=", "v1=0")
        return headers


_METHODS = {
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


class SandboxPsp:
    """The real Stripe gateway on the real SDK, against the sandbox's process."""

    signature_header = "stripe-signature"

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self.gateway: Gateway = StripeGateway(
            stripe_config(sandbox), call_seconds_max=2, whole_seconds_max=3
        )

    async def will(self, what: str) -> str:
        if what == "fail silently":
            await self._sandbox.faults(timeout_after=2)
        if what == "stay away":
            await self._sandbox.faults(error_before=2)
        return _METHODS[what]

    async def answer_challenge(self, attempt: str, reference: str, *, complete: bool) -> None:
        intent = await self._sandbox.stripe().v1.payment_intents.retrieve_async(reference)
        await self._sandbox.answer_challenge(intent, "complete" if complete else "fail")

    async def charges(self, attempt: str) -> int:
        return await charges_of(self._sandbox, attempt)

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
