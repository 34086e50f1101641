"""The customer with a phone: opens the message, follows the link, types a card, answers the bank."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from playwright.async_api import (
    Browser,
    BrowserContext,
    FrameLocator,
    Locator,
    Page,
    Request,
    expect,
)

from tests.e2e.agent import MAILBOX, PATIENCE_MS, PHONE_NUMBER, WATCH_POLICY, watch_faults
from tests.e2e.demo import Demo

PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "screen": {"width": 390, "height": 844},
    "has_touch": True,
    "is_mobile": True,
    "locale": "en-GB",
}
GOOD = "4242424242424242"
DECLINED = "4000000000000002"
CHALLENGED = "4000002760003184"
BLOCKED = "4100000000000019"
EXPIRY = "1234"
# Digits that nothing else in these tests consists of: whoever keeps a security code is found by it.
CODE = "831"
BOXES = {"Card number": "number", "Expiry date": "expiry", "Security code": "cvc"}


@dataclass
class Customer:
    """One phone. `faults` collects what no page may do."""

    demo: Demo
    context: BrowserContext
    faults: list[str]

    @classmethod
    async def arrive(
        cls, browser: Browser, demo: Demo, faults: list[str] | None = None, **options: Any
    ) -> "Customer":
        context = await browser.new_context(**{**PHONE, **options})
        context.set_default_timeout(PATIENCE_MS)
        await context.add_init_script(WATCH_POLICY)
        customer = cls(demo, context, [] if faults is None else faults)
        context.on("page", lambda page: watch_faults(page, customer.faults))
        context.on("request", customer._note)
        return customer

    def _note(self, request: Request) -> None:
        """Keeps all that the browser sends to our service, to be searched for card data."""
        if request.url.startswith(self.demo.service):
            self.demo.used.seen.append(f"{request.url} {request.post_data or ''}")

    async def follow_sms(self, url: str) -> "PayPage":
        """Taps the link in the text message."""
        page = await self.context.new_page()
        await page.goto(f"{self.demo.simulator}/?to={PHONE_NUMBER.replace('+', '%2B')}")
        await page.locator("button.thread").first.tap()
        return await self._follow(page.get_by_role("link", name=url, exact=True))

    async def follow_email(self, url: str) -> "PayPage":
        """Taps the button in the mail, as it is designed."""
        page = await self.context.new_page()
        await page.goto(f"{self.demo.simulator}/?to={MAILBOX}")
        await page.get_by_role("navigation", name="Apps").get_by_role("button", name="Mail").tap()
        # The snippet is cut for the eye alone, so the mail is known by its link.
        await page.locator(".mail-list li").filter(has_text=url).get_by_role("button").tap()
        mail = page.frame_locator("iframe.mail-frame")
        return await self._follow(mail.locator(f'a[href="{url}"]').first)

    async def open(self, url: str) -> "PayPage":
        """Opens the address by hand."""
        page = await self.context.new_page()
        await page.goto(url)
        return PayPage(self.demo, page)

    async def _follow(self, link: Locator) -> "PayPage":
        await expect(link).to_be_visible(timeout=PATIENCE_MS)
        async with self.context.expect_page() as opening:
            await link.tap()
        page = await opening.value
        await page.wait_for_load_state()
        return PayPage(self.demo, page)

    async def leave(self) -> None:
        await self.context.close()


@dataclass
class PayPage:
    """The pay page in one tab."""

    demo: Demo
    page: Page

    @property
    def pay_button(self) -> Locator:
        return self.page.get_by_role("button", name="Pay £49.99", exact=True)

    @property
    def bank(self) -> FrameLocator:
        """The bank's challenge, in the dialog that the PSP's script opens."""
        return self.page.frame_locator("dialog iframe")

    def card_field(self, name: str) -> Locator:
        frame = self.page.frame_locator(f"#box-{BOXES[name]} iframe")
        return frame.get_by_role("textbox", name=name, exact=True)

    async def type_into(self, name: str, digits: str) -> None:
        """Taps a card field and types, digit by digit."""
        target = self.card_field(name)
        await target.tap()
        await target.fill("")
        await target.press_sequentially(digits)

    async def type_card(self, number: str = GOOD, *, code: str = CODE) -> None:
        self.demo.used.numbers.add(number)
        self.demo.used.codes.add(code)
        for name, digits in (
            ("Card number", number),
            ("Expiry date", EXPIRY),
            ("Security code", code),
        ):
            # The field is in another process, which tells the page when it is complete: a hand is slower than that.
            async with self.page.expect_request(partial(completes, field=BOXES[name])):
                await self.type_into(name, digits)

    async def press_pay(self) -> None:
        await self.pay_button.tap()

    async def pay(self, number: str = GOOD) -> None:
        await self.type_card(number)
        await self.press_pay()

    async def answer_bank(self, button: str) -> None:
        """Presses "Complete" or "Fail" on the bank's page."""
        await self.bank.get_by_role("button", name=button, exact=True).tap()

    async def reads(self, words: str) -> None:
        found = self.page.get_by_text(words).locator("visible=true").first
        await expect(found).to_be_visible(timeout=PATIENCE_MS)

    async def has_receipt(self) -> None:
        await expect(self.page.get_by_role("heading", name="Payment received")).to_be_visible(
            timeout=PATIENCE_MS
        )

    async def close(self) -> None:
        """Closes the tab, as a person would: the page hears of it."""
        closing = self.page.wait_for_event("close")
        await self.page.close(run_before_unload=True)
        await closing


def completes(request: Request, *, field: str) -> bool:
    """Whether this is the report that a card field is complete."""
    told = request.post_data_json if request.url.endswith("/progress") else None
    return told is not None and ("field_completed", field) == (told["event"], told.get("field"))
