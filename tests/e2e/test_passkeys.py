"""Somebody adds a passkey in the console and signs in by it: Chromium's own authenticator, at `localhost`."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest
from playwright.async_api import Browser, Page, expect

from app.demo.plan import Plan
from app.demo.secrets import load_or_make
from app.demo.seed import PEOPLE
from tests.e2e.access import is_accessible
from tests.e2e.demo import PORTS
from tests.e2e.processes import free_ports
from tests.e2e.stand import Stand

pytestmark = pytest.mark.browser
NAME = "Work laptop"
RENAMED = "Home laptop"


class AtLocalhost(Plan):
    """A browser takes no bare IP address as a relying party."""

    @property
    def service_url(self) -> str:
        return f"http://localhost:{self.port}"


@pytest.fixture
async def stand(tmp_path: Path, client: httpx2.AsyncClient, console: None) -> AsyncIterator[Stand]:
    del console
    plan = AtLocalhost(tmp_path, free_ports(PORTS))
    made = Stand(tmp_path, client, plan, load_or_make(tmp_path, [each.email for each in PEOPLE]))
    try:
        await made.start()
        yield made
    finally:
        made.end()


async def is_in(page: Page) -> None:
    await expect(page.get_by_text("Live", exact=True)).to_be_visible(timeout=30_000)


async def sign_out(page: Page) -> None:
    await page.get_by_role("button", name="Sign out", exact=True).first.click()
    await expect(page.get_by_role("button", name="Use a passkey")).to_be_visible()


async def has_authenticator(page: Page) -> None:
    """The browser has one of its own, with a finger on it."""
    authenticator = await page.context.new_cdp_session(page)
    await authenticator.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    await authenticator.send("WebAuthn.addVirtualAuthenticator", {"options": options})


async def test_a_passkey_is_added_signs_in_alone_and_after_the_password_and_is_removed(
    browser: Browser, stand: Stand
) -> None:
    email, password = PEOPLE[0].email, stand.secrets.passwords[PEOPLE[0].email]
    context = await browser.new_context()
    try:
        page = await context.new_page()
        await has_authenticator(page)
        await page.goto(stand.url)
        await page.get_by_label("Email").fill(email)
        await page.get_by_label("Password").fill(password)
        await page.get_by_role("button", name="Sign in", exact=True).click()
        await is_in(page)

        await page.get_by_role("link", name="Your account").click()
        await page.get_by_role("button", name="Add a passkey").press("Enter")
        await page.get_by_label("Name of the passkey").fill(NAME)
        await page.get_by_label("Present password").last.fill(password)
        await is_accessible(page)
        await page.keyboard.press("Enter")
        await expect(page.locator("ul code")).to_have_count(10)
        await page.get_by_role("button", name="I have kept them").click()
        await expect(page.get_by_text(NAME)).to_be_visible()
        await is_accessible(page)
        await sign_out(page)
        await is_accessible(page)

        await page.get_by_role("button", name="Use a passkey").press("Enter")
        await is_in(page)
        await sign_out(page)

        await page.get_by_label("Email").fill(email)
        await page.get_by_label("Password").fill(password)
        await page.get_by_role("button", name="Sign in", exact=True).click()
        await expect(page.get_by_text("Show your passkey")).to_be_visible()
        await is_accessible(page)
        await page.get_by_role("button", name="Use a passkey").click()
        await is_in(page)

        await page.get_by_role("link", name="Your account").click()
        await page.get_by_role("button", name=f"Rename {NAME}").click()
        await page.get_by_label("Name of the passkey").fill(RENAMED)
        await is_accessible(page)
        await page.keyboard.press("Enter")
        await expect(page.get_by_text(RENAMED)).to_be_visible()
        await page.get_by_role("button", name=f"Remove {RENAMED}").click()
        await page.get_by_label("Present password").last.fill(password)
        await page.keyboard.press("Enter")
        await expect(page.get_by_text("You have no passkeys yet.")).to_be_visible()
    finally:
        await context.close()


async def test_who_must_have_a_second_factor_makes_a_passkey_at_the_first_sign_in(
    browser: Browser, stand: Stand
) -> None:
    email, password = PEOPLE[0].email, stand.secrets.passwords[PEOPLE[0].email]
    asked = {"mfa": {"required_for": [PEOPLE[0].role.value]}}
    assert (await stand.ask("PATCH", "/v1/settings", json=asked)).status_code == 200
    context = await browser.new_context(viewport={"width": 390, "height": 844})
    try:
        page = await context.new_page()
        await has_authenticator(page)
        await page.goto(stand.url)
        await page.get_by_label("Email").fill(email)
        await page.get_by_label("Password").fill(password)
        await page.get_by_role("button", name="Sign in", exact=True).click()
        await page.get_by_role("button", name="Use a passkey instead").click()
        await is_accessible(page)
        await page.get_by_role("button", name="Use an app instead").click()
        await expect(page.get_by_label("Code from the app")).to_be_visible()
        await page.get_by_role("button", name="Use a passkey instead").click()
        await page.get_by_label("Name of the passkey").fill(NAME)
        await page.keyboard.press("Enter")
        await expect(page.locator("ul code")).to_have_count(10)
        await page.get_by_role("button", name="I have kept them").click()
        await is_in(page)
    finally:
        await context.close()
