"""The Stripe gateway's own matters: a PSP that misbehaves, and what its page is told.

With `payments.gateways.stripe_charges` and `payments.gateways.stripe_page`, which are seen through it.
"""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from core.clock import utc_now
from core.ids import new_id
from core.money import Money
from payments.errors import GatewayUnavailable
from payments.gateway import (
    Challenged,
    ChargeOrder,
    Declined,
    Question,
    Sight,
    Succeeded,
    Unknown,
    Unreached,
)
from payments.gateways.stripe import StripeGateway
from payments.gateways.stripe_checkout import StripeCheckoutGateway
from tests.payments.stripe_psp import charges_of, stripe_config
from tests.sandbox.harness import PUBLISHABLE_KEY, Sandbox

DUE = Money.of(4999, "GBP")
NOWHERE = {
    "secret_key": "sk_test_x",
    "publishable_key": "pk_test_x",
    "webhook_secret": "whsec_1,whsec_2",
    "api_base": "http://127.0.0.1:9",
}


def gateway(**config: Any) -> StripeGateway:
    return StripeGateway(NOWHERE | config, call_seconds_max=1, whole_seconds_max=1)


# A PSP that misbehaves


@pytest.fixture(scope="module")
async def sandbox(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Sandbox]:
    running = Sandbox(tmp_path_factory.mktemp("stripe"))
    await running.start()
    yield running
    running.stop()


@pytest.fixture
async def stripe(sandbox: Sandbox) -> AsyncIterator[StripeGateway]:
    made = StripeGateway(stripe_config(sandbox), call_seconds_max=2, whole_seconds_max=3)
    yield made
    await made.close()


def order(method: str = "pm_card_visa", **changes: Any) -> ChargeOrder:
    asked: dict[str, Any] = {
        "attempt_id": new_id("att", utc_now()),
        "amount": DUE,
        "method": method,
        "capture": "automatic",
        "description": "INV-1",
        "force_challenge": False,
        "metadata": {},
    }
    return ChargeOrder(**(asked | changes))


def about(asked: ChargeOrder, *, age: timedelta = timedelta(minutes=2)) -> Question:
    now = utc_now()
    return Question(
        attempt_id=asked.attempt_id,
        reference=None,
        amount=asked.amount,
        started_at=now - age,
        now=now,
    )


async def test_one_fault_before_the_work_is_retried_under_the_same_key(
    sandbox: Sandbox, stripe: StripeGateway
) -> None:
    await sandbox.faults(error_before=1)

    assert isinstance(await stripe.charge(order()), Succeeded)


async def test_one_silence_after_the_work_is_retried_and_charges_once(
    sandbox: Sandbox,
) -> None:
    await sandbox.faults(timeout_after=1)
    patient = StripeGateway(stripe_config(sandbox), call_seconds_max=1, whole_seconds_max=10)
    asked = order()
    outcome = await patient.charge(asked)
    await patient.close()

    assert isinstance(outcome, Succeeded)
    assert 1 == await charges_of(sandbox, asked.attempt_id)


@pytest.mark.parametrize("ahead", [timedelta(minutes=-4), timedelta(minutes=4)])
async def test_an_intent_is_found_though_our_clock_and_the_psps_differ(
    stripe: StripeGateway, ahead: timedelta
) -> None:
    """By as much as its reports are still taken with. Not to find it would allow a second charge."""
    asked = order()
    await stripe.charge(asked)
    started_at = utc_now() + ahead
    question = Question(
        attempt_id=asked.attempt_id,
        reference=None,
        amount=DUE,
        started_at=started_at,
        now=started_at + timedelta(minutes=2),
    )

    assert isinstance(await stripe.ask(question), Succeeded)


async def test_our_rules_can_ask_the_bank_to_see_the_customer(stripe: StripeGateway) -> None:
    easy = await stripe.charge(order("pm_card_threeDSecureOptional"))
    asked = await stripe.charge(order("pm_card_threeDSecureOptional", force_challenge=True))

    assert isinstance(easy, Succeeded)
    assert isinstance(asked, Challenged)


# Wallets


async def wallet_method(sandbox: Sandbox, token: str) -> str:
    """What the page gets when the customer agrees in Google Pay's sheet."""
    page = sandbox.stripe(PUBLISHABLE_KEY)
    asked: Any = {"type": "card", "card": {"token": token, "wallet": "google_pay"}}
    return str((await page.v1.payment_methods.create_async(asked)).id)


async def test_a_card_out_of_a_wallet_is_looked_at_and_charged_as_any_other(
    sandbox: Sandbox, stripe: StripeGateway
) -> None:
    """The rules see the same fingerprint as of the typed card; what it came out of is told twice."""
    method = await wallet_method(sandbox, "tok_visa")
    seen = await stripe.inspect(method)
    typed = await stripe.inspect("pm_card_visa")
    outcome = await stripe.charge(order(method))

    assert replace(typed, wallet="google_pay") == seen
    assert typed.fingerprint
    assert isinstance(outcome, Succeeded)
    assert "google_pay" == outcome.card.wallet


async def test_a_card_out_of_a_wallet_may_be_declined_or_asked_about(
    sandbox: Sandbox, stripe: StripeGateway
) -> None:
    no = await stripe.charge(order(await wallet_method(sandbox, "tok_visa_chargeDeclined")))
    asked = await stripe.charge(order(await wallet_method(sandbox, "tok_authenticationRequired")))

    assert isinstance(no, Declined)
    assert "google_pay" == no.card.wallet
    assert isinstance(asked, Challenged)
    assert asked.client_secret


@pytest.mark.parametrize(
    ("config", "offered"),
    [({}, True), ({"wallets": True}, True), ({"wallets": False}, False)],
)
def test_the_page_offers_wallets_unless_the_account_says_no(
    config: dict[str, Any], offered: bool
) -> None:
    """At Stripe's own page they are Stripe's matter."""
    assert offered == ("wallets" in gateway(**config).page.config)
    assert {} == StripeCheckoutGateway(NOWHERE | config).page.config


async def test_the_psps_own_block_is_told_with_its_risk(stripe: StripeGateway) -> None:
    outcome = await stripe.charge(order("pm_card_radarBlock"))

    assert isinstance(outcome, Declined)
    assert ("fraud_suspected", True) == (outcome.code, outcome.risk.blocked)


async def test_elevated_risk_comes_with_the_money(stripe: StripeGateway) -> None:
    outcome = await stripe.charge(order("pm_card_riskLevelElevated"))

    assert isinstance(outcome, Succeeded)
    assert "elevated" == outcome.risk.level


async def test_an_amount_below_the_psps_minimum_is_a_decline_and_nothing_is_there(
    stripe: StripeGateway,
) -> None:
    outcome = await stripe.charge(order(amount=Money.of(1, "GBP")))

    assert isinstance(outcome, Declined)
    assert outcome.reference is None


async def test_a_key_that_the_psp_refuses_leaves_the_charge_to_another_psp(
    sandbox: Sandbox,
) -> None:
    wrong = StripeGateway(stripe_config(sandbox) | {"secret_key": "sk_test_wrong"})
    outcome = await wrong.charge(order())
    with pytest.raises(GatewayUnavailable):
        await wrong.check()
    with pytest.raises(GatewayUnavailable):
        await wrong.inspect("pm_card_visa")
    await wrong.close()

    assert isinstance(outcome, Unreached)


async def test_a_psp_that_is_not_there_was_not_reached() -> None:
    nobody = gateway()
    question = about(order())

    assert isinstance(await nobody.charge(order()), Unreached)
    assert isinstance(await nobody.ask(question), Unknown)
    assert isinstance(await nobody.cancel(question), Unknown)
    assert Sight(await nobody.ask(question)) == await nobody.look(question)
    with pytest.raises(GatewayUnavailable):
        await nobody.inspect("pm_card_visa")
    with pytest.raises(GatewayUnavailable):
        await nobody.check()
    with pytest.raises(GatewayUnavailable):
        await nobody.movements(question.started_at, question.now)
    await nobody.close()


async def test_an_amount_that_stripe_cannot_charge_is_left_to_another_psp() -> None:
    """Ariary come in whole units, and dinars in tens of the smallest."""
    nobody = gateway(api_base="http://127.0.0.1:1")
    for amount in (Money.of(120_050, "MGA"), Money.of(1255, "KWD")):
        outcome = await nobody.charge(order(amount=amount))
        assert Unreached("an amount that Stripe cannot charge") == outcome
    await nobody.close()


def test_the_page_is_told_where_the_psps_fields_come_from() -> None:
    real = StripeGateway(NOWHERE | {"js_url": None})
    own = gateway(js_url="http://localhost:4000/v3/")

    assert "https://js.stripe.com/v3/" == real.page.script_url
    assert "https://js.stripe.com" in real.page.origins
    assert ("http://localhost:4000",) == own.page.origins
