"""A feed client over a real WebSocket."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from agent_feed.socket import SUBPROTOCOL
from tests.support.doors import CONSOLE

PATIENCE_SECONDS = 10


@dataclass(frozen=True)
class FeedClient:
    """What a client sees: frames as values, and the code that the feed was closed with."""

    connection: ClientConnection

    async def send(self, frame: Any) -> None:
        await self.connection.send(json.dumps(frame))

    async def subscribe(self, *topics: str, after: int | None = None, **more: Any) -> Any:
        """Subscribes; answers the ready frame."""
        await self.send({"op": "subscribe", "after": after, "topics": list(topics), **more})
        return await self.receive()

    async def receive(self) -> Any:
        """The next frame that is no heartbeat."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while True:
                frame = json.loads(await self.connection.recv())
                if frame["op"] != "heartbeat":
                    return frame

    async def events(self, count: int) -> list[Any]:
        """The next so many events."""
        return [(await self.receive())["event"] for _ in range(count)]

    async def silent(self, seconds: float = 0.3) -> bool:
        """Whether nothing but heartbeats comes for a while."""
        try:
            async with asyncio.timeout(seconds):
                await self.receive()
        except TimeoutError:
            return True
        return False

    async def closed(
        self, seconds: float = PATIENCE_SECONDS, *, seen: list[Any] | None = None
    ) -> int:
        """Reads until the feed is closed, gathering the events into `seen`; answers the code."""
        async with asyncio.timeout(seconds):
            with suppress(ConnectionClosed):
                while True:
                    frame = json.loads(await self.connection.recv())
                    if seen is not None and frame["op"] == "event":
                        seen.append(frame["event"])
        code = self.connection.close_code
        assert code is not None
        return code


@asynccontextmanager
async def connected(
    url: str,
    *,
    headers: Mapping[str, str] | None = None,
    origin: str | None = CONSOLE,
    subprotocols: Sequence[str] = (SUBPROTOCOL,),
    **options: Any,
) -> AsyncIterator[FeedClient]:
    """An open feed. Raises `InvalidStatus` when it was refused before the upgrade."""
    async with connect(
        f"{url.replace('http', 'ws', 1)}/v1/feed",
        additional_headers=headers,
        origin=origin,  # type: ignore[arg-type]
        subprotocols=subprotocols,  # type: ignore[arg-type]
        compression=None,
        proxy=None,
        **options,
    ) as connection:
        yield FeedClient(connection)


async def refused(url: str, **options: Any) -> tuple[int, Any]:
    """The status and the problem with which the upgrade was refused."""
    try:
        async with connected(url, **options):
            raise AssertionError("the feed was opened")
    except InvalidStatus as refusal:
        return refusal.response.status_code, json.loads(refusal.response.body or b"null")
