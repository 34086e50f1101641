"""The hosted page: what a customer and a stranger see of it."""

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, expect

from tests.mollie_sandbox.harness import MollieSandbox
from tests.mollie_sandbox.test_payments import link_of, shown


async def test_looking_changes_nothing_and_shows_what_is_paid_to_whom(
    far_end: MollieSandbox,
) -> None:
    made = await far_end.create(description="<b>INV-1</b>")
    async with far_end.http() as client:
        page = await client.get(link_of(made))

    assert 200 == page.status_code
    for part in ("Acme Garden Ltd", "€49.99", "&lt;b&gt;INV-1&lt;/b&gt;", "Paid", "Canceled"):
        assert part in page.text
    assert "form-action 'self' https://shop.example;" in page.headers["content-security-policy"]
    assert "open" == (await shown(far_end, made.id))["status"]


async def test_a_hold_offers_no_payment_at_once(far_end: MollieSandbox) -> None:
    made = await far_end.create(capture_mode="manual")
    async with far_end.http() as client:
        page = await client.get(link_of(made))

    assert "Authorized" in page.text
    assert ">Paid<" not in page.text


async def test_strangers_and_nonsense_are_turned_away(far_end: MollieSandbox) -> None:
    made = await far_end.create()
    async with far_end.http() as client:
        unknown = await client.get("/checkout/nobody")
        nonsense = await client.post(link_of(made), data={"final_state": "rich"})
        foreign = await client.post(
            link_of(made), data={"final_state": "paid"}, headers={"Sec-Fetch-Site": "cross-site"}
        )

    assert (410, 422, 403) == (unknown.status_code, nonsense.status_code, foreign.status_code)
    assert "open" == (await shown(far_end, made.id))["status"]


@pytest.mark.browser
async def test_a_customer_pays_on_a_phone_and_is_led_back(
    browser: Browser, far_end: MollieSandbox
) -> None:
    """By touch, without scripts, and without a fault that axe can find."""
    made = await far_end.create(redirect_url=f"{far_end.url}/healthz")
    page = await browser.new_page(viewport={"width": 360, "height": 740})
    await page.goto(link_of(made))
    found = await Axe().run(page)
    await page.get_by_role("button", name="Paid").click()

    await expect(page).to_have_url(f"{far_end.url}/healthz")
    assert [] == found.response["violations"]
    assert "paid" == (await shown(far_end, made.id))["status"]
    await page.close()
