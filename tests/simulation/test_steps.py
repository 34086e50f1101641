"""One actor at a time, in an order that the seed alone decides."""

from random import Random

import pytest

from tests.simulation.steps import START, Killed, Steps, Stuck


async def walked(seed: int) -> list[str]:
    """Three actors of three steps each, as they came."""
    steps = Steps(Random(seed))
    seen: list[str] = []

    async def walk(name: str) -> None:
        for number in range(3):
            seen.append(f"{name}{number}")
            await steps.pause()

    for name in "abc":
        steps.start(name, walk(name))
    await steps.run(steps_max=100)
    return seen


async def test_a_seed_decides_the_order() -> None:
    assert await walked(1) == await walked(1)
    assert len({tuple(await walked(seed)) for seed in range(10)}) > 5


async def test_time_jumps_to_whoever_waits_longest_last() -> None:
    steps = Steps(Random(1))
    seen: list[tuple[str, int]] = []

    async def wait(name: str, seconds: int) -> None:
        await steps.pause(seconds)
        seen.append((name, round((steps() - START).total_seconds())))

    for name, seconds in (("day", 86_400), ("minute", 60), ("hour", 3600)):
        steps.start(name, wait(name, seconds))
    await steps.run(steps_max=100)

    assert [("minute", 60), ("hour", 3600), ("day", 86_400)] == seen


async def test_a_process_that_dies_takes_everybody_inside_along() -> None:
    steps = Steps(Random(1))
    seen: list[str] = []

    async def work(name: str) -> None:
        try:
            await steps.pause(10)
        except Killed:
            seen.append(f"{name} died")
            raise
        seen.append(f"{name} went on")

    async def die() -> None:
        await steps.pause(1)
        assert 1 == steps.doom("service")

    steps.start("inside", work("inside"), process="service")
    steps.start("outside", work("outside"))
    steps.start("power", die())
    await steps.run(steps_max=100)

    assert ["inside died", "outside went on"] == seen


async def test_what_an_actor_raises_stops_the_seed() -> None:
    steps = Steps(Random(1))

    async def fail() -> None:
        raise ValueError("as found")

    steps.start("broken", fail())
    with pytest.raises(ValueError, match="as found"):
        await steps.run(steps_max=100)


async def test_a_seed_is_bounded() -> None:
    steps = Steps(Random(1))

    async def forever() -> None:
        while True:
            await steps.pause()

    steps.start("forever", forever())
    with pytest.raises(Stuck):
        await steps.run(steps_max=10)
    await steps.abandon()
