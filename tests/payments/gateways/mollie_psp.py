"""Mollie behind the face that the contract suite knows: the real gateway on the real SDK, and a customer at the page.

The gateway leads the customer away: what shall become of a charge is chosen on Mollie's page after it was made, so
`charge` here is the whole way: the order, then the customer's choice, then what the gateway says of it.
"""

import hashlib
import hmac
from datetime import datetime
from typing import Any

from core.clock import utc_now
from payments.gateway import Challenged, ChargeOrder, Gateway, Outcome, Question
from payments.gateways.mollie import MollieGateway
from tests.mollie_sandbox.harness import (
    API_KEY,
    ORGANIZATION_TOKEN,
    WEBHOOK_SECRET,
    MollieSandbox,
)

RETURN_URL = "https://pay.example/p/token"

# What the customer chooses, and why it fails if it does; nothing is chosen where the gateway hears nothing at first.
_CHOICES: dict[str, tuple[str, str | None] | None] = {
    "succeed": ("paid", None),
    "hold": ("authorized", None),
    "process": ("pending", None),
    "challenge": None,
    "fail silently": None,
    "stay away": None,
    "generic_decline": ("failed", "card_declined"),
    "insufficient_funds": ("failed", "insufficient_funds"),
    "lost_or_stolen": ("failed", "lost_card"),
    "expired_card": ("failed", "card_expired"),
    "incorrect_cvc": ("failed", "invalid_cvv"),
    "processing_error": ("failed", "system_malfunction"),
    "limit_exceeded": ("failed", "exceeds_withdrawal_amount_limit"),
    "fraud_suspected": ("failed", "possible_fraud"),
}


class MolliePsp:
    """One account at the far end."""

    signature_header = "x-mollie-signature"

    def __init__(self, far_end: MollieSandbox) -> None:
        self._far_end = far_end
        self._will: tuple[str, str | None] | None = None
        self.gateway: Gateway = MollieGateway(
            mollie_config(far_end), call_seconds_max=2, whole_seconds_max=3
        )

    async def will(self, what: str) -> str:
        """Prepares the next charge. What it answers stands for a card token, and the gateway does not look at it."""
        if what == "fail silently":
            await self._far_end.faults(timeout_after=1)
        if what == "stay away":
            await self._far_end.faults(error_before=1)
        self._will = _CHOICES[what]
        return "chosen_at_mollie"

    async def charge(self, order: ChargeOrder) -> Outcome:
        """Orders, and lets the customer choose what `will` prepared."""
        outcome = await self.gateway.charge(order)
        if self._will is None or not isinstance(outcome, Challenged) or outcome.url is None:
            return outcome
        (status, reason), self._will = self._will, None
        await self._far_end.choose(outcome.url, status, reason)
        now = utc_now()
        return await self.gateway.ask(
            Question(
                attempt_id=order.attempt_id,
                reference=outcome.reference,
                amount=order.amount,
                started_at=now,
                now=now,
            )
        )

    async def answer_challenge(self, attempt: str, reference: str, *, complete: bool) -> None:
        """The customer comes through the bank's check, or does not."""
        payment = await self._far_end.sdk().payments.get_async(payment_id=reference)
        assert payment.links.checkout is not None
        chosen = ("paid", None) if complete else ("failed", "authentication_failed")
        await self._far_end.choose(payment.links.checkout.href, *chosen)

    async def charges(self, attempt: str) -> int:
        """How many payments bear the attempt's id, looked up behind the gateway's back."""
        page = await self._far_end.sdk().payments.list_async(limit=250)
        assert page is not None
        found = page.result.embedded.payments or []
        return sum(
            isinstance(each.metadata, dict) and each.metadata.get("paythread_attempt") == attempt
            for each in found
        )

    def signed(self, body: bytes, *, at: datetime, secret: str | None = None) -> dict[str, str]:
        """Mollie signs no time: a report that comes again only makes us look again."""
        return mollie_signed(body, secret=secret or WEBHOOK_SECRET)


def mollie_config(far_end: MollieSandbox) -> dict[str, Any]:
    """How an operator would set the account up."""
    return {
        "api_key": API_KEY,
        "organization_token": ORGANIZATION_TOKEN,
        "webhook_secret": WEBHOOK_SECRET,
        "api_base": far_end.url,
    }


def mollie_signed(body: bytes, *, secret: str = WEBHOOK_SECRET) -> dict[str, str]:
    """`X-Mollie-Signature` as https://docs.mollie.com/reference/webhooks-best-practices describes it."""
    mac = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    return {"x-mollie-signature": f"sha256={mac}"}
