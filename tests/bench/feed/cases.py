"""The feed's figures: fan-out, delay, memory."""

import statistics
from collections.abc import Iterator
from typing import Final

from tests.bench.feed.measures import (
    bytes_a_socket,
    delays_milliseconds,
    deliveries_a_cpu_second,
    stand,
)
from tests.bench.ratios import Ratio

BROADCAST: Final = "`websockets.broadcast`, without rights, bounds or journal"
_IDLE: Final = 1000
_ROUNDS: Final = 11
_WARM_UP: Final = 2


def ratios() -> Iterator[Ratio]:
    """One after the other, so that each server has the processor to itself."""
    for sockets in (500, 2000):
        yield from _fan_out(sockets)
    yield from _delay(500)
    ours, bare = bytes_a_socket("ours", _IDLE), bytes_a_socket("fastapi", _IDLE)
    name = "feed: memory of an idle socket"
    yield Ratio(name, ours, bare, "bytes", "lower", 1.25, "a WebSocket route of FastAPI")


def _fan_out(sockets: int) -> Iterator[Ratio]:
    """In turns, so that what else the machine does falls on both. The first rounds warm the caches."""
    found: dict[str, list[float]] = {"bare": [], "single": [], "together": []}
    with stand("bare", sockets) as bare, stand("ours", sockets) as ours:
        for _ in range(_ROUNDS + _WARM_UP):
            found["bare"].append(deliveries_a_cpu_second(bare, together=1))
            found["single"].append(deliveries_a_cpu_second(ours, together=1))
            found["together"].append(deliveries_a_cpu_second(ours, together=64))
    middle = {name: statistics.median(rounds[_WARM_UP:]) for name, rounds in found.items()}
    unit, head = "/ CPU s", f"feed: deliveries to {sockets} sockets"
    for name, key, target in (("one a write", "single", 1.6), ("64 ready together", "together", 8)):
        yield Ratio(
            f"{head}, {name}", middle[key], middle["bare"], unit, "higher", target, BROADCAST
        )


def _delay(sockets: int) -> Iterator[Ratio]:
    found = {}
    for kind in ("bare", "ours"):
        with stand(kind, sockets) as one:
            delays_milliseconds(one, count=100, a_second=100)
            found[kind] = delays_milliseconds(one, count=1000, a_second=100)
    for name, share in (("p50", 0.5), ("p99", 0.99)):
        ours, bare = (found[kind][int(len(found[kind]) * share)] for kind in ("ours", "bare"))
        head = f"feed: commit to agent, 100 events/s to {sockets}, {name}"
        yield Ratio(head, ours, bare, "ms", "lower", 1.2 if name == "p99" else None, BROADCAST)
