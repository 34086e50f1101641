"""Runs pairs of code side by side and says how many times slower ours is."""

import statistics
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Result:
    """Acts a second by the median round, and the median of the rounds' own ratios."""

    name: str
    against: str
    ours_per_second: int
    bare_per_second: int
    times_slower: str


async def measure(case: Case) -> Result:
    """The two take turns, so that what else the machine does falls on both."""
    ours, bare = [], []
    for _ in range(ROUNDS + 1):
        ours.append(await _seconds(case.ours, case.count))
        bare.append(await _seconds(case.bare, case.count))
    # The first round warms the caches.
    ours, bare = ours[1:], bare[1:]
    ratio = statistics.median(one / two for one, two in zip(ours, bare, strict=True))
    return Result(
        case.name,
        case.against,
        round(case.count / statistics.median(ours)),
        round(case.count / statistics.median(bare)),
        f"{ratio:.1f}",
    )


async def _seconds(act: Act, count: int) -> float:
    started = time.perf_counter()
    for _ in range(count):
        await act()
    return time.perf_counter() - started
