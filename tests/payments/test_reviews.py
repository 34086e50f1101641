"""Held money waits for a person's word, once; nobody's word is a no."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from compliance.merchant_settings import write
from compliance.principal import NotAllowed, Principal
from compliance.roles import Role
from core.money import Money
from payments.approvals import SameHands
from payments.attempts import Attempt
from payments.fraud import FraudCheck, FraudPolicy, Verdict
from payments.gateway import Abandoned, Authorised, Declined, Risk, Succeeded
from payments.money_after import UnderReview
from payments.orders import SEND, Order, orders_of
from payments.payments import Payment
from payments.reviews import (
    TIMEOUT,
    Decision,
    NotInReview,
    ReviewDecided,
    Waiting,
    decide,
    time_out,
    waiting,
)
from payments.states import AttemptState, PaymentState
from tests.conftest import NewMerchant
from tests.payments.conftest import NewTill, Till, order_of
from tests.payments.fakes import Authorises
from tests.support.people import person, software

DOUBTFUL = FraudCheck(Verdict.REVIEW, 60, ("agent_address",))
AGENT = "usr_01k9aaaaaaaaaaaaaaaaaaaaaa"


def supervisor(till: Till, **known: Any) -> Principal:
    return person(till.merchant.id, Role.SUPERVISOR, **known)


async def doubtful(till: Till, **debt: Any) -> tuple[Payment, Attempt]:
    """A payment whose money is held for review, at the PSP too."""
    payment = await till.owe(**({"agent": AGENT} | debt))
    attempt = await till.begin(payment, check=DOUBTFUL)
    till.gateway.script.append(Authorises())
    outcome = await till.gateway.charge(order_of(attempt))
    return payment, await till.tell(attempt, outcome)


async def decided(
    till: Till, payment: Payment, *, approve: bool = True, by: Principal | None = None
) -> Decision:
    async with till.database.transaction() as session:
        caller = by or supervisor(till)
        return await decide(session, payment.id, approve=approve, caller=caller, now=till.clock())


async def listed(till: Till, **asked: Any) -> list[Waiting]:
    async with till.database.snapshot() as session:
        return list(await waiting(session, till.merchant.id, **({"limit": 50} | asked)))


async def orders(till: Till, payment: Payment) -> list[Order]:
    async with till.database.snapshot() as session:
        return list(await orders_of(session, payment.id))


async def run_timeouts(till: Till) -> None:
    for item in await till.due(TIMEOUT):
        async with till.database.transaction() as session:
            await time_out(session, item, now=till.clock())


async def carried_out(till: Till, payment: Payment) -> None:
    for order in await orders(till, payment):
        await till.order_desk.carry_out(order.id)


# Opening


async def test_a_doubtful_payment_is_held_and_a_person_asked(till: Till) -> None:
    payment, attempt = await doubtful(till)
    [review] = await listed(till)

    assert ("manual", "automatic") == (attempt.capture, payment.capture)
    assert (AttemptState.AUTHORISED, "waiting") == (attempt.state, attempt.review)
    assert (attempt.id, AGENT) == (review.attempt.id, review.agent)
    assert timedelta(hours=24) == review.due_at - till.clock()
    assert timedelta(hours=24) == await till.planned(attempt.id, TIMEOUT)
    [opened] = [e for e in await till.events(payment) if e.type == "payment.review_opened"]
    assert {"score": 60, "reasons": ["agent_address"], "decide_by": opened.data["decide_by"]} == (
        opened.data
    )


async def test_the_psps_doubt_about_a_hold_asks_a_person_too(till: Till) -> None:
    """A charge that the PSP doubted and took all the same is not held: nothing can be let go."""
    hold = await till.owe(capture="manual")
    held = Authorised("pi_1", Money.of(4999, "GBP"), risk=Risk("elevated", 70))
    taken = Succeeded("pi_2", Money.of(4999, "GBP"), risk=Risk("elevated", 70))

    assert "waiting" == (await till.tell(await till.begin(hold), held)).review
    assert (await till.tell(await till.begin(await till.owe()), taken)).review is None


@pytest.mark.parametrize("outcome", [Declined("pi_1", "generic_decline"), Abandoned("pi_1")])
async def test_where_no_money_is_held_nobody_is_asked(till: Till, outcome: Any) -> None:
    attempt = await till.begin(await till.owe(), check=DOUBTFUL)
    told = await till.tell(attempt, outcome)

    assert (None, []) == (told.review, await listed(till))


async def test_the_merchant_says_how_long_a_review_may_take(till: Till) -> None:
    async with till.database.transaction() as session:
        await write(
            session,
            till.merchant.id,
            FraudPolicy,
            {"review_hours": 3},
            actor="system",
            now=till.clock(),
        )
    _, attempt = await doubtful(till)

    assert timedelta(hours=3) == await till.planned(attempt.id, TIMEOUT)


async def test_a_report_that_comes_twice_asks_once(till: Till) -> None:
    payment, attempt = await doubtful(till)
    await till.tell(attempt, Authorised(attempt.reference or "", attempt.amount))

    assert 1 == (await till.story(payment)).count("payment.review_opened")


# Deciding


async def test_what_is_approved_is_captured(till: Till) -> None:
    payment, _ = await doubtful(till)
    boss = supervisor(till)
    decision = await decided(till, payment, by=boss)
    await carried_out(till, payment)

    assert decision.order is not None
    assert ("capture", 4999, boss.actor) == (
        decision.order.kind,
        decision.order.amount.minor,
        decision.order.ordered_by,
    )
    assert PaymentState.PAID is (await till.payment(payment)).state
    assert ("approved", []) == (decision.attempt.review, await listed(till))
    assert await till.planned(decision.attempt.id, TIMEOUT) is None
    [told] = [e for e in await till.events(payment) if e.type == "payment.review_decided"]
    assert (boss.actor, {"decision": "approved"}) == (told.actor, told.data)


async def test_what_is_rejected_is_let_go_and_the_debt_remains(till: Till) -> None:
    payment, attempt = await doubtful(till)
    decision = await decided(till, payment, approve=False)
    await carried_out(till, payment)
    after, books = await till.attempt(attempt), await till.payment(payment)

    assert decision.order is not None
    assert ("release", "rejected") == (decision.order.kind, decision.attempt.review)
    assert (AttemptState.ABANDONED, "review_rejected") == (after.state, after.problem)
    assert (PaymentState.OPEN, True, 0) == (books.state, books.payable, till.gateway.taken())


async def test_an_approved_hold_that_is_captured_by_hand_stays_held(till: Till) -> None:
    payment, _ = await doubtful(till, capture="manual")
    decision = await decided(till, payment)

    assert decision.order is None
    assert ([], PaymentState.AUTHORISED) == (
        await orders(till, payment),
        (await till.payment(payment)).state,
    )


async def test_nobody_captures_around_the_review(till: Till) -> None:
    payment, _ = await doubtful(till, capture="manual")
    with pytest.raises(UnderReview):
        await till.place_capture(payment)
    await decided(till, payment)
    await till.place_capture(payment)


async def test_the_links_own_agent_may_reject_but_not_approve(till: Till) -> None:
    """Maker and checker: also where the maker is a supervisor."""
    payment, _ = await doubtful(till)
    maker = supervisor(till, id=AGENT)
    with pytest.raises(SameHands):
        await decided(till, payment, by=maker)
    assert 1 == len(await listed(till))

    decision = await decided(till, payment, approve=False, by=maker)
    assert "rejected" == decision.attempt.review


async def test_software_is_nobodys_second_pair_of_eyes(till: Till) -> None:
    payment, _ = await doubtful(till)
    with pytest.raises(NotAllowed):
        await decided(till, payment, by=software(till.merchant.id))


async def test_of_ten_words_at_once_one_counts(till: Till) -> None:
    payment, _ = await doubtful(till)
    answers = await asyncio.gather(
        *(decided(till, payment, approve=number % 2 == 0) for number in range(10)),
        return_exceptions=True,
    )
    refused = [answer for answer in answers if not isinstance(answer, Decision)]

    assert [ReviewDecided] * 9 == [type(answer) for answer in refused]
    assert 1 == len(await orders(till, payment))
    assert 1 == (await till.story(payment)).count("payment.review_decided")


async def test_a_payment_that_nobody_doubts_waits_for_no_word(till: Till) -> None:
    payment = await till.owe(capture="manual")
    await till.tell(await till.begin(payment), Authorised("pi_1", Money.of(4999, "GBP")))
    with pytest.raises(NotInReview):
        await decided(till, payment)


# Time


async def test_when_its_time_is_up_the_money_is_let_go(till: Till) -> None:
    payment, attempt = await doubtful(till)
    till.clock.advance(hours=24)
    await run_timeouts(till)
    [order] = await orders(till, payment)

    assert ("release", "system") == (order.kind, order.ordered_by)
    assert "timed_out" == (await till.attempt(attempt)).review
    assert await till.planned(order.id, SEND) is not None
    assert await till.planned(attempt.id, TIMEOUT) is None
    with pytest.raises(ReviewDecided):
        await decided(till, payment)
    await carried_out(till, payment)
    assert PaymentState.OPEN is (await till.payment(payment)).state


async def test_a_timeout_that_comes_after_the_word_changes_nothing(till: Till) -> None:
    """Claimed a moment before a supervisor approved."""
    payment, attempt = await doubtful(till)
    till.clock.advance(hours=24)
    [item] = await till.due(TIMEOUT)
    await decided(till, payment)
    async with till.database.transaction() as session:
        await time_out(session, item, now=till.clock())

    assert "approved" == (await till.attempt(attempt)).review
    assert ["capture"] == [order.kind for order in await orders(till, payment)]


@pytest.mark.parametrize("captured", [True, False])
async def test_a_hold_that_ends_at_the_psp_leaves_nothing_to_decide(
    till: Till, captured: bool
) -> None:
    """Taken or let go in the PSP's own dashboard: a fact, whatever we wanted first."""
    payment, attempt = await doubtful(till)
    reference = attempt.reference or ""
    fact = Succeeded(reference, attempt.amount) if captured else Abandoned(reference)
    told = await till.tell(attempt, fact)
    [event] = [e for e in await till.events(payment) if e.type == "payment.review_decided"]

    assert ("lapsed", {"decision": "lapsed"}) == (told.review, event.data)
    assert ([], None) == (await listed(till), await till.planned(attempt.id, TIMEOUT))
    with pytest.raises(ReviewDecided):
        await decided(till, payment)


# Listing


async def test_reviews_are_listed_newest_first_a_page_at_a_time(till: Till) -> None:
    made = []
    for _ in range(3):
        made.append((await doubtful(till))[1].id)
        till.clock.advance(seconds=1)
    first = await listed(till, limit=2)
    second = await listed(till, limit=2, before=first[-1].attempt.id)

    assert [made[2], made[1], made[0]] == [each.attempt.id for each in (*first, *second)]


async def test_another_merchants_reviews_are_not_ours(
    till: Till, new_till: NewTill, new_merchant: NewMerchant
) -> None:
    await doubtful(await new_till(await new_merchant("Other Ltd")))

    assert [] == await listed(till)


async def test_a_review_is_shown_with_the_sentences_behind_its_reasons(till: Till) -> None:
    payment, attempt = await doubtful(till)
    [review] = await listed(till)
    shown = review.as_json()

    assert (attempt.id, payment.id, 4999, "GBP", 60) == (
        shown["id"],
        shown["payment"],
        shown["amount"],
        shown["currency"],
        shown["score"],
    )
    assert ["agent_address"] == [reason["code"] for reason in shown["reasons"]]
    assert "agent" in shown["reasons"][0]["text"]
