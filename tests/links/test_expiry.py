"""How a link ends by time (`links.lifecycle`): not while the customer pays, and never against money that came."""

from datetime import timedelta

import pytest

from core.money import Money
from links.drafts import LIFE_DEFAULT
from links.lifecycle import EXPIRE
from links.links import Link
from links.states import LinkState
from payments.gateway import Abandoned, Authorised, Outcome, Succeeded
from payments.outcomes import record_outcome
from payments.states import PaymentState
from tests.links.conftest import Shop
from tests.payments.fakes import Authorises, Challenges, Declines, NeverArrives, Processes


async def expire(shop: Shop) -> None:
    """Lets the work that is due be done."""
    await shop.run(EXPIRE)


async def expired(shop: Shop, link: Link) -> Link:
    shop.clock.advance(LIFE_DEFAULT)
    await expire(shop)
    return await shop.link(link)


async def test_a_link_ends_when_its_time_is_over_and_the_debt_stays(shop: Shop) -> None:
    link = await shop.make()
    ended = await expired(shop, link)

    assert (LinkState.EXPIRED, "expired") == (ended.state, ended.progress.step)
    assert (PaymentState.OPEN, False) == (
        (await shop.payment(link)).state,
        (await shop.payment(link)).payable,
    )
    assert await shop.planned(EXPIRE) is None


async def test_a_link_past_its_time_is_not_open_even_before_it_is_ended(shop: Shop) -> None:
    """The worker may be late; the customer is not to gain by it."""
    link = await shop.make()

    assert link.open_at(link.expires_at - timedelta(milliseconds=1))
    assert not link.open_at(link.expires_at)


async def test_a_link_does_not_end_while_the_customer_pays(shop: Shop) -> None:
    link = await shop.make()
    shop.gateway.script = [Challenges()]
    challenged = await shop.submit(link)
    during = await expired(shop, link)
    await shop.checkout.abandon(await shop.token(link), challenged.attempt)
    shop.clock.advance(seconds=30)
    await expire(shop)

    assert LinkState.IN_PROGRESS is during.state
    assert during.open_at(shop.clock())
    assert LinkState.EXPIRED is (await shop.link(link)).state


async def test_a_customer_who_was_at_the_bank_when_time_ran_out_has_paid_in_time(
    shop: Shop,
) -> None:
    link = await shop.make()
    shop.gateway.script = [Challenges()]
    challenged = await shop.submit(link)
    await expired(shop, link)
    shop.gateway.take_up(challenged.attempt)
    result = await shop.checkout.resume(await shop.token(link), challenged.attempt)

    assert "paid" == result.status
    assert () == (await shop.payment(link)).flags


async def test_a_longer_life_that_came_meanwhile_is_kept(shop: Shop) -> None:
    """The work was claimed just before the end was moved."""
    link = await shop.make()
    shop.clock.advance(LIFE_DEFAULT)
    [job] = await shop.due(EXPIRE)
    await shop.amend(link, expires_at=shop.clock() + timedelta(days=1))
    async with shop.database.transaction() as session:
        await shop.lifecycle.expire(session, job, now=shop.clock())

    assert LinkState.ACTIVE is (await shop.link(link)).state
    assert timedelta(days=1) == await shop.planned(EXPIRE)


async def test_a_paid_link_does_not_expire(shop: Shop) -> None:
    link = await shop.make()
    await shop.submit(link)

    assert LinkState.PAID is (await expired(shop, link)).state
    assert await shop.planned(EXPIRE) is None


async def test_a_hold_that_is_let_go_after_the_end_leaves_the_link_expired(shop: Shop) -> None:
    link = await shop.make(capture="manual")
    shop.gateway.script = [Authorises()]
    held = await shop.submit(link)
    during = await expired(shop, link)
    question_gone = shop.gateway.intents[held.attempt]
    async with shop.database.transaction() as session:
        await record_outcome(
            session,
            held.attempt,
            Abandoned(question_gone.reference),
            actor="psp:x",
            now=shop.clock(),
        )
    shop.clock.advance(hours=1)
    await expire(shop)

    assert LinkState.PAID is during.state
    assert LinkState.EXPIRED is (await shop.link(link)).state


async def told(shop: Shop, attempt: str, *outcomes: Outcome) -> None:
    """What the PSP says of an attempt."""
    for outcome in outcomes:
        async with shop.database.transaction() as session:
            await record_outcome(session, attempt, outcome, actor="psp:x", now=shop.clock())


@pytest.mark.parametrize("end", ["expired", "cancelled"])
async def test_an_ended_link_that_a_late_hold_brought_back_ends_again_with_it(
    shop: Shop, end: str
) -> None:
    """The order was taken for lost, arrived all the same, and was let go."""
    link = await shop.make(capture="manual")
    shop.gateway.script = [NeverArrives()]
    lost = await shop.submit(link)
    await told(shop, lost.attempt, Abandoned(None))
    await (expired(shop, link) if end == "expired" else shop.cancel(link))
    held = Authorised("pi_1", Money.of(4999, "GBP"))
    await told(shop, lost.attempt, held)
    during = await shop.link(link)
    await told(shop, lost.attempt, Abandoned("pi_1"))
    shop.clock.advance(hours=1)
    await expire(shop)

    assert LinkState.PAID is during.state
    assert LinkState.EXPIRED is (await shop.link(link)).state
    assert await shop.planned(EXPIRE) is None


async def test_a_link_past_its_time_is_looked_at_ever_less_often_while_a_try_lasts(
    shop: Shop,
) -> None:
    link = await shop.make()
    shop.gateway.script = [Processes()]
    await shop.submit(link)
    shop.clock.advance(LIFE_DEFAULT)
    waits = []
    for _ in range(7):
        await expire(shop)
        waits.append(await shop.planned(EXPIRE) or timedelta())
        shop.clock.advance(waits[-1])

    assert [30, 60, 120, 240, 480, 600, 600] == [wait.seconds for wait in waits]


async def test_a_link_whose_part_is_only_held_is_looked_at_hourly(shop: Shop) -> None:
    link = await shop.make(capture="manual", minimum_amount=1000)
    shop.gateway.script = [Authorises()]
    await shop.submit(link, amount=1000)
    shop.clock.advance(LIFE_DEFAULT)
    await expire(shop)

    assert timedelta(hours=1) == await shop.planned(EXPIRE)


async def test_money_that_comes_after_the_end_makes_the_link_paid_and_is_told_as_late(
    shop: Shop,
) -> None:
    link = await shop.make()
    shop.gateway.script = [Declines()]
    declined = await shop.submit(link)
    await expired(shop, link)
    async with shop.database.transaction() as session:
        await record_outcome(
            session,
            declined.attempt,
            Succeeded(f"fake_{declined.attempt}", Money.of(4999, "GBP")),
            actor="psp:x",
            now=shop.clock(),
        )
    paid = await shop.link(link)

    assert (LinkState.PAID, "paid", ("paid_late",)) == (
        paid.state,
        paid.progress.step,
        (await shop.payment(link)).flags,
    )
