"""Many seeds, in several processes."""

import asyncio
import gc
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Final

from tests.simulation.ground import Ground
from tests.simulation.plants import NO_PLANT, PLANTS
from tests.simulation.running import Outcome, run_seed

_BATCH: Final = 100
_SWEPT_EVERY: Final = 20


def outcomes_of(seeds: Sequence[int], plant: str | None, *, jobs: int) -> Iterator[Outcome]:
    """In the order of the seeds, so that the first one that breaks a law is the first one told."""
    batches = [seeds[start : start + _BATCH] for start in range(0, len(seeds), _BATCH)]
    if jobs == 1:
        for batch in batches:
            yield from run_batch(batch, plant)
        return
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        try:
            for outcomes in pool.map(run_batch, batches, [plant] * len(batches)):
                yield from outcomes
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def run_batch(seeds: Sequence[int], plant: str | None, *, trace: bool = False) -> list[Outcome]:
    """One after the other, until one breaks a law."""
    return asyncio.run(_run(seeds, plant, trace=trace))


async def _run(seeds: Sequence[int], plant: str | None, *, trace: bool) -> list[Outcome]:
    planted = PLANTS[plant] if plant else NO_PLANT
    ground = await Ground.laid(planted.database)
    # What a seed leaves behind is swept up between seeds; looking for it all the time costs a sixth of the run.
    gc.disable()
    try:
        outcomes: list[Outcome] = []
        for number, seed in enumerate(seeds):
            if number % _SWEPT_EVERY == 0:
                gc.collect()
            outcomes.append(await run_seed(ground, seed, plant=planted, trace=trace))
            if outcomes[-1].broken is not None:
                break
        return outcomes
    finally:
        gc.enable()
        await ground.close()
