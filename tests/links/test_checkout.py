"""The checkout: whatever is double-clicked, raced, replayed or cut off, the customer pays once."""

import pytest

from compliance.merchant_settings import write
from core.errors import NotFound
from core.money import Money
from links.checkout_results import Result
from links.lifecycle import EXPIRE
from links.links import Link
from links.receipts import Receipt, receipt_of
from links.states import LinkState
from links.submissions import AmountChanged, Browser
from payments.errors import NothingDue
from payments.fraud import FraudPolicy, Verdict
from payments.gateway import CardFacts, ChargeOrder
from payments.payments import get_payment
from payments.states import AttemptState, PaymentState
from tests.conftest import NewMerchant
from tests.links.conftest import NewShop, Shop
from tests.payments.fakes import (
    Authorises,
    Challenges,
    Declines,
    Processes,
    Step,
    Succeeds,
    TimesOut,
)

BEGUN = ["link.created", "checkout.submitted", "payment.fraud_check_started"]
CHECKED = [*BEGUN, "payment.fraud_check_completed"]


def will(shop: Shop, *script: Step) -> None:
    shop.gateway.script = list(script)


# One submission


async def test_a_good_card_pays_the_link(shop: Shop) -> None:
    link = await shop.make()
    result = await shop.submit(link)
    paid = await shop.link(link)

    assert "paid" == result.status
    assert (LinkState.PAID, "paid", 1) == (paid.state, paid.progress.step, paid.progress.attempts)
    assert [*CHECKED, "payment.paid"] == await shop.story(link)


async def test_the_psp_is_asked_for_what_is_due_under_the_attempts_own_key(shop: Shop) -> None:
    link = await shop.make(1250, "KWD", capture="manual")
    will(shop, Authorises())
    result = await shop.submit(link, "pm_card")

    assert [
        ChargeOrder(
            attempt_id=result.attempt,
            amount=(await shop.payment(link)).due,
            method="pm_card",
            capture="manual",
            description="INV-1",
            force_challenge=False,
            metadata={"paythread_link": link.id, "paythread_payment": link.payment},
            shopper_address="203.0.113.7",
        )
    ] == shop.gateway.charged


ENDS = [
    (Succeeds(), "paid", LinkState.PAID, "paid"),
    (Authorises(), "authorised", LinkState.PAID, "paid"),
    (Processes(), "processing", LinkState.IN_PROGRESS, "processing"),
    (Challenges(), "challenge", LinkState.IN_PROGRESS, "challenge"),
    (Declines(), "declined", LinkState.ACTIVE, "declined"),
    (TimesOut(), "waiting", LinkState.IN_PROGRESS, "fraud_check"),
]


@pytest.mark.parametrize(("step", "status", "state", "shown"), ENDS)
async def test_each_answer_of_the_psp_is_shown_as_it_is(
    shop: Shop, step: Step, status: str, state: LinkState, shown: str
) -> None:
    link = await shop.make()
    will(shop, step)
    result = await shop.submit(link)
    after = await shop.link(link)

    assert (status, state, shown) == (result.status, after.state, after.progress.step)


async def test_a_decline_says_why_and_the_link_can_be_paid_with_another_card(shop: Shop) -> None:
    link = await shop.make()
    will(shop, Declines("insufficient_funds"), Succeeds())
    declined, paid = await shop.submit(link), await shop.submit(link)

    assert declined.problem is not None
    assert ("declined", "insufficient_funds", "paid") == (
        declined.status,
        declined.problem.code,
        paid.status,
    )
    assert ((), 2) == (
        (await shop.payment(link)).flags,
        (await shop.link(link)).progress.attempts,
    )


async def test_the_key_to_a_challenge_goes_to_the_page_and_is_not_stored(shop: Shop) -> None:
    link = await shop.make()
    will(shop, Challenges())
    result = await shop.submit(link)

    assert result.client_secret == f"secret of fake_{result.attempt}"
    assert "secret of fake" not in repr(await shop.rows())


# Challenges


async def test_a_customer_who_comes_back_from_the_bank_has_paid(shop: Shop) -> None:
    link = await shop.make()
    will(shop, Challenges())
    challenged = await shop.submit(link)
    shop.gateway.take_up(challenged.attempt)
    result = await shop.checkout.resume(await shop.token(link), challenged.attempt)

    assert Result("paid", challenged.attempt) == result
    assert [
        *CHECKED,
        "payment.challenge_started",
        "payment.challenge_completed",
        "payment.paid",
    ] == await shop.story(link)


async def test_coming_back_without_an_answer_shows_the_challenge_again(shop: Shop) -> None:
    """The server asks the PSP; what the page claims is not believed."""
    link = await shop.make()
    will(shop, Challenges())
    challenged = await shop.submit(link)

    assert challenged == await shop.checkout.resume(await shop.token(link), challenged.attempt)


async def test_a_failed_challenge_is_declined(shop: Shop) -> None:
    link = await shop.make()
    will(shop, Challenges())
    challenged = await shop.submit(link)
    shop.gateway.give_up(challenged.attempt)
    result = await shop.checkout.resume(await shop.token(link), challenged.attempt)

    assert result.problem is not None
    assert ("declined", "authentication_failed") == (result.status, result.problem.code)


async def test_a_challenge_that_is_given_up_frees_the_link_for_another_card(shop: Shop) -> None:
    link = await shop.make()
    will(shop, Challenges())
    challenged = await shop.submit(link)
    result = await shop.checkout.abandon(await shop.token(link), challenged.attempt)

    assert Result("abandoned", challenged.attempt) == result
    assert LinkState.ACTIVE is (await shop.link(link)).state
    assert "paid" == (await shop.submit(link)).status
    assert 1 == shop.gateway.taken()


async def test_a_challenge_that_was_passed_before_it_was_given_up_is_paid(shop: Shop) -> None:
    link = await shop.make()
    will(shop, Challenges())
    challenged = await shop.submit(link)
    shop.gateway.take_up(challenged.attempt)

    assert Result("paid", challenged.attempt) == await shop.checkout.abandon(
        await shop.token(link), challenged.attempt
    )


async def test_only_a_challenge_can_be_given_up(shop: Shop) -> None:
    link = await shop.make()
    will(shop, Processes())
    running = await shop.submit(link)

    assert running == await shop.checkout.abandon(await shop.token(link), running.attempt)
    assert [] == shop.gateway.cancelled


async def test_an_attempt_of_another_link_is_not_found(shop: Shop) -> None:
    link, other = await shop.make(), await shop.make()
    will(shop, Challenges())
    challenged = await shop.submit(link)
    for act in (shop.checkout.resume, shop.checkout.abandon):
        with pytest.raises(NotFound):
            await act(await shop.token(other), challenged.attempt)


async def test_coming_back_to_an_ended_attempt_asks_nobody(shop: Shop) -> None:
    link = await shop.make()
    paid = await shop.submit(link)

    assert paid == await shop.checkout.resume(await shop.token(link), paid.attempt)
    assert [] == shop.gateway.asked


# What the customer was shown


async def test_a_page_that_shows_an_old_amount_cannot_pay(shop: Shop) -> None:
    link = await shop.make()
    old = await shop.submission(link)
    await shop.amend(link, amount=9999)
    with pytest.raises(AmountChanged):
        await shop.checkout.submit(old)

    assert ([], []) == (shop.gateway.charged, await shop.tries(link))
    await shop.submit(link)
    assert 9999 == (await shop.payment(link)).captured.minor


async def test_an_ended_link_takes_no_payment(shop: Shop) -> None:
    paid, cancelled, expired, past = [await shop.make() for _ in range(4)]
    await shop.submit(paid)
    await shop.cancel(cancelled)
    shop.clock.advance(hours=24)
    for job in await shop.due(EXPIRE):
        if job.subject == expired.id:
            async with shop.database.transaction() as session:
                await shop.lifecycle.expire(session, job, now=shop.clock())
    shop.gateway.charged.clear()
    for link in (paid, cancelled, expired, past):
        with pytest.raises(NothingDue):
            await shop.submit(link)

    assert [] == shop.gateway.charged
    assert 1 == len(shop.gateway.inspected)


@pytest.mark.parametrize("token", ["", "x", "A" * 24, "A" * 23 + "é", "../../etc"])
async def test_a_token_that_names_nothing_is_not_found(shop: Shop, token: str) -> None:
    link = await shop.make()
    with pytest.raises(NotFound):
        await shop.submit(link, token=token)


async def test_a_token_is_good_for_its_own_letters_alone(shop: Shop) -> None:
    link = await shop.make()
    with pytest.raises(NotFound):
        await shop.submit(link, token=(await shop.token(link)).swapcase())


# Fraud rules


async def test_our_rules_ask_the_bank_for_a_large_amount(shop: Shop) -> None:
    link = await shop.make(250_000)
    await shop.submit(link)

    assert [True] == [order.force_challenge for order in shop.gateway.charged]


async def test_a_blocked_submission_never_reaches_the_psp_and_tells_the_agent_why(
    shop: Shop,
) -> None:
    async with shop.database.transaction() as session:
        await write(
            session,
            shop.merchant.id,
            FraudPolicy,
            {"block_amount_units": 1},
            actor="system",
            now=shop.clock(),
        )
    link = await shop.make()
    result = await shop.checkout.submit(await shop.submission(link))
    [check] = [e.data for e in await shop.events(link) if e.type.endswith("check_completed")]

    assert ([], []) == (shop.gateway.charged, shop.gateway.asked)
    assert result.problem is not None
    assert ("declined", "blocked") == (result.status, result.problem.code)
    assert (Verdict.BLOCK, ["amount_above_limit"]) == (check["verdict"], check["reasons"])
    assert LinkState.ACTIVE is (await shop.link(link)).state


async def test_ten_declines_of_a_link_are_enough(shop: Shop) -> None:
    link = await shop.make()
    will(shop, *[Declines()] * 20)
    codes = []
    for number in range(11):
        shop.clock.advance(seconds=1)
        shop.gateway.cards[f"pm_same_{number}"] = CardFacts("visa", "0002", "US", "fp-1")
        result = await shop.submit(link, f"pm_same_{number}")
        assert result.problem is not None
        codes.append(result.problem.code)

    assert ["blocked"] == [code for code in codes if code != "generic_decline"]
    assert 5 == sum(order.force_challenge for order in shop.gateway.charged)


async def test_a_card_is_known_again_by_a_keyed_hash_alone(shop: Shop) -> None:
    """The PSP's fingerprint and the customer's address are not stored as they are."""
    link = await shop.make()
    shop.gateway.cards["pm_a"] = CardFacts("visa", "4242", "US", "fp-of-the-psp")
    await shop.submit(link, "pm_a", browser=Browser("203.0.113.99"))
    stored = repr(await shop.rows())

    assert "fp-of-the-psp" not in stored
    assert "203.0.113.99" not in stored


async def test_the_same_card_at_two_merchants_is_two_cards(
    shop: Shop, new_shop: NewShop, new_merchant: NewMerchant
) -> None:
    other = await new_shop(await new_merchant("Other Ltd"))
    for each in (shop, other):
        each.gateway.cards["pm_a"] = CardFacts("visa", "4242", "US", "fp-1")
        await each.submit(await each.make(), "pm_a")
    attempts = (await shop.rows())["attempts"]
    prints = {line.partition('"fingerprint":"')[2][:64] for line in attempts}

    assert 2 == len(prints)


# Receipts


async def receipt(shop: Shop, link: Link) -> Receipt | None:
    async with shop.database.snapshot() as session:
        return await receipt_of(session, await get_payment(session, link.payment))


async def test_there_is_no_receipt_before_there_is_money(shop: Shop) -> None:
    link = await shop.make()
    will(shop, Declines())
    await shop.submit(link)

    assert await receipt(shop, link) is None


@pytest.mark.parametrize("step", [Succeeds(), Authorises()])
async def test_a_receipt_says_what_was_taken_from_which_card(shop: Shop, step: Step) -> None:
    link = await shop.make()
    will(shop, Declines(), step)
    await shop.submit(link)
    shop.clock.advance(seconds=9)
    await shop.submit(link)
    payment = await shop.payment(link)

    assert Receipt(
        amount=payment.due,
        total=payment.due,
        remaining=Money(0, payment.due.currency),
        paid_at=shop.clock(),
        card=CardFacts("visa", "4242", "US"),
        payment=payment.id,
    ) == await receipt(shop, link)


async def test_the_last_result_is_told_from_the_books_alone(shop: Shop) -> None:
    link = await shop.make()
    async with shop.database.snapshot() as session:
        none = await shop.checkout.last_result(session, await get_payment(session, link.payment))
    will(shop, Challenges())
    challenged = await shop.submit(link)
    shop.gateway.asked.clear()
    async with shop.database.snapshot() as session:
        last = await shop.checkout.last_result(session, await get_payment(session, link.payment))

    assert none is None
    assert Result("challenge", challenged.attempt) == last
    assert [] == shop.gateway.asked


async def test_states_of_the_payment_and_the_link_agree_after_every_story(shop: Shop) -> None:
    agreed = {
        PaymentState.OPEN: LinkState.ACTIVE,
        PaymentState.IN_PROGRESS: LinkState.IN_PROGRESS,
        PaymentState.AUTHORISED: LinkState.PAID,
        PaymentState.PAID: LinkState.PAID,
    }
    for step in (Succeeds(), Authorises(), Declines(), Challenges(), Processes(), TimesOut()):
        link = await shop.make()
        will(shop, step)
        await shop.submit(link)
        link, payment = await shop.link(link), await shop.payment(link)

        assert agreed[payment.state] is link.state, step
    assert AttemptState.UNKNOWN is (await shop.tries(link))[0].state


async def test_a_page_that_says_another_amount_than_is_due_is_shown_it_first(shop: Shop) -> None:
    """What is due is ours to know; what the customer agreed to is theirs."""
    link = await shop.make()
    for amount in (1, 4998, 5000):
        with pytest.raises(AmountChanged):
            await shop.submit(link, amount=amount)

    assert [] == shop.gateway.charged
    assert "paid" == (await shop.submit(link, amount=4999)).status
