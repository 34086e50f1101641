"""Requests that wait for news (core.waiting): woken for what they wait for, bounded, answered at the stop."""

import asyncio

from core.waiting import WaitingRoom


async def test_news_of_any_of_its_keys_wakes_one_who_waits() -> None:
    room = WaitingRoom()
    for key in ("lnk_1", "cnv_1"):
        async with room.place("lnk_1", "cnv_1", None) as one:
            assert one is not None
            room.wake({None, "lnk_9", key})
            async with asyncio.timeout(1):
                await one.nap(10)


async def test_news_of_something_else_wakes_nobody() -> None:
    room = WaitingRoom()
    async with room.place("lnk_1") as one:
        assert one is not None
        room.wake({"lnk_2", None})
        before = asyncio.get_running_loop().time()
        await one.nap(0.05)
        assert asyncio.get_running_loop().time() - before >= 0.04


async def test_places_are_bounded_and_given_back() -> None:
    room = WaitingRoom(waiters_max=1)
    async with room.place("lnk_1", "cnv_1") as one, room.place("lnk_1") as other:
        assert (one is None, other is None) == (False, True)
    async with room.place("lnk_1") as again:
        assert again is not None


async def test_a_service_that_stops_answers_everybody() -> None:
    room = WaitingRoom()
    async with room.place(None) as one:
        assert one is not None
        room.drain()
        async with asyncio.timeout(1):
            await one.nap(10)
        assert one.cut
    async with room.place("lnk_1") as late:
        assert late is None
