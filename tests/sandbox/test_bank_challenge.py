"""The bank's question in a real browser, inside the merchant's page and on its own."""

from typing import Any

import pytest
import stripe
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, FrameLocator, Page, expect

from tests.sandbox.conftest import Open, Pay
from tests.sandbox.harness import MERCHANT, Sandbox
from tests.sandbox.shop import fill, make_method, until

pytestmark = pytest.mark.browser

PHONE: Any = {"width": 390, "height": 844}


def bank(page: Page) -> FrameLocator:
    return page.frame_locator('iframe[title="Bank security check"]')


async def begin(page: Page, intent: stripe.PaymentIntent) -> None:
    """Starts the challenge and leaves its promise in `window.outcome`."""
    await page.evaluate(
        "(clientSecret) => { window.done = null;"
        " stripe.handleNextAction({clientSecret}).then((outcome) => { window.done = outcome; }); }",
        intent.client_secret,
    )
    await expect(bank(page).get_by_role("button", name="Complete", exact=True)).to_be_visible()


async def outcome(page: Page) -> Any:
    await until(page, "window.done !== null")
    return await page.evaluate("window.done")


async def test_a_completed_challenge_resolves_with_the_paid_intent(
    open_shop: Open, pay: Pay, psp: stripe.StripeClient
) -> None:
    """From typed card to money: the page is told what the server will see."""
    page = await open_shop()
    await fill(page, number="4000002760003184")
    method = (await make_method(page))["paymentMethod"]["id"]
    intent = await pay(method, description="Two apple trees")
    await begin(page, intent)

    await expect(bank(page).locator("dl")).to_contain_text(MERCHANT)
    await expect(bank(page).locator("dl")).to_contain_text("Two apple trees")
    await expect(bank(page).locator("dl")).to_contain_text("£49.99")
    await expect(bank(page).locator("dl")).to_contain_text("•••• 3184")
    await bank(page).get_by_role("button", name="Complete", exact=True).click()

    told = await outcome(page)
    seen = await psp.v1.payment_intents.retrieve_async(intent.id)
    assert told["paymentIntent"]["status"] == "succeeded"
    assert "metadata" not in told["paymentIntent"]
    assert seen.status == "succeeded"
    assert await page.locator("dialog").count() == 0


async def test_a_failed_challenge_resolves_with_the_error(open_shop: Open, pay: Pay) -> None:
    """The error carries the intent, which needs another card."""
    page = await open_shop()
    await begin(page, await pay("pm_card_authenticationRequired"))

    await bank(page).get_by_role("button", name="Fail", exact=True).click()

    error = (await outcome(page))["error"]
    assert error["code"] == "payment_intent_authentication_failure"
    assert error["type"] == "invalid_request_error"
    assert error["payment_intent"]["status"] == "requires_payment_method"


async def test_a_decline_after_the_challenge_resolves_with_the_decline(
    open_shop: Open, pay: Pay
) -> None:
    """Authenticated, and still without the money."""
    page = await open_shop()
    await begin(page, await pay("pm_card_authenticationRequiredChargeDeclinedInsufficientFunds"))

    await bank(page).get_by_role("button", name="Complete", exact=True).click()

    error = (await outcome(page))["error"]
    assert (error["type"], error["decline_code"]) == ("card_error", "insufficient_funds")


async def test_the_challenge_is_answered_with_the_keyboard_alone(open_shop: Open, pay: Pay) -> None:
    """Focus goes into the challenge, stays in it, and comes back afterwards."""
    page = await open_shop()
    await page.locator("#pay").focus()
    await begin(page, await pay("pm_card_authenticationRequired"))
    await expect(bank(page).locator("h1")).to_be_focused()

    reached = []
    for _ in range(6):
        await page.keyboard.press("Tab")
        # The focus moves between the processes of the page and its frames; a hand is slower than that.
        await page.wait_for_timeout(300)
        inside = await page.evaluate("document.activeElement.title")
        reached.append(inside)
    assert {"Bank security check"} == set(reached)
    await bank(page).get_by_role("button", name="Complete", exact=True).focus()
    await page.keyboard.press("Enter")

    assert (await outcome(page))["paymentIntent"]["status"] == "succeeded"
    assert await page.evaluate("document.activeElement.id") == "pay"


async def test_escape_gives_the_challenge_up(open_shop: Open, pay: Pay) -> None:
    """As a failed one: the bank is told, and the customer may choose another card."""
    page = await open_shop()
    await begin(page, await pay("pm_card_authenticationRequired"))

    await page.keyboard.press("Escape")

    error = (await outcome(page))["error"]
    assert error["code"] == "payment_intent_authentication_failure"
    assert await page.locator("dialog").count() == 0


async def test_a_challenge_that_is_over_ends_at_once(
    open_shop: Open, pay: Pay, sandbox: Sandbox
) -> None:
    """Answered elsewhere meanwhile: the page learns the truth."""
    page = await open_shop()
    intent = await pay("pm_card_authenticationRequired")
    await begin(page, intent)
    await sandbox.answer_challenge(intent, "complete")

    await bank(page).get_by_role("button", name="Fail", exact=True).click()

    assert (await outcome(page))["paymentIntent"]["status"] == "succeeded"


async def test_an_intent_without_a_challenge_is_simply_told(open_shop: Open, pay: Pay) -> None:
    """`handleNextAction` and `retrievePaymentIntent` of a paid intent; and of a wrong secret."""
    page = await open_shop()
    intent = await pay()

    handled = await page.evaluate(
        "(clientSecret) => stripe.handleNextAction({clientSecret})", intent.client_secret
    )
    retrieved = await page.evaluate(
        "(secret) => stripe.retrievePaymentIntent(secret)", intent.client_secret
    )
    wrong = await page.evaluate(
        "(secret) => stripe.retrievePaymentIntent(secret)", f"{intent.id}_secret_wrong"
    )

    assert handled["paymentIntent"]["status"] == "succeeded"
    assert retrieved["paymentIntent"]["id"] == intent.id
    assert wrong["error"]["code"] == "resource_missing"


async def test_confirm_card_payment_goes_all_the_way(
    open_shop: Open, psp: stripe.StripeClient
) -> None:
    """From the fields through the challenge to the paid intent, in one call."""
    page = await open_shop()
    intent = await psp.v1.payment_intents.create_async({"amount": 1200, "currency": "eur"})
    await fill(page, number="4000000000003220")
    await page.evaluate(
        "(secret) => { window.done = null; stripe.confirmCardPayment(secret,"
        " {payment_method: {card: fields.cardNumber}}).then((o) => { window.done = o; }); }",
        intent.client_secret,
    )
    await bank(page).get_by_role("button", name="Complete", exact=True).click()

    assert (await outcome(page))["paymentIntent"]["status"] == "succeeded"


async def test_confirm_card_payment_tells_a_decline(
    open_shop: Open, psp: stripe.StripeClient
) -> None:
    """With the intent inside the error, as Stripe's script does."""
    page = await open_shop()
    intent = await psp.v1.payment_intents.create_async({"amount": 1200, "currency": "eur"})

    declined = await page.evaluate(
        "(secret) => stripe.confirmCardPayment(secret, {payment_method: 'pm_card_chargeDeclined'})",
        intent.client_secret,
    )

    assert declined["error"]["decline_code"] == "generic_decline"
    assert declined["error"]["payment_intent"]["status"] == "requires_payment_method"


async def test_the_challenge_fits_a_phone(open_shop: Open, pay: Pay) -> None:
    """The whole screen, nothing to scroll, buttons large enough for a thumb."""
    page = await open_shop(viewport=PHONE, has_touch=True, is_mobile=True)
    await begin(page, await pay("pm_card_authenticationRequired"))

    box = await page.locator('iframe[title="Bank security check"]').bounding_box()
    button = await bank(page).get_by_role("button", name="Fail", exact=True).bounding_box()
    overflow = (
        await bank(page)
        .locator("html")
        .evaluate(
            "(html) => [html.scrollWidth - html.clientWidth, html.scrollHeight - html.clientHeight]"
        )
    )

    assert box is not None
    assert button is not None
    assert box["width"] == PHONE["width"]
    assert button["height"] >= 44
    assert button["y"] + button["height"] <= box["y"] + box["height"]
    assert overflow == [0, 0]


async def test_a_redirected_challenge_returns_to_the_merchant(
    open_shop: Open, psp: stripe.StripeClient, pay: Pay
) -> None:
    """On a page of its own when the merchant gave a return address and has no script."""
    page = await open_shop()
    back = page.url + "done?basket=7"
    intent = await pay("pm_card_authenticationRequired", use_stripe_sdk=False, return_url=back)
    assert intent.next_action is not None
    assert intent.next_action.redirect_to_url is not None
    await page.goto(str(intent.next_action.redirect_to_url.url))

    await page.get_by_role("button", name="Complete", exact=True).click()
    await page.wait_for_url("**/done?**")

    assert "basket=7" in page.url
    assert f"payment_intent={intent.id}" in page.url
    assert "redirect_status=succeeded" in page.url
    assert (await psp.v1.payment_intents.retrieve_async(intent.id)).status == "succeeded"


async def test_the_bank_speaks_the_customers_language(open_shop: Open, pay: Pay) -> None:
    """All but the two buttons, which are the sandbox's own."""
    page = await open_shop("?locale=ar")
    intent = await pay("pm_card_authenticationRequired")
    await page.evaluate(
        "(clientSecret) => { stripe.handleNextAction({clientSecret}); }", intent.client_secret
    )
    frame = page.frame_locator("dialog iframe")

    await expect(frame.get_by_role("button", name="Complete", exact=True)).to_be_visible()
    assert await frame.locator("html").get_attribute("lang") == "ar"
    assert await frame.locator("html").get_attribute("dir") == "rtl"


async def test_the_pages_can_be_used_by_everyone(
    browser: Browser, sandbox: Sandbox, pay: Pay
) -> None:
    """The bank's page, the home page and a field alone: no finding of the accessibility checker."""
    intent = await pay(
        "pm_card_authenticationRequired", use_stripe_sdk=False, return_url="http://127.0.0.1/"
    )
    assert intent.next_action is not None
    assert intent.next_action.redirect_to_url is not None
    page = await browser.new_page(bypass_csp=True)
    field = f"/frames/cardNumber#channel=a&group=b&locale=en&origin={sandbox.url}"
    for address in (str(intent.next_action.redirect_to_url.url), sandbox.url, sandbox.url + field):
        await page.goto(address)
        await page.wait_for_load_state("networkidle")
        found = await Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag22aa"]})
        assert found.response["violations"] == [], address
    await page.close()
