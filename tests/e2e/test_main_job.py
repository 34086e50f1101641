"""The main job: an agent sends a link, a customer pays it, and the agent sees every step as it happens."""

import pytest
from playwright.async_api import Browser, expect

from tests.e2e.agent import MAILBOX, PATIENCE_MS, PHONE_NUMBER, Agent
from tests.e2e.customer import PHONE, Customer, PayPage
from tests.e2e.demo import Demo
from tests.e2e.waiting import eventually

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(600)]

STEPS = (
    "link.opened",
    "checkout.card_entry_started",
    "checkout.field_completed",
    "checkout.submitted",
    "payment.fraud_check_completed",
    "payment.paid",
)


async def see_it_paid(agent: Agent, link: str) -> None:
    """Every step is on the agent's screen, and in the journal as integrators read it."""
    await agent.sees(*STEPS)
    for name in ("The card number", "The expiry date", "The security code"):
        await agent.sees_field(f"{name} is complete.")
    await agent.outcome("Paid")
    events = await agent.demo.events_of(link)
    kinds = [event["type"] for event in events]
    assert set(STEPS) <= set(kinds)
    assert 1 == kinds.count("payment.paid")
    assert {"number", "expiry", "cvc"} == {
        event["data"]["field"] for event in events if event["type"] == "checkout.field_completed"
    }
    # What happens first is told first.
    firsts = [kinds.index(kind) for kind in STEPS]
    assert sorted(firsts) == firsts
    paid = await agent.demo.get(f"/v1/links/{link}")
    assert ("paid", 4999, "paid") == (
        paid["status"],
        paid["amount_paid"],
        paid["progress"]["step"],
    )
    assert [("succeeded", 4999)] == [
        (intent["status"], intent["amount_received"])
        for intent in await agent.demo.intents_of(link)
    ]


async def url_of(demo: Demo, link: str) -> str:
    return str((await demo.get(f"/v1/links/{link}"))["url"])


async def test_a_link_sent_by_text_message_is_paid_under_the_agents_eyes(
    agent: Agent, customer: Customer
) -> None:
    """Sent by SMS, opened on the phone, paid by card: each step is on the agent's screen without a reload."""
    link = await agent.new_link(channels=["SMS"])
    await agent.sees("link.created", "message.sent", "link.sent", "message.delivered")
    page = await customer.follow_sms(await url_of(agent.demo, link))
    await page.pay()
    await page.has_receipt()
    await page.reads("INV-2041")
    await page.reads("Visa •••• 4242")
    await see_it_paid(agent, link)


async def test_a_link_sent_by_email_is_paid_under_the_agents_eyes(
    agent: Agent, customer: Customer
) -> None:
    """Sent by email, opened from the mail as it is designed, paid by card."""
    link = await agent.new_link(channels=["Email"])
    await agent.sees("link.created", "message.sent", "link.sent")
    page = await customer.follow_email(await url_of(agent.demo, link))
    await page.pay()
    await page.has_receipt()
    await see_it_paid(agent, link)


async def test_one_link_goes_by_both_channels_and_the_simulator_tells_what_arrived(
    agent: Agent, customer: Customer
) -> None:
    """SMS and email carry the same link; whoever opens it by one sees it paid on the other."""
    link = await agent.new_link()
    url = await url_of(agent.demo, link)

    async def arrived() -> list[str]:
        channels = []
        for to in (PHONE_NUMBER, MAILBOX):
            answer = await agent.demo.client.get(
                f"{agent.demo.simulator}/api/messages", params={"to": to}
            )
            channels += [message["channel"] for message in answer.json() if url in message["urls"]]
        return channels if len(channels) >= 2 else []

    assert ["sms", "email"] == await eventually(arrived, "the link arrived by both channels")
    by_text = await customer.follow_sms(url)
    await by_text.pay()
    await by_text.has_receipt()
    by_mail = await customer.follow_email(url)
    await by_mail.reads("Already paid")
    await see_it_paid(agent, link)


async def test_an_agent_signs_in_and_out_at_the_door(browser: Browser, demo: Demo) -> None:
    """Email and password open the console; signing out closes it."""
    agent = await Agent.arrive(browser, demo)
    await agent.sign_in()
    await agent.page.get_by_role("button", name="Sign out").click()
    await expect(agent.page.get_by_role("button", name="Sign in")).to_be_visible(
        timeout=PATIENCE_MS
    )
    assert [] == agent.faults
    await agent.leave()


async def test_loading_without_touching_is_not_opening(
    agent: Agent, customer: Customer, browser: Browser
) -> None:
    """A preview that fetches the page changes nothing; one that runs it is told as fetched, never as opened."""
    demo = agent.demo
    link = await agent.new_link()
    url = await url_of(demo, link)
    await agent.sees("message.delivered")
    before = [event["type"] for event in await demo.events_of(link)]
    answer = await demo.client.get(url, headers={"User-Agent": "facebookexternalhit/1.1"})
    assert 200 == answer.status_code
    assert before == [event["type"] for event in await demo.events_of(link)]

    scanner = await browser.new_context(**PHONE)
    page = PayPage(demo, await scanner.new_page())
    await page.page.goto(url)
    await expect(page.card_field("Security code")).to_be_visible(timeout=PATIENCE_MS)
    await agent.sees("link.fetched")
    await scanner.close()

    # Somebody else's touch afterwards is the first opening, so nothing before it was.
    touched = await customer.open(url)
    await touched.page.get_by_role("heading", name="Pay Acme Utilities").tap()
    await agent.sees("link.opened")
    events = await demo.events_of(link)
    opened = [event for event in events if event["type"] == "link.opened"]
    assert ["touch"] == [event["data"]["by"] for event in opened]
    assert "checkout.left" not in [event["type"] for event in events]
