"""An order that never showed up will not arrive after all: `payments.gateways.stripe_fence`, on the sandbox."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from core.clock import utc_now
from core.ids import new_id
from core.money import Money
from payments.gateway import Abandoned, ChargeOrder, Question, Succeeded, Unknown
from payments.gateways.stripe import StripeGateway
from payments.gateways.stripe_calls import StripeCalls
from payments.gateways.stripe_fence import FENCE, fence
from tests.payments.gateways.stripe_line import Cuts, Says, line, refusal
from tests.payments.stripe_psp import calm, charges_of, stripe_config
from tests.sandbox.harness import Sandbox

DUE = Money.of(4999, "GBP")
LATE, LATER = timedelta(seconds=91), timedelta(minutes=11)
NONE = Says(200, {"object": "list", "data": [], "has_more": False, "url": "/v1/payment_intents"})
TAKEN = Says(400, refusal("idempotency_error"))
UNDER_WAY = Says(409, refusal("idempotency_error", code="idempotency_key_in_use"))


@pytest.fixture(scope="module")
async def sandbox(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Sandbox]:
    running = Sandbox(tmp_path_factory.mktemp("fence"))
    await running.start()
    yield running
    running.stop()


@pytest.fixture
async def stripe(sandbox: Sandbox) -> AsyncIterator[StripeGateway]:
    made = StripeGateway(stripe_config(sandbox), call_seconds_max=2, whole_seconds_max=5)
    yield made
    await calm(sandbox)
    await made.close()


def order(attempt_id: str | None = None) -> ChargeOrder:
    return ChargeOrder(
        attempt_id=attempt_id or new_id("att", utc_now()),
        amount=DUE,
        method="pm_card_visa",
        capture="automatic",
        description="INV-1",
        force_challenge=False,
        metadata={},
    )


def about(attempt_id: str, *, age: timedelta = LATE, amount: Money = DUE) -> Question:
    now = utc_now()
    return Question(
        attempt_id=attempt_id, reference=None, amount=amount, started_at=now - age, now=now
    )


async def fences(sandbox: Sandbox, attempt_id: str) -> list[str]:
    """The states of the intents that hold an attempt's place."""
    listed = await sandbox.stripe().v1.payment_intents.list_async({"limit": 100})
    found = [intent.to_dict() for intent in listed.data]
    return [i["status"] for i in found if i["metadata"].get(FENCE) == attempt_id]


async def test_an_order_that_arrives_after_it_was_given_up_charges_nothing(
    sandbox: Sandbox, stripe: StripeGateway
) -> None:
    """The machine that sent it was asleep for longer than we waited."""
    late = order()

    assert Abandoned(None) == await stripe.ask(about(late.attempt_id))
    assert isinstance(await stripe.charge(late), Unknown)
    assert 0 == await charges_of(sandbox, late.attempt_id)
    assert Abandoned(None) == await stripe.ask(about(late.attempt_id))


async def test_what_holds_the_place_is_cancelled_and_made_once(
    sandbox: Sandbox, stripe: StripeGateway
) -> None:
    attempt_id = new_id("att", utc_now())
    for _ in range(3):
        await stripe.ask(about(attempt_id))

    assert ["canceled"] == await fences(sandbox, attempt_id)


async def test_while_an_order_may_still_arrive_its_place_is_left_free(
    sandbox: Sandbox, stripe: StripeGateway
) -> None:
    late = order()
    early = await stripe.ask(about(late.attempt_id, age=timedelta(seconds=89)))

    assert isinstance(early, Unknown)
    assert [] == await fences(sandbox, late.attempt_id)
    assert isinstance(await stripe.charge(late), Succeeded)


async def test_cancelling_does_not_wait_for_an_order_to_arrive(
    sandbox: Sandbox, stripe: StripeGateway
) -> None:
    late = order()
    young = about(late.attempt_id, age=timedelta(seconds=1))

    assert Abandoned(None) == await stripe.cancel(young)
    assert isinstance(await stripe.charge(late), Unknown)
    assert 0 == await charges_of(sandbox, late.attempt_id)


async def test_an_order_and_the_giving_up_at_one_moment_end_as_one_of_both(
    sandbox: Sandbox, stripe: StripeGateway
) -> None:
    """Whoever comes first has the key: never a charge that was said to be impossible."""
    for _ in range(8):
        asked = order()
        charged, asked_for = await asyncio.gather(
            stripe.charge(asked), stripe.ask(about(asked.attempt_id))
        )
        made = await charges_of(sandbox, asked.attempt_id)
        assert (made == 1) == isinstance(charged, Succeeded)
        assert made == 0 or not isinstance(asked_for, Abandoned)


async def test_an_order_that_was_carried_out_is_found_though_the_list_was_read_before_it() -> None:
    intent = {
        "id": "pi_1",
        "object": "payment_intent",
        "status": "succeeded",
        "amount_received": 4999,
        "currency": "gbp",
        "metadata": {"paythread_attempt": "att_1"},
    }
    found = {"object": "list", "data": [intent], "has_more": False, "url": "/v1/payment_intents"}

    assert Succeeded("pi_1", DUE) == await asked(NONE, TAKEN, Says(200, found), age=LATE)


async def asked(*steps: Any, age: timedelta) -> object:
    async with line(*steps) as psp:
        config = {"secret_key": "sk_test_x", "publishable_key": "pk", "webhook_secret": "whsec_1"}
        gateway = StripeGateway(
            config | {"api_base": psp.url}, call_seconds_max=1, whole_seconds_max=4
        )
        outcome = await gateway.ask(about("att_1", age=age))
        await gateway.close()
    return outcome


async def test_an_order_that_was_refused_and_left_nothing_is_over_in_time() -> None:
    """Its key is used up, and it is not under way any more: no intent will come of it."""
    assert Unknown("not found; its key: taken") == await asked(NONE, TAKEN, NONE, age=LATE)
    assert Abandoned(None) == await asked(NONE, TAKEN, NONE, age=LATER)


async def test_an_order_under_way_is_waited_for() -> None:
    assert Unknown("not found; its key: under_way") == await asked(NONE, UNDER_WAY, age=LATER)


async def test_without_an_answer_nothing_is_certain() -> None:
    assert Unknown("not found; its key: unknown") == await asked(NONE, Cuts(), age=LATER)
    assert Unknown("APIConnectionError") == await asked(Cuts(), age=LATER)


async def test_what_is_no_amount_for_the_fence_was_none_for_the_order(sandbox: Sandbox) -> None:
    """Below the smallest charge, a currency that the account does not have, an amount that Stripe cannot count."""
    config = stripe_config(sandbox)
    calls = StripeCalls(
        config["secret_key"], config["api_base"], call_seconds_max=2, whole_seconds_max=4
    )
    verdicts = [
        await fence(calls, about(new_id("att", utc_now()), amount=Money.of(minor, currency)))
        for minor, currency in ((1, "GBP"), (100, "KPW"), (1255, "KWD"))
    ]
    await calls.close()

    assert ["never"] * 3 == verdicts
