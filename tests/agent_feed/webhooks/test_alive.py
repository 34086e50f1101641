"""Worker, scout and courier together, on the real clock: soon, once, and all of it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest

from agent_feed.webhooks.acts import CARRY
from agent_feed.webhooks.courier import Courier
from agent_feed.webhooks.scout import Scout
from app.worker import Worker
from compliance.journal import Event, record
from core.clock import utc_now
from core.database import Database
from tests.agent_feed.webhooks.conftest import NewSender
from tests.agent_feed.webhooks.stand import Stand
from tests.support.receiver import Receiver, answers, hangs

NewWorker = Callable[[Database], Worker]


@pytest.fixture
def new_worker(stand: Stand, new_sender: NewSender) -> NewWorker:
    """A worker as another process would have it: nobody wakes it."""

    def make(database: Database) -> Worker:
        courier = Courier(database, stand.vault, new_sender(deadline_seconds=3), utc_now)
        scout = Scout(database, utc_now)
        return Worker(database, {CARRY: courier.carry}, utc_now, scout=scout.look, at_once=48)

    return make


@asynccontextmanager
async def working(*workers: Worker) -> AsyncIterator[None]:
    tasks = [asyncio.create_task(worker.run()) for worker in workers]
    try:
        yield
    finally:
        for worker in workers:
            worker.stop()
        await asyncio.gather(*tasks)


async def happen(stand: Stand, number: int = 1) -> None:
    fact = Event(
        type="link.created", merchant=stand.merchant, occurred_at=utc_now(), actor="system"
    )
    for _ in range(number):
        async with stand.database.transaction() as session:
            record(session, fact)


async def until(condition: Callable[[], bool], *, seconds: int) -> None:
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.sleep(0.01)


async def test_an_event_is_there_within_a_moment_even_if_nobody_wakes_the_worker(
    stand: Stand, receiver: Receiver, new_worker: NewWorker
) -> None:
    await stand.endpoint(receiver.url, ["link.*"])
    async with working(new_worker(stand.database)):
        await happen(stand)
        await until(lambda: len(receiver.received) == 1, seconds=10)
        await happen(stand)
        await until(lambda: len(receiver.received) == 2, seconds=10)


async def test_two_processes_send_each_event_once_while_it_goes_well(
    stand: Stand,
    receiver: Receiver,
    new_worker: NewWorker,
    database_url: str,
    open_database: Callable[[str], Database],
) -> None:
    endpoint = await stand.endpoint(receiver.url, ["link.*"])
    async with working(new_worker(stand.database), new_worker(open_database(database_url))):
        await asyncio.gather(*(happen(stand, 10) for _ in range(4)))
        await until(lambda: len(receiver.received) >= 40, seconds=20)
        await asyncio.sleep(0.5)
    assert 40 == len(receiver.received) == len(set(receiver.ids))
    assert [entry.id for entry in await stand.journal("link.created")] == [
        each.event for each in await stand.deliveries(endpoint)
    ]


async def test_many_endpoints_that_hang_leave_a_good_one_its_pace(
    stand: Stand, receiver: Receiver, new_worker: NewWorker
) -> None:
    await stand.endpoint(f"{receiver.url}/good", ["link.*"])
    for number in range(12):
        await stand.endpoint(f"{receiver.url}/{number}", ["link.*"])
    receiver.behaviour = hangs
    receiver.by_path["/good"] = answers(204)
    async with working(new_worker(stand.database)):
        for count in range(1, 4):
            await happen(stand)
            await until(lambda count=count: len(receiver.to("/good")) == count, seconds=10)  # type: ignore[misc]
