"""Whether PSPs answer at the moment, as this process has seen it: so that a payment starts where it can go through.

It decides only where a new attempt begins. What became of one that was begun is never guessed from it.
"""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import structlog

from core.clock import Clock
from payments.errors import GatewayUnavailable
from payments.gateway import Gateway

log = structlog.get_logger()

_FRESH: Final = timedelta(seconds=10)
# A customer's page waits for this, at most once in a while.
_CHECK_SECONDS_MAX: Final = 2


@dataclass(frozen=True, slots=True)
class Beat:
    """What was seen last."""

    alive: bool
    seen_at: datetime


class Pulse:
    """Remembers what each account's last call told; asks when that is old."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._beats: dict[str, Beat] = {}

    def note(self, account: str, *, alive: bool) -> None:
        """A call has shown it."""
        before = self._beats.get(account)
        if before is None or before.alive != alive:
            log.info("psp.pulse", account=account, alive=alive)
        self._beats[account] = Beat(alive, self._clock())

    async def alive(self, account: str, gateway: Gateway) -> bool:
        """Whether the PSP answers; asked about at most once in ten seconds, and for two at most."""
        beat = self._beats.get(account)
        if beat is not None and self._clock() - beat.seen_at < _FRESH:
            return beat.alive
        try:
            async with asyncio.timeout(_CHECK_SECONDS_MAX):
                await gateway.check()
        except (GatewayUnavailable, TimeoutError):
            self.note(account, alive=False)
        else:
            self.note(account, alive=True)
        return self._beats[account].alive
