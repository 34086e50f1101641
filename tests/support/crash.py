"""A transaction that dies when everything is done and nothing is committed yet."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from core.database import Database, Session


class Crash(Exception):
    """Raised by a test in the place of a power cut."""


@asynccontextmanager
async def crashing(database: Database) -> AsyncIterator[Session]:
    """Like `database.transaction()`, but the block's work is rolled back at its end."""
    try:
        async with database.transaction() as session:
            yield session
            raise Crash
    except Crash:
        return
