"""The supervisor's floor in the browser: live, in the reports' numbers, and stepping in from it."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Locator, Page, expect

from tests.e2e.agent import PATIENCE_MS, PHONE_NUMBER, Agent
from tests.e2e.customer import Customer
from tests.e2e.demo import Demo
from tests.e2e.waiting import eventually

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]

WORDS = "Offer to pay in two parts"


@pytest.fixture
async def supervisor(browser: Browser, demo: Demo, faults: list[str]) -> AsyncIterator[Agent]:
    """Sam, who looks at the floor."""
    made = await Agent.arrive(browser, demo, faults, timezone_id="UTC")
    await made.sign_in("supervisor")
    await made.page.evaluate("location.hash = '#/floor'")
    await expect(made.page.get_by_role("heading", name="Floor", exact=True)).to_be_focused()
    await expect(column(made.page, "paid")).to_be_visible(timeout=PATIENCE_MS)
    yield made
    await made.leave()


@pytest.fixture
async def robin(browser: Browser, demo: Demo, faults: list[str]) -> AsyncIterator[Agent]:
    """Another agent, in another team or the same."""
    made = await Agent.arrive(browser, demo, faults)
    user = [user for user in demo.description["users"] if user["role"] == "agent"][1]
    await made.page.get_by_label("Email").fill(user["email"])
    await made.page.get_by_label("Password").fill(user["password"])
    await made.page.get_by_role("button", name="Sign in").click()
    await made.is_live()
    yield made
    await made.leave()


def column(page: Page, name: str) -> Locator:
    return page.locator(f'[data-column="{name}"] .count')


async def counted(page: Page) -> dict[str, int]:
    """What stands in the columns of the pipeline."""
    found: dict[str, int] = await page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll('[data-column]')].map((each) =>
          [each.dataset.column, Number(each.querySelector('.count').textContent)]))"""
    )
    return found


async def clean(page: Page) -> None:
    """Axe finds nothing, light and dark. Colours that are still on their way to the other scheme are neither."""
    for scheme in ("light", "dark"):
        await page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        await page.wait_for_timeout(300)
        found = (await Axe().run(page)).response["violations"]
        assert [] == [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found]
    await page.emulate_media(color_scheme="light", reduced_motion="null")


async def new_link(demo: Demo, agent: str, key: str) -> dict[str, Any]:
    """A link of this agent, sent by SMS."""
    body = {
        "amount": 4999,
        "currency": "GBP",
        "description": "Water bill",
        "reference": key,
        "agent": agent,
        "customer": {"name": "Casey Jones", "phone": PHONE_NUMBER},
        "send": [{"channel": "sms"}],
    }
    answer = await demo.post("/v1/links", body, **{"Idempotency-Key": f"floor-{key}"})
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    demo.used.tokens.add(made["url"].rpartition("/")[2])
    return made


async def people(demo: Demo) -> dict[str, str]:
    """Ids by name."""
    return {user["name"]: user["id"] for user in (await demo.get("/v1/users"))["data"]}


async def moves(page: Page, before: dict[str, int], **by: int) -> None:
    """The columns come to differ from before by so much."""
    wanted = before | {name: before[name] + more for name, more in by.items()}

    async def look() -> bool:
        return await counted(page) == wanted

    try:
        await eventually(look, "the columns", seconds=40)
    except AssertionError:
        assert wanted == await counted(page)


async def test_a_payment_walks_through_the_floor_and_the_reports_agree(
    supervisor: Agent, customer: Customer, demo: Demo
) -> None:
    page = supervisor.page
    await page.evaluate("window.__stayed = true")
    before = await counted(page)
    link = await new_link(demo, (await people(demo))["Alex Agent"], "FLOOR-1")
    await moves(page, before, delivered=1)
    pay_page = await customer.open(link["url"])
    await pay_page.type_into("Card number", "4242")
    await moves(page, before, card_entry=1)
    await pay_page.pay()
    await pay_page.has_receipt()
    await moves(page, before, paid=1)
    assert await page.evaluate("window.__stayed"), "the console was loaded again"

    today = datetime.now(UTC).date().isoformat()
    asked = {"from": today, "to": today, "timezone": "UTC"}
    totals = (await demo.get("/v1/reports/payments", **asked))["totals"]
    funnel = (await demo.get("/v1/reports/funnel", **asked))["totals"]
    told = (await demo.get("/v1/floor", timezone="UTC"))["totals"]
    assert (totals["paid"], totals["amount_paid_GBP"]) == (told["payments"], told["amounts"]["GBP"])
    assert (funnel["created"], funnel["paid"]) == (told["links_made"], told["links_paid"])
    pounds = f"£{told['amounts']['GBP'] / 100:,.2f}"
    await expect(page.locator('[data-figure="paid"]')).to_contain_text(pounds)
    made = f"{told['links_paid']} of {told['links_made']} links made today"
    shown = page.locator('[data-figure="conversion"]')
    await expect(shown).to_contain_text(made.replace("of 1 links", "of 1 link"))


async def test_a_supervisor_watches_whispers_and_takes_over(
    agent: Agent, robin: Agent, supervisor: Agent, demo: Demo
) -> None:
    ids = await people(demo)
    link = await new_link(demo, ids["Alex Agent"], "FLOOR-2")
    mine = agent.page.locator(f'a[href="#/links/{link["id"]}"]')
    await expect(mine).to_be_visible(timeout=PATIENCE_MS)
    await agent.page.goto(f"{demo.service}/#/links/{link['id']}")
    await expect(agent.log.locator("li").first).to_be_visible(timeout=PATIENCE_MS)

    page = supervisor.page
    await page.get_by_role("button", name="Alex Agent", exact=True).click()
    work = page.get_by_role("region", name="Alex Agent: open links")
    row = work.locator(f'[data-link="{link["id"]}"]')
    await expect(row).to_contain_text("FLOOR-2", timeout=PATIENCE_MS)
    await clean(page)
    await row.get_by_role("button", name="Step in").click()
    await row.get_by_label("Whisper to the agent").fill(WORDS)
    await row.get_by_role("button", name="Whisper", exact=True).click()
    await expect(page.get_by_text("The agent sees it now.")).to_be_visible()

    card = agent.page.get_by_role("region", name="Whispered to you")
    await expect(card).to_contain_text(WORDS, timeout=PATIENCE_MS)
    await expect(card).to_contain_text("Sam Supervisor")
    await clean(agent.page)
    # Nobody else: not the colleague at the same link, not the customer's page.
    await robin.page.goto(f"{demo.service}/#/links/{link['id']}")
    await expect(
        robin.log.locator("li").first.or_(robin.page.get_by_text("No such link"))
    ).to_be_visible(timeout=PATIENCE_MS)
    await expect(robin.page.get_by_text(WORDS)).to_have_count(0)
    assert WORDS not in (await demo.client.get(link["url"])).text

    await robin.page.evaluate("location.hash = '#/links'")
    await agent.page.evaluate("location.hash = '#/links'")
    theirs = robin.page.locator(f'a[href="#/links/{link["id"]}"]')
    await expect(theirs).to_have_count(0)
    await row.get_by_label("Give to").select_option(ids["Robin Reyes"])
    await row.get_by_role("button", name="Give", exact=True).click()
    await expect(theirs).to_be_visible(timeout=PATIENCE_MS)
    await expect(mine).to_have_count(0, timeout=PATIENCE_MS)
    await expect(row).to_have_count(0, timeout=PATIENCE_MS)
    await robin.page.goto(f"{demo.service}/#/links/{link['id']}")
    await expect(robin.log.locator("li").first).to_be_visible(timeout=PATIENCE_MS)
    await expect(robin.page.get_by_text(WORDS)).to_have_count(0)


async def test_the_large_screen_has_no_controls_and_says_that_it_is_live(
    supervisor: Agent,
) -> None:
    page = supervisor.page
    await page.get_by_role("heading", name="Floor", exact=True).focus()
    await page.keyboard.press("f")
    floor = page.get_by_role("region", name="Floor", exact=True)
    await expect(floor.get_by_role("button")).to_have_count(0)
    await expect(floor.get_by_role("combobox")).to_have_count(0)
    await expect(floor.get_by_text("Live", exact=True)).to_be_visible()
    await clean(page)
    await page.keyboard.press("f")
    await expect(floor.get_by_role("button", name="Large screen")).to_be_visible()


async def test_an_agent_gets_no_floor(agent: Agent) -> None:
    page = agent.page
    await page.evaluate("location.hash = '#/floor'")
    await expect(page.get_by_role("heading", name="Links", exact=True)).to_be_visible()
    await expect(page.get_by_role("link", name="Floor", exact=True)).to_have_count(0)
    status = await page.evaluate("fetch('/v1/floor').then((answer) => answer.status)")
    assert 403 == status
