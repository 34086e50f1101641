"""The pay page's security at the console: what runs there, what was stopped, what changed, and who may accept it."""

import json
from uuid import uuid4

import pytest
from playwright.async_api import Browser, Route, expect

from tests.e2e.access import is_accessible
from tests.e2e.agent import PATIENCE_MS, Agent
from tests.e2e.demo import Demo

pytestmark = pytest.mark.browser
SKIMMER = "https://skimmer.paythread.invalid"


async def test_an_admin_sees_what_runs_on_the_page_and_what_was_stopped(
    demo: Demo, admin: Agent
) -> None:
    headers = {
        "Authorization": f"Bearer {demo.description['api_key']}",
        "Idempotency-Key": str(uuid4()),
    }
    body = {"amount": 4999, "currency": "GBP", "description": "Water bill"}
    link = (await demo.client.post(f"{demo.service}/v1/links", json=body, headers=headers)).json()
    report = {
        "csp-report": {
            "document-uri": link["url"],
            "effective-directive": "script-src-elem",
            "blocked-uri": f"{SKIMMER}/card.js",
            "disposition": "enforce",
        }
    }
    told = await demo.client.post(
        f"{demo.service}/p/reports/csp",
        content=json.dumps(report),
        headers={"Content-Type": "application/csp-report"},
    )
    assert 204 == told.status_code

    page = admin.page
    await page.goto(f"{demo.service}/#/settings/page-security")
    watched = page.get_by_role("article")
    await watched.get_by_text("scripts", exact=False).first.click()
    await expect(watched.get_by_text("/p/assets/pay.", exact=False).first).to_be_visible()
    await expect(watched.get_by_role("region", name="Content security policy")).to_contain_text(
        "script-src"
    )
    stopped = page.get_by_role("listitem").filter(has_text=SKIMMER)
    await expect(stopped).to_contain_text("script-src-elem · once")
    await is_accessible(page)


async def test_a_change_is_read_before_it_is_accepted(demo: Demo, admin: Agent) -> None:
    """What the service says of this page is real but for the change, and so is its refusal: it saw no such page."""

    async def changed(route: Route) -> None:
        answer = await route.fetch()
        body = await answer.json()
        header = {
            "what": "changed",
            "name": "header content-security-policy",
            "from": "script-src 'self'",
            "to": "script-src *",
        }
        now = body["made_at"]
        check = {"state": "changed", "seen": "f" * 64, "differences": [header], "accepted": []}
        body["data"][0]["check"] = {**check, "checked_at": now, "tried_at": now}
        await route.fulfill(response=answer, json=body)

    page = admin.page
    await page.route("**/v1/page-scripts", changed)
    await page.goto(f"{demo.service}/#/settings/page-security")
    await expect(page.get_by_text("Changed, and nobody has said that it is meant")).to_be_visible()
    await expect(page.get_by_text("script-src *", exact=True)).to_be_visible()
    await is_accessible(page)
    await page.get_by_role("button", name="This change is ours").click()
    await is_accessible(page)
    await page.get_by_role("button", name="Accept", exact=True).click()
    await expect(page.get_by_text("The page was seen otherwise meanwhile.")).to_be_visible(
        timeout=PATIENCE_MS
    )
    await page.unroute_all(behavior="ignoreErrors")


async def test_an_auditor_looks_on_and_an_agent_does_not(
    browser: Browser, demo: Demo, faults: list[str]
) -> None:
    auditor = await Agent.arrive(browser, demo, faults)
    await auditor.sign_in("auditor")
    await auditor.page.goto(f"{demo.service}/#/settings/page-security")
    await expect(auditor.page.get_by_role("heading", name="Pay page security")).to_be_visible()
    await expect(auditor.page.get_by_role("article").first).to_be_visible()
    await expect(auditor.page.get_by_role("button", name="This change is ours")).to_have_count(0)
    await auditor.leave()
    agent = await Agent.arrive(browser, demo, faults)
    await agent.sign_in("agent")
    await agent.page.goto(f"{demo.service}/#/settings/page-security")
    await expect(agent.page.get_by_role("heading", name="Links", exact=True)).to_be_visible()
    await agent.leave()
