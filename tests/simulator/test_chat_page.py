"""The messenger apps on the phone, in a real browser: the customer writes, is answered, and sees the button."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.async_api import expect

from .harness import CUSTOMER, Simulator, eventually, free_port
from .meta import ENVIRONMENT, PREFIX, meta_arguments
from .test_graph_api import give, template
from .test_page import CHROMIUM, DESKTOP, PHONE, browser, has_no_axe_findings

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed"),
]


@pytest.fixture
def phone(tmp_path: Path) -> Iterator[Simulator]:
    running = Simulator(tmp_path / "phone.sqlite", free_port(), free_port())
    running.arguments, running.environment = meta_arguments(), ENVIRONMENT
    running.start()
    yield running
    running.http.close()
    running.stop()


def test_a_customer_writes_by_messenger_and_presses_the_button_that_comes_back(
    phone: Simulator,
) -> None:
    def answer(text: str) -> None:
        found = eventually(lambda: phone.http.get(f"{phone.url}/api/snapshot").json()["messages"])
        button = {"type": "web_url", "url": f"{PREFIX}abc", "title": "Pay £49.99"}
        payload = {"template_type": "button", "text": text, "buttons": [button]}
        message = {"attachment": {"type": "template", "payload": payload}}
        body = {"recipient": {"id": found[0]["customer"]}, "message": message}
        assert give(phone, "messenger", body).status_code == 200

    async def walk() -> None:
        async with browser() as running:
            page = await running.new_page(viewport=DESKTOP)
            errors: list[str] = []
            page.on("pageerror", lambda error: errors.append(str(error)))
            await page.goto(f"{phone.url}/?to={CUSTOMER}")
            await page.get_by_role("button", name="Messenger", exact=True).click()
            await page.get_by_label("Write by Messenger").fill("Where is my link?")
            await page.keyboard.press("Enter")
            await expect(page.locator("#chat .mine .bubble")).to_contain_text("Where is my link?")
            await asyncio.to_thread(answer, "<b>Here</b> it is")
            await expect(page.locator("#chat .theirs .bubble")).to_contain_text("<b>Here</b> it is")
            button = page.get_by_role("link", name="Pay £49.99", exact=True)
            await expect(button).to_have_attribute("href", f"{PREFIX}abc")
            await expect(page.locator("#chat .theirs")).to_contain_text("Delivered")
            await has_no_axe_findings(page)
            assert errors == []

    asyncio.run(walk())


def test_a_message_to_the_number_is_counted_until_its_app_is_opened(phone: Simulator) -> None:
    async def walk() -> None:
        async with browser() as running:
            page = await running.new_page(viewport=PHONE)
            await page.goto(f"{phone.url}/?to={CUSTOMER}")
            await expect(page.get_by_text("No messages yet")).to_be_visible()
            await asyncio.to_thread(give, phone, "whatsapp", template("Acme", "£49.99"))
            badge = page.locator("#badge-app-whatsapp")
            await expect(badge).to_contain_text("1")
            await page.get_by_role("button", name="WhatsApp").click()
            await expect(page.locator("#chat")).to_contain_text("Acme asks you to pay £49.99.")
            await expect(badge).to_be_hidden()

    asyncio.run(walk())
