"""Some seeds run clean, the planted bugs are found, and a seed is the same seed each time.

`python -m tests.simulation` runs as many seeds as there is time for; these are for every day.
"""

from collections import Counter
from collections.abc import AsyncIterator

import pytest

from tests.simulation.ground import Ground
from tests.simulation.many import outcomes_of
from tests.simulation.plants import PLANTS
from tests.simulation.running import run_seed

SEEDS = 80
# Where each bug shows itself: a short stretch of seeds, so that the proof is quick.
FOUND_IN = {
    "skip_lock": range(15, 60),
    "forget_key": range(0, 30),
    "ack_early": range(40, 100),
}


@pytest.fixture
async def ground() -> AsyncIterator[Ground]:
    laid = await Ground.laid()
    yield laid
    await laid.close()


@pytest.mark.slow
async def test_seeds_run_clean_and_get_somewhere(ground: Ground) -> None:
    reached: Counter[str] = Counter()
    faults: Counter[str] = Counter()
    for seed in range(SEEDS):
        outcome = await run_seed(ground, seed)
        assert outcome.broken is None, f"seed {seed}: {outcome.broken}"
        reached += outcome.reached
        faults += outcome.faults

    ends = ("attempt: succeeded", "order: capture succeeded", "order: refund succeeded")
    assert [] == [end for end in ends if not reached[end]]
    boundaries = ("before_commit", "after_commit", "before_psp", "after_psp")
    assert [] == [each for each in boundaries if not faults[f"house.crash.{each}"]]


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(FOUND_IN))
async def test_a_planted_bug_is_found(name: str) -> None:
    ground = await Ground.laid(PLANTS[name].database)
    try:
        for seed in FOUND_IN[name]:
            broken = (await run_seed(ground, seed, plant=PLANTS[name])).broken
            if broken is not None and broken.startswith("LawBroken"):
                return
    finally:
        await ground.close()
    pytest.fail(f"{name} was not found")


@pytest.mark.parametrize("seed", [5, 7])
async def test_a_seed_replays_step_by_step(ground: Ground, seed: int) -> None:
    """Ids, keys and tokens are random each time; what happens is not."""
    first = await run_seed(ground, seed, trace=True)
    other = await Ground.laid()
    second = await run_seed(other, seed, trace=True)
    await other.close()

    assert first.trace == second.trace
    assert (first.steps, first.faults) == (second.steps, second.faults)
    assert len(first.trace) > 20


def test_many_seeds_are_told_in_order() -> None:
    outcomes = outcomes_of(range(4), None, jobs=1)

    assert [0, 1, 2, 3] == [outcome.seed for outcome in outcomes]
