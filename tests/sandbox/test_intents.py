"""A payment intent goes through its states by Stripe's rules, and refuses what they forbid."""

from typing import Any

import pytest
import stripe

from tests.sandbox.conftest import Pay
from tests.sandbox.harness import PUBLISHABLE_KEY, SECRET_KEY, Sandbox


async def test_an_intent_waits_for_a_method_and_then_for_confirmation(
    psp: stripe.StripeClient,
) -> None:
    """Created bare, given a card, confirmed."""
    bare = await psp.v1.payment_intents.create_async(
        {"amount": 1000, "currency": "usd", "metadata": {"order": "7"}}
    )
    with_card = await psp.v1.payment_intents.update_async(
        bare.id, {"payment_method": "pm_card_visa", "metadata": {"order": "8", "extra": "x"}}
    )
    paid = await psp.v1.payment_intents.confirm_async(bare.id)

    assert bare.status == "requires_payment_method"
    assert with_card.status == "requires_confirmation"
    assert with_card.metadata.to_dict() == {"order": "8", "extra": "x"}
    assert (paid.status, paid.amount_received) == ("succeeded", 1000)


async def test_a_manual_capture_takes_what_is_asked_and_releases_the_rest(
    psp: stripe.StripeClient, pay: Pay
) -> None:
    """In part, once; the rest is gone."""
    held = await pay(capture_method="manual")
    assert (held.status, held.amount_capturable, held.amount_received) == (
        "requires_capture",
        4999,
        0,
    )

    captured = await psp.v1.payment_intents.capture_async(
        held.id, {"amount_to_capture": 1999, "expand": ["latest_charge"]}
    )

    charge = captured.latest_charge
    assert isinstance(charge, stripe.Charge)
    assert (captured.status, captured.amount_received) == ("succeeded", 1999)
    assert (charge.amount_captured, charge.amount_refunded, charge.refunded) == (1999, 3000, False)
    assert charge.balance_transaction is not None
    with pytest.raises(stripe.InvalidRequestError) as caught:
        await psp.v1.payment_intents.capture_async(held.id)
    assert caught.value.code == "payment_intent_unexpected_state"


async def test_nobody_captures_more_than_was_authorised(psp: stripe.StripeClient, pay: Pay) -> None:
    """And trying changes nothing."""
    held = await pay(capture_method="manual")

    with pytest.raises(stripe.InvalidRequestError) as caught:
        await psp.v1.payment_intents.capture_async(held.id, {"amount_to_capture": 5000})

    after = await psp.v1.payment_intents.retrieve_async(held.id)
    assert caught.value.code == "amount_too_large"
    assert after.status == "requires_capture"


async def test_cancelling_a_held_payment_releases_it(psp: stripe.StripeClient, pay: Pay) -> None:
    """Nothing was ever captured, and nothing can be."""
    held = await pay(capture_method="manual")

    gone = await psp.v1.payment_intents.cancel_async(
        held.id, {"cancellation_reason": "abandoned", "expand": ["latest_charge"]}
    )

    charge = gone.latest_charge
    assert isinstance(charge, stripe.Charge)
    assert (gone.status, gone.cancellation_reason) == ("canceled", "abandoned")
    assert gone.canceled_at is not None
    assert (charge.captured, charge.amount_captured, charge.refunded) == (False, 0, True)


@pytest.mark.parametrize("command", ["confirm", "capture", "cancel"])
async def test_a_paid_intent_is_finished(command: str, psp: stripe.StripeClient, pay: Pay) -> None:
    """Each command is refused with the intent as it is."""
    paid = await pay()
    intents: Any = psp.v1.payment_intents

    with pytest.raises(stripe.InvalidRequestError) as caught:
        await getattr(intents, f"{command}_async")(paid.id)

    assert (caught.value.http_status, caught.value.code) == (400, "payment_intent_unexpected_state")
    assert caught.value.error is not None
    assert caught.value.error.to_dict()["payment_intent"]["status"] == "succeeded"


async def test_changing_the_amount_voids_a_challenge(
    sandbox: Sandbox, psp: stripe.StripeClient, pay: Pay
) -> None:
    """What the cardholder agreed to was another amount: the answer to the old question is nothing."""
    intent = await pay("pm_card_authenticationRequired")

    changed = await psp.v1.payment_intents.update_async(intent.id, {"amount": 9999})

    assert (changed.status, changed.next_action) == ("requires_confirmation", None)
    assert intent.next_action is not None
    async with sandbox.http() as client:
        answer = await client.post(
            intent.next_action["use_stripe_sdk"]["stripe_js"], data={"outcome": "complete"}
        )
    after = await psp.v1.payment_intents.retrieve_async(intent.id)
    assert answer.status_code == 410
    assert (after.status, after.amount_received) == ("requires_confirmation", 0)


async def test_a_challenge_is_answered_once(
    sandbox: Sandbox, psp: stripe.StripeClient, pay: Pay
) -> None:
    """The same answer again, or another one, finds nothing to answer."""
    intent = await pay("pm_card_authenticationRequired")
    assert intent.next_action is not None
    await sandbox.answer_challenge(intent, "complete")

    async with sandbox.http() as client:
        again = await client.post(
            intent.next_action["use_stripe_sdk"]["stripe_js"], data={"outcome": "fail"}
        )

    assert again.status_code == 410
    assert (await psp.v1.payment_intents.retrieve_async(intent.id)).status == "succeeded"


async def test_manual_confirmation_waits_for_the_server_after_the_challenge(
    sandbox: Sandbox, psp: stripe.StripeClient, pay: Pay
) -> None:
    """The second confirmation charges the authenticated card without asking again."""
    intent = await pay("pm_card_authenticationRequired", confirmation_method="manual")

    await sandbox.answer_challenge(intent, "complete")
    waiting = await psp.v1.payment_intents.retrieve_async(intent.id)
    paid = await psp.v1.payment_intents.confirm_async(intent.id)

    assert waiting.status == "requires_confirmation"
    assert paid.status == "succeeded"


async def test_a_payment_method_pays_once(psp: stripe.StripeClient, pay: Pay) -> None:
    """Without a customer to belong to, it is spent; after a decline it is not."""
    paid = await pay()
    method = str(paid.payment_method)

    with pytest.raises(stripe.InvalidRequestError) as caught:
        await pay(method)

    assert "previously used" in str(caught.value.user_message)


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({"amount": 29, "currency": "gbp"}, "amount_too_small"),
        ({"amount": 100_000_000, "currency": "gbp"}, "amount_too_large"),
        ({"amount": 0, "currency": "gbp"}, "parameter_invalid_integer"),
        ({"amount": -5, "currency": "gbp"}, "parameter_invalid_integer"),
        ({"amount": "10.50", "currency": "gbp"}, "parameter_invalid_integer"),
        ({"amount": 12345, "currency": "kwd"}, "parameter_invalid_integer"),
        ({"currency": "gbp"}, "parameter_missing"),
        ({"amount": 1000}, "parameter_missing"),
        ({"amount": 1000, "currency": "gbp", "colour": "red"}, "parameter_unknown"),
        ({"amount": 1000, "currency": "gbp", "payment_method": "pm_nobody"}, "resource_missing"),
        ({"amount": 1000, "currency": "gbp", "confirm": True}, "payment_intent_unexpected_state"),
        ({"amount": 1000, "currency": "gbp", "return_url": "javascript:x"}, "url_invalid"),
    ],
)
async def test_wrong_parameters_are_refused_by_code(
    params: Any, code: str, psp: stripe.StripeClient
) -> None:
    """With status 400 and nothing made."""
    with pytest.raises(stripe.InvalidRequestError) as caught:
        await psp.v1.payment_intents.create_async(params)

    assert (caught.value.http_status, caught.value.code) == (400, code)


@pytest.mark.parametrize("currency", ["xyz", "euro", "€"])
async def test_a_currency_that_is_none_is_refused(currency: str, psp: stripe.StripeClient) -> None:
    """Naming the parameter, not repeating it."""
    with pytest.raises(stripe.InvalidRequestError) as caught:
        await psp.v1.payment_intents.create_async({"amount": 1000, "currency": currency})

    assert caught.value.param == "currency"
    assert currency not in str(caught.value.user_message)


@pytest.mark.parametrize(
    ("more", "fine"),
    [({}, False), ({"return_url": "https://shop.example/"}, True)],
)
async def test_automatic_methods_need_a_way_back(more: Any, fine: bool, pay: Pay) -> None:
    """Unless redirects are ruled out: some of them leave the page."""
    enabled: Any = {
        "allowed_payment_method_types": [],
        "automatic_payment_methods": {"enabled": True},
    }
    never: Any = {
        **enabled,
        "automatic_payment_methods": {"enabled": True, "allow_redirects": "never"},
    }

    assert (await pay(**never)).status == "succeeded"
    if fine:
        assert (await pay(**enabled, **more)).status == "succeeded"
    else:
        with pytest.raises(stripe.InvalidRequestError) as caught:
            await pay(**enabled, **more)
        assert caught.value.param == "return_url"


async def test_a_browser_sees_its_intent_with_the_secret_alone(
    sandbox: Sandbox, browser_psp: stripe.StripeClient, pay: Pay
) -> None:
    """And then not what is between merchant and provider; without it, nothing."""
    intent = await pay(metadata={"internal": "note"})

    seen = await browser_psp.v1.payment_intents.retrieve_async(
        intent.id, {"client_secret": str(intent.client_secret)}
    )

    assert seen.status == "succeeded"
    assert not {"metadata", "latest_charge"} & set(seen.to_dict())
    for wrong in ({}, {"client_secret": f"{intent.id}_secret_guess"}):
        with pytest.raises(stripe.InvalidRequestError):
            await browser_psp.v1.payment_intents.retrieve_async(intent.id, wrong)  # type: ignore[arg-type]
    with pytest.raises(stripe.AuthenticationError):
        await browser_psp.v1.payment_intents.capture_async(intent.id)


@pytest.mark.parametrize("key", ["sk_test_wrong", "sk_live_0123456789", "pk_test_wrong", "x"])
async def test_a_wrong_key_opens_nothing(key: str, sandbox: Sandbox) -> None:
    """401 in Stripe's shape, without repeating the key."""
    async with sandbox.http() as client:
        answer = await client.get("/v1/charges", headers={"Authorization": f"Bearer {key}"})

    assert answer.status_code == 401
    assert answer.json()["error"]["type"] == "invalid_request_error"
    assert answer.headers["request-id"].startswith("req_")
    assert key == "x" or key not in answer.text


async def test_the_publishable_key_as_a_parameter_is_the_browsers_alone(sandbox: Sandbox) -> None:
    """The secret key in an address would end in logs, and is not taken there."""
    async with sandbox.http() as client:
        published = await client.post(
            "/v1/payment_methods",
            data={"type": "card", "card[token]": "tok_visa", "key": PUBLISHABLE_KEY},
        )
        secret = await client.get("/v1/charges", params={"key": SECRET_KEY})

    assert published.status_code == 200
    assert secret.status_code == 401


async def test_expanding_puts_objects_in_place_of_ids(psp: stripe.StripeClient, pay: Pay) -> None:
    """Through several steps; a field that is no id cannot be expanded."""
    paid = await pay(expand=["latest_charge.balance_transaction", "payment_method"])

    charge = paid.latest_charge
    assert isinstance(charge, stripe.Charge)
    assert isinstance(paid.payment_method, stripe.PaymentMethod)
    moved = charge.balance_transaction
    assert isinstance(moved, stripe.BalanceTransaction)
    assert (moved.amount, moved.fee, moved.net) == (4999, 175, 4824)
    with pytest.raises(stripe.InvalidRequestError):
        await psp.v1.payment_intents.retrieve_async(paid.id, {"expand": ["status"]})


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"payment_method_types": ["card"]}, "payment_method_types_no_longer_supported"),
        ({"allowed_payment_method_types": ["ideal"]}, None),
        ({"automatic_payment_methods": {"enabled": True}}, None),
    ],
)
async def test_methods_are_narrowed_down_as_the_api_version_has_it(
    pay: Pay, given: Any, code: str | None
) -> None:
    """Since 2026-09-30 a list of types is refused; what may be used is named, or left to the account."""
    with pytest.raises(stripe.InvalidRequestError) as caught:
        await pay(**given)
    assert caught.value.code == code
