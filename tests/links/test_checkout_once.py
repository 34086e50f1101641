"""The checkout (`links.checkout`, `links.admission`) charges once: clicked twice, raced, cut off, the PSP away."""

import asyncio
from dataclasses import replace
from datetime import datetime

import pytest

from links.checkout_results import Result
from links.states import LinkState
from payments.attempts import ASK
from payments.errors import GatewayUnavailable, MethodUnusable, NothingDue
from payments.gateway import CardFacts, ChargeOrder, Outcome, Question
from tests.links.conftest import Shop
from tests.payments.fakes import (
    Challenges,
    Crashed,
    Crashes,
    Declines,
    NeverArrives,
    Processes,
    Step,
    Succeeds,
    TimesOut,
)

BEGUN = ["link.created", "checkout.submitted", "payment.fraud_check_started"]
CHECKED = [*BEGUN, "payment.fraud_check_completed"]


def will(shop: Shop, *script: Step) -> None:
    shop.gateway.script = list(script)


# The same submission again


@pytest.mark.parametrize(
    ("step", "status"),
    [
        (Succeeds(), "paid"),
        (Declines(), "declined"),
        (Challenges(), "challenge"),
        (Processes(), "processing"),
        (TimesOut(), "waiting"),
    ],
)
async def test_a_repeated_post_is_answered_like_the_first_and_charges_nothing(
    shop: Shop, step: Step, status: str
) -> None:
    """Also once the link is paid: the answer to the first may have been lost on its way."""
    link = await shop.make()
    will(shop, step)
    first = await shop.submit(link, "pm_same")
    before = await shop.rows()
    second = await shop.submit(link, "pm_same")

    assert (status, first) == (second.status, second)
    assert before == await shop.rows()
    assert 1 == len(shop.gateway.charged)


@pytest.mark.parametrize("step", [Succeeds(), Declines(), Challenges()])
async def test_a_double_click_is_one_attempt(shop: Shop, step: Step) -> None:
    link = await shop.make()
    will(shop, step)
    results = await asyncio.gather(*(shop.submit(link, "pm_same") for _ in range(5)))

    assert 1 == len({result.attempt for result in results})
    assert 1 == len(shop.gateway.charged) == len(await shop.tries(link))


async def test_the_same_submission_that_ended_while_we_looked_at_the_card_is_its_own_answer(
    shop: Shop,
) -> None:
    """The second click was at the PSP for the card when the first was declined."""
    link = await shop.make()
    will(shop, Declines(), Succeeds())
    slow = await shop.submission(link, "pm_same")
    inspect, inside = shop.gateway.inspect, asyncio.Event()
    gate = asyncio.Event()

    async def slowly(method: str) -> CardFacts:
        if not inside.is_set():
            inside.set()
            await gate.wait()
        return await inspect(method)

    shop.gateway.inspect = slowly  # type: ignore[method-assign]
    second = asyncio.create_task(shop.checkout.submit(slow))
    await inside.wait()
    first = await shop.submit(link, "pm_same")
    gate.set()

    assert first == await second
    assert 1 == len(await shop.tries(link))


# Two tabs, two devices


async def test_two_tabs_with_two_cards_charge_once_and_the_other_is_told_where(
    shop: Shop,
) -> None:
    link = await shop.make()
    first = await shop.submission(link)
    second = await shop.submission(link)
    seen: list[Result] = []

    async def other_tab(_: ChargeOrder) -> None:
        shop.gateway.meanwhile = None
        seen.append(await shop.checkout.submit(second))

    shop.gateway.meanwhile = other_tab
    paid = await shop.checkout.submit(first)

    assert Result("paid", paid.attempt) == paid
    assert [Result("elsewhere", paid.attempt)] == seen
    assert 1 == shop.gateway.taken() == len(shop.gateway.charged)


async def test_fifty_submissions_at_once_charge_once(shop: Shop) -> None:
    link = await shop.make()
    ends = await asyncio.gather(
        *[shop.checkout.submit(await shop.submission(link)) for _ in range(50)],
        return_exceptions=True,
    )
    statuses = {end.status if isinstance(end, Result) else type(end).__name__ for end in ends}

    assert {"paid"} <= statuses <= {"paid", "elsewhere", "NothingDue"}
    assert 1 == shop.gateway.taken() == len(shop.gateway.charged)
    assert 4999 == (await shop.payment(link)).captured.minor


# When the PSP is away


async def test_a_psp_that_is_down_before_the_charge_leaves_nothing_recorded(shop: Shop) -> None:
    link = await shop.make()
    before = await shop.rows()
    shop.gateway.unreachable = True
    with pytest.raises(GatewayUnavailable):
        await shop.submit(link)

    assert before == await shop.rows()


async def test_a_card_token_that_is_used_up_leaves_nothing_recorded(shop: Shop) -> None:
    link = await shop.make()
    before = await shop.rows()
    with pytest.raises(MethodUnusable):
        await shop.submit(link, "pm_unknown")

    assert before == await shop.rows()


async def test_no_second_card_is_charged_while_the_fate_of_the_first_is_unknown(
    shop: Shop,
) -> None:
    link = await shop.make()
    will(shop, TimesOut(Succeeds()))
    waiting = await shop.submit(link)
    other = await shop.submit(link)

    assert ("waiting", Result("elsewhere", waiting.attempt)) == (waiting.status, other)
    shop.clock.advance(seconds=3)
    await shop.run(ASK)
    assert LinkState.PAID is (await shop.link(link)).state
    assert 1 == len(shop.gateway.charged)


async def test_a_process_that_dies_in_the_charge_is_found_out_by_the_sweep(shop: Shop) -> None:
    link = await shop.make()
    will(shop, Crashes(Succeeds()))
    with pytest.raises(Crashed):
        await shop.submit(link)
    dead = await shop.link(link)
    shop.clock.advance(seconds=30)
    await shop.run(ASK)

    assert LinkState.IN_PROGRESS is dead.state
    assert LinkState.PAID is (await shop.link(link)).state
    assert [*CHECKED, "payment.paid"] == await shop.story(link)
    assert 1 == shop.gateway.taken()


async def test_a_process_that_dies_before_the_charge_frees_the_link_again(shop: Shop) -> None:
    link = await shop.make()
    will(shop, NeverArrives())
    await shop.submit(link)
    shop.clock.advance(seconds=91)
    await shop.run(ASK)

    assert LinkState.ACTIVE is (await shop.link(link)).state
    assert "paid" == (await shop.submit(link)).status
    assert 1 == shop.gateway.taken()


# Loose ends


async def test_a_declined_intent_is_cancelled_before_another_card_is_tried(shop: Shop) -> None:
    link = await shop.make()
    will(shop, Declines(), Succeeds())
    declined = await shop.submit(link)
    await shop.submit(link)

    assert [declined.attempt] == [question.attempt_id for question in shop.gateway.cancelled]
    assert [False, False] == [attempt.loose for attempt in await shop.tries(link)]


async def test_a_declined_intent_that_was_paid_after_all_leaves_nothing_to_pay(
    shop: Shop,
) -> None:
    link = await shop.make()
    will(shop, Declines(), Succeeds())
    declined = await shop.submit(link)
    shop.gateway.become(declined.attempt, Succeeds())
    with pytest.raises(NothingDue):
        await shop.submit(link)

    assert LinkState.PAID is (await shop.link(link)).state
    assert 1 == shop.gateway.taken() == len(shop.gateway.charged)


async def test_while_a_declined_intent_cannot_be_cancelled_no_other_card_is_charged(
    shop: Shop,
) -> None:
    """It might still be confirmed, and then two cards were charged."""
    link = await shop.make()
    will(shop, Declines(), Succeeds())
    await shop.submit(link)
    inspect = shop.gateway.inspect

    async def then_gone(method: str) -> CardFacts:
        found = await inspect(method)
        shop.gateway.unreachable = True
        return found

    shop.gateway.inspect = then_gone  # type: ignore[method-assign]
    with pytest.raises(GatewayUnavailable):
        await shop.submit(link)

    assert 1 == len(shop.gateway.charged) == len(await shop.tries(link))


async def test_while_the_psp_keeps_a_declined_intent_open_no_other_card_is_charged(
    shop: Shop,
) -> None:
    link = await shop.make()
    will(shop, Declines(), Succeeds())
    await shop.submit(link)
    shop.gateway.cancel = shop.gateway.ask  # type: ignore[method-assign]
    with pytest.raises(GatewayUnavailable):
        await shop.submit(link)

    assert 1 == len(shop.gateway.charged) == len(await shop.tries(link))


async def test_a_decline_in_another_tab_meanwhile_is_a_loose_end_too(shop: Shop) -> None:
    """It came after this submission had looked for loose ends, and before its own attempt began."""
    link = await shop.make()
    will(shop, Declines(), Declines(), Succeeds())
    await shop.submit(link)
    cancel = shop.gateway.cancel

    async def then_the_other_tab(question: Question) -> Outcome:
        found = await cancel(question)
        shop.gateway.cancel = cancel  # type: ignore[method-assign]
        await shop.submit(link)
        return found

    shop.gateway.cancel = then_the_other_tab  # type: ignore[method-assign]
    with pytest.raises(GatewayUnavailable):
        await shop.submit(link)

    assert 2 == len(shop.gateway.charged)
    assert "paid" == (await shop.submit(link)).status


async def test_a_submission_that_was_held_up_is_not_charged_any_more(shop: Shop) -> None:
    """The sweep may have told by now that it never arrived, and another card may have been charged."""

    def slow() -> datetime:
        return shop.clock.advance(seconds=21)

    link = await shop.make()
    late = replace(shop.checkout, clock=slow)
    result = await late.submit(await shop.submission(link))

    assert "abandoned" == result.status
    assert [] == shop.gateway.charged
    assert "paid" == (await shop.submit(link)).status


async def test_the_journal_says_which_psp_was_asked(shop: Shop) -> None:
    link = await shop.make()
    await shop.submit(link)
    [submitted] = [each for each in await shop.events(link) if each.type == "checkout.submitted"]
    assert {"psp": "fake"} == submitted.data
