"""A merchant's people at the console: invited, protected by an app, and shown out; keys; and who may do none of it."""

import re
from datetime import UTC, datetime

import pytest
from playwright.async_api import Browser, Page, expect

from compliance.totp import code_at, step_at
from tests.e2e.access import is_accessible
from tests.e2e.agent import PATIENCE_MS, Agent
from tests.e2e.demo import Demo
from tests.e2e.waiting import eventually

pytestmark = pytest.mark.browser
AT_ONCE_MS = 5_000
EMAIL = "bea@acme.example"
PASSWORD = "a fresh horse 2"


async def link_from_mail(demo: Demo, page: str) -> str:
    """The newest link of this kind that lies in her mailbox."""
    found: list[str] = []

    async def look() -> bool:
        answer = await demo.client.get(f"{demo.simulator}/api/messages", params={"to": EMAIL})
        for mail in answer.json():
            found.extend(re.findall(rf"http\S+/#/{page}/[\w-]+", mail["text"]))
        return bool(found)

    await eventually(look, f"a letter with a {page} link has come")
    return found[0]


async def sign_in(page: Page, email: str, password: str) -> None:
    await page.get_by_label("Email").fill(email)
    await page.get_by_label("Password").fill(password)
    await page.get_by_role("button", name="Sign in").click()


async def test_somebody_is_invited_sets_an_app_up_works_and_is_shown_out(
    browser: Browser, demo: Demo, admin: Agent, faults: list[str]
) -> None:
    await admin.page.goto(f"{demo.service}/#/settings/people")
    await expect(admin.page.get_by_text("alex.agent@demo.paythread.example")).to_be_visible()
    await is_accessible(admin.page)
    await admin.page.get_by_role("button", name="Invite somebody").click()
    dialog = admin.page.get_by_role("dialog")
    await dialog.get_by_label("Name").fill("Bea Blum")
    await dialog.get_by_label("Email").fill(EMAIL)
    await is_accessible(admin.page)
    await dialog.get_by_role("button", name="Send invitation").click()
    await expect(dialog.get_by_text(f"An invitation is on its way to {EMAIL}")).to_be_visible()
    await dialog.get_by_role("button", name="Close").click()
    await expect(admin.page.get_by_role("listitem").filter(has_text=EMAIL)).to_contain_text(
        "Invited"
    )

    bea = await Agent.arrive(browser, demo, faults)
    page = bea.page
    await page.goto(await link_from_mail(demo, "welcome"))
    await expect(page.get_by_role("heading", name="Welcome")).to_be_focused()
    await is_accessible(page)
    await page.get_by_label("New password", exact=True).fill(PASSWORD)
    await page.get_by_label("New password, again").fill(PASSWORD)
    await page.get_by_role("button", name="Save password").click()
    await expect(page.get_by_text("Your password is set")).to_be_visible()
    await page.get_by_role("link", name="Sign in", exact=True).click()
    await sign_in(page, EMAIL, PASSWORD)
    await bea.is_live()

    await page.get_by_role("link", name="Your account").click()
    await page.get_by_role("button", name="Set up an app").click()
    await page.get_by_label("Present password").last.fill(PASSWORD)
    await page.get_by_role("button", name="Go on").click()
    secret = str(await page.locator("[data-secret]").get_attribute("data-secret"))
    await is_accessible(page)
    step = step_at(datetime.now(UTC))
    await page.get_by_label("Code from the app").fill(code_at(secret, step))
    await page.get_by_role("button", name="Switch on").click()
    await expect(page.locator("ul code")).to_have_count(10)
    await page.get_by_role("button", name="I have kept them").click()
    await expect(page.get_by_text("10 recovery codes left.")).to_be_visible()
    await page.get_by_role("button", name="Sign out", exact=True).first.click()

    await sign_in(page, EMAIL, PASSWORD)
    await page.get_by_label("Code").fill(code_at(secret, step))
    await page.get_by_role("button", name="Sign in").click()
    await expect(page.get_by_text("The code is wrong, or was used")).to_be_visible()
    await is_accessible(page)
    await page.get_by_label("Code").fill(code_at(secret, step + 1))
    await page.get_by_role("button", name="Sign in").click()
    await bea.is_live()

    await admin.page.get_by_role("button", name="Edit Bea Blum").click()
    await admin.page.get_by_role("button", name="Switch off").click()
    await admin.page.get_by_role("button", name="Switch off").click()
    await expect(page.get_by_text("Your session has ended.")).to_be_visible(timeout=AT_ONCE_MS)
    await bea.leave()


async def test_a_key_is_shown_once_works_and_is_revoked(demo: Demo, admin: Agent) -> None:
    page = admin.page
    await page.goto(f"{demo.service}/#/settings/keys")
    await page.get_by_role("button", name="New key").click()
    await page.get_by_label("What it is for").fill("Web shop")
    await page.get_by_label("Payment links: read").check()
    await is_accessible(page)
    await page.get_by_role("button", name="Make key").click()
    secret = await page.get_by_label("API key", exact=True).input_value()
    bearer = {"Authorization": f"Bearer {secret}"}
    get = demo.client.get
    assert 200 == (await get(f"{demo.service}/v1/links", headers=bearer)).status_code
    assert 403 == (await get(f"{demo.service}/v1/users", headers=bearer)).status_code
    await page.get_by_role("button", name="I have kept it").click()
    await is_accessible(page)
    assert secret not in await page.content()
    await page.get_by_role("button", name="Revoke Web shop").click()
    await page.get_by_role("button", name="Revoke", exact=True).last.click()
    await expect(page.get_by_text("Web shop", exact=True)).to_be_hidden()
    assert 401 == (await get(f"{demo.service}/v1/links", headers=bearer)).status_code


async def test_an_agent_has_an_account_and_no_people_to_run(demo: Demo, agent: Agent) -> None:
    await agent.page.goto(f"{demo.service}/#/settings/people")
    await expect(agent.page.get_by_role("heading", name="Links", exact=True)).to_be_visible()
    await agent.page.goto(f"{demo.service}/#/account")
    await expect(agent.page.get_by_role("heading", name="Your account")).to_be_visible()
    await expect(agent.page.get_by_text("this one")).to_be_visible(timeout=PATIENCE_MS)
    await is_accessible(agent.page)
    assert 390 >= await narrow(agent.page)


async def narrow(page: Page) -> int:
    await page.set_viewport_size({"width": 390, "height": 844})
    return int(await page.evaluate("document.documentElement.scrollWidth"))


async def test_a_forgotten_password_is_asked_for_without_telling_who_exists(
    browser: Browser, demo: Demo, faults: list[str]
) -> None:
    stranger = await Agent.arrive(browser, demo, faults)
    page = stranger.page
    for email in (demo.person("supervisor")[0], "nobody@acme.example"):
        await page.goto(demo.service)
        await page.get_by_role("link", name="Forgot your password?").click()
        await page.get_by_label("Email").fill(email)
        await page.get_by_role("button", name="Send the link").click()
        await expect(page.get_by_text("If this address is known here")).to_be_visible()
    await is_accessible(page)
    await page.goto(f"{demo.service}/#/reset/nothing-of-ours")
    await page.get_by_label("New password", exact=True).fill(PASSWORD)
    await page.get_by_label("New password, again").fill(PASSWORD)
    await page.get_by_role("button", name="Save password").click()
    await expect(page.get_by_text("This link is not valid any more")).to_be_visible()
    await stranger.leave()
