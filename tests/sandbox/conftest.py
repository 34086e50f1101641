"""One sandbox and one merchant for most tests; a fresh one for those that restart or disturb it."""

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any, Protocol

import pytest
import stripe
from playwright.async_api import Browser, Page

from tests.sandbox.harness import PUBLISHABLE_KEY, Merchant, Sandbox
from tests.sandbox.shop import Shop, until

Open = Callable[..., Awaitable[Page]]


class Pay(Protocol):
    async def __call__(self, method: str = ..., **params: Any) -> stripe.PaymentIntent: ...


@pytest.fixture(scope="session")
async def merchant() -> AsyncIterator[Merchant]:
    server = Merchant()
    await server.start()
    yield server
    await server.stop()


@pytest.fixture(scope="session")
async def sandbox(
    tmp_path_factory: pytest.TempPathFactory, merchant: Merchant
) -> AsyncIterator[Sandbox]:
    """Shared: leave no fault behind, and look at your own objects only."""
    running = Sandbox(tmp_path_factory.mktemp("sandbox"), merchant.url)
    await running.start()
    yield running
    running.stop()


@pytest.fixture
async def fresh_merchant() -> AsyncIterator[Merchant]:
    server = Merchant()
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
async def fresh_sandbox(tmp_path: Path, fresh_merchant: Merchant) -> AsyncIterator[Sandbox]:
    """One's own: to be restarted, disturbed, or searched."""
    running = Sandbox(tmp_path, fresh_merchant.url)
    await running.start()
    yield running
    if running.process is not None:
        running.stop()


@pytest.fixture
def psp(sandbox: Sandbox) -> stripe.StripeClient:
    """The official client with the secret key."""
    return sandbox.stripe()


@pytest.fixture
def browser_psp(sandbox: Sandbox) -> stripe.StripeClient:
    """The official client with the publishable key, as a browser has it."""
    return sandbox.stripe(PUBLISHABLE_KEY)


@pytest.fixture
def pay(psp: stripe.StripeClient) -> Pay:
    """Creates and confirms a payment of 49.99 GBP with a ready-made payment method."""

    async def paying(method: str = "pm_card_visa", **params: Any) -> stripe.PaymentIntent:
        given: Any = {
            "amount": 4999,
            "currency": "gbp",
            "payment_method": method,
            "confirm": True,
            "use_stripe_sdk": True,
            "allowed_payment_method_types": ["card"],
            "expand": ["latest_charge"],
            **params,
        }
        return await psp.v1.payment_intents.create_async(given)

    return paying


@pytest.fixture(scope="session")
async def shop(sandbox: Sandbox) -> AsyncIterator[Shop]:
    serving = Shop(sandbox.url, PUBLISHABLE_KEY)
    await serving.start()
    yield serving
    serving.stop()


@pytest.fixture
async def open_shop(browser: Browser, shop: Shop) -> AsyncIterator[Open]:
    """Opens the merchant's page with the fields ready. Any breach of its policy fails the test."""
    pages: list[Page] = []

    async def opening(query: str = "", **options: Any) -> Page:
        page = await browser.new_page(**options)
        pages.append(page)
        await page.goto(shop.url + query)
        await until(page, "heard.filter(([event]) => event === 'ready').length === 3")
        return page

    yield opening
    for page in pages:
        if page.url.startswith(shop.url):
            assert await page.evaluate("window.violations ?? []") == []
        await page.close()
