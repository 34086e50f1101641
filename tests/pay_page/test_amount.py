"""The customer says how much to pay: typed in their own way, read strictly, and paid as the button says."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Locator, expect

from core.money import Currency, Money
from links.money_text import money_form, money_text
from links.pay.rendering import AmountChoice
from links.pay.texts import translate
from tests.pay_page.customer import Customer, OpenPage
from tests.pay_page.stand import Link, Reply, Stand

pytestmark = pytest.mark.browser

PART = {
    "amount_text": "£20.00",
    "total_text": None,
    "remaining_text": "£80.00",
    "reference": "ORDER-10433",
    "merchant": "Acme Outfitters",
    "paid_at": "2026-11-22T13:05:00Z",
    "card": "Visa •••• 4242",
    "payment": "pay_01J9ZC3K5T",
}
PART_PAID = Reply({"status": "paid", "attempt": "att_1", "receipt": PART})


def choice(
    stand: Stand,
    due: int = 10_000,
    minimum: int = 2_000,
    *,
    code: str = "GBP",
    locale: str = "en",
    value: str = "100.00",
    offer: bool = False,
    **changes: Any,
) -> Link:
    """A link whose customer chooses the amount."""
    form = money_form(Currency.of(code), locale)
    texts = [money_text(Money.of(minor, code), locale) for minor in (minimum, due)]
    field = AmountChoice(
        least_text=texts[0],
        most_text=texts[1],
        currency=code,
        exponent=form.exponent,
        offer=offer,
        value=value,
    )
    link = stand.link(amount_text=texts[1], choice=field, locale=locale, **changes)
    standing = {
        "amount": due,
        "amount_text": texts[1],
        "minimum": minimum,
        "leftover": 0 if offer else min(minimum, 10**form.exponent),
    }
    link.state.update(standing)
    link.config.update(standing, currency=code, format=form.as_json())
    return link


def field(customer: Customer) -> Locator:
    return customer.page.locator("#amount")


def button(customer: Customer) -> Locator:
    return customer.page.locator("#pay")


async def test_all_that_remains_is_paid_unless_the_customer_says_otherwise(
    stand: Stand, open_page: OpenPage
) -> None:
    """Nobody has to touch the amount."""
    link = choice(stand)
    link.answers("attempts", PART_PAID)
    customer = await open_page(link)
    await expect(button(customer)).to_have_text("Pay £100.00")
    await customer.type_card()
    await button(customer).click()
    await customer.sees("Part of the payment received")
    assert [10_000] == [body["amount"] for body in link.posts("attempts")]


async def test_the_button_says_the_chosen_amount_while_it_is_typed(
    stand: Stand, open_page: OpenPage
) -> None:
    link = choice(stand)
    link.answers("attempts", PART_PAID)
    customer = await open_page(link)
    await field(customer).fill("20")
    await expect(button(customer)).to_have_text("Pay £20.00")
    await field(customer).fill("20,5")
    await expect(button(customer)).to_have_text("Pay £20.50")
    await expect(customer.page.locator("[data-amount]")).to_have_text("£20.50")
    await expect(customer.page.locator("[data-due]")).to_have_text("£100.00")
    await customer.type_card()
    await button(customer).click()
    await customer.sees("Part of the payment received")
    assert [2_050] == [body["amount"] for body in link.posts("attempts")]


async def test_the_receipt_of_a_part_says_what_remains_and_how_to_pay_on(
    stand: Stand, open_page: OpenPage
) -> None:
    link = choice(stand)
    link.answers("attempts", PART_PAID)
    customer = await open_page(link)
    await field(customer).fill("20")
    await customer.type_card()
    await button(customer).click()
    await customer.sees("Still to pay")
    await customer.sees("£80.00")
    receipt = customer.page.locator("#panel-receipt")
    await expect(receipt.get_by_text("Paid in all")).to_be_hidden()
    await expect(receipt.get_by_text("Nothing more to do")).to_be_hidden()
    await customer.page.get_by_role("button", name="Pay the rest").click()
    await customer.ready()
    await expect(customer.page.locator("#panel-form")).to_be_visible()


WRONG = [
    ("", "Enter the amount that you want to pay."),
    ("19.99", "The least that you can pay is £20.00."),
    ("0", "The least that you can pay is £20.00."),
    ("100.01", "The most that you can pay is £100.00."),
    ("999999999999", "The most that you can pay is £100.00."),
    ("99.50", "Pay £100.00, or leave at least £1.00 for later."),
    ("20.505", "This currency has 2 decimals at most. Enter an amount like 100.00."),
    ("1,000.00", "Enter just the number, without signs for thousands, like 100.00."),
    ("£20", "Enter just the number"),
    ("-20", "Enter just the number"),
    ("20 30", "Enter just the number"),
    ("2e1", "Enter just the number"),
    ("0x20", "Enter just the number"),
    (".", "Enter just the number"),
    ("20..5", "Enter just the number"),
    ("4242424242424242", "Enter just the number"),
]


@pytest.mark.parametrize(("typed", "words"), WRONG)
async def test_what_is_no_amount_to_pay_is_said_and_nothing_is_submitted(
    stand: Stand, open_page: OpenPage, typed: str, words: str
) -> None:
    """The button then names no amount, and the field is marked for everybody, screen readers included."""
    link = choice(stand)
    customer = await open_page(link)
    await customer.type_card()
    await field(customer).fill(typed)
    await expect(button(customer)).to_have_text("Pay")
    await button(customer).click()
    await customer.sees(words)
    await expect(field(customer)).to_be_focused()
    await expect(field(customer)).to_have_attribute("aria-invalid", "true")
    await expect(field(customer)).to_have_accessible_description(
        f"Any amount from £20.00 to £100.00. {await customer.page.locator('#error-amount').inner_text()}"
    )
    assert [] == link.posts("attempts")
    assert len(typed) < 2 or typed not in str(link.requests)


async def test_nobody_is_told_off_while_typing(stand: Stand, open_page: OpenPage) -> None:
    customer = await open_page(choice(stand))
    await field(customer).press_sequentially("2")
    await expect(customer.page.locator("#error-amount")).to_be_empty()
    await field(customer).fill("5")
    await field(customer).blur()
    await customer.sees("The least that you can pay is £20.00.")
    await field(customer).fill("50")
    await expect(customer.page.locator("#error-amount")).to_be_empty()


CURRENCIES = [
    ("JPY", "en", 5_000, 500, "5000", "500", 500, "Pay ¥500"),
    ("JPY", "en", 5_000, 500, "5000", "1000.5", None, "This currency has no decimals."),
    ("JPY", "en", 5_000, 500, "5000", "1,000", None, "This currency has no decimals."),
    ("KWD", "en", 10_000, 1_000, "10.000", "1.25", 1_250, "Pay KWD\u00a01.250"),
    # A thousand, or one and a quarter? In a currency of three decimals nobody can tell.
    ("KWD", "en", 9_000_000, 1_000, "9000.000", "1,250", None, "Enter just the number"),
    ("EUR", "de", 123_456, 1_000, "1234,56", "1000,5", 100_050, "1.000,50\u00a0€ bezahlen"),
    ("EUR", "de", 123_456, 1_000, "1234,56", "1000.5", 100_050, "1.000,50\u00a0€ bezahlen"),
    ("EUR", "de", 123_456, 1_000, "1234,56", "1.000", None, "Diese Währung hat höchstens 2 Nachkommastellen."),
    ("INR", "en-IN", 99_999_999, 100, "999999.99", "123456", 12_345_600, "Pay ₹1,23,456.00"),
    ("GBP", "en", 10_000, 2_000, "100.00", "\u0662\u0665\u066b\u0665", 2_550, "Pay £25.50"),
    ("GBP", "en", 10_000, 2_000, "100.00", "２５．５", 2_550, "Pay £25.50"),
    ("GBP", "en", 10_000, 2_000, "100.00", " 25.5 ", 2_550, "Pay £25.50"),
    ("GBP", "en", 10_000, 2_000, "100.00", "025.", 2_500, "Pay £25.00"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "locale", "due", "minimum", "value", "typed", "minor", "said"), CURRENCIES
)
async def test_amounts_are_read_and_written_in_the_customers_way(  # noqa: PLR0917
    stand: Stand,
    open_page: OpenPage,
    code: str,
    locale: str,
    due: int,
    minimum: int,
    value: str,
    typed: str,
    minor: int | None,
    said: str,
) -> None:
    link = choice(stand, due, minimum, code=code, locale=locale, value=value)
    link.answers("attempts", PART_PAID)
    customer = await open_page(link)
    await expect(field(customer)).to_have_value(value)
    await field(customer).fill(typed)
    await customer.type_card()
    if minor is not None:
        await expect(button(customer)).to_have_text(said)
    await button(customer).click()
    if minor is None:
        await customer.sees(said)
    else:
        await customer.sees(translate(locale, "live.part.title"))
    assert [minor] * (minor is not None) == [body["amount"] for body in link.posts("attempts")]


async def test_the_field_brings_up_the_right_keyboard(stand: Stand, open_page: OpenPage) -> None:
    pounds = await open_page(choice(stand))
    yen = await open_page(choice(stand, 5_000, 500, code="JPY", value="5000"))

    await expect(field(pounds)).to_have_attribute("inputmode", "decimal")
    await expect(field(yen)).to_have_attribute("inputmode", "numeric")


async def test_an_amount_that_is_no_longer_allowed_is_shown_and_chosen_again(
    stand: Stand, open_page: OpenPage
) -> None:
    """Another part was paid meanwhile: the page learns what remains, and nothing is charged."""
    link = choice(stand)
    link.answers("attempts", Reply({"code": "amount_not_allowed"}, status=422), PART_PAID)
    customer = await open_page(link)
    await field(customer).fill("60")
    await customer.type_card()
    link.state.update(amount=5_000, amount_text="£50.00", revision=4)
    await button(customer).click()
    await customer.sees("What you can pay has changed.")
    await customer.sees("The most that you can pay is £50.00.")
    await expect(customer.page.locator("#hint-amount")).to_have_text(
        "Any amount from £20.00 to £50.00."
    )
    await field(customer).fill("30")
    await button(customer).click()
    await customer.sees("Part of the payment received")
    sent = [(body["amount"], body["revision"]) for body in link.posts("attempts")]
    assert [(6_000, 3), (3_000, 4)] == sent


async def test_when_only_the_last_part_is_left_there_is_nothing_to_choose(
    stand: Stand, open_page: OpenPage
) -> None:
    link = choice(stand)
    link.answers("attempts", Reply({"code": "amount_changed"}, status=409), PART_PAID)
    customer = await open_page(link)
    await customer.type_card()
    link.state.update(amount=1_000, amount_text="£10.00", minimum=None, leftover=0, revision=4)
    await button(customer).click()
    await customer.sees("The amount has changed to £10.00.")
    await expect(field(customer)).to_be_hidden()
    await expect(button(customer)).to_have_text("Pay £10.00")
    await button(customer).click()
    await customer.sees("Part of the payment received")
    assert [10_000, 1_000] == [body["amount"] for body in link.posts("attempts")]


async def test_the_amount_cannot_be_changed_while_it_is_being_paid(
    stand: Stand, open_page: OpenPage
) -> None:
    link = choice(stand)
    link.answers("attempts", Reply(PART_PAID.body, delay_seconds=1))
    customer = await open_page(link)
    await customer.type_card()
    await button(customer).click()
    await expect(field(customer)).to_have_attribute("readonly", "")
    await customer.sees("Part of the payment received")


async def test_an_open_amount_is_empty_until_the_customer_says_it(
    stand: Stand, open_page: OpenPage
) -> None:
    link = choice(stand, value="", offer=True)
    link.config["multi"] = True
    link.answers("attempts", PART_PAID)
    customer = await open_page(link)
    await customer.sees("You choose the amount")
    await expect(button(customer)).to_have_text("Pay")
    await customer.type_card()
    await button(customer).click()
    await customer.sees("Enter the amount that you want to pay.")
    await field(customer).fill("99.99")
    await expect(button(customer)).to_have_text("Pay £99.99")


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_the_amount_field_is_for_everybody(
    stand: Stand, open_page: OpenPage, scheme: str
) -> None:
    """No rule of WCAG that a machine can check is broken, also while something is wrong."""
    customer = await open_page(choice(stand), color_scheme=scheme)
    await customer.ready()
    await field(customer).fill("1")
    await field(customer).blur()
    await customer.sees("The least that you can pay is £20.00.")
    found = await Axe().run(customer.page)
    assert [] == [violation["id"] for violation in found.response["violations"]]
