"""The figures of requests that write: links made, reports taken in."""

import asyncio
import statistics
from collections.abc import Iterator, Sequence
from typing import Any, Final

from tests.bench.feed.measures import Child
from tests.bench.ratios import Ratio
from tests.bench.writes.asking import Asked, Pace, asking, pace

AT_ONCE: Final = 16
_ROUNDS: Final = 5
_A_ROUND: Final = 200
_NAMES: Final = {"link": "write: links made", "webhook": "write: PSP reports taken in"}


def ratios(url: str | None = None) -> Iterator[Ratio]:
    """On SQLite, or on the PostgreSQL database of this URL. The two take turns."""
    where = "PostgreSQL" if url else "SQLite"
    with Child("tests.bench.writes.servers", *([url] if url else [])) as server:
        hello = server.answer()
        for what, name in _NAMES.items():
            paces: dict[str, list[Pace]] = {"ours": [], "bare": []}
            for turn in range(_ROUNDS + 1):
                for who, found in paces.items():
                    requests = _requests(hello, what, who, f"{who}{turn}")
                    found.append(asyncio.run(pace(hello["ports"][who], requests, at_once=AT_ONCE)))
            count = hello["statements"][what]
            against = f"FastAPI, the plain driver, the same {count} statements"
            ours, bare = (_median([p.a_second for p in paces[who][1:]]) for who in paces)
            yield Ratio(f"{name}, {where}", ours, bare, "/ s", "higher", 0.5, against)
            ours, bare = (_median([p.p99_milliseconds for p in paces[who][1:]]) for who in paces)
            yield Ratio(f"{name}, {where}, p99", ours, bare, "ms", "lower", None, against)


def _requests(hello: dict[str, Any], what: str, who: str, mark: str) -> Sequence[Asked]:
    if who == "bare":
        return [Asked(f"/{what}", {}, "{}")] * _A_ROUND
    numbers = [f"{what}{mark}n{number}" for number in range(_A_ROUND)]
    return [asking(what, number, hello["key"], hello["account"]) for number in numbers]


def _median(values: Sequence[float]) -> float:
    return statistics.median(values)
