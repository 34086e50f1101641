"""A long queue of messages drains through two workers: each message once, none lost, at the account's pace.

`DRAIN_MESSAGES=10000` makes the queue as long as a campaign's.
"""

import asyncio
import os
import time
from collections.abc import Callable
from typing import Final

import pytest

from app.worker import Worker
from channels.accounts import add_account
from channels.messages import SEND, Content, queue_message
from channels.outbox import Outbox
from channels.port import Accepted, Outcome, Outgoing
from channels.provider_pool import ProviderPool
from core.clock import utc_now
from core.database import Database
from tests.channels.conftest import BASE_URL, Desk
from tests.channels.fakes import FakeProvider

MESSAGES: Final = int(os.environ.get("DRAIN_MESSAGES", "120"))
PER_SECOND: Final = 120 if MESSAGES < 1000 else 500
BATCH: Final = 60
PATIENCE_SECONDS: Final = 60 + MESSAGES // 5

pytestmark = [pytest.mark.postgres, pytest.mark.timeout(2 * PATIENCE_SECONDS)]


class TimingProvider(FakeProvider):
    """Remembers when each message came."""

    def __init__(self) -> None:
        super().__init__()
        self.times: list[float] = []

    async def send(self, outgoing: Outgoing) -> Outcome:
        self.taken.append(outgoing)
        self.times.append(time.monotonic())
        return Accepted(self.id_of(outgoing.delivery))


@pytest.fixture
async def database(postgres_url: str, open_database: Callable[[str], Database]) -> Database:
    return open_database(postgres_url)


async def test_a_long_queue_drains_once_each_at_the_pace_of_the_account(
    desk: Desk,
) -> None:
    provider = TimingProvider()
    desk.clock.set(utc_now())
    async with desk.database.transaction() as session:
        await add_account(
            session,
            desk.vault,
            merchant=desk.merchant.id,
            channel="sms",
            provider="timing",
            config={"from": "+447700900999", "messages_per_second": PER_SECOND},
            account_id=desk.accounts["sms"].id,
            now=desk.clock(),
        )
    queued = [
        (await desk.queue(to=f"+4477{number:08}", link=None)).delivery for number in range(MESSAGES)
    ]
    workers = []
    for _ in range(2):
        pool = ProviderPool({"timing": lambda _: provider}, desk.vault)
        outbox = Outbox(desk.database, desk.vault, pool, base_url=BASE_URL, clock=utc_now)
        workers.append(Worker(desk.database, {SEND: outbox.send}, utc_now))
    running = [asyncio.create_task(worker.run()) for worker in workers]
    async with asyncio.timeout(PATIENCE_SECONDS):
        while len(provider.taken) < MESSAGES:
            await asyncio.sleep(0.05)
    for worker in workers:
        worker.stop()
    await asyncio.gather(*running)

    assert sorted(one.delivery for one in provider.taken) == sorted(map(str, queued))
    # A slow machine only makes it slower; too fast would be ours.
    lasted_seconds = provider.times[-1] - provider.times[0]
    assert lasted_seconds >= (MESSAGES - 1) / PER_SECOND * 0.98 - 0.25
    sent = await desk.events("message.sent")
    assert len(sent) == min(MESSAGES, 500)


async def queue_some(desk: Desk, numbers: range) -> list[str | None]:
    """Messages to as many customers; the ids of their deliveries."""
    async with desk.database.transaction() as session:
        return [
            (
                await queue_message(
                    session,
                    desk.vault,
                    merchant=desk.merchant.id,
                    customer=None,
                    channel="sms",
                    to=f"+4477{number:08}",
                    content=Content("Hello"),
                    link=None,
                    agent=None,
                    actor="system",
                    now=desk.clock(),
                )
            ).delivery
            for number in numbers
        ]
