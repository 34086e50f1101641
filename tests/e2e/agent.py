"""The agent at a desk: signs in to the console, makes links, watches what the customer does."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from playwright.async_api import Browser, BrowserContext, Locator, Page, WebSocket, expect

from tests.e2e.demo import Demo
from tests.e2e.waiting import PATIENCE_SECONDS

DESK: dict[str, Any] = {"viewport": {"width": 1440, "height": 900}, "locale": "en-GB"}
PATIENCE_MS = PATIENCE_SECONDS * 1000
PHONE_NUMBER = "+447700900123"
MAILBOX = "casey@example.com"
CHANNELS = ("SMS", "Email")
WATCH_POLICY = """addEventListener("securitypolicyviolation", (e) =>
  console.error("CSP", e.violatedDirective, e.blockedURI, e.sourceFile, e.lineNumber));"""
_STAYED = "__stayed"


@dataclass
class Agent:
    """One signed-in agent. `faults` collects what no page may do."""

    demo: Demo
    context: BrowserContext
    page: Page
    faults: list[str]

    @classmethod
    async def arrive(
        cls, browser: Browser, demo: Demo, faults: list[str] | None = None, **options: Any
    ) -> "Agent":
        """At the console's door, not signed in unless `options` carry a session."""
        context = await browser.new_context(**{**DESK, **options})
        context.set_default_timeout(PATIENCE_MS)
        await context.add_init_script(WATCH_POLICY)
        page = await context.new_page()
        agent = cls(demo, context, page, [] if faults is None else faults)
        agent._watch(page)
        await page.goto(demo.service)
        return agent

    def _watch(self, page: Page) -> None:
        watch_faults(page, self.faults)
        seen = self.demo.used.seen

        def listen(socket: WebSocket) -> None:
            socket.on("framereceived", lambda frame: seen.append(str(frame)))

        page.on("websocket", listen)

    async def sign_in(self, role: str = "agent") -> None:
        email, password = self.demo.person(role)
        await self.page.get_by_label("Email").fill(email)
        await self.page.get_by_label("Password").fill(password)
        await self.page.get_by_role("button", name="Sign in").click()
        await self.is_live()

    async def is_live(self) -> None:
        """The feed is connected, as the agent is told."""
        await expect(self.page.get_by_text("Live", exact=True)).to_be_visible(timeout=PATIENCE_MS)

    async def fill_form(
        self,
        *,
        amount: str = "49.99",
        description: str = "Water bill, March",
        reference: str = "INV-2041",
        name: str = "Casey Jones",
        channels: Sequence[str] = CHANNELS,
    ) -> None:
        """Opens the composer and fills it, for the one customer that these tests have."""
        page = self.page
        await page.get_by_role("button", name="New link").click()
        await page.get_by_role("textbox", name="Amount", exact=True).fill(amount)
        await page.get_by_role("combobox", name="Currency").select_option("GBP")
        await page.get_by_role("textbox", name="Description").fill(description)
        await page.get_by_role("textbox", name="Reference").fill(reference)
        await page.get_by_role("textbox", name="Customer name").fill(name)
        await page.get_by_role("textbox", name="Phone").fill(PHONE_NUMBER)
        await page.get_by_role("textbox", name="Email").fill(MAILBOX)
        for channel in CHANNELS:
            choice = page.get_by_role("checkbox", name=channel, exact=True)
            await choice.set_checked(channel in channels)

    async def send(self) -> str:
        """Sends the composed link; the console shows its progress. Answers its id."""
        await self.page.get_by_role("button", name="Send link").click()
        await self.page.wait_for_url(re.compile(r"#/links/lnk_"))
        link = self.page.url.rpartition("/")[2]
        # Gone if the page were loaded again: what is seen from now on came live.
        await self.page.evaluate(f"window.{_STAYED} = true")
        url = (await self.demo.get(f"/v1/links/{link}"))["url"]
        self.demo.used.tokens.add(url.rpartition("/")[2])
        return link

    async def new_link(self, *, channels: Sequence[str] = CHANNELS) -> str:
        """A link over £49.99, sent. Answers its id."""
        await self.fill_form(channels=channels)
        return await self.send()

    @property
    def log(self) -> Locator:
        """Everything that happened on the open link."""
        return self.page.get_by_role("region", name="Everything that happened")

    def entries(self, kind: str, words: str = "") -> Locator:
        return self.log.locator(f'li[data-type="{kind}"]').filter(has_text=words)

    async def sees(self, *kinds: str) -> None:
        """Each of these events is on the screen, without a reload since the link was made."""
        for kind in kinds:
            await expect(self.entries(kind).first).to_be_visible(timeout=PATIENCE_MS)
        assert await self.page.evaluate(f"window.{_STAYED}"), "the console was loaded again"

    async def sees_field(self, words: str) -> None:
        """A card field is complete, by its name in words."""
        entry = self.entries("checkout.field_completed", words).first
        await expect(entry).to_be_visible(timeout=PATIENCE_MS)

    async def reads(self, words: str) -> None:
        """These words are on the screen."""
        found = self.page.get_by_text(words).locator("visible=true").first
        await expect(found).to_be_visible(timeout=PATIENCE_MS)

    async def outcome(self, words: str) -> None:
        """What the last step of the track says."""
        step = self.page.locator('[data-step="outcome"]')
        await expect(step).to_contain_text(words, timeout=PATIENCE_MS)

    async def what_is_shown(self, page: Page | None = None) -> dict[str, Any]:
        """What a screen says of the open link: the events, the steps, where the link stands. Clocks left out."""
        shown: dict[str, Any] = await (page or self.page).evaluate(
            """() => ({
              events: [...document.querySelectorAll('li[data-type]:has(> code)')].map((each) =>
                [each.dataset.type, each.querySelector(':scope > span').textContent]),
              steps: [...document.querySelectorAll('[data-step]')].map((each) =>
                [each.dataset.step, each.dataset.state, each.querySelector('.label').textContent.trim()]),
              status: document.querySelector('.status')?.textContent,
              now: document.querySelector('.now .words')?.textContent,
            })"""
        )
        return shown

    async def open_again(self) -> Page:
        """The same link on a page that is loaded afresh."""
        page = await self.context.new_page()
        self._watch(page)
        await page.goto(self.page.url)
        log = page.get_by_role("region", name="Everything that happened")
        await expect(log.locator("li").first).to_be_visible(timeout=PATIENCE_MS)
        return page

    async def leave(self) -> None:
        self.demo.used.seen.append(await self.page.locator("body").inner_html())
        await self.context.close()


def watch_faults(page: Page, faults: list[str]) -> None:
    """Collects errors of scripts and violations of the page's content security policy."""

    def hear(message: Any) -> None:
        if "CSP" in message.text or "Content Security Policy" in message.text:
            faults.append(message.text)

    page.on("console", hear)
    page.on("pageerror", lambda error: faults.append(str(error)))
