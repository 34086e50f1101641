"""Reads one merchant's journal as it grows, once for all its subscribers of this process."""

import asyncio
from collections.abc import Callable
from typing import Final

import structlog
from sqlalchemy.exc import SQLAlchemyError

from agent_feed.batches import Batch, Published
from compliance.journal import Query, Reader
from core.database import Database

PAGE: Final = 500
_AFTER_FAILURE_SECONDS: Final = 1

log = structlog.get_logger()


class Stream:
    """From the head at its start on, hands every entry to `publish`, in gapless batches.

    A commit of this process wakes it; entries of other processes are found by asking for the head every
    `poll_seconds`, so a wake-up that is lost costs time and nothing else.
    """

    def __init__(
        self,
        merchant: str,
        database: Database,
        reader: Reader,
        publish: Callable[[str, Batch], None],
        *,
        poll_seconds: float,
    ) -> None:
        self._merchant = merchant
        self._database = database
        self._reader = reader
        self._publish = publish
        self._poll_seconds = poll_seconds
        self._woken = asyncio.Event()
        self.last: Batch | None = None

    def wake(self) -> None:
        """Something was committed."""
        self._woken.set()

    async def run(self) -> None:
        """Reads until it is cancelled. While the database does not answer, it keeps asking."""
        while True:
            try:
                more = await self._advance()
            except (SQLAlchemyError, OSError) as error:
                log.warning("feed.read_failed", merchant=self._merchant, error=type(error).__name__)
                await asyncio.sleep(_AFTER_FAILURE_SECONDS)
                continue
            except Exception as error:
                # Whatever it is, it is said, and the subscribers' place is kept until the journal reads again.
                log.error("feed.read_failed", merchant=self._merchant, exc_info=error)
                await asyncio.sleep(_AFTER_FAILURE_SECONDS)
                continue
            if not more:
                await self._wait()

    async def _wait(self) -> None:
        try:
            async with asyncio.timeout(self._poll_seconds):
                await self._woken.wait()
        except TimeoutError:
            return

    async def _advance(self) -> bool:
        """Publishes the next page; says whether there is more."""
        self._woken.clear()
        batch = await self._next()
        if batch is None:
            return False
        at, epoch = batch.upto, batch.epoch
        self.last = Batch(epoch=epoch, after=at, upto=at)
        self._publish(self._merchant, batch)
        return len(batch.entries) == PAGE

    async def _next(self) -> Batch | None:
        async with self._database.snapshot() as session:
            head, epoch = await self._reader.head(session, self._merchant)
            last = self.last
            if last is None:
                return Batch(epoch=epoch, after=head, upto=head)
            if epoch != last.epoch or head < last.upto:
                return Batch(epoch=epoch, after=head, upto=head, rewound=True)
            if head == last.upto:
                return None
            query = Query(merchant=self._merchant, after=last.upto, limit=PAGE)
            entries = await self._reader.read(session, query)
        assert entries, "the head is past the last entry"
        return Batch(
            epoch=epoch,
            after=last.upto,
            upto=entries[-1].position,
            entries=tuple(Published(entry) for entry in entries),
        )
