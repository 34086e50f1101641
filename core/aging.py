"""A bounded cache that lets go of what it has held for long, whoever asks for it meanwhile."""

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Final, Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

# Seconds that only ever grow; where they begin means nothing.
Ticks = Callable[[], float]
MONOTONIC: Final[Ticks] = time.monotonic


class Aging(Generic[K, V]):
    """Holds at most `most` values, each for `seconds` after it was put; the oldest goes first."""

    def __init__(self, *, seconds: float, most: int, ticks: Ticks = MONOTONIC) -> None:
        self._seconds = seconds
        self._most = most
        self._ticks = ticks
        self._held: OrderedDict[K, tuple[float, V]] = OrderedDict()

    def get(self, key: K) -> V | None:
        """The value, unless it was never put, or too long ago."""
        found = self._held.get(key)
        if found is None:
            return None
        if self._ticks() - found[0] >= self._seconds:
            del self._held[key]
            return None
        return found[1]

    def put(self, key: K, value: V) -> None:
        """Holds the value from now on; its age begins anew."""
        self._held.pop(key, None)
        self._held[key] = (self._ticks(), value)
        while len(self._held) > self._most:
            self._held.popitem(last=False)

    def drop(self, key: K) -> None:
        """Lets go of it at once."""
        self._held.pop(key, None)
