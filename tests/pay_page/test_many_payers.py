"""The page of a link that many pay with: each tab is a payer of its own, and finds its own payment again."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import expect

from tests.pay_page.customer import OpenPage
from tests.pay_page.stand import Link, Reply, Stand

pytestmark = pytest.mark.browser

RECEIPT = {
    "amount_text": "£49.99",
    "reference": "ORDER-10433",
    "merchant": "Acme Outfitters",
    "paid_at": "2026-11-22T13:05:00Z",
    "card": "Visa •••• 4242",
    "payment": "pay_01J9ZC3K5T",
}
PAID = Reply({"status": "paid", "attempt": "att_1", "receipt": RECEIPT})
KEY = re.compile(r"[0-9a-f]{32}")


def for_many(stand: Stand) -> Link:
    link = stand.link()
    link.config["multi"] = True
    return link


def payers(link: Link, path: str = "attempts") -> list[str | None]:
    return [sent.payer for sent in link.requests if sent.path == path]


async def test_each_tab_makes_up_a_key_that_nobody_can_guess(
    stand: Stand, open_page: OpenPage
) -> None:
    link = for_many(stand)
    link.answers("attempts", PAID)
    for _ in range(2):
        customer = await open_page(link)
        await customer.pay()
        await customer.sees("Payment received")
    ann, bob = payers(link)

    assert ann is not None
    assert bob is not None
    assert KEY.fullmatch(ann)
    assert KEY.fullmatch(bob)
    assert ann != bob


async def test_a_retry_after_a_decline_is_the_same_payers(
    stand: Stand, open_page: OpenPage
) -> None:
    link = for_many(stand)
    problem = {"code": "do_not_honor", "customer_message": "Declined.", "retryable": False}
    link.answers(
        "attempts", Reply({"status": "declined", "attempt": "att_1", "problem": problem}), PAID
    )
    customer = await open_page(link)
    await customer.pay("4000000000000002")
    await customer.sees("Declined.")
    await customer.pay()
    await customer.sees("Payment received")

    assert 1 == len(set(payers(link)))


async def test_a_reload_finds_the_payers_own_payment(stand: Stand, open_page: OpenPage) -> None:
    """The page is the same for everybody; the tab asks for its own."""
    link = for_many(stand)
    link.answers("attempts", Reply({"status": "waiting", "attempt": "att_1"}))
    customer = await open_page(link)
    await customer.type_card()
    link.state.update(
        state="in_progress", attempt="att_1", result={"status": "waiting", "attempt": "att_1"}
    )
    await customer.button.click()
    await customer.sees("Your bank has not answered yet")
    await customer.page.reload()
    await customer.sees("Your bank has not answered yet")
    link.state.update(state="paid", attempt=None, result=PAID.body, receipt=RECEIPT)
    await customer.sees("Payment received")

    assert 1 == len(payers(link))
    assert payers(link)[0] == link.payers_asking[-1]


async def test_the_key_survives_a_reload_where_storage_is_switched_off(
    stand: Stand, open_page: OpenPage
) -> None:
    link = for_many(stand)
    link.answers("attempts", PAID)
    customer = await open_page(link)
    await customer.page.add_init_script(
        "Object.defineProperty(window, 'sessionStorage', { get() { throw new DOMException('off'); } })"
    )
    await customer.page.reload()
    await customer.pay()
    await customer.sees("Payment received")
    link.state.update(state="paid", result=PAID.body, receipt=RECEIPT)
    await customer.page.reload()
    await customer.sees("Payment received")

    assert payers(link)[0] == link.payers_asking[-1]


async def test_another_payment_is_another_payers(stand: Stand, open_page: OpenPage) -> None:
    """The next person at a shared tablet, or a second contribution."""
    link = for_many(stand)
    link.answers("attempts", PAID)
    customer = await open_page(link)
    await customer.pay()
    await customer.sees("Payment received")
    await customer.page.get_by_role("button", name="Make another payment").click()
    await customer.ready()
    await expect(customer.page.locator("#panel-form")).to_be_visible()
    await customer.pay()
    await customer.sees("Payment received")

    assert 2 == len(set(payers(link)))


async def test_a_link_for_one_makes_up_no_key(stand: Stand, open_page: OpenPage) -> None:
    link = stand.link()
    link.answers("attempts", PAID)
    customer = await open_page(link)
    await customer.pay()
    await customer.sees("Payment received")
    await expect(customer.page.locator("#more")).to_be_hidden()

    assert [None] == payers(link)
    assert {None} >= set(link.payers_asking)


async def test_whoever_was_paying_as_the_link_ended_is_shown_their_own_payment(
    stand: Stand, open_page: OpenPage
) -> None:
    link = for_many(stand)
    link.answers("attempts", Reply({"status": "waiting", "attempt": "att_1"}))
    customer = await open_page(link)
    await customer.type_card()
    link.state.update(
        state="in_progress", attempt="att_1", result={"status": "waiting", "attempt": "att_1"}
    )
    await customer.button.click()
    await customer.sees("Your bank has not answered yet")
    link.ends_for_others()
    await customer.page.reload()
    await customer.sees("Your bank has not answered yet")
    link.state.update(state="paid", attempt=None, result=PAID.body, receipt=RECEIPT)
    await customer.sees("Payment received")


async def test_everybody_else_sees_that_the_link_has_ended(
    stand: Stand, open_page: OpenPage
) -> None:
    """Also whoever comes to find a payment that is not there: no page goes round in circles."""
    link = for_many(stand)
    link.ends_for_others()
    stranger = await open_page(link)
    await stranger.sees("This link has expired")
    await stranger.page.goto(f"{stand.url(link)}?own")
    await stranger.sees("This link has expired")
    assert stranger.page.url == stand.url(link)
