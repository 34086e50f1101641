"""What is done with a link after it was sent, and with its money: in place, once, by those who may."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.async_api import Browser, Locator, expect

from tests.e2e.agent import PATIENCE_MS, Agent
from tests.e2e.customer import Customer
from tests.e2e.demo import Demo
from tests.e2e.second_person import handed_in, is_accessible, limits, new_link, someone
from tests.e2e.waiting import eventually

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(600)]


def panel(agent: Agent) -> Locator:
    """What became of the money."""
    return agent.page.get_by_role("region", name="Payment", exact=True)


async def see(agent: Agent, link: str) -> None:
    await agent.page.goto(f"{agent.demo.service}/#/links/{link}")
    await expect(agent.page.get_by_role("heading", level=1)).to_be_focused(timeout=PATIENCE_MS)


async def test_an_agent_changes_and_extends_a_link(agent: Agent) -> None:
    link = await agent.new_link(channels=["SMS"])
    page = agent.page
    await page.get_by_role("button", name="Change", exact=True).click()
    dialog = page.get_by_role("dialog", name="Change this link")
    await is_accessible(page, "dialog[open]")
    await dialog.get_by_role("textbox", name="Amount").fill("45.50")
    await dialog.get_by_role("textbox", name="Description").fill("Water bill, April")
    await dialog.get_by_role("button", name="Save the change").click()
    await expect(dialog).to_be_hidden()
    await expect(page.get_by_role("heading", level=1)).to_contain_text(
        "£45.50", timeout=PATIENCE_MS
    )
    await page.get_by_role("button", name="Extend", exact=True).click()
    await page.get_by_role("radio", name="7 days from now").check()
    await page.get_by_role("button", name="Extend it").click()
    await agent.reads("The link is good until")
    told = await agent.demo.get(f"/v1/links/{link}")
    ends = datetime.fromisoformat(told["expires_at"])
    assert (4550, "Water bill, April") == (told["amount"], told["description"])
    assert timedelta(days=6) < ends - datetime.now(UTC) < timedelta(days=8)


async def test_a_link_that_is_changed_to_nothing_new_or_to_nonsense_says_so(agent: Agent) -> None:
    await agent.new_link(channels=["SMS"])
    await agent.page.get_by_role("button", name="Change", exact=True).click()
    dialog = agent.page.get_by_role("dialog", name="Change this link")
    await dialog.get_by_role("button", name="Save the change").click()
    await expect(dialog).to_contain_text("Nothing is different yet.")
    await dialog.get_by_role("textbox", name="Amount").fill("-1")
    await dialog.get_by_role("button", name="Save the change").click()
    await expect(dialog).to_contain_text("Enter an amount above zero.")
    await dialog.get_by_role("button", name="Back").click()
    await expect(dialog).to_be_hidden()


async def test_an_agent_who_cannot_refund_sees_who_may_and_leaves_a_note(
    agent: Agent, customer: Customer
) -> None:
    link = await agent.new_link(channels=["SMS"])
    url = str((await agent.demo.get(f"/v1/links/{link}"))["url"])
    await (await handed_in(customer, url)).has_receipt()
    await expect(panel(agent)).to_contain_text("Visa •••• 4242", timeout=PATIENCE_MS)
    await expect(panel(agent)).to_contain_text("A supervisor or an admin can give money back.")
    await expect(panel(agent).get_by_role("button", name="Refund")).to_have_count(0)
    await is_accessible(agent.page, "main")
    beside = agent.page.get_by_role("complementary", name="Customer")
    await beside.locator("summary").filter(has_text="Add a note").click()
    await beside.get_by_role("textbox", name="Add a note").fill("Prefers to be rung.")
    await beside.get_by_role("button", name="Add note").click()
    await expect(beside.locator("ol")).to_contain_text("Prefers to be rung.", timeout=PATIENCE_MS)


async def test_a_part_is_refunded_once_a_second_person_agrees(
    browser: Browser, demo: Demo, customer: Customer, faults: list[str]
) -> None:
    link = await new_link(demo)
    await (await handed_in(customer, link["url"])).has_receipt()
    async with (
        limits(demo, approvals={"refund_amount_units": 5}),
        someone(browser, demo, "supervisor", faults) as first,
        someone(browser, demo, "admin", faults) as second,
    ):
        await see(first, link["id"])
        await panel(first).get_by_role("button", name="Refund").click()
        dialog = first.page.get_by_role("dialog", name="Refund this payment")
        await dialog.get_by_role("textbox", name="Amount to refund").fill("12.50")
        await dialog.get_by_role("button", name="Refund £12.50").click()
        await expect(dialog).to_contain_text("Say why the money goes back.")
        await dialog.get_by_label("Reason").select_option("requested_by_customer")
        await is_accessible(first.page, "dialog[open]")
        await dialog.get_by_role("button", name="Refund £12.50").dblclick()
        line = panel(first).locator('[data-movement="refund"]')
        await expect(line).to_contain_text("waits for a second person", timeout=PATIENCE_MS)
        await expect(line).to_contain_text("You asked for it, so somebody else decides.")
        await expect(line).to_have_count(1)

        await second.page.get_by_role("link", name="Approvals").click()
        case = second.page.get_by_role("article").filter(has_text="£12.50")
        await case.get_by_role("button", name="Approve refund").click()
        await second.page.get_by_role("dialog").get_by_role("button", name="Approve refund").click()
        await expect(case).to_have_count(0, timeout=PATIENCE_MS)
        await expect(line).to_contain_text("went through", timeout=PATIENCE_MS)
        await expect(panel(first)).to_contain_text("£37.49")
    paid = await demo.get(f"/v1/payments/{link['payment']}")
    assert ("partial", 1250) == (paid["refund_status"], paid["amount_refunded"])


async def test_what_is_held_is_taken_in_part(
    browser: Browser, demo: Demo, customer: Customer, faults: list[str]
) -> None:
    link = await new_link(demo, capture="manual")
    await handed_in(customer, link["url"])
    async with someone(browser, demo, "supervisor", faults) as boss:
        await see(boss, link["id"])
        held = panel(boss).get_by_role("group", name="£49.99 is held")
        await expect(held).to_be_visible(timeout=PATIENCE_MS)
        await is_accessible(boss.page, "main")
        await held.get_by_role("button", name="Take the money").click()
        dialog = boss.page.get_by_role("dialog", name="Take what is held?")
        await dialog.get_by_role("textbox", name="Amount to take").fill("60")
        await dialog.get_by_role("button", name="Take £60.00").click()
        await expect(dialog).to_contain_text("At most £49.99 is held.")
        await dialog.get_by_role("textbox", name="Amount to take").fill("20")
        await dialog.get_by_role("button", name="Take £20.00").click()
        line = panel(boss).locator('[data-movement="captured"]')
        await expect(line).to_contain_text("£20.00", timeout=PATIENCE_MS)
        await expect(held).to_have_count(0)


async def test_what_is_held_is_let_go(
    browser: Browser, demo: Demo, customer: Customer, faults: list[str]
) -> None:
    link = await new_link(demo, capture="manual")
    await handed_in(customer, link["url"])
    async with someone(browser, demo, "supervisor", faults) as boss:
        await see(boss, link["id"])
        held = panel(boss).get_by_role("group", name="£49.99 is held")
        await held.get_by_role("button", name="Let it go").click(timeout=PATIENCE_MS)
        dialog = boss.page.get_by_role("dialog", name="Let the money go?")
        await dialog.get_by_role("button", name="Yes, let it go").click()
        await expect(held).to_have_count(0, timeout=PATIENCE_MS)

        async def is_free() -> bool:
            payment = await demo.get(f"/v1/payments/{link['payment']}")
            return (0, 0) == (payment["amount_captured"], payment["amount_authorised"])

        await eventually(is_free, "nothing is held any more")
