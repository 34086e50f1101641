"""Wallets at the sandbox: cards that come out of one, and Stripe's element for their buttons."""

from typing import Any

import pytest
import stripe
from playwright.async_api import Page

from payments.sandbox.wallets import held, read_offered
from tests.sandbox.conftest import Open, Pay
from tests.sandbox.harness import PUBLISHABLE_KEY, Sandbox

PAYMENT = "{mode: 'payment', amount: 4999, currency: 'gbp', paymentMethodCreation: 'manual'}"


async def made(psp: stripe.StripeClient, token: str, wallet: str = "google_pay") -> Any:
    """What the sandbox's own script asks for."""
    asked: Any = {"type": "card", "card": {"token": token, "wallet": wallet}}
    return await psp.v1.payment_methods.create_async(asked)


async def test_a_card_out_of_a_wallet_says_so_and_pays(
    psp: stripe.StripeClient, browser_psp: stripe.StripeClient, pay: Pay
) -> None:
    """As Stripe's does: in the payment method, and in the charge; only the merchant's server sees the fingerprint."""
    from_page = await made(browser_psp, "tok_visa")
    seen = await psp.v1.payment_methods.retrieve_async(from_page.id)
    intent = await pay(from_page.id)

    assert "fingerprint" not in from_page.card
    assert seen.card.fingerprint
    assert ("google_pay", "4242") == (seen.card.wallet.type, seen.card.wallet.dynamic_last4)
    assert "succeeded" == intent.status
    assert "google_pay" == intent.latest_charge.payment_method_details.card.wallet.type


async def test_a_typed_card_has_no_wallet(psp: stripe.StripeClient, pay: Pay) -> None:
    intent = await pay("pm_card_visa")

    assert intent.latest_charge.payment_method_details.card.wallet is None


async def test_the_wallets_cards_are_paid_declined_and_asked_about(
    browser_psp: stripe.StripeClient, pay: Pay
) -> None:
    """One for each way that a payment can go."""
    outcomes = []
    for card in held():
        method = await made(browser_psp, card.token)
        try:
            outcomes.append((card.outcome, (await pay(method.id)).status))
        except stripe.CardError as refused:
            outcomes.append((card.outcome, str(refused.code)))

    assert [
        ("paid", "succeeded"),
        ("declined", "card_declined"),
        ("asked", "requires_action"),
    ] == outcomes


async def test_a_wallet_that_there_is_not_is_refused(browser_psp: stripe.StripeClient) -> None:
    with pytest.raises(stripe.InvalidRequestError):
        await made(browser_psp, "tok_visa", "gold_pay")


async def test_the_sheet_shows_who_is_paid_how_much(sandbox: Sandbox) -> None:
    """In the customer's language, from a page that allows nothing but itself."""
    about = {"amount": "4999", "currency": "gbp", "merchant": "Acme <Garden>", "locale": "de"}
    async with sandbox.http() as client:
        sheet = await client.get("/wallets/google_pay", params=about)

    assert "49,99" in sheet.text
    assert "Acme &lt;Garden&gt;" in sheet.text
    assert "Karte wählen" in sheet.text
    assert "4242424242424242" not in sheet.text
    assert "default-src 'none'" in sheet.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("wallet", "amount", "currency"),
    [
        ("apple_pay", "4999", "gbp"),
        ("google_pay", "-1", "gbp"),
        ("google_pay", "4" * 40, "gbp"),
        ("google_pay", "", "gbp"),
        ("google_pay", "4999", "xxx"),
    ],
)
async def test_a_sheet_for_nothing_that_can_be_paid_is_not_there(
    sandbox: Sandbox, wallet: str, amount: str, currency: str
) -> None:
    """Also for a wallet that this account does not offer."""
    async with sandbox.http() as client:
        about = {"amount": amount, "currency": currency}
        assert (await client.get(f"/wallets/{wallet}", params=about)).status_code == 404


def test_what_is_offered_is_a_list_of_known_wallets() -> None:
    assert ("google_pay", "apple_pay") == read_offered("google_pay, apple_pay,google_pay")
    assert () == read_offered("")
    with pytest.raises(ValueError, match="gold_pay"):
        read_offered("google_pay,gold_pay")


async def answer(page: Page, expression: str) -> str:
    """What it comes to, or the words of its error."""
    asked = f"(async () => {{ try {{ return String(await ({expression})) }} catch (e) {{ return e.message }} }})()"
    return str(await page.evaluate(asked))


@pytest.mark.browser
@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("elements.create('expressCheckout')", "needs elements() with a mode"),
        ("stripe.elements({mode: 'payment', amount: 0, currency: 'gbp'})", "greater than 0"),
        ("stripe.elements({mode: 'payment', amount: 1, currency: 'GBP'})", "three small letters"),
        (
            "stripe.createPaymentMethod({elements: stripe.elements({mode: 'payment', amount: 1, currency: 'gbp'})})",
            "paymentMethodCreation",
        ),
        (
            f"stripe.createPaymentMethod({{elements: stripe.elements({PAYMENT})}})",
            "elements.submit() must be called before",
        ),
    ],
)
async def test_what_stripe_refuses_is_refused(open_shop: Open, expression: str, words: str) -> None:
    """So that a page which works here does not fail there."""
    page = await open_shop()

    assert words in await answer(page, expression)


@pytest.mark.browser
@pytest.mark.parametrize(
    ("options", "available"),
    [("{}", "google"), ("{paymentMethods: {googlePay: 'never'}}", "none")],
)
async def test_the_element_tells_which_wallets_there_are(
    open_shop: Open, options: str, available: str
) -> None:
    """Nothing where there are none."""
    page = await open_shop()
    found = await page.evaluate(
        f"""new Promise((done) => {{
          const box = document.createElement('div');
          document.body.append(box);
          const wallets = stripe.elements({PAYMENT}).create('expressCheckout', {options});
          wallets.on('ready', done);
          wallets.mount(box);
        }})"""
    )

    known = found.get("availablePaymentMethods")
    assert (known is None) == (available == "none")
    assert known is None or (True, False) == (known["googlePay"], known["applePay"])


async def test_the_account_may_offer_none(fresh_sandbox: Sandbox) -> None:
    """Then the frame of buttons has none."""
    assert fresh_sandbox.process is not None
    async with fresh_sandbox.http() as client:
        assert "Google Pay" in (await client.get("/wallets")).text
        assert PUBLISHABLE_KEY not in (await client.get("/wallets")).text
    fresh_sandbox.options = ("--wallets", "")
    await fresh_sandbox.restart()
    async with fresh_sandbox.http() as client:
        assert "<button" not in (await client.get("/wallets")).text
