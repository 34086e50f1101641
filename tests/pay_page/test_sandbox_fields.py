"""The sandbox PSP's own script and fields on the page, under the strict policy and Trusted Types."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.async_api import FrameLocator, expect

from tests.pay_page.customer import Customer, OpenPage
from tests.pay_page.sandbox import Sandbox, running_sandbox, running_sandbox_stand
from tests.pay_page.stand import Reply, Stand
from tests.pay_page.test_paying import PAID

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    with running_sandbox(tmp_path_factory.mktemp("sandbox")) as running:
        yield running


@pytest.fixture(scope="module")
def sandbox_stand(sandbox: Sandbox) -> Iterator[Stand]:
    with running_sandbox_stand(sandbox) as running:
        yield running


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
    challenge = {"attempt": "att_7", "client_secret": sandbox.challenged()}
    link.answers("attempts", Reply({"status": "challenge", **challenge}))
    link.answers("attempts/att_7/resume", PAID)
    customer = await open_page(link, on=sandbox_stand)
    await type_card(customer, "4000000000003220")
    await customer.button.click()
    await customer.sees("Your bank wants to check that it is you")
    bank = customer.page.frame_locator("iframe[title='Bank security check']")
    await bank.get_by_role("button", name="Complete").click()
    await customer.sees("Payment received")
