"""Debts as they are, through everything that is real: paid in parts, by many with one link, and asked for anew."""

import secrets
from typing import Any

import pytest
from playwright.async_api import Browser, expect

from tests.e2e.agent import PATIENCE_MS, Agent
from tests.e2e.customer import Customer, PayPage
from tests.e2e.demo import Demo

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(600)]


async def make(demo: Demo, **body: Any) -> dict[str, Any]:
    """A link, made as other software makes one."""
    asked = {"amount": 10_000, "currency": "GBP", "description": "Boiler, fitted"} | body
    answer = await demo.post("/v1/links", asked, **{"Idempotency-Key": secrets.token_hex(8)})
    assert 201 == answer.status_code, answer.text
    link: dict[str, Any] = answer.json()
    return link


async def shown(demo: Demo, link: str) -> dict[str, Any]:
    value: dict[str, Any] = await demo.get(f"/v1/links/{link}")
    return value


async def taken(demo: Demo, link: str) -> list[int]:
    """What the PSP has taken for a link, oldest first."""
    intents = await demo.intents_of(link)
    return sorted(each["amount_received"] for each in intents if each["amount_received"])


async def press(page: PayPage, words: str) -> None:
    await page.page.get_by_role("button", name=words, exact=True).tap()


async def sees(page: PayPage, words: str) -> None:
    found = page.page.get_by_text(words, exact=False).locator("visible=true").first
    await expect(found).to_be_visible(timeout=PATIENCE_MS)


async def test_a_debt_is_paid_in_two_parts_from_one_page(agent: Agent, customer: Customer) -> None:
    demo = agent.demo
    link = await make(demo, minimum_amount=2_000)
    page = await customer.open(link["url"])
    await page.page.get_by_label("Amount to pay").fill("30")
    await page.type_card()
    await press(page, "Pay £30.00")
    await sees(page, "Part of the payment received")
    await sees(page, "£70.00")
    part = await shown(demo, link["id"])

    assert ("partially_paid", 3_000, "opened") == (
        part["status"],
        part["amount_paid"],
        part["progress"]["step"],
    )

    await press(page, "Pay the rest")
    await page.type_card()
    await press(page, "Pay £70.00")
    await sees(page, "Payment received")
    await sees(page, "£100.00")
    paid = await shown(demo, link["id"])

    assert ("paid", 10_000, "paid") == (
        paid["status"],
        paid["amount_paid"],
        paid["progress"]["step"],
    )
    assert [3_000, 7_000] == await taken(demo, link["id"])


async def test_two_people_pay_with_one_link_and_see_their_own_payment(
    browser: Browser, agent: Agent, customer: Customer, faults: list[str]
) -> None:
    demo = agent.demo
    link = await make(demo, usage="multi", minimum_amount=500)
    other = await Customer.arrive(browser, demo, faults)
    try:
        for person, amount in ((customer, "20.00"), (other, "12.50")):
            page = await person.open(link["url"])
            await sees(page, "You choose the amount")
            await page.page.get_by_label("Amount to pay").fill(amount)
            await page.type_card()
            await press(page, f"Pay £{amount}")
            await sees(page, "Payment received")
            await page.page.reload()
            await sees(page, "Payment received")
            await sees(page, f"£{amount}")
    finally:
        await other.leave()
    after = await shown(demo, link["id"])
    payments = (await demo.get(f"/v1/links/{link['id']}/payments"))["data"]

    assert ("active", 3_250, 2) == (
        after["status"],
        after["amount_paid"],
        after["payments_paid_count"],
    )
    assert [1_250, 2_000] == [payment["amount_captured"] for payment in payments]
    assert [1_250, 2_000] == await taken(demo, link["id"])


async def test_a_newer_link_takes_the_place_of_the_one_that_the_customer_has_open(
    agent: Agent, customer: Customer
) -> None:
    demo = agent.demo
    old = await make(demo)
    page = await customer.open(old["url"])
    await page.type_card()
    new = await make(demo, amount=4_999, supersedes=old["id"])
    # By itself, with nothing left to press.
    await sees(page, "There is a newer link for this payment")
    await expect(page.page.get_by_role("button", name="Pay £100.00")).to_have_count(0)
    newer = await customer.open(new["url"])
    await newer.pay()
    await newer.has_receipt()

    assert ("cancelled", new["id"]) == (
        (await shown(demo, old["id"]))["status"],
        (await shown(demo, old["id"]))["superseded_by"],
    )
    assert ([], [4_999]) == (await taken(demo, old["id"]), await taken(demo, new["id"]))
