"""What happens to the console behind an agent's back: it says so, recovers, and shows what a fresh load shows.

What was typed is there over all of it.
"""

import os
import signal
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from playwright.async_api import Browser, Page, expect

from compliance.sessions import sessions
from core.clock import utc_now
from tests.e2e.agent import PATIENCE_MS, Agent
from tests.e2e.demo import Demo
from tests.e2e.processes import is_alive
from tests.e2e.waiting import eventually

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(600)]

WAYS = (("here", "fresh"), ("fresh", "here"))
TYPED = "Boiler repair, half paid in cash"
# Longer than the feed's patience with a silent service.
OFFLINE_SECONDS = 60
ROWS = """() => [...document.querySelectorAll('.links a.row')].map((row) => [
  row.getAttribute('href'),
  ...['.name', '.what', '.amount', '.reference', '.step'].map(
    (part) => row.querySelector(part)?.textContent.trim()),
  row.querySelector('time').dateTime])"""


@pytest.fixture
async def typing(agent: Agent) -> Agent:
    """An agent with the list in sight and a form half filled."""
    await agent.page.get_by_role("button", name="New link").click()
    await agent.page.get_by_role("textbox", name="Description").fill(TYPED)
    return agent


async def has_kept(agent: Agent) -> None:
    field = agent.page.get_by_role("textbox", name="Description")
    await expect(field).to_have_value(TYPED, timeout=PATIENCE_MS)


async def rows(page: Page) -> list[Any]:
    """All of them: which of more than a screenful come first is told by urgency among those that a page knows."""
    more = page.locator("section.links").get_by_role("button", name="Show more")
    while await more.is_visible():
        await more.click()
    found: list[Any] = await page.evaluate(ROWS)
    return found


async def is_as_fresh(agent: Agent, link: str) -> None:
    """The list has this link, and is row by row what a page loaded just now shows."""
    page = await agent.context.new_page()
    await page.goto(agent.demo.service)
    row = page.locator(f"a.row[href='#/links/{link}']")
    await expect(row).to_be_visible(timeout=PATIENCE_MS)

    seen: dict[str, list[Any]] = {}

    async def alike() -> bool:
        seen["here"], seen["fresh"] = await rows(agent.page), await rows(page)
        return len(seen["here"]) > 0 and seen["here"] == seen["fresh"]

    try:
        await eventually(alike, "the list shows what a fresh load shows")
    except AssertionError as slow:
        here, fresh = (
            [each for each in seen[one] if each not in seen[other]] for one, other in WAYS
        )
        raise AssertionError(f"{slow}: only here {here}, only on a fresh load {fresh}") from None
    finally:
        await page.close()


async def made_elsewhere(agent: Agent) -> str:
    """The same agent makes a link in another window: this one has to hear of it."""
    state = await agent.context.storage_state()
    browser = agent.context.browser
    assert browser is not None
    other = await Agent.arrive(browser, agent.demo, agent.faults, storage_state=dict(state))
    await other.is_live()
    link = await other.new_link()
    await other.leave()
    return link


async def test_the_service_is_restarted_under_it(typing: Agent) -> None:
    demo, page = typing.demo, typing.page
    killed = demo.service_pid()
    os.kill(killed, signal.SIGKILL)

    async def gone() -> bool:
        return not is_alive(killed)

    await eventually(gone, "the service is dead")
    await expect(page.get_by_text("Reconnecting…", exact=True)).to_be_visible(timeout=PATIENCE_MS)
    await typing.is_live()
    await has_kept(typing)
    await is_as_fresh(typing, await made_elsewhere(typing))


async def test_the_network_is_off_for_a_minute(typing: Agent) -> None:
    page = typing.page
    online = typing.context
    link_before = await made_elsewhere(typing)
    await expect(page.locator(f"a.row[href='#/links/{link_before}']")).to_be_visible(
        timeout=PATIENCE_MS
    )
    browser = online.browser
    assert browser is not None
    other = await Agent.arrive(
        browser, typing.demo, typing.faults, storage_state=dict(await online.storage_state())
    )
    await online.set_offline(True)
    await expect(page.get_by_text("The connection was lost.")).to_be_visible(timeout=PATIENCE_MS)
    await page.get_by_role("textbox", name="Amount", exact=True).fill("12.50")
    await page.get_by_role("button", name="Send link").click()
    link = await other.new_link()
    await other.leave()
    await page.wait_for_timeout(OFFLINE_SECONDS * 1000)
    await has_kept(typing)
    await online.set_offline(False)
    await typing.is_live()
    await has_kept(typing)
    await expect(page.get_by_role("textbox", name="Amount", exact=True)).to_have_value("12.50")
    await expect(page.get_by_text("The connection was lost.")).to_be_hidden()
    await is_as_fresh(typing, link)


@pytest.mark.parametrize("skew", [timedelta(hours=5), timedelta(hours=-7)])
async def test_the_browsers_clock_is_hours_off(
    browser: Browser,
    demo: Demo,
    signed_in: dict[str, Any],
    faults: list[str],
    skew: timedelta,
) -> None:
    agent = await Agent.arrive(browser, demo, faults, storage_state=signed_in)
    await agent.context.add_init_script(
        f"""const Real = Date, ahead = {int(skew.total_seconds() * 1000)};
        window.Date = class extends Real {{
          constructor(...given) {{ given.length ? super(...given) : super(Real.now() + ahead); }}
          static now() {{ return Real.now() + ahead; }}
        }};"""
    )
    await agent.page.reload()
    await agent.is_live()
    link = await agent.new_link()
    await agent.sees("link.created", "link.sent")
    row = agent.page.locator(f"a.row[href='#/links/{link}'] time")
    # By the service's clock it was made a moment ago.
    await expect(row).to_have_text("now")
    await expect(agent.page.get_by_text("in 24 h")).to_be_visible()
    await is_as_fresh(agent, link)
    await agent.leave()


async def test_the_session_is_revoked(browser: Browser, demo: Demo, faults: list[str]) -> None:
    agent = await Agent.arrive(browser, demo, faults)
    await agent.sign_in()
    link = await agent.new_link()
    await agent.page.get_by_role("button", name="New link").click()
    await agent.page.get_by_role("textbox", name="Description").fill(TYPED)
    database = demo.database()
    try:
        async with database.transaction() as session:
            newest = sa.select(sa.func.max(sessions.c.id)).scalar_subquery()
            await session.execute(
                sa.update(sessions).where(sessions.c.id == newest).values(ended_at=utc_now())
            )
    finally:
        await database.close()
    dialog = agent.page.get_by_role("dialog", name="Sign in")
    await expect(dialog).to_contain_text("Your session has ended", timeout=PATIENCE_MS)
    await expect(dialog.get_by_label("Email")).to_have_value(demo.person()[0])
    await dialog.get_by_label("Password").fill(demo.person()[1])
    await dialog.get_by_role("button", name="Sign in").click()
    await agent.is_live()
    await has_kept(agent)
    await is_as_fresh(agent, link)
    await agent.leave()
