"""Asks again and again whether the callers of open feeds still stand.

At once when the journal tells of an ended session, a changed user or a revoked key, and every few seconds for what
nobody writes down (an idle session).
"""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Final

import structlog
from sqlalchemy.exc import SQLAlchemyError

from agent_feed import standing
from agent_feed.subscriber import Subscriber
from compliance.principal import Principal
from compliance.roles import Permission
from compliance.vault import Vault
from core.clock import Clock
from core.database import Database

# A morning's sign-outs are looked into together.
_BETWEEN_SECONDS: Final = 0.2

log = structlog.get_logger()


class Rechecks:
    """Tells each subscriber how its caller stands now."""

    def __init__(
        self,
        database: Database,
        vault: Vault,
        clock: Clock,
        everybody: Callable[[], Sequence[Subscriber]],
        *,
        every_seconds: float,
    ) -> None:
        self._database = database
        self._vault = vault
        self._clock = clock
        self._everybody = everybody
        self._every_seconds = every_seconds
        self._doubtful = asyncio.Event()

    def doubt(self) -> None:
        """Somebody's rights may have changed: looks at once."""
        self._doubtful.set()

    async def run(self) -> None:
        """Looks until it is cancelled."""
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(self._every_seconds):
                    await self._doubtful.wait()
            self._doubtful.clear()
            try:
                await self._confirm(self._everybody())
            except (SQLAlchemyError, OSError) as error:
                # Nobody is cut off because the database is away: without it nothing new is shown either.
                log.warning("feed.recheck_failed", error=type(error).__name__)
            except Exception as error:
                # The next round must come, or a revoked caller would listen for ever.
                log.error("feed.recheck_failed", exc_info=error)
            await asyncio.sleep(_BETWEEN_SECONDS)

    async def _confirm(self, subscribers: Sequence[Subscriber]) -> None:
        if not subscribers:
            return
        found: dict[Principal, Principal | None] = {}
        async with self._database.snapshot() as session:
            for principal in {subscriber.principal for subscriber in subscribers}:
                current = await standing.current(session, self._vault, principal, now=self._clock())
                # A role of the merchant's own may have lost the right to listen at all.
                listens = current is not None and current.may(Permission.EVENTS_READ)
                found[principal] = current if listens else None
        for subscriber in subscribers:
            # One whose caller was replaced meanwhile is looked at in the next round.
            if subscriber.principal in found:
                subscriber.confirm(found[subscriber.principal])
