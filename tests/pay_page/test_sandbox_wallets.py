"""Wallets below the card form: the sandbox's buttons and sheet, under the strict policy and Trusted Types.

Covers links/pay/assets/psp_stripe_wallets.js.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.async_api import FrameLocator, Locator, Route, expect

from tests.pay_page.customer import DESK, Customer, OpenPage, until
from tests.pay_page.sandbox import Sandbox, running_sandbox, running_sandbox_stand
from tests.pay_page.stand import Reply, Stand
from tests.pay_page.test_access import assert_accessible_in_every_look
from tests.pay_page.test_amount import choice
from tests.pay_page.test_paying import PAID, declined
from tests.pay_page.test_sandbox_fields import type_card

pytestmark = pytest.mark.browser

GOOD, DECLINED, CHALLENGED = "4242", "0002", "3184"


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    with running_sandbox(tmp_path_factory.mktemp("sandbox")) as running:
        yield running


@pytest.fixture(scope="module")
def wallets(sandbox: Sandbox) -> Iterator[Stand]:
    with running_sandbox_stand(sandbox, wallets=True) as running:
        yield running


def area(customer: Customer) -> Locator:
    return customer.page.locator("#wallets")


def google_pay(customer: Customer) -> Locator:
    frame = customer.page.frame_locator("iframe[title='Secure payment button frame']")
    return frame.get_by_role("button", name="Google Pay")


def sheet(customer: Customer) -> FrameLocator:
    return customer.page.frame_locator("dialog iframe[title='Wallet']")


async def choose(customer: Customer, last4: str) -> None:
    await google_pay(customer).click()
    await sheet(customer).get_by_role("button", name=f"•••• {last4}").click()


async def test_a_wallet_pays_as_a_card_does(
    wallets: Stand, sandbox: Sandbox, open_page: OpenPage
) -> None:
    """One press, one card of the sheet: our server gets the name of a payment method and nothing else."""
    link = wallets.link()
    link.answers("attempts", PAID)
    customer = await open_page(link, on=wallets)
    await choose(customer, GOOD)
    await customer.sees("Payment received")
    (attempt,) = link.posts("attempts")
    assert set(attempt) == {"page", "method", "account", "revision", "amount", "device"}
    assert (attempt["amount"], attempt["revision"]) == (4999, 3)
    made = sandbox.get(f"/v1/payment_methods/{attempt['method']}")
    card = made["card"]
    assert isinstance(card, dict)
    assert card["wallet"]["type"] == "google_pay"
    assert card["fingerprint"]
    assert link.events().index("opened") < link.events().index("method_selected")
    told = [body for body in link.posts("progress") if body["event"] == "method_selected"]
    assert [body["method"] for body in told] == ["google_pay"]


async def test_the_button_that_pays_by_card_stays_the_only_one_of_its_name(
    wallets: Stand, open_page: OpenPage
) -> None:
    """The wallet's button is called after the wallet, in a part of its own below the card form."""
    customer = await open_page(wallets.link(), on=wallets)
    await expect(google_pay(customer)).to_be_visible()
    group = customer.page.get_by_role("group", name="Or pay with a wallet")
    await expect(group).to_be_visible()
    await expect(customer.page.get_by_role("button", name="Pay £49.99")).to_have_count(1)
    await expect(customer.page.get_by_role("heading", name="Pay by card")).to_have_count(1)
    above = await customer.button.bounding_box()
    below = await group.bounding_box()
    assert above is not None
    assert below is not None
    assert above["y"] + above["height"] <= below["y"]


async def test_after_a_wallet_was_declined_a_card_pays(wallets: Stand, open_page: OpenPage) -> None:
    """The sheet is gone, the page says why, and the card fields are ready for another try."""
    link = wallets.link()
    link.answers("attempts", declined("card_declined", "Your bank declined the card."), PAID)
    customer = await open_page(link, on=wallets)
    await choose(customer, DECLINED)
    await customer.sees("Your bank declined the card.")
    await expect(customer.page.locator("dialog")).to_have_count(0)
    await type_card(customer, "4242424242424242")
    await customer.button.click()
    await customer.sees("Payment received")
    methods = [body["method"] for body in link.posts("attempts")]
    assert len(set(methods)) == 2


async def test_after_a_card_was_declined_a_wallet_pays(wallets: Stand, open_page: OpenPage) -> None:
    link = wallets.link()
    link.answers("attempts", declined("card_declined", "Your bank declined the card."), PAID)
    customer = await open_page(link, on=wallets)
    await expect(google_pay(customer)).to_be_visible()
    await type_card(customer, "4000000000000002")
    await customer.button.click()
    await customer.sees("Your bank declined the card.")
    await choose(customer, GOOD)
    await customer.sees("Payment received")


async def test_the_bank_asks_after_a_wallet_as_after_a_card(
    wallets: Stand, sandbox: Sandbox, open_page: OpenPage
) -> None:
    link = wallets.link()
    challenge = {"attempt": "att_7", "client_secret": sandbox.challenged()}
    link.answers("attempts", Reply({"status": "challenge", **challenge}))
    link.answers("attempts/att_7/resume", PAID)
    customer = await open_page(link, on=wallets)
    await choose(customer, CHALLENGED)
    await customer.sees("Your bank wants to check that it is you")
    bank = customer.page.frame_locator("iframe[title='Bank security check']")
    await bank.get_by_role("button", name="Complete").click()
    await customer.sees("Payment received")


async def test_a_wallet_by_keyboard_alone(wallets: Stand, open_page: OpenPage) -> None:
    """Tab, Enter, Tab, Enter; Escape in the sheet goes back to the button, and nothing is sent."""
    link = wallets.link()
    link.answers("attempts", PAID)
    customer = await open_page(link, on=wallets, **DESK)
    keyboard = customer.page.keyboard
    await expect(google_pay(customer)).to_be_visible()
    await customer.button.focus()
    await keyboard.press("Tab")
    await expect(google_pay(customer)).to_be_focused()
    await keyboard.press("Enter")
    await expect(sheet(customer).get_by_role("heading")).to_be_focused()
    await keyboard.press("Escape")
    await expect(customer.page.locator("dialog")).to_have_count(0)
    assert link.posts("attempts") == []
    await google_pay(customer).focus()
    await keyboard.press("Enter")
    await expect(sheet(customer).get_by_role("heading")).to_be_focused()
    await keyboard.press("Tab")
    await expect(sheet(customer).get_by_role("button").first).to_be_focused()
    await keyboard.press("Enter")
    await customer.sees("Payment received")
    assert len(link.posts("attempts")) == 1


async def test_tab_goes_through_the_card_fields_and_the_button_to_the_wallet(
    wallets: Stand, open_page: OpenPage
) -> None:
    """The order in which they are read: the choice of language, then the fields."""
    customer = await open_page(wallets.link(), on=wallets, **DESK)
    await customer.ready()
    await expect(google_pay(customer)).to_be_visible()
    await customer.page.keyboard.press("Tab")
    await expect(customer.page.locator("header summary")).to_be_focused()
    for name in ("number", "expiry", "cvc"):
        await customer.page.keyboard.press("Tab")
        await expect(customer.input(name)).to_be_focused()
    await customer.page.keyboard.press("Tab")
    await expect(customer.button).to_be_focused()
    await customer.page.keyboard.press("Tab")
    await expect(google_pay(customer)).to_be_focused()


async def test_the_sheet_shows_the_amount_that_the_customer_chose(
    wallets: Stand, open_page: OpenPage
) -> None:
    """What was agreed to in the sheet is what is submitted; an amount that cannot be paid opens no sheet."""
    link = choice(wallets)
    link.answers("attempts", PAID)
    customer = await open_page(link, on=wallets)
    await expect(google_pay(customer)).to_be_visible()
    field = customer.page.get_by_label("Amount to pay")
    await field.fill("1.00")
    await google_pay(customer).click()
    await customer.sees("Please check the amount marked below.")
    await expect(customer.page.locator("dialog")).to_have_count(0)
    await field.fill("20.50")
    await google_pay(customer).click()
    await expect(sheet(customer).get_by_text("£20.50")).to_be_visible()
    await sheet(customer).get_by_role("button", name=f"•••• {GOOD}").click()
    await customer.sees("Payment received")
    assert [body["amount"] for body in link.posts("attempts")] == [2050]


async def test_an_amount_that_changed_under_the_sheet_is_not_paid_unseen(
    wallets: Stand, open_page: OpenPage
) -> None:
    """The submission carries what the sheet showed; our server refuses it; the next sheet shows what is due."""
    link = wallets.link()
    refused = Reply({"code": "amount_changed"}, status=409)
    link.answers("attempts", refused, PAID)
    customer = await open_page(link, on=wallets)
    await google_pay(customer).click()
    await expect(sheet(customer).get_by_text("£49.99")).to_be_visible()
    link.stands("payable", amount=5999, amount_text="£59.99", revision=4)
    await sheet(customer).get_by_role("button", name=f"•••• {GOOD}").click()
    await customer.sees("The amount has changed to £59.99.")
    await google_pay(customer).click()
    await expect(sheet(customer).get_by_text("£59.99")).to_be_visible()
    await sheet(customer).get_by_role("button", name=f"•••• {GOOD}").click()
    await customer.sees("Payment received")
    sent = [(body["amount"], body["revision"]) for body in link.posts("attempts")]
    assert sent == [(4999, 3), (5999, 4)]


async def test_a_wallet_that_is_not_there_leaves_no_trace(
    tmp_path_factory: pytest.TempPathFactory, open_page: OpenPage
) -> None:
    """Where Stripe has none for this account or browser, the page is the card form, and it pays."""
    folder = tmp_path_factory.mktemp("bare")
    with (
        running_sandbox(folder, "--wallets", "") as bare,
        running_sandbox_stand(bare, wallets=True) as stand,
    ):
        link = stand.link()
        link.answers("attempts", PAID)
        customer = await open_page(link, on=stand)
        await expect(area(customer)).to_have_count(0)
        await expect(customer.page.get_by_role("heading", name="Pay by card")).to_be_visible()
        await type_card(customer, "4242424242424242")
        await customer.button.click()
        await customer.sees("Payment received")
        await customer.leave()


async def test_a_script_without_wallets_leaves_the_card_form(
    stand: Stand, open_page: OpenPage
) -> None:
    """Whatever goes wrong with wallets, a card still pays."""
    stand.wallets = True
    try:
        link = stand.link()
        link.answers("attempts", PAID)
        customer = await open_page(link)
        await expect(area(customer)).to_have_count(0)
        await customer.pay()
        await customer.sees("Payment received")
    finally:
        stand.wallets = False


async def test_wallets_that_arrive_late_move_nothing_above_them(
    wallets: Stand, open_page: OpenPage
) -> None:
    """The card fields and the button stay where they are under the customer's finger."""
    link = wallets.link()
    held: list[Route] = []

    async def hold(route: Route) -> None:
        held.append(route)

    customer = await open_page(wallets.link("expired"), on=wallets)
    await customer.page.route("**/wallets", hold)
    # The frame that is held may hold back the page's own load event.
    await customer.page.goto(wallets.url(link), wait_until="domcontentloaded")
    await customer.ready()
    await until(lambda: bool(held))
    before = await customer.button.bounding_box()
    for route in held:
        await route.continue_()
    await expect(google_pay(customer)).to_be_visible()
    assert before == await customer.button.bounding_box()


async def test_axe_finds_nothing_with_wallets_nor_in_the_sheet(
    wallets: Stand, open_page: OpenPage
) -> None:
    """On phone and desk, light and dark, the frames included."""
    customer = await open_page(wallets.link(), on=wallets)
    await customer.ready()
    await expect(google_pay(customer)).to_be_visible()
    await assert_accessible_in_every_look(customer)
    await google_pay(customer).click()
    await expect(sheet(customer).get_by_role("heading")).to_be_focused()
    await assert_accessible_in_every_look(customer)
