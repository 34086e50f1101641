"""Roles of the merchant's own: an admin makes one and gives it, and the console of who has it shows what it opens.

And teams, beside them.
"""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, expect

from tests.e2e.access import is_accessible
from tests.e2e.agent import Agent
from tests.e2e.demo import Demo

pytestmark = pytest.mark.browser

NAME = "Refund desk"


@pytest.fixture
async def bea(demo: Demo, browser: Browser) -> AsyncIterator[Agent]:
    """Another agent than the one of the other tests."""
    bea = await Agent.arrive(browser, demo)
    email, password = demo.person("agent", 1)
    await bea.page.get_by_label("Email").fill(email)
    await bea.page.get_by_label("Password").fill(password)
    await bea.page.get_by_role("button", name="Sign in").click()
    await bea.is_live()
    yield bea
    await bea.context.close()


async def test_a_role_is_made_given_and_taken_away(demo: Demo, admin: Agent, bea: Agent) -> None:
    page = admin.page
    navigation = bea.page.get_by_role("navigation").first
    await expect(navigation.get_by_role("link", name="Approvals")).to_have_count(0)
    who = await bea.page.locator("header .user .words").first.inner_text()

    await page.goto(f"{demo.service}/#/settings/roles")
    await expect(page.get_by_text("No roles of your own yet", exact=False)).to_be_visible()
    await page.get_by_role("button", name="New role").click()
    form = page.get_by_role("dialog")
    await form.get_by_label("Name").fill(NAME)
    await expect(form.get_by_label("Make, send and change payment links")).to_be_checked()
    await expect(form.get_by_label("Change the settings", exact=False)).to_be_disabled()
    await form.get_by_label("Decide on reviews and approvals").check()
    await form.get_by_label("Make, send and change payment links").uncheck()
    await is_accessible(page)
    await form.get_by_role("button", name="Make role").click()
    row = page.get_by_role("listitem").filter(has_text=NAME)
    await expect(row).to_contain_text("Based on Agent")
    await expect(row).to_contain_text("Nobody has it")
    await is_accessible(page)

    await give(demo, admin, who, NAME)
    await bea.page.reload()
    await bea.is_live()
    await expect(bea.page.locator("header").get_by_text(NAME)).to_be_visible()
    await expect(navigation.get_by_role("link", name="Approvals")).to_be_visible()
    await expect(bea.page.get_by_role("button", name="New payment link")).to_have_count(0)

    await page.goto(f"{demo.service}/#/settings/roles")
    await expect(row).to_contain_text("1 person")
    await row.get_by_role("button", name=f"Edit {NAME}").click()
    await expect(page.get_by_role("dialog").get_by_role("button", name="Delete")).to_have_count(0)
    await page.get_by_role("dialog").get_by_role("button", name="Close").click()

    await give(demo, admin, who, "Agent")
    await page.goto(f"{demo.service}/#/settings/roles")
    await row.get_by_role("button", name=f"Edit {NAME}").click()
    for _ in range(2):
        await page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    await expect(row).to_have_count(0)


async def test_a_team_is_made_and_dissolved(demo: Demo, admin: Agent) -> None:
    page = admin.page
    await page.goto(f"{demo.service}/#/settings/teams")
    row = page.get_by_role("listitem").filter(has=page.get_by_text("Night shift", exact=True))
    await page.get_by_role("button", name="New team").click()
    form = page.get_by_role("dialog")
    await form.get_by_label("Name").fill("Night shift")
    await form.get_by_role("button", name="Make team").click()
    await expect(form.get_by_role("alert")).to_have_text("Choose who is in it.")
    await form.get_by_label("Audrey", exact=False).check()
    await is_accessible(page)
    await form.get_by_role("button", name="Make team").click()
    await expect(row).to_contain_text("1 person")
    await is_accessible(page)
    await row.get_by_role("button").click()
    for _ in range(2):
        await form.get_by_role("button", name="Dissolve").click()
    await expect(row).to_have_count(0)


async def give(demo: Demo, admin: Agent, who: str, role: str) -> None:
    page = admin.page
    await page.goto(f"{demo.service}/#/settings/people")
    await page.get_by_role("button", name=f"Edit {who}").click()
    form = page.get_by_role("dialog")
    await form.get_by_label("Role").select_option(label=role)
    await form.get_by_role("button", name="Save").click()
    await expect(form).to_have_count(0)
    await expect(page.get_by_role("listitem").filter(has_text=who)).to_contain_text(role)
