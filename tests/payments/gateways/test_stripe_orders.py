"""Money taken and given back once an order: `payments.gateways.stripe_orders`, on the sandbox and on a bad line."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from core.clock import utc_now
from core.ids import new_id
from core.money import Money
from payments.gateway import (
    Accepted,
    Authorised,
    ChargeOrder,
    Done,
    MoneyOrder,
    OrderOutcome,
    Refused,
    Succeeded,
    Unknown,
)
from payments.gateways.stripe import StripeGateway
from tests.payments.gateways.stripe_line import Cuts, Says, Step, line, refusal
from tests.payments.stripe_psp import calm, stripe_config
from tests.sandbox.harness import Sandbox, eventually

DUE = Money.of(4999, "GBP")


@pytest.fixture(scope="module")
async def sandbox(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Sandbox]:
    running = Sandbox(tmp_path_factory.mktemp("orders"))
    await running.start()
    yield running
    running.stop()


@pytest.fixture
async def stripe(sandbox: Sandbox) -> AsyncIterator[StripeGateway]:
    made = StripeGateway(stripe_config(sandbox), call_seconds_max=2, whole_seconds_max=3)
    yield made
    await calm(sandbox)
    await made.close()


async def charged(
    stripe: StripeGateway, method: str = "pm_card_visa", *, hold: bool = False
) -> str:
    """The reference of a fresh charge, or of a hold."""
    outcome = await stripe.charge(
        ChargeOrder(
            attempt_id=new_id("att", utc_now()),
            amount=DUE,
            method=method,
            capture="manual" if hold else "automatic",
            description="INV-1",
            force_challenge=False,
            metadata={},
        )
    )
    assert isinstance(outcome, Authorised if hold else Succeeded)
    return outcome.reference


def order(reference: str, minor: int = 4999, **more: Any) -> MoneyOrder:
    given = {"order_id": new_id("ref", utc_now()), "amount": Money.of(minor, "GBP")}
    return MoneyOrder(**(given | {"reference": reference} | more))


def done(outcome: OrderOutcome) -> Money:
    assert isinstance(outcome, Done), outcome
    return outcome.amount


# To take what is held


async def test_a_capture_without_an_answer_is_found_done_when_it_is_sent_again(
    sandbox: Sandbox, stripe: StripeGateway
) -> None:
    held = order(await charged(stripe, hold=True), 3000)
    await sandbox.faults(timeout_after=2)
    outcome = await stripe.capture(held)
    await calm(sandbox)
    again = order(held.reference, 3000, order_id=held.order_id, again=True)

    assert isinstance(outcome, Unknown)
    assert Done(held.reference, Money.of(3000, "GBP")) == await stripe.capture(again)


async def test_a_capture_that_never_arrived_is_made_when_it_is_sent_again(
    sandbox: Sandbox, stripe: StripeGateway
) -> None:
    held = order(await charged(stripe, hold=True))
    await sandbox.faults(error_before=2)
    outcome = await stripe.capture(held)
    again = order(held.reference, order_id=held.order_id, again=True)

    assert isinstance(outcome, Unknown)
    assert DUE == done(await stripe.capture(again))


async def test_what_was_captured_under_another_order_is_no_success_of_this_one(
    stripe: StripeGateway,
) -> None:
    reference = await charged(stripe, hold=True)
    await stripe.capture(order(reference, 3000))

    assert Refused("payment_intent_unexpected_state") == await stripe.capture(order(reference))


async def test_a_hold_that_was_let_go_cannot_be_captured(
    sandbox: Sandbox, stripe: StripeGateway
) -> None:
    reference = await charged(stripe, hold=True)
    await sandbox.stripe().v1.payment_intents.cancel_async(reference)

    assert Refused("payment_intent_unexpected_state") == await stripe.capture(order(reference))
    assert Refused("payment_intent_canceled") == await stripe.capture(order(reference, again=True))


async def test_more_than_is_held_is_refused(stripe: StripeGateway) -> None:
    reference = await charged(stripe, hold=True)

    assert Refused("amount_too_large") == await stripe.capture(order(reference, 5000))


# To give it back


async def test_a_refund_that_takes_its_time_is_accepted(stripe: StripeGateway) -> None:
    reference = await charged(stripe, "pm_card_pendingRefund")

    assert isinstance(await stripe.refund(order(reference)), Accepted)


async def test_a_refund_without_an_answer_is_found_by_its_order_and_not_made_again(
    sandbox: Sandbox, stripe: StripeGateway
) -> None:
    """Even when the key is long forgotten: here it is another one."""
    back = order(await charged(stripe), 1000)
    await sandbox.faults(timeout_after=2)
    outcome = await stripe.refund(back)
    await calm(sandbox)
    again = order(back.reference, 1000, order_id=back.order_id, again=True)
    listed = await sandbox.stripe().v1.refunds.list_async({"payment_intent": back.reference})

    assert isinstance(outcome, Unknown)
    assert Done(listed.data[0].id, Money.of(1000, "GBP")) == await stripe.refund(again)
    assert 1 == len(listed.data)


async def test_a_refund_that_never_arrived_is_made_when_it_is_sent_again(
    sandbox: Sandbox, stripe: StripeGateway
) -> None:
    back = order(await charged(stripe), 1000)
    await sandbox.faults(error_before=2)
    outcome = await stripe.refund(back)
    again = order(back.reference, 1000, order_id=back.order_id, again=True)

    assert isinstance(outcome, Unknown)
    assert Money.of(1000, "GBP") == done(await stripe.refund(again))


async def test_more_than_is_left_is_refused_by_name(stripe: StripeGateway) -> None:
    reference = await charged(stripe)
    await stripe.refund(order(reference, 4000))

    assert Refused("invalid_amount") == await stripe.refund(order(reference, 1000))


async def test_what_went_back_already_is_refused(stripe: StripeGateway) -> None:
    reference = await charged(stripe)
    await stripe.refund(order(reference))

    assert Refused("charge_already_refunded") == await stripe.refund(order(reference, 1))


async def test_a_disputed_charge_is_not_refunded_beside_its_dispute(
    sandbox: Sandbox, stripe: StripeGateway
) -> None:
    reference = await charged(stripe, "pm_card_createDispute")
    psp = sandbox.stripe()

    async def disputed() -> bool:
        return bool((await psp.v1.disputes.list_async({"payment_intent": reference})).data)

    await eventually(disputed)

    assert Refused("charge_disputed") == await stripe.refund(order(reference))


# A bad line


def on(url: str) -> StripeGateway:
    config = {
        "secret_key": "sk_test_x",
        "publishable_key": "pk_test_x",
        "webhook_secret": "whsec_1",
        "api_base": url,
    }
    return StripeGateway(config, call_seconds_max=1, whole_seconds_max=4)


ALL_BACK = Says(400, refusal("invalid_request_error", code="charge_already_refunded"))
WRONG_KEY = Says(401, refusal("invalid_request_error"))


def refunds(*found: dict[str, Any]) -> Says:
    listed = {"object": "list", "data": list(found), "has_more": False, "url": "/v1/refunds"}
    return Says(200, listed)


def refund(order_id: str, **more: Any) -> dict[str, Any]:
    return {
        "id": "re_1",
        "object": "refund",
        "amount": 4999,
        "currency": "gbp",
        "status": "succeeded",
        "metadata": {"paythread_order": order_id},
    } | more


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        # The first try went through; the no to the second only says so.
        ([Cuts(), ALL_BACK, refunds(refund("ref_1"))], Done("re_1", DUE)),
        ([Cuts(), ALL_BACK, refunds(refund("ref_2"))], Refused("charge_already_refunded")),
        ([Cuts(), ALL_BACK, Cuts()], Unknown("APIConnectionError")),
        ([Cuts(), WRONG_KEY], Unknown("AuthenticationError")),
        ([WRONG_KEY], Refused("AuthenticationError")),
        ([Says(200, refund("ref_1", status="failed"))], Refused("refund_failed")),
        ([Says(200, refund("ref_1", status="new"))], Unknown("a refund with status new")),
        ([Says(200, refund("ref_1", amount=None))], Unknown("a refund with status succeeded")),
    ],
)
async def test_a_no_is_believed_only_when_nothing_can_have_been_done(
    steps: list[Step], expected: OrderOutcome
) -> None:
    async with line(*steps) as stripe:
        gateway = on(stripe.url)
        outcome = await gateway.refund(order("pi_1", order_id="ref_1"))
        await gateway.close()

    assert expected == outcome


async def test_a_wrong_key_is_no_answer_to_an_order_that_was_sent_before() -> None:
    async with line(WRONG_KEY) as stripe:
        gateway = on(stripe.url)
        outcomes = [
            await gateway.refund(order("pi_1", again=True)),
            await gateway.capture(order("pi_1", again=True)),
        ]
        await gateway.close()

    assert [Unknown("AuthenticationError")] * 2 == outcomes


async def test_a_capture_that_answers_with_anything_but_money_is_no_success() -> None:
    async with line(Says(200, {"id": "pi_1", "object": "payment_intent", "status": "new"})) as psp:
        gateway = on(psp.url)
        outcome = await gateway.capture(order("pi_1"))
        await gateway.close()

    assert Unknown("status new after a capture") == outcome


async def test_an_amount_that_stripe_cannot_count_is_refused_before_it_is_sent() -> None:
    gateway = on("http://127.0.0.1:1")
    uncountable = order("pi_1", amount=Money.of(1255, "KWD"))
    outcomes = {await gateway.refund(uncountable), await gateway.capture(uncountable)}
    await gateway.close()

    assert {Refused("amount_not_chargeable")} == outcomes
