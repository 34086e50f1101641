"""`python -m tests.simulation --seeds 10000`: runs seeds until one breaks a law, and says what was thrown at them."""

import argparse
import asyncio
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from tests.simulation.ground import Ground
from tests.simulation.plants import NO_PLANT, PLANTS
from tests.simulation.running import Outcome, run_seed

_BATCH = 25


def main() -> int:
    """Answers 1 when a seed broke a law."""
    asked = _asked()
    if asked.seed is not None:
        (outcome,) = _run_batch([asked.seed], asked.plant, trace=asked.trace)
        print("\n".join(outcome.trace))
        print(f"seed {outcome.seed}: {outcome.steps} steps, {outcome.broken or 'clean'}")
        return int(outcome.broken is not None)
    started = time.monotonic()
    faults: Counter[str] = Counter()
    seeds = steps = 0
    broken: Outcome | None = None
    for outcome in _outcomes(asked):
        seeds, steps, faults = seeds + 1, steps + outcome.steps, faults + outcome.faults
        if outcome.broken is not None:
            broken = outcome
            break
        if seeds % 500 == 0:
            print(f"… {seeds} seeds, {steps} steps", file=sys.stderr)
    seconds = time.monotonic() - started
    for kind, count in sorted(faults.items()):
        print(f"{count:9}  {kind}")
    print(f"{faults.total():9}  faults injected")
    print(f"{seeds} seeds, {steps} steps in {seconds:.0f} s: {seeds / seconds:.1f} seeds a second")
    if broken is None:
        print("all clean")
        return 0
    plant = f" --plant {asked.plant}" if asked.plant else ""
    (again,) = _run_batch([broken.seed], asked.plant, trace=True)
    print("\n".join(again.trace))
    print(f"seed {broken.seed} broke a law: {broken.broken}")
    print(f"replay: python -m tests.simulation{plant} --seed {broken.seed} --trace")
    return 1


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.simulation", description=__doc__)
    parser.add_argument("--seeds", type=int, default=1000, help="how many")
    parser.add_argument("--from", dest="first", type=int, default=0, help="the first one")
    parser.add_argument("--seed", type=int, help="this one alone")
    parser.add_argument("--trace", action="store_true", help="show it step by step")
    parser.add_argument("--plant", choices=sorted(PLANTS), help="a bug to be found")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes")
    return parser.parse_args()


def _outcomes(asked: argparse.Namespace) -> Iterator[Outcome]:
    """In the order of the seeds, so that the first one that breaks a law is the first one told."""
    seeds = range(asked.first, asked.first + asked.seeds)
    batches = [list(seeds[start : start + _BATCH]) for start in range(0, len(seeds), _BATCH)]
    if asked.jobs == 1:
        for batch in batches:
            yield from _run_batch(batch, asked.plant)
        return
    with ProcessPoolExecutor(asked.jobs, mp_context=get_context("spawn")) as pool:
        try:
            for outcomes in pool.map(_run_batch, batches, [asked.plant] * len(batches)):
                yield from outcomes
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _run_batch(seeds: list[int], plant: str | None, *, trace: bool = False) -> list[Outcome]:
    return asyncio.run(_batch(seeds, plant, trace=trace))


async def _batch(seeds: list[int], plant: str | None, *, trace: bool) -> list[Outcome]:
    planted = PLANTS[plant] if plant else NO_PLANT
    ground = await Ground.laid(planted.database)
    try:
        outcomes = []
        for seed in seeds:
            outcomes.append(await run_seed(ground, seed, plant=planted, trace=trace))
            if outcomes[-1].broken is not None:
                break
        return outcomes
    finally:
        await ground.close()


if __name__ == "__main__":
    sys.exit(main())
