"""Checkout Sessions and their page: made with the official client, paid in a browser."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
import stripe
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page, expect

from core.clock import utc_now
from tests.sandbox.harness import MERCHANT, Merchant, Sandbox

# Only the address is looked at.
BACK = "https://merchant.example/back"


async def session(psp: stripe.StripeClient, **more: Any) -> Any:
    given: Any = {
        "mode": "payment",
        "line_items": [
            {
                "quantity": 1,
                "price_data": {
                    "currency": "gbp",
                    "unit_amount": 4999,
                    "product_data": {"name": "Two apple trees"},
                },
            }
        ],
        "payment_intent_data": {"metadata": {"order": "7"}, "description": "INV-7"},
        "metadata": {"order": "7"},
        "success_url": BACK,
        "cancel_url": f"{BACK}?given_up",
        **more,
    }
    return await psp.v1.checkout.sessions.create_async(given)


async def typed(sandbox: Sandbox, url: str, number: str, **headers: str) -> Any:
    """What a browser sends, without one."""
    async with sandbox.http() as client:
        card = {"number": number, "expiry": "12/40", "code": "123"}
        return await client.post(url, data=card, headers=headers)


async def now(psp: stripe.StripeClient, made: Any) -> Any:
    return await psp.v1.checkout.sessions.retrieve_async(made.id)


async def test_a_session_is_open_and_has_no_intent_until_somebody_pays(
    sandbox: Sandbox, psp: stripe.StripeClient
) -> None:
    made = await session(psp)

    assert ("open", "unpaid", None) == (made.status, made.payment_status, made.payment_intent)
    assert made.url.startswith(f"{sandbox.url}/c/pay/cs_test_")
    assert 24 * 3600 == made.expires_at - made.created


async def test_a_good_card_completes_the_session(
    sandbox: Sandbox, psp: stripe.StripeClient, merchant: Merchant
) -> None:
    made = await session(psp)
    answer = await typed(sandbox, made.url, "4242424242424242")
    seen = await now(psp, made)
    intent = await psp.v1.payment_intents.retrieve_async(seen.payment_intent)
    listed = await psp.v1.checkout.sessions.list_async({"payment_intent": intent.id})

    assert (200, True) == (answer.status_code, BACK in answer.text)
    assert ("complete", "paid", None) == (seen.status, seen.payment_status, seen.url)
    assert ("succeeded", 4999, "INV-7", "7") == (
        intent.status,
        intent.amount_received,
        intent.description,
        intent.metadata["order"],
    )
    assert [made.id] == [each.id for each in listed.data]
    assert await merchant.wait_for("checkout.session.completed", made.id)


async def test_a_declined_card_leaves_the_page_open_for_another(
    sandbox: Sandbox, psp: stripe.StripeClient
) -> None:
    made = await session(psp)
    declined = await typed(sandbox, made.url, "4000000000000002")
    open_still = await now(psp, made)
    await typed(sandbox, made.url, "4242424242424242")
    seen = await now(psp, made)

    assert 402 == declined.status_code
    assert "Your card was declined." in declined.text
    assert ("open", "complete") == (open_still.status, seen.status)
    assert open_still.payment_intent == seen.payment_intent


async def test_what_is_only_held_completes_the_session_unpaid(
    sandbox: Sandbox, psp: stripe.StripeClient
) -> None:
    made = await session(psp, payment_intent_data={"capture_method": "manual"})
    await typed(sandbox, made.url, "4242424242424242")
    held = await now(psp, made)
    await psp.v1.payment_intents.capture_async(held.payment_intent)

    assert ("complete", "unpaid") == (held.status, held.payment_status)
    assert "paid" == (await now(psp, made)).payment_status


async def test_an_expired_session_takes_no_money(
    sandbox: Sandbox, psp: stripe.StripeClient, merchant: Merchant
) -> None:
    made = await session(psp)
    await typed(sandbox, made.url, "4000000000000002")
    expired = await psp.v1.checkout.sessions.expire_async(made.id)
    late = await typed(sandbox, made.url, "4242424242424242")
    intent = await psp.v1.payment_intents.retrieve_async(expired.payment_intent)

    assert ("expired", None, 410) == (expired.status, expired.url, late.status_code)
    assert "canceled" == intent.status
    assert await merchant.wait_for("checkout.session.expired", made.id)
    with pytest.raises(stripe.InvalidRequestError):
        await psp.v1.checkout.sessions.expire_async(made.id)


@pytest.mark.parametrize(
    "wrong",
    [
        {"mode": "subscription"},
        {"success_url": ""},
        {"success_url": "javascript:alert(1)"},
        {"line_items": []},
        {"expires_at": 1},
        {"payment_method_types": ["card"]},
        {"allowed_payment_method_types": ["ideal"]},
    ],
)
async def test_what_stripe_refuses_is_refused(psp: stripe.StripeClient, wrong: Any) -> None:
    with pytest.raises(stripe.InvalidRequestError):
        await session(psp, **wrong)


async def test_a_session_is_open_for_half_an_hour_at_least(psp: stripe.StripeClient) -> None:
    second = int(utc_now().timestamp())
    made = await session(psp, expires_at=second + 31 * 60)

    assert "open" == made.status
    with pytest.raises(stripe.InvalidRequestError):
        await session(psp, expires_at=second + 29 * 60)


async def test_a_page_of_another_origin_cannot_pay_and_looking_changes_nothing(
    sandbox: Sandbox, psp: stripe.StripeClient
) -> None:
    made = await session(psp)
    foreign = await typed(sandbox, made.url, "4242424242424242", **{"Sec-Fetch-Site": "cross-site"})
    async with sandbox.http() as client:
        looked = await client.get(made.url)
        unknown = await client.get("/c/pay/cs_test_nobody")

    assert (403, 200, 404) == (foreign.status_code, looked.status_code, unknown.status_code)
    assert "frame-ancestors 'none'" in looked.headers["content-security-policy"]
    assert None is (await now(psp, made)).payment_intent


async def test_many_clicks_pay_once(sandbox: Sandbox, psp: stripe.StripeClient) -> None:
    made = await session(psp)
    await asyncio.gather(*(typed(sandbox, made.url, "4242424242424242") for _ in range(8)))
    seen = await now(psp, made)
    charges = await psp.v1.charges.list_async({"payment_intent": seen.payment_intent})

    assert 1 == len(charges.data)


# In a browser


@pytest.fixture
async def page(browser: Browser) -> AsyncIterator[Page]:
    context = await browser.new_context(viewport={"width": 390, "height": 844})
    yield await context.new_page()
    await context.close()


async def fill(page: Page, number: str) -> None:
    await page.get_by_label("Card number").fill(number)
    await page.get_by_label("Expiry date").fill("12 / 40")
    await page.get_by_label("Security code").fill("123")
    await page.get_by_role("button", name="Pay £49.99").click()


@pytest.mark.browser
async def test_a_customer_pays_and_is_led_back(
    page: Page, sandbox: Sandbox, psp: stripe.StripeClient
) -> None:
    back = f"{sandbox.url}/healthz"
    made = await session(psp, success_url=back)
    await page.goto(made.url)
    await expect(page.get_by_role("heading")).to_have_text(f"Pay {MERCHANT}")
    await expect(page.locator("dl")).to_contain_text("Two apple trees")
    faults = await Axe().run(page)
    await fill(page, "4000000000000002")
    await expect(page.get_by_role("alert")).to_have_text("Your card was declined.")
    await fill(page, "4242424242424242")
    await page.wait_for_url(back)

    assert 0 == faults.violations_count, faults.generate_report()
    assert "paid" == (await now(psp, made)).payment_status


@pytest.mark.browser
@pytest.mark.parametrize(("pressed", "status"), [("Complete", "complete"), ("Fail", "open")])
async def test_the_bank_asks_and_leads_back_to_the_page(
    page: Page, sandbox: Sandbox, psp: stripe.StripeClient, pressed: str, status: str
) -> None:
    back = f"{sandbox.url}/healthz"
    made = await session(psp, success_url=back)
    await page.goto(made.url)
    await fill(page, "4000002760003184")
    await page.get_by_role("button", name=pressed, exact=True).click()
    if status == "complete":
        await page.wait_for_url(back)
    else:
        await expect(page.get_by_role("alert")).to_contain_text("authenticate")

    assert status == (await now(psp, made)).status
