"""Where a process of ours may die or stand still: around every commit, every read and every call to the PSP."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from random import Random
from typing import Any, Final

from core.database import Database, Prepared, Row, Session
from tests.simulation.faults import Faults
from tests.simulation.steps import Killed, Steps

# The name of whoever brings one.
WEBHOOK: Final = "webhook"


class Boundaries:
    """Call it at a boundary; `die` is told the name of the process that is to end."""

    def __init__(
        self, steps: Steps, faults: Faults, rng: Random, die: Callable[[str], None]
    ) -> None:
        self._steps = steps
        self._faults = faults
        self._rng = rng
        self._die = die
        # How long a step inside our house takes at most; most take no time worth counting.
        self._slowness = rng.choice([0.0, 0.0, 0.2, 2.0])

    async def __call__(self, kind: str, *, seconds: float = 0) -> None:
        """`seconds`: what the step takes at most, in a house that is not slow."""
        actor = self._steps.current
        if actor is None or actor.process is None:
            await self._steps.pause()
            return
        self.perhaps_die(kind)
        if self._faults.hit("house.stall"):
            await self._steps.pause(self._rng.uniform(15, 300))
        else:
            await self._steps.pause(self._rng.random() * max(self._slowness, seconds))

    def perhaps_die(self, kind: str) -> None:
        """Raises `Killed` if the process of the current actor ends here."""
        actor = self._steps.current
        if actor is None or actor.process is None:
            return
        # What is told by webhook alone is lost for ever if it is lost here: this is where to try hardest.
        told = actor.name == WEBHOOK
        if self._faults.hit("house.crash_at_webhook" if told else "house.crash", detail=kind):
            self._die(actor.process)
            raise Killed


class SteppedDatabase(Database):
    """The real database, with a boundary before and after each commit, and before each read.

    Between the boundaries nobody else runs, as on SQLite nobody else writes.
    """

    boundary: Boundaries
    # Called after each commit.
    committed: Callable[[], None] = staticmethod(lambda: None)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Session]:
        await self.boundary("before_transaction")
        async with super().transaction() as session:
            yield session
        self.committed()
        await self.boundary("after_commit")

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[Session]:
        await self.boundary("before_read")
        async with super().snapshot() as session:
            yield session

    async def ask(self, prepared: Prepared, **values: Any) -> list[Row]:
        await self.boundary("before_read")
        return await super().ask(prepared, **values)

    async def about_to_commit(self, _: Session) -> None:
        """The last hook before the commit: everything is written, nothing is durable."""
        self.boundary.perhaps_die("before_commit")
