"""The customer pays: one press, one payment, and every answer of the server shown as it is."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.pay_page.customer import DESK, OpenPage, until
from tests.pay_page.stand import ACCOUNT, Reply, Stand

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


def declined(code: str, words: str, *, retryable: bool = False, attempt: str = "att_1") -> Reply:
    problem = {"code": code, "customer_message": words, "retryable": retryable}
    return Reply({"status": "declined", "attempt": attempt, "problem": problem})


async def test_a_card_is_paid_and_the_receipt_is_shown(stand: Stand, open_page: OpenPage) -> None:
    """Card, button, receipt; the attempt carries the PSP's name for the card and what the customer was shown."""
    link = stand.link()
    link.answers("attempts", PAID)
    customer = await open_page(link)
    await customer.pay()
    await customer.sees("Payment received")
    await customer.sees("Visa •••• 4242")
    await customer.sees("pay_01J9ZC3K5T")
    (attempt,) = link.posts("attempts")
    assert {**attempt, "page": "…"} == {
        "page": "…",
        "method": "pm_4242",
        "account": ACCOUNT,
        "revision": 3,
        "amount": 4999,
        "device": "mobile",
    }
    assert all(sent.nonce for sent in link.requests)
    assert await customer.page.evaluate("document.activeElement.id") == "receipt-title"


async def test_a_double_press_submits_once(stand: Stand, open_page: OpenPage) -> None:
    """Two clicks and an Enter in a row make one attempt."""
    link = stand.link()
    link.answers("attempts", Reply(PAID.body, delay_seconds=1))
    customer = await open_page(link)
    await customer.type_card()
    await customer.button.dblclick()
    await customer.button.press("Enter")
    await expect(customer.button).to_have_attribute("aria-disabled", "true")
    assert await customer.button.inner_text() == "Pay £49.99"
    await customer.sees("Payment received")
    assert len(link.posts("attempts")) == 1


async def test_unfinished_fields_are_named_and_the_first_is_focused(
    stand: Stand, open_page: OpenPage
) -> None:
    """Pressing with fields empty submits nothing, tells each field what it lacks and moves to the first."""
    link = stand.link()
    customer = await open_page(link)
    await customer.ready()
    await customer.input("number").fill("4242424242424242")
    await customer.button.click()
    await customer.sees("Enter the month and year when the card expires.")
    await customer.sees("Enter the security code")
    await expect(customer.page.locator("#error-number")).to_be_empty()
    await expect(customer.input("expiry")).to_be_focused()
    assert link.posts("attempts") == []


async def test_a_label_focuses_its_field(stand: Stand, open_page: OpenPage) -> None:
    """The visible label belongs to the PSP's field."""
    customer = await open_page(stand.link())
    await customer.ready()
    await customer.page.get_by_text("Security code", exact=True).click()
    await expect(customer.input("cvc")).to_be_focused()
    await expect(customer.page.locator("#box-cvc")).to_have_class("box ready focus")


async def test_a_decline_clears_the_fields_and_another_card_pays(
    stand: Stand, open_page: OpenPage
) -> None:
    """The decline says why in plain words; the same page takes another card."""
    link = stand.link()
    link.answers("attempts", declined("insufficient_funds", "Not enough money on this card."), PAID)
    customer = await open_page(link)
    await customer.pay("4000000000009995")
    await customer.sees("Not enough money on this card.")
    await expect(customer.input("number")).to_have_value("")
    await expect(customer.input("cvc")).to_have_value("")
    await expect(customer.input("number")).to_be_focused()
    await customer.pay()
    await customer.sees("Payment received")
    assert [body["method"] for body in link.posts("attempts")] == ["pm_9995", "pm_4242"]
    again = [body["field"] for body in link.posts("progress") if body.get("again")]
    assert ["number"] == again, "typing anew is told once, and our own moving of the focus is not"


async def test_a_wrong_security_code_clears_that_field_alone(
    stand: Stand, open_page: OpenPage
) -> None:
    """The number need not be typed again when the security code was wrong."""
    link = stand.link()
    link.answers("attempts", declined("incorrect_cvc", "The security code is wrong."))
    customer = await open_page(link)
    await customer.pay()
    await customer.sees("The security code is wrong.")
    await expect(customer.input("cvc")).to_have_value("")
    await expect(customer.input("cvc")).to_be_focused()
    assert await customer.input("number").input_value() == "4242424242424242"


@pytest.mark.parametrize("choice", ["Complete", "Fail"])
async def test_the_bank_challenge_ends_as_the_server_says(
    stand: Stand, open_page: OpenPage, choice: str
) -> None:
    """After the challenge the server is asked, and its answer is shown, whatever the browser believed."""
    link = stand.link()
    link.answers(
        "attempts", Reply({"status": "challenge", "attempt": "att_7", "client_secret": "pi_1_s"})
    )
    failed = declined("authentication_failed", "", retryable=True, attempt="att_7")
    link.answers("attempts/att_7/resume", PAID if choice == "Complete" else failed)
    customer = await open_page(link)
    await customer.pay()
    await customer.sees("Your bank wants to check that it is you")
    await customer.page.frame_locator("iframe[title='Your bank']").get_by_text(choice).click()
    if choice == "Complete":
        await customer.sees("Payment received")
    else:
        await customer.sees("Your bank could not confirm that it was you")
        assert await customer.input("number").input_value() == "4242424242424242"
        assert not [body for body in link.posts("progress") if body.get("again")]
        await customer.input("number").fill("5555555555554444")
        await until(lambda: any(body.get("again") for body in link.posts("progress")))
    assert len(link.posts("attempts/att_7/resume")) == 1


async def test_a_challenge_survives_a_reload(stand: Stand, open_page: OpenPage) -> None:
    """After a reload the same tab offers to continue with the bank, and the page keeps no secret meanwhile."""
    link = stand.link()
    challenge = {"status": "challenge", "attempt": "att_7", "client_secret": "pi_1_s"}
    link.answers("attempts", Reply(challenge))
    link.answers("attempts/att_7/resume", Reply(challenge), PAID)
    customer = await open_page(link)
    await customer.pay()
    await customer.sees("Your bank wants to check that it is you")
    link.stands("in_progress", attempt="att_7", result={"status": "challenge", "attempt": "att_7"})
    link.attempt = "att_7"
    stored = await customer.page.evaluate("Object.values(sessionStorage).sort().join()")
    assert stored == "1,att_7"
    await customer.page.reload()
    await customer.page.get_by_role("button", name="Continue with your bank").click()
    await customer.page.frame_locator("iframe[title='Your bank']").get_by_text("Complete").click()
    await customer.sees("Payment received")


async def test_a_challenge_can_be_given_up_for_another_card(
    stand: Stand, open_page: OpenPage
) -> None:
    """ "Use another card" abandons the attempt at the server, and the form takes a new card."""
    link = stand.link("in_progress")
    link.attempt = "att_7"
    live = {"status": "challenge", "attempt": "att_7", "client_secret": "pi_1_s"}
    link.stands("payable")
    link.answers("attempts", Reply(live), PAID)
    link.answers("attempts/att_7/resume", Reply(live))
    link.answers("attempts/att_7/abandon", Reply({"status": "abandoned", "attempt": "att_7"}))
    customer = await open_page(link)
    await customer.pay()
    link.stands("in_progress", attempt="att_7", result=live)
    await customer.page.frame_locator("iframe[title='Your bank']").get_by_text("Complete").click()
    await customer.sees("Your bank is waiting for you")
    await customer.page.get_by_role("button", name="Use another card").click()
    await customer.sees("You can use another card now.")
    await customer.pay()
    await customer.sees("Payment received")


async def test_another_tab_sees_the_payment_and_offers_none(
    stand: Stand, open_page: OpenPage
) -> None:
    """An attempt elsewhere: no button, the result arrives by itself; once it ends unpaid, the form is offered."""
    link = stand.link("in_progress")
    link.attempt = "att_9"
    link.stands("in_progress", attempt="att_9", result={"status": "challenge", "attempt": "att_9"})
    customer = await open_page(link)
    await customer.sees("A payment is already in progress on another device or tab")
    await expect(customer.button).to_have_count(0)
    link.stands("payable")
    await customer.sees("The other payment ended without paying.")
    link.answers(
        "attempts", Reply({"status": "elsewhere", "attempt": "att_10"}), Reply({}, status=500)
    )
    await customer.type_card()
    link.stands("in_progress", attempt="att_10")
    await customer.button.click()
    await customer.sees("A payment is already in progress on another device or tab")
    link.stands("paid", receipt=RECEIPT)
    await customer.sees("Payment received")
    assert len(link.posts("attempts")) == 1


async def test_waiting_becomes_paid(stand: Stand, open_page: OpenPage) -> None:
    """While the fate is unknown the page is calm, offers no second payment and finds out by itself."""
    link = stand.link()
    link.answers("attempts", Reply({"status": "waiting", "attempt": "att_1"}))
    customer = await open_page(link)
    await customer.type_card()
    link.stands("in_progress", attempt="att_1", result={"status": "waiting", "attempt": "att_1"})
    await customer.button.click()
    await customer.sees("Your bank has not answered yet")
    await expect(customer.button).to_have_count(0)
    link.stands("paid", receipt=RECEIPT)
    await customer.sees("Payment received")
    assert len(link.posts("attempts")) == 1


async def test_processing_is_told_as_accepted(stand: Stand, open_page: OpenPage) -> None:
    """A slow bank's payment is accepted and will be confirmed; the customer may go."""
    link = stand.link()
    answer = {"status": "processing", "attempt": "att_1"}
    link.answers("attempts", Reply(answer))
    customer = await open_page(link, **DESK)
    await customer.type_card()
    link.stands("in_progress", attempt="att_1", result=answer)
    await customer.button.click()
    await customer.sees("Your payment has been accepted")
    await customer.sees("You may close this page")


async def test_an_authorised_payment_has_its_receipt(stand: Stand, open_page: OpenPage) -> None:
    """Reserved money is not called paid."""
    link = stand.link()
    link.answers("attempts", Reply({"status": "authorised", "attempt": "att_1", "receipt": None}))
    customer = await open_page(link)
    await customer.pay()
    await customer.sees("Payment authorised")
    await customer.sees("ORDER-10433")


async def test_money_reserved_keeps_the_link_open_and_shows_the_receipt(
    stand: Stand, open_page: OpenPage
) -> None:
    """An authorised attempt is an end for the customer, although its link is still in progress."""
    link = stand.link("in_progress")
    link.state["result"] = {"status": "authorised", "attempt": "att_1"}
    customer = await open_page(link)
    await customer.sees("Payment authorised")


async def test_a_changed_amount_is_shown_and_paid_only_after_another_press(
    stand: Stand, open_page: OpenPage
) -> None:
    """The new amount appears everywhere; the next press carries the new revision."""
    link = stand.link()
    link.answers("attempts", Reply({"code": "amount_changed"}, status=409), PAID)
    customer = await open_page(link)
    await customer.type_card()
    link.state.update(amount=5999, amount_text="£59.99", revision=4)
    await customer.button.click()
    await customer.sees("The amount has changed to £59.99.")
    assert await customer.button.inner_text() == "Pay £59.99"
    shown = customer.page.locator("[data-amount], [data-due]")
    assert await shown.all_inner_texts() == ["£59.99", "£59.99"]
    await customer.button.click()
    await customer.sees("Payment received")
    sent = [(body["revision"], body["amount"]) for body in link.posts("attempts")]
    assert sent == [(3, 4999), (4, 5999)]


async def test_a_link_cancelled_meanwhile_shows_the_right_page(
    stand: Stand, open_page: OpenPage
) -> None:
    """`not_payable` brings the page that the link has now."""
    link = stand.link()
    link.answers("attempts", Reply({"code": "not_payable"}, status=409))
    customer = await open_page(link)
    await customer.type_card()
    link.stands("cancelled")
    await customer.button.click()
    await customer.sees("This payment was cancelled")
