"""The customer pays at the PSP's own page: led there safely, taken up again on the way back, and told the truth."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import expect

from tests.pay_page.customer import Customer, OpenPage, until
from tests.pay_page.stand import ACCOUNT, Link, Reply, Stand
from tests.pay_page.test_paying import PAID, RECEIPT, declined

pytestmark = pytest.mark.browser


def hosted(stand: Stand) -> str:
    return f"{stand.psp_origin}/hosted"


def challenge(stand: Stand) -> Reply:
    return Reply({"status": "challenge", "attempt": "att_7", "url": hosted(stand)})


def a_link(stand: Stand) -> Link:
    link = stand.link(provider="mollie")
    link.answers("attempts", challenge(stand))
    return link


async def go(stand: Stand, link: Link, customer: Customer) -> None:
    """Presses the button, and is at the PSP's page."""
    await customer.button.click()
    await customer.page.wait_for_url(hosted(stand))
    link.stands("in_progress", attempt="att_7", result={"status": "challenge", "attempt": "att_7"})
    link.attempt = "att_7"


async def test_the_press_leads_to_the_psp(stand: Stand, open_page: OpenPage) -> None:
    """No fields and no script of the PSP's; the press has a name of its own."""
    link = a_link(stand)
    customer = await open_page(link)
    await customer.sees("Payment continues on the secure page of the payment provider.")
    assert await customer.page.locator("iframe, [id^=box-]").count() == 0
    await go(stand, link, customer)
    (attempt,) = link.posts("attempts")
    assert re.fullmatch(r"redirect_[0-9a-f]{32}", attempt["method"])
    assert attempt["account"] == ACCOUNT
    assert attempt["amount"] == 4999


async def test_coming_back_asks_once_and_shows_the_receipt(
    stand: Stand, open_page: OpenPage
) -> None:
    """The server is asked by itself, without a press."""
    link = a_link(stand)
    link.answers("attempts/att_7/resume", PAID)
    customer = await open_page(link)
    await go(stand, link, customer)
    await customer.page.goto(stand.url(link))
    await customer.sees("Payment received")
    assert len(link.posts("attempts/att_7/resume")) == 1


@pytest.mark.parametrize("state", ["in_progress", "payable"])
async def test_a_decline_at_the_psp_is_told_and_the_next_press_is_another(
    stand: Stand, open_page: OpenPage, state: str
) -> None:
    """Whether our server has heard of it before or only now."""
    link = a_link(stand)
    link.answers(
        "attempts/att_7/resume", declined("card_declined", "The bank said no.", attempt="att_7")
    )
    customer = await open_page(link)
    await go(stand, link, customer)
    if state == "payable":
        link.stands("payable", result={"status": "declined", "attempt": "att_7"})
        link.attempt = None
    await customer.page.goto(stand.url(link))
    await customer.sees("The bank said no.")
    link.answers("attempts", PAID)
    await customer.button.click()
    await customer.sees("Payment received")
    first, second = (body["method"] for body in link.posts("attempts"))
    assert first != second


async def test_what_is_still_open_can_be_continued(stand: Stand, open_page: OpenPage) -> None:
    """ "Continue to payment" leads to the same page again."""
    link = a_link(stand)
    link.answers("attempts/att_7/resume", challenge(stand))
    customer = await open_page(link)
    await go(stand, link, customer)
    await customer.page.goto(stand.url(link))
    await customer.sees("Your payment is not finished")
    await customer.page.get_by_role("button", name="Continue to payment").click()
    await customer.page.wait_for_url(hosted(stand))
    assert len(link.posts("attempts")) == 1


async def test_going_back_in_the_browser_is_coming_back(stand: Stand, open_page: OpenPage) -> None:
    """The back button, whether or not the browser kept the page as it was."""
    link = a_link(stand)
    link.answers("attempts/att_7/resume", challenge(stand))
    customer = await open_page(link)
    await go(stand, link, customer)
    await customer.page.go_back()
    await customer.sees("Your payment is not finished")
    assert len(link.posts("attempts/att_7/resume")) == 1


async def test_a_page_that_the_browser_kept_takes_it_up_again(
    stand: Stand, open_page: OpenPage
) -> None:
    """`pageshow` of a kept page, which no load precedes."""
    link = a_link(stand)
    link.answers("attempts/att_7/resume", challenge(stand))
    customer = await open_page(link)
    # No content: the browser stays where it is.
    await customer.page.route("**/hosted", lambda route: route.fulfill(status=204))
    await customer.button.click()
    await customer.sees("Taking you to the payment provider")
    link.stands("in_progress", attempt="att_7", result={"status": "challenge", "attempt": "att_7"})
    await customer.page.evaluate(
        "dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))"
    )
    await customer.sees("Your payment is not finished")


async def test_another_way_gives_the_first_up(stand: Stand, open_page: OpenPage) -> None:
    """ "Pay another way" abandons the attempt at our server, and the button is offered again."""
    link = a_link(stand)
    link.answers("attempts/att_7/resume", challenge(stand))
    link.answers("attempts/att_7/abandon", Reply({"status": "abandoned", "attempt": "att_7"}))
    customer = await open_page(link)
    await go(stand, link, customer)
    await customer.page.goto(stand.url(link))
    await customer.page.get_by_role("button", name="Pay another way").click()
    await customer.sees("Nothing was charged. You can start the payment again")
    await expect(customer.button).to_be_visible()


async def test_a_payment_that_the_psp_keeps_open_is_said_to_be(
    stand: Stand, open_page: OpenPage
) -> None:
    """What cannot be taken back blocks the next payment, and leads nowhere unasked."""
    link = a_link(stand)
    link.answers("attempts/att_7/resume", challenge(stand))
    link.answers("attempts/att_7/abandon", challenge(stand))
    customer = await open_page(link)
    await go(stand, link, customer)
    await customer.page.goto(stand.url(link))
    await customer.page.get_by_role("button", name="Pay another way").click()
    await customer.sees("This payment is still open")
    await expect(customer.page.get_by_role("button", name="Pay another way")).to_have_count(0)
    await customer.page.get_by_role("button", name="Continue to payment").click()
    await customer.page.wait_for_url(hosted(stand))


async def test_a_tab_that_began_nothing_says_elsewhere(stand: Stand, open_page: OpenPage) -> None:
    """Another device has no memory of it, and is led nowhere."""
    link = stand.link("in_progress", provider="mollie")
    link.attempt = "att_7"
    link.stands("in_progress", attempt="att_7", result={"status": "challenge", "attempt": "att_7"})
    customer = await open_page(link)
    await customer.sees("A payment is already in progress on another device or tab")
    link.stands("paid", receipt=RECEIPT)
    await customer.sees("Payment received")


@pytest.mark.parametrize(
    "url", ["http://psp.example/pay", "javascript:document.title=1", "nowhere"]
)
async def test_nobody_is_led_to_an_address_that_is_not_safe(
    stand: Stand, open_page: OpenPage, url: str
) -> None:
    """Without encryption, or with a script for an address, the page stays."""
    link = a_link(stand)
    link.answers("attempts", Reply({"status": "challenge", "attempt": "att_7", "url": url}))
    customer = await open_page(link)
    await customer.button.click()
    await customer.sees("Your payment is not finished")
    assert customer.page.url == stand.url(link)


async def test_held_money_that_somebody_looks_at_is_told_so(
    stand: Stand, open_page: OpenPage
) -> None:
    """There is nothing more to do for the customer; what comes of it is shown by itself."""
    link = a_link(stand)
    answer = {"status": "review", "attempt": "att_7"}
    link.answers("attempts", Reply(answer))
    customer = await open_page(link)
    link.stands("in_progress", attempt="att_7", result=answer)
    await customer.button.click()
    await customer.sees("Your payment is being checked")
    await customer.sees("You need do nothing more; Acme Outfitters will tell you.")
    link.stands("paid", receipt=RECEIPT)
    await customer.sees("Payment received")


@pytest.mark.parametrize(
    ("provider", "words"),
    [
        ("adyen", "Please enter your card once more: your payment was not taken."),
        ("mollie", "Please press the button once more: your payment was not taken."),
    ],
)
async def test_another_psp_takes_the_place_of_one_that_cannot_be_reached(
    stand: Stand, open_page: OpenPage, provider: str, words: str
) -> None:
    """The page is loaded anew with the other PSP's way to pay, and says why, once."""
    link = stand.link()
    link.answers("attempts", Reply({"code": "psp_changed"}, status=409))
    customer = await open_page(link)
    await customer.type_card()
    link.provider = provider
    await customer.button.click()
    await customer.sees(words)
    await expect(customer.page.locator("#box-number")).to_have_count(0)
    await until(lambda: link.events().count("loaded") == 2)
    await customer.page.reload()
    await expect(customer.button).to_be_visible()
    await expect(customer.alert).to_be_empty()
