"""Our worker, by the rules of `app.worker`: claims what is due, does it, and tries again later what went wrong."""

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from app.worker import LEASE_SECONDS
from core import work
from payments.errors import GatewayUnavailable, WebhookForged
from tests.simulation.house import House

if TYPE_CHECKING:
    from tests.simulation.world import World

_AT_ONCE_MAX: Final = 16
_RETRY_SECONDS_MAX: Final = 600


class Worker:
    """Runs for as long as the world does, over every crash. `busy` says whether something is being done."""

    def __init__(self, world: "World") -> None:
        self._world = world
        self._process = world.processes["worker"]
        self.running = 0
        self.done = 0

    async def run(self) -> None:
        from tests.simulation.world import ConnectionLost

        world, steps = self._world, self._world.steps
        while True:
            await steps.pause(None, until=self._called_for)
            try:
                claimed = await world.call(self._process, self._claim)
            except ConnectionLost:
                continue
            for item in claimed:
                steps.start(f"work {item.kind}", self._handle(item))

    def _called_for(self) -> bool:
        due = self._world.work_due()
        return due is not None and due <= self._world.steps.now and self.running < _AT_ONCE_MAX

    async def _claim(self, house: House) -> list[work.Work]:
        async with house.database.transaction() as session:
            return await work.claim(
                session,
                kinds=sorted(house.handlers),
                now=self._world.steps.now,
                lease_seconds=LEASE_SECONDS,
                limit=_AT_ONCE_MAX - self.running,
            )

    async def _handle(self, item: work.Work) -> None:
        from tests.simulation.world import ConnectionLost

        self.running += 1
        self.done += 1
        self._world.note(f"{item.kind} {item.subject}, try {item.attempts}")
        try:
            await self._world.call(self._process, lambda house: self._do(house, item))
        except ConnectionLost:
            return
        finally:
            self.running -= 1

    async def _do(self, house: House, item: work.Work) -> None:
        try:
            await house.handlers[item.kind](item)
        except (GatewayUnavailable, WebhookForged):
            wait_seconds = min(2 ** min(item.attempts, 10), _RETRY_SECONDS_MAX)
            due_at = self._world.steps.now + timedelta(seconds=wait_seconds)
            async with house.database.transaction() as session:
                await work.postpone(session, item, due_at=due_at)
