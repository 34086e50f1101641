"""One stand for all tests of the pay page."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from tests.pay_page.customer import Customer, OpenPage
from tests.pay_page.stand import Link, Stand, running_stand


@pytest.fixture(scope="session")
def stand() -> Iterator[Stand]:
    with running_stand() as running:
        yield running


@pytest_asyncio.fixture
async def open_page(browser: Browser, stand: Stand) -> AsyncIterator[OpenPage]:
    """Opens a link as a new customer; at the end no page may have broken its Content-Security-Policy or thrown."""
    customers: list[Customer] = []

    async def open_link(
        link: Link, *, on: Stand = stand, query: str = "", **context: object
    ) -> Customer:
        customer = await Customer.arrive(browser, on, link, context, query)
        customers.append(customer)
        return customer

    yield open_link
    for customer in customers:
        await customer.leave()
    assert [fault for customer in customers for fault in customer.faults] == []
