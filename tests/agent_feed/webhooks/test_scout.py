"""The scout finds whoever has something to come, at the price of a look, and nobody else."""

from datetime import timedelta

import pytest

from agent_feed.webhooks import endpoints, scout
from agent_feed.webhooks.acts import CARRY
from agent_feed.webhooks.scout import Scout
from compliance.journal import open_journal
from core import work
from core.work import work_table
from tests.agent_feed.webhooks.stand import Stand

NOWHERE = "https://hooks.example.com/"


async def test_an_entry_that_is_wanted_makes_work_due_at_once(stand: Stand) -> None:
    endpoint = await stand.endpoint(NOWHERE, ["payment.*"])
    await stand.happen("payment.paid")
    [item] = await stand.claim()
    assert (CARRY, endpoint.id) == (item.kind, item.subject)


async def test_entries_that_nobody_wants_make_no_work(stand: Stand) -> None:
    await stand.endpoint(NOWHERE, ["payment.*"])
    for _ in range(3):
        await stand.happen("link.created")
        assert [] == await stand.claim()
    assert 0 == await stand.rows(work_table)
    await stand.happen("payment.paid")
    assert 1 == len(await stand.claim())


async def test_what_was_not_wanted_is_looked_at_again_once_the_endpoint_asks_for_more(
    stand: Stand,
) -> None:
    endpoint = await stand.endpoint(NOWHERE, ["payment.*"])
    await stand.happen("link.created")
    assert [] == await stand.claim()
    stand.clock.advance(seconds=1)
    await stand.change(endpoint, events=["*"])
    assert 1 == len(await stand.claim())


async def test_work_in_hand_and_work_that_failed_are_left_alone(stand: Stand) -> None:
    await stand.endpoint(NOWHERE)
    await stand.happen()
    [item] = await stand.claim()
    await stand.happen()
    assert [] == await stand.claim()
    async with stand.database.transaction() as session:
        await work.postpone(session, item, due_at=stand.clock() + timedelta(minutes=5))
    assert [] == await stand.claim()
    stand.clock.advance(minutes=5)
    assert 1 == len(await stand.claim())


@pytest.mark.parametrize("status", ["disabled", "enabled"])
async def test_only_who_is_switched_on_is_looked_after(stand: Stand, status: str) -> None:
    endpoint = await stand.endpoint(NOWHERE)
    await stand.change(endpoint, status=status)
    await stand.happen()
    assert (status == "enabled") == bool(await stand.claim())


async def test_among_more_endpoints_than_fit_a_page_the_one_that_wants_something_is_found(
    stand: Stand,
) -> None:
    assert scout.PAGE < 250
    async with stand.database.transaction() as session:
        for number in range(5):
            other = f"mer_{number}"
            await open_journal(session, other)
            for index in range(50):
                await endpoints.insert_endpoint(
                    session,
                    id=f"whe_{number}_{index:03}",
                    merchant=other,
                    url=NOWHERE,
                    events=["payment.paid" if number == 4 and index == 49 else "refund.failed"],
                    secrets="v1.none.",
                    position=0,
                    created_by="system",
                    created_at=stand.clock(),
                )
    for number in range(5):
        await stand.happen("payment.paid", merchant=f"mer_{number}")
    fresh = Scout(stand.database, stand.clock)
    await fresh.look()
    assert ["whe_4_049"] == [item.subject for item in await stand.claim()]


async def test_an_endpoint_with_too_much_waiting_is_left_alone_for_a_while(stand: Stand) -> None:
    endpoint = await stand.endpoint(NOWHERE)
    async with stand.database.transaction() as session:
        until = stand.clock() + timedelta(seconds=30)
        await endpoints.update_endpoint(session, endpoint, full_until=until)
    await stand.happen()
    assert [] == await stand.claim()
    stand.clock.advance(seconds=30)
    assert 1 == len(await stand.claim())
