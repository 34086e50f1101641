"""Runs pairs of code side by side."""

import statistics
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from tests.bench.ratios import Ratio

Act = Callable[[], Awaitable[None]]
ROUNDS = 7


@dataclass(frozen=True, slots=True)
class Case:
    """`ours` and `bare` do the same work `count` times a round; `bare` does it with nothing of ours."""

    name: str
    ours: Act
    bare: Act
    count: int
    against: str


async def measure(case: Case) -> Ratio:
    """Acts a second by the median round. The two take turns, so that what else the machine does falls on both."""
    ours, bare = [], []
    for _ in range(ROUNDS + 1):
        ours.append(await _seconds(case.ours, case.count))
        bare.append(await _seconds(case.bare, case.count))
    # The first round warms the caches.
    fast, bare_fast = (case.count / statistics.median(rounds[1:]) for rounds in (ours, bare))
    return Ratio(case.name, fast, bare_fast, "/ s", "higher", None, case.against)


async def _seconds(act: Act, count: int) -> float:
    started = time.perf_counter()
    for _ in range(count):
        await act()
    return time.perf_counter() - started
