"""Adyen as the contract suite sees it: the real gateway on the real SDK, against the far end's process.

Adyen cannot be asked for a payment: what became of it is told by notifications. So the suite's gateway is the real one
with an ear: it reads what the far end reports, through the gateway's own reading of it, and puts it together with the
gateway's answers by the attempt's transition table, as the house does.
"""

import asyncio
import base64
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from core.clock import utc_now
from payments.facts import as_ordered, fact_of
from payments.gateway import (
    Accepted,
    CardFacts,
    Challenged,
    ChargeOrder,
    Gateway,
    GatewayEvent,
    MoneyOrder,
    Movement,
    OrderOutcome,
    Outcome,
    Question,
    RefundFact,
    Refused,
    Sight,
    Unknown,
)
from payments.gateways.adyen import AdyenGateway
from payments.gateways.adyen_notifications import read_keys, signature_of
from payments.states import LIVE, AttemptState, follows
from tests.adyen_sandbox.harness import (
    ACCOUNT,
    API_KEY,
    CLIENT_KEY,
    HMAC_KEY,
    AdyenSandbox,
    Receiver,
)
from tests.payments.psps import Psp

# The far end reports within moments; a report that does not come by then is not to come.
_PATIENCE_SECONDS = 1.5

_HOLDERS = {
    "generic_decline": "DECLINED",
    "insufficient_funds": "NOT_ENOUGH_BALANCE",
    "lost_or_stolen": "BLOCK_CARD",
    "expired_card": "CARD_EXPIRED",
    "incorrect_cvc": "CVC_DECLINED",
    "processing_error": "ERROR",
    "limit_exceeded": "WITHDRAWAL_AMOUNT_EXCEEDED",
    "fraud_suspected": "FRAUD",
    "process": "RECEIVED",
}


class HearingGateway:
    """The gateway together with the reports that it was sent."""

    provider = "adyen"

    def __init__(self, inner: AdyenGateway, receiver: Receiver) -> None:
        self.inner = inner
        self.page = inner.page
        self._receiver = receiver
        self._orders: dict[str, ChargeOrder] = {}
        self._answers: dict[str, list[Outcome]] = {}

    async def inspect(self, method: str) -> CardFacts:
        return await self.inner.inspect(method)

    async def charge(self, order: ChargeOrder) -> Outcome:
        self._orders[order.attempt_id] = order
        return self.heard(order.attempt_id, await self.inner.charge(order))

    async def ask(self, question: Question) -> Outcome:
        known = await self._known(question)
        if known is not None and fact_of(known).state not in LIVE:
            return known
        answer = await self.inner.ask(self._with_state(question, known))
        return known if isinstance(answer, Unknown) and known is not None else answer

    async def look(self, question: Question) -> Sight:
        outcome = await self.ask(question)
        found: dict[str, RefundFact] = {}
        for event in self._events():
            if event.reference == question.reference:
                found |= {fact.reference: fact for fact in event.refunds}
        facts = [fact for fact in found.values() if fact.state != "failed"]
        return Sight(outcome, refunds=facts)

    async def cancel(self, question: Question) -> Outcome:
        known = await self._known(question)
        answer = await self.inner.cancel(self._with_state(question, known))
        if not isinstance(answer, Unknown):
            return self.heard(question.attempt_id, answer)
        before = known
        end = asyncio.get_running_loop().time() + _PATIENCE_SECONDS
        while asyncio.get_running_loop().time() < end:
            known = self._folded(question)
            if known != before:
                break
            await asyncio.sleep(0.02)
        return answer if known is None or isinstance(known, Unknown) else known

    async def capture(self, order: MoneyOrder) -> OrderOutcome:
        return await self._told(await self.inner.capture(order))

    async def refund(self, order: MoneyOrder) -> OrderOutcome:
        return await self._told(await self.inner.refund(order))

    async def movements(self, since: datetime, until: datetime) -> Sequence[Movement]:
        return await self.inner.movements(since, until)

    def read_events(
        self, headers: Mapping[str, str], body: bytes, *, now: datetime
    ) -> Sequence[GatewayEvent]:
        return self.inner.read_events(headers, body, now=now)

    async def complete_event(self, event: GatewayEvent) -> GatewayEvent:
        return await self.inner.complete_event(event)

    def reread_event(self, body: bytes) -> GatewayEvent:
        return self.inner.reread_event(body)

    async def check(self) -> None:
        await self.inner.check()

    async def close(self) -> None:
        await self.inner.close()

    def heard(self, attempt: str, answer: Outcome) -> Outcome:
        """Keeps an answer of the gateway's."""
        self._answers.setdefault(attempt, []).append(answer)
        return answer

    async def _told(self, answer: OrderOutcome) -> OrderOutcome:
        """An order that was only accepted has failed if its report says so."""
        if not isinstance(answer, Accepted):
            return answer
        end = asyncio.get_running_loop().time() + _PATIENCE_SECONDS
        while asyncio.get_running_loop().time() < end:
            for event in self._events():
                if not event.id.startswith(f"{answer.reference}:"):
                    continue
                failed = [fact.why for fact in event.refunds if fact.state == "failed"]
                if event.capture is not None and event.capture.failed:
                    failed.append(event.capture.why)
                return Refused(failed[0] or "failed") if failed else answer
            await asyncio.sleep(0.02)
        return answer

    async def _known(self, question: Question) -> Outcome | None:
        """What answers and reports say together; waits for a report while there was no answer."""
        end = asyncio.get_running_loop().time() + _PATIENCE_SECONDS
        while True:
            known = self._folded(question)
            silent = known is None or isinstance(known, Unknown)
            if not silent or asyncio.get_running_loop().time() > end:
                return known
            await asyncio.sleep(0.02)

    def _folded(self, question: Question) -> Outcome | None:
        order = self._orders.get(question.attempt_id)
        told = list(self._answers.get(question.attempt_id, []))
        for event in self._events():
            ours = question.attempt_id == event.attempt_id
            if event.outcome is not None and (ours or event.reference == question.reference):
                told.append(event.outcome)
        known: Outcome | None = None
        capture = "" if order is None else order.capture
        for each in [as_ordered(outcome, capture) for outcome in told]:
            if known is None or follows(_state(known), _state(each)):
                known = each
        return known

    def _with_state(self, question: Question, known: Outcome | None) -> Question:
        return replace(question, state=None if known is None else _state(known).value)

    def _events(self) -> list[GatewayEvent]:
        now = utc_now()
        return [
            event
            for body in self._receiver.bodies
            for event in self.inner.read_events({}, body, now=now)
        ]


def _state(outcome: Outcome) -> AttemptState:
    return fact_of(outcome).state


class AdyenPsp:
    """One merchant account at the far end."""

    # Every item carries its own signature.
    signature_header: str | None = None
    signs_time = False

    def __init__(self, far_end: AdyenSandbox, receiver: Receiver) -> None:
        self._far_end = far_end
        self._receiver = receiver
        inner = AdyenGateway(adyen_config(far_end), call_seconds_max=2, whole_seconds_max=3)
        self._hearing = HearingGateway(inner, receiver)
        self.gateway: Gateway = self._hearing

    async def will(self, what: str) -> str:
        await self.refunds_will(what)
        number = "4917610000000000" if what == "challenge" else "4111111145551142"
        return json.dumps(await self._far_end.method(number, holder=_HOLDERS.get(what)))

    async def refunds_will(self, what: str) -> None:
        if what == "fail silently":
            await self._far_end.faults(timeout_after=1)
        if what == "stay away":
            await self._far_end.faults(error_before=1)

    async def visit(self, order: ChargeOrder, page: Challenged) -> None:
        raise AssertionError("the customer is not led away")

    async def answer_challenge(
        self, order: ChargeOrder, asked: Challenged, *, complete: bool
    ) -> None:
        """The customer answers the bank, and the page hands over what the component gives."""
        token = await self._far_end.answer_challenge(
            asked.action, "complete" if complete else "fail"
        )
        now = utc_now()
        question = Question(
            attempt_id=order.attempt_id,
            reference=asked.reference,
            amount=order.amount,
            started_at=now,
            now=now,
            state="challenged",
        )
        answer = await self._hearing.inner.complete(question, component_details(token))
        self._hearing.heard(order.attempt_id, answer)

    async def charges(self, attempt: str) -> int:
        found = await self._far_end.payments(attempt)
        return sum(each["state"] in {"authorised", "captured"} for each in found)

    async def refund_report(self, attempt: str, reference: str, order_id: str) -> bytes:
        return await self._receiver.body_of("REFUND", order_id)

    def report(self) -> bytes:
        return adyen_report("evt_1")

    def signed(self, body: bytes, *, at: datetime, secret: str | None = None) -> dict[str, str]:
        return {}

    async def close(self) -> None:
        await self.gateway.close()
        await self._far_end.calm()


class AdyenStand:
    """The far end as a process of its own, with a merchant's endpoint to report to."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._receiver = Receiver()
        self._far_end = AdyenSandbox(folder)

    async def start(self) -> None:
        await self._receiver.start()
        self._far_end.webhook_url = self._receiver.url
        await self._far_end.start()

    def psp(self) -> Psp:
        return AdyenPsp(self._far_end, self._receiver)

    def stop(self) -> None:
        self._far_end.stop()
        if self._receiver.server is not None:
            self._receiver.server.close()


def adyen_config(far_end: AdyenSandbox, **more: Any) -> dict[str, Any]:
    """How an operator would set the account up."""
    return {
        "api_key": API_KEY,
        "client_key": CLIENT_KEY,
        "merchant_account": ACCOUNT,
        "hmac_key": HMAC_KEY,
        "api_base": far_end.url,
        "js_url": f"{far_end.url}/checkoutshopper/sdk/6.33.0/adyen.js",
        "css_url": f"{far_end.url}/checkoutshopper/sdk/6.33.0/adyen.css",
    } | more


def component_details(token: str, status: str = "Y") -> dict[str, Any]:
    """What `onAdditionalDetails` hands over after a challenge."""
    told = json.dumps({"transStatus": status, "authorisationToken": token}).encode()
    return {"details": {"threeDSResult": base64.b64encode(told).decode()}}


def adyen_report(psp_reference: str, code: str = "SOMETHING_NEW", **more: Any) -> bytes:
    """A notification with one item, signed."""
    item: dict[str, Any] = {
        "additionalData": {},
        "amount": {"currency": "EUR", "value": 1000},
        "eventCode": code,
        "merchantAccountCode": ACCOUNT,
        "merchantReference": "INV-1",
        "pspReference": psp_reference,
        "success": "true",
    } | more
    item["additionalData"] = {
        **item["additionalData"],
        "hmacSignature": signature_of(item, read_keys(HMAC_KEY)[0]).decode(),
    }
    wrapped = [{"NotificationRequestItem": item}]
    return json.dumps({"live": "false", "notificationItems": wrapped}).encode()
