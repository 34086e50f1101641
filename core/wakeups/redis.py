"""Wake-ups over Redis (or Valkey): https://redis.io/docs/latest/develop/pubsub/"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final

from redis.asyncio import Redis
from redis.exceptions import RedisError

CHANNEL: Final = "paythread:wake"
_CONNECT_SECONDS: Final = 2
_ANSWER_SECONDS: Final = 2
# A line that is cut without a word is noticed by the ping that gets no answer.
_PING_SECONDS: Final = 5.0


class RedisLines:
    """One connection to publish, one to subscribe."""

    failures = (RedisError, OSError)

    def __init__(self, url: str, *, ping_seconds: float = _PING_SECONDS) -> None:
        """`ping_seconds`: after so long a silence the line is asked, and after as long again it is given up."""
        self._url = url
        self._ping_seconds = ping_seconds

    @asynccontextmanager
    async def tell(self) -> AsyncIterator["_Publisher"]:
        client = self._client(socket_timeout=_ANSWER_SECONDS)
        try:
            yield _Publisher(client)
        finally:
            await client.aclose()

    @asynccontextmanager
    async def listen(self) -> AsyncIterator[AsyncIterator[str]]:
        client = self._client()
        try:
            async with client.pubsub() as pubsub:
                await pubsub.subscribe(CHANNEL)
                # Its confirmation: from here on nothing is missed.
                await pubsub.get_message(timeout=_ANSWER_SECONDS)
                yield _messages(pubsub, self._ping_seconds)
        finally:
            await client.aclose()

    def _client(self, **options: Any) -> Redis:
        # No retries of its own: the exchange knows that something was missed, and wakes everybody.
        return Redis.from_url(
            self._url,
            decode_responses=True,
            socket_connect_timeout=_CONNECT_SECONDS,
            retry=None,
            **options,
        )


class _Publisher:
    def __init__(self, client: Redis) -> None:
        self._client = client

    async def send(self, text: str) -> None:
        await self._client.publish(CHANNEL, text)


async def _messages(pubsub: Any, ping_seconds: float) -> AsyncIterator[str]:
    asked = False
    while True:
        message = await pubsub.get_message(timeout=ping_seconds)
        if message is None and asked:
            raise RedisError("the line is silent")
        asked = message is None
        if message is None:
            await pubsub.ping()
        elif message["type"] == "message":
            yield message["data"]
