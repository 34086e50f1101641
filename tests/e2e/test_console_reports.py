"""The reports in the console: what is shown, charted and downloaded is what the journal adds up to."""

import csv
import json
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Locator, Page, expect

from compliance.journal import Event, Journal, record
from compliance.merchants import create_merchant
from compliance.roles import Role
from compliance.users import create_user, new_password_hash
from compliance.vault import MasterKey, Vault
from tests.agent_feed.days import BEGIN, CHANGES, ZONES, by_day, facts
from tests.e2e.agent import PATIENCE_MS, Agent
from tests.e2e.customer import Customer
from tests.e2e.demo import Demo
from tests.e2e.waiting import eventually

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(600)]

PASSWORD = "autumn-clocks-2026"
REPORTS = ("funnel", "channels", "agents", "payments", "satisfaction")


@dataclass(frozen=True)
class Autumn:
    """A merchant whose autumn is over. `email` is its supervisor's."""

    merchant: str
    email: str


@pytest.fixture(scope="module")
async def autumn(demo: Demo) -> Autumn:
    """A second merchant of the demo's, whose work lies on days on which the clocks changed."""
    secrets = json.loads((demo.folder / "demo-secrets.json").read_text())
    vault = Vault(MasterKey.from_text(secrets["master_key"]))
    database = demo.database()
    database.before_commit.append(Journal(vault).flush)
    hashed, begin = await new_password_hash(PASSWORD), BEGIN - timedelta(days=1)
    try:
        async with database.transaction() as session:
            made = await create_merchant(
                session, name="Autumn", currency="GBP", locale="en-GB", country="GB", now=begin
            )
            people = [
                await create_user(
                    session,
                    vault,
                    merchant=made.id,
                    name=name,
                    email=f"{name.lower()}@autumn.example",
                    role=role,
                    team="Day",
                    password_hash=hashed,
                    actor="system",
                    now=begin,
                )
                for name, role in (
                    ("Ann", Role.AGENT),
                    ("Bob", Role.AGENT),
                    ("Sue", Role.SUPERVISOR),
                )
            ]
        for some in facts(made.id, [person.id for person in people[:2]]):
            async with database.transaction() as session:
                for fact in some:
                    record(session, Event(**fact))
    finally:
        await database.close()
    return Autumn(made.id, people[2].email)


async def arrive(browser: Browser, demo: Demo, email: str, password: str) -> Agent:
    made = await Agent.arrive(browser, demo, timezone_id="Europe/London", reduced_motion="reduce")
    await made.page.get_by_label("Email").fill(email)
    await made.page.get_by_label("Password").fill(password)
    await made.page.get_by_role("button", name="Sign in").click()
    await made.is_live()
    return made


@pytest.fixture
async def sue(browser: Browser, demo: Demo, autumn: Autumn) -> AsyncIterator[Agent]:
    made = await arrive(browser, demo, autumn.email, PASSWORD)
    yield made
    assert [] == made.faults
    await made.leave()


@pytest.fixture
async def supervisor(browser: Browser, demo: Demo) -> AsyncIterator[Agent]:
    made = await arrive(browser, demo, *demo.person("supervisor"))
    yield made
    assert [] == made.faults
    await made.leave()


async def look(agent: Agent, address: str) -> Page:
    """The report at this address, once it is there."""
    page = agent.page
    await page.goto(f"{agent.demo.service}/#/links")
    await page.goto(f"{agent.demo.service}/#/reports/{address}")
    await settled(page)
    return page


async def settled(page: Page) -> None:
    await expect(page.locator('.answer[aria-busy="false"]')).to_be_visible(timeout=PATIENCE_MS)


async def told(page: Page, demo: Demo) -> list[dict[str, Any]]:
    """Every event, as the service tells it to whoever is signed in."""
    found: list[dict[str, Any]] = []
    while True:
        after = found[-1]["position"] if found else 0
        answer = await page.request.get(f"{demo.service}/v1/events?after={after}&limit=200")
        some = (await answer.json())["data"]
        if not some:
            return found
        found += some


async def table(page: Page) -> dict[str, dict[str, str]]:
    """Each row's cells as they are read, by the row's and the column's names."""
    rows: dict[str, dict[str, str]] = await page.evaluate(
        """() => {
          const heads = [...document.querySelectorAll('thead th[data-column]')].map((e) => e.dataset.column);
          return Object.fromEntries([...document.querySelectorAll('tr[data-row]')].map((row) => [row.dataset.row,
            Object.fromEntries([...row.querySelectorAll('td')].map((e, n) => [heads[n], e.textContent.trim()]))]));
        }"""
    )
    return rows


async def download(page: Page) -> dict[str, dict[str, str]]:
    """The file, by the row's and the column's names."""
    async with page.expect_download() as started:
        await page.get_by_role("button", name="Download CSV").click()
    path: Path = await (await started.value).path()
    [header, *lines] = csv.reader(path.read_text().splitlines())
    return {line[0]: dict(zip(header, line, strict=True)) for line in lines}


def card(page: Page, column: str) -> Locator:
    return page.locator(f'[data-card="{column}"]')


def pounds(minor: int) -> str:
    whole, rest = divmod(minor, 100)
    return f"£{whole:,}.{rest:02}"


@pytest.mark.parametrize("zone", ZONES)
async def test_cards_table_and_csv_say_what_the_journal_says_where_clocks_change(
    sue: Agent, zone: str
) -> None:
    middle = date.fromisoformat(CHANGES[zone])
    days = [(middle + timedelta(days=n)).isoformat() for n in (-1, 0, 1)]
    chosen = f"range=own&from={days[0]}&to={days[-1]}&zone={quote(zone, safe='')}&by=day"
    page = await look(sue, f"payments?{chosen}")
    journal = by_day(await told(page, sue.demo), zone)
    shown, file = await table(page), await download(page)
    assert [*days, "all"] == list(shown) == list(file)
    total = 0
    for day in days:
        expected = journal[day].payments
        total += expected["amount_paid_GBP"]
        assert pounds(expected["amount_paid_GBP"]) == shown[day]["amount_paid_GBP"]
        for column in ("submitted", "declined", "paid"):
            assert str(expected[column]) == shown[day][column] == file[day][column]
        assert str(expected["amount_paid_GBP"]) == file[day]["amount_paid_GBP"]
    await expect(card(page, "amount_paid_GBP")).to_have_text(pounds(total))
    assert pounds(total) == shown["all"]["amount_paid_GBP"]
    assert str(total) == file["all"]["amount_paid_GBP"]

    page = await look(sue, f"funnel?{chosen}")
    shown, file = await table(page), await download(page)
    for column in ("created", "delivered", "opened", "submitted", "paid"):
        counts = [journal[day].funnel[column] for day in days]
        assert [str(each) for each in counts] == [shown[day][column] for day in days]
        assert str(sum(counts)) == shown["all"][column] == file["all"][column]
        await expect(page.locator(f'[data-step="{column}"]')).to_have_text(str(sum(counts)))


async def test_what_is_chosen_stands_in_the_address_and_is_there_after_a_reload(
    sue: Agent,
) -> None:
    page = await look(sue, "channels?range=own&from=2026-10-24&to=2026-10-26&zone=UTC")
    await page.get_by_role("button", name="SMS", exact=True).click()
    await expect(page.get_by_role("link", name="Funnel")).to_have_attribute("aria-current", "page")
    await settled(page)
    await expect(page.get_by_role("button", name="Channel: SMS")).to_be_visible()
    before = await table(page)
    assert 3 == len(before)  # Ann, Bob and all
    await page.get_by_label("Time zone").select_option("Asia/Kathmandu")
    await page.wait_for_url(re.compile("zone=Asia%2FKathmandu"))
    await settled(page)
    after = await table(page)
    await page.reload()
    await settled(page)
    assert after == await table(page)
    await page.get_by_role("button", name="Channel: SMS").click()
    await page.wait_for_url(re.compile(r"^((?!channel=).)*$"))
    await settled(page)
    await eventually(lambda: has_more(page, after), "every channel is counted again")


async def has_more(page: Page, before: dict[str, dict[str, str]]) -> bool:
    return int((await table(page))["all"]["created"]) > int(before["all"]["created"])


async def test_reports_are_compared_with_the_time_before_and_empty_days_teach(sue: Agent) -> None:
    page = await look(sue, "payments?range=own&from=2026-10-27&to=2026-10-29&zone=UTC")
    await expect(page.get_by_text("compared with 24 Oct to 26 Oct")).to_be_visible()
    await expect(page.get_by_text(re.compile(r"(up|down) \d+ %, £[\d,.]+ before"))).to_be_visible()
    page = await look(sue, "payments?range=own&from=2026-09-01&to=2026-09-02&zone=UTC")
    await expect(page.get_by_role("heading", name="Nothing in this time")).to_be_visible()
    await page.get_by_role("button", name="Look at 30 days").click()
    await page.wait_for_url(re.compile("range=30d"))


async def test_a_customers_answer_after_paying_is_in_the_report_with_its_comment(
    supervisor: Agent, customer: Customer
) -> None:
    demo = supervisor.demo
    body = {
        "amount": 4999,
        "currency": "GBP",
        "description": "Water bill, March",
        "customer": {"name": "Casey Jones", "phone": "+447700900123"},
    }
    made = await demo.post("/v1/links", body, **{"Idempotency-Key": "reports-survey"})
    link = made.json()
    demo.used.tokens.add(str(link["url"]).rpartition("/")[2])
    paying = await customer.open(link["url"])
    await paying.pay()
    await paying.has_receipt()
    await paying.page.get_by_role("radio", name="2 Bad").check()
    await paying.page.get_by_label("Anything to add?").fill("The bank’s page was slow")
    await paying.page.get_by_role("button", name="Send answer").tap()
    await expect(paying.page.get_by_text("Thank you for your answer.")).to_be_visible(
        timeout=PATIENCE_MS
    )

    page = await look(supervisor, "satisfaction?range=today&zone=UTC")
    await expect(page.get_by_role("region", name="What customers wrote")).to_contain_text(
        "The bank’s page was slow"
    )
    scores = [
        event["data"]["score"]
        for event in await demo.events()
        if event["type"] == "survey.answered"
    ]
    assert 2 in scores
    shown = await table(page)
    assert str(len(scores)) == shown["all"]["answers"]
    assert str(scores.count(2)) == shown["all"]["score_2"]
    await page.get_by_role("link", name="Open the link").first.click()
    await expect(
        page.get_by_text("gave paying 2 of 5: “The bank’s page was slow”").first
    ).to_be_visible(timeout=PATIENCE_MS)


async def test_an_agent_has_no_reports(agent: Agent) -> None:
    navigation = agent.page.get_by_role("navigation", name="Main")
    await expect(navigation.get_by_role("link", name="Links")).to_be_visible()
    await expect(navigation.get_by_role("link", name="Reports")).to_have_count(0)
    await agent.page.goto(f"{agent.demo.service}/#/reports/funnel")
    await expect(agent.page.get_by_role("heading", name="Links", level=1)).to_be_visible()


async def test_every_report_is_accessible_and_fits_a_phone(sue: Agent) -> None:
    for report in REPORTS:
        page = await look(sue, f"{report}?range=own&from=2026-10-24&to=2026-10-26&zone=UTC")
        await expect(page.get_by_role("heading", level=1)).to_be_focused()
        for width in (1440, 390):
            await page.set_viewport_size({"width": width, "height": 900})
            wide: int = await page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
            assert wide <= 0, (report, width)
            for scheme in ("light", "dark"):
                await page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
                found = (await Axe().run(page)).response["violations"]
                assert [] == [(rule["id"], rule["nodes"][0]["html"]) for rule in found], report
