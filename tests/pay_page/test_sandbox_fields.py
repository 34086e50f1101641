"""The sandbox PSP's own script and fields on the page, under the strict policy and Trusted Types."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx2
import pytest
from playwright.async_api import FrameLocator, expect

from tests.pay_page.customer import Customer, OpenPage
from tests.pay_page.stand import Reply, Stand, running_stand
from tests.pay_page.test_paying import PAID

pytestmark = pytest.mark.browser

SECRET_KEY = "sk_test_pay_page_stand_000000"
PUBLISHABLE_KEY = "pk_test_pay_page_stand_000000"
START_SECONDS = 20


@dataclass(frozen=True)
class Sandbox:
    url: str

    def post(self, path: str, **fields: str) -> dict[str, object]:
        headers = {"Authorization": f"Bearer {SECRET_KEY}"}
        answer = httpx2.post(self.url + path, data=fields, headers=headers)
        found: dict[str, object] = answer.json()
        return found


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    """The sandbox in its own process, ended with the pipe that it watches."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    data = tmp_path_factory.mktemp("sandbox") / "psp.db"
    child = subprocess.Popen(
        [sys.executable, "-m", "payments.sandbox", "--port", str(port), "--data", str(data)],
        stdin=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
        env={
            **os.environ,
            "SANDBOX_SECRET_KEY": SECRET_KEY,
            "SANDBOX_PUBLISHABLE_KEY": PUBLISHABLE_KEY,
            "PAYTHREAD_PARENT_WATCH": "1",
        },
    )
    try:
        _await_answer(port)
        yield Sandbox(f"http://localhost:{port}")
    finally:
        child.terminate()
        child.wait(timeout=10)


@pytest.fixture(scope="module")
def sandbox_stand(sandbox: Sandbox) -> Iterator[Stand]:
    with running_stand() as stand:
        stand.psp_origin = sandbox.url
        stand.publishable_key = PUBLISHABLE_KEY
        yield stand


def _await_answer(port: int) -> None:
    for _ in range(START_SECONDS * 10):
        try:
            httpx2.get(f"http://127.0.0.1:{port}/healthz")
        except httpx2.TransportError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the sandbox did not start")


def field(customer: Customer, name: str) -> FrameLocator:
    return customer.page.frame_locator(f"#box-{name} iframe")


async def type_card(customer: Customer, number: str) -> None:
    await customer.ready()
    await field(customer, "number").get_by_label("Card number").press_sequentially(number)
    await field(customer, "expiry").get_by_label("Expiry date").press_sequentially("1230")
    await field(customer, "cvc").get_by_label("Security code").press_sequentially("123")


async def test_the_sandbox_card_fields_pay(
    sandbox_stand: Stand, sandbox: Sandbox, open_page: OpenPage
) -> None:
    """The real script mounts, reports, and hands over a payment method, without breaking the policy."""
    link = sandbox_stand.link()
    link.answers("attempts", PAID)
    customer = await open_page(link, on=sandbox_stand)
    await type_card(customer, "4242424242424242")
    await customer.button.click()
    await customer.sees("Payment received")
    (attempt,) = link.posts("attempts")
    assert str(attempt["method"]).startswith("pm_")
    assert link.events().count("field_completed") == 3


async def test_the_sandbox_fields_name_their_errors(
    sandbox_stand: Stand, sandbox: Sandbox, open_page: OpenPage
) -> None:
    """A slip in the number is named at the field."""
    customer = await open_page(sandbox_stand.link(), on=sandbox_stand)
    await type_card(customer, "4242424242424241")
    await expect(customer.page.locator("#error-number")).to_have_text(
        "This card number is not right. Check it for a slip."
    )


async def test_the_sandbox_bank_challenge_returns_to_the_page(
    sandbox_stand: Stand, sandbox: Sandbox, open_page: OpenPage
) -> None:
    """The challenge opens over the page, and its end is asked of the server."""
    link = sandbox_stand.link()
    intent = sandbox.post(
        "/v1/payment_intents",
        **{
            "amount": "4999",
            "currency": "gbp",
            "payment_method": "pm_card_threeDSecure2Required",
            "allowed_payment_method_types[]": "card",
            "confirm": "true",
            "use_stripe_sdk": "true",
        },
    )
    assert intent["status"] == "requires_action"
    secret = str(intent["client_secret"])
    link.answers(
        "attempts", Reply({"status": "challenge", "attempt": "att_7", "client_secret": secret})
    )
    link.answers("attempts/att_7/resume", PAID)
    customer = await open_page(link, on=sandbox_stand)
    await type_card(customer, "4000000000003220")
    await customer.button.click()
    await customer.sees("Your bank wants to check that it is you")
    bank = customer.page.frame_locator("iframe[title='Bank security check']")
    await bank.get_by_role("button", name="Complete").click()
    await customer.sees("Payment received")
