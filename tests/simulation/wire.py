"""The network between us and the PSP: requests that never arrive, arrive late, are refused, or whose answer is lost.

A request that has left us is the network's: our process may die, and it arrives all the same.
"""

from collections.abc import Callable
from random import Random
from typing import Any, Final, Protocol, TypeVar

from tests.simulation.faults import Faults
from tests.simulation.psp import Psp
from tests.simulation.steps import Steps

T = TypeVar("T")

# The gateway's own bound for one call.
_CALL_SECONDS_MAX: Final = 12.0


class NotSent(Exception):
    """No connection: the request certainly never left us."""


class NoAnswer(Exception):
    """Nothing is known of the request: not whether it arrived, nor what came of it."""


class Boundary(Protocol):
    """Where our process may die, or stand still for a while."""

    async def __call__(self, kind: str) -> None: ...


class Wire:
    """One process's way to the PSPs."""

    def __init__(self, steps: Steps, faults: Faults, rng: Random, boundary: Boundary) -> None:
        self._steps = steps
        self._faults = faults
        self._rng = rng
        self._boundary = boundary

    def down(self) -> bool:
        """Whether a mere look at whether the PSP answers fails."""
        return self._faults.hit("psp.connection_refused", detail="check")

    async def read(self, ask: Callable[[], T]) -> T:
        """A question that changes nothing. Raises `NoAnswer`, and whatever the PSP answers with."""
        await self._boundary("before_psp")
        hit = self._faults.hit
        if hit("psp.never_arrives") or hit("psp.error_undone"):
            await self._steps.pause(_CALL_SECONDS_MAX)
            raise NoAnswer
        await self._travel()
        answer = ask()
        await self._travel()
        await self._boundary("after_psp")
        return answer

    async def order(self, psp: Psp, key: str | None, act: Callable[[], T]) -> T:
        """A request that moves something. Raises `NotSent`, `NoAnswer`, and whatever the PSP answers with."""
        await self._boundary("before_psp")
        hit = self._faults.hit
        if hit("psp.connection_refused"):
            raise NotSent
        if hit("psp.error_undone"):
            await self._travel()
            raise NoAnswer
        if hit("psp.never_arrives"):
            await self._steps.pause(_CALL_SECONDS_MAX)
            raise NoAnswer
        for kind, soonest, latest in (
            ("psp.arrives_late", 13, 80),
            ("psp.arrives_after_90_seconds", 91, 1500),
        ):
            if hit(kind):
                seconds = self._rng.uniform(soonest, latest)
                self._steps.start("late request", self._arrive(act), seconds=seconds)
                await self._steps.pause(_CALL_SECONDS_MAX)
                raise NoAnswer
        if key is not None and key not in psp.under_way and hit("psp.slow"):
            return await self._slowly(psp, key, act)
        await self._travel()
        return await self._answered(act)

    async def _answered(self, act: Callable[[], T]) -> T:
        lost = self._faults.hit("psp.reply_lost") or self._faults.hit("psp.error_done")
        try:
            answer = act()
        except Exception:
            if lost:
                raise NoAnswer from None
            raise
        if lost:
            await self._steps.pause(_CALL_SECONDS_MAX)
            raise NoAnswer
        await self._travel()
        await self._boundary("after_psp")
        return answer

    async def _slowly(self, psp: Psp, key: str, act: Callable[[], T]) -> T:
        """The PSP takes its time, with the key in use; we wait for it no longer than we ever do."""
        seconds = self._rng.uniform(1, 40)
        done: list[Any] = []
        psp.under_way.add(key)
        self._steps.start("slow PSP", self._finish(psp, key, act, done), seconds=seconds)
        await self._steps.pause(_CALL_SECONDS_MAX, until=lambda: bool(done))
        if not done:
            raise NoAnswer
        answer = done[0]
        if isinstance(answer, Exception):
            raise answer
        await self._boundary("after_psp")
        return answer  # type: ignore[no-any-return]

    async def _finish(self, psp: Psp, key: str, act: Callable[[], Any], done: list[Any]) -> None:
        psp.under_way.discard(key)
        try:
            done.append(act())
        except Exception as refused:
            done.append(refused)

    async def _arrive(self, act: Callable[[], Any]) -> None:
        try:
            act()
        except Exception as refused:
            del refused

    async def _travel(self) -> None:
        await self._steps.pause(self._rng.uniform(0.01, 0.4))
