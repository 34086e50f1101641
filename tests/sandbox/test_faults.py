"""The far end misbehaves exactly as told, and stops when told."""

import asyncio
from typing import Any

import httpx2
import pytest
import stripe

from payments.sandbox.faults import Faults, FaultsRefused
from tests.sandbox.harness import SECRET_KEY, Merchant, Sandbox, eventually

CALM = {
    "slow": 0,
    "error_before": 0,
    "timeout_after": 0,
    "webhook_lost": 0,
    "webhook_duplicated": 0,
    "webhook_delayed": 0,
    "webhook_reordered": False,
}
PAYMENT: Any = {
    "amount": 1000,
    "currency": "usd",
    "payment_method": "pm_card_visa",
    "confirm": True,
}


async def test_faults_are_merged_shown_and_cleared(fresh_sandbox: Sandbox) -> None:
    """What is not named stays as it was."""
    async with fresh_sandbox.http() as client:
        first = await client.post("/control/faults", json={"slow": 0.25, "webhook_lost": 3})
        second = await client.post("/control/faults", json={"webhook_reordered": True})
        seen = await client.get("/control/faults")
        cleared = await client.delete("/control/faults")

    assert first.json() == CALM | {"slow": 0.25, "webhook_lost": 3}
    assert second.json() == seen.json() == first.json() | {"webhook_reordered": True}
    assert cleared.json() == CALM


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        (b'{"slow": "2"}', "/slow"),
        (b'{"slow": -1}', "/slow"),
        (b'{"slow": true}', "/slow"),
        (b'{"slow": 1e400}', "/slow"),
        (b'{"error_before": 1.5}', "/error_before"),
        (b'{"error_before": "1"}', "/error_before"),
        (b'{"webhook_duplicated": 1000}', "/webhook_duplicated"),
        (b'{"webhook_reordered": 1}', "/webhook_reordered"),
        (b'{"4242424242424242": 1}', "/4242424242424242"),
        (b'{"slow": 1, "slow": 2}', ""),
        (b'{"slow": NaN}', ""),
        (b"[1]", ""),
        (b"nonsense", ""),
        (b"\xff", ""),
        (b"", ""),
    ],
)
def test_what_is_no_fault_is_refused_and_changes_nothing(body: bytes, pointer: str) -> None:
    """Saying where, not repeating what."""
    faults = Faults()
    faults.merge(b'{"error_before": 7}')

    with pytest.raises(FaultsRefused) as caught:
        faults.merge(body)

    assert [error["pointer"] for error in caught.value.errors] == [pointer]
    assert faults.now.error_before == 7


async def test_a_wrong_fault_is_422(sandbox: Sandbox) -> None:
    """With problem details."""
    async with sandbox.http() as client:
        answer = await client.post("/control/faults", json={"slow": "soon", "speed": 1})

    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert {error["pointer"] for error in answer.json()["errors"]} == {"/slow", "/speed"}
    assert "soon" not in answer.text


async def test_slow_makes_every_api_answer_late(fresh_sandbox: Sandbox) -> None:
    """By that many seconds, fractions too."""
    await fresh_sandbox.faults(slow=0.4)
    clock = asyncio.get_running_loop().time
    began = clock()

    await fresh_sandbox.stripe().v1.charges.list_async()

    assert 0.4 <= clock() - began < 5


async def test_error_before_does_nothing_and_says_500(
    fresh_sandbox: Sandbox, fresh_merchant: Merchant
) -> None:
    """That many times; the same key then does the work once."""
    await fresh_sandbox.faults(error_before=2)
    psp = fresh_sandbox.stripe()
    for _ in range(2):
        with pytest.raises(stripe.APIError) as caught:
            await psp.v1.payment_intents.create_async(PAYMENT, {"idempotency_key": "again"})
        assert caught.value.http_status == 500

    paid = await psp.v1.payment_intents.create_async(PAYMENT, {"idempotency_key": "again"})

    listed = await psp.v1.payment_intents.list_async()
    assert [each.id for each in listed.data] == [paid.id]


async def test_timeout_after_does_the_work_and_says_nothing(
    fresh_sandbox: Sandbox, fresh_merchant: Merchant
) -> None:
    """The money moved, the webhook comes, and the same key tells what happened."""
    await fresh_sandbox.faults(timeout_after=1)
    headers = {"Authorization": f"Bearer {SECRET_KEY}", "Idempotency-Key": "silent"}
    async with fresh_sandbox.http() as client:
        with pytest.raises(httpx2.ReadTimeout):
            await client.post(
                "/v1/payment_intents",
                data=PAYMENT | {"confirm": "true"},
                headers=headers,
                timeout=1,
            )
        again = await client.post(
            "/v1/payment_intents", data=PAYMENT | {"confirm": "true"}, headers=headers
        )

    psp = fresh_sandbox.stripe()
    listed = await psp.v1.payment_intents.list_async()
    assert again.headers["idempotent-replayed"] == "true"
    assert [each.id for each in listed.data] == [again.json()["id"]]
    assert await fresh_merchant.wait_for("payment_intent.succeeded", again.json()["id"])


@pytest.mark.slow
async def test_after_its_silence_the_line_is_cut(fresh_sandbox: Sandbox) -> None:
    """A caller who waits that long hears no answer even then."""
    await fresh_sandbox.faults(timeout_after=1)
    async with fresh_sandbox.http() as client:
        with pytest.raises((httpx2.NetworkError, httpx2.ProtocolError)):
            await client.post(
                "/v1/payment_intents",
                data={"amount": "1000", "currency": "usd"},
                headers={"Authorization": f"Bearer {SECRET_KEY}"},
                timeout=40,
            )


async def test_reading_is_not_silenced(fresh_sandbox: Sandbox) -> None:
    """The fault waits for the next writing call."""
    await fresh_sandbox.faults(timeout_after=1)

    await fresh_sandbox.stripe().v1.charges.list_async()

    async with fresh_sandbox.http() as client:
        assert (await client.get("/control/faults")).json()["timeout_after"] == 1


async def test_a_lost_event_is_listed_and_can_be_sent_again(
    fresh_sandbox: Sandbox, fresh_merchant: Merchant
) -> None:
    """By itself it never arrives."""
    await fresh_sandbox.faults(webhook_lost=1)
    psp = fresh_sandbox.stripe()
    lost = await psp.v1.payment_intents.create_async({"amount": 1000, "currency": "usd"})
    heard = await psp.v1.payment_intents.create_async({"amount": 1000, "currency": "usd"})
    await fresh_merchant.wait_for("payment_intent.created", heard.id)
    assert fresh_merchant.events(lost.id) == []

    events = await psp.v1.events.list_async({"type": "payment_intent.created"})
    event = next(e for e in events.data if lost.id in str(e.to_dict()))
    async with fresh_sandbox.http() as client:
        answer = await client.post("/control/events/redeliver", json={"id": event.id})

    assert answer.json() == {"id": event.id, "deliveries": 1}
    assert await fresh_merchant.wait_for("payment_intent.created", lost.id)


@pytest.mark.parametrize(
    ("body", "status"), [({"id": "evt_nobody"}, 404), ({"id": 7}, 422), ({}, 422), ([], 422)]
)
async def test_only_an_event_is_sent_again(body: Any, status: int, sandbox: Sandbox) -> None:
    """Anything else is refused by name."""
    async with sandbox.http() as client:
        answer = await client.post("/control/events/redeliver", json=body)

    assert answer.status_code == status


async def test_duplicated_events_arrive_that_many_times_more(
    fresh_sandbox: Sandbox, fresh_merchant: Merchant
) -> None:
    """The same event, by the same id."""
    await fresh_sandbox.faults(webhook_duplicated=2)
    intent = await fresh_sandbox.stripe().v1.payment_intents.create_async(
        {"amount": 1000, "currency": "usd"}
    )

    copies = await eventually(
        lambda: len(fresh_merchant.events(intent.id)) == 3 and fresh_merchant.events(intent.id)
    )

    assert len({event["id"] for event in copies}) == 1


async def test_delayed_events_arrive_late(fresh_sandbox: Sandbox, fresh_merchant: Merchant) -> None:
    """Not before the time is over."""
    await fresh_sandbox.faults(webhook_delayed=1)
    clock = asyncio.get_running_loop().time
    began = clock()
    intent = await fresh_sandbox.stripe().v1.payment_intents.create_async(
        {"amount": 1000, "currency": "usd"}
    )

    await fresh_merchant.wait_for("payment_intent.created", intent.id)

    assert clock() - began >= 1


async def test_reordered_events_all_arrive_in_some_order(
    fresh_sandbox: Sandbox, fresh_merchant: Merchant
) -> None:
    """Over some payments the order in which things happened is lost."""
    await fresh_sandbox.faults(webhook_reordered=True)
    psp = fresh_sandbox.stripe()
    paid = [(await psp.v1.payment_intents.create_async(PAYMENT)).id for _ in range(6)]

    await eventually(lambda: all(len(fresh_merchant.events(each)) == 3 for each in paid))

    orders = {tuple(event["type"] for event in fresh_merchant.events(each)) for each in paid}
    assert orders != {("payment_intent.created", "charge.succeeded", "payment_intent.succeeded")}


async def test_the_browsers_calls_use_up_no_fault_of_the_servers(fresh_sandbox: Sandbox) -> None:
    """Failures are for the merchant's server; a customer's page does not eat them."""
    from tests.sandbox.harness import PUBLISHABLE_KEY

    await fresh_sandbox.faults(error_before=1)
    await fresh_sandbox.stripe(PUBLISHABLE_KEY).v1.payment_methods.create_async(
        {"type": "card", "card": {"token": "tok_visa"}}
    )

    with pytest.raises(stripe.APIError):
        await fresh_sandbox.stripe().v1.charges.list_async()
