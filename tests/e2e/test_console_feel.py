"""Shortcuts, appearance, notices in the background, and the tour."""

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page, expect

from tests.e2e.agent import PATIENCE_MS, Agent
from tests.e2e.customer import Customer

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(600)]

# What the browser would sound and show, as it is told to.
LISTEN = """window.told = [];
window.Notification = class {
  static permission = "default";
  static asked = 0;
  static async requestPermission() {
    Notification.asked += 1; Notification.permission = "granted"; return "granted";
  }
  constructor(text) { window.told.push(text); }
  close() {}
};
const start = OscillatorNode.prototype.start;
OscillatorNode.prototype.start = function (...given) { window.told.push("note"); start.apply(this, given); };"""
AWAY = "Object.defineProperty(document, 'hasFocus', { value: () => false, configurable: true })"
BACK = """Object.defineProperty(document, 'hasFocus', { value: () => true, configurable: true });
dispatchEvent(new Event('focus'))"""


async def is_accessible(page: Page) -> None:
    # Colours on their way from one scheme to the other are nobody's choice.
    await page.wait_for_timeout(400)
    found = (await Axe().run(page)).response["violations"]
    assert [] == [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found]


async def ground(page: Page) -> str:
    return str(await page.evaluate("getComputedStyle(document.body).backgroundColor"))


async def test_the_appearance_is_chosen_and_kept_whatever_the_system_has(agent: Agent) -> None:
    page = agent.page
    await page.emulate_media(color_scheme="light")
    light = await ground(page)
    await page.get_by_role("button", name="Preferences").click()
    await page.get_by_role("radio", name="Dark").check()
    dark = await ground(page)
    assert light != dark
    await is_accessible(page)
    await page.reload()
    await agent.is_live()
    assert dark == await ground(page)
    await is_accessible(page)
    await page.emulate_media(color_scheme="dark")
    await page.get_by_role("button", name="Preferences").click()
    await page.get_by_role("radio", name="Light").check()
    assert light == await ground(page)
    await is_accessible(page)
    await page.get_by_role("radio", name="As the system").check()
    assert dark == await ground(page)


async def test_the_keys_lead_through_the_list_and_can_be_switched_off(agent: Agent) -> None:
    page = agent.page
    link = await agent.new_link()
    await page.keyboard.press("Escape")
    await page.locator("h1").first.focus()
    await page.keyboard.press("?")
    sheet = page.get_by_role("dialog", name="Keyboard shortcuts")
    await expect(sheet.get_by_text("Search links")).to_be_visible()
    await is_accessible(page)
    await page.keyboard.press("Escape")
    await expect(sheet).to_be_hidden()
    await page.keyboard.press("g")
    await page.keyboard.press("l")
    await page.wait_for_url("**/#/links")
    await page.keyboard.press("j")
    await expect(page.locator("a.row").first).to_be_focused()
    await page.keyboard.press("j")
    await page.keyboard.press("k")
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/#/links/lnk_*")
    assert link
    await page.get_by_role("button", name="Preferences").click()
    await page.get_by_role("checkbox", name="Single-key shortcuts").uncheck()
    await page.get_by_role("button", name="Close").last.click()
    await page.locator("h1").first.focus()
    for key in ("?", "n", "g", "l"):
        await page.keyboard.press(key)
    await expect(sheet).to_be_hidden()
    assert "#/links/lnk_" in page.url


async def test_a_payment_is_told_once_while_nobody_looks_and_never_asked_for_at_load(
    agent: Agent, customer: Customer
) -> None:
    page = agent.page
    await agent.context.add_init_script(LISTEN)
    await page.reload()
    await agent.is_live()
    link = await agent.new_link()
    assert 0 == await page.evaluate("Notification.asked")
    await page.get_by_role("button", name="Yes, tell me").click()
    assert 1 == await page.evaluate("Notification.asked")
    await expect(page.get_by_role("button", name="Yes, tell me")).to_be_hidden()
    await page.evaluate(AWAY)
    paying = await customer.open(str((await agent.demo.get(f"/v1/links/{link}"))["url"]))
    await paying.pay()
    await paying.has_receipt()
    await page.wait_for_function("document.title.startsWith('[1] ')", timeout=PATIENCE_MS)
    assert ["Casey Jones: Paid", "note", "note"] == sorted(await page.evaluate("window.told"))
    await page.evaluate(BACK)
    await expect(page).not_to_have_title("[1]")
    assert not (await page.title()).startswith("[")


async def test_the_tour_is_offered_once_and_leads_to_the_simulator(agent: Agent) -> None:
    page = agent.page
    await page.evaluate("localStorage.clear()")
    await page.goto(f"{agent.demo.service}/#/links")
    await page.reload()
    await agent.is_live()
    await page.get_by_role("button", name="Start the tour").click()
    tour = page.get_by_role("region", name="Tour")
    for step in range(1, 6):
        await expect(tour.get_by_text(f"Step {step} of 5")).to_be_visible()
        if step == 2:
            await is_accessible(page)
        if step < 5:
            await tour.get_by_role("button", name="Next").click()
    practise = tour.get_by_role("link", name="Practise with a pretend customer")
    assert agent.demo.simulator == await practise.get_attribute("href")
    await tour.get_by_role("button", name="Done").click()
    await expect(tour).to_be_hidden()
    await page.reload()
    await agent.is_live()
    await expect(page.get_by_role("button", name="Start the tour")).to_be_hidden()
