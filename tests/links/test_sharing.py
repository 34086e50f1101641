"""A customer who shares less: fields, typing and presence are no longer told, by any tab (`links.page_settings`)."""

from typing import Any

import pytest

from compliance.merchant_settings import write
from links.links import Link
from links.page_settings import PageSettings
from links.presence import CHECK
from tests.links.conftest import PAGE, Shop

OTHER = "pg_01k9bbbbbbbbbbbbbbbbbbbbbb"
COARSE_LEFT_OUT = (
    ("joined", {}),
    ("heartbeat", {}),
    ("left", {}),
    ("field_focused", {"field": "number"}),
    ("field_completed", {"field": "number"}),
    ("field_invalid", {"field": "number", "code": "invalid_number"}),
    ("method_selected", {"method": "google_pay"}),
)


async def merchants_pages_are(shop: Shop, progress: str) -> None:
    async with shop.database.transaction() as session:
        await write(
            session,
            shop.merchant.id,
            PageSettings,
            {"progress": progress},
            actor="system",
            now=shop.clock(),
        )


async def sharing_events(shop: Shop, link: Link) -> list[dict[str, Any]]:
    return [
        dict(each.data)
        for each in await shop.events(link)
        if each.type == "checkout.sharing_changed"
    ]


async def test_at_first_everything_is_shared(shop: Shop) -> None:
    link = await shop.make()
    assert "full" == (await shop.link(link)).progress.as_json()["sharing"]


@pytest.mark.parametrize("page", [PAGE, OTHER])
async def test_after_the_customer_turned_it_down_no_tab_tells_more(shop: Shop, page: str) -> None:
    link = await shop.make()
    await shop.report(link, "opened", device="mobile")
    await shop.report(link, "share_less")
    before = await shop.story(link)
    for kind, known in COARSE_LEFT_OUT:
        await shop.report(link, kind, page=page, **known)

    assert before == await shop.story(link)
    assert "coarse" == (await shop.link(link)).progress.sharing
    assert [
        {"sharing": "coarse", "by": "customer", "page": PAGE, "present": False}
    ] == await sharing_events(shop, link)


async def test_opened_help_submitted_and_the_end_are_told_as_ever(shop: Shop) -> None:
    link = await shop.make()
    await shop.report(link, "share_less")
    await shop.report(link, "opened", page=OTHER)
    await shop.report(link, "help_requested")
    await shop.submit(link)

    story = await shop.story(link)
    assert {"link.opened", "checkout.help_requested", "checkout.submitted", "payment.paid"} <= set(
        story
    )


async def test_whoever_shares_less_has_not_left(shop: Shop) -> None:
    link = await shop.make()
    await shop.report(link, "joined")
    await shop.report(link, "share_less")
    shop.clock.advance(seconds=60)
    await shop.run(CHECK)

    assert "checkout.left" not in await shop.story(link)
    assert not (await shop.link(link)).progress.present


async def test_it_can_be_turned_up_again(shop: Shop) -> None:
    link = await shop.make()
    await shop.report(link, "share_less")
    await shop.report(link, "share_less")
    await shop.report(link, "share_all", page=OTHER)
    await shop.report(link, "joined")
    await shop.report(link, "field_completed", field="number")

    assert ["coarse", "full"] == [each["sharing"] for each in await sharing_events(shop, link)]
    assert "checkout.field_completed" in await shop.story(link)
    assert (await shop.link(link)).progress.present


async def test_a_merchant_may_have_it_so_for_everybody(shop: Shop) -> None:
    await merchants_pages_are(shop, "coarse")
    link = await shop.make()
    await shop.report(link, "loaded")
    await shop.report(link, "field_completed", field="number")
    await shop.report(link, "opened")
    await shop.report(link, "share_all")
    await shop.report(link, "field_completed", field="number")

    assert ["link.created", "link.fetched", "link.opened", "checkout.sharing_changed"] == (
        await shop.story(link)
    )
    assert [{"sharing": "coarse", "by": "merchant", "page": PAGE}] == await sharing_events(
        shop, link
    )


async def test_on_a_link_for_many_each_chooses_for_their_own_page(shop: Shop) -> None:
    link = await shop.make(usage="multi")
    await shop.report(link, "share_less")
    await shop.report(link, "field_completed", field="number")
    assert "checkout.field_completed" not in await shop.story(link)

    await shop.report(link, "field_completed", page=OTHER, field="number")
    assert "checkout.field_completed" in await shop.story(link)
    assert "full" == (await shop.link(link)).progress.sharing


@pytest.mark.parametrize("others", [True, False])
async def test_on_a_link_for_many_whoever_else_is_there_still_is(shop: Shop, others: bool) -> None:
    link = await shop.make(usage="multi")
    await shop.report(link, "joined")
    if others:
        await shop.report(link, "joined", page=OTHER)
    await shop.report(link, "share_less")

    assert others == (await shop.link(link)).progress.present


async def test_sharing_less_is_heard_however_much_a_page_has_reported(shop: Shop) -> None:
    link = await shop.make()
    for _ in range(3):
        await shop.report(link, "share_less")
        await shop.report(link, "share_all")
    await shop.report(link, "share_less")
    assert "coarse" == (await shop.link(link)).progress.sharing
