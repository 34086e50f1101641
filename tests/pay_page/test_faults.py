"""The network, the PSP or the server fails: nothing is charged twice and the customer knows where they are."""

from __future__ import annotations

import asyncio

import pytest
from playwright.async_api import Route, expect

from tests.pay_page.customer import OpenPage, until
from tests.pay_page.stand import Reply, Stand
from tests.pay_page.test_paying import PAID, RECEIPT

pytestmark = pytest.mark.browser


async def test_a_lost_answer_is_never_sent_again(stand: Stand, open_page: OpenPage) -> None:
    """The server took the payment, its answer was cut off: the page asks what became of it."""
    link = stand.link()
    link.answers("attempts", PAID)
    customer = await open_page(link)
    await customer.type_card()

    async def cut(route: Route) -> None:
        await route.fetch()
        link.stands("paid", receipt=RECEIPT)
        await route.abort()

    await customer.page.route("**/attempts", cut)
    await customer.button.click()
    await customer.sees("Payment received")
    assert len(link.posts("attempts")) == 1


async def test_a_payment_that_never_arrived_is_offered_again(
    stand: Stand, open_page: OpenPage
) -> None:
    """Two answers that know of no attempt, and only then the button is free; the customer presses it."""
    link = stand.link()
    link.answers("attempts", PAID)
    customer = await open_page(link)
    await customer.type_card()
    await customer.page.route("**/attempts", lambda route: route.abort())
    asked = link.state_asked
    await customer.button.click()
    await customer.sees("Your payment did not reach us and nothing was charged.")
    assert link.state_asked >= asked + 2
    assert link.posts("attempts") == []
    await customer.page.unroute("**/attempts")
    await expect(customer.button).to_have_attribute("aria-disabled", "false")
    await customer.button.click()
    await customer.sees("Payment received")


async def test_a_broken_server_leaves_the_fate_open(stand: Stand, open_page: OpenPage) -> None:
    """A 500 says nothing about the money: the state decides."""
    link = stand.link()
    link.answers("attempts", Reply({"code": "internal_error"}, status=500))
    customer = await open_page(link)
    await customer.type_card()
    link.stands("in_progress", attempt="att_1")
    await customer.button.click()
    await expect(customer.waiting).to_be_visible()
    link.stands("payable", result={"status": "declined", "attempt": "att_1", "problem": None})
    await customer.sees("The card was declined. Nothing was charged.")


async def test_news_from_before_a_payment_do_not_speak_over_its_end(
    stand: Stand, open_page: OpenPage
) -> None:
    """The answer to a question that was open while the card was declined comes late, and is not believed."""
    declined = {"status": "declined", "attempt": "att_1", "problem": None}
    link = stand.link()
    link.config["live"] = 20
    link.answers("attempts", Reply(declined))
    held, let_go = asyncio.Event(), asyncio.Event()
    customer = await open_page(link)

    async def hold(route: Route) -> None:
        if let_go.is_set():
            await route.continue_()
        else:
            held.set()
            await let_go.wait()
            await route.fulfill(json={**link.state, "state": "in_progress", "result": None})

    await customer.page.route("**/state?*", hold)
    await customer.type_card()
    await asyncio.wait_for(held.wait(), 10)
    await customer.button.click()
    await customer.sees("The card was declined")
    link.stands("payable", result=declined)
    asked = link.state_asked
    let_go.set()
    await until(lambda: link.state_asked > asked + 1)
    await expect(customer.alert).to_contain_text("The card was declined")
    await expect(customer.waiting).to_be_hidden()


async def test_an_old_decline_is_not_told_twice(stand: Stand, open_page: OpenPage) -> None:
    """What was declined before this page was opened is no news about the payment just sent."""
    link = stand.link()
    link.stands("payable", result={"status": "declined", "attempt": "att_0", "problem": None})
    customer = await open_page(link)
    await customer.type_card()
    await customer.page.route("**/attempts", lambda route: route.abort())
    await customer.button.click()
    await customer.sees("Your payment did not reach us")


async def test_offline_before_paying_loses_nothing(stand: Stand, open_page: OpenPage) -> None:
    """The page says that it is offline, keeps what was typed, and pays once the line is back."""
    link = stand.link()
    link.answers("attempts", PAID)
    customer = await open_page(link)
    await customer.type_card()
    await customer.context.set_offline(True)
    await customer.sees("You are offline; nothing has been lost.")
    await customer.button.click()
    await customer.sees("nothing has been lost and nothing was charged")
    await customer.context.set_offline(False)
    await customer.sees("You are online again.")
    await customer.button.click()
    await customer.sees("Payment received")
    assert len(link.posts("attempts")) == 1


async def test_offline_while_waiting_carries_on(stand: Stand, open_page: OpenPage) -> None:
    """The line goes while the fate is unknown: the page says so and finds out when it is back."""
    link = stand.link()
    link.answers("attempts", Reply({"status": "waiting", "attempt": "att_1"}))
    customer = await open_page(link)
    await customer.type_card()
    link.stands("in_progress", attempt="att_1")
    await customer.button.click()
    await customer.sees("Your bank has not answered yet")
    await customer.context.set_offline(True)
    await customer.sees("Waiting for the connection")
    link.stands("paid", receipt=RECEIPT)
    await customer.context.set_offline(False)
    await customer.sees("Payment received")


async def test_a_lost_resume_is_asked_again(stand: Stand, open_page: OpenPage) -> None:
    """Asking how a challenge went changes nothing, so it is asked until it is answered."""
    link = stand.link()
    link.answers(
        "attempts", Reply({"status": "challenge", "attempt": "att_7", "client_secret": "s"})
    )
    link.answers("attempts/att_7/resume", Reply({}, status=502), PAID)
    customer = await open_page(link)
    await customer.pay()
    await customer.page.frame_locator("iframe[title='Your bank']").get_by_text("Complete").click()
    await customer.sees("Payment received")
    assert len(link.posts("attempts/att_7/resume")) == 2


async def test_too_many_tries_count_down(stand: Stand, open_page: OpenPage) -> None:
    """429 tells how long to wait, keeps the card, and frees the button in time."""
    link = stand.link()
    busy = Reply({"code": "rate_limited"}, status=429, headers={"Retry-After": "2"})
    link.answers("attempts", busy, PAID)
    customer = await open_page(link)
    await customer.pay()
    await customer.sees("Too many tries")
    await customer.sees("You can try again in")
    await customer.button.press("Enter")
    await customer.sees("You can try again now.")
    await customer.button.click()
    await customer.sees("Payment received")
    assert len(link.posts("attempts")) == 2


async def test_an_unreachable_psp_charged_nothing(stand: Stand, open_page: OpenPage) -> None:
    """503 psp_unavailable keeps the card and asks to try again."""
    link = stand.link()
    link.answers("attempts", Reply({"code": "psp_unavailable"}, status=503), PAID)
    customer = await open_page(link)
    await customer.pay()
    await customer.sees("The payment provider cannot be reached just now. Nothing was charged.")
    await customer.button.click()
    await customer.sees("Payment received")


async def test_a_card_that_the_server_cannot_use_is_told(stand: Stand, open_page: OpenPage) -> None:
    """`method_unusable` charged nothing and asks for another card."""
    link = stand.link()
    link.answers("attempts", Reply({"code": "method_unusable"}, status=422))
    customer = await open_page(link)
    await customer.pay()
    await customer.sees("The card could not be read. Nothing was charged.")
    await expect(customer.alert).to_be_focused()


async def test_the_psp_script_can_be_fetched_again(stand: Stand, open_page: OpenPage) -> None:
    """Without the PSP's script the page says so; "Try again" loads it without losing the page."""
    link = stand.link()
    stand.script_broken = True
    try:
        customer = await open_page(link)
        await customer.sees("The secure card form did not load.")
        assert await customer.page.locator("h1").inner_text() == "Pay Acme Outfitters"
        await customer.button.click()
        await customer.sees("The card form is still loading.")
    finally:
        stand.script_broken = False
    link.answers("attempts", PAID)
    await customer.page.get_by_role("button", name="Try again").click()
    await customer.pay()
    await customer.sees("Payment received")


async def test_who_what_and_how_much_come_before_the_psp(stand: Stand, open_page: OpenPage) -> None:
    """The PSP's script may be slow: the page is there, and nothing is said to be wrong yet."""
    link = stand.link()
    customer = await open_page(stand.link("expired"))
    await customer.page.route("**/v3/", lambda route: None)
    await customer.page.goto(stand.url(link), wait_until="commit")
    await customer.sees("£49.99")
    await customer.sees("Winter boots and a wool hat")
    await expect(customer.button).to_be_visible()
    await expect(customer.page.locator("#script-failed")).to_be_hidden()


async def test_without_javascript_the_page_says_what_to_do(
    stand: Stand, open_page: OpenPage
) -> None:
    """No form that cannot work; what to do instead."""
    customer = await open_page(stand.link(), java_script_enabled=False)
    words = customer.page.locator("noscript .panel")
    await expect(words).to_be_visible()
    await expect(words).to_contain_text("This page needs JavaScript")
    await expect(words).to_contain_text("Nothing has been charged.")
    await expect(customer.button).to_be_hidden()
