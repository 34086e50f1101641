"""One customer, four places: the web chat, a text message, a desktop and a phone; and for the agent one story."""

import io
from typing import Any

import pytest
import zxingcpp
from PIL import Image
from playwright.async_api import Browser, Page, expect

from tests.e2e.agent import PATIENCE_MS, PHONE_NUMBER
from tests.e2e.customer import Customer, PayPage
from tests.e2e.demo import Demo
from tests.e2e.waiting import eventually

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(600)]

DESKTOP: dict[str, Any] = {
    "viewport": {"width": 1280, "height": 900},
    "screen": {"width": 1280, "height": 900},
    "has_touch": False,
    "is_mobile": False,
}
# What the agent reads, in this order; other steps stand between them.
STORY = (
    ("message.received", "webchat"),
    ("link.created", None),
    ("message.sent", "webchat"),
    ("message.sent", "sms"),
    ("message.delivered", "sms"),
    ("link.opened", None),
    ("checkout.card_entry_started", None),
    ("payment.paid", None),
)


async def test_a_link_moves_with_its_customer_and_is_paid_once(
    demo: Demo, customer: Customer, browser: Browser
) -> None:
    """Begun in the web chat, sent again by SMS, opened at a desk, taken over by a phone's camera, paid there."""
    who = await begin_in_the_chat(demo, customer)
    link = await make(demo, who)
    chat = (await demo.get(f"/v1/links/{link['id']}"))["messages"][0]
    assert ("webchat", None) == (chat["channel"], chat["superseded_at"])

    await again_by_sms(demo, link)
    first, second = (await demo.get(f"/v1/links/{link['id']}"))["messages"]
    assert first["superseded_at"] is not None
    assert ("sms", None) == (second["channel"], second["superseded_at"])

    desk = await Customer.arrive(browser, demo, customer.faults, **DESKTOP)
    page = await desk.open(link["url"])
    scanned = await scan(page.page)
    assert scanned == link["url"]
    phone = await customer.open(scanned)
    await phone.pay()
    await phone.has_receipt()
    await PayPage(demo, page.page).has_receipt()
    await desk.leave()

    await told_as_one(demo, who, link["id"])


async def begin_in_the_chat(demo: Demo, customer: Customer) -> str:
    """The visitor writes; answers whom the agent sees."""
    before = await demo.position()
    shop = await customer.context.new_page()
    await shop.goto(f"{demo.simulator}/shop")
    await shop.get_by_role("button", name="Chat with us").tap()
    chat = shop.get_by_role("dialog", name="Acme Utilities")
    await chat.get_by_label("Your message").fill("My bill, please. I have to leave soon.")
    await chat.get_by_role("button", name="Send").tap()

    async def wrote() -> str:
        for event in await demo.events(before):
            if (event["type"], event["channel"]) == ("message.received", "webchat"):
                return str(event["customer"])
        return ""

    who = await eventually(wrote, "the agent sees what was written in the chat")
    await shop.close()
    return who


async def make(demo: Demo, who: str) -> dict[str, Any]:
    made = await demo.post(
        "/v1/links",
        {
            "amount": 4999,
            "currency": "GBP",
            "description": "Water bill",
            "reference": "INV-2041",
            "customer": who,
            "send": [{"channel": "webchat"}],
        },
        **{"Idempotency-Key": f'"story-{who}"'},
    )
    assert made.status_code == 201, made.text
    link: dict[str, Any] = made.json()
    return link


async def again_by_sms(demo: Demo, link: dict[str, Any]) -> None:
    """The customer has gone quiet; the same link goes to the number that they gave on the telephone."""
    sent = await demo.post(
        f"/v1/links/{link['id']}/messages",
        {"channel": "sms", "to": PHONE_NUMBER},
        **{"Idempotency-Key": f'"again-{link["id"]}"'},
    )
    assert sent.status_code == 202, sent.text

    async def arrived() -> bool:
        answer = await demo.client.get(
            f"{demo.simulator}/api/messages", params={"to": PHONE_NUMBER, "channel": "sms"}
        )
        return any(link["url"] in message["urls"] for message in answer.json())

    await eventually(arrived, "the text message with the same link has arrived")


async def scan(page: Page) -> str:
    """What a camera reads from the screen."""
    await page.get_by_text("Pay on your phone instead", exact=True).click()
    code = page.get_by_role("img", name="QR code of this payment")
    await expect(code).to_be_visible(timeout=PATIENCE_MS)
    await expect(code).to_have_js_property("complete", True)
    [found] = zxingcpp.read_barcodes(Image.open(io.BytesIO(await code.screenshot())))
    return str(found.text)


async def told_as_one(demo: Demo, who: str, link: str) -> None:
    """The customer's timeline holds all of it, each step once, under one customer and one link."""

    async def told() -> list[dict[str, Any]]:
        found = (await demo.get(f"/v1/customers/{who}/timeline", limit=200))["data"]
        return list(reversed(found)) if any(e["type"] == "payment.paid" for e in found) else []

    events = await eventually(told, "the timeline has come to the end")
    places = []
    for kind, channel in STORY:
        at = [
            number
            for number, event in enumerate(events)
            if event["type"] == kind and channel in (None, event["channel"])
        ]
        assert at, f"{kind} by {channel} is missing"
        places.append(at[0])
    assert sorted(places) == places
    kinds = [event["type"] for event in events]
    assert 1 == kinds.count("payment.paid")
    assert {link, None} == {event["link"] for event in events}
    devices = {
        event["data"]["device"]
        for event in await demo.events_of(link)
        if event["type"] == "checkout.joined"
    }
    assert {"desktop", "mobile"} == devices
