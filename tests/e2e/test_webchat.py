"""The web chat on the demo's shop: written there, answered with a link, paid from the card in the conversation."""

import time

import pytest
from playwright.async_api import expect

from tests.e2e.agent import PATIENCE_MS
from tests.e2e.customer import Customer, PayPage
from tests.e2e.demo import Demo
from tests.e2e.waiting import eventually

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(600)]

CARD_SECONDS_MAX = 4  # a second or two, and a loaded machine


async def test_a_link_sent_into_the_web_chat_is_paid_from_its_card(
    demo: Demo, customer: Customer
) -> None:
    before = await demo.position()
    page = await customer.context.new_page()
    await page.goto(f"{demo.simulator}/")
    async with customer.context.expect_page() as opening:
        await page.get_by_role("link", name="The shop").tap()
    shop = await opening.value
    await shop.get_by_role("button", name="Chat with us").tap()
    chat = shop.get_by_role("dialog", name="Acme Utilities")
    await chat.get_by_label("Your message").fill("I would like to pay")
    await chat.get_by_role("button", name="Send").tap()
    who: list[str] = []

    async def wrote() -> bool:
        who[:] = [
            event["customer"]
            for event in await demo.events(before)
            if event["type"] == "message.received" and event["channel"] == "webchat"
        ]
        return bool(who)

    await eventually(wrote, "the message has arrived")
    made = await demo.post(
        "/v1/links",
        {
            "amount": 4999,
            "currency": "GBP",
            "description": "Garden tools",
            "customer": who[0],
            "send": [{"channel": "webchat"}],
        },
        **{"Idempotency-Key": '"webchat-1"'},
    )
    assert made.status_code == 201, made.text
    link = made.json()
    began = time.monotonic()
    card = chat.get_by_role("link", name="Pay £49.99")
    await expect(card).to_be_visible(timeout=PATIENCE_MS)
    assert time.monotonic() - began < CARD_SECONDS_MAX
    await expect(card).to_have_attribute("href", link["url"])

    await shop.reload()
    await shop.get_by_role("button", name="Chat with us").tap()
    async with customer.context.expect_page() as opening:
        await card.tap()
    pay_page = PayPage(demo, await opening.value)
    await pay_page.pay()
    await pay_page.has_receipt()
    events = [event["type"] for event in await demo.events_of(link["id"])]
    assert {"message.sent", "message.read", "link.opened", "payment.paid"} <= set(events)
