"""Conversations in the console: two agents at one thread, a customer who writes meanwhile, and who may only look on."""

import re
import uuid
from typing import Any, Final, Literal

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Locator, Page, expect

from app.demo.plan import SMS_NUMBER
from tests.e2e.agent import PATIENCE_MS, Agent
from tests.e2e.demo import Demo
from tests.e2e.waiting import eventually

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(600)]

# Each test has a customer of its own.
CASEY = "+447700900301"
NOTED = "+447700900302"
READ = "+447700900303"
SCHEMES: Final[tuple[Literal["light", "dark"], ...]] = ("light", "dark")
GREETING = "Hello {customer_name}, {agent_name} of {merchant_name} here."


async def ask(demo: Demo, path: str, body: dict[str, Any]) -> dict[str, Any]:
    """What an agent's software asks for, each time anew."""
    answer = await demo.post(path, body, **{"Idempotency-Key": str(uuid.uuid4())})
    assert answer.is_success, answer.text
    return dict(answer.json())


async def write(demo: Demo, text: str, *, sender: str = CASEY) -> None:
    """The customer writes an SMS; it has arrived once this returns."""
    before = await demo.position()
    told = {"channel": "sms", "from": sender, "to": SMS_NUMBER, "text": text}
    answer = await demo.client.post(f"{demo.simulator}/api/messages", json=told)
    assert answer.is_success, answer.text

    async def arrived() -> bool:
        return any(each["type"] == "message.received" for each in await demo.events(before))

    await eventually(arrived, "the customer's words have arrived")


async def thread_of(demo: Demo, sender: str = CASEY) -> dict[str, Any]:
    found = (await demo.get("/v1/conversations", q=sender))["data"]
    return dict(next(each for each in found if each["channel"] == "sms"))


async def sign_in(browser: Browser, demo: Demo, faults: list[str], who: str) -> Agent:
    """A second person, by their own name."""
    made = await Agent.arrive(browser, demo, faults)
    user = next(user for user in demo.description["users"] if user["name"] == who)
    await made.page.get_by_label("Email").fill(user["email"])
    await made.page.get_by_label("Password").fill(user["password"])
    await made.page.get_by_role("button", name="Sign in").click()
    await made.is_live()
    return made


async def open_list(agent: Agent, scope: str) -> None:
    await agent.page.get_by_role("link", name=re.compile("^Conversations")).click()
    scopes = agent.page.get_by_role("group", name="Whose conversations")
    await scopes.get_by_role("button", name=scope, exact=True).click()


def row(page: Page, thread: str) -> Locator:
    return page.locator(f'[data-thread="{thread}"]').first


def box(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Your answer")


def log(page: Page) -> Locator:
    return page.get_by_role("region", name="Messages")


async def is_accessible(page: Page) -> None:
    for scheme in SCHEMES:
        # Without motion: a colour that is on its way from one scheme to the other has no contrast.
        await page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found = await Axe().run(page)
        assert 0 == found.violations_count, found.generate_report()
    await page.emulate_media(color_scheme="light")


async def test_two_agents_at_one_thread_and_a_customer_who_writes_meanwhile(
    browser: Browser, demo: Demo, agent: Agent, faults: list[str]
) -> None:
    await demo.post("/v1/canned-replies", {"title": "Greeting", "texts": {"en": GREETING}})
    await ask(demo, "/v1/customers", {"name": "Casey Jones", "phone": CASEY})
    await write(demo, "Is my bill right?")
    thread = (await thread_of(demo))["id"]
    page = agent.page

    await open_list(agent, "Nobody’s")
    await expect(row(page, thread)).to_contain_text("Is my bill right?", timeout=PATIENCE_MS)
    await expect(row(page, thread)).to_contain_text("unread message")
    await row(page, thread).focus()
    await page.keyboard.press("Enter")
    await expect(box(page)).to_be_focused(timeout=PATIENCE_MS)
    await expect(row(page, thread)).not_to_contain_text("unread", timeout=PATIENCE_MS)
    assert 0 == (await demo.get(f"/v1/conversations/{thread}"))["unread"]

    # A ready answer, filled in by the service, kept over a reload, sent by Enter.
    await page.keyboard.type("/gree")
    await expect(page.get_by_role("option", name="Greeting")).to_be_visible()
    await page.keyboard.press("Enter")
    await expect(box(page)).to_have_value("Hello Casey Jones, Alex of Acme Utilities here.")
    await page.reload()
    await agent.is_live()
    await expect(box(page)).to_have_value("Hello Casey Jones, Alex of Acme Utilities here.")
    await expect(box(page)).to_be_focused(timeout=PATIENCE_MS)
    await page.keyboard.press("Enter")
    await expect(box(page)).to_have_value("")
    said = log(page).get_by_role("listitem").filter(has_text="Alex of Acme Utilities here")
    await expect(said).to_contain_text("delivered", timeout=PATIENCE_MS)
    await expect(page.get_by_text("With you")).to_be_visible(timeout=PATIENCE_MS)

    # What the customer writes appears by itself; a card number in it is hidden, and a link offered.
    await write(demo, "Thanks. Shall I send 4242 4242 4242 4242?")
    await expect(log(page)).to_contain_text("Shall I send", timeout=PATIENCE_MS)
    await expect(log(page)).not_to_contain_text("4242 4242")
    await expect(
        log(page).get_by_role("button", name="Send a payment link instead")
    ).to_be_visible()
    await is_accessible(page)

    # Robin is asked to go on, and sees all of it with the note.
    robin = await sign_in(browser, demo, faults, "Robin Reyes")
    await open_list(robin, "Mine")
    await page.get_by_role("button", name="Transfer").click()
    robins = next(
        each["id"]
        for each in (await demo.get("/v1/users"))["data"]
        if each["name"] == "Robin Reyes"
    )
    await page.get_by_role("combobox", name="To whom").select_option(f"agent:{robins}")
    await page.get_by_role("textbox", name="What they should know").fill("Wants to pay by card")
    await page.get_by_role("button", name="Hand over").click()
    await expect(row(robin.page, thread)).to_be_visible(timeout=PATIENCE_MS)
    await row(robin.page, thread).click()
    await expect(log(robin.page)).to_contain_text("Wants to pay by card", timeout=PATIENCE_MS)
    await expect(log(robin.page)).to_contain_text("Is my bill right?")

    # Robin answers; Alex, who looks on, sees it by itself.
    await box(robin.page).fill("I send you a link, Casey.")
    await robin.page.get_by_role("button", name="Send", exact=True).click()
    await expect(log(page)).to_contain_text("I send you a link, Casey.", timeout=PATIENCE_MS)
    await expect(page.get_by_text("With Robin Reyes")).to_be_visible()
    await robin.leave()


async def test_what_is_refused_stays_in_its_place_and_is_worded_anew(
    demo: Demo, agent: Agent
) -> None:
    sender = "+447700900311"
    await write(demo, "Hello?", sender=sender)
    thread = (await thread_of(demo, sender))["id"]
    page = agent.page
    await page.goto(f"{demo.service}/#/conversations/{thread}")
    await expect(box(page)).to_be_focused(timeout=PATIENCE_MS)
    await agent.context.set_offline(True)
    await box(page).fill("Good morning")
    await page.keyboard.press("Enter")
    await expect(log(page)).to_contain_text("It cannot go out twice", timeout=PATIENCE_MS)
    await agent.context.set_offline(False)
    await log(page).get_by_role("button", name="Try again").click()
    said = log(page).get_by_role("listitem").filter(has_text="Good morning")
    await expect(said).to_contain_text("delivered", timeout=PATIENCE_MS)
    page_of = await demo.get(f"/v1/conversations/{thread}/messages")
    assert ["Good morning"] == [one["text"] for one in page_of["data"] if one["direction"] == "out"]

    await write(demo, "STOP", sender=sender)
    note = page.get_by_role("note").filter(has_text="said STOP on SMS")
    await expect(note).to_be_visible(timeout=PATIENCE_MS)


async def test_a_customers_screen_takes_a_note_and_a_consent(demo: Demo, agent: Agent) -> None:
    await write(demo, "Hello again", sender=NOTED)
    customer = (await thread_of(demo, NOTED))["customer"]
    page = agent.page
    await page.goto(f"{demo.service}/#/customers/{customer}")
    history = page.get_by_role("region", name="History")
    await expect(history).to_contain_text("Hello again", timeout=PATIENCE_MS)
    await page.get_by_role("textbox", name="Add a note").fill("Prefers the evening")
    await page.get_by_role("button", name="Add note").click()
    await expect(history.locator('li[data-type="note.added"]').first).to_contain_text(
        "Prefers the evening", timeout=PATIENCE_MS
    )
    await page.get_by_role("button", name="Notes", exact=True).click()
    await expect(history).not_to_contain_text("Hello again")
    await expect(history).to_contain_text("Prefers the evening", timeout=PATIENCE_MS)
    await page.get_by_text("Note what they told you").click()
    await page.get_by_role("button", name="Note it").click()
    consents = page.get_by_role("region", name="May we write?")
    await expect(consents).to_contain_text("You", timeout=PATIENCE_MS)
    await is_accessible(page)
    await expect(page.get_by_role("button", name="Erase")).to_have_count(0)


async def test_an_auditor_reads_and_writes_nothing(
    browser: Browser, demo: Demo, faults: list[str]
) -> None:
    await write(demo, "One more thing", sender=READ)
    thread = await thread_of(demo, READ)
    unread = thread["unread"]
    auditor = await sign_in(browser, demo, faults, "Audrey Auditor")
    await open_list(auditor, "All")
    await row(auditor.page, thread["id"]).click()
    await expect(log(auditor.page)).to_contain_text("One more thing", timeout=PATIENCE_MS)
    await expect(auditor.page.get_by_text("not answer it")).to_be_visible()
    for name in ("Take", "Transfer", "Close", "Send"):
        await expect(auditor.page.get_by_role("button", name=name, exact=True)).to_have_count(0)
    assert unread == (await thread_of(demo, READ))["unread"] > 0
    await auditor.page.goto(f"{demo.service}/#/customers/{thread['customer']}")
    await expect(auditor.page.get_by_role("region", name="History")).to_be_visible(
        timeout=PATIENCE_MS
    )
    await expect(auditor.page.get_by_role("textbox")).to_have_count(0)
    await is_accessible(auditor.page)
    await auditor.leave()
