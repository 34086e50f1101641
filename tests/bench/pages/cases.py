"""The figures of the customer's page: how often it is served, how many of its reports are taken."""

import asyncio
import statistics
from collections.abc import Callable, Iterator
from typing import Final

from tests.bench.feed.measures import Child
from tests.bench.pages.asking import Page, report, view
from tests.bench.ratios import Ratio
from tests.bench.writes.asking import Asked, Pace, pace
from tests.bench.writes.cases import AT_ONCE

_ROUNDS: Final = 5
_A_ROUND: Final = 200
_WHAT: Final[dict[str, tuple[str, Callable[[Page], Asked], Asked]]] = {
    "view": ("page: views", view, Asked("/page", {}, "", "GET")),
    "report": ("page: progress reports", report, Asked("/progress", {}, "{}")),
}


def ratios(url: str | None = None) -> Iterator[Ratio]:
    """On SQLite, or on the PostgreSQL database of this URL. The two take turns."""
    where = "PostgreSQL" if url else "SQLite"
    with Child("tests.bench.pages.servers", *([url] if url else [])) as server:
        hello = server.answer()
        for what, (name, ask, bare_one) in _WHAT.items():
            # Each report comes from a page view of its own, which is one more row than a second report has.
            rest = iter([Page(*each) for each in hello["pages"]])
            ours: list[Pace] = []
            bare: list[Pace] = []
            for _ in range(_ROUNDS + 1):
                asked = [ask(next(rest)) for _ in range(_A_ROUND)]
                ours.append(asyncio.run(pace(hello["ports"]["ours"], asked, at_once=AT_ONCE)))
                same = [bare_one] * _A_ROUND
                bare.append(asyncio.run(pace(hello["ports"]["bare"], same, at_once=AT_ONCE)))
            yield from _compared(f"{name}, {where}", ours, bare, hello["statements"][what])


def _compared(name: str, ours: list[Pace], bare: list[Pace], statements: int) -> Iterator[Ratio]:
    """The median round; the first one warms the caches."""
    against = f"FastAPI, the plain driver, the same {statements} statements"

    def middle(of: Callable[[Pace], float]) -> tuple[float, float]:
        return statistics.median(map(of, ours[1:])), statistics.median(map(of, bare[1:]))

    fast, bare_fast = middle(lambda one: one.a_second)
    yield Ratio(name, fast, bare_fast, "/ s", "higher", None, against)
    slow, bare_slow = middle(lambda one: one.p99_milliseconds)
    yield Ratio(f"{name}, p99", slow, bare_slow, "ms", "lower", None, against)
