"""A customer in a browser: opens a link, types a card, presses the button."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

from playwright.async_api import Browser, BrowserContext, Locator, Page, expect

from tests.pay_page.stand import Link, Stand

PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
DESK: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}
GOOD = "4242424242424242"
WATCH = """addEventListener("securitypolicyviolation", (e) =>
  console.error("CSP", e.violatedDirective, e.blockedURI, e.sourceFile, e.lineNumber));"""


class OpenPage(Protocol):
    """The fixture `open_page`."""

    def __call__(
        self, link: Link, *, on: Stand = ..., query: str = ..., **context: object
    ) -> Awaitable[Customer]: ...


@dataclass
class Customer:
    """One browser context on one link. `faults` collects what no page may do."""

    page: Page
    context: BrowserContext
    link: Link
    faults: list[str] = field(default_factory=list)

    @classmethod
    async def arrive(
        cls,
        browser: Browser,
        stand: Stand,
        link: Link,
        options: dict[str, Any],
        query: str = "",
    ) -> Customer:
        context = await browser.new_context(**{**PHONE, **options})
        context.set_default_timeout(15_000)
        page = await context.new_page()
        await page.add_init_script(WATCH)
        customer = cls(page=page, context=context, link=link)
        page.on("pageerror", lambda error: customer.faults.append(str(error)))
        page.on("console", customer._hear)
        await page.goto(stand.url(link) + query)
        return customer

    def _hear(self, message: Any) -> None:
        if "CSP" in message.text or "Trusted" in message.text or "mounted" in message.text:
            self.faults.append(message.text)

    @property
    def button(self) -> Locator:
        return self.page.get_by_role("button", name="Pay £", exact=False)

    @property
    def alert(self) -> Locator:
        return self.page.locator("#alert")

    @property
    def waiting(self) -> Locator:
        return self.page.locator("#panel-wait")

    def input(self, name: str) -> Locator:
        return self.page.frame_locator(f"#box-{name} iframe").get_by_role("textbox")

    async def ready(self) -> None:
        for name in ("number", "expiry", "cvc"):
            await self.page.locator(f"#box-{name}.ready").wait_for()

    async def type_card(self, number: str = GOOD) -> None:
        await self.ready()
        await self.input("number").fill(number)
        await self.input("expiry").fill("1230")
        await self.input("cvc").fill("123")

    async def pay(self, number: str = GOOD) -> None:
        await self.type_card(number)
        await self.button.click()

    async def sees(self, words: str) -> None:
        await expect(self.page.get_by_text(words).locator("visible=true").first).to_be_visible(
            timeout=15_000
        )

    async def leave(self) -> None:
        await self.context.close()


async def until(holds: Callable[[], bool], seconds: float = 10) -> None:
    """Waits until `holds()`; fails after `seconds`."""
    for _ in range(int(seconds / 0.05)):
        if holds():
            return
        await asyncio.sleep(0.05)
    raise AssertionError("it did not come to hold in time")
