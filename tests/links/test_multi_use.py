"""A link that many pay with (`links.payers`, `payments.offers`): each has a payment of their own, nobody another's."""

import asyncio
from typing import Any

import pytest

from core.errors import NotFound
from links.amounts import AmountNotAllowed
from links.checkout_results import Result
from links.drafts import LIFE_DEFAULT
from links.lifecycle import EXPIRE
from links.links import Link
from links.payers import PayerUnknown
from links.states import LinkState
from payments.attempts import Attempt, attempts_of
from payments.errors import NothingDue
from payments.offers import payments_of_offer, taken_up
from payments.payments import Payment
from payments.states import PaymentState
from tests.links.conftest import Shop
from tests.payments.fakes import Challenges, Declines, Succeeds, TimesOut

ANN, BOB = "a" * 32, "b" * 32


async def for_many(shop: Shop, minor: int = 2_500, **draft: Any) -> Link:
    return await shop.make(minor, usage="multi", **draft)


async def taken(shop: Shop, link: Link) -> list[Payment]:
    """Everybody's payments, oldest first."""
    async with shop.database.snapshot() as session:
        found = await payments_of_offer(session, link.id, before=None, limit=100)
    return sorted(found, key=lambda payment: payment.id)


async def tries(shop: Shop, payment: Payment) -> list[Attempt]:
    async with shop.database.snapshot() as session:
        return list(await attempts_of(session, payment.id))


async def test_each_payer_pays_a_payment_of_their_own(shop: Shop) -> None:
    link = await for_many(shop)
    for payer in (ANN, BOB):
        shop.clock.advance(seconds=1)
        assert "paid" == (await shop.submit(link, payer=payer)).status
    ann, bob = await taken(shop, link)
    offer = await shop.payment(link)

    assert (PaymentState.PAID, PaymentState.PAID) == (ann.state, bob.state)
    assert (2_500, 2_500, 0) == (ann.captured.minor, bob.captured.minor, offer.captured.minor)
    assert (PaymentState.OPEN, True, link.id, link.id) == (
        offer.state,
        offer.offer,
        ann.link,
        bob.link,
    )


async def test_the_link_stays_active_and_shows_the_latest_activity(shop: Shop) -> None:
    link = await for_many(shop)
    await shop.submit(link, payer=ANN)
    paid = await shop.link(link)
    await shop.report(link, "opened", page="pg_01k9bbbbbbbbbbbbbbbbbbbbbb")
    opened = await shop.link(link)
    await shop.report(link, "field_focused", field="number")
    typing = await shop.link(link)

    assert [LinkState.ACTIVE] * 3 == [paid.state, opened.state, typing.state]
    assert ["paid", "opened", "card_entry"] == [
        paid.progress.step,
        opened.progress.step,
        typing.progress.step,
    ]


async def test_what_came_of_a_link_is_the_sum_of_its_payers(shop: Shop) -> None:
    link, single = await for_many(shop), await shop.make()
    shop.gateway.script = [Succeeds(), Declines(), Succeeds()]
    await shop.submit(link, payer=ANN)
    await shop.submit(link, payer=BOB)
    await shop.submit(link, payer="c" * 32)
    await shop.submit(single)
    async with shop.database.snapshot() as session:
        shown, other = await shop.showing.many(session, [link, single])

    assert (5_000, 3, 2, link.payment) == (
        shown["amount_paid"],
        shown["payments_count"],
        shown["payments_paid_count"],
        shown["payment"],
    )
    assert (4_999, 1, 1) == (
        other["amount_paid"],
        other["payments_count"],
        other["payments_paid_count"],
    )


# The same tab again


async def test_the_same_tab_finds_its_payment_again(shop: Shop) -> None:
    """A double click, a reload, a retry of a lost answer: one payment, one charge."""
    link = await for_many(shop)
    page = await shop.submission(link, "pm_once", payer=ANN)
    first, second = await shop.checkout.submit(page), await shop.checkout.submit(page)

    assert first == second
    assert (1, 1) == (len(await taken(shop, link)), len(shop.gateway.charged))
    with pytest.raises(NothingDue):
        await shop.submit(link, payer=ANN)


async def test_after_a_decline_the_same_payment_is_tried_again(shop: Shop) -> None:
    link = await for_many(shop)
    shop.gateway.script = [Declines(), Succeeds()]
    await shop.submit(link, payer=ANN)
    await shop.submit(link, payer=ANN)
    [payment] = await taken(shop, link)

    assert 2 == len(await tries(shop, payment))
    assert PaymentState.PAID is payment.state


async def test_ten_presses_of_one_payer_come_to_one_charge(shop: Shop) -> None:
    link = await for_many(shop)
    pages = [await shop.submission(link, payer=ANN) for _ in range(10)]
    await asyncio.gather(*(shop.checkout.submit(page) for page in pages), return_exceptions=True)

    assert (1, 1) == (shop.gateway.taken(), len(await taken(shop, link)))


async def test_ten_payers_at_once_come_to_ten_charges(shop: Shop) -> None:
    link = await for_many(shop)
    pages = [await shop.submission(link, payer=f"{n}" * 32) for n in range(10)]
    results = await asyncio.gather(*(shop.checkout.submit(page) for page in pages))

    assert ["paid"] * 10 == [result.status for result in results]
    assert (10, 25_000) == (
        len(await taken(shop, link)),
        sum(payment.captured.minor for payment in await taken(shop, link)),
    )


async def test_an_unknown_fate_blocks_its_own_payer_alone(shop: Shop) -> None:
    link = await for_many(shop)
    shop.gateway.script = [TimesOut(), Succeeds()]
    waiting = await shop.submit(link, payer=ANN)
    again = await shop.submit(link, payer=ANN)
    other = await shop.submit(link, payer=BOB)

    assert ["waiting", "elsewhere", "paid"] == [waiting.status, again.status, other.status]


# Whose is whose


@pytest.mark.parametrize("payer", [None, "", "short", "a" * 65, "a" * 31 + " ", "é" * 32])
async def test_a_page_that_does_not_say_who_pays_charges_nothing(
    shop: Shop, payer: str | None
) -> None:
    link = await for_many(shop)
    with pytest.raises(PayerUnknown):
        await shop.submit(link, payer=payer)

    assert ([], []) == (shop.gateway.inspected, shop.gateway.charged)


async def test_nobody_reaches_the_attempt_of_another_payer(shop: Shop) -> None:
    link = await for_many(shop)
    token = await shop.token(link)
    shop.gateway.script = [Challenges()]
    challenged = await shop.submit(link, payer=ANN)
    for act in (shop.checkout.resume, shop.checkout.abandon):
        for payer in (BOB, None):
            with pytest.raises(NotFound):
                await act(token, challenged.attempt, payer=payer)

    shop.gateway.take_up(challenged.attempt)
    assert Result("paid", challenged.attempt) == await shop.checkout.resume(
        token, challenged.attempt, payer=ANN
    )


async def test_the_same_key_on_another_link_is_another_payer(shop: Shop) -> None:
    one, two = await for_many(shop), await for_many(shop)
    await shop.submit(one, payer=ANN)

    assert "paid" == (await shop.submit(two, payer=ANN)).status
    assert 2 == shop.gateway.taken()


async def test_the_payers_key_is_not_stored(shop: Shop) -> None:
    link = await for_many(shop)
    await shop.submit(link, payer=ANN)

    assert ANN not in repr(await shop.rows())


# The amount


async def test_each_payer_chooses_an_open_amount_and_owes_no_more(shop: Shop) -> None:
    link = await for_many(shop, 10_000, minimum_amount=500)
    await shop.submit(link, amount=2_000, payer=ANN)
    shop.clock.advance(seconds=1)
    await shop.submit(link, amount=9_999, payer=BOB)
    ann, bob = await taken(shop, link)

    assert [(2_000, PaymentState.PAID), (9_999, PaymentState.PAID)] == [
        (payment.due.minor, payment.state) for payment in (ann, bob)
    ]
    for amount in (499, 10_001):
        with pytest.raises(AmountNotAllowed):
            await shop.submit(link, amount=amount, payer="c" * 32)


async def test_after_a_decline_another_amount_may_be_chosen(shop: Shop) -> None:
    link = await for_many(shop, 10_000, minimum_amount=500)
    shop.gateway.script = [Declines(), Succeeds()]
    await shop.submit(link, amount=9_000, payer=ANN)
    await shop.submit(link, amount=1_000, payer=ANN)
    [payment] = await taken(shop, link)

    assert (1_000, 1_000, PaymentState.PAID) == (
        payment.due.minor,
        payment.captured.minor,
        payment.state,
    )


async def test_an_amended_offer_is_for_those_who_come_after(shop: Shop) -> None:
    link = await for_many(shop)
    await shop.submit(link, payer=ANN)
    await shop.amend(link, amount=3_000)
    await shop.submit(link, payer=BOB)

    assert [2_500, 3_000] == sorted(p.captured.minor for p in await taken(shop, link))


# The end


async def test_a_cancelled_link_takes_no_new_payer_and_lets_those_under_way_finish(
    shop: Shop,
) -> None:
    link = await for_many(shop)
    shop.gateway.script = [Challenges()]
    challenged = await shop.submit(link, payer=ANN)
    await shop.cancel(link)
    with pytest.raises(NothingDue):
        await shop.submit(link, payer=BOB)
    shop.gateway.take_up(challenged.attempt)
    result = await shop.checkout.resume(await shop.token(link), challenged.attempt, payer=ANN)
    [payment] = await taken(shop, link)

    assert ("paid", PaymentState.PAID, ()) == (result.status, payment.state, payment.flags)
    assert LinkState.CANCELLED is (await shop.link(link)).state
    assert "payment.paid" == (await shop.story(link))[-1]


async def test_a_link_expires_while_somebody_is_at_the_bank(shop: Shop) -> None:
    link = await for_many(shop)
    shop.clock.advance(LIFE_DEFAULT)
    shop.clock.advance(seconds=-1)
    shop.gateway.script = [Challenges()]
    challenged = await shop.submit(link, payer=ANN)
    shop.clock.advance(seconds=1)
    await shop.run(EXPIRE)
    with pytest.raises(NothingDue):
        await shop.submit(link, payer=BOB)
    shop.gateway.take_up(challenged.attempt)

    assert LinkState.EXPIRED is (await shop.link(link)).state
    assert (
        "paid"
        == (
            await shop.checkout.resume(await shop.token(link), challenged.attempt, payer=ANN)
        ).status
    )


async def test_the_payments_of_a_link_are_listed_a_page_at_a_time(shop: Shop) -> None:
    link, untouched = await for_many(shop), await for_many(shop)
    for n in range(3):
        shop.clock.advance(seconds=1)
        await shop.submit(link, payer=f"{n}" * 32)
    async with shop.database.snapshot() as session:
        first = await payments_of_offer(session, link.id, before=None, limit=2)
        rest = await payments_of_offer(session, link.id, before=first[-1].id, limit=2)
        sums = await taken_up(session, [link.id, untouched.id])

    assert [p.id for p in reversed(await taken(shop, link))] == [p.id for p in (*first, *rest)]
    assert {link.id} == set(sums)
