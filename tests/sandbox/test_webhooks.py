"""Events reach the merchant: signed, in full, again until they are taken."""

import signal

import pytest
import stripe

from payments.sandbox.courier import RETRY_MS_MAX, retry_delay_ms, signature
from tests.sandbox.conftest import Pay
from tests.sandbox.harness import WEBHOOK_SECRET, Merchant, Sandbox, eventually
from tests.support.vectors import vectors

# The event may have come long before a busy machine gets to look at it.
AGE_SECONDS_MAX = 3600


async def test_events_are_signed_as_stripe_signs_them(pay: Pay, merchant: Merchant) -> None:
    """The official library takes them, and refuses one that was changed on the way."""
    paid = await pay()
    await merchant.wait_for("payment_intent.succeeded", paid.id)
    received = next(r for r in merchant.received if r.event["type"] == "payment_intent.succeeded")

    event = stripe.Webhook.construct_event(
        received.body, received.signature, WEBHOOK_SECRET, tolerance=AGE_SECONDS_MAX
    )

    assert event.type == "payment_intent.succeeded"
    with pytest.raises(stripe.SignatureVerificationError):
        stripe.WebhookSignature.verify_header(
            received.body.decode().replace("4999", "1"), received.signature, WEBHOOK_SECRET, 300
        )


def test_the_signature_is_that_of_published_vectors() -> None:
    """Events signed by others verify with the sandbox's own signing."""
    for name in ("charge.captured", "charge.dispute.created", "payment_intent.succeeded"):
        vector = vectors(f"stripe_events/{name}.json")
        assert (
            signature(vector["raw_body"].encode(), secret=vector["secret"], at_seconds=1700000000)
            == vector["stripe_signature_at_1700000000"]
        )


@pytest.mark.parametrize(
    ("method", "params", "types"),
    [
        (
            "pm_card_visa",
            {},
            ["payment_intent.created", "charge.succeeded", "payment_intent.succeeded"],
        ),
        (
            "pm_card_visa",
            {"capture_method": "manual"},
            [
                "payment_intent.created",
                "charge.succeeded",
                "payment_intent.amount_capturable_updated",
            ],
        ),
        (
            "pm_card_authenticationRequired",
            {},
            ["payment_intent.created", "payment_intent.requires_action"],
        ),
        (
            "pm_card_chargeDeclined",
            {},
            ["payment_intent.created", "charge.failed", "payment_intent.payment_failed"],
        ),
        (
            "pm_card_riskLevelElevated",
            {},
            [
                "payment_intent.created",
                "review.opened",
                "charge.succeeded",
                "payment_intent.succeeded",
            ],
        ),
    ],
)
async def test_each_change_of_state_makes_its_events(
    method: str, params: dict[str, str], types: list[str], psp: stripe.StripeClient, pay: Pay
) -> None:
    """In the order in which they happened."""
    try:
        intent_id = (await pay(method, **params)).id
    except stripe.CardError as declined:
        intent_id = declined.json_body["error"]["payment_intent"]["id"]  # type: ignore[index]

    listed = await psp.v1.events.list_async({"limit": 100})

    about = [event.type for event in listed.data if intent_id in str(event.to_dict())]
    assert about[::-1] == types


async def test_a_captured_refunded_and_cancelled_payment_says_so(
    psp: stripe.StripeClient, pay: Pay, merchant: Merchant
) -> None:
    """Each with the object as it then was."""
    held = await pay(capture_method="manual")
    await psp.v1.payment_intents.capture_async(held.id, {"amount_to_capture": 3000})
    await psp.v1.refunds.create_async({"payment_intent": held.id, "amount": 1000})
    gone = await pay(capture_method="manual")
    await psp.v1.payment_intents.cancel_async(gone.id)

    captured = await merchant.wait_for("charge.captured", held.id)
    refunded = await merchant.wait_for("charge.refunded", held.id)
    created = await merchant.wait_for("refund.created", held.id)
    cancelled = await merchant.wait_for("payment_intent.canceled", gone.id)

    assert captured["data"]["object"]["amount_captured"] == 3000
    assert refunded["data"]["object"]["amount_refunded"] == 2999
    assert created["data"]["object"]["amount"] == 1000
    assert cancelled["data"]["object"]["status"] == "canceled"


async def test_an_event_names_the_request_that_caused_it(
    psp: stripe.StripeClient, merchant: Merchant
) -> None:
    """With its idempotency key, and in the current version of the API."""
    intent = await psp.v1.payment_intents.create_async(
        {"amount": 1000, "currency": "usd"}, {"idempotency_key": "who-asked"}
    )

    event = await merchant.wait_for("payment_intent.created", intent.id)

    assert event["request"]["idempotency_key"] == "who-asked"
    assert event["request"]["id"] == intent.last_response.request_id  # type: ignore[union-attr]
    assert (event["object"], event["livemode"]) == ("event", False)


async def test_a_refused_event_is_sent_again_until_it_is_taken(
    fresh_sandbox: Sandbox, fresh_merchant: Merchant
) -> None:
    """A failing receiver costs time, not events."""
    fresh_merchant.answers = [500, 302, 404]
    intent = await fresh_sandbox.stripe().v1.payment_intents.create_async(
        {"amount": 1000, "currency": "usd"}
    )

    event = await fresh_merchant.wait_for("payment_intent.created", intent.id, seconds=15)

    assert fresh_merchant.answers == []
    assert len(fresh_merchant.events(intent.id)) == 1

    async def noted() -> bool:
        seen = await fresh_sandbox.stripe().v1.events.retrieve_async(event["id"])
        return seen.pending_webhooks == 0

    assert await eventually(noted)


async def test_events_wait_for_a_receiver_that_is_away(
    fresh_sandbox: Sandbox, fresh_merchant: Merchant
) -> None:
    """Even while the sandbox itself is killed and started again."""
    await fresh_merchant.stop()
    intent = await fresh_sandbox.stripe().v1.payment_intents.create_async(
        {"amount": 1000, "currency": "usd"}
    )
    await fresh_sandbox.restart(signal.SIGKILL)
    await fresh_merchant.start()

    assert await fresh_merchant.wait_for("payment_intent.created", intent.id, seconds=20)


def test_retries_grow_and_are_bounded() -> None:
    """Half a second, then double, up to two minutes."""
    delays = [retry_delay_ms(attempts) for attempts in range(1, 60)]

    assert delays[:5] == [500, 1000, 2000, 4000, 8000]
    assert delays == sorted(delays)
    assert delays[-1] == RETRY_MS_MAX


async def test_an_endpoint_made_by_api_gets_its_types_under_its_own_secret(
    fresh_sandbox: Sandbox,
) -> None:
    """Its secret is shown once; deleted, it hears nothing more."""
    second = Merchant()
    await second.start()
    psp = fresh_sandbox.stripe()
    endpoint = await psp.v1.webhook_endpoints.create_async(
        {"url": second.url, "enabled_events": ["charge.succeeded"]}
    )
    shown_again = await psp.v1.webhook_endpoints.retrieve_async(endpoint.id)

    paid = await psp.v1.payment_intents.create_async(
        {"amount": 1000, "currency": "usd", "payment_method": "pm_card_visa", "confirm": True}
    )
    await second.wait_for("charge.succeeded", paid.id)
    received = second.received[0]
    stripe.WebhookSignature.verify_header(
        received.body.decode(), received.signature, str(endpoint.secret), 300
    )
    deleted = await psp.v1.webhook_endpoints.delete_async(endpoint.id)
    await second.stop()

    assert "secret" not in shown_again.to_dict()
    assert [each.event["type"] for each in second.received] == ["charge.succeeded"]
    assert deleted.deleted is True
