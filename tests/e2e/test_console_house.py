"""What an admin sets for the whole house: brand, message texts, accounts, limits; and the journal that tells of it."""

import pytest
from playwright.async_api import Browser, expect

from compliance.journal.export import check
from tests.e2e.access import is_accessible
from tests.e2e.agent import Agent
from tests.e2e.demo import Demo

pytestmark = pytest.mark.browser


async def at(demo: Demo, agent: Agent, part: str, title: str) -> None:
    await agent.page.goto(f"{demo.service}/#/settings/{part}")
    await expect(agent.page.get_by_role("heading", name=title, level=2)).to_be_visible()


async def test_a_brand_is_seen_before_it_is_saved(demo: Demo, admin: Agent) -> None:
    page = admin.page
    await at(demo, admin, "brand", "Brand")
    frame = page.frame_locator("iframe[title='Preview of the pay page']")
    await expect(frame.get_by_text("Card number", exact=True)).to_be_visible()
    await page.get_by_label("Legal name").fill("Acme Utilities plc")
    await page.get_by_label("Colour", exact=True).fill("#7a1f5c")
    await expect(frame.locator("link[href$='accent-7a1f5c.css']")).to_be_attached()
    await expect(page.get_by_text("Not saved yet")).to_be_visible()
    await is_accessible(page)

    await page.get_by_label("Terms").fill("ftp://acme.example")
    await expect(
        page.get_by_text("This cannot be shown until the fields are right.")
    ).to_be_visible()
    await expect(page.get_by_text("must be an https address", exact=False)).to_be_visible()
    await page.get_by_role("button", name="Undo").click()
    await expect(page.get_by_label("Legal name")).to_have_value("")

    await page.get_by_label("Language of the preview").select_option("ar")
    await expect(frame.locator("html[dir=rtl]")).to_be_attached()


async def test_a_brand_that_is_saved_is_on_the_pages_and_goes_again(
    demo: Demo, admin: Agent
) -> None:
    page = admin.page
    await at(demo, admin, "brand", "Brand")
    name = page.get_by_label("Legal name")
    for words in ("Acme Utilities plc", ""):
        await name.fill(words)
        await page.get_by_role("button", name="Save").click()
        await expect(page.get_by_text("Not saved yet")).to_have_count(0)
        await page.reload()
        await expect(name).to_have_value(words)


async def test_a_message_text_is_written_read_and_dropped(demo: Demo, admin: Agent) -> None:
    page = admin.page
    await at(demo, admin, "templates", "Message texts")
    await page.get_by_role("button", name="New text").click()
    form = page.get_by_role("dialog")
    await form.get_by_label("For").select_option("")
    await form.get_by_label("Name").fill("reminder")
    await form.get_by_label("Channel").select_option("sms")
    await form.get_by_label("Text", exact=True).fill("Please pay {amount} at ")
    await form.get_by_role("button", name="Save").click()
    await expect(form.get_by_text("The text must hold {url}", exact=False)).to_be_visible()
    await form.get_by_role("button", name="Link", exact=True).click()
    await expect(form.get_by_text("Please pay £49.99 at https://", exact=False)).to_be_visible()
    await expect(form.get_by_text("1 segment", exact=False)).to_be_visible()
    await is_accessible(page)
    await form.get_by_role("button", name="Save").click()
    row = page.get_by_role("listitem").filter(has_text="reminder")
    await expect(row).to_contain_text("Please pay {amount} at {url}")
    await row.get_by_role("button").click()
    await page.get_by_role("dialog").get_by_role("button", name="Back to our words").click()
    await expect(row).to_have_count(0)


async def test_each_account_is_tried_where_it_is_listed(demo: Demo, admin: Agent) -> None:
    page = admin.page
    await at(demo, admin, "accounts", "Accounts")
    for name in ("Test Stripe", "Test SMS · Twilio", "Test Email · Mail server (SMTP)"):
        row = page.get_by_role("listitem").filter(has=page.get_by_role("button", name=name))
        await row.get_by_role("button").click()
        await expect(row.get_by_text("It answers as it should", exact=False)).to_be_visible()
    await is_accessible(page)


async def test_a_limit_is_set_within_its_bounds_and_put_back(demo: Demo, admin: Agent) -> None:
    page = admin.page
    await at(demo, admin, "limits", "Limits and approvals")
    card = page.get_by_role("form", name="Alerts for supervisors")
    window = card.get_by_role("textbox", name="Window, in minutes")
    await window.fill("61")
    await expect(card.get_by_text("A number from 5 to 60.")).to_be_visible()
    await window.fill("20")
    await card.get_by_role("button", name="Save").click()
    await expect(card.get_by_text("Not saved yet")).to_have_count(0)
    await is_accessible(page)
    await page.reload()
    await expect(window).to_have_value("20")
    await card.get_by_role("button", name="Back to usual: Window, in minutes").click()
    await card.get_by_role("button", name="Save").click()
    await expect(card.get_by_text("Not saved yet")).to_have_count(0)
    await page.reload()
    await expect(window).to_have_value("15")


async def test_the_journal_tells_who_did_it_and_that_it_was_read(demo: Demo, admin: Agent) -> None:
    page = admin.page
    await at(demo, admin, "journal", "Journal")
    await page.get_by_label("What", exact=True).select_option(
        label="Exports, and reading this journal"
    )
    await page.get_by_role("button", name="Search", exact=True).click()
    entry = page.get_by_role("group").filter(has_text="You looked into the journal.").first
    await expect(entry).to_be_visible()
    await entry.get_by_text("You looked into the journal.").click()
    await expect(entry.get_by_text("Fingerprint")).to_be_visible()
    await is_accessible(page)
    await page.get_by_label("About (id)").fill("nothing")
    await page.get_by_role("button", name="Search", exact=True).click()
    await expect(page.get_by_role("alert")).to_be_visible()
    await page.get_by_role("button", name="Clear").click()
    await expect(page.get_by_text("entries", exact=False).first).to_be_visible()


async def test_the_journal_is_exported_with_a_signature_that_holds(
    demo: Demo, admin: Agent
) -> None:
    page = admin.page
    await at(demo, admin, "journal", "Journal")
    proof = page.get_by_role("region", name="Export as evidence")
    key = await proof.locator("code").inner_text()
    async with page.expect_download() as downloading:
        await proof.get_by_role("button", name="Export as evidence").click()
    download = await downloading.value
    assert download.suggested_filename == "journal.jsonl"
    with (await download.path()).open("rb") as lines:
        found = check(lines, public_key=key)
    assert found.entries > 10
    await is_accessible(page)


async def test_how_long_data_is_kept_is_set_and_told(demo: Demo, admin: Agent) -> None:
    page = admin.page
    await at(demo, admin, "retention", "How long data is kept")
    table = page.get_by_role("region", name="What is there to delete")
    await expect(table.locator("tr[data-kind=visitors]")).to_contain_text("180 days")
    days = page.get_by_role("textbox", name="Browsers that wrote in the web chat")
    await is_accessible(page)
    for told in ("31", "180"):
        await days.fill(told)
        await page.get_by_role("button", name="Save").click()
        await expect(table.locator("tr[data-kind=visitors]")).to_contain_text(f"{told} days")


PARTS = ["teams", "roles", "retention", "brand", "templates", "accounts", "limits", "journal"]


@pytest.mark.parametrize("part", PARTS)
async def test_an_auditor_looks_and_changes_nothing(
    demo: Demo, browser: Browser, part: str
) -> None:
    auditor = await Agent.arrive(browser, demo)
    try:
        await auditor.sign_in("auditor")
        page = auditor.page
        await page.goto(f"{demo.service}/#/settings/{part}")
        await expect(page.locator(".part h2").first).to_be_visible()
        for name in ("Save", "New team", "New role", "New text", "Test Stripe", "Choose a picture"):
            await expect(page.get_by_role("button", name=name, exact=True)).to_have_count(0)
    finally:
        await auditor.context.close()
