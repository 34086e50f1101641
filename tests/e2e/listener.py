"""A feed client that comes back after every cut, at whichever service takes it."""

import asyncio
import itertools
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidStatus

SUBPROTOCOL = "paythread.feed.v1"
REVOKED = 4409


@dataclass
class Listener:
    """What one person has heard, in the order heard; `codes` says how each connection ended."""

    name: str
    urls: Sequence[str]
    origin: str
    cookie: str
    topic: str
    heard: list[dict[str, Any]] = field(default_factory=list)
    codes: list[int | None] = field(default_factory=list)
    began: int | None = None
    cursor: int | None = None
    epoch: str | None = None
    resets: int = 0
    ready: asyncio.Event = field(default_factory=asyncio.Event)

    async def run(self) -> None:
        """Listens until its session is revoked, or it is cancelled."""
        for url in itertools.cycle(self.urls):
            try:
                async with connect(
                    f"{url.replace('http', 'ws', 1)}/v1/feed",
                    additional_headers={"Cookie": self.cookie},
                    origin=self.origin,  # type: ignore[arg-type]
                    subprotocols=[SUBPROTOCOL],  # type: ignore[list-item]
                    compression=None,
                    proxy=None,
                    open_timeout=5,
                ) as connection:
                    try:
                        await self._listen(connection)
                    finally:
                        self.codes.append(connection.close_code)
            except InvalidStatus as refusal:
                self.codes.append(refusal.response.status_code)
            except (OSError, InvalidHandshake, ConnectionClosed, TimeoutError):
                pass  # the next one takes it
            if self.codes and self.codes[-1] in {REVOKED, 401}:
                return
            await asyncio.sleep(0.05)

    async def _listen(self, connection: ClientConnection) -> None:
        request: dict[str, Any] = {"op": "subscribe", "after": self.cursor, "topics": [self.topic]}
        if self.epoch is not None:
            request["epoch"] = self.epoch
        await connection.send(json.dumps(request))
        async for text in connection:
            frame = json.loads(text)
            match frame["op"]:
                case "ready":
                    self._begin(frame)
                case "event":
                    self.heard.append(frame["event"])
                    self.cursor = frame["event"]["position"]
                case "heartbeat":
                    self.cursor = frame["position"]
                    await connection.send(json.dumps({"op": "ack", "position": frame["position"]}))

    def _begin(self, frame: dict[str, Any]) -> None:
        self.resets += bool(frame.get("reset"))
        self.epoch = frame["epoch"]
        if self.cursor is None:
            self.began = self.cursor = frame["position"]
        self.ready.set()

    @property
    def positions(self) -> list[int]:
        return [event["position"] for event in self.heard]
