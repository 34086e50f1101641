"""Whose page it is, how to check that, and how much of one's progress is shown: in a browser, for everybody."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from playwright.async_api import expect

from links.brand import Brand, BrandView
from links.logos import LogoFacts
from tests.pay_page.customer import DESK, PHONE, Customer, OpenPage, until
from tests.pay_page.stand import Link, Stand
from tests.pay_page.test_access import assert_accessible_in_every_look
from tests.pay_page.test_paying import PAID

pytestmark = pytest.mark.browser

TERMS = "https://www.acme.example/terms"
BRAND = Brand(
    accent="#ffe14d",
    legal_name="Acme Outfitters Limited",
    support_phone="+442079460123",
    support_email="help@acme.example",
    support_url="https://www.acme.example/help",
    terms_url=TERMS,
    privacy_url="https://www.acme.example/privacy",
)


def dressed(stand: Stand, *, accent: str = "#ffe14d", **changes: Any) -> Link:
    view = BrandView(replace(BRAND, accent=accent), LogoFacts("d1", 90, 30))
    link = stand.link(brand=view, check_code="T7AT", pay_host="pay.acme.example", **changes)
    link.view = replace(link.view, logo_url=f"/p/{link.token}/logo?d1")
    return link


@pytest.mark.parametrize("colour", ["#ffe14d", "#0000ff", "#000000", "#ffffff", "#e8590c"])
async def test_axe_finds_nothing_whatever_the_colour(
    stand: Stand, open_page: OpenPage, colour: str
) -> None:
    link = dressed(stand, accent=colour)
    customer = await open_page(link)
    await customer.ready()
    await customer.page.get_by_text("Is this genuine?").click()
    await customer.page.locator("#share").uncheck()
    await assert_accessible_in_every_look(customer)


async def test_whoever_asks_learns_how_to_check_the_page(stand: Stand, open_page: OpenPage) -> None:
    customer = await open_page(dressed(stand))
    await customer.sees("T7AT")
    await customer.page.get_by_text("Is this genuine?").click()
    await customer.sees("exactly pay.acme.example.")
    await customer.sees("You pay Acme Outfitters Limited.")
    for words in ("+442079460123", "help@acme.example", "https://www.acme.example/help"):
        await expect(customer.page.get_by_role("link", name=words)).to_be_visible()


async def test_the_logo_and_the_terms_are_there_and_large_enough(
    stand: Stand, open_page: OpenPage
) -> None:
    customer = await open_page(dressed(stand))
    await customer.ready()
    await customer.page.get_by_text("Is this genuine?").click()
    logo = customer.page.get_by_role("img", name="Acme Outfitters")
    assert await logo.evaluate("(image) => image.complete && image.naturalWidth > 0")
    terms = customer.page.get_by_role("link", name="Terms (new tab)")
    assert TERMS == await terms.get_attribute("href")
    assert "noopener noreferrer" == await terms.get_attribute("rel")
    sizes = await customer.page.locator(
        "a:visible, summary:visible, #share, button:visible"
    ).evaluate_all("all => all.map((e) => Math.min(e.offsetWidth, e.offsetHeight))")
    assert min(sizes) >= 24


@pytest.mark.parametrize("device", [PHONE, DESK], ids=["phone", "desk"])
async def test_at_400_percent_and_with_long_words_nothing_scrolls_sideways(
    stand: Stand, open_page: OpenPage, device: dict[str, object]
) -> None:
    customer = await open_page(
        dressed(stand), **{**device, "viewport": {"width": 320, "height": 400}}
    )
    await customer.page.get_by_text("Is this genuine?").click()
    assert await customer.page.evaluate("document.documentElement.scrollWidth") <= 320


async def _turned_down(stand: Stand, open_page: OpenPage, link: Link) -> Customer:
    customer = await open_page(link)
    await customer.ready()
    await customer.page.locator("#share").uncheck()
    await until(lambda: "share_less" in link.events())
    return customer


async def test_a_customer_who_shares_less_is_not_followed_any_further(
    stand: Stand, open_page: OpenPage
) -> None:
    """Fields, typing, presence: none of it leaves the page. What was submitted does."""
    link = dressed(stand)
    link.answers("attempts", PAID)
    customer = await _turned_down(stand, open_page, link)
    told = len(link.posts("progress"))
    await customer.sees("sees only that you opened this page")
    await customer.pay()
    await customer.sees("Payment received")

    assert [] == link.events()[told:]
    assert all("activity" not in body for body in link.posts("progress")[told - 1 :])


async def test_by_keyboard_it_is_turned_down_and_up_again(
    stand: Stand, open_page: OpenPage
) -> None:
    link = dressed(stand)
    customer = await open_page(link)
    await customer.ready()
    switch = customer.page.get_by_role("switch", name="Share my progress")
    await expect(switch).to_be_checked()
    await switch.focus()
    await customer.page.keyboard.press("Space")
    await expect(switch).not_to_be_checked()
    await customer.page.keyboard.press("Space")
    await expect(switch).to_be_checked()
    await customer.type_card()
    await until(lambda: link.events().count("field_completed") == 3)
    assert ["share_less", "share_all"] == [e for e in link.events() if e.startswith("share")]


async def test_what_was_chosen_elsewhere_holds_here_as_well(
    stand: Stand, open_page: OpenPage
) -> None:
    """The answer to a report says so; and a page that is loaded later knows from the start."""
    link = dressed(stand)
    customer = await open_page(link)
    await customer.ready()
    link.told = {"sharing": "coarse"}
    await customer.page.locator("h1").click()
    await expect(customer.page.locator("#share")).not_to_be_checked()

    later = dressed(stand, sharing="coarse")
    later.config = {"sharing": "coarse"}
    second = await open_page(later)
    await second.type_card()
    await until(lambda: "opened" in later.events())
    assert ["loaded", "opened"] == later.events()


async def test_where_the_merchant_has_it_so_there_is_no_switch(
    stand: Stand, open_page: OpenPage
) -> None:
    link = dressed(stand, sharing="fixed")
    link.config = {"sharing": "coarse"}
    customer = await open_page(link)
    await customer.sees("sees only that you opened this page")
    assert 0 == await customer.page.locator("#share").count()


async def test_on_a_link_for_many_a_reload_keeps_the_choice(
    stand: Stand, open_page: OpenPage
) -> None:
    link = dressed(stand)
    link.config = {"multi": True}
    customer = await _turned_down(stand, open_page, link)
    await customer.page.reload()
    await until(lambda: link.events().count("share_less") == 2)
    await expect(customer.page.locator("#share")).not_to_be_checked()
    assert "joined" not in link.events()[-2:]
