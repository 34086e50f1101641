"""Wake-ups over PostgreSQL's NOTIFY: https://www.postgresql.org/docs/current/sql-notify.html

Told on a connection of its own, after the commit: within it, NOTIFY would make every commit wait for the one before. It
needs direct connections; behind a transaction pooler, use Redis.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final

import psycopg

CHANNEL: Final = "paythread_wake"
_CONNECT_SECONDS: Final = 5
_ANSWER_SECONDS: Final = 5
# A line that is cut without a word is noticed by the question that gets no answer.
_PING_SECONDS: Final = 5


class PostgresLines:
    """One connection to tell, one to listen."""

    failures = (psycopg.Error, OSError, TimeoutError)

    def __init__(self, url: str) -> None:
        self._url = url

    @asynccontextmanager
    async def tell(self) -> AsyncIterator["_Notifier"]:
        async with await self._connect() as connection:
            yield _Notifier(connection)

    @asynccontextmanager
    async def listen(self) -> AsyncIterator[AsyncIterator[str]]:
        async with await self._connect() as connection:
            await connection.execute(f"LISTEN {CHANNEL}")
            yield _messages(connection)

    async def _connect(self) -> "psycopg.AsyncConnection[Any]":
        return await psycopg.AsyncConnection.connect(
            self._url, autocommit=True, connect_timeout=_CONNECT_SECONDS
        )


class _Notifier:
    def __init__(self, connection: "psycopg.AsyncConnection[Any]") -> None:
        self._connection = connection

    async def send(self, text: str) -> None:
        async with asyncio.timeout(_ANSWER_SECONDS):
            await self._connection.execute("SELECT pg_notify(%s, %s)", (CHANNEL, text))


async def _messages(connection: "psycopg.AsyncConnection[Any]") -> AsyncIterator[str]:
    while True:
        async for notification in connection.notifies(timeout=_PING_SECONDS):
            yield notification.payload
        async with asyncio.timeout(_ANSWER_SECONDS):
            await connection.execute("SELECT 1")
