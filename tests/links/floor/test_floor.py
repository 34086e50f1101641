"""The floor says where every open link is and what today has come to, in the numbers of the reports.

Through it `links.floor.live` and `links.floor.day` are seen.
"""

from dataclasses import replace
from typing import Any

from agent_feed.reports.agents import agents
from agent_feed.reports.channels import channels
from agent_feed.reports.payments import payments
from agent_feed.reports.window import window_of
from compliance.journal import record
from core.database import Session
from links.floor.floor import floor
from links.link_events import link_event
from links.links import Link
from tests.conftest import NewUser
from tests.links.conftest import Shop
from tests.links.doors import session_of
from tests.support.people import person


async def shown(shop: Shop, *, detail: bool = False) -> dict[str, Any]:
    now = shop.clock()
    day = now.date().isoformat()
    async with shop.database.snapshot() as session:
        window = window_of(day, day, "UTC", now=now)
        return await floor(session, shop.vault, shop.merchant.id, window, detail=detail, now=now)


async def sent(shop: Shop, link: Link) -> None:
    """Its message has gone out, as the network says."""
    for kind in ("message.queued", "message.sent"):
        async with shop.database.transaction() as session:
            event = link_event(kind, link, actor="system", now=shop.clock(), data={"message": "m"})
            record(session, replace(event, channel="sms"))


async def test_each_open_link_counts_in_its_step_until_it_is_paid(shop: Shop) -> None:
    first, second = await shop.make(), await shop.make()
    await sent(shop, first)
    await shop.report(first, "joined")
    await shop.report(first, "opened", by="touch")
    before = (await shown(shop))["totals"]
    shop.clock.advance(seconds=30)
    await shop.submit(first)
    after = (await shown(shop))["totals"]

    assert (2, 1, 1, 1) == (
        before["open"],
        before["present"],
        before["steps"]["opened"],
        before["steps"]["created"],
    )
    assert (1, 1, {"GBP": 4999}, 0.5, 30) == (
        after["open"],
        after["payments"],
        after["amounts"],
        after["conversion"],
        after["seconds_to_paid"],
    )
    assert second.id in {link["id"] for link in (await shown(shop, detail=True))["links"]}


async def test_who_asked_for_help_needs_somebody(shop: Shop) -> None:
    link = await shop.make()
    await shop.report(link, "joined")
    await shop.report(link, "help_requested")
    answer = await shown(shop, detail=True)

    assert 1 == answer["totals"]["needs"]["help"]
    assert ["help"] == [each["need"] for each in answer["links"]]


async def test_groups_hold_together_what_the_reports_say_of_them(shop: Shop) -> None:
    other = shop.as_merchant(person(shop.merchant.id))
    for desk, paid in ((shop, True), (shop, False), (other, True)):
        link = await desk.make()
        await sent(shop, link)
        if paid:
            await shop.submit(link)
    answer = await shown(shop)
    now = shop.clock()
    day = now.date().isoformat()

    async def report(session: Session) -> tuple[Any, Any, Any]:
        asked = (session, shop.merchant.id, window_of(day, day, "UTC", now=now))
        return await agents(*asked), await channels(*asked), await payments(*asked, "agent")

    async with shop.database.snapshot() as session:
        by_agent, by_channel, by_payment = await report(session)
    assert [
        (row["agent"], row["links"], row["links_paid"], row["conversion"], row["amount_paid_GBP"])
        for row in by_agent.rows
    ] == [
        (
            row["agent"],
            row["links_made"],
            row["links_paid"],
            row["conversion"],
            row["amounts"]["GBP"],
        )
        for row in answer["by_agent"]
    ]
    [sms] = [row for row in by_channel.rows if row["channel"] == "sms"]
    [shown_sms] = [row for row in answer["by_channel"] if row["channel"] == "sms"]
    assert (sms["links"], sms["links_paid"]) == (shown_sms["links_made"], shown_sms["links_paid"])
    assert by_payment.totals["paid"] == answer["totals"]["payments"]
    assert by_payment.totals["amount_paid_GBP"] == answer["totals"]["amounts"]["GBP"]


async def test_teams_and_who_is_at_their_desk_are_told(shop: Shop, new_user: NewUser) -> None:
    north = await new_user(shop.merchant.id, team="north")
    await session_of(shop, north)
    await shop.as_merchant(person(shop.merchant.id, id=north.id)).make()
    answer = await shown(shop)
    shop.clock.advance(seconds=600)

    assert [("north", 1)] == [(row["team"], row["open"]) for row in answer["by_team"]]
    assert ([north.id], []) == (answer["online"], (await shown(shop))["online"])
    assert {north.id: north.name} == answer["names"]


async def test_a_merchant_with_nothing_has_a_floor_of_noughts(shop: Shop) -> None:
    answer = await shown(shop, detail=True)

    assert (0, None, [], [], False) == (
        answer["totals"]["open"],
        answer["totals"]["conversion"],
        answer["by_agent"],
        answer["links"],
        answer["more"],
    )
