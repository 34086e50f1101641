"""The hand-made PSP as the contract suite sees it."""

from datetime import datetime
from pathlib import Path

from payments.gateway import Challenged, ChargeOrder, Gateway
from tests.payments import fake_reports
from tests.payments.fake_reports import event_body
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
from tests.payments.psps import Psp

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

    signature_header: str | None = fake_reports.SIGNATURE
    signs_time = True

    def __init__(self) -> None:
        self.fake = FakeGateway()
        self.gateway: Gateway = self.fake
        self._methods = 0

    async def will(self, what: str) -> str:
        step = _STEPS.get(what) or Declines(what)
        self.fake.script.append(step)
        self._methods += 1
        return f"pm_{self._methods}"

    async def refunds_will(self, what: str) -> None:
        self.fake.order_script.append(_STEPS[what])

    async def visit(self, order: ChargeOrder, page: Challenged) -> None:
        raise AssertionError("the hand-made PSP has no page")

    async def answer_challenge(
        self, order: ChargeOrder, asked: Challenged, *, complete: bool
    ) -> None:
        attempt = order.attempt_id
        assert asked.reference == self.fake.intents[attempt].reference
        (self.fake.take_up if complete else self.fake.give_up)(attempt)

    async def charges(self, attempt: str) -> int:
        return int(attempt in self.fake.intents)

    async def refund_report(self, attempt: str, reference: str, order_id: str) -> bytes:
        fact = self.fake.refunds[order_id].fact
        told = {
            "reference": fact.reference,
            "amount": fact.amount.minor,
            "currency": fact.amount.currency.code,
            "state": fact.state,
            "order": order_id,
        }
        return event_body("evt_2", attempt=attempt, reference=reference, more={"refunds": [told]})

    def report(self) -> bytes:
        return event_body("evt_1")

    async def close(self) -> None:
        await self.gateway.close()

    def signed(self, body: bytes, *, at: datetime, secret: str | None = None) -> dict[str, str]:
        headers = fake_reports.signed(body, at=at)
        if secret is not None:
            headers[fake_reports.SIGNATURE] = headers[fake_reports.SIGNATURE].replace("v1=", "v1=0")
        return headers


class FakeStand:
    """Nothing runs: each test has a PSP of its own."""

    def __init__(self, folder: Path) -> None: ...

    async def start(self) -> None: ...

    def psp(self) -> Psp:
        return FakePsp()

    def stop(self) -> None: ...
