"""The card fields in a real browser, on a merchant's page that allows nothing but them."""

from typing import Any

import pytest
import stripe
from playwright.async_api import FrameLocator, Page, expect

from tests.sandbox.conftest import Open, Pay
from tests.sandbox.shop import field, fill, make_method, until

pytestmark = pytest.mark.browser

PHONE: Any = {"width": 390, "height": 844}


async def last_change(page: Page, kind: str) -> Any:
    return await page.evaluate(
        "(kind) => heard.filter(([event, p]) => event === 'change' && p.elementType === kind)"
        ".at(-1)?.[1]",
        kind,
    )


async def test_the_three_fields_make_a_payment_method_that_pays(
    open_shop: Open, pay: Pay, psp: stripe.StripeClient
) -> None:
    """What is typed goes to the sandbox; the page gets a payment method."""
    page = await open_shop()
    await fill(page)

    made = await make_method(page)
    intent = await pay(made["paymentMethod"]["id"])
    seen = await psp.v1.payment_methods.retrieve_async(made["paymentMethod"]["id"])

    assert made["paymentMethod"]["card"]["last4"] == "4242"
    assert intent.status == "succeeded"
    assert seen.billing_details.name == "Jo Example"


async def test_fields_group_digits_as_they_are_printed(open_shop: Open) -> None:
    """By brand, and the date as month and year."""
    page = await open_shop()
    await fill(page, number="378282246310005", expiry="534", cvc="1234")

    assert await field(page, "cardNumber").input_value() == "3782 822463 10005"
    assert await field(page, "cardExpiry").input_value() == "05 / 34"
    assert await field(page, "cardCvc").input_value() == "1234"
    change = await last_change(page, "cardNumber")
    assert (change["brand"], change["complete"], change["empty"]) == ("amex", True, False)


async def test_digits_of_other_scripts_are_digits(open_shop: Open) -> None:
    """A Persian or Khmer keyboard types a card number as well as any."""
    page = await open_shop()
    await field(page, "cardNumber").fill("۴۲۴۲۴۲۴۲٤٢٤٢៤២៤២")

    assert await field(page, "cardNumber").input_value() == "4242 4242 4242 4242"
    assert (await last_change(page, "cardNumber"))["complete"]


async def test_the_caret_stays_where_the_customer_edits(open_shop: Open) -> None:
    """A digit put right in the middle leaves the caret behind it."""
    page = await open_shop()
    number = field(page, "cardNumber")
    await number.press_sequentially("424242424242")
    for _ in range(6):
        await number.press("ArrowLeft")
    await number.press("Backspace")
    await number.press_sequentially("9")

    assert await number.input_value() == "4242 4292 4242"
    assert await number.evaluate("(input) => input.selectionStart") == 8


async def test_deleting_over_the_slash_of_the_date_works(open_shop: Open) -> None:
    """The slash goes with the digit before it."""
    page = await open_shop()
    expiry = field(page, "cardExpiry")
    await expiry.press_sequentially("1234")
    for _ in range(6):
        await expiry.press("Backspace")

    assert await expiry.input_value() == ""


@pytest.mark.parametrize(
    ("kind", "typed", "code"),
    [
        ("cardNumber", "4242", "incomplete_number"),
        ("cardNumber", "4242424242424241", "invalid_number"),
        ("cardNumber", "4111111111111111", "test_card_required"),
        ("cardExpiry", "12", "incomplete_expiry"),
        ("cardExpiry", "1220", "invalid_expiry_year_past"),
        ("cardExpiry", "0126", "invalid_expiry_month_past"),
        ("cardExpiry", "1399", "invalid_expiry_month"),
        ("cardCvc", "12", "incomplete_cvc"),
    ],
)
async def test_a_field_says_what_is_wrong_by_stripes_codes(
    kind: str, typed: str, code: str, open_shop: Open
) -> None:
    """At once where it can know, on leaving where it might still be finished."""
    page = await open_shop()
    await page.clock.set_fixed_time("2026-11-22T12:00:00Z")
    await field(page, kind).press_sequentially(typed)
    await page.locator("#pay").focus()
    await until(
        page,
        "(kind) => heard.some(([e, p]) => e === 'change' && p.elementType === kind && p.error)",
        kind,
    )

    change = await last_change(page, kind)
    assert (change["error"]["type"], change["error"]["code"]) == ("validation_error", code)
    assert change["complete"] is False
    assert change["error"]["message"] == await page.locator("#problem").text_content()
    assert await field(page, kind).get_attribute("aria-invalid") == "true"


async def test_an_unfinished_form_makes_no_payment_method(open_shop: Open) -> None:
    """The first field that is wrong is named, and nothing is sent."""
    page = await open_shop()
    await field(page, "cardNumber").press_sequentially("4242424242424242")

    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    made = await make_method(page)

    assert made["error"]["type"] == "validation_error"
    assert made["error"]["code"] == "incomplete_expiry"
    assert [url for url in requests if "/v1/" in url] == []


async def test_the_merchants_page_never_sees_a_digit(open_shop: Open) -> None:
    """Neither in a message nor in an event nor in its document."""
    page = await open_shop()
    await fill(page, number="5555555555554444", expiry="1137", cvc="739")
    await make_method(page)

    for seen in (
        *await page.evaluate("window.messages"),
        await page.evaluate("JSON.stringify(heard)"),
        await page.content(),
    ):
        digits = "".join(c for c in seen if c.isdigit())
        assert "5555555555554444" not in digits
        assert "55555555" not in seen
        assert '"739"' not in seen


async def test_a_message_from_a_wrong_window_is_ignored(open_shop: Open) -> None:
    """The page itself, and a frame of another origin, cannot pretend to be a field."""
    page = await open_shop()
    before = await page.evaluate("heard.length")
    channel = await page.evaluate("fields.cardNumber.channel")

    await page.evaluate("(channel) => window.postMessage({channel, say: 'focus'}, '*')", channel)
    await page.wait_for_timeout(100)

    assert await page.evaluate("heard.length") == before


async def test_focus_and_blur_are_told_and_shown(open_shop: Open) -> None:
    """By Stripe's events, and by its classes on the box."""
    page = await open_shop()
    await page.evaluate("fields.cardExpiry.focus()")
    await expect(page.locator("#expiry")).to_have_class(
        "box padded StripeElement StripeElement--empty StripeElement--focus"
    )
    await page.evaluate("fields.cardExpiry.blur()")
    await until(page, "heard.some(([e, p]) => e === 'blur' && p.elementType === 'cardExpiry')")

    events = await page.evaluate("heard.map(([event, p]) => [event, p.elementType])")
    assert ["focus", "cardExpiry"] in events
    assert ["blur", "cardExpiry"] in events


async def test_the_keyboard_alone_goes_through_the_form(open_shop: Open) -> None:
    """Tab from field to field to the button, back again, and Enter submits."""
    page = await open_shop()
    await page.evaluate("fields.cardNumber.focus()")
    for name, digits in (
        ("cardNumber", "4242424242424242"),
        ("cardExpiry", "1234"),
        ("cardCvc", "123"),
    ):
        # The focus moves between processes, and so does what is typed; a hand is slower than that.
        await expect(field(page, name)).to_be_focused()
        await page.keyboard.type(digits)
        await expect(field(page, name)).not_to_have_value("")
        await page.keyboard.press("Tab")
    await expect(page.locator("#pay")).to_be_focused()
    await page.keyboard.press("Shift+Tab")
    await page.keyboard.press("Enter")
    await until(page, "window.submitted === 1")

    made = await make_method(page)
    assert made["paymentMethod"]["card"]["last4"] == "4242"


async def test_clearing_and_disabling_reach_the_field(open_shop: Open) -> None:
    """`clear`, `update` and `destroy` do what Stripe's do."""
    page = await open_shop()
    await fill(page)
    await page.evaluate("fields.cardNumber.clear()")
    await page.evaluate("fields.cardCvc.update({disabled: true})")

    await expect(field(page, "cardNumber")).to_have_value("")
    await expect(field(page, "cardCvc")).to_be_disabled()
    assert (await last_change(page, "cardNumber"))["empty"]
    await page.evaluate("fields.cardNumber.destroy()")
    assert await page.locator("#number iframe").count() == 0
    assert (await make_method(page))["error"]["type"] == "invalid_request_error"


async def test_the_merchants_style_is_honoured(open_shop: Open) -> None:
    """Colour, size and placeholder as asked for; without them the colour of the page around."""
    styled = await open_shop("?look=1")
    inherited = await open_shop("?dark=1")

    look = await field(styled, "cardNumber").evaluate(
        "(input) => [getComputedStyle(input).color, getComputedStyle(input).fontSize,"
        " getComputedStyle(input, '::placeholder').color]"
    )
    around = await field(inherited, "cardNumber").evaluate(
        "(input) => getComputedStyle(input).color"
    )

    assert look == ["rgb(1, 2, 3)", "18px", "rgb(4, 5, 6)"]
    assert around == "rgb(232, 236, 246)"


@pytest.mark.parametrize(
    ("locale", "label", "direction"),
    [
        ("fr", "Numéro de carte", "ltr"),
        ("de-AT", "Kartennummer", "ltr"),
        ("ar", "رقم البطاقة", "rtl"),
        ("km", "លេខកាត", "ltr"),
        ("xx", "Card number", "ltr"),
    ],
)
async def test_fields_are_named_in_the_customers_language(
    locale: str, label: str, direction: str, open_shop: Open
) -> None:
    """English where the language is not known."""
    page = await open_shop(f"?locale={locale}")
    frame: FrameLocator = page.frame_locator("#number iframe")

    await expect(frame.get_by_label(label, exact=True)).to_be_visible()
    assert await frame.locator("html").get_attribute("dir") == direction


async def test_on_a_phone_a_touch_in_the_box_is_a_touch_in_the_field(open_shop: Open) -> None:
    """The field fills its box, and its text is large enough not to make the phone zoom."""
    page = await open_shop(viewport=PHONE, has_touch=True, is_mobile=True)
    box = await page.locator("#number iframe").bounding_box()
    assert box is not None
    await page.touchscreen.tap(box["x"] + box["width"] - 4, box["y"] + 3)

    await until(page, "heard.some(([e, p]) => e === 'focus' && p.elementType === 'cardNumber')")
    size = await field(page, "cardNumber").evaluate(
        "(input) => parseFloat(getComputedStyle(input).fontSize)"
    )
    assert box["height"] >= 40
    assert size >= 16
