"""People of the demo beside the agent, and what the console's tests ask of the service in their name."""

import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page

from tests.e2e.agent import Agent
from tests.e2e.customer import Customer, PayPage
from tests.e2e.demo import Demo


@asynccontextmanager
async def someone(
    browser: Browser, demo: Demo, role: str, faults: list[str]
) -> AsyncIterator[Agent]:
    """Whoever has this role in the demo, signed in at a desk of their own."""
    made = await Agent.arrive(browser, demo, faults)
    await made.sign_in(role)
    try:
        yield made
    finally:
        await made.leave()


async def ask(demo: Demo, method: str, path: str, body: dict[str, Any]) -> dict[str, Any]:
    """What the merchant's software asks for, each time anew."""
    headers = {
        "Authorization": f"Bearer {demo.description['api_key']}",
        "Idempotency-Key": str(uuid.uuid4()),
    }
    answer = await demo.client.request(method, demo.service + path, json=body, headers=headers)
    assert answer.is_success, answer.text
    return dict(answer.json())


@asynccontextmanager
async def limits(demo: Demo, **settings: dict[str, Any]) -> AsyncIterator[None]:
    """The merchant's settings, for a while."""
    await ask(demo, "PATCH", "/v1/settings", settings)
    try:
        yield
    finally:
        back = {kind: dict.fromkeys(fields) for kind, fields in settings.items()}
        await ask(demo, "PATCH", "/v1/settings", back)


async def new_link(demo: Demo, **changes: Any) -> dict[str, Any]:
    """A link of the merchant's software, which everybody who sees the whole merchant sees."""
    body = {
        "amount": 4999,
        "currency": "GBP",
        "description": "Water bill, March",
        "customer": {"name": "Casey Jones", "phone": "+447700900123"},
        **changes,
    }
    link = await ask(demo, "POST", "/v1/links", body)
    demo.used.tokens.add(str(link["url"]).rpartition("/")[2])
    return link


async def handed_in(customer: Customer, url: str) -> PayPage:
    """The customer has typed a good card and pressed Pay."""
    page = await customer.open(url)
    await page.type_card()
    await page.press_pay()
    return page


async def is_accessible(page: Page, part: str) -> None:
    """Axe finds nothing in this part of the screen, light and dark; nothing is lost to the side."""
    for scheme in ("light", "dark"):
        # Without motion: colours on their way from one scheme to the other are nobody's.
        await page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        found = (await Axe().run(page, context=part)).response["violations"]
        told = [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found]
        assert [] == told, told
    await page.emulate_media(color_scheme="light", reduced_motion="no-preference")
    wide = await page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    assert 0 >= wide
