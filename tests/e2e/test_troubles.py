"""What goes wrong for the customer, and that the agent sees it and knows what to say."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from playwright.async_api import expect

from core.clock import utc_now
from core.work import work_table
from links.lifecycle import EXPIRE
from links.tables import links
from tests.e2e.agent import PATIENCE_MS, Agent
from tests.e2e.customer import BLOCKED, CHALLENGED, DECLINED, Customer
from tests.e2e.demo import Demo

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(600)]


async def url_of(demo: Demo, link: str) -> str:
    return str((await demo.get(f"/v1/links/{link}"))["url"])


async def events(agent: Agent, link: str, kind: str) -> list[dict[str, Any]]:
    """The data of every event of this kind on the link."""
    found = await agent.demo.events_of(link)
    return [event["data"] for event in found if event["type"] == kind]


async def charges(agent: Agent, link: str) -> list[int]:
    """What the PSP took for the link, charge by charge."""
    intents = await agent.demo.intents_of(link)
    return [intent["amount_received"] for intent in intents if intent["status"] == "succeeded"]


async def test_a_declined_card_is_followed_by_another(agent: Agent, customer: Customer) -> None:
    """The customer reads that nothing was charged, the agent what to say; the next card pays."""
    link = await agent.new_link()
    page = await customer.follow_sms(await url_of(agent.demo, link))
    await page.pay(DECLINED)
    alert = page.page.get_by_role("alert")
    await agent.sees("checkout.submitted", "payment.fraud_check_completed", "payment.declined")
    await agent.outcome("Declined")
    [told] = await events(agent, link, "payment.declined")
    assert {"code", "customer_message", "agent_hint", "retryable"} <= set(told)
    # The bank gave no reason, so the same card is no use; the customer's next one is.
    assert told["retryable"] is False
    await expect(alert).to_contain_text(told["customer_message"], timeout=PATIENCE_MS)
    await agent.reads(told["agent_hint"])

    await page.pay()
    await page.has_receipt()
    await agent.sees("payment.paid")
    await agent.outcome("Paid")
    assert [4999] == await charges(agent, link)
    assert 2 == len(await events(agent, link, "checkout.submitted"))


async def test_a_bank_challenge_is_completed(agent: Agent, customer: Customer) -> None:
    """The bank asks within the page; once it is told yes, the payment goes through."""
    link = await agent.new_link()
    page = await customer.follow_sms(await url_of(agent.demo, link))
    await page.pay(CHALLENGED)
    await agent.sees("payment.challenge_started")
    await page.answer_bank("Complete")
    await page.has_receipt()
    await agent.sees("payment.challenge_completed", "payment.fraud_check_completed", "payment.paid")
    await agent.outcome("Paid")
    assert ["succeeded"] == [
        data["result"] for data in await events(agent, link, "payment.challenge_completed")
    ]
    assert [4999] == await charges(agent, link)


async def test_a_bank_challenge_fails_and_nothing_is_charged(
    agent: Agent, customer: Customer
) -> None:
    """The bank says no; the customer reads so and pays with another card."""
    link = await agent.new_link()
    page = await customer.follow_sms(await url_of(agent.demo, link))
    await page.pay(CHALLENGED)
    await page.answer_bank("Fail")
    alert = page.page.get_by_role("alert")
    await expect(alert).to_contain_text("Your bank could not", timeout=PATIENCE_MS)
    await agent.sees("payment.challenge_started", "payment.challenge_completed", "payment.declined")
    await agent.outcome("Declined")
    assert ["failed"] == [
        data["result"] for data in await events(agent, link, "payment.challenge_completed")
    ]
    assert [] == await charges(agent, link)
    assert "paid" != (await agent.demo.get(f"/v1/links/{link}"))["status"]

    await page.pay()
    await page.has_receipt()
    await agent.sees("payment.paid")
    assert [4999] == await charges(agent, link)


async def test_a_card_that_the_psp_blocks_is_told_as_blocked(
    agent: Agent, customer: Customer
) -> None:
    """The fraud check ends in block: nothing is charged, and the agent sees the verdict."""
    link = await agent.new_link()
    page = await customer.follow_sms(await url_of(agent.demo, link))
    await page.pay(BLOCKED)
    await agent.sees("payment.fraud_check_completed", "payment.declined")
    await expect(agent.page.locator('[data-step="fraud_check"]')).to_contain_text("blocked")
    [check] = await events(agent, link, "payment.fraud_check_completed")
    assert "block" == check["verdict"]
    [told] = await events(agent, link, "payment.declined")
    alert = page.page.get_by_role("alert")
    await expect(alert).to_contain_text(told["customer_message"], timeout=PATIENCE_MS)
    # Whoever is blocked is not told why: a thief would learn from it.
    assert "fraud" not in told["customer_message"].lower()
    assert [] == await charges(agent, link)


async def test_an_expired_link_says_so_to_both(agent: Agent, customer: Customer) -> None:
    """Once the time is up the page is gone (410) and the agent sees the link expired."""
    link = await agent.new_link()
    url = await url_of(agent.demo, link)
    await agent.sees("message.delivered")
    await bring_forward(agent.demo, link)
    await agent.sees("link.expired")
    await agent.outcome("Expired")
    assert 410 == (await agent.demo.client.get(url)).status_code
    page = await customer.open(url)
    await expect(page.page.get_by_role("heading", name="This link has expired")).to_be_visible()
    # All that can be done is to ask for a new one.
    await expect(page.page.get_by_role("button")).to_have_count(1)
    await expect(page.page.get_by_role("button", name="Ask for a new link")).to_be_visible()


async def test_a_cancelled_link_says_so_to_both(agent: Agent, customer: Customer) -> None:
    """The agent cancels; the page that was open says so at once, and a fresh one is gone (410)."""
    link = await agent.new_link()
    url = await url_of(agent.demo, link)
    page = await customer.follow_sms(url)
    await page.type_card()
    await agent.sees("checkout.field_completed")
    await agent.page.get_by_role("button", name="Cancel link").click()
    await agent.page.get_by_role("button", name="Yes, cancel it").click()
    await agent.sees("link.cancelled")
    await agent.outcome("Cancelled")

    # By itself, with nothing left to press.
    await page.reads("This payment was cancelled")
    await expect(page.page.get_by_role("button", name="Pay £49.99")).to_have_count(0)
    assert 410 == (await agent.demo.client.get(url)).status_code
    assert [] == await agent.demo.intents_of(link)
    await expect(agent.page.get_by_role("button", name="Resend")).to_have_count(0)


async def bring_forward(demo: Demo, link: str) -> None:
    """Moves the end of a link into the past, as if its time had gone by: no link lives under a minute."""
    past = utc_now() - timedelta(seconds=1)
    database = demo.database()
    try:
        async with database.transaction() as session:
            await session.execute(
                sa.update(links).where(links.c.id == link).values(expires_at=past)
            )
            moved = await session.execute(
                sa.update(work_table)
                .where(work_table.c.kind == EXPIRE, work_table.c.subject == link)
                .values(due_at=past)
            )
            assert 1 == moved.rowcount
    finally:
        await database.close()
