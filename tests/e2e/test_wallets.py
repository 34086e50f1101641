"""A customer pays out of a wallet: the same link, the same screen of the agent, the same money."""

from typing import Any

import pytest
from playwright.async_api import FrameLocator, Locator, expect

from tests.e2e.agent import PATIENCE_MS, Agent
from tests.e2e.customer import Customer, PayPage
from tests.e2e.test_main_job import url_of

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(600)]


def google_pay(page: PayPage) -> Locator:
    frame = page.page.frame_locator("iframe[title='Secure payment button frame']")
    return frame.get_by_role("button", name="Google Pay")


def sheet(page: PayPage) -> FrameLocator:
    return page.page.frame_locator("dialog iframe[title='Wallet']")


async def pay_by_wallet(page: PayPage, last4: str) -> None:
    await expect(google_pay(page)).to_be_visible(timeout=PATIENCE_MS)
    await google_pay(page).tap()
    await expect(sheet(page).get_by_text("£49.99")).to_be_visible(timeout=PATIENCE_MS)
    await sheet(page).get_by_role("button", name=f"•••• {last4}").tap()


async def said(agent: Agent, link: str, kind: str) -> list[dict[str, Any]]:
    return [event["data"] for event in await agent.demo.events_of(link) if event["type"] == kind]


async def test_a_link_is_paid_out_of_a_wallet_under_the_agents_eyes(
    agent: Agent, customer: Customer
) -> None:
    """The agent sees which wallet was chosen, and the money with the card that it came from."""
    link = await agent.new_link(channels=["SMS"])
    page = await customer.follow_sms(await url_of(agent.demo, link))
    await pay_by_wallet(page, "4242")
    await page.has_receipt()
    await page.reads("Visa •••• 4242")
    await agent.sees("checkout.method_selected", "checkout.submitted", "payment.paid")
    await agent.outcome("Paid")

    assert [{"method": "google_pay"}] == await said(agent, link, "checkout.method_selected")
    wallet = {"method": "google_pay", "psp": "stripe"}
    assert [wallet] == await said(agent, link, "checkout.submitted")
    (paid,) = await said(agent, link, "payment.paid")
    assert {"brand": "visa", "last4": "4242", "wallet": "google_pay"} == paid["card"]
    assert [("succeeded", 4999)] == [
        (intent["status"], intent["amount_received"])
        for intent in await agent.demo.intents_of(link)
    ]


async def test_a_wallet_is_declined_and_a_typed_card_pays(agent: Agent, customer: Customer) -> None:
    """Two tries, one payment."""
    link = await agent.new_link(channels=["SMS"])
    page = await customer.follow_sms(await url_of(agent.demo, link))
    await pay_by_wallet(page, "0002")
    await agent.sees("payment.declined")
    await page.pay()
    await page.has_receipt()
    await agent.outcome("Paid")

    wallet, card = {"method": "google_pay", "psp": "stripe"}, {"psp": "stripe"}
    assert [wallet, card] == await said(agent, link, "checkout.submitted")
    assert 4999 == sum(each["amount_received"] for each in await agent.demo.intents_of(link))


async def test_the_bank_asks_about_a_wallets_card(agent: Agent, customer: Customer) -> None:
    """The challenge opens after the sheet has gone, and its end pays."""
    link = await agent.new_link(channels=["SMS"])
    page = await customer.follow_sms(await url_of(agent.demo, link))
    await pay_by_wallet(page, "3184")
    await agent.sees("payment.challenge_started")
    await page.answer_bank("Complete")
    await page.has_receipt()
    await agent.outcome("Paid")
