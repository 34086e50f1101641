"""Who acts next? One actor runs at a time, from one boundary to the next; the seed picks who.

Time is simulated: it stands still while an actor runs, moves a little with every step, and jumps when everybody waits.
"""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any, Final

START: Final = datetime(2026, 11, 22, 13, 24, 5, tzinfo=UTC)
_TICK: Final = timedelta(milliseconds=3)
_NEVER: Final = datetime.max.replace(tzinfo=UTC)


class Killed(BaseException):
    """The process that ran this code is gone. No product code may catch it to go on."""


class Stuck(Exception):
    """More steps than a seed may take."""


@dataclass(eq=False)
class Actor:
    """One thread of activity. `process` names the process of ours whose code it is in, if any."""

    name: str
    wake_at: datetime = START
    until: Callable[[], bool] | None = None
    gate: "asyncio.Future[None] | None" = None
    process: str | None = None
    doomed: bool = False
    ended: bool = False
    error: BaseException | None = None
    task: "asyncio.Task[None] | None" = field(default=None, repr=False)


class Steps:
    """The scheduler, and the clock: call it for the time."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.now = START
        self.count = 0
        self.current: Actor | None = None
        self.stopped: BaseException | None = None
        # Something outside the actors that may be due: the work in the database.
        self.also_due: Callable[[], datetime | None] = lambda: None
        self._actors: list[Actor] = []
        self._handed_back: asyncio.Future[None] | None = None

    def __call__(self) -> datetime:
        return self.now

    def start(
        self,
        name: str,
        job: Coroutine[Any, Any, None],
        *,
        seconds: float = 0,
        process: str | None = None,
    ) -> Actor:
        """A new actor, which takes its first step when it is picked."""
        actor = Actor(name, self.now + timedelta(seconds=seconds), process=process)
        actor.gate = asyncio.get_running_loop().create_future()
        actor.task = asyncio.create_task(self._live(actor, job))
        self._actors.append(actor)
        return actor

    async def pause(
        self, seconds: float | None = 0, *, until: Callable[[], bool] | None = None
    ) -> None:
        """The current actor waits: so long (None: for ever), or until that is true; and until it is picked."""
        actor = self.current
        assert actor is not None, "only an actor can wait"
        actor.wake_at = _NEVER if seconds is None else self.now + timedelta(seconds=seconds)
        actor.until = until
        actor.gate = asyncio.get_running_loop().create_future()
        self._hand_back()
        await actor.gate
        actor.until = None
        if actor.doomed:
            actor.doomed = False
            raise Killed

    def doom(self, process: str) -> int:
        """Every other actor inside the process dies where it stands. Says how many."""
        found = [a for a in self._actors if a.process == process and a is not self.current]
        for actor in found:
            actor.doomed = True
        return len(found)

    def stop(self, why: BaseException) -> None:
        """Nothing more is run: a law was broken."""
        self.stopped = self.stopped or why

    async def run(self, *, steps_max: int, over: Callable[[], bool] = lambda: False) -> None:
        """Steps until nobody can take one or it is over. Raises what stopped it, and `Stuck`."""
        last = self.count + steps_max
        while self._actors and not over():
            actor = self._next()
            if actor is None:
                return
            if self.count >= last:
                raise Stuck(f"{steps_max} steps, and still at work: {self.names()}")
            await self._step(actor)
            if self.stopped is not None:
                raise self.stopped

    async def abandon(self) -> None:
        """Ends everybody who is left, for the next seed."""
        for actor in self._actors:
            assert actor.task is not None
            actor.task.cancel()
        tasks = [actor.task for actor in self._actors if actor.task is not None]
        self._actors.clear()
        self._handed_back = None
        await asyncio.gather(*tasks, return_exceptions=True)

    def names(self) -> list[str]:
        """Who is there."""
        return [actor.name for actor in self._actors]

    def _next(self) -> Actor | None:
        for actor in self._actors:
            if actor.doomed:
                return actor
        while True:
            ready = [
                a
                for a in self._actors
                if a.wake_at <= self.now or (a.until is not None and a.until())
            ]
            if ready:
                return ready[0] if len(ready) == 1 else self.rng.choice(ready)
            moment = min((a.wake_at for a in self._actors), default=_NEVER)
            due = self.also_due()
            if due is not None and self.now < due < moment:
                moment = due
            if moment >= _NEVER:
                return None
            self.now = max(self.now, moment)

    async def _step(self, actor: Actor) -> None:
        self.count += 1
        self.now += _TICK
        self.current = actor
        self._handed_back = asyncio.get_running_loop().create_future()
        assert actor.gate is not None
        actor.gate.set_result(None)
        await self._handed_back
        self.current = None
        if actor.ended:
            self._actors.remove(actor)
            if actor.error is not None:
                raise actor.error

    async def _live(self, actor: Actor, job: Coroutine[Any, Any, None]) -> None:
        assert actor.gate is not None
        try:
            await actor.gate
            if actor.doomed:
                job.close()
            else:
                await job
        except Killed:
            pass
        except asyncio.CancelledError:
            job.close()
            return
        except BaseException as error:
            actor.error = error
        actor.ended = True
        self._hand_back()

    def _hand_back(self) -> None:
        if self._handed_back is not None and not self._handed_back.done():
            self._handed_back.set_result(None)
