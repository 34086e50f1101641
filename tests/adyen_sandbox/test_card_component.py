"""The component of Web Components 6 in a real browser, on a merchant's page that allows nothing but it.

The page's server is `tests.adyen_sandbox.shop`, its calls to `/payments` and `/payments/details` this test's.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any
from uuid import uuid4

import pytest
from playwright.async_api import Browser, Page

from tests.adyen_sandbox.harness import AdyenSandbox
from tests.adyen_sandbox.shop import Shop, field, fill, heard
from tests.adyen_sandbox.test_api import request
from tests.sandbox.harness import eventually

pytestmark = pytest.mark.browser

Open = Callable[[], Awaitable[tuple[Page, str]]]


@pytest.fixture
async def open_shop(browser: Browser, adyen: AdyenSandbox) -> AsyncIterator[Open]:
    """Opens the page with the fields ready; answers it and its order's reference. A breach of its policy fails."""
    shop = Shop(adyen.url)
    await shop.start()
    pages: list[Page] = []

    async def opening() -> tuple[Page, str]:
        page, reference = await browser.new_page(), f"att_{uuid4().hex}"
        pages.append(page)

        async def at_server(what: str, text: str) -> str:
            state, api = json.loads(text), adyen.sdk().payments_api
            if what == "details":
                answer = await asyncio.to_thread(api.payments_details, state)
            else:
                method = {**state["paymentMethod"], "browserInfo": state["browserInfo"]}
                body = request(method, reference) | {"amount": {"currency": "GBP", "value": 4999}}
                answer = await asyncio.to_thread(api.payments, body)
            shown = {"resultCode", "action"} & set(answer.message)
            return json.dumps({name: answer.message[name] for name in shown})

        await page.expose_function("atServer", at_server)
        await page.goto(shop.url)
        await eventually(lambda: heard(page, "ready"))
        return page, reference

    yield opening
    for page in pages:
        assert [] == await page.evaluate("window.violations")
        await page.close()
    shop.stop()


async def test_a_card_is_paid_with(open_shop: Open, adyen: AdyenSandbox) -> None:
    page, reference = await open_shop()
    await fill(page)
    await page.get_by_role("button", name="Pay £49.99").click()
    told = await eventually(lambda: heard(page, "completed"))

    assert [{"resultCode": "Authorised"}] == told
    assert ["captured"] == [each["state"] for each in await adyen.payments(reference)]


async def test_the_number_never_meets_the_merchants_page(open_shop: Open) -> None:
    page, _ = await open_shop()
    await fill(page, number="4988438843884305")
    await page.get_by_role("button", name="Pay £49.99").click()
    await eventually(lambda: heard(page, "completed"))
    seen: Any = await page.evaluate(
        "JSON.stringify([window.heard, window.messages]) + document.documentElement.outerHTML"
    )

    for part in ("4988438843884305", "4988 4388", "988438843"):
        assert part not in seen


async def test_the_page_hears_each_field(open_shop: Open) -> None:
    page, _ = await open_shop()
    await fill(page)
    await eventually(
        lambda: page.evaluate(
            "window.heard.some(([name, told]) => name === 'change' && told.isValid)"
        )
    )
    valid = await heard(page, "valid")

    assert [
        "encryptedCardNumber",
        "encryptedExpiryMonth",
        "encryptedExpiryYear",
        "encryptedSecurityCode",
    ] == [each["encryptedFieldName"] for each in valid]
    assert ["1142"] == [each["endDigits"] for each in valid if "endDigits" in each]
    assert "visa" == (await heard(page, "brand"))[-1]["brand"]
    assert ["encryptedCardNumber", "encryptedExpiryDate", "encryptedSecurityCode"] == [
        each["fieldType"] for each in await heard(page, "focus")
    ]


async def test_another_card_is_refused_in_its_field(open_shop: Open) -> None:
    page, _ = await open_shop()
    await fill(page, number="4000000000000002")
    await page.get_by_role("button", name="Pay £49.99").click()
    shown = page.locator(".adyen-checkout-contextual-text--error").first
    await eventually(shown.text_content)

    assert [] == await heard(page, "submit")
    assert "true" == await field(page, "Card number").get_attribute("aria-invalid")


async def test_what_is_missing_is_said_on_submit(open_shop: Open) -> None:
    page, _ = await open_shop()
    await page.get_by_role("button", name="Pay £49.99").click()

    async def said() -> bool:
        errors = (await heard(page, "change"))[-1:]
        return bool(errors) and None not in errors[0]["errors"]

    await eventually(said)
    assert [] == await heard(page, "submit")


async def test_a_refusal_is_told_as_a_failure(open_shop: Open) -> None:
    page, _ = await open_shop()
    await fill(page, holder="DECLINED")
    await page.get_by_role("button", name="Pay £49.99").click()
    told = await eventually(lambda: heard(page, "failed"))

    assert [{"resultCode": "Refused"}] == told


@pytest.mark.parametrize(("button", "end"), [("Complete", "completed"), ("Fail", "failed")])
async def test_the_banks_question_is_asked_in_the_page(
    open_shop: Open, button: str, end: str
) -> None:
    page, _ = await open_shop()
    await fill(page, number="4917610000000000")
    await page.get_by_role("button", name="Pay £49.99").click()
    bank = page.frame_locator('iframe[title="Bank security check"]')
    await bank.get_by_role("button", name=button).click()
    told = await eventually(lambda: heard(page, end))

    assert 1 == len(await heard(page, "details"))
    assert 1 == len(told)
