"""Every entry that is asked for comes into an endpoint's line, once, however many workers look, and in pages."""

import asyncio
import json
from datetime import timedelta

import sqlalchemy as sa

from agent_feed.webhooks import deliveries, line
from agent_feed.webhooks.deliveries import webhook_deliveries
from agent_feed.webhooks.endpoints import Endpoint, webhook_endpoints
from compliance.journal import Event, record
from tests.agent_feed.webhooks.stand import Stand
from tests.support.crash import crashing

NOWHERE = "https://hooks.example.com/"


async def fill(stand: Stand, endpoint: Endpoint) -> bool:
    async with stand.database.transaction() as session:
        return await line.fill(session, stand.vault, stand.reader, endpoint.id, now=stand.clock())


async def happen(stand: Stand, number: int) -> None:
    """So many entries at once."""
    async with stand.database.transaction() as session:
        for _ in range(number):
            fact = Event(
                type="link.created",
                merchant=stand.merchant,
                occurred_at=stand.clock(),
                actor="system",
            )
            record(session, fact)


async def test_pages_follow_each_other_without_gap_or_repeat(stand: Stand) -> None:
    endpoint = await stand.endpoint(NOWHERE, ["link.*"])
    await happen(stand, line.PAGE + 30)
    assert [True, False, False] == [await fill(stand, endpoint) for _ in range(3)]
    entries = await stand.journal("link.created")
    assert [entry.id for entry in entries] == [
        each.event for each in await stand.deliveries(endpoint)
    ]
    assert (await stand.seen(endpoint)).position == entries[-1].position


async def test_two_workers_at_once_put_an_entry_in_line_once(stand: Stand) -> None:
    endpoint = await stand.endpoint(NOWHERE, ["link.*"])
    await happen(stand, 50)
    await asyncio.gather(*(fill(stand, endpoint) for _ in range(4)))
    assert 50 == await stand.rows(webhook_deliveries)


async def test_even_a_position_that_went_back_doubles_nothing(stand: Stand) -> None:
    endpoint = await stand.endpoint(NOWHERE, ["link.*"])
    await happen(stand, 3)
    await fill(stand, endpoint)
    async with stand.database.transaction() as session:
        await session.execute(sa.update(webhook_endpoints).values(position=endpoint.position))
    await fill(stand, endpoint)
    assert 3 == await stand.rows(webhook_deliveries)


async def test_a_crash_before_the_commit_loses_nothing(stand: Stand) -> None:
    endpoint = await stand.endpoint(NOWHERE, ["link.*"])
    await happen(stand, 3)
    async with crashing(stand.database) as session:
        await line.fill(session, stand.vault, stand.reader, endpoint.id, now=stand.clock())
    assert 0 == await stand.rows(webhook_deliveries)
    await fill(stand, endpoint)
    assert 3 == await stand.rows(webhook_deliveries)


async def test_facts_recorded_meanwhile_by_many_all_come(stand: Stand) -> None:
    endpoint = await stand.endpoint(NOWHERE, ["link.*"])

    async def recording() -> None:
        for _ in range(10):
            await happen(stand, 1)

    async def filling() -> None:
        for _ in range(20):
            await fill(stand, endpoint)

    await asyncio.gather(recording(), recording(), recording(), filling(), filling())
    await fill(stand, endpoint)
    assert [entry.id for entry in await stand.journal("link.created")] == [
        each.event for each in await stand.deliveries(endpoint)
    ]


async def test_the_bytes_are_frozen_and_sealed(stand: Stand) -> None:
    endpoint = await stand.endpoint(NOWHERE, ["message.*"])
    await stand.happen("message.received", customer="cus_1", private={"text": "Guten Tag, Zoë"})
    await fill(stand, endpoint)
    [entry] = await stand.journal("message.received")
    [delivery] = await stand.deliveries(endpoint)
    assert "Guten Tag" not in delivery.payload
    assert delivery.payload.startswith("v1.")
    assert '"text":"Guten Tag, Zoë"' in line.frozen(entry)
    assert ["type", "timestamp", "data"] == list(json.loads(line.frozen(entry)))


async def test_what_waits_is_bounded_and_the_rest_waits_in_the_journal(stand: Stand) -> None:
    endpoint = await stand.endpoint(NOWHERE, ["link.*"])
    rows = [
        {
            "endpoint": endpoint.id,
            "merchant": stand.merchant,
            "event": f"evt_{number}",
            "type": "link.created",
            "position": number,
            "round": 7,
            "customer": None,
            "payload": "v1.none.",
            "created_at": stand.clock(),
        }
        for number in range(line.PENDING_MAX)
    ]
    async with stand.database.transaction() as session:
        await deliveries.insert_deliveries(session, rows)
    await happen(stand, 1)
    assert not await fill(stand, endpoint)
    full = await stand.seen(endpoint)
    assert (endpoint.position, stand.clock() + timedelta(seconds=30)) == (
        full.position,
        full.full_until,
    )
    async with stand.database.transaction() as session:
        await session.execute(sa.delete(webhook_deliveries))
    await fill(stand, endpoint)
    assert 1 == await stand.rows(webhook_deliveries)
    assert (await stand.seen(endpoint)).full_until is None


async def test_a_replay_goes_up_to_where_the_line_stood_and_has_its_own_rows(stand: Stand) -> None:
    endpoint = await stand.endpoint(NOWHERE, ["link.*"])
    await happen(stand, line.PAGE + 20)
    while await fill(stand, endpoint):
        pass
    entries = await stand.journal("link.created")
    after = entries[4].position
    await stand.replay(endpoint, after=after)
    await happen(stand, 3)
    while await fill(stand, endpoint):
        pass
    again = [each for each in await stand.deliveries(endpoint) if each.round]
    assert [entry.id for entry in entries[5:]] == [each.event for each in again]
    assert {1} == {each.round for each in again}
    assert (await stand.seen(endpoint)).replay is None
    assert len(entries) + 3 == len(await stand.deliveries(endpoint)) - len(again)


async def test_an_endpoint_that_is_off_gets_nothing_in_line(stand: Stand) -> None:
    endpoint = await stand.endpoint(NOWHERE, ["link.*"])
    await stand.change(endpoint, status="disabled")
    await happen(stand, 2)
    assert not await fill(stand, endpoint)
    assert 0 == await stand.rows(webhook_deliveries)
