"""Adyen's component on the page: the same steps, words and one press; what the bank gave is handed in."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.async_api import Locator, expect

from tests.pay_page.customer import GOOD, Customer, OpenPage, until
from tests.pay_page.stand import ACCOUNT, Link, Reply, Stand
from tests.pay_page.test_paying import PAID, declined

pytestmark = pytest.mark.browser

ACTION = {"type": "threeDS2", "subtype": "challenge", "token": "e30="}
CHALLENGE = Reply({"status": "challenge", "attempt": "att_7", "action": ACTION})
LABELS = {"Card number": GOOD, "Expiry date": "1230", "Security code": "123"}


def field(customer: Customer, label: str) -> Locator:
    wrapper = customer.page.locator(".adyen-checkout__field").filter(has_text=label)
    return wrapper.frame_locator("iframe").get_by_role("textbox", name=label)


async def type_card(customer: Customer, number: str = GOOD) -> None:
    for label, digits in LABELS.items():
        await field(customer, label).fill(number if label == "Card number" else digits)


async def press(customer: Customer, link: Link, typed: int = 3) -> None:
    """Presses the button once the page has heard of every field."""
    await until(lambda: link.events().count("field_completed") >= typed)
    await customer.button.click()


def methods(link: Link) -> list[dict[str, Any]]:
    return [json.loads(body["method"]) for body in link.posts("attempts")]


async def test_a_card_is_paid_through_the_component(stand: Stand, open_page: OpenPage) -> None:
    """The method is what the component encrypted, with the browser beside it, and nothing else of its state."""
    link = stand.link(provider="adyen")
    link.answers("attempts", PAID)
    customer = await open_page(link)
    await type_card(customer)
    await press(customer, link)
    await customer.sees("Payment received")
    (attempt,) = link.posts("attempts")
    assert attempt["account"] == ACCOUNT
    (method,) = methods(link)
    browser = method.pop("browserInfo")
    assert list(browser) == ["language"]
    assert method == {
        "type": "scheme",
        "encryptedCardNumber": "adyenjs_encryptedCardNumber_4242",
        "encryptedExpiryMonth": "adyenjs_encryptedExpiryMonth_1230",
        "encryptedExpiryYear": "adyenjs_encryptedExpiryYear_1230",
        "encryptedSecurityCode": "adyenjs_encryptedSecurityCode_123",
        "brand": "visa",
    }


async def test_each_field_is_reported_as_any_psps(stand: Stand, open_page: OpenPage) -> None:
    """Focus, completion and errors have our names, whatever Adyen calls them."""
    link = stand.link(provider="adyen")
    customer = await open_page(link)
    await type_card(customer, "4242424242424241")
    await until(lambda: link.events().count("field_completed") == 2)
    told = [body for body in link.posts("progress") if body["event"].startswith("field_")]
    assert [body["field"] for body in told if body["event"] == "field_focused"] == [
        "number",
        "expiry",
        "cvc",
    ]
    assert [(body["field"], body["code"]) for body in told if body["event"] == "field_invalid"] == [
        ("number", "invalid_number")
    ]
    await customer.page.get_by_text("Adyen says cc.num.902").wait_for()


async def test_what_is_missing_is_said_by_the_component(stand: Stand, open_page: OpenPage) -> None:
    """Pressing with fields empty submits nothing; the first field that lacks something is moved to."""
    link = stand.link(provider="adyen")
    customer = await open_page(link)
    await field(customer, "Card number").fill(GOOD)
    await until(lambda: "field_completed" in link.events())
    await customer.button.click()
    await customer.sees("Please check the card details marked below.")
    await customer.sees("Adyen says cc.dat.910")
    await expect(field(customer, "Expiry date")).to_be_focused()
    assert link.posts("attempts") == []


async def test_a_decline_empties_the_component_and_another_card_pays(
    stand: Stand, open_page: OpenPage
) -> None:
    """A component cannot be emptied, so a new one takes its place, with the customer in its first field."""
    link = stand.link(provider="adyen")
    link.answers("attempts", declined("insufficient_funds", "Not enough money on this card."), PAID)
    customer = await open_page(link)
    await type_card(customer, "4000000000009995")
    await press(customer, link)
    await customer.sees("Not enough money on this card.")
    await expect(field(customer, "Card number")).to_have_value("")
    await expect(field(customer, "Card number")).to_be_focused()
    await type_card(customer)
    await press(customer, link, 6)
    await customer.sees("Payment received")
    numbers = [method["encryptedCardNumber"] for method in methods(link)]
    assert numbers == ["adyenjs_encryptedCardNumber_9995", "adyenjs_encryptedCardNumber_4242"]
    assert [body["field"] for body in link.posts("progress") if body.get("again")] == ["number"]


async def test_the_same_card_pressed_again_is_another_submission(
    stand: Stand, open_page: OpenPage
) -> None:
    """Our server knows a submission by its text, and Adyen's is the same as long as nothing is typed."""
    link = stand.link(provider="adyen")
    link.answers("attempts", declined("processing_error", "Try again.", retryable=True), PAID)
    customer = await open_page(link)
    await type_card(customer)
    await press(customer, link)
    await customer.sees("Try again.")
    await customer.button.click()
    await customer.sees("Payment received")
    first, second = (body["method"] for body in link.posts("attempts"))
    assert first != second
    assert json.loads(first) == json.loads(second)


@pytest.mark.parametrize("choice", ["Complete", "Fail"])
async def test_what_the_bank_gave_is_handed_to_our_server(
    stand: Stand, open_page: OpenPage, choice: str
) -> None:
    """The challenge is shown in the page; its details go to our server, whose answer is shown."""
    link = stand.link(provider="adyen")
    link.answers("attempts", CHALLENGE)
    failed = declined("authentication_failed", "", retryable=True, attempt="att_7")
    link.answers("attempts/att_7/resume", PAID if choice == "Complete" else failed)
    customer = await open_page(link)
    await type_card(customer)
    await press(customer, link)
    await customer.sees("Your bank wants to check that it is you")
    bank = customer.page.frame_locator("#challenge iframe[title='Your bank']")
    await bank.get_by_text(choice).click()
    if choice == "Complete":
        await customer.sees("Payment received")
    else:
        await customer.sees("Your bank could not confirm that it was you")
    (resumed,) = link.posts("attempts/att_7/resume")
    assert resumed["details"] == {"details": {"threeDSResult": choice}}
    await expect(customer.page.locator("#challenge")).to_be_empty()


async def test_a_challenge_under_way_can_be_given_up(stand: Stand, open_page: OpenPage) -> None:
    """ "Use another card" stands under the bank's question, which goes away."""
    link = stand.link(provider="adyen")
    link.answers("attempts", CHALLENGE)
    link.answers("attempts/att_7/abandon", Reply({"status": "abandoned", "attempt": "att_7"}))
    customer = await open_page(link)
    await type_card(customer)
    await press(customer, link)
    await customer.page.frame_locator("#challenge iframe").get_by_text("Complete").wait_for()
    # By the keyboard: a click right after scrolling may still fall into the bank's frame, which is another process's.
    await customer.page.get_by_role("button", name="Use another card").press("Enter")
    await customer.sees("You can use another card now.")
    await expect(customer.page.locator("#challenge")).to_be_empty()
    assert link.posts("attempts/att_7/resume") == []


async def test_details_in_the_address_are_handed_in_once_and_leave_it(
    stand: Stand, open_page: OpenPage
) -> None:
    """Where the bank has asked on a page of its own, Adyen's word comes in our address, even to another tab."""
    link = stand.link("in_progress", provider="adyen")
    link.attempt = "att_7"
    link.answers("attempts/att_7/resume", PAID)
    customer = await open_page(link, query="?redirectResult=X6XtfGC3")
    await customer.sees("Payment received")
    (resumed,) = link.posts("attempts/att_7/resume")
    assert resumed["details"] == {"details": {"redirectResult": "X6XtfGC3"}}
    assert customer.page.url == stand.url(link)
