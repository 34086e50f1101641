"""What every gateway promises of money after the charge: captures, refunds, and what a look sees of them."""

from dataclasses import replace
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
    RefundFact,
    Refused,
    Succeeded,
    Unknown,
)
from tests.payments.contract.asking import DUE, about, charge, order
from tests.payments.psps import Psp
from tests.sandbox.harness import eventually


def money_order(reference: str | None, minor: int = 4999, **more: Any) -> MoneyOrder:
    assert reference is not None
    given = {"order_id": new_id("ref", utc_now()), "amount": Money.of(minor, "GBP")}
    return MoneyOrder(**(given | {"reference": reference} | more))


async def held(psp: Psp) -> tuple[ChargeOrder, str]:
    asked = order(await psp.will("hold"), capture="manual")
    outcome = await charge(psp, asked)
    assert isinstance(outcome, Authorised)
    return asked, outcome.reference


async def taken(psp: Psp) -> tuple[ChargeOrder, str]:
    asked = order(await psp.will("succeed"))
    outcome = await charge(psp, asked)
    assert isinstance(outcome, Succeeded)
    return asked, outcome.reference


async def captured(psp: Psp, asked: ChargeOrder, reference: str) -> Money:
    """What the PSP says it took, once it has: some only accept a capture and do it a moment later."""

    async def seen() -> Money | None:
        outcome = await psp.gateway.ask(about(asked, reference))
        return outcome.captured if isinstance(outcome, Succeeded) else None

    found: Money = await eventually(seen)
    return found


async def given_back(psp: Psp, asked: ChargeOrder, reference: str, count: int) -> list[RefundFact]:
    """The refunds that the PSP knows, once there are so many and all have succeeded."""

    async def seen() -> list[RefundFact]:
        facts = (await psp.gateway.look(about(asked, reference))).refunds
        settled = [fact for fact in facts if fact.state == "succeeded"]
        return settled if len(settled) == count else []

    found: list[RefundFact] = await eventually(seen)
    return found


@pytest.mark.parametrize("minor", [4999, 3000])
async def test_a_hold_is_captured_whole_or_in_part(psp: Psp, minor: int) -> None:
    asked, reference = await held(psp)
    outcome = await psp.gateway.capture(money_order(reference, minor))

    assert isinstance(outcome, Done | Accepted)
    assert Money.of(minor, "GBP") == await captured(psp, asked, reference)
    if isinstance(outcome, Done):
        assert Money.of(minor, "GBP") == outcome.amount


async def test_a_capture_is_made_once_however_often_it_is_sent(psp: Psp) -> None:
    asked, reference = await held(psp)
    capture = money_order(reference, 3000)
    first, second = await psp.gateway.capture(capture), await psp.gateway.capture(capture)
    much_later = await psp.gateway.capture(replace(capture, again=True))

    assert type(first) is type(second)
    assert isinstance(first, Done | Accepted)
    assert isinstance(much_later, Done | Accepted)
    assert Money.of(3000, "GBP") == await captured(psp, asked, reference)


async def test_what_was_let_go_cannot_be_captured(psp: Psp) -> None:
    asked, reference = await held(psp)
    await psp.gateway.cancel(about(asked, reference))

    assert isinstance(await psp.gateway.capture(money_order(reference)), Refused)


async def test_money_goes_back_in_parts(psp: Psp) -> None:
    asked, reference = await taken(psp)
    orders = [money_order(reference, minor) for minor in (1000, 3999)]
    outcomes = [await psp.gateway.refund(each) for each in orders]
    facts = await given_back(psp, asked, reference, 2)

    assert all(isinstance(outcome, Done | Accepted) for outcome in outcomes)
    assert {(each.order_id, each.amount) for each in orders} == {
        (fact.order_id, fact.amount) for fact in facts
    }
    assert {outcome.reference for outcome in outcomes if not isinstance(outcome, Refused)} == {
        fact.reference for fact in facts
    }


async def test_a_refund_is_made_once_however_often_it_is_sent(psp: Psp) -> None:
    asked, reference = await taken(psp)
    refund = money_order(reference, 1000)
    first, second = await psp.gateway.refund(refund), await psp.gateway.refund(refund)
    much_later = await psp.gateway.refund(replace(refund, again=True))

    assert isinstance(first, Done | Accepted)
    assert first == second
    assert isinstance(much_later, Done | Accepted)
    assert first.reference == much_later.reference
    assert 1 == len(await given_back(psp, asked, reference, 1))


async def test_more_than_is_left_does_not_go_back(psp: Psp) -> None:
    asked, reference = await taken(psp)
    await psp.gateway.refund(money_order(reference, 4000))
    await given_back(psp, asked, reference, 1)

    assert isinstance(await psp.gateway.refund(money_order(reference, 1000)), Refused)
    assert 1 == len(await given_back(psp, asked, reference, 1))


async def test_a_refund_without_an_answer_is_not_made_again(psp: Psp) -> None:
    asked, reference = await taken(psp)
    refund = money_order(reference, 1000)
    await psp.refunds_will("fail silently")
    outcome = await psp.gateway.refund(refund)
    again = await psp.gateway.refund(replace(refund, again=True))

    assert isinstance(outcome, Unknown)
    assert isinstance(again, Done | Accepted)
    assert 1 == len(await given_back(psp, asked, reference, 1))


async def test_a_refund_that_never_arrived_is_made_when_it_is_sent_again(psp: Psp) -> None:
    asked, reference = await taken(psp)
    refund = money_order(reference, 1000)
    await psp.refunds_will("stay away")
    outcome = await psp.gateway.refund(refund)
    again = await psp.gateway.refund(replace(refund, again=True))

    assert isinstance(outcome, Unknown)
    assert isinstance(again, Done | Accepted)
    assert 1 == len(await given_back(psp, asked, reference, 1))


async def test_a_look_sees_the_money_and_what_went_back(psp: Psp) -> None:
    asked, reference = await taken(psp)
    refund = money_order(reference, 1000)
    await psp.gateway.refund(refund)
    (fact,) = await given_back(psp, asked, reference, 1)
    sight = await psp.gateway.look(about(asked, reference))

    assert isinstance(sight.outcome, Succeeded)
    assert (DUE, ()) == (sight.outcome.captured, tuple(sight.disputes))
    assert (Money.of(1000, "GBP"), refund.order_id) == (fact.amount, fact.order_id)


async def test_a_refund_is_reported_under_our_order(psp: Psp) -> None:
    asked, reference = await taken(psp)
    refund = money_order(reference, 1000)
    await psp.gateway.refund(refund)
    await given_back(psp, asked, reference, 1)
    body = await psp.refund_report(asked.attempt_id, reference, refund.order_id)
    now = utc_now()
    (event,) = psp.gateway.read_events(psp.signed(body, at=now), body, now=now)
    if event.look:
        event = await psp.gateway.complete_event(event)
    found = [fact for fact in event.refunds if fact.order_id == refund.order_id]

    assert reference == event.reference or asked.attempt_id == event.attempt_id
    assert [Money.of(1000, "GBP")] == [fact.amount for fact in found]
