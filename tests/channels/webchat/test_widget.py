"""The widget in Chromium, on a page of another origin with a strict policy: real doors, a real database."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page, expect

from channels.port import Button, Content
from channels.states import DeliveryState
from tests.channels.webchat.conftest import CARD, PAY_URL, Chat
from tests.channels.webchat.shop import DESK, PATIENCE_MS, PHONE, NewContext, Shop, open_shop

pytestmark = pytest.mark.browser


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """The widget cannot tell one database from the other."""
    return sqlite_url


@pytest.fixture
async def shop(chat: Chat, new_context: NewContext) -> AsyncIterator[Shop]:
    async with open_shop(chat, new_context) as made:
        yield made


async def test_a_conversation_from_the_first_word_to_the_pay_page(shop: Shop) -> None:
    visit = await shop.visit(**PHONE)
    await visit.open()
    await visit.reads("Hello, how can we help?")
    await visit.write("I would like to pay")
    await visit.reads("I would like to pay")
    first = await visit.is_answered(Content("Of course. <b>One</b> moment."))
    await visit.reads("Of course. <b>One</b> moment.")
    card = await visit.is_answered(CARD)
    pay = visit.page.get_by_role("link", name="Pay £49.99")
    await expect(pay).to_be_visible(timeout=PATIENCE_MS)
    assert await pay.get_attribute("rel") == "noopener"
    async with visit.page.context.expect_page() as opened:
        await pay.tap()
    assert (await opened.value).url == PAY_URL
    await visit.page.bring_to_front()
    for message in (first, card):
        await visit.is_in_state(message, DeliveryState.READ)


async def test_a_reload_resumes_and_what_came_meanwhile_is_there(shop: Shop) -> None:
    visit = await shop.visit()
    await visit.open()
    await visit.write("Hello")
    await visit.is_answered(Content("Hello, Sarah here."))
    await visit.reads("Hello, Sarah here.")
    await visit.page.reload()
    await expect(visit.panel).to_be_visible()
    await visit.reads("Hello, Sarah here.")
    assert await visit.log.locator(".me").count() == 1
    await visit.write("Still here")
    await visit.is_answered(Content("So am I."))
    await visit.reads("So am I.")
    assert await visit.chat.desk.event_types(["customer"]) == ["customer.created"]


async def test_offline_is_told_and_what_was_written_is_sent_later_even_after_a_reload(
    shop: Shop,
) -> None:
    visit = await shop.visit()
    await visit.open()
    await visit.write("Before")
    await visit.address()
    context = visit.page.context
    visit.chat.desk.clock.advance(seconds=1)
    await context.set_offline(True)
    await expect(visit.page.get_by_text("You are offline.")).to_be_visible()
    await visit.write("Written in a tunnel")
    await expect(visit.log.get_by_text("Sending…")).to_be_visible()
    # The page itself would not load without a network; its memory is what has to survive.
    await context.set_offline(False)
    await context.route("**/chat/*/messages*", lambda route: route.abort())
    await visit.page.reload()
    await visit.reads("Written in a tunnel")
    await expect(visit.page.get_by_text("The chat cannot be reached just now.")).to_be_visible()
    await context.unroute("**/chat/*/messages*")
    await expect(visit.log.get_by_text("Sending…")).to_have_count(0, timeout=PATIENCE_MS)
    await expect(visit.page.get_by_text("cannot be reached")).to_be_hidden()
    assert await visit.chat.desk.event_types() == ["message.received"] * 2
    await expect(visit.log.locator(".me .text")).to_have_text(
        ["Before", "Written in a tunnel"], timeout=PATIENCE_MS
    )


async def test_unread_messages_are_counted_until_the_chat_is_opened(shop: Shop) -> None:
    visit = await shop.visit()
    await visit.open()
    await visit.write("Hello")
    await visit.page.keyboard.press("Escape")
    message = await visit.is_answered(Content("Are you there?"))
    await expect(visit.launcher).to_have_accessible_name(
        "Chat with us. New messages: 1", timeout=PATIENCE_MS
    )
    await visit.is_in_state(message, DeliveryState.DELIVERED)
    await visit.open()
    await expect(visit.launcher).to_have_accessible_name("Chat with us")
    await visit.is_in_state(message, DeliveryState.READ)


async def test_a_phone_is_left_for_when_the_chat_is_cut(shop: Shop) -> None:
    visit = await shop.visit()
    await visit.open()
    more = visit.page.get_by_role("button", name="Continue by text message")
    await expect(more).to_be_hidden()
    await visit.write("Hello")
    await more.click()
    phone = visit.page.get_by_label("Your mobile number")
    await expect(phone).to_be_focused()
    await phone.fill("nonsense")
    await phone.press("Enter")
    await expect(visit.page.get_by_role("alert")).to_contain_text("This is no phone number.")
    await phone.fill("+44 7700 900123")
    await phone.press("Enter")
    await expect(visit.page.get_by_text("If the chat is cut, we will text you.")).to_be_visible()
    [updated] = await visit.chat.desk.events("customer.updated")
    assert updated.data == {"fields": ["phone"]}


async def test_a_link_elsewhere_is_only_text(shop: Shop) -> None:
    visit = await shop.visit()
    await visit.open()
    await visit.write("Hello")
    url = "https://evil.example/p/Tok3n"
    await visit.is_answered(Content(f"Pay: {url}", button=Button("Pay", url)))
    await visit.reads(url)
    assert await visit.log.locator("a").count() == 0


async def test_the_keyboard_is_enough_and_escape_leads_back(shop: Shop) -> None:
    visit = await shop.visit()
    await expect(visit.launcher).to_be_visible()
    keyboard = visit.page.keyboard
    await keyboard.press("Tab")
    await expect(visit.launcher).to_be_focused()
    await expect(visit.launcher).to_have_attribute("aria-expanded", "false")
    await keyboard.press("Enter")
    await expect(visit.input).to_be_focused()
    await expect(visit.launcher).to_have_attribute("aria-expanded", "true")
    await keyboard.type("One")
    await keyboard.press("Shift+Enter")
    await keyboard.type("Two")
    await keyboard.press("Enter")
    await visit.reads("One\nTwo")
    await keyboard.press("Escape")
    await expect(visit.panel).to_be_hidden()
    await expect(visit.launcher).to_be_focused()


async def test_a_page_that_is_not_allowed_shows_no_chat(shop: Shop) -> None:
    elsewhere = Shop(shop.chat, shop.url.replace("localhost", "127.0.0.1"), shop.new_context)
    visit = await elsewhere.visit()
    async with visit.page.expect_console_message(lambda said: "does not show here" in said.text):
        await visit.page.reload()
    await expect(visit.launcher).to_have_count(0)


async def test_an_erased_visitor_begins_anew(shop: Shop) -> None:
    visit = await shop.visit()
    await visit.open()
    await visit.write("Hello")
    desk, address = visit.chat.desk, await visit.address()
    [entry] = await desk.events("message.received")
    assert entry.customer is not None
    async with desk.database.transaction() as session:
        await desk.vault.destroy(session, desk.merchant.id, entry.customer, now=desk.clock())
    await visit.write("Is anybody there?")
    await visit.reads("Is anybody there?")
    for _ in range(100):
        if len(found := await desk.events("message.received")) == 2:
            break
        await visit.page.wait_for_timeout(50)
    assert found[-1].data["from"] != address
    await expect(visit.log.get_by_text("Hello", exact=True)).to_have_count(0)


@pytest.mark.parametrize("device", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_axe_finds_nothing(shop: Shop, device: dict[str, Any], scheme: str) -> None:
    visit = await shop.visit(**device, color_scheme=scheme, reduced_motion="reduce")
    await expect(visit.launcher).to_be_visible()
    await assert_accessible(visit.page)
    await visit.open()
    await visit.write("Hello")
    await visit.is_answered(CARD)
    await visit.reads("Pay £49.99")
    await visit.page.get_by_role("button", name="Continue by text message").click()
    await visit.page.get_by_label("Your mobile number").fill("nonsense")
    await visit.page.get_by_role("button", name="Save number").click()
    await expect(visit.page.get_by_role("alert")).to_contain_text("no phone number")
    await assert_accessible(visit.page)
    await visit.page.context.set_offline(True)
    await expect(visit.page.get_by_text("You are offline.")).to_be_visible()
    await assert_accessible(visit.page)
    sizes = await visit.page.locator("button:visible, a:visible, input:visible").evaluate_all(
        "all => all.map((e) => Math.min(e.offsetWidth, e.offsetHeight))"
    )
    assert len(sizes) >= 6
    assert min(sizes) >= 24


async def assert_accessible(page: Page) -> None:
    violations = (await Axe().run(page)).response["violations"]
    assert [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in violations] == []


@pytest.mark.parametrize(
    ("lang", "direction", "words"),
    [
        ("de-AT", "ltr", "Chatten Sie mit uns"),
        ("ar", "rtl", "تحدث معنا"),
        ("zh-TW", "ltr", "與我們聊天"),
        ("zh-CN", "ltr", "与我们聊天"),
        ("xx", "ltr", "Chat with us"),
    ],
)
async def test_it_speaks_the_pages_language(
    shop: Shop, lang: str, direction: str, words: str
) -> None:
    visit = await shop.visit(lang=lang)
    await expect(visit.launcher).to_have_accessible_name(words)
    await expect(visit.page.locator(".root")).to_have_attribute("dir", direction)
    box = await visit.launcher.bounding_box()
    assert box is not None
    assert (box["x"] < 640) is (direction == "rtl")


async def test_at_400_percent_nothing_scrolls_sideways(shop: Shop) -> None:
    visit = await shop.visit(viewport={"width": 320, "height": 256})
    await visit.open()
    await visit.write("Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen" * 3)
    await visit.reads("Donaudampf")
    assert await visit.page.evaluate("document.documentElement.scrollWidth") <= 320
    assert await visit.log.evaluate("e => e.scrollWidth <= e.clientWidth")
    await expect(visit.input).to_be_in_viewport()


async def test_the_script_twice_is_one_chat(shop: Shop) -> None:
    visit = await shop.visit()
    await expect(visit.launcher).to_be_visible()
    await visit.page.goto(f"{shop.url}/?twice")
    await expect(visit.launcher).to_be_visible()
    await visit.page.wait_for_load_state("networkidle")
    assert await visit.launcher.count() == 1


async def test_where_it_fills_the_screen_the_focus_stays_in_it(shop: Shop) -> None:
    visit = await shop.visit(**PHONE)
    await visit.open()
    await expect(visit.panel).to_have_attribute("aria-modal", "true")
    await visit.page.keyboard.press("Tab")
    await expect(visit.page.get_by_role("button", name="Send")).to_be_focused()
    await visit.page.keyboard.press("Tab")
    await expect(visit.page.get_by_role("button", name="Close the chat")).to_be_focused()
    await visit.page.keyboard.press("Shift+Tab")
    await expect(visit.page.get_by_role("button", name="Send")).to_be_focused()
    await visit.page.set_viewport_size({"width": 1280, "height": 800})
    await visit.page.keyboard.press("Escape")
    await visit.open()
    await expect(visit.panel).to_have_attribute("aria-modal", "false")
