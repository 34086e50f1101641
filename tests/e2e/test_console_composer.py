"""The composer: a known customer is sent a link by the keyboard alone, in fewer presses than ten seconds hold."""

import re
from dataclasses import dataclass

import pytest
from playwright.async_api import Page, expect

from tests.e2e.agent import PATIENCE_MS, Agent
from tests.e2e.demo import Demo
from tests.e2e.second_person import ask, is_accessible

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(600)]

# A practised hand; the machine that runs this test may be slower or faster.
PRESS_SECONDS = 0.15
CLAIM_SECONDS = 10.0


@dataclass
class Keyboard:
    """Counts what a hand would have to press."""

    page: Page
    presses: int = 0

    async def press(self, *keys: str) -> None:
        for key in keys:
            self.presses += key.count("+") + 1
            await self.page.keyboard.press(key)

    async def type(self, text: str) -> None:
        self.presses += len(text)
        await self.page.keyboard.type(text)

    @property
    def seconds(self) -> float:
        return self.presses * PRESS_SECONDS


async def known(demo: Demo, name: str, number: str, outside: str) -> str:
    """A customer that the merchant has."""
    body = {"name": name, "phone": number, "external_id": outside}
    return str((await ask(demo, "POST", "/v1/customers", body))["id"])


async def sent(page: Page) -> str:
    """The id of the link whose screen has opened."""
    await page.wait_for_url(re.compile(r"#/links/lnk_"), timeout=PATIENCE_MS)
    return page.url.rpartition("/")[2]


async def remember(demo: Demo, link: str) -> None:
    url = (await demo.get(f"/v1/links/{link}"))["url"]
    demo.used.tokens.add(url.rpartition("/")[2])


async def test_from_n_to_sent_by_the_keyboard_in_under_ten_seconds(agent: Agent) -> None:
    """The first time in full; then the same again from a template."""
    customer = await known(agent.demo, "Wilhelmina Ashdown", "+447700900961", "C-301")
    page, hand = agent.page, Keyboard(agent.page)
    await page.locator("h1").first.focus()
    await hand.press("n")
    await expect(page.get_by_role("textbox", name="Amount", exact=True)).to_be_focused()
    await hand.type("49.99")
    await hand.press("Tab", "Tab")
    await hand.type("Deposit")
    await hand.press("Tab", "Tab")
    await hand.type("wilhel")
    # Even before the answer is there: the first one is meant.
    await hand.press("Enter")
    phone = page.get_by_role("textbox", name="Phone")
    await expect(phone).to_have_value("+447700900961", timeout=PATIENCE_MS)
    await hand.press("Control+Enter")
    link = await sent(page)
    assert CLAIM_SECONDS > hand.seconds
    await remember(agent.demo, link)
    told = await agent.demo.get(f"/v1/links/{link}")
    assert (customer, 4999, ["sms"]) == (
        told["customer"],
        told["amount"],
        [message["channel"] for message in told["messages"]],
    )


async def test_a_template_makes_it_a_dozen_presses(agent: Agent) -> None:
    customer = await known(agent.demo, "Octavia Penhale", "+447700900962", "C-302")
    page = agent.page
    await page.get_by_role("button", name="New link").click()
    await page.get_by_role("textbox", name="Amount", exact=True).fill("50")
    await page.get_by_role("textbox", name="Description").fill("Deposit")
    await page.get_by_role("button", name="Save as template").click()
    await page.get_by_role("textbox", name="Name of the template").fill("Deposit 50 GBP, 24 h")
    await page.keyboard.press("Enter")
    await expect(
        page.get_by_role("button", name="Deposit 50 GBP, 24 h", exact=True)
    ).to_be_visible()
    await page.reload()
    await agent.is_live()
    hand = Keyboard(page)
    if "#/new" not in page.url:
        await hand.press("n")
    await expect(page.get_by_role("textbox", name="Amount", exact=True)).to_be_focused()
    await hand.press("Alt+1")
    await expect(page.get_by_role("combobox", name="Find a customer")).to_be_focused()
    await hand.type("C-302")
    await hand.press("Enter")
    await expect(page.get_by_role("textbox", name="Customer name")).to_have_value(
        "Octavia Penhale", timeout=PATIENCE_MS
    )
    await hand.press("Control+Enter")
    link = await sent(page)
    assert 12 >= hand.presses
    await remember(agent.demo, link)
    told = await agent.demo.get(f"/v1/links/{link}")
    assert (customer, 5000, "Deposit") == (told["customer"], told["amount"], told["description"])


async def test_a_customer_is_found_by_arrows_and_the_list_says_who_is_who(agent: Agent) -> None:
    await known(agent.demo, "Quentin Marlowe", "+447700900963", "C-303")
    second = await known(agent.demo, "Quentin Nethercott", "+447700900304", "C-304")
    page = agent.page
    await page.get_by_role("button", name="New link").click()
    find = page.get_by_role("combobox", name="Find a customer")
    await find.press_sequentially("quentin")
    options = page.get_by_role("listbox", name="Customers found").get_by_role("option")
    await expect(options).to_have_count(2, timeout=PATIENCE_MS)
    await is_accessible(page, "main")
    names = await options.locator(".name").all_inner_texts()
    for _ in range(names.index("Quentin Nethercott")):
        await find.press("ArrowDown")
    chosen = page.get_by_role("listbox").get_by_role("option", selected=True)
    await expect(chosen).to_contain_text("+447700900304")
    assert await chosen.get_attribute("id") == await find.get_attribute("aria-activedescendant")
    await find.press("Escape")
    await expect(options).to_have_count(0)
    await expect(find).to_have_value("quentin")
    await find.press("ArrowDown")
    await find.press("Enter")
    await expect(page.get_by_role("textbox", name="Customer name")).to_have_value(
        re.compile("Quentin")
    )
    assert second


async def test_a_channel_that_the_customer_stopped_is_told_before_sending(agent: Agent) -> None:
    customer = await known(agent.demo, "Ottoline Grey", "+447700900305", "C-305")
    await ask(
        agent.demo,
        "POST",
        f"/v1/customers/{customer}/consents",
        {"channel": "sms", "state": "stopped"},
    )
    page = agent.page
    await page.get_by_role("button", name="New link").click()
    await page.get_by_role("combobox", name="Find a customer").press_sequentially("C-305")
    found = page.get_by_role("listbox", name="Customers found")
    await expect(found).to_contain_text("stopped SMS", timeout=PATIENCE_MS)
    await page.keyboard.press("Enter")
    choice = page.get_by_role("checkbox", name="SMS", exact=True)
    await expect(choice).not_to_be_checked()
    await expect(choice).to_have_accessible_description(
        re.compile("stopped these messages"), timeout=PATIENCE_MS
    )


async def test_the_message_is_shown_in_the_customers_language_with_its_segments(
    agent: Agent,
) -> None:
    page = agent.page
    await agent.fill_form()
    await page.get_by_role("button", name="Preview the message").click()
    sms = page.get_by_role("article", name="SMS")
    await expect(sms).to_contain_text("please pay £49.99", timeout=PATIENCE_MS)
    await expect(sms).to_contain_text(re.compile(r"1 SMS|2 SMS segments"))
    await page.get_by_label("Language", exact=True).select_option("es")
    await expect(sms).to_have_attribute("lang", "es", timeout=PATIENCE_MS)
    await is_accessible(page, "main")
    link = await agent.send()
    assert "es" == (await agent.demo.get(f"/v1/links/{link}"))["locale"]
