"""Who waits for news (channels.webchat.desk): woken for their merchant, bounded, answered when the service stops."""

import asyncio

from channels.webchat.desk import ChatDesk


async def test_a_wake_up_is_for_one_merchants_visitors() -> None:
    desk = ChatDesk("https://pay.example")
    async with desk.waiting("mer_1") as one, desk.waiting("mer_2") as other:
        assert one is not None
        assert other is not None
        desk.wake("mer_1")
        async with asyncio.timeout(1):
            await one.nap(10)
        before = asyncio.get_running_loop().time()
        await other.nap(0.05)
        assert asyncio.get_running_loop().time() - before >= 0.04


async def test_there_are_only_so_many_places_and_they_are_given_back() -> None:
    desk = ChatDesk("https://pay.example", waiters_max=1)
    async with desk.waiting("mer_1") as one, desk.waiting("mer_1") as other:
        assert (one is None, other is None) == (False, True)
    async with desk.waiting("mer_1") as again:
        assert again is not None


async def test_a_service_that_stops_lets_nobody_wait() -> None:
    desk = ChatDesk("https://pay.example")
    async with desk.waiting("mer_1") as one:
        assert one is not None
        desk.drain()
        async with asyncio.timeout(1):
            await one.nap(10)
        assert one.cut
    async with desk.waiting("mer_1") as late:
        assert late is None
