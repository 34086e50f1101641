"""The carrier's worker: does what is due, again if it failed, a bounded number of times."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping

from channels.simulator.clock import now_ms
from channels.simulator.exchange import Exchange
from channels.simulator.messages import Channel
from channels.simulator.networks.port import Network
from channels.simulator.store import Task

TRIES_MAX = 6
FIRST_RETRY_MS = 500
AT_ONCE_MAX = 16

log = logging.getLogger(__name__)


class Courier:
    """Runs until cancelled. What it was doing then is done again after a restart."""

    def __init__(self, exchange: Exchange, networks: Mapping[Channel, Network]) -> None:
        self._exchange = exchange
        self._networks = networks
        self._running: dict[int, asyncio.Task[None]] = {}

    async def run(self) -> None:
        store = self._exchange.store
        with self._exchange.changes.listen() as changed:
            while not self._exchange.changes.closed:
                changed.clear()
                room = AT_ONCE_MAX - len(self._running)
                # Those running are still in the table, so ask for enough to see past them.
                for task in store.due(now_ms(), limit=2 * AT_ONCE_MAX):
                    if room > 0 and task.id not in self._running:
                        self._start(task, changed)
                        room -= 1
                try:
                    async with asyncio.timeout(self._seconds_to_wait()):
                        await changed.wait()
                except TimeoutError:
                    continue

    async def stop(self) -> None:
        for running in self._running.values():
            running.cancel()
        await asyncio.gather(*self._running.values(), return_exceptions=True)

    def _seconds_to_wait(self) -> float | None:
        due_at = self._exchange.store.next_due()
        if due_at is None:
            return None
        # A running task is due already; its end wakes the loop, so this is only a net under that.
        return max((due_at - now_ms()) / 1000, 0.5 if self._running else 0.001)

    def _start(self, task: Task, changed: asyncio.Event) -> None:
        running = asyncio.create_task(self._carry_out(task))
        self._running[task.id] = running

        def finished(done: asyncio.Task[None]) -> None:
            self._running.pop(task.id, None)
            changed.set()
            if not done.cancelled() and done.exception() is not None:
                log.error("task.crashed kind=%s", task.kind, exc_info=done.exception())

        running.add_done_callback(finished)

    async def _carry_out(self, task: Task) -> None:
        store = self._exchange.store
        message = store.get(task.message_id)
        done = True
        try:
            if message is not None:
                done = await self._networks[message.channel].carry_out(task, now=now_ms())
        except Exception:
            # One odd task must not come back for ever and hold up the others.
            store.done(task.id)
            raise
        if done or task.tries + 1 >= TRIES_MAX:
            store.done(task.id)
            self._exchange.unmasked.pop(task.id, None)
            if not done:
                log.warning("task.given_up kind=%s message_id=%s", task.kind, task.message_id)
        else:
            store.postpone(task.id, due_at=now_ms() + FIRST_RETRY_MS * 2**task.tries)
