"""Who is on the page: told when somebody comes, and when the last view of a link is gone."""

from datetime import timedelta

import pytest

from links.links import Link
from links.presence import CHECK
from tests.links.conftest import PAGE, Shop

ONE = "pg_01k9aaaaaaaaaaaaaaaaaaaaaa"
TWO = "pg_01k9bbbbbbbbbbbbbbbbbbbbbb"


async def comings(shop: Shop, link: Link) -> list[str]:
    return [
        kind.removeprefix("checkout.")
        for kind in await shop.story(link)
        if kind in {"checkout.joined", "checkout.left"}
    ]


async def wait(shop: Shop, *, seconds: int) -> None:
    shop.clock.advance(seconds=seconds)
    await shop.run(CHECK)


async def test_the_first_view_is_told_and_shown(shop: Shop) -> None:
    link = await shop.make()
    await shop.report(link, "joined", device="mobile")

    assert ["joined"] == await comings(shop, link)
    assert (True, "mobile") == (
        (await shop.link(link)).progress.present,
        (await shop.link(link)).progress.device,
    )


async def test_a_heartbeat_is_no_news(shop: Shop) -> None:
    link = await shop.make()
    await shop.report(link, "joined")
    for _ in range(6):
        await wait(shop, seconds=10)
        await shop.report(link, "heartbeat")

    assert ["joined"] == await comings(shop, link)


async def test_a_page_that_says_goodbye_has_left_a_moment_later(shop: Shop) -> None:
    link = await shop.make()
    await shop.report(link, "joined")
    await shop.report(link, "left")
    at_once = await comings(shop, link)
    await wait(shop, seconds=3)

    assert (["joined"], ["joined", "left"]) == (at_once, await comings(shop, link))
    assert not (await shop.link(link)).progress.present
    assert await shop.planned(CHECK) is None


async def test_a_reload_is_no_leaving(shop: Shop) -> None:
    link = await shop.make()
    await shop.report(link, "joined", page=ONE)
    await shop.report(link, "left", page=ONE)
    shop.clock.advance(seconds=1)
    await shop.report(link, "joined", page=TWO)
    await wait(shop, seconds=5)

    assert ["joined"] == await comings(shop, link)
    assert (await shop.link(link)).progress.present


async def test_a_page_that_comes_back_from_the_cache_has_not_left(shop: Shop) -> None:
    """The browser says goodbye, keeps the page, and shows the very same again."""
    link = await shop.make()
    await shop.report(link, "joined")
    await shop.report(link, "left")
    shop.clock.advance(seconds=1)
    await shop.report(link, "joined")
    await wait(shop, seconds=10)

    assert ["joined"] == await comings(shop, link)


async def test_a_page_that_falls_silent_has_left(shop: Shop) -> None:
    link = await shop.make()
    await shop.report(link, "joined")
    await wait(shop, seconds=24)
    early = await comings(shop, link)
    await wait(shop, seconds=1)

    assert (["joined"], ["joined", "left"]) == (early, await comings(shop, link))


async def test_of_two_views_the_last_to_go_is_the_leaving(shop: Shop) -> None:
    link = await shop.make()
    await shop.report(link, "joined", page=ONE)
    await shop.report(link, "joined", page=TWO)
    await shop.report(link, "left", page=ONE)
    await wait(shop, seconds=3)
    first = await comings(shop, link)
    await shop.report(link, "left", page=TWO)
    await wait(shop, seconds=3)

    assert (["joined"], ["joined", "left"]) == (first, await comings(shop, link))


async def test_who_comes_back_later_has_joined_again(shop: Shop) -> None:
    link = await shop.make()
    await shop.report(link, "joined")
    await shop.report(link, "left")
    await wait(shop, seconds=3)
    await shop.report(link, "joined", page=TWO)

    assert ["joined", "left", "joined"] == await comings(shop, link)


async def test_views_of_another_link_are_another_matter(shop: Shop) -> None:
    link, other = await shop.make(), await shop.make()
    await shop.report(link, "joined", page=ONE)
    await shop.report(other, "joined", page=TWO)
    await shop.report(link, "left", page=ONE)
    await wait(shop, seconds=3)

    assert (["joined", "left"], ["joined"]) == (
        await comings(shop, link),
        await comings(shop, other),
    )


@pytest.mark.parametrize("kind", ["left", "loaded", "field_focused"])
async def test_a_page_that_never_joined_is_not_there(shop: Shop, kind: str) -> None:
    link = await shop.make()
    await shop.report(link, kind)

    assert [] == await comings(shop, link)
    assert not (await shop.link(link)).progress.present
    assert await shop.planned(CHECK) is None


async def test_the_next_look_is_when_the_silence_would_be_too_long(shop: Shop) -> None:
    link = await shop.make()
    await shop.report(link, "joined")

    assert timedelta(seconds=25) == await shop.planned(CHECK)


async def test_going_over_to_another_device_is_told(shop: Shop) -> None:
    link = await shop.make()
    await shop.report(link, "joined", page=PAGE, device="desktop")
    await shop.report(link, "joined", page="pg_01k9bbbbbbbbbbbbbbbbbbbbbb", device="desktop")
    await shop.report(link, "joined", page="pg_01k9cccccccccccccccccccccc", device="mobile")
    await shop.report(link, "heartbeat", page="pg_01k9cccccccccccccccccccccc", device="mobile")

    joined = [each for each in await shop.events(link) if each.type == "checkout.joined"]
    assert ["desktop", "mobile"] == [each.data["device"] for each in joined]
    assert "mobile" == (await shop.link(link)).progress.device
