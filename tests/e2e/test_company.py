"""Two people at one link know of each other, and see what the customer does on the page."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, expect

from tests.e2e.agent import PATIENCE_MS, Agent
from tests.e2e.customer import Customer
from tests.e2e.demo import Demo

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]


@pytest.fixture
async def supervisor(browser: Browser, demo: Demo, faults: list[str]) -> AsyncIterator[Agent]:
    """Sam, at another desk."""
    made = await Agent.arrive(browser, demo, faults)
    await made.sign_in("supervisor")
    yield made
    await made.leave()


async def told(agent: Agent, words: str) -> None:
    """It is said where a screen reader hears it."""
    status = agent.page.get_by_role("status").filter(has_text=words)
    await expect(status).to_be_visible(timeout=PATIENCE_MS)


async def test_two_who_open_one_link_are_told_of_each_other(
    agent: Agent, supervisor: Agent
) -> None:
    link = await agent.new_link()
    await supervisor.page.goto(f"{agent.demo.service}/#/links/{link}")
    await told(agent, "Sam Supervisor is also looking at this link.")
    await told(supervisor, "Alex Agent is also looking at this link.")
    await supervisor.page.evaluate("location.hash = '#/links'")
    await expect(agent.page.get_by_text("is also looking")).to_have_count(0, timeout=PATIENCE_MS)
    await agent.sees("link.created")


async def test_the_agent_sees_that_the_customer_types(agent: Agent, customer: Customer) -> None:
    link = await agent.new_link()
    page = await customer.open(str((await agent.demo.get(f"/v1/links/{link}"))["url"]))
    await page.type_into("Card number", "4242")
    await agent.reads("On the page, typing")
    await agent.sees("checkout.card_entry_started")
    await page.close()
    await agent.sees("checkout.left")
    await agent.reads("Not on the page")
