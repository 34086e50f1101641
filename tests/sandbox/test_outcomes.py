"""Each published test card does what it is documented to do, seen through the official client."""

from typing import Any

import pytest
import stripe

from payments.sandbox.cards import Card, Risk, all_cards
from tests.sandbox.conftest import Pay
from tests.sandbox.harness import Sandbox, eventually


def typed(number: str, cvc: str = "123") -> Any:
    """What a browser sends of a card."""
    return {
        "type": "card",
        "card": {"number": number, "exp_month": 12, "exp_year": 2034, "cvc": cvc},
    }


BRANDS = [
    ("4242424242424242", "visa", "US", "credit"),
    ("4000056655665556", "visa", "US", "debit"),
    ("5555555555554444", "mastercard", "US", "credit"),
    ("2223003122003222", "mastercard", "US", "credit"),
    ("5200828282828210", "mastercard", "US", "debit"),
    ("5105105105105100", "mastercard", "US", "prepaid"),
    ("378282246310005", "amex", "US", "credit"),
    ("6011111111111117", "discover", "US", "credit"),
    ("3056930009020004", "diners", "US", "credit"),
    ("36227206271667", "diners", "US", "credit"),
    ("3566002020360505", "jcb", "JP", "credit"),
    ("6200000000000005", "unionpay", "CN", "credit"),
    ("6205500000000000004", "unionpay", "CN", "credit"),
    ("4000008260000000", "visa", "GB", "credit"),
    ("4000058260000005", "visa", "GB", "debit"),
    ("4000002760000016", "visa", "DE", "credit"),
]

DECLINES = [
    ("pm_card_chargeDeclined", "card_declined", "generic_decline"),
    ("pm_card_visa_chargeDeclined", "card_declined", "generic_decline"),
    ("pm_card_chargeDeclinedInsufficientFunds", "card_declined", "insufficient_funds"),
    ("pm_card_visa_chargeDeclinedLostCard", "card_declined", "lost_card"),
    ("pm_card_visa_chargeDeclinedStolenCard", "card_declined", "stolen_card"),
    ("pm_card_chargeDeclinedExpiredCard", "expired_card", None),
    ("pm_card_chargeDeclinedIncorrectCvc", "incorrect_cvc", None),
    ("pm_card_chargeDeclinedProcessingError", "processing_error", None),
    ("pm_card_visa_chargeDeclinedVelocityLimitExceeded", "card_declined", "card_velocity_exceeded"),
    ("pm_card_chargeCustomerFail", "card_declined", "generic_decline"),
    ("pm_card_radarBlock", "card_declined", "fraudulent"),
    ("pm_card_riskLevelHighest", "card_declined", "fraudulent"),
    ("pm_card_threeDSecureRequiredProcessingError", "card_declined", "generic_decline"),
]

CHALLENGED = [
    "pm_card_authenticationRequired",
    "pm_card_authenticationRequiredOnSetup",
    "pm_card_authenticationRequiredSetupForOffSession",
    "pm_card_threeDSecure2Required",
]


@pytest.mark.parametrize(("number", "brand", "country", "funding"), BRANDS)
async def test_a_typed_card_becomes_a_payment_method_that_pays(  # noqa: PLR0917
    number: str,
    brand: str,
    country: str,
    funding: str,
    psp: stripe.StripeClient,
    browser_psp: stripe.StripeClient,
    pay: Pay,
) -> None:
    """The card is known by brand, last four digits, country and funding."""
    made = await browser_psp.v1.payment_methods.create_async(
        typed(number, "1234" if brand == "amex" else "123")
    )
    seen = await psp.v1.payment_methods.retrieve_async(made.id)
    intent = await pay(made.id)

    assert seen.card is not None
    assert (seen.card.brand, seen.card.country, seen.card.funding) == (brand, country, funding)
    assert (seen.card.last4, seen.card.exp_month, seen.card.exp_year) == (number[-4:], 12, 2034)
    assert intent.status == "succeeded"
    assert intent.amount_received == 4999


async def test_the_fingerprint_is_the_cards_and_not_the_browsers_to_see(
    sandbox: Sandbox, psp: stripe.StripeClient, browser_psp: stripe.StripeClient
) -> None:
    """The same number has the same fingerprint, another number another, and only the server sees it."""
    fingerprints = []
    for number in ("4242424242424242", "4242424242424242", "5555555555554444"):
        made = await browser_psp.v1.payment_methods.create_async(typed(number))
        assert "fingerprint" not in made.to_dict()["card"]
        seen = await psp.v1.payment_methods.retrieve_async(made.id)
        assert seen.card is not None
        fingerprints.append(seen.card.fingerprint)

    assert fingerprints[0] == fingerprints[1]
    assert fingerprints[0] != fingerprints[2]


@pytest.mark.parametrize(("method", "code", "decline_code"), DECLINES)
async def test_a_declined_card_is_a_card_error_with_its_documented_codes(
    method: str, code: str, decline_code: str | None, psp: stripe.StripeClient, pay: Pay
) -> None:
    """The error carries the intent, which needs another payment method and remembers why."""
    with pytest.raises(stripe.CardError) as caught:
        await pay(method)

    error = caught.value
    assert (error.http_status, error.code) == (402, code)
    assert error.error is not None
    told = error.error.to_dict()
    assert told.get("decline_code") == decline_code
    intent = await psp.v1.payment_intents.retrieve_async(
        told["payment_intent"]["id"], {"expand": ["latest_charge"]}
    )
    assert intent.status == "requires_payment_method"
    assert intent.last_payment_error is not None
    assert intent.last_payment_error.code == code
    assert intent.payment_method is None
    charge = intent.latest_charge
    assert isinstance(charge, stripe.Charge)
    assert (charge.status, charge.paid, charge.failure_code) == ("failed", False, code)


@pytest.mark.parametrize("method", ["pm_card_radarBlock", "pm_card_riskLevelHighest"])
async def test_a_blocked_card_never_reached_the_bank(
    method: str, psp: stripe.StripeClient, pay: Pay
) -> None:
    """Its charge says that it was blocked for its risk."""
    with pytest.raises(stripe.CardError) as caught:
        await pay(method)

    assert caught.value.error is not None
    charge = await psp.v1.charges.retrieve_async(caught.value.error["charge"])
    assert charge.outcome is not None
    assert charge.outcome.type == "blocked"
    assert charge.outcome.network_status == "not_sent_to_network"
    assert charge.outcome.risk_level == "highest"


async def test_an_elevated_card_pays_and_is_put_in_review(
    psp: stripe.StripeClient, pay: Pay
) -> None:
    """The review is open until a person approves it."""
    intent = await pay("pm_card_riskLevelElevated")
    charge = intent.latest_charge
    assert isinstance(charge, stripe.Charge)
    assert charge.outcome is not None

    review = await psp.v1.reviews.retrieve_async(str(intent.review))
    approved = await psp.v1.reviews.approve_async(review.id)
    after = await psp.v1.payment_intents.retrieve_async(intent.id)

    assert intent.status == "succeeded"
    assert (charge.outcome.risk_level, charge.outcome.type) == ("elevated", "manual_review")
    assert (review.open, review.charge) == (True, charge.id)
    assert (approved.open, approved.closed_reason) == (False, "approved")
    assert after.review is None


async def test_a_failing_security_code_check_is_told_of_a_payment_that_succeeds(pay: Pay) -> None:
    """What to make of it is for the merchant's own rules."""
    intent = await pay("pm_card_cvcCheckFail")
    charge = intent.latest_charge
    assert isinstance(charge, stripe.Charge)
    assert charge.payment_method_details is not None
    card = charge.payment_method_details.card
    assert card is not None
    assert card.checks is not None

    assert intent.status == "succeeded"
    assert card.checks.cvc_check == "fail"


@pytest.mark.parametrize("method", CHALLENGED)
async def test_a_challenged_card_is_charged_once_the_challenge_is_completed(
    method: str, sandbox: Sandbox, psp: stripe.StripeClient, pay: Pay
) -> None:
    """Nothing is charged before; the charge says that the cardholder was authenticated."""
    intent = await pay(method)
    assert (intent.status, intent.latest_charge) == ("requires_action", None)
    assert intent.next_action is not None
    assert intent.next_action.type == "use_stripe_sdk"

    await sandbox.answer_challenge(intent, "complete")

    after = await psp.v1.payment_intents.retrieve_async(intent.id, {"expand": ["latest_charge"]})
    charge = after.latest_charge
    assert isinstance(charge, stripe.Charge)
    assert charge.payment_method_details is not None
    assert charge.payment_method_details.card is not None
    secure = charge.payment_method_details.card.three_d_secure
    assert secure is not None
    assert (after.status, after.amount_received) == ("succeeded", 4999)
    assert (secure.result, secure.authentication_flow) == ("authenticated", "challenge")


async def test_a_failed_challenge_leaves_nothing_charged(
    sandbox: Sandbox, psp: stripe.StripeClient, pay: Pay
) -> None:
    """The intent needs another payment method, and says why."""
    intent = await pay("pm_card_authenticationRequired")

    await sandbox.answer_challenge(intent, "fail")

    after = await psp.v1.payment_intents.retrieve_async(intent.id)
    assert (after.status, after.latest_charge) == ("requires_payment_method", None)
    assert after.last_payment_error is not None
    assert after.last_payment_error.code == "payment_intent_authentication_failure"


@pytest.mark.parametrize(
    ("method", "decline_code"),
    [
        ("pm_card_authenticationRequiredChargeDeclinedInsufficientFunds", "insufficient_funds"),
        ("pm_card_threeDSecureRequiredChargeDeclined", "generic_decline"),
    ],
)
async def test_some_cards_are_declined_after_a_completed_challenge(
    method: str, decline_code: str, sandbox: Sandbox, psp: stripe.StripeClient, pay: Pay
) -> None:
    """Being who one says does not fill an account."""
    intent = await pay(method)

    await sandbox.answer_challenge(intent, "complete")

    after = await psp.v1.payment_intents.retrieve_async(intent.id)
    assert after.status == "requires_payment_method"
    assert after.last_payment_error is not None
    assert after.last_payment_error.decline_code == decline_code


@pytest.mark.parametrize(
    ("method", "asked", "status"),
    [
        ("pm_card_threeDSecureOptional", "automatic", "succeeded"),
        ("pm_card_threeDSecureOptional", "any", "requires_action"),
        ("pm_card_threeDSecureOptional", "challenge", "requires_action"),
        ("pm_card_visa", "any", "succeeded"),
        ("pm_card_amex", "any", "succeeded"),
        ("pm_card_threeDSecureOptionalProcessingError", "automatic", "succeeded"),
    ],
)
async def test_asking_for_a_challenge_gets_one_where_the_card_can(
    method: str, asked: str, status: str, pay: Pay
) -> None:
    """An unenrolled card is acknowledged and charged, an unsupported one simply charged."""
    intent = await pay(method, payment_method_options={"card": {"request_three_d_secure": asked}})

    assert intent.status == status


async def test_asking_for_a_challenge_that_cannot_be_looked_up_fails(pay: Pay) -> None:
    """The optional card whose bank cannot be asked pays only when it is not asked."""
    with pytest.raises(stripe.CardError) as caught:
        await pay(
            "pm_card_threeDSecureOptionalProcessingError",
            payment_method_options={"card": {"request_three_d_secure": "any"}},
        )

    assert caught.value.code == "processing_error"


async def test_off_session_a_challenge_is_a_decline_unless_the_card_was_set_up(pay: Pay) -> None:
    """Nobody is there to answer."""
    with pytest.raises(stripe.CardError) as caught:
        await pay("pm_card_authenticationRequired", off_session=True)
    set_up = await pay("pm_card_authenticationRequiredSetupForOffSession", off_session=True)

    assert caught.value.code == "authentication_required"
    assert set_up.status == "succeeded"


async def test_a_slow_payment_is_processing_and_then_succeeds(
    psp: stripe.StripeClient, pay: Pay
) -> None:
    """`pm_sandbox_processing` is the sandbox's own."""
    intent = await pay("pm_sandbox_processing")
    assert intent.status == "processing"

    async def succeeded() -> bool:
        after = await psp.v1.payment_intents.retrieve_async(intent.id)
        return after.status == "succeeded" and after.amount_received == 4999

    await eventually(succeeded)


@pytest.mark.parametrize("card", all_cards(), ids=lambda card: card.name)
async def test_every_ready_made_id_is_known(card: Card, psp: stripe.StripeClient) -> None:
    """Looking one up shows the card's brand, country and last four digits."""
    for method in card.ready_made:
        seen = await psp.v1.payment_methods.retrieve_async(method)
        assert seen.card is not None
        assert (seen.card.brand, seen.card.country, seen.card.last4) == (
            card.brand,
            card.country,
            card.last4,
        )
    assert card.risk in Risk
