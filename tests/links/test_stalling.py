"""A customer who has stopped partway is told of once, while there is something to help with."""

from typing import Any

import pytest

from links.links import Link
from links.stalling import CHECK, PATIENCE_SECONDS
from tests.links.conftest import Shop


async def stalls(shop: Shop, link: Link) -> list[dict[str, Any]]:
    return [
        dict(event.data) for event in await shop.events(link) if event.type == "checkout.stalled"
    ]


async def wait(shop: Shop, link: Link, *, seconds: int) -> None:
    """Time passes, with the page open: it beats."""
    shop.clock.advance(seconds=seconds)
    await shop.report(link, "heartbeat")
    await shop.run(CHECK)


async def arrived(shop: Shop) -> Link:
    link = await shop.make()
    await shop.report(link, "joined", device="mobile")
    await shop.report(link, "opened", device="mobile", by="touch")
    return link


async def test_who_opens_the_page_and_does_nothing_has_stalled(shop: Shop) -> None:
    link = await arrived(shop)
    await wait(shop, link, seconds=PATIENCE_SECONDS["opened"] - 1)
    before = await stalls(shop, link)
    await wait(shop, link, seconds=1)

    told = {"step": "opened", "seconds": PATIENCE_SECONDS["opened"], "device": "mobile"}
    assert ([], [told]) == (before, await stalls(shop, link))
    problem = (await shop.link(link)).progress.problem
    assert problem is not None
    assert "stalled" == problem["code"]
    assert problem["agent_hint"]


async def test_it_is_told_once(shop: Shop) -> None:
    link = await arrived(shop)
    for _ in range(5):
        await wait(shop, link, seconds=100)

    assert 1 == len(await stalls(shop, link))


async def test_each_thing_that_the_customer_does_begins_the_wait_anew(shop: Shop) -> None:
    link = await arrived(shop)
    await shop.report(link, "field_focused", field="number")
    for _ in range(4):
        await wait(shop, link, seconds=PATIENCE_SECONDS["card_entry"] - 5)
        await shop.report(link, "field_completed", field="number")
    before = await stalls(shop, link)
    await wait(shop, link, seconds=PATIENCE_SECONDS["card_entry"])

    assert ([], ["card_entry"]) == (before, [told["step"] for told in await stalls(shop, link)])


async def test_who_goes_on_is_no_longer_shown_as_stalled_and_may_stall_again(shop: Shop) -> None:
    link = await arrived(shop)
    await wait(shop, link, seconds=100)
    await shop.report(link, "field_focused", field="number")
    after = (await shop.link(link)).progress
    await wait(shop, link, seconds=100)

    assert ("card_entry", None) == (after.step, after.problem)
    assert ["opened", "card_entry"] == [told["step"] for told in await stalls(shop, link)]


async def test_who_has_left_the_page_has_left_and_not_stalled(shop: Shop) -> None:
    link = await arrived(shop)
    await shop.report(link, "left")
    shop.clock.advance(seconds=5)
    await shop.run("presence.check")
    shop.clock.advance(seconds=200)
    await shop.run(CHECK)

    assert [] == await stalls(shop, link)
    assert await shop.planned(CHECK) is None


async def test_what_is_wrong_already_stays_what_the_agent_is_told(shop: Shop) -> None:
    link = await arrived(shop)
    await shop.report(link, "field_focused", field="number")
    await shop.report(link, "field_invalid", field="number", code="incomplete_number")
    await wait(shop, link, seconds=100)
    problem = (await shop.link(link)).progress.problem

    assert 1 == len(await stalls(shop, link))
    assert problem is not None
    assert "incomplete_number" == problem["code"]


@pytest.mark.parametrize("step", ["created", "sent", "delivered", "paid", "expired"])
def test_only_steps_that_wait_for_somebody_can_stall(step: str) -> None:
    assert step not in PATIENCE_SECONDS
