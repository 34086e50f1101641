"""What an operator watches: waiting work, open attempts, webhooks, feeds and the lines between processes."""

import asyncio
from datetime import timedelta

import pytest
import sqlalchemy as sa
from prometheus_client import REGISTRY
from prometheus_client.parser import text_string_to_metric_families

from agent_feed.hub import Hub, Pace
from agent_feed.webhooks.deliveries import insert_deliveries
from agent_feed.webhooks.endpoints import insert_endpoint, webhook_endpoints
from app.figures import Figures, count_events
from app.readiness import Readiness
from compliance.journal import Event, Journal, record
from compliance.merchants import Merchant
from compliance.vault import Vault
from core import work
from core.database import Database
from core.ids import new_id
from core.wakeups import Wakeups
from tests.app.test_readiness import CutLines
from tests.support.clock import SettableClock
from tests.support.people import person


@pytest.fixture
def hub(database: Database, vault: Vault, clock: SettableClock) -> Hub:
    # It looks when it is woken.
    return Hub(database, vault, clock, pace=Pace(poll_seconds=600))


@pytest.fixture
def figures(database: Database, clock: SettableClock, hub: Hub) -> Figures:
    return figures_of(database, clock, hub)


def figures_of(database: Database, clock: SettableClock, hub: Hub) -> Figures:
    wakeups = Wakeups(CutLines())
    readiness = Readiness(database, wakeups, redis=True)
    return Figures(database, clock, hub=hub, wakeups=wakeups, readiness=readiness)


async def read(figures: Figures) -> dict[str, float]:
    """Every sample by its name and labels' values."""
    text = (await figures.render()).decode()
    return {
        " ".join((sample.name, *sample.labels.values())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


async def test_work_is_late_from_when_it_was_due_until_it_is_taken(
    database: Database, clock: SettableClock, figures: Figures
) -> None:
    async with database.transaction() as session:
        await work.schedule(session, "late", "a", due_at=clock() - timedelta(seconds=90))
        await work.schedule(session, "late", "b", due_at=clock())
        await work.schedule(session, "planned", "c", due_at=clock() + timedelta(hours=1))
    found = await read(figures)
    assert (2, 90) == (
        found["paythread_work_due late"],
        found["paythread_work_oldest_seconds late"],
    )
    assert "paythread_work_due planned" not in found
    async with database.transaction() as session:
        await work.claim(session, kinds=["late"], now=clock(), lease_seconds=60, limit=10)
    assert "paythread_work_due late" not in await read(figures)


async def test_webhooks_that_have_not_arrived_are_counted_by_endpoints_that_still_try(
    database: Database, clock: SettableClock, merchant: Merchant, figures: Figures
) -> None:
    for number, changes in enumerate(({}, {"failures": 3}, {"status": "disabled"})):
        endpoint = new_id("whe", clock())
        async with database.transaction() as session:
            await insert_endpoint(
                session,
                id=endpoint,
                merchant=merchant.id,
                url="https://hooks.example.com",
                events=["*"],
                secrets="",
                position=0,
                created_by="system",
                created_at=clock(),
            )
            if changes:
                await session.execute(
                    sa.update(webhook_endpoints)
                    .where(webhook_endpoints.c.id == endpoint)
                    .values(**changes)
                )
            await insert_deliveries(
                session,
                [
                    {
                        "endpoint": endpoint,
                        "merchant": merchant.id,
                        "event": f"evt_{number}",
                        "type": "link.created",
                        "position": 1,
                        "round": 0,
                        "payload": "",
                        "created_at": clock() - timedelta(seconds=10),
                    }
                ],
            )
    found = await read(figures)
    states = [found[f"paythread_webhook_endpoints {s}"] for s in ("working", "failing", "disabled")]
    assert [1, 1, 1] == states
    assert 2 == found["paythread_webhook_deliveries_pending"]
    assert 10 == found["paythread_webhook_late_seconds"]


async def test_feeds_and_journals_are_told_with_how_far_the_one_is_behind_the_other(
    database: Database, clock: SettableClock, merchant: Merchant, hub: Hub, figures: Figures
) -> None:
    async with hub.open(person(merchant.id)):
        await come_to(hub, merchant, 0)
        async with database.transaction() as session:
            for _ in range(3):
                record(session, fact(merchant, clock))
        found = await read(figures)
        assert 1 == found["paythread_feed_subscribers"]
        assert 3 == found["paythread_journal_entries_total"]
        assert 3 == found["paythread_feed_lag_entries"]
        hub.wake(merchant.id)
        await come_to(hub, merchant, 3)
        assert 0 == (await read(figures))["paythread_feed_lag_entries"]
    await hub.stop()
    assert 0 == (await read(figures))["paythread_feed_subscribers"]
    assert (0, 1, 0) == (
        found["paythread_wakeups_up"],
        found["paythread_database_up"],
        found["paythread_attempts_live unknown"],
    )


async def test_entries_that_no_anchor_elsewhere_covers_are_told_by_their_age(
    database: Database, clock: SettableClock, hub: Hub, merchant: Merchant
) -> None:
    wakeups = Wakeups(CutLines())
    readiness = Readiness(database, wakeups, redis=True)
    names = ["file:/var/audit"]
    figures = Figures(
        database, clock, hub=hub, wakeups=wakeups, readiness=readiness, anchored_at=names
    )
    name = "paythread_journal_unproven_seconds file:/var/audit"
    assert (await read(figures))[name] == 0
    async with database.transaction() as session:
        record(session, fact(merchant, clock))
    clock.advance(timedelta(minutes=20))
    assert int((await read(figures))[name]) == 1200


async def test_each_entry_that_this_process_commits_is_counted_by_its_type(
    database: Database, clock: SettableClock, merchant: Merchant, journal: Journal
) -> None:
    def counted() -> float:
        return REGISTRY.get_sample_value("paythread_events_total", {"type": "link.created"}) or 0

    before = counted()
    journal.listeners.append(count_events)
    async with database.transaction() as session:
        record(session, fact(merchant, clock))
        record(session, fact(merchant, clock))
    assert 2 == counted() - before


async def test_without_a_database_the_process_still_tells_its_own(
    clock: SettableClock, vault: Vault
) -> None:
    nowhere = Database("postgresql://nobody@127.0.0.1:1/nothing")
    found = await read(figures_of(nowhere, clock, Hub(nowhere, vault, clock)))
    await nowhere.close()
    assert (0, 0) == (found["paythread_database_up"], found["paythread_feed_subscribers"])


def fact(merchant: Merchant, clock: SettableClock) -> Event:
    return Event(type="link.created", merchant=merchant.id, occurred_at=clock(), actor="system")


async def come_to(hub: Hub, merchant: Merchant, position: int) -> None:
    """Waits until the merchant's stream has published so far."""
    async with asyncio.timeout(20):
        while (announced := hub.announced(merchant.id)) is None or announced.upto != position:
            await asyncio.sleep(0.01)
