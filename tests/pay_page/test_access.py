"""Everybody can use the page: axe, keyboard, zoom, targets, right-to-left, in every state, light and dark."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Literal

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import expect

from links.pay.rendering import TEMPLATES
from tests.pay_page.customer import DESK, PHONE, Customer, OpenPage
from tests.pay_page.stand import Link, Reply, Stand, receipt_view
from tests.pay_page.test_paying import PAID, declined

pytestmark = pytest.mark.browser

MOMENT = datetime(2026, 11, 22, 13, 5, tzinfo=UTC)
SERVED = [*TEMPLATES]
LIVE = ["errors", "declined", "busy", "waiting", "processing", "bank", "receipt", "offline", "help"]
Look = tuple[dict[str, Any], Literal["light", "dark"]]
LOOKS: list[Look] = [(PHONE, "light"), (PHONE, "dark"), (DESK, "light"), (DESK, "dark")]
# Motion that fades would be measured half way.
STILL = "document.getAnimations().forEach((one) => { try { one.finish() } catch { one.cancel() } })"


async def assert_accessible(customer: Customer) -> None:
    await customer.page.evaluate(STILL)
    violations = (await Axe().run(customer.page)).response["violations"]
    found = [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in violations]
    assert found == []


async def assert_accessible_in_every_look(customer: Customer) -> None:
    for device, scheme in LOOKS:
        await customer.page.set_viewport_size(device["viewport"])
        await customer.page.emulate_media(color_scheme=scheme)
        await assert_accessible(customer)


@pytest.mark.parametrize("state", SERVED)
async def test_axe_finds_nothing_on_any_page(stand: Stand, open_page: OpenPage, state: str) -> None:
    """Every page that the server renders is clean, on phone and desk, light and dark."""
    link = stand.link(state, receipt=receipt_view(MOMENT) if state == "paid" else None)
    customer = await open_page(link)
    await customer.page.wait_for_load_state("networkidle")
    await assert_accessible_in_every_look(customer)


@pytest.mark.parametrize("state", LIVE)
async def test_axe_finds_nothing_while_paying(
    stand: Stand, open_page: OpenPage, state: str
) -> None:
    """Every state that the page reaches by itself is clean, on phone and desk, light and dark."""
    link = stand.link()
    customer = await open_page(link)
    await customer.ready()
    await reach(customer, link, state)
    await assert_accessible_in_every_look(customer)


async def reach(customer: Customer, link: Link, state: str) -> None:
    """Brings the page into one of `LIVE`."""
    live = {"processing": "processing", "waiting": "waiting", "bank": "challenge"}
    if state == "errors":
        await customer.button.click()
        await customer.sees("Please check the card details")
    elif state == "declined":
        link.answers("attempts", declined("card_declined", "Your bank declined the card."))
        await customer.pay()
        await customer.sees("Your bank declined the card.")
    elif state == "busy":
        link.answers("attempts", Reply(PAID.body, delay_seconds=15))
        await customer.pay()
        await customer.sees("Sending your payment")
    elif state in live:
        link.answers("attempts", Reply({"status": live[state], "attempt": "att_1"}))
        await customer.type_card()
        link.stands(
            "in_progress", attempt="att_1", result={"status": live[state], "attempt": "att_1"}
        )
        await customer.button.click()
        await expect(customer.waiting).to_be_visible()
    elif state == "receipt":
        link.answers("attempts", PAID)
        await customer.pay()
        await customer.sees("Payment received")
    elif state == "offline":
        await customer.context.set_offline(True)
        await customer.sees("You are offline")
    else:
        await customer.page.get_by_role("button", name="I need help").click()
        await customer.sees("The agent has been told")


async def test_a_payment_by_keyboard_alone(stand: Stand, open_page: OpenPage) -> None:
    """Tab reaches the fields and the button in the order they are read; Enter pays."""
    link = stand.link()
    link.answers("attempts", PAID)
    customer = await open_page(link, **DESK)
    await customer.ready()
    keyboard = customer.page.keyboard
    await keyboard.press("Tab")
    await expect(customer.page.locator(".languages summary")).to_be_focused()
    for name, typed in (("number", "4242424242424242"), ("expiry", "1230"), ("cvc", "123")):
        await keyboard.press("Tab")
        await expect(customer.input(name)).to_be_focused()
        await keyboard.type(typed)
    await keyboard.press("Tab")
    await expect(customer.button).to_be_focused()
    await keyboard.press("Enter")
    await customer.sees("Payment received")


@pytest.mark.parametrize("state", SERVED)
async def test_at_400_percent_nothing_scrolls_sideways(
    stand: Stand, open_page: OpenPage, state: str
) -> None:
    """1280 pixels at 400 % are 320: everything reflows."""
    link = stand.link(
        state, description="Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen" * 2
    )
    customer = await open_page(link, viewport={"width": 320, "height": 256})
    assert await customer.page.evaluate("document.documentElement.scrollWidth") <= 320


async def test_targets_are_large_enough(stand: Stand, open_page: OpenPage) -> None:
    """Buttons, labels' fields and links are at least 24 px in both directions."""
    customer = await open_page(stand.link())
    await customer.ready()
    sizes = await customer.page.locator("button:visible, .box:visible, a:visible").evaluate_all(
        "all => all.map((e) => Math.min(e.offsetWidth, e.offsetHeight))"
    )
    assert len(sizes) >= 5
    assert min(sizes) >= 24


async def test_errors_are_tied_to_their_fields_and_announced(
    stand: Stand, open_page: OpenPage
) -> None:
    """Each field's group is named by its label and described by its error, which is a live region."""
    customer = await open_page(stand.link())
    await customer.ready()
    group = customer.page.get_by_role("group", name="Card number")
    await customer.button.click()
    await expect(group).to_have_accessible_description("Enter the whole card number.")
    await expect(customer.page.locator("#error-number")).to_have_attribute("aria-live", "polite")
    await expect(customer.page.get_by_role("alert")).to_have_text(
        "Please check the card details marked below."
    )


async def test_right_to_left_is_laid_out_from_the_right(stand: Stand, open_page: OpenPage) -> None:
    """In Arabic the summary stands on the right, without rules of its own."""
    customer = await open_page(stand.link(locale="ar"), **DESK)
    summary = await customer.page.locator(".summary").bounding_box()
    form = await customer.page.locator("#panel-form").bounding_box()
    assert summary is not None
    assert form is not None
    assert summary["x"] > form["x"]


async def test_motion_is_reduced_on_request(stand: Stand, open_page: OpenPage) -> None:
    """With reduced motion the waiting thread stands still."""
    link = stand.link("in_progress")
    customer = await open_page(link, reduced_motion="reduce")
    name = await customer.page.locator(".thread").evaluate("e => getComputedStyle(e).animationName")
    assert name == "none"


async def test_forced_colours_keep_the_focus_visible(stand: Stand, open_page: OpenPage) -> None:
    """In high contrast the focused field still has its ring, and axe still finds nothing."""
    customer = await open_page(stand.link(), forced_colors="active")
    await customer.ready()
    await customer.input("number").focus()
    style = await customer.page.locator("#box-number").evaluate(
        "e => getComputedStyle(e).outlineStyle"
    )
    assert style == "solid"
    await assert_accessible(customer)


async def test_the_card_fields_take_the_pages_colours(stand: Stand, open_page: OpenPage) -> None:
    """The frames are styled for light, then for dark, as the customer's device changes."""
    customer = await open_page(stand.link())
    await customer.ready()
    await expect(customer.input("number")).to_have_css("color", "rgb(21, 33, 29)")
    await customer.page.emulate_media(color_scheme="dark")
    await expect(customer.input("number")).to_have_css("color", "rgb(232, 240, 236)")
