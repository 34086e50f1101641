"""The settings of a business at the console: webhook endpoints with their log, ready answers, and who sees what."""

import re
from uuid import uuid4

import pytest
from playwright.async_api import Browser, expect

from tests.e2e.access import is_accessible
from tests.e2e.agent import PATIENCE_MS, Agent
from tests.e2e.demo import Demo

pytestmark = pytest.mark.browser
# Nobody answers there, wherever the test runs (RFC 2606).
HOOKS = "https://hooks.paythread.invalid/told"
REPLY = "Paying by card"


async def test_an_endpoint_is_made_its_failing_delivery_seen_and_sent_again(
    demo: Demo, admin: Agent
) -> None:
    page = admin.page
    await page.goto(f"{demo.service}/#/settings/webhooks")
    await page.get_by_role("button", name="New endpoint").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Address").fill("http://10.0.0.1/told")
    await dialog.get_by_role("button", name="Make endpoint").click()
    await expect(dialog.get_by_role("alert")).to_be_visible()
    await dialog.get_by_label("Address").fill(HOOKS)
    await is_accessible(page)
    await dialog.get_by_role("button", name="Make endpoint").click()
    await expect(dialog.get_by_label("Secret")).to_have_value(
        # Standard Webhooks: whsec_ and base64.
        re.compile(r"^whsec_[A-Za-z0-9+/=]+$")
    )
    await dialog.get_by_role("button", name="Done").click()

    link = {"amount": 4999, "currency": "GBP", "description": "Water bill"}
    headers = {
        "Authorization": f"Bearer {demo.description['api_key']}",
        "Idempotency-Key": str(uuid4()),
    }
    answer = await demo.client.post(f"{demo.service}/v1/links", json=link, headers=headers)
    assert 201 == answer.status_code
    await page.get_by_role("button", name=HOOKS).click()
    row = page.get_by_role("listitem").filter(has_text="link.created")
    for _ in range(30):
        if await row.count() and "its name is not known" in await row.first.inner_text():
            break
        await page.wait_for_timeout(500)
        await page.get_by_label("Which").select_option("pending")
        await page.get_by_label("Which").select_option("")
    await expect(row.first).to_contain_text("its name is not known")
    await row.first.get_by_role("button", name="Look").click()
    await expect(page.get_by_text('"link.created"').first).to_be_visible()
    await is_accessible(page)
    await row.first.get_by_role("button", name="Send again").click()
    await expect(page.get_by_text("It is sent again.")).to_be_visible()
    await page.get_by_role("button", name="Switch off").click()
    await expect(page.get_by_text("switched off by hand")).to_be_visible(timeout=PATIENCE_MS)
    await page.get_by_role("button", name="Delete", exact=True).click()
    await page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    await expect(page.get_by_text("No endpoint yet.")).to_be_visible()


async def test_a_ready_answer_is_written_in_two_languages_and_changed(
    browser: Browser, demo: Demo, faults: list[str]
) -> None:
    supervisor = await Agent.arrive(browser, demo, faults)
    await supervisor.sign_in("supervisor")
    page = supervisor.page
    await page.goto(f"{demo.service}/#/settings/canned-replies")
    await page.get_by_role("button", name="New answer").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Name").fill(REPLY)
    await dialog.get_by_label("Text in English").fill("Hello ")
    await dialog.get_by_role("button", name="customer’s name").click()
    await expect(dialog.get_by_label("Text in English")).to_have_value("Hello {customer_name}")
    await dialog.get_by_label("Add a language").select_option("ar")
    await dialog.get_by_label("Text in Arabic").fill("مرحبا")
    await is_accessible(page)
    await dialog.get_by_role("button", name="Save").click()
    row = page.get_by_role("listitem").filter(has_text=REPLY)
    await expect(row).to_contain_text("English, Arabic")
    await is_accessible(page)
    await page.get_by_role("button", name=f"Change “{REPLY}”").click()
    await dialog.get_by_label("Text in English").fill("A brace { is no placeholder")
    await dialog.get_by_role("button", name="Save").click()
    await expect(dialog.get_by_role("alert")).to_be_visible()
    await dialog.get_by_role("button", name="Delete").click()
    await expect(row).to_have_count(0)
    await supervisor.leave()


async def test_an_auditor_looks_on_and_an_agent_has_no_settings(
    browser: Browser, demo: Demo, faults: list[str]
) -> None:
    auditor = await Agent.arrive(browser, demo, faults)
    await auditor.sign_in("auditor")
    await auditor.page.goto(f"{demo.service}/#/settings/webhooks")
    await expect(auditor.page.get_by_role("heading", name="Webhooks")).to_be_visible()
    await expect(auditor.page.get_by_role("button", name="New endpoint")).to_have_count(0)
    parts = auditor.page.get_by_role("navigation", name="Parts of the settings")
    await expect(parts.get_by_role("link", name="Ready answers")).to_have_count(0)
    await auditor.leave()
    agent = await Agent.arrive(browser, demo, faults)
    await agent.sign_in("agent")
    await agent.page.goto(f"{demo.service}/#/settings/webhooks")
    await expect(agent.page.get_by_role("heading", name="Links", exact=True)).to_be_visible()
    await agent.leave()
