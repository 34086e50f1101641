"""Stripe's own payment page as the contract suite sees it: the customer types the card there."""

from pathlib import Path

import pytest

from payments.gateway import Challenged, ChargeOrder
from payments.gateways.stripe_checkout import StripeCheckoutGateway
from payments.sandbox.cards import ready_made
from tests.payments.psps import Psp
from tests.payments.stripe_psp import METHODS, StripePsp, stripe_config
from tests.sandbox.harness import Sandbox

# What the page keeps to itself, so that nothing of it can be promised.
_AT_THE_PAGE = {
    "challenge": "the bank asks at the PSP's page",
    "fail silently": "without an answer there is no page to pay at",
    "process": "no published card is slow at the page",
}


class StripeCheckoutPsp(StripePsp):
    """One gateway to the sandbox."""

    def __init__(self, sandbox: Sandbox) -> None:
        super().__init__(sandbox)
        self.gateway = StripeCheckoutGateway(
            stripe_config(sandbox), call_seconds_max=2, whole_seconds_max=3
        )
        self._number = ""

    async def will(self, what: str) -> str | None:
        if what in _AT_THE_PAGE:
            pytest.skip(_AT_THE_PAGE[what])
        if what not in ("succeed", "hold", "stay away"):
            pytest.skip("a no at the page is not the end: the customer tries again there")
        card = ready_made(METHODS[what])
        assert card is not None
        self._number = card.number
        await super().will(what)
        return None

    async def refunds_will(self, what: str) -> None:
        await StripePsp.will(self, what)

    async def visit(self, order: ChargeOrder, page: Challenged) -> None:
        assert page.url is not None
        typed = {"number": self._number, "expiry": "12 / 40", "code": "123"}
        async with self.sandbox.http() as browser:
            answer = await browser.post(page.url, data=typed)
            # 410: paid before, and the page is over.
            assert answer.status_code in (200, 410), answer.text


class StripeCheckoutStand:
    """The sandbox as a process of its own, without a merchant to report to."""

    def __init__(self, folder: Path) -> None:
        self._sandbox = Sandbox(folder)

    async def start(self) -> None:
        await self._sandbox.start()

    def psp(self) -> Psp:
        return StripeCheckoutPsp(self._sandbox)

    def stop(self) -> None:
        self._sandbox.stop()
