"""What the customer asks for on the page (links.customer_asks): more time, and a new link."""

from datetime import timedelta
from typing import Any

import pytest

from compliance.merchant_settings import write
from core.clock import rfc3339
from links.customer_asks import NoMoreTime, RenewalUnwanted, TimePolicy, ask_renewal, ending, extend
from links.lifecycle import EXPIRE
from links.links import Link
from links.states import LinkState
from tests.links.conftest import Shop

LIFE = timedelta(minutes=30)


async def more(shop: Shop, link: Link) -> Link:
    async with shop.database.transaction() as session:
        return await extend(session, link, now=shop.clock())


async def renew(shop: Shop, link: Link) -> None:
    async with shop.database.transaction() as session:
        await ask_renewal(session, link, now=shop.clock())


async def told(shop: Shop, link: Link) -> dict[str, Any] | None:
    async with shop.database.snapshot() as session:
        return await ending(session, await shop.link(link), now=shop.clock())


async def ran_out(shop: Shop) -> Link:
    link = await shop.make(expires_in=LIFE)
    shop.clock.advance(LIFE)
    assert 1 == await shop.run(EXPIRE)
    return await shop.link(link)


async def test_the_customer_is_warned_five_minutes_before_and_no_sooner(shop: Shop) -> None:
    link = await shop.make(expires_in=LIFE)
    assert await told(shop, link) is None
    shop.clock.advance(timedelta(minutes=25))
    assert {"expires_at": rfc3339(link.expires_at), "seconds": 300, "minutes": 10} == await told(
        shop, link
    )


async def test_more_time_puts_the_end_off_and_the_agent_hears_of_it(shop: Shop) -> None:
    link = await shop.make(expires_in=LIFE)
    shop.clock.advance(timedelta(minutes=26))
    longer = await more(shop, link)

    assert link.expires_at + timedelta(minutes=10) == longer.expires_at
    assert await told(shop, link) is None
    event = (await shop.events(link))[-1]
    assert ("link.updated", "customer", 1) == (event.type, event.actor, event.data["extensions"])
    # It did not end when it was to at first.
    shop.clock.advance(timedelta(minutes=5))
    await shop.run(EXPIRE)
    assert LinkState.ACTIVE is (await shop.link(link)).state
    shop.clock.advance(timedelta(minutes=10))
    await shop.run(EXPIRE)
    assert LinkState.EXPIRED is (await shop.link(link)).state


async def test_a_second_press_changes_nothing(shop: Shop) -> None:
    link = await shop.make(expires_in=LIFE)
    shop.clock.advance(timedelta(minutes=26))
    assert (await more(shop, link)).expires_at == (await more(shop, link)).expires_at


async def test_time_is_taken_only_when_it_is_short_and_ten_times_at_most(shop: Shop) -> None:
    link = await shop.make(expires_in=LIFE)
    with pytest.raises(NoMoreTime):
        await more(shop, link)
    shop.clock.advance(timedelta(minutes=26))
    for _ in range(10):
        link = await more(shop, link)
        shop.clock.advance(timedelta(minutes=10))
    with pytest.raises(NoMoreTime):
        await more(shop, link)
    assert (await told(shop, link) or {})["minutes"] is None


async def test_an_offer_to_many_ends_when_its_maker_says(shop: Shop) -> None:
    link = await shop.make(expires_in=LIFE, usage="multi")
    shop.clock.advance(timedelta(minutes=26))
    with pytest.raises(NoMoreTime):
        await more(shop, link)


async def test_the_merchant_sets_how_much_and_how_often(shop: Shop) -> None:
    async with shop.database.transaction() as session:
        await write(
            session,
            shop.merchant.id,
            TimePolicy,
            {"extension_minutes": 60, "extensions_max": 0},
            actor="usr_1",
            now=shop.clock(),
        )
    link = await shop.make(expires_in=LIFE)
    shop.clock.advance(timedelta(minutes=26))
    with pytest.raises(NoMoreTime):
        await more(shop, link)


async def test_a_link_that_ran_out_is_asked_for_anew_once_an_hour(shop: Shop) -> None:
    link = await ran_out(shop)
    for _ in range(3):
        await renew(shop, link)
    assert 1 == (await shop.story(link)).count("link.renewal_requested")
    now = await shop.link(link)
    assert now.progress.problem is not None
    assert ("renewal_requested", LinkState.EXPIRED) == (now.progress.problem["code"], now.state)
    assert link.agent == (await shop.events(link))[-1].agent
    shop.clock.advance(timedelta(hours=1))
    await renew(shop, link)
    assert 2 == (await shop.story(link)).count("link.renewal_requested")


async def test_nothing_else_is_asked_for_anew(shop: Shop) -> None:
    """Not a link that works, one that was cancelled, paid or replaced, or an offer to many."""
    working = await shop.make(expires_in=LIFE)
    cancelled = await shop.cancel(await shop.make(expires_in=LIFE))
    paid = await shop.make(expires_in=LIFE)
    await shop.submit(paid)
    offer = await shop.make(expires_in=LIFE, usage="multi")
    for link in (working, cancelled, paid):
        with pytest.raises(RenewalUnwanted):
            await renew(shop, link)
    shop.clock.advance(LIFE)
    await shop.run(EXPIRE)
    await shop.make(supersedes=working.id)
    for link in (working, cancelled, paid, offer):
        with pytest.raises(RenewalUnwanted):
            await renew(shop, link)
