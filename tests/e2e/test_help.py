"""Help in the moment: the customer on the pay page and the agent who serves them, with everything real between them."""

import asyncio
import uuid
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page, expect

from tests.e2e.agent import PATIENCE_MS
from tests.e2e.customer import BOXES, CHALLENGED, CODE, EXPIRY, GOOD, Customer, PayPage, completes
from tests.e2e.demo import Demo
from tests.e2e.waiting import eventually
from tests.support.user_agents import FETCHERS, IN_APP

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(600)]

# 1280 by 1024 at 400 %.
NARROW = {
    "viewport": {"width": 320, "height": 256},
    "screen": {"width": 320, "height": 256},
    "has_touch": False,
    "is_mobile": False,
}
# A loaded machine, not the service, needs most of it.
AT_ONCE_MS = 10_000
# Each kind of webview; all that are told apart are in tests/links/test_in_app_browsers.py.
APPS = (
    *("WhatsApp, iPhone", "Messenger, Android", "Instagram, iPhone", "Facebook, Android"),
    *("Telegram, Android", "TikTok, iPhone", "WeChat, Android", "Gmail, iPhone"),
)


async def new_link(demo: Demo, **changes: Any) -> dict[str, Any]:
    """A link that an agent of the demo serves, made by the API."""
    body = {
        "amount": 4999,
        "currency": "GBP",
        "description": "Water bill, March",
        "customer": {"name": "Casey Jones", "phone": "+447700900123"},
        **changes,
    }
    return await ask(demo, "POST", "/v1/links", body)


async def ask(demo: Demo, method: str, path: str, body: dict[str, Any]) -> dict[str, Any]:
    """What an agent's software asks for, each time anew."""
    headers = {
        "Authorization": f"Bearer {demo.description['api_key']}",
        "Idempotency-Key": str(uuid.uuid4()),
    }
    answer = await demo.client.request(method, demo.service + path, json=body, headers=headers)
    assert answer.is_success, answer.text
    return dict(answer.json())


async def opened(customer: Customer, link: dict[str, Any]) -> PayPage:
    page = await customer.open(link["url"])
    customer.demo.used.tokens.add(str(link["url"]).rpartition("/")[2])
    # What is tapped must not be moved away by fields that are still arriving.
    for name in ("number", "expiry", "cvc"):
        await expect(page.page.locator(f"#box-{name}.ready")).to_be_visible(timeout=PATIENCE_MS)
    await expect(page.page.locator("#wallets:not(.off)")).to_be_visible(timeout=PATIENCE_MS)
    await page.page.locator("#title").click()
    return page


async def is_accessible(page: Page, part: str) -> None:
    """Axe finds nothing in this part of the page, light and dark."""
    for scheme in ("light", "dark"):
        await page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        found = (await Axe().run(page, context=part)).response["violations"]
        assert [] == [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found]
    await page.emulate_media(color_scheme="light")


async def thread_of(demo: Demo, link: dict[str, Any]) -> str:
    """The conversation that was begun on the link's page."""
    events = await demo.events_of(link["id"])
    return next(str(e["conversation"]) for e in events if e["type"] == "message.received")


async def test_a_chat_beside_the_form_goes_both_ways_during_a_payment_and_over_a_reload(
    demo: Demo, customer: Customer
) -> None:
    link = await new_link(demo)
    page = await opened(customer, link)
    await page.page.get_by_role("button", name="I need help").press("Enter")
    field = page.page.get_by_role("textbox", name="Your message")
    await expect(field).to_be_focused(timeout=PATIENCE_MS)
    await field.fill("Where is the code? My card is 4242 4242 4242 4242")
    await field.press("Enter")
    log = page.page.get_by_role("log")
    await expect(log).to_contain_text("Where is the code?")
    await expect(page.page.locator("#chat-status")).to_contain_text("A card number was removed")
    await expect(log).not_to_contain_text("4242 4242")

    await eventually(lambda: has_message(demo, link), "the message has arrived")
    thread = await thread_of(demo, link)
    await ask(
        demo, "POST", f"/v1/conversations/{thread}/messages", {"text": "On the back of the card."}
    )
    await expect(log).to_contain_text("On the back of the card.", timeout=AT_ONCE_MS)

    await is_accessible(page.page, "#chat")

    await page.type_card(CHALLENGED)
    await page.press_pay()
    await expect(page.bank.get_by_role("button", name="Complete")).to_be_visible(
        timeout=PATIENCE_MS
    )
    await ask(
        demo, "POST", f"/v1/conversations/{thread}/messages", {"text": "Your bank asks you now."}
    )
    await expect(log).to_contain_text("Your bank asks you now.", timeout=AT_ONCE_MS)
    await page.answer_bank("Complete")
    await page.has_receipt()
    await expect(log).to_be_visible()

    forwarded = await Customer.arrive(customer.context.browser, demo, customer.faults)  # type: ignore[arg-type]
    other = await forwarded.open(link["url"])
    assert "code" not in await other.page.locator("body").inner_text()
    assert 0 == await other.page.get_by_role("log").count()
    await forwarded.leave()
    kinds = [event["type"] for event in await demo.events_of(link["id"])]
    assert {"checkout.help_requested", "message.received", "payment.paid"} <= set(kinds)


async def test_the_chat_is_there_after_a_reload_and_escape_leads_back(
    demo: Demo, customer: Customer
) -> None:
    link = await new_link(demo)
    page = await opened(customer, link)
    await page.page.get_by_role("button", name="I need help").press("Enter")
    await page.page.get_by_role("textbox", name="Your message").fill("Hello?")
    await page.page.get_by_role("button", name="Send", exact=True).tap()
    await expect(page.page.get_by_role("log")).to_contain_text("Hello?")
    await eventually(lambda: has_message(demo, link), "the message has arrived")
    await page.page.reload()
    await expect(page.page.get_by_role("log")).to_contain_text("Hello?", timeout=PATIENCE_MS)
    await page.page.get_by_role("textbox", name="Your message").press("Escape")
    await expect(page.page.get_by_role("button", name="I need help")).to_be_focused()
    await expect(page.page.get_by_role("log")).to_be_hidden()


async def has_message(demo: Demo, link: dict[str, Any]) -> bool:
    return "message.received" in [e["type"] for e in await demo.events_of(link["id"])]


async def test_an_amended_amount_shows_at_once_and_the_old_one_is_never_paid(
    demo: Demo, customer: Customer
) -> None:
    link = await new_link(demo)
    page = await opened(customer, link)
    await page.type_card()
    await ask(demo, "PATCH", f"/v1/links/{link['id']}", {"amount": 3000})
    await expect(page.page.locator("#status")).to_contain_text(
        "The amount is now £30.00", timeout=AT_ONCE_MS
    )
    await page.page.get_by_role("button", name="Pay £30.00", exact=True).tap()
    await page.has_receipt()
    assert [3000] == [intent["amount_received"] for intent in await demo.intents_of(link["id"])]


async def test_a_link_that_is_cancelled_leaves_the_open_page_at_once(
    demo: Demo, customer: Customer
) -> None:
    link = await new_link(demo)
    page = await opened(customer, link)
    await page.page.wait_for_timeout(1_000)
    await ask(demo, "POST", f"/v1/links/{link['id']}/cancel", {})
    heading = page.page.get_by_role("heading", name="This payment was cancelled")
    await expect(heading).to_be_visible(timeout=AT_ONCE_MS)


async def test_more_time_is_offered_before_the_end_and_a_new_link_after_it(
    demo: Demo, customer: Customer
) -> None:
    link = await new_link(demo, expires_in=64)
    page = await opened(customer, link)
    more = page.page.get_by_role("button", name="I need more time")
    await expect(more).to_be_visible(timeout=PATIENCE_MS)
    await is_accessible(page.page, "#ending")
    await more.tap()
    await page.reads("You have more time")
    longer = (await demo.get(f"/v1/links/{link['id']}"))["expires_at"]
    assert timedelta(minutes=10) == moment(longer) - moment(link["expires_at"])
    # The agent changes their mind: it ends in a minute.
    soon = datetime.now(UTC) + timedelta(seconds=63)
    await ask(
        demo,
        "PATCH",
        f"/v1/links/{link['id']}",
        {"expires_at": soon.strftime("%Y-%m-%dT%H:%M:%SZ")},
    )
    renewal = page.page.get_by_role("button", name="Ask for a new link")
    await expect(renewal).to_be_visible(timeout=90_000)
    await renewal.tap()
    await page.reads("has been told that you want a new link")
    kinds = [event["type"] for event in await demo.events_of(link["id"])]
    assert 1 == kinds.count("link.renewal_requested")


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


async def test_a_payment_with_a_bank_challenge_by_the_keyboard_alone(
    demo: Demo, customer: Customer
) -> None:
    link = await new_link(demo)
    page = await customer.open(link["url"])
    demo.used.numbers.add(CHALLENGED)
    demo.used.codes.add(CODE)
    await expect(page.page.locator("#box-cvc.ready")).to_be_visible(timeout=PATIENCE_MS)
    for field, text in (
        ("Card number", CHALLENGED),
        ("Expiry date", EXPIRY),
        ("Security code", CODE),
    ):
        await tab_to(page.page, field)
        # The field is in another process, which tells the page when it is complete: a hand is slower than that.
        async with page.page.expect_request(partial(completes, field=BOXES[field])):
            await page.page.keyboard.type(text, delay=20)
    await tab_to(page.page, "Pay £49.99")
    await page.page.keyboard.press("Enter")
    await expect(page.bank.get_by_role("button", name="Complete")).to_be_visible(
        timeout=PATIENCE_MS
    )
    await tab_to(page.page, "Complete")
    await page.page.keyboard.press("Enter")
    await page.has_receipt()
    await expect(page.page.locator("#receipt-title")).to_be_focused()


async def tab_to(page: Page, name: str) -> None:
    """Presses Tab until the thing of this name has the focus, in whatever frame it is."""
    for _ in range(30):
        for frame in page.frames:
            found = await frame.evaluate(
                "() => { const e = document.hasFocus() ? document.activeElement : null;"
                " return e && e !== document.body"
                " ? (e.getAttribute('aria-label') || e.innerText || e.placeholder || '') : ''; }"
            )
            if name in found:
                return
        await page.keyboard.press("Tab")
    raise AssertionError(f"{name} is not reached by Tab")


async def test_a_payment_at_400_percent_with_the_chat_open(customer: Customer, demo: Demo) -> None:
    """320 CSS pixels wide: everything is in one column, and nothing is lost to the side."""
    link = await new_link(demo)
    narrow = await Customer.arrive(customer.context.browser, demo, customer.faults, **NARROW)  # type: ignore[arg-type]
    page = await opened(narrow, link)
    await page.page.get_by_role("button", name="I need help").press("Enter")
    await expect(page.page.get_by_role("textbox", name="Your message")).to_be_focused()
    await page.page.get_by_role("textbox", name="Your message").fill("W" * 200)
    await page.page.get_by_role("button", name="Send", exact=True).click()
    await expect(page.page.get_by_role("log")).to_contain_text("WWW")
    wide = await page.page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 320
    demo.used.numbers.add(GOOD)
    demo.used.codes.add(CODE)
    for name, digits in (("Card number", GOOD), ("Expiry date", EXPIRY), ("Security code", CODE)):
        await page.card_field(name).click()
        await page.card_field(name).press_sequentially(digits)
    await page.pay_button.focus()
    await page.pay_button.press("Enter")
    await page.has_receipt()
    assert 320 >= await page.page.evaluate("document.documentElement.scrollWidth")
    await narrow.leave()


@pytest.mark.parametrize("moment", ["card entry", "submit", "challenge"])
async def test_ten_seconds_without_a_network_lose_nothing_and_charge_once(
    demo: Demo, customer: Customer, moment: str
) -> None:
    link = await new_link(demo)
    page = await opened(customer, link)
    if moment == "card entry":
        await page.type_into("Card number", GOOD)
        await cut(customer)
        await page.reads("You are offline; nothing has been lost")
        await restore(customer)
        demo.used.numbers.add(GOOD)
        demo.used.codes.add(CODE)
        await page.type_into("Expiry date", EXPIRY)
        await page.type_into("Security code", CODE)
        await page.press_pay()
    elif moment == "submit":
        await demo.client.post(f"{demo.sandbox}/control/faults", json={"slow": 2})
        await page.type_card()
        await page.press_pay()
        await page.page.wait_for_timeout(300)
        await cut(customer)
        await demo.client.delete(f"{demo.sandbox}/control/faults")
        await restore(customer)
        # The cut was before our service heard of it, or after: the page knows which, and says so.
        unheard = page.page.locator("#alert", has_text="You can press the button again")
        ended = page.page.get_by_role("heading", name="Payment received").or_(unheard)
        await expect(ended).to_be_visible(timeout=PATIENCE_MS)
        if await unheard.is_visible():
            await page.press_pay()
    else:
        await page.type_card(CHALLENGED)
        await page.press_pay()
        complete = page.bank.get_by_role("button", name="Complete")
        await expect(complete).to_be_visible(timeout=PATIENCE_MS)
        await cut(customer)
        await restore(customer)
        await complete.tap()
    await page.has_receipt()
    intents = await demo.intents_of(link["id"])
    assert [4999] == [intent["amount_received"] for intent in intents if intent["amount_received"]]


async def cut(customer: Customer) -> None:
    """Ten seconds offline begin."""
    await customer.context.set_offline(True)
    await asyncio.sleep(10)


async def restore(customer: Customer) -> None:
    await customer.context.set_offline(False)


@pytest.mark.parametrize("app", APPS)
async def test_a_card_pays_inside_every_app(demo: Demo, customer: Customer, app: str) -> None:
    link = await new_link(demo)
    inside = await Customer.arrive(
        customer.context.browser,  # type: ignore[arg-type]
        demo,
        customer.faults,
        user_agent=IN_APP[app],
    )
    page = await inside.open(link["url"])
    await expect(page.page.get_by_text("Open this page in your browser")).to_be_visible()
    await page.pay()
    await page.has_receipt()
    kinds = [event["type"] for event in await demo.events_of(link["id"])]
    assert {"link.opened", "payment.paid"} <= set(kinds)
    await inside.leave()


async def test_what_fetches_or_renders_the_page_and_touches_nothing_opens_nothing(
    demo: Demo, customer: Customer
) -> None:
    link = await new_link(demo)
    for agent in FETCHERS.values():
        for method in ("GET", "HEAD"):
            headers = {"User-Agent": agent, "Accept": "*/*", "Purpose": "prefetch"}
            answer = await demo.client.request(method, link["url"], headers=headers)
            assert 200 == answer.status_code
    page = await customer.context.new_page()
    await page.goto(link["url"])
    await page.wait_for_timeout(3_000)
    await page.close()
    now = await demo.get(f"/v1/links/{link['id']}")
    kinds = {event["type"] for event in await demo.events_of(link["id"])}
    assert {"link.created", "link.fetched"} >= kinds
    assert ("active", "created", False) == (
        now["status"],
        now["progress"]["step"],
        now["progress"]["present"],
    )
