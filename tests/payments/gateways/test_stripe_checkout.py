"""The gateway to Stripe's own page, beyond the contract: `payments.gateways.stripe_checkout`, on the sandbox."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from core.clock import utc_now
from core.ids import new_id
from core.money import Money
from payments.gateway import (
    Abandoned,
    Authorised,
    CardFacts,
    Challenged,
    ChargeOrder,
    GatewayEvent,
    MoneyOrder,
    Question,
    Succeeded,
    Unknown,
    Unreached,
)
from payments.gateways.stripe_checkout import StripeCheckoutGateway
from tests.payments.gateways.stripe_line import Says, line
from tests.payments.stripe_psp import calm, intent_event, stripe_config
from tests.sandbox.harness import Sandbox
from tests.support.vectors import vectors

DUE = Money.of(4999, "GBP")
GOOD, BAD, ASKED = "4242424242424242", "4000000000000002", "4000002760003184"


@pytest.fixture(scope="module")
async def sandbox(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Sandbox]:
    running = Sandbox(tmp_path_factory.mktemp("checkout"))
    await running.start()
    yield running
    running.stop()


@pytest.fixture
async def stripe(sandbox: Sandbox) -> AsyncIterator[StripeCheckoutGateway]:
    made = StripeCheckoutGateway(stripe_config(sandbox), call_seconds_max=2, whole_seconds_max=4)
    yield made
    await calm(sandbox)
    await made.close()


def order(**changes: Any) -> ChargeOrder:
    asked: dict[str, Any] = {
        "attempt_id": new_id("att", utc_now()),
        "amount": DUE,
        "method": None,
        "capture": "automatic",
        "description": "INV-1",
        "force_challenge": False,
        "metadata": {"paythread_link": "lnk_1"},
        "return_url": "https://pay.example/p/token",
        "locale": "de-CH",
    }
    return ChargeOrder(**(asked | changes))


def about(asked: ChargeOrder, reference: str | None = None, **more: Any) -> Question:
    now = utc_now()
    age = more.get("age", timedelta(seconds=1))
    return Question(
        attempt_id=asked.attempt_id,
        reference=reference,
        amount=asked.amount,
        started_at=now - age,
        now=now,
    )


async def led_to(stripe: StripeCheckoutGateway, asked: ChargeOrder) -> str:
    outcome = await stripe.charge(asked)
    assert isinstance(outcome, Challenged)
    assert (None, "psp_page") == (outcome.reference, outcome.place)
    assert outcome.url is not None
    return outcome.url


async def pay(sandbox: Sandbox, url: str, number: str) -> int:
    async with sandbox.http() as browser:
        typed = {"number": number, "expiry": "12/40", "code": "123"}
        return (await browser.post(url, data=typed)).status_code


async def session_of(sandbox: Sandbox, asked: ChargeOrder) -> dict[str, Any]:
    listed = await sandbox.stripe().v1.checkout.sessions.list_async({"limit": 100})
    found = [each.to_dict() for each in listed.data]
    return next(each for each in found if each["client_reference_id"] == asked.attempt_id)


async def test_the_customer_is_led_to_a_page_for_what_was_asked(
    sandbox: Sandbox, stripe: StripeCheckoutGateway
) -> None:
    asked = order()
    url = await led_to(stripe, asked)
    session = await session_of(sandbox, asked)

    assert ("redirect", "stripe_checkout") == (stripe.page.mode, stripe.page.provider)
    assert CardFacts() == await stripe.inspect("anything")
    assert (url, 4999, "gbp", "de") == (
        session["url"],
        session["amount_total"],
        session["currency"],
        session["locale"],
    )
    assert asked.return_url == session["success_url"] == session["cancel_url"]
    assert 30 * 60 <= session["expires_at"] - session["created"] <= 40 * 60


async def test_until_the_customer_has_paid_the_page_is_what_there_is(
    sandbox: Sandbox, stripe: StripeCheckoutGateway
) -> None:
    """A card that was refused there is no refusal: the customer may take another."""
    asked = order()
    url = await led_to(stripe, asked)
    before = await stripe.ask(about(asked))
    declined = await pay(sandbox, url, BAD)
    after = await stripe.ask(about(asked))
    await pay(sandbox, url, GOOD)
    paid = await stripe.ask(about(asked))

    assert Challenged(None, url=url, place="psp_page") == before == after
    assert 402 == declined
    assert isinstance(paid, Succeeded)
    assert (DUE, "4242") == (paid.captured, paid.card.last4)
    assert paid == await stripe.ask(about(asked, paid.reference))


async def test_the_banks_question_is_asked_beside_the_page(
    sandbox: Sandbox, stripe: StripeCheckoutGateway
) -> None:
    asked = order(force_challenge=True)
    url = await led_to(stripe, asked)
    await pay(sandbox, url, ASKED)
    waiting = await stripe.ask(about(asked))
    session = await session_of(sandbox, asked)
    psp = sandbox.stripe()
    intent = await psp.v1.payment_intents.retrieve_async(session["payment_intent"])
    assert intent.next_action is not None
    async with sandbox.http() as bank:
        await bank.post(intent.next_action["redirect_to_url"]["url"], data={"outcome": "complete"})

    assert isinstance(waiting, Challenged)
    assert isinstance(await stripe.ask(about(asked)), Succeeded)


async def test_a_page_that_is_called_off_takes_no_money(
    sandbox: Sandbox, stripe: StripeCheckoutGateway
) -> None:
    untouched, tried = order(), order()
    first, second = await led_to(stripe, untouched), await led_to(stripe, tried)
    await pay(sandbox, second, BAD)
    outcomes = [await stripe.cancel(about(untouched)), await stripe.cancel(about(tried))]

    assert Abandoned(None) == outcomes[0]
    assert isinstance(outcomes[1], Abandoned)
    assert [410, 410] == [await pay(sandbox, first, GOOD), await pay(sandbox, second, GOOD)]
    assert Abandoned(None) == await stripe.ask(about(untouched))
    assert isinstance(await stripe.cancel(about(tried)), Abandoned)


async def test_a_page_that_is_called_off_while_the_customer_pays_is_one_of_both(
    sandbox: Sandbox, stripe: StripeCheckoutGateway
) -> None:
    for _ in range(8):
        asked = order()
        url = await led_to(stripe, asked)
        status, outcome = await asyncio.gather(pay(sandbox, url, GOOD), stripe.cancel(about(asked)))
        assert (status == 200) == isinstance(outcome, Succeeded)
        assert (status == 410) == isinstance(outcome, Abandoned)


async def test_a_hold_at_the_page_is_let_go(
    sandbox: Sandbox, stripe: StripeCheckoutGateway
) -> None:
    asked = order(capture="manual")
    await pay(sandbox, await led_to(stripe, asked), GOOD)
    held = await stripe.ask(about(asked))

    assert isinstance(held, Authorised)
    assert Abandoned(held.reference) == await stripe.cancel(about(asked))


async def test_an_order_that_is_called_off_before_it_arrives_opens_no_page(
    stripe: StripeCheckoutGateway,
) -> None:
    asked = order()

    assert Abandoned(None) == await stripe.cancel(about(asked))
    assert isinstance(await stripe.charge(asked), Unknown)


async def test_what_is_seen_afterwards_is_as_with_any_payment(
    sandbox: Sandbox, stripe: StripeCheckoutGateway
) -> None:
    asked = order()
    await pay(sandbox, await led_to(stripe, asked), GOOD)
    paid = await stripe.ask(about(asked))
    assert isinstance(paid, Succeeded)
    back = MoneyOrder(
        order_id=new_id("ref", utc_now()), reference=paid.reference, amount=Money.of(500, "GBP")
    )
    await stripe.refund(back)
    sight = await stripe.look(about(asked))
    lines = await stripe.movements(utc_now() - timedelta(minutes=1), utc_now() + timedelta(hours=1))

    assert [(back.order_id, 500)] == [(each.order_id, each.amount.minor) for each in sight.refunds]
    assert [4999] == [each.amount for each in lines if each.reference == paid.reference]


async def test_only_the_methods_that_the_merchant_named_are_offered() -> None:
    answer = {"id": "cs_1", "object": "checkout.session", "status": "open", "url": "https://x.test"}
    config = {"secret_key": "sk_test_x", "publishable_key": "pk", "webhook_secret": "whsec_1"}
    async with line(Says(200, answer)) as psp:
        for more in ({}, {"methods": "card,sepa_debit"}):
            gateway = StripeCheckoutGateway(config | more | {"api_base": psp.url})
            await gateway.charge(order(locale="xx"))
            await gateway.close()
    offered = [
        [value for name, value in request.params.items() if "allowed_payment" in name]
        for request in psp.requests
    ]

    assert [[], ["card", "sepa_debit"]] == offered
    assert ["auto", "auto"] == [request.params["locale"] for request in psp.requests]


async def test_where_nobody_listens_another_psp_may_be_tried() -> None:
    config = {"secret_key": "sk_test_x", "publishable_key": "pk", "webhook_secret": "whsec_1"}
    gateway = StripeCheckoutGateway(config | {"api_base": "http://127.0.0.1:9"})

    assert isinstance(await gateway.charge(order()), Unreached)
    assert isinstance(await gateway.charge(order(amount=Money.of(1255, "KWD"))), Unreached)
    assert isinstance(await gateway.cancel(about(order())), Unknown)
    await gateway.close()


# Events


def event(kind: str, **content: Any) -> bytes:
    about_session = {
        "id": "cs_1",
        "object": "checkout.session",
        "mode": "payment",
        "payment_intent": "pi_1",
        "metadata": {"paythread_attempt": "att_1"},
    } | content
    return json.dumps(
        {"id": "evt_1", "object": "event", "type": kind, "data": {"object": about_session}}
    ).encode()


@pytest.mark.parametrize("kind", ["completed", "async_payment_succeeded", "async_payment_failed"])
async def test_a_session_that_ends_is_looked_at(stripe: StripeCheckoutGateway, kind: str) -> None:
    found = stripe.reread_event(event(f"checkout.session.{kind}"))

    assert ("pi_1", "att_1", None, True) == (
        found.reference,
        found.attempt_id,
        found.outcome,
        found.look,
    )


async def test_a_session_that_ran_out_is_abandoned(stripe: StripeCheckoutGateway) -> None:
    found = stripe.reread_event(event("checkout.session.expired", payment_intent=None))

    assert ("att_1", Abandoned(None)) == (found.attempt_id, found.outcome)


@pytest.mark.parametrize("content", [{"mode": "setup"}, {"metadata": {}}, {"object": "other"}])
async def test_a_session_of_somebody_else_says_nothing(
    stripe: StripeCheckoutGateway, content: Any
) -> None:
    assert not stripe.reread_event(event("checkout.session.completed", **content)).says_something


@pytest.mark.parametrize(
    ("kind", "says"),
    [("payment_failed", False), ("requires_action", False), ("created", False),
     ("succeeded", True), ("canceled", True), ("processing", True)],
)  # fmt: skip
async def test_of_an_intent_only_what_ends_the_page_is_told(
    stripe: StripeCheckoutGateway, kind: str, says: bool
) -> None:
    statuses = {"payment_failed": "requires_payment_method", "created": "requires_action"}
    content = {
        "status": statuses.get(kind, kind),
        "amount_received": 4999,
        "currency": "gbp",
        "last_payment_error": {"code": "card_declined"},
    }
    found = stripe.reread_event(intent_event(f"payment_intent.{kind}", content))

    assert says == found.says_something
    assert says == (found.reference is not None)


async def test_a_report_of_the_sandbox_is_completed_into_the_money(
    sandbox: Sandbox, stripe: StripeCheckoutGateway
) -> None:
    asked = order()
    await pay(sandbox, await led_to(stripe, asked), GOOD)
    listed = await sandbox.stripe().v1.events.list_async({"type": "checkout.session.completed"})
    read = stripe.reread_event(json.dumps(listed.data[0].to_dict()).encode())
    found = await stripe.complete_event(read)

    assert asked.attempt_id == found.attempt_id
    assert isinstance(found.outcome, Succeeded)
    assert found.reference == found.outcome.reference


@pytest.mark.parametrize(
    "name",
    ["async_payment_failed", "async_payment_succeeded", "completed", "completed.payment_mode",
     "completed.setup_mode", "expired"],
)  # fmt: skip
async def test_a_session_as_published_is_somebody_elses(
    stripe: StripeCheckoutGateway, name: str
) -> None:
    vector = vectors(f"stripe_events/checkout.session.{name}.json")
    body = vector["raw_body"].encode()

    found = stripe.reread_event(body)
    assert GatewayEvent(id=found.id, type=vector["type"], body=body) == found
