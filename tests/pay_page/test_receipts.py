"""The customer asks for a receipt: one press for where the link went, or an address typed in; and prints one."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.async_api import expect

from links.pay.words.en import WORDS
from tests.pay_page.customer import Customer, OpenPage
from tests.pay_page.stand import Link, Reply, Stand, receipt_view
from tests.pay_page.test_access import assert_accessible_in_every_look
from tests.pay_page.test_paying import PAID

pytestmark = pytest.mark.browser

OFFERS = [
    {"channel": "email", "to": "c•••@example.com"},
    {"channel": "sms", "to": "+44 ••• 123"},
]
SENT = Reply({"channel": "email", "to": "c•••@example.com"}, status=202)


def asking(link: Link, **changes: Any) -> Link:
    link.receipts = {
        "page": "pg_receipt",
        "nonce": "n0nce",
        "ready": True,
        "channels": ["email", "sms"],
        "offers": OFFERS,
        "words": {key: words for key, words in WORDS.items() if key.startswith("mail.")},
        **changes,
    }
    return link


def paid(stand: Stand, **changes: Any) -> Link:
    moment = datetime(2026, 11, 22, 13, 5, tzinfo=UTC)
    return asking(stand.link("paid", receipt=receipt_view(moment)), **changes)


async def press(customer: Customer, name: str) -> None:
    await customer.page.get_by_role("button", name=name).click()


async def test_one_press_more_sends_it_where_the_link_went(
    stand: Stand, open_page: OpenPage
) -> None:
    link = paid(stand)
    link.answers("receipts", SENT)
    customer = await open_page(link)
    await press(customer, "Send me a receipt")
    await press(customer, "Send the receipt")
    await customer.sees("on its way to")

    assert [("n0nce", {"page": "pg_receipt", "channel": "email", "to": None})] == [
        (sent.nonce, sent.body) for sent in link.requests if sent.path == "receipts"
    ]


async def test_right_after_paying_as_well_and_for_this_payer(
    stand: Stand, open_page: OpenPage
) -> None:
    link = asking(stand.link())
    link.config = {"multi": True}
    link.answers("attempts", PAID)
    link.answers("receipts", SENT)
    customer = await open_page(link)
    await customer.pay()
    await customer.sees("Payment received")
    await press(customer, "Send me a receipt")
    await press(customer, "Send the receipt")
    await customer.sees("on its way to")

    payers = {sent.payer for sent in link.requests if sent.path in {"receipts", "attempts"}}
    assert len(payers) == 1
    assert None not in payers


@pytest.mark.parametrize(
    ("typed", "channel"), [("new@example.com", "email"), ("07700 900123", "sms")]
)
async def test_an_address_can_be_typed_by_keyboard_alone(
    stand: Stand, open_page: OpenPage, typed: str, channel: str
) -> None:
    link = paid(stand)
    link.answers("receipts", SENT)
    customer = await open_page(link)
    keyboard = customer.page.keyboard
    await customer.page.get_by_role("button", name="Send me a receipt").focus()
    await keyboard.press("Enter")
    await expect(customer.page.get_by_label("Email to")).to_be_focused()
    await keyboard.press("ArrowUp")
    await expect(customer.page.get_by_label("To another address")).to_be_checked()
    await keyboard.press("Tab")
    await expect(customer.page.get_by_label("Email address or mobile number")).to_be_focused()
    await keyboard.type(typed)
    await keyboard.press("Enter")
    await customer.sees("on its way to")
    assert [(channel, typed)] == [(b["channel"], b["to"]) for b in link.posts("receipts")]


@pytest.mark.parametrize(
    ("status", "code", "words"),
    [
        (409, "consent_stopped", "asked not to be written to"),
        (409, "receipts_exhausted", "Enough receipts"),
        (422, "invalid_field", "no address that a receipt can be sent to"),
        (500, "internal_error", "could not be sent just now"),
    ],
)
async def test_a_refusal_is_said_in_words_and_can_be_mended(
    stand: Stand, open_page: OpenPage, status: int, code: str, words: str
) -> None:
    link = paid(stand)
    link.answers("receipts", Reply({"code": code}, status=status), SENT)
    customer = await open_page(link)
    await press(customer, "Send me a receipt")
    await press(customer, "Send the receipt")
    await customer.sees(words)
    await press(customer, "Send the receipt")
    await customer.sees("on its way to")


async def test_nothing_typed_is_said_before_anything_is_sent(
    stand: Stand, open_page: OpenPage
) -> None:
    link = paid(stand, offers=[], channels=["email"])
    customer = await open_page(link)
    await press(customer, "Send me a receipt")
    await expect(customer.page.get_by_label("Email address", exact=True)).to_be_focused()
    await press(customer, "Send the receipt")
    await customer.sees("Enter where the receipt should go.")
    assert [] == link.posts("receipts")


@pytest.mark.parametrize("state", ["asked", "typing", "wrong", "sent"])
async def test_axe_finds_nothing_while_asking(
    stand: Stand, open_page: OpenPage, state: str
) -> None:
    link = paid(stand)
    link.answers("receipts", SENT)
    customer = await open_page(link)
    await press(customer, "Send me a receipt")
    if state in {"typing", "wrong"}:
        await customer.page.get_by_label("To another address").check()
    if state in {"wrong", "sent"}:
        await press(customer, "Send the receipt")
        await customer.sees("on its way to" if state == "sent" else "Enter where")
    await assert_accessible_in_every_look(customer)


async def test_without_a_network_it_is_said_and_the_button_stays(
    stand: Stand, open_page: OpenPage
) -> None:
    customer = await open_page(paid(stand))
    await customer.context.set_offline(True)
    await press(customer, "Send me a receipt")
    await customer.sees("could not be sent just now")
    await customer.context.set_offline(False)
    customer.faults.clear()


async def test_on_paper_there_is_the_receipt_and_nothing_to_press(
    stand: Stand, open_page: OpenPage
) -> None:
    customer = await open_page(paid(stand))
    await press(customer, "Send me a receipt")
    await customer.page.emulate_media(media="print")
    for words in ("£49.99", "Acme Outfitters", "ORDER-10433", "Winter boots", "pay_01J9ZC3K5T"):
        await customer.sees(words)
    assert 0 == await customer.page.locator("button:visible, input:visible, header:visible").count()
