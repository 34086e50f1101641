"""Whatever the network does to a client, snapshot and replay equal the truth: each event once, in order.

Moves are drawn by seed, on the real socket over a real journal: facts happen, the line is cut at a random byte or goes
silent, the client subscribes anew or comes back.
"""

import asyncio
import json
import random
from contextlib import suppress
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed, InvalidMessage

from agent_feed.hub import Hub
from tests.agent_feed.bad_line import BadLine
from tests.agent_feed.client import FeedClient, connected
from tests.agent_feed.conftest import Scene, cookie, until

MOVES = 40


class Client:
    """Keeps what it has seen over any number of connections, as a console does."""

    def __init__(self, line: BadLine, token: str, draw: random.Random) -> None:
        self._line = line
        self._token = token
        self._draw = draw
        self._task: asyncio.Task[None] | None = None
        self.seen: list[int] = []
        self.cursor: int | None = None
        self.epoch: str | None = None
        self.client: FeedClient | None = None
        self.resets = 0
        self._last = 0

    async def begin(self) -> None:
        self._task = asyncio.create_task(self._run())
        await until(lambda: self.cursor is not None)

    async def end(self) -> None:
        assert self._task is not None
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)

    async def subscribe(self) -> None:
        """Anew on the same socket, from what was seen last."""
        if self.client is not None:
            request: dict[str, Any] = {"op": "subscribe", "after": self.cursor, "topics": ["team"]}
            if self.epoch is not None:
                request["epoch"] = self.epoch
            await self.client.send(request)

    async def _run(self) -> None:
        while True:
            try:
                # It comes back by itself.
                async with connected(self._line.url, headers=cookie(self._token)) as client:
                    self.client = client
                    await self.subscribe()
                    async for text in client.connection:
                        self._take(json.loads(text))
            except (ConnectionClosed, InvalidMessage, OSError, EOFError, TimeoutError):
                await asyncio.sleep(0.01)
            finally:
                self.client = None
            await asyncio.sleep(0.01)

    def _take(self, frame: Any) -> None:
        match frame["op"]:
            case "ready":
                self._last = 0
                self.epoch = frame["epoch"]
                self.resets += bool(frame.get("reset"))
                if self.cursor is None:
                    self.cursor = frame["position"]
            case "event":
                position = frame["event"]["position"]
                assert position > self._last, "a subscription tells each event once, in order"
                self._last = position
                # What the subscription before still sent was seen; the next one began before it.
                if self.cursor is not None and position > self.cursor:
                    self.cursor = position
                    self.seen.append(position)


@pytest.mark.parametrize("seed", range(6))
async def test_any_cut_and_any_silence_costs_nothing(
    scene: Scene, url: str, hub: Hub, seed: int
) -> None:
    draw = random.Random(seed)
    async with BadLine(url).open() as line:
        client = Client(line, await scene.sign_in(scene.ann), draw)
        await client.begin()
        start = client.cursor
        assert start is not None
        expected: list[int] = []
        position = start
        for _ in range(MOVES):
            match draw.choice(["happen", "happen", "happen", "cut", "cut", "freeze", "subscribe"]):
                case "happen":
                    agents = [
                        draw.choice([scene.ann, scene.bob, scene.cleo]).id
                        for _ in range(draw.randint(1, 30))
                    ]
                    await scene.happen_all([{"agent": agent} for agent in agents])
                    for agent in agents:
                        position += 1
                        if agent != scene.cleo.id:
                            expected.append(position)
                case "cut":
                    line.cut_after = draw.randint(0, 4000)
                case "freeze":
                    line.freeze()
                    await asyncio.sleep(draw.uniform(0, 0.05))
                    line.thaw()
                case "subscribe":
                    with suppress(ConnectionClosed):  # cut in this moment
                        await client.subscribe()
            if draw.random() < 0.5:
                await asyncio.sleep(draw.uniform(0, 0.03))
        line.cut_after = None
        await until(lambda: len(client.seen) >= len(expected), seconds=20)
        await client.end()

    assert expected == client.seen
    assert 0 == client.resets


async def test_a_client_whose_line_froze_is_cut_at_its_bound_and_nobody_else_notices(
    scene: Scene, url: str, hub: Hub
) -> None:
    """It stops reading; 20 others, and whoever commits, go on."""
    async with BadLine(url).open() as line:
        frozen = Client(line, await scene.sign_in(scene.sue), random.Random(1))
        await frozen.begin()
        others = [hub.enter(await scene.caller(scene.sue)) for _ in range(20)]
        for one in others:
            one.hear('{"op":"subscribe","after":null,"topics":["all"]}')
        line.freeze()
        # Far more than its buffers and its line hold.
        for _ in range(40):
            await scene.happen_all([{"data": {"note": "x" * 8000}} for _ in range(100)])
            for one in others:
                while one._outlet._waiting:
                    await one.outgoing()
        closed = [one for one in others if one.closed is not None]
        # The frozen one is cut by the service, and comes back by itself when the line moves again.
        await until(lambda: hub.listeners == len(others), seconds=30)
        line.thaw()
        await until(lambda: len(frozen.seen) == 4000, seconds=60)
        await frozen.end()

    assert [] == closed
    assert sorted(set(frozen.seen)) == frozen.seen
