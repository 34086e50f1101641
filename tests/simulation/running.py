"""Runs one seed from its first link until everything is quiet."""

from collections import Counter
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from sqlite3 import Connection
from typing import Any, Final

import structlog

from tests.simulation.agents import Agent
from tests.simulation.customers import Tab
from tests.simulation.ground import Ground
from tests.simulation.plants import NO_PLANT, Plant
from tests.simulation.steps import Stuck
from tests.simulation.trace import Trace
from tests.simulation.worker import Worker
from tests.simulation.world import Owed, World

Job = Coroutine[Any, Any, None]
_ENDS: Final = {
    "link": "SELECT state, count(*) FROM links GROUP BY 1",
    "payment": "SELECT state, count(*) FROM payments WHERE NOT offer GROUP BY 1",
    "attempt": "SELECT state, count(*) FROM attempts GROUP BY 1",
    "order": "SELECT kind || ' ' || state, count(*) FROM money_orders GROUP BY 1",
    "dispute": "SELECT state, count(*) FROM disputes GROUP BY 1",
    "review": "SELECT review, count(*) FROM attempts WHERE review IS NOT NULL GROUP BY 1",
    "flag": "SELECT code, count(*) FROM payment_flags GROUP BY 1",
    "report": "SELECT state, count(*) FROM psp_events GROUP BY 1",
}
_LINKS_MAX: Final = 3
_EVENING_SECONDS: Final = (0, 3600, 4 * 3600, 8 * 3600)
_STEPS_MAX: Final = 1500
_QUIET_STEPS_MAX: Final = 6000


@dataclass
class Outcome:
    """How a seed went. `broken` is what was not as it must be, in words."""

    seed: int
    steps: int
    faults: Counter[str]
    reached: Counter[str] = field(default_factory=Counter)
    broken: str | None = None
    trace: list[str] = field(default_factory=list)


async def run_seed(
    ground: Ground, seed: int, *, plant: Plant = NO_PLANT, trace: bool = False
) -> Outcome:
    """One seed on a fresh file. Never raises for what the product does wrong: the outcome says it."""
    outside = await ground.fresh()
    plant.prepare(outside)
    told = Trace(wanted=trace)
    world = World(seed, ground, outside, trace=told, plant=plant)
    broken = None
    with _quiet_logs():
        try:
            await _run(world)
        except Exception as error:
            broken = told.plain(f"{type(error).__name__}: {error}")
            told.lines.append(f"BROKEN {broken}")
        finally:
            await world.steps.abandon()
            reached = _reached(outside)
            outside.close()
    return Outcome(seed, world.steps.count, world.faults.hits, reached, broken, told.lines)


async def _run(world: World) -> None:
    steps = world.steps
    steps.start("start", world.open())
    await steps.run(steps_max=100)
    worker = Worker(world)
    steps.start("worker", worker.run())
    people = _People(world)
    people.come()
    await steps.run(
        steps_max=_STEPS_MAX + 1, over=lambda: people.gone() or steps.count >= _STEPS_MAX
    )
    world.faults.stop()
    for owed in world.links:
        steps.start("agent", people.agents[owed.link].close_books(owed))
    try:
        await steps.run(steps_max=_QUIET_STEPS_MAX)
    except Stuck:
        # What waits for ever says more than that something does.
        world.laws.judge()
        raise
    steps.start("judge", world.laws.quiet())
    await steps.run(steps_max=1000)


def _reached(outside: Connection) -> Counter[str]:
    """Which ends were reached: a simulation in which nobody pays shows nothing."""
    found: Counter[str] = Counter()
    for what, query in _ENDS.items():
        for state, count in outside.execute(query):
            found[f"{what}: {state}"] += count
    return found


class _People:
    """Everybody who comes to this seed's links."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._here = 0
        self.agents: dict[str, Agent] = {}

        world.visit = self._visit_all

    def come(self) -> None:
        for _ in range(self._world.rng.randint(1, _LINKS_MAX)):
            merchant = self._world.rng.choice(self._world.merchants)
            self._start("agent", self._attend(Agent(self._world, merchant)))
        # When people have gone, banks and networks are not at rest yet.
        self._start("evening", self._world.steps.pause(self._world.rng.choice(_EVENING_SECONDS)))

    def gone(self) -> bool:
        return self._here == 0

    async def _attend(self, agent: Agent) -> None:
        owed = await agent.make()
        if owed is not None:
            await agent.look_after(owed)

    def _visit_all(self, owed: Owed) -> None:
        self.agents[owed.link] = Agent(self._world, owed.merchant)
        tabs = 1 + self._world.faults.hit("customer.second_tab") + (self._world.rng.random() < 0.2)
        # Often all at the same moment: on the phone and at the desk, or by two people.
        apart = self._world.rng.choice([0.0, 0.1, 20, 300])
        first = self._world.rng.choice([0.1, 5, 60]) * self._world.rng.random()
        for _ in range(tabs):
            self._start("tab", self._visit(owed, first + apart * self._world.rng.random()))

    async def _visit(self, owed: Owed, seconds: float) -> None:
        owed.customers += 1
        number = owed.customers
        await self._world.steps.pause(seconds)
        await Tab(self._world, owed, number).live()

    def _start(self, name: str, job: Job) -> None:
        self._here += 1
        self._world.steps.start(name, self._counted(job))

    async def _counted(self, job: Job) -> None:
        try:
            await job
        finally:
            self._here -= 1


@contextmanager
def _quiet_logs() -> Iterator[None]:
    before = structlog.get_config()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    try:
        yield
    finally:
        structlog.configure(**before)
