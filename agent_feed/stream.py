"""Reads one merchant's journal as it grows, once for all its subscribers of this process."""

import asyncio
from collections.abc import Callable
from typing import Final

import structlog
from sqlalchemy.exc import SQLAlchemyError

from agent_feed.batches import Batch, Published
from compliance.journal import Query, Reader, Written
from core.database import Database

PAGE: Final = 500
_AFTER_FAILURE_SECONDS: Final = 1

log = structlog.get_logger()


class Stream:
    """From the head at its start on, hands every entry to `publish`, in gapless batches.

    What this process commits is handed to it, and needs no reading where it follows on what was published. For what
    others commit it is woken, and asks for the head every `poll_seconds()` besides: a wake-up that is lost costs time
    and nothing else.
    """

    def __init__(
        self,
        merchant: str,
        database: Database,
        reader: Reader,
        publish: Callable[[str, Batch], None],
        *,
        poll_seconds: Callable[[], float],
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

    def take(self, written: Written) -> None:
        """What this process has committed. What does not follow on is read instead: something else came between."""
        last, entries = self.last, written.entries
        if last is None or last.epoch != written.epoch or entries[0].position != last.upto + 1:
            self.wake()
            return
        self._pass_on(
            Batch(
                epoch=last.epoch,
                after=last.upto,
                upto=entries[-1].position,
                entries=tuple(Published(entry) for entry in entries),
            )
        )

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
            async with asyncio.timeout(self._poll_seconds()):
                await self._woken.wait()
        except TimeoutError:
            return

    async def _advance(self) -> bool:
        """Publishes the next page; says whether there is more."""
        self._woken.clear()
        before = self.last
        batch = await self._next(before)
        if self.last is not before:
            return True  # more was handed over meanwhile: what was read is old
        if batch is None:
            return False
        self._pass_on(batch)
        return len(batch.entries) == PAGE

    def _pass_on(self, batch: Batch) -> None:
        self.last = Batch(epoch=batch.epoch, after=batch.upto, upto=batch.upto)
        self._publish(self._merchant, batch)

    async def _next(self, last: Batch | None) -> Batch | None:
        async with self._database.snapshot() as session:
            head, epoch = await self._reader.head(session, self._merchant)
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
