"""Each PSP's way to pay, on a phone: real service, real far ends, declines, challenges, failover; one charge each."""

import os
import secrets
import signal
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import httpx2
import pytest
from playwright.async_api import Browser, Locator, Page, Route, expect

from app.opening import open_database, open_vault
from compliance.merchants import list_merchants
from core.clock import utc_now
from core.ids import new_id
from payments.accounts import save_account
from tests.adyen_sandbox.harness import AdyenSandbox
from tests.e2e.agent import PATIENCE_MS, WATCH_POLICY, watch_faults
from tests.e2e.customer import CODE, EXPIRY, PHONE, completes
from tests.e2e.stand import Stand, new_stand
from tests.e2e.waiting import eventually
from tests.mollie_sandbox.harness import MollieSandbox
from tests.payments.gateways.adyen_psp import adyen_config
from tests.payments.gateways.mollie_psp import mollie_config
from tests.sandbox.harness import PUBLISHABLE_KEY, SECRET_KEY, WEBHOOK_SECRET, Sandbox
from tests.support import children

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]

AMOUNT = 4999
ADYEN_GOOD, ADYEN_CHALLENGED = "4111111145551142", "4917610000000000"
STRIPE_GOOD, STRIPE_DECLINED = "4242424242424242", "4000000000000002"
# After the seeded Stripe account, which has 100.
SECOND = 200

FarEnd = AdyenSandbox | MollieSandbox | Sandbox


@dataclass
class Shop:
    """A service with accounts at several PSPs, and the far ends of these."""

    stand: Stand
    far_ends: dict[str, FarEnd] = field(default_factory=dict)
    accounts: dict[str, str] = field(default_factory=dict)

    async def add(self, provider: str, far_end: FarEnd, config: Mapping[str, Any]) -> None:
        """Sets an account up whose far end reports to it, and starts that."""
        account = new_id("gwa", utc_now())
        webhook = f"{self.stand.url}/webhooks/psp/{account}"
        far_end.folder.mkdir()
        far_end.webhook_url = webhook
        settings = self.stand.plan.settings(self.stand.secrets)
        vault = open_vault(settings)
        database, _ = open_database(settings, vault)
        try:
            async with database.transaction() as session:
                merchant = (await list_merchants(session))[0].id
                await save_account(
                    session,
                    vault,
                    merchant=merchant,
                    provider=provider,
                    config=config,
                    now=utc_now(),
                    account_id=account,
                    priority=SECOND,
                )
        finally:
            await database.close()
        await far_end.start()
        self.far_ends[provider], self.accounts[provider] = far_end, account

    async def link(self, provider: str | None = None) -> dict[str, Any]:
        """A link for £49.99, through one PSP or whichever is chosen."""
        draft: dict[str, Any] = {
            "amount": AMOUNT,
            "currency": "GBP",
            "description": "Winter boots",
            "reference": f"ORDER-{secrets.randbelow(10**8)}",
        }
        if provider is not None:
            draft["account"] = self.accounts[provider]
        answer = await self.stand.ask(
            "POST", "/v1/links", json=draft, headers={"Idempotency-Key": secrets.token_hex(16)}
        )
        assert answer.status_code == 201, answer.text
        made: dict[str, Any] = answer.json()
        return made

    async def is_paid_once(self, link: Mapping[str, Any]) -> None:
        """The link is paid, and one transaction says so."""

        async def paid() -> bool:
            return bool((await self.stand.get(f"/v1/links/{link['id']}"))["status"] == "paid")

        await eventually(paid, "the link is paid")
        moved = (await self.stand.get("/v1/transactions", payment=link["payment"]))["data"]
        assert [AMOUNT] == [row["amount"] for row in moved]

    def end(self) -> None:
        for far_end in self.far_ends.values():
            if far_end.process is not None:
                far_end.stop()
        self.stand.end()


async def a_shop(folder: Path, client: httpx2.AsyncClient) -> Shop:
    stand = new_stand(folder, client, None)
    shop = Shop(stand)
    await stand.start()
    adyen = AdyenSandbox(folder / "adyen")
    await shop.add("adyen", adyen, adyen_config(adyen))
    return shop


@pytest.fixture(scope="module")
async def shop(
    tmp_path_factory: pytest.TempPathFactory, client: httpx2.AsyncClient
) -> AsyncIterator[Shop]:
    """One for all tests that leave its PSPs alone."""
    folder = tmp_path_factory.mktemp("shop")
    made = await a_shop(folder, client)
    try:
        mollie = MollieSandbox(folder / "mollie")
        await made.add("mollie", mollie, mollie_config(mollie))
        stripe = Sandbox(folder / "stripe")
        keys = {
            "secret_key": SECRET_KEY,
            "publishable_key": PUBLISHABLE_KEY,
            "webhook_secret": WEBHOOK_SECRET,
            "api_base": stripe.url,
            "js_url": f"{stripe.url}/v3/",
        }
        await made.add("stripe_checkout", stripe, keys)
        yield made
    finally:
        made.end()


@pytest.fixture
async def phone(browser: Browser) -> AsyncIterator[Page]:
    """A customer's page; no script of it may fail, and no policy be violated."""
    context = await browser.new_context(**PHONE)
    context.set_default_timeout(PATIENCE_MS)
    await context.add_init_script(WATCH_POLICY)
    page = await context.new_page()
    faults: list[str] = []
    watch_faults(page, faults)
    yield page
    await context.close()
    assert [] == faults


def pay_button(page: Page) -> Locator:
    return page.get_by_role("button", name="Pay £49.99", exact=True)


async def reads(page: Page, words: str) -> None:
    found = page.get_by_text(words).locator("visible=true").first
    await expect(found).to_be_visible(timeout=PATIENCE_MS)


async def has_receipt(page: Page) -> None:
    heading = page.get_by_role("heading", name="Payment received").or_(
        page.get_by_role("heading", name="Already paid")
    )
    await expect(heading).to_be_visible(timeout=PATIENCE_MS)


async def type_card(page: Page, number: str, holder: str) -> None:
    """Types into the PSP's frames, which are found by their accessible names, and waits until the page heard of all."""
    for name, digits, told in (
        ("Card number", number, "number"),
        ("Expiry date", EXPIRY, "expiry"),
        ("Security code", CODE, "cvc"),
    ):
        box = page.locator(holder.format(told)).filter(has=page.locator("iframe"))
        if holder == ADYEN:
            box = box.filter(has_text=name)
        target = box.frame_locator("iframe").get_by_role("textbox", name=name, exact=True)
        async with page.expect_request(partial(completes, field=told)):
            await target.tap()
            await target.fill("")
            await target.press_sequentially(digits)


ADYEN, STRIPE = ".adyen-checkout__field", "#box-{}"


async def test_adyen_takes_a_card_after_the_bank_said_no(shop: Shop, phone: Page) -> None:
    """The bank asks in the page; after a no the same page takes another card."""
    link = await shop.link("adyen")
    await phone.goto(link["url"])
    await type_card(phone, ADYEN_CHALLENGED, ADYEN)
    await pay_button(phone).tap()
    bank = phone.frame_locator("#challenge iframe")
    await bank.get_by_role("button", name="Fail", exact=True).tap()
    await reads(phone, "Your bank could not confirm that it was you.")
    await type_card(phone, ADYEN_GOOD, ADYEN)
    await pay_button(phone).tap()
    await has_receipt(phone)
    await shop.is_paid_once(link)


async def test_adyen_takes_a_card_after_the_bank_said_yes(shop: Shop, phone: Page) -> None:
    """The details of the challenge go through our server, and only then the money moves."""
    link = await shop.link("adyen")
    await phone.goto(link["url"])
    await type_card(phone, ADYEN_CHALLENGED, ADYEN)
    await pay_button(phone).tap()
    bank = phone.frame_locator("#challenge iframe")
    await bank.get_by_role("button", name="Complete", exact=True).tap()
    await has_receipt(phone)
    await shop.is_paid_once(link)


async def test_mollie_is_paid_at_its_page_after_a_decline(shop: Shop, phone: Page) -> None:
    """The decline is told on our page; the next press leads to a new payment at Mollie."""
    link = await shop.link("mollie")
    await phone.goto(link["url"])
    await pay_button(phone).tap()
    await phone.wait_for_url("**/checkout/**")
    await phone.get_by_role("button", name="Failed", exact=True).tap()
    await reads(phone, "Your bank did not approve this payment.")
    await pay_button(phone).tap()
    await phone.wait_for_url("**/checkout/**")
    await phone.get_by_role("button", name="Paid", exact=True).tap()
    await phone.wait_for_url(link["url"])
    await has_receipt(phone)
    await shop.is_paid_once(link)


async def test_mollies_page_can_be_left_and_taken_up_again(shop: Shop, phone: Page) -> None:
    """The back button leads to our page, which knows that the payment is open."""
    link = await shop.link("mollie")
    await phone.goto(link["url"])
    await pay_button(phone).tap()
    await phone.wait_for_url("**/checkout/**")
    await phone.go_back()
    await reads(phone, "Your payment is not finished")
    await phone.get_by_role("button", name="Continue to payment").tap()
    await phone.wait_for_url("**/checkout/**")
    await phone.get_by_role("button", name="Paid", exact=True).tap()
    await phone.wait_for_url(link["url"])
    await has_receipt(phone)
    await shop.is_paid_once(link)


async def test_stripes_own_page_is_paid_at_after_a_decline(shop: Shop, phone: Page) -> None:
    """Stripe's page takes another card itself, and leads back."""
    link = await shop.link("stripe_checkout")
    await phone.goto(link["url"])
    await pay_button(phone).tap()
    await phone.wait_for_url("**/c/pay/**")
    for number in (STRIPE_DECLINED, STRIPE_GOOD):
        await phone.get_by_label("Card number").fill(number)
        await phone.get_by_label("Expiry date").fill(f"{EXPIRY[:2]} / {EXPIRY[2:]}")
        await phone.get_by_label("Security code").fill(CODE)
        await phone.get_by_role("button", name="Pay").tap()
        if number == STRIPE_DECLINED:
            await expect(phone.get_by_role("alert")).to_be_visible(timeout=PATIENCE_MS)
    await phone.wait_for_url(link["url"])
    await has_receipt(phone)
    await shop.is_paid_once(link)


async def test_a_psp_that_dies_at_the_press_is_taken_the_place_of(
    tmp_path: Path, client: httpx2.AsyncClient, phone: Page
) -> None:
    """The card is typed for the other PSP once more, and charged there alone; the next page has its fields at once."""
    shop = await a_shop(tmp_path, client)
    try:
        link = await shop.link()
        stripe = shop.stand.far_ends[0]

        async def kill_first(route: Route) -> None:
            # The browser has the card's token by now; our server finds nobody to give it to.
            if stripe.poll() is None:
                stripe.send_signal(signal.SIGKILL)
                stripe.wait(timeout=30)
            await route.continue_()

        await phone.goto(link["url"])
        await type_card(phone, STRIPE_GOOD, STRIPE)
        await phone.route("**/attempts", kill_first)
        await pay_button(phone).tap()
        await reads(phone, "Please enter your card once more: your payment was not taken.")
        await type_card(phone, ADYEN_GOOD, ADYEN)
        await pay_button(phone).tap()
        await has_receipt(phone)
        await shop.is_paid_once(link)

        later = await shop.link()
        await phone.goto(later["url"])
        await expect(phone.locator(ADYEN)).to_have_count(3, timeout=PATIENCE_MS)
        await revive_sandbox(shop.stand)
        assert [] == await shop.stand.intents()
    finally:
        shop.end()


async def revive_sandbox(stand: Stand) -> None:
    """Starts the sandbox PSP again on what it remembers."""
    child = stand.plan.sandbox(stand.secrets, "none", "Acme")
    process = children.start(
        child.command,
        log=stand.folder / "sandbox-again.log",
        environment={**os.environ, **child.environment},
    )
    stand.far_ends.append(process)

    async def answers() -> bool:
        try:
            return (await stand.client.get(child.health_url)).status_code == 200
        except httpx2.TransportError:
            return False

    await eventually(answers, "the sandbox answers again")
