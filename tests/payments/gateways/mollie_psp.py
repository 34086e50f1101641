"""Mollie as the contract suite sees it: the real gateway on the real SDK, against the far end's process.

The gateway leads the customer away: what shall become of a charge is chosen on Mollie's page after it was made.
"""

import hashlib
import hmac
import json
from datetime import datetime
from pathlib import Path
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
from tests.payments.psps import Psp

RETURN_URL = "https://pay.example/p/token"

# What the customer chooses, and why it fails if it does; nothing is chosen where nothing arrived.
_CHOICES: dict[str, tuple[str, str | None] | None] = {
    "succeed": ("paid", None),
    "hold": ("authorized", None),
    "process": ("pending", None),
    "challenge": None,
    "fail silently": ("paid", None),
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

    signature_header: str | None = "x-mollie-signature"
    # Nor need it: a report that comes again only makes us look again.
    signs_time = False

    def __init__(self, far_end: MollieSandbox) -> None:
        self._far_end = far_end
        self._will: tuple[str, str | None] | None = None
        self.gateway: Gateway = MollieGateway(
            mollie_config(far_end), call_seconds_max=2, whole_seconds_max=3
        )

    async def will(self, what: str) -> None:
        """Prepares what the customer chooses at the page; there is no card token."""
        await self.refunds_will(what)
        self._will = _CHOICES[what]

    async def refunds_will(self, what: str) -> None:
        if what == "fail silently":
            await self._far_end.faults(timeout_after=1)
        if what == "stay away":
            await self._far_end.faults(error_before=1)

    async def visit(self, order: ChargeOrder, page: Challenged) -> None:
        """Once: whoever comes again finds the page closed."""
        chosen, self._will = self._will, None
        if chosen is not None:
            assert page.url is not None
            await self._far_end.choose(page.url, *chosen)

    async def charge(self, order: ChargeOrder) -> Outcome:
        """The whole way: the order, the customer's visit, and what the gateway says of it then."""
        outcome = await self.gateway.charge(order)
        if not isinstance(outcome, Challenged):
            return outcome
        await self.visit(order, outcome)
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

    async def answer_challenge(
        self, order: ChargeOrder, asked: Challenged, *, complete: bool
    ) -> None:
        """The bank asks within Mollie's page."""
        assert asked.url is not None
        chosen = ("paid", None) if complete else ("failed", "authentication_failed")
        await self._far_end.choose(asked.url, *chosen)

    async def charges(self, attempt: str) -> int:
        """How many payments bear the attempt's id, looked up behind the gateway's back."""
        page = await self._far_end.sdk().payments.list_async(limit=250)
        assert page is not None
        found = page.result.embedded.payments or []
        return sum(
            isinstance(each.metadata, dict) and each.metadata.get("paythread_attempt") == attempt
            for each in found
        )

    async def refund_report(self, attempt: str, reference: str, order_id: str) -> bytes:
        """A next-gen event; it names the refund, and holds the payment that this belongs to."""
        page = await self._far_end.sdk().refunds.list_async(payment_id=reference)
        assert page is not None
        (refund,) = [
            each
            for each in page.result.embedded.refunds
            if isinstance(each.metadata, dict) and each.metadata["paythread_order"] == order_id
        ]
        entity = {"resource": "refund", "id": refund.id, "paymentId": reference}
        return mollie_event("refund.refunded", refund.id, entity)

    def report(self) -> bytes:
        return mollie_event("payment-link.paid", "pl_1")

    async def close(self) -> None:
        await self.gateway.close()
        await self._far_end.no_faults()

    def signed(self, body: bytes, *, at: datetime, secret: str | None = None) -> dict[str, str]:
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


def mollie_event(
    kind: str, entity_id: str, entity: dict[str, Any] | None = None, *, event: str = "evt_1"
) -> bytes:
    """A next-gen event."""
    told: dict[str, Any] = {"resource": "event", "id": event, "type": kind, "entityId": entity_id}
    return json.dumps(told | ({"_embedded": {"entity": entity}} if entity else {})).encode()


class MollieStand:
    """The far end as a process of its own, without a merchant to report to."""

    def __init__(self, folder: Path) -> None:
        self._far_end = MollieSandbox(folder)

    async def start(self) -> None:
        await self._far_end.start()

    def psp(self) -> Psp:
        return MolliePsp(self._far_end)

    def stop(self) -> None:
        self._far_end.stop()
