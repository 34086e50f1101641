"""What the customer's page reports, once where once is enough, and never more than it may."""

from typing import Any

import pytest
import sqlalchemy as sa

from core.database import Database
from links.presence import REPORTS_MAX
from links.tables import page_views
from tests.links.conftest import Shop
from tests.payments.fakes import Declines

TWO = "pg_01k9bbbbbbbbbbbbbbbbbbbbbb"


@pytest.fixture
def database(sqlite_database: Database) -> Database:
    """What is told does not depend on the database; that it is stored is proved by `test_presence`."""
    return sqlite_database


async def test_a_page_that_is_loaded_was_fetched_and_not_opened(shop: Shop) -> None:
    link = await shop.make()
    for _ in range(3):
        await shop.report(link, "loaded", user_agent="Mozilla/5.0 (iPhone)")

    assert ["link.created", "link.fetched"] == await shop.story(link)
    assert "created" == (await shop.link(link)).progress.step


async def test_a_touch_opens_the_link_once_a_page_view(shop: Shop) -> None:
    link = await shop.make()
    for _ in range(3):
        await shop.report(link, "opened", device="mobile", by="touch")
    await shop.report(link, "opened", page=TWO)

    opened = [each for each in await shop.events(link) if each.type == "link.opened"]
    assert 2 == len(opened)
    assert ("mobile", "touch") == (opened[0].data["device"], opened[0].data["by"])
    assert "opened" == (await shop.link(link)).progress.step


PREVIEWS = [
    "WhatsApp/2.23.20.0",
    "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
    "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
    "TelegramBot (like TwitterBot)",
    "Twitterbot/1.0",
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5",
    "Mozilla/5.0 (X11; Linux x86_64) HeadlessChrome/120.0.0.0",
    "LinkedInBot/1.0 (compatible; Mozilla/5.0)",
    "Discordbot/2.0",
    "python-requests/2.31",
    "curl/8.5.0",
]


@pytest.mark.parametrize("agent", PREVIEWS)
async def test_a_preview_that_names_itself_is_told_as_one(shop: Shop, agent: str) -> None:
    link = await shop.make()
    await shop.report(link, "loaded", user_agent=agent)

    assert "bot" == (await shop.events(link))[-1].data["by"]


PHONES = [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5"
    " Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile"
    " Safari/537.36",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:127.0) Gecko/20100101 Firefox/127.0",
    "",
]


@pytest.mark.parametrize("agent", PHONES)
async def test_a_browser_is_told_as_one(shop: Shop, agent: str) -> None:
    link = await shop.make()
    await shop.report(link, "loaded", user_agent=agent)

    assert "browser" == (await shop.events(link))[-1].data["by"]


async def test_touching_the_card_fields_is_told_once_a_try(shop: Shop) -> None:
    link = await shop.make()
    for field in ("number", "expiry", "number"):
        await shop.report(link, "field_focused", field=field)
    shop.gateway.script = [Declines()]
    await shop.submit(link)
    await shop.report(link, "field_focused", field="cvc")
    assert "declined" == (await shop.link(link)).progress.step, "a late report hides no decline"
    await shop.report(link, "field_focused", field="number", again=True)

    assert 2 == (await shop.story(link)).count("checkout.card_entry_started")
    assert "card_entry" == (await shop.link(link)).progress.step


@pytest.mark.parametrize(
    ("kind", "known", "told", "data"),
    [
        ("field_completed", {"field": "cvc"}, "checkout.field_completed", {"field": "cvc"}),
        (
            "field_invalid",
            {"field": "cvc", "code": "incomplete_cvc"},
            "checkout.field_invalid",
            {"field": "cvc", "code": "incomplete_cvc"},
        ),
        ("method_selected", {}, "checkout.method_selected", {"method": "card"}),
        (
            "method_selected",
            {"method": "apple_pay"},
            "checkout.method_selected",
            {"method": "apple_pay"},
        ),
    ],
)
async def test_each_report_is_one_event(
    shop: Shop, kind: str, known: dict[str, Any], told: str, data: dict[str, Any]
) -> None:
    link = await shop.make()
    await shop.report(link, kind, **known)
    last = (await shop.events(link))[-1]

    assert (told, data, "customer") == (last.type, last.data, last.actor)


async def test_a_call_for_help_reaches_the_agent(shop: Shop) -> None:
    link = await shop.make()
    await shop.report(link, "help_requested")
    problem = (await shop.link(link)).progress.problem

    assert problem is not None
    assert "help_requested" == problem["code"]


async def test_a_page_view_that_reports_without_end_is_let_go(shop: Shop) -> None:
    link = await shop.make()
    await shop.report(link, "loaded")
    async with shop.database.transaction() as session:
        await session.execute(sa.update(page_views).values(reports=REPORTS_MAX - 1))
    for _ in range(3):
        await shop.report(link, "help_requested")

    assert 1 == (await shop.story(link)).count("checkout.help_requested")
    await shop.report(link, "help_requested", page=TWO)
    assert 2 == (await shop.story(link)).count("checkout.help_requested")
