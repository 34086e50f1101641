"""Wakes whoever waits for the next change: the open streams and the carrier's worker."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

LISTENERS_MAX = 64


class Changes:
    """Each listener has one flag of its own, so a slow one misses no wake-up and holds up nobody."""

    def __init__(self) -> None:
        self._listeners: set[asyncio.Event] = set()
        self.closed = False

    @property
    def full(self) -> bool:
        return len(self._listeners) >= LISTENERS_MAX

    def announce(self) -> None:
        for listener in self._listeners:
            listener.set()

    def close(self) -> None:
        """Ends every wait for good; each listener sees `closed` and leaves."""
        self.closed = True
        self.announce()

    @contextmanager
    def listen(self) -> Iterator[asyncio.Event]:
        flag = asyncio.Event()
        self._listeners.add(flag)
        try:
            yield flag
        finally:
            self._listeners.discard(flag)
