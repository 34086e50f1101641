"""Floods at the pay page (`links.pages.reports`): they end with whoever makes them, and nobody else stops paying."""

from dataclasses import replace

import pytest

from compliance.routes.gate import Gate
from core.throttle import DEFAULT_LIMITS, Limit, Throttle
from links.links import Link
from tests.links.conftest import PAGE, Shop
from tests.links.doors import Browser, doors


@pytest.fixture
async def link(shop: Shop) -> Link:
    return await shop.make()


async def test_a_flood_of_reports_is_let_go_and_the_customer_still_pays(
    gate: Gate, shop: Shop, link: Link
) -> None:
    """However often the page is opened anew: what is told of one link from one line has a bound."""
    narrow = Throttle({**DEFAULT_LIMITS, "page_steps": Limit(3, 60)})
    async with doors(replace(gate, throttle=narrow), shop) as client:
        statuses = []
        for _ in range(3):
            browser = await Browser.open(client, shop, link)
            for _ in range(2):
                said = await browser.progress("field_invalid", field="number", code="incomplete")
                statuses.append(said.status_code)
        paid = await browser.pay()

    told = [kind for kind in await shop.story(link) if kind == "checkout.field_invalid"]
    assert ([204] * 6, 3, "paid") == (statuses, len(told), paid.json()["status"])


async def test_whoever_has_no_page_uses_up_nobodys_tries(
    gate: Gate, shop: Shop, link: Link
) -> None:
    """Behind one address of a telephone network there are thousands."""
    narrow = Throttle({**DEFAULT_LIMITS, "attempt": Limit(2, 60)})
    async with doors(replace(gate, throttle=narrow), shop) as client:
        body = {"page": PAGE, "method": "pm_1", "revision": 1}
        for token in ("A" * 24, await shop.token(link)):
            for _ in range(3):
                assert (await client.post(f"/p/{token}/attempts", json=body)).status_code in {
                    403,
                    404,
                }
        browser = await Browser.open(client, shop, link)
        paid = await browser.pay()

    assert (200, "paid") == (paid.status_code, paid.json()["status"])
