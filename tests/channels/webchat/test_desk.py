"""Who waits for news (channels.webchat.desk): woken for their thread, bounded, answered when the service stops."""

import asyncio
from contextlib import AsyncExitStack

from channels.webchat.desk import ChatDesk
from compliance.journal import Event, Written
from tests.support.clock import START


def written(conversation: str) -> Written:
    """What a transaction that said something in this thread tells of itself."""
    event = Event(
        type="message.sent",
        merchant="mer_1",
        occurred_at=START,
        actor="system",
        conversation=conversation,
    )
    return Written("mer_1", "epoch", [], [event])


async def test_what_is_written_wakes_its_own_thread_alone() -> None:
    desk = ChatDesk("https://pay.example")
    async with desk.waiting("cnv_1") as one, desk.waiting("cnv_2") as other:
        assert one is not None
        assert other is not None
        desk.take(written("cnv_1"))
        async with asyncio.timeout(1):
            await one.nap(10)
        before = asyncio.get_running_loop().time()
        await other.nap(0.05)
        assert asyncio.get_running_loop().time() - before >= 0.04


async def test_many_who_wait_look_less_often_each() -> None:
    desk = ChatDesk("https://pay.example")
    async with AsyncExitStack() as stack:
        for number in range(500):
            await stack.enter_async_context(desk.waiting(f"cnv_{number}"))
        assert desk.look_seconds == 5
    assert desk.look_seconds == 1.5


async def test_there_are_only_so_many_places_and_they_are_given_back() -> None:
    desk = ChatDesk("https://pay.example", waiters_max=1)
    async with desk.waiting("cnv_1") as one, desk.waiting("cnv_1") as other:
        assert (one is None, other is None) == (False, True)
    async with desk.waiting("cnv_1") as again:
        assert again is not None


async def test_a_service_that_stops_lets_nobody_wait() -> None:
    desk = ChatDesk("https://pay.example")
    async with desk.waiting("cnv_1") as one:
        assert one is not None
        desk.drain()
        async with asyncio.timeout(1):
            await one.nap(10)
        assert one.cut
    async with desk.waiting("cnv_1") as late:
        assert late is None
