"""Approvals: what waits for a second person is told at once, with what is needed to decide, and never to its maker."""

import pytest
from playwright.async_api import Browser, Page, expect

from tests.e2e.agent import PATIENCE_MS, Agent
from tests.e2e.customer import Customer
from tests.e2e.demo import Demo
from tests.e2e.second_person import handed_in, is_accessible, limits, new_link, someone
from tests.e2e.waiting import eventually

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(600)]


async def go(page: Page) -> None:
    await page.get_by_role("link", name="Approvals").click()
    await expect(page.get_by_role("heading", name="Approvals", level=1)).to_be_focused(
        timeout=PATIENCE_MS
    )


async def test_nothing_waits_and_the_screen_says_what_would(
    browser: Browser, demo: Demo, faults: list[str]
) -> None:
    async with someone(browser, demo, "supervisor", faults) as boss:
        await go(boss.page)
        await boss.reads("Nothing waits")
        await is_accessible(boss.page, "main")


async def test_an_agent_finds_no_approvals(agent: Agent) -> None:
    await expect(agent.page.get_by_role("link", name="Approvals")).to_have_count(0)
    await agent.page.goto(f"{agent.demo.service}/#/reviews")
    await expect(agent.page.get_by_role("heading", name="Links", level=1)).to_be_visible()


async def test_a_big_link_is_told_live_approved_and_goes_out(
    browser: Browser, demo: Demo, agent: Agent, faults: list[str]
) -> None:
    async with (
        limits(demo, approvals={"link_amount_units": 10}),
        someone(browser, demo, "supervisor", faults) as boss,
    ):
        await go(boss.page)
        await boss.is_live()
        link = await agent.new_link(channels=["SMS"])
        case = boss.page.get_by_role("article").filter(has_text="£49.99")
        await expect(case).to_contain_text("Casey Jones", timeout=PATIENCE_MS)
        await expect(case).to_contain_text("Alex Agent")
        await expect(case).to_contain_text("INV-2041")
        await expect(boss.page.get_by_role("link", name="Approvals")).to_contain_text("1")
        await is_accessible(boss.page, "main")
        await case.get_by_role("button", name="Approve link").click()
        await boss.page.get_by_role("dialog").get_by_role("button", name="Approve link").click()
        await expect(case).to_have_count(0, timeout=PATIENCE_MS)
        await expect(boss.page.get_by_role("heading", name="Approvals", level=1)).to_be_focused()
        await agent.sees("message.delivered")
    assert "approved" == (await demo.get(f"/v1/links/{link}"))["approval"]


async def test_a_link_is_rejected_with_a_reason_that_its_agent_reads(
    browser: Browser, demo: Demo, agent: Agent, faults: list[str]
) -> None:
    async with (
        limits(demo, approvals={"link_amount_units": 10}),
        someone(browser, demo, "admin", faults) as boss,
    ):
        link = await agent.new_link(channels=["SMS"])
        await go(boss.page)
        case = boss.page.get_by_role("article").filter(has_text="£49.99")
        await case.get_by_role("button", name="Reject link").click(timeout=PATIENCE_MS)
        dialog = boss.page.get_by_role("dialog")
        await is_accessible(boss.page, "dialog[open]")
        await dialog.get_by_role("button", name="Reject link").click()
        await expect(dialog).to_contain_text("Say why, for whoever asked.")
        await dialog.get_by_role("textbox", name="Reason").fill("Ask for half of it")
        await dialog.get_by_role("button", name="Reject link").click()
        await expect(case).to_have_count(0, timeout=PATIENCE_MS)
    events = await demo.events_of(link)
    assert "cancelled" == (await demo.get(f"/v1/links/{link}"))["status"]
    assert "Ask for half of it" in [event["data"].get("note") for event in events]
    await agent.reads("Ask for half of it")


async def test_nobody_decides_about_their_own_link(
    browser: Browser, demo: Demo, faults: list[str]
) -> None:
    async with (
        limits(demo, approvals={"link_amount_units": 10}),
        someone(browser, demo, "supervisor", faults) as boss,
    ):
        link = await boss.new_link(channels=["SMS"])
        await go(boss.page)
        case = boss.page.get_by_role("article").filter(has_text="£49.99")
        await expect(case).to_contain_text("somebody else decides", timeout=PATIENCE_MS)
        await expect(case.get_by_role("button")).to_have_count(0)
        await demo.post(f"/v1/links/{link}/cancel", {}, **{"Idempotency-Key": f"own-{link}"})
        await expect(case).to_have_count(0, timeout=PATIENCE_MS)


async def test_a_held_payment_tells_why_and_is_taken(
    browser: Browser, demo: Demo, customer: Customer, faults: list[str]
) -> None:
    async with (
        limits(demo, fraud={"review_amount_units": 10}),
        someone(browser, demo, "supervisor", faults) as boss,
    ):
        link = await new_link(demo)
        await handed_in(customer, link["url"])
        await go(boss.page)
        case = boss.page.get_by_role("article").filter(has_text="£49.99")
        await expect(case).to_contain_text("Why it is held", timeout=PATIENCE_MS)
        await expect(case).to_contain_text("Casey Jones", timeout=PATIENCE_MS)
        await expect(case).to_contain_text("4242")
        await is_accessible(boss.page, "main")
        await case.get_by_role("button", name="Take the money").click()
        await boss.page.get_by_role("dialog").get_by_role("button", name="Take the money").click()
        await expect(case).to_have_count(0, timeout=PATIENCE_MS)

        async def is_paid() -> bool:
            return bool("paid" == (await demo.get(f"/v1/links/{link['id']}"))["status"])

        await eventually(is_paid, "the payment is taken")
