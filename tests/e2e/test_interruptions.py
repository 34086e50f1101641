"""What comes in between: a second tab, a closed page, a service that dies. Nothing is lost, nothing charged twice."""

import asyncio
import os
import signal
from typing import Any

import pytest
import sqlalchemy as sa
from playwright.async_api import expect

from core.work import work_table
from links.presence import CHECK
from tests.e2e.agent import PATIENCE_MS, Agent
from tests.e2e.customer import CHALLENGED, Customer, PayPage
from tests.e2e.demo import Demo
from tests.e2e.processes import is_alive
from tests.e2e.waiting import eventually

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(600)]


async def url_of(demo: Demo, link: str) -> str:
    return str((await demo.get(f"/v1/links/{link}"))["url"])


async def kinds_of(demo: Demo, link: str) -> list[str]:
    return [event["type"] for event in await demo.events_of(link)]


async def test_two_tabs_that_pay_at_once_make_one_charge(agent: Agent, customer: Customer) -> None:
    """Both press the button; one card is charged, once, and both tabs end on the receipt."""
    demo = agent.demo
    link = await agent.new_link()
    url = await url_of(demo, link)
    tabs = [await customer.open(url), await customer.open(url)]
    for tab in tabs:
        await tab.page.bring_to_front()
        await tab.type_card()
    # A slow bank, so that the second press falls into the first payment.
    await demo.client.post(f"{demo.sandbox}/control/faults", json={"slow": 2})
    try:
        # Scripts press, since a finger is on one tab at a time.
        await asyncio.gather(*(tab.pay_button.evaluate("button => button.click()") for tab in tabs))
        for tab in tabs:
            await tab.reads("Payment received")
    finally:
        await demo.client.delete(f"{demo.sandbox}/control/faults")
    await agent.sees("payment.paid")
    kinds = await kinds_of(demo, link)
    assert (1, 1) == (kinds.count("payment.paid"), kinds.count("checkout.submitted"))
    assert [("succeeded", 4999)] == [
        (intent["status"], intent["amount_received"]) for intent in await demo.intents_of(link)
    ]


async def test_a_closed_page_is_seen_and_a_reloaded_one_is_not(
    agent: Agent, customer: Customer
) -> None:
    """A reload is no leaving; a closed tab is, and the agent sees it."""
    demo = agent.demo
    link = await agent.new_link()
    page = await customer.open(await url_of(demo, link))
    await page.type_into("Card number", "4242")
    await agent.sees("link.opened", "checkout.joined", "checkout.card_entry_started")
    await agent.reads("On the page")

    before = await page_id(page)
    await page.page.reload()
    assert before != await page_id(page)
    await until_checked(demo, before)
    assert "checkout.left" not in await kinds_of(demo, link)
    await agent.reads("On the page")

    await page.close()
    await agent.sees("checkout.left")
    await agent.reads("Not on the page")
    await agent.reads("then left the page")


async def test_a_service_that_dies_during_the_bank_challenge_loses_nothing(
    agent: Agent, customer: Customer
) -> None:
    """The service is killed while the bank asks. It is started again, the payment completes, the console reconnects."""
    demo = agent.demo
    link = await agent.new_link()
    page = await customer.follow_sms(await url_of(demo, link))
    await page.pay(CHALLENGED)
    await expect(page.bank.get_by_role("button", name="Complete")).to_be_visible(
        timeout=PATIENCE_MS
    )
    await agent.sees("payment.challenge_started")
    killed = demo.service_pid()
    os.kill(killed, signal.SIGKILL)
    await eventually(lambda: gone(killed), "the service is dead")
    await expect(agent.page.get_by_text("Reconnecting…", exact=True)).to_be_visible(
        timeout=PATIENCE_MS
    )

    await page.answer_bank("Complete")
    await page.has_receipt()
    assert killed != demo.service_pid()
    await agent.is_live()
    await agent.sees("payment.challenge_completed", "payment.paid")
    await agent.outcome("Paid")
    afresh = await agent.open_again()

    async def alike() -> bool:
        return await agent.what_is_shown() == await agent.what_is_shown(afresh)

    await eventually(alike, "the console that reconnected shows what a fresh load shows")
    events = await demo.events()
    assert list(range(1, len(events) + 1)) == [event["position"] for event in events]
    assert 1 == (await kinds_of(demo, link)).count("payment.paid")
    assert [4999] == [intent["amount_received"] for intent in await demo.intents_of(link)]


async def gone(pid: int) -> bool:
    return not is_alive(pid)


async def page_id(page: PayPage) -> str:
    """The id of this view of the page."""
    found: dict[str, Any] = await page.page.evaluate(
        "JSON.parse(document.getElementById('paythread-config').textContent)"
    )
    return str(found["page"])


async def until_checked(demo: Demo, page: str) -> None:
    """Waits until the service has settled whether somebody left with this page view."""
    database = demo.database()

    async def look() -> bool:
        async with database.snapshot() as session:
            waiting = await session.scalar(
                sa.select(sa.func.count())
                .select_from(work_table)
                .where(work_table.c.kind == CHECK, work_table.c.subject == page)
            )
        return bool(waiting == 0)

    try:
        await eventually(look, "the page view is checked")
    finally:
        await database.close()
