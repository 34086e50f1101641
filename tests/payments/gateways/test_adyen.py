"""The Adyen gateway's own matters: what is never sent twice, silence, challenges, and its books."""

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from core.clock import utc_now
from core.ids import new_id
from core.money import Money
from payments.errors import GatewayUnavailable, MethodUnusable, WebhookForged
from payments.gateway import (
    Abandoned,
    Accepted,
    Authorised,
    Challenged,
    ChargeOrder,
    Declined,
    MoneyOrder,
    Processing,
    Succeeded,
    Unknown,
)
from payments.gateways.adyen import AdyenGateway
from tests.adyen_sandbox.conftest import adyen, receiver
from tests.adyen_sandbox.harness import ACCOUNT, API_KEY, AdyenSandbox, Receiver
from tests.payments.gateways.adyen_asking import DUE, PAID, about, gateway_at, order, scripted
from tests.payments.gateways.adyen_psp import adyen_config, adyen_report, component_details
from tests.support.free_port import free_port

__all__ = ["adyen", "receiver"]  # fixtures of the far end's own tests


@pytest.fixture
async def gateway(adyen: AdyenSandbox) -> AsyncIterator[AdyenGateway]:
    made = AdyenGateway(adyen_config(adyen), call_seconds_max=2, whole_seconds_max=3)
    yield made
    await made.close()
    await adyen.calm()


# Silence


async def test_silence_stays_unknown_until_its_report_or_a_day_has_come(
    adyen: AdyenSandbox, gateway: AdyenGateway
) -> None:
    await adyen.faults(error_before=1)
    asked = order(json.dumps(await adyen.method()))
    outcome = await gateway.charge(asked)
    minute, day = timedelta(minutes=1), timedelta(hours=24)

    assert isinstance(outcome, Unknown)
    assert isinstance(await gateway.ask(about(asked, "unknown", age=minute)), Unknown)
    assert isinstance(await gateway.cancel(about(asked, "unknown", age=minute)), Unknown)
    assert isinstance(await gateway.ask(about(asked, "unknown", age=day - minute)), Unknown)
    assert Abandoned(None) == await gateway.ask(about(asked, "unknown", age=day + minute))


async def test_without_adyen_saying_that_it_lets_go_a_day_is_no_proof() -> None:
    made = gateway_at(free_port())
    outcome = await made.ask(about(order(), "unknown", age=timedelta(days=3)))
    await made.close()

    assert isinstance(outcome, Unknown)


async def test_a_lost_answer_to_a_hold_is_let_go_by_our_own_reference(
    adyen: AdyenSandbox, receiver: Receiver, gateway: AdyenGateway
) -> None:
    """After a while without a report, so that the customer can try again."""
    await adyen.faults(timeout_after=1)
    asked = order(json.dumps(await adyen.method()), capture="manual")
    assert isinstance(await gateway.charge(asked), Unknown)
    await gateway.ask(about(asked, "unknown", age=timedelta(minutes=16)))
    body = await receiver.body_of("TECHNICAL_CANCEL", asked.attempt_id)
    (event,) = gateway.read_events({}, body, now=utc_now())

    assert asked.attempt_id == event.attempt_id
    assert Abandoned(event.reference) == event.outcome
    assert ["cancelled"] == [each["state"] for each in await adyen.payments(asked.attempt_id)]


async def test_a_lost_answer_is_told_by_the_report(
    adyen: AdyenSandbox, receiver: Receiver, gateway: AdyenGateway
) -> None:
    await adyen.faults(timeout_after=1)
    asked = order(json.dumps(await adyen.method()))
    assert isinstance(await gateway.charge(asked), Unknown)
    body = await receiver.body_of("AUTHORISATION", asked.attempt_id)
    (event,) = gateway.read_events({}, body, now=utc_now())

    assert isinstance(event.outcome, Authorised)
    assert (True, DUE) == (event.outcome.as_ordered, event.outcome.amount)


# Challenges


async def challenged(
    adyen: AdyenSandbox, gateway: AdyenGateway, **more: Any
) -> tuple[ChargeOrder, Challenged]:
    method = await adyen.method("4917610000000000")
    asked = order(json.dumps(method), **more)
    outcome = await gateway.charge(asked)
    assert isinstance(outcome, Challenged)
    return asked, outcome


async def test_a_challenge_is_taken_up_again_by_a_page_that_was_reloaded(
    adyen: AdyenSandbox, gateway: AdyenGateway
) -> None:
    asked, outcome = await challenged(adyen, gateway)
    stranger = AdyenGateway(adyen_config(adyen))

    assert outcome.action is not None
    assert outcome == await gateway.ask(about(asked, "challenged"))
    assert Challenged(None) == await stranger.ask(about(asked, "challenged"))
    await stranger.close()


@pytest.mark.parametrize(("answer", "expected"), [("complete", Authorised), ("fail", Declined)])
async def test_the_banks_answer_counts_and_not_the_pages(
    adyen: AdyenSandbox, gateway: AdyenGateway, answer: str, expected: type
) -> None:
    asked, outcome = await challenged(adyen, gateway)
    token = await adyen.answer_challenge(outcome.action, answer)
    claimed = "N" if answer == "complete" else "Y"
    settled = await gateway.complete(about(asked, "challenged"), component_details(token, claimed))

    assert isinstance(settled, expected)
    again = await gateway.complete(about(asked, "challenged"), component_details(token, claimed))
    assert settled == again


async def test_a_challenge_that_nobody_answered_is_no_payment(
    adyen: AdyenSandbox, gateway: AdyenGateway
) -> None:
    asked, outcome = await challenged(adyen, gateway)
    assert outcome.action is not None
    details = component_details(outcome.action["authorisationToken"])
    settled = await gateway.complete(about(asked, "challenged"), details)

    assert isinstance(settled, Declined)
    assert "authentication_failed" == settled.code


async def test_the_details_of_another_payment_settle_nothing_here(
    adyen: AdyenSandbox, gateway: AdyenGateway
) -> None:
    """A challenge that was passed for a small amount, handed in for a large one."""
    small, outcome = await challenged(adyen, gateway, amount=Money.of(100, "GBP"))
    large, _ = await challenged(adyen, gateway)
    token = await adyen.answer_challenge(outcome.action, "complete")
    settled = await gateway.complete(about(large, "challenged"), component_details(token))

    assert Challenged(None) == settled
    assert ["challenge"] == [each["state"] for each in await adyen.payments(large.attempt_id)]
    assert ["captured"] == [each["state"] for each in await adyen.payments(small.attempt_id)]


async def test_details_that_adyen_does_not_take_leave_the_challenge_as_it_was(
    adyen: AdyenSandbox, gateway: AdyenGateway
) -> None:
    asked, _ = await challenged(adyen, gateway)
    made_up = component_details("made-up")

    assert Challenged(None) == await gateway.complete(about(asked, "challenged"), made_up)
    assert isinstance(await gateway.complete(about(asked, "unknown"), made_up), Unknown)


async def test_details_that_are_none_are_refused(gateway: AdyenGateway) -> None:
    with pytest.raises(MethodUnusable):
        await gateway.complete(about(order(), "challenged"), {"details": {"pan": "x"}})


async def test_silence_about_the_details_is_unknown_and_they_may_be_sent_again(
    adyen: AdyenSandbox, gateway: AdyenGateway
) -> None:
    asked, outcome = await challenged(adyen, gateway)
    token = await adyen.answer_challenge(outcome.action, "complete")
    await adyen.faults(timeout_after=1)
    first = await gateway.complete(about(asked, "challenged"), component_details(token))
    second = await gateway.complete(about(asked, "unknown"), component_details(token))

    assert isinstance(first, Unknown)
    assert isinstance(second, Authorised)
    assert 1 == len(await adyen.payments(asked.attempt_id))


async def test_a_challenge_given_up_is_over(adyen: AdyenSandbox, gateway: AdyenGateway) -> None:
    asked, _ = await challenged(adyen, gateway)

    assert Abandoned(None) == await gateway.cancel(about(asked, "challenged"))


async def test_a_challenge_is_not_given_up_while_adyen_does_not_hear(
    adyen: AdyenSandbox, gateway: AdyenGateway
) -> None:
    asked, outcome = await challenged(adyen, gateway)
    await adyen.faults(error_before=1)

    assert isinstance(await gateway.cancel(about(asked, "challenged")), Unknown)
    assert outcome == await gateway.ask(about(asked, "challenged"))


# What is known without Adyen


@pytest.mark.parametrize(
    ("state", "known"),
    [
        ("processing", Processing("A" * 16)),
        ("authorised", Unknown("its report will tell")),
        ("unknown", Unknown("its report will tell")),
        (None, Unknown("its report will tell")),
    ],
)
async def test_asking_makes_no_call_and_invents_nothing(state: str | None, known: object) -> None:
    async with scripted(200, PAID) as (made, far_end):
        found = await made.ask(about(order(), state, reference="A" * 16))

    assert known == found
    assert [] == far_end.requests


async def test_a_refusal_is_final_and_needs_no_cancelling() -> None:
    async with scripted(200, PAID) as (made, far_end):
        found = await made.cancel(about(order(), "declined", reference="A" * 16))

    assert Abandoned("A" * 16) == found
    assert [] == far_end.requests


# Books, account, sender


async def test_the_books_name_every_movement(adyen: AdyenSandbox, gateway: AdyenGateway) -> None:
    books = f"{adyen.url}/reports/download/MerchantAccount/{ACCOUNT}/settlement_detail_report.csv"
    reader = AdyenGateway(
        adyen_config(adyen, report_url=books, report_user=ACCOUNT, report_password=API_KEY)
    )
    paid = await gateway.charge(order(json.dumps(await adyen.method())))
    assert isinstance(paid, Succeeded)
    back = await gateway.refund(
        MoneyOrder(
            order_id=new_id("ref", utc_now()),
            reference=paid.reference,
            amount=Money.of(999, "GBP"),
        )
    )
    assert isinstance(back, Accepted)
    now = utc_now()
    found = await reader.movements(now - timedelta(hours=1), now + timedelta(hours=1))
    nothing = await reader.movements(now - timedelta(days=3), now - timedelta(days=2))
    await reader.close()

    mine = {each.reference: each for each in found if each.reference in str((paid, back))}
    assert [("charge", 4999), ("refund", -999)] == [
        (mine[each].kind, mine[each].amount) for each in (paid.reference, back.reference)
    ]
    assert [] == list(nothing)


async def test_without_a_place_to_read_them_the_books_are_missed(gateway: AdyenGateway) -> None:
    with pytest.raises(GatewayUnavailable) as missed:
        await gateway.movements(utc_now(), utc_now())

    assert "report_url" in str(missed.value)


async def test_books_that_cannot_be_had_are_missed_too(adyen: AdyenSandbox) -> None:
    made = AdyenGateway(adyen_config(adyen, report_url=f"{adyen.url}/reports/none.csv"))
    with pytest.raises(GatewayUnavailable):
        await made.movements(utc_now(), utc_now())
    await made.close()


async def test_an_account_that_adyen_does_not_know_fails_its_check(adyen: AdyenSandbox) -> None:
    made = AdyenGateway(adyen_config(adyen, api_key="another"))
    with pytest.raises(GatewayUnavailable):
        await made.check()
    await made.close()


async def test_a_sender_that_was_agreed_on_has_to_say_who_it_is(adyen: AdyenSandbox) -> None:
    agreed = {"webhook_user": "adyen", "webhook_password": "pass:word"}
    made = AdyenGateway(adyen_config(adyen, **agreed))
    body = adyen_report("evt_1")
    genuine = {"authorization": "Basic YWR5ZW46cGFzczp3b3Jk"}

    assert 1 == len(made.read_events(genuine, body, now=utc_now()))
    for header in ({}, {"authorization": "Basic é"}, {"authorization": "Bearer x"}):
        with pytest.raises(WebhookForged):
            made.read_events(header, body, now=utc_now())
    await made.close()
