"""Everything of one seed: the clock, the PSPs, our processes and what holds them together."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from random import Random
from sqlite3 import Connection
from typing import Any, Final, TypeVar

from core.errors import PaythreadError
from tests.simulation.books import NOT_LEFT_TO_PEOPLE
from tests.simulation.boundaries import Boundaries, SteppedDatabase
from tests.simulation.deaf_gateway import DeafGateway
from tests.simulation.far_gateway import FarGateway
from tests.simulation.faults import Faults
from tests.simulation.ground import Ground, Merchant
from tests.simulation.house import House, open_house
from tests.simulation.laws import Laws
from tests.simulation.plants import NO_PLANT, Plant
from tests.simulation.postman import Postman
from tests.simulation.psp import Psp
from tests.simulation.steps import Killed, Steps
from tests.simulation.trace import Trace
from tests.simulation.wire import Wire

T = TypeVar("T")
_MOMENT: Final = "%Y-%m-%d %H:%M:%S.%f"
# Each day's reconciliation is planned for ever; and so is what waits for a person after a wrong amount.
_DUE: Final = f"SELECT min(due_at) FROM work WHERE kind <> 'reconcile.day' AND {NOT_LEFT_TO_PEOPLE}"

_NEW_ENTRIES: Final = "SELECT rowid, * FROM journal_entries WHERE rowid > ? ORDER BY rowid"


class ConnectionLost(Exception):
    """Whoever called us knows nothing: not whether it was done."""


@dataclass
class Process:
    """One process of ours. `house` is None while it is down."""

    name: str
    house: House | None = None


@dataclass
class Owed:
    """A link that was made, as its maker and its customer know it."""

    merchant: Merchant
    link: str
    payment: str
    token: str
    amount: int
    least: int | None = None
    customers: int = field(default=0)


class World:
    """One seed's world."""

    def __init__(
        self,
        seed: int,
        ground: Ground,
        outside: Connection,
        *,
        trace: Trace,
        plant: Plant = NO_PLANT,
    ) -> None:
        self.rng = Random(f"paythread {seed}")
        self.steps = Steps(self.rng)
        self.faults = Faults(self.rng)
        self.trace = trace
        self.plant = plant
        self.outside = outside
        self.merchants = ground.merchants
        self.links: list[Owed] = []
        # The links that a customer has touched; all others were only looked at.
        self.touched: set[str] = set()
        # Called with each link that was made: customers come to it.
        self.visit: Callable[[Owed], None] = lambda _: None
        self.boundary = Boundaries(self.steps, self.faults, self.rng, self._died)
        self.wire = Wire(self.steps, self.faults, self.rng, self.boundary)
        self.psps = {
            account.psp: Psp(account.psp, self.steps, deaf=account.deaf)
            for merchant in ground.merchants
            for account in merchant.accounts
        }
        self.laws = Laws(self)
        self.postman = Postman(self)
        for psp in self.psps.values():
            psp.tell = self.postman.teller(psp)
            psp.moved = self.laws.money_moved
        self._databases = ground.databases
        for database in self._databases.values():
            database.boundary = self.boundary
            database.committed = self._committed
        embedded = self.rng.random() < 0.7
        self.processes = {
            "service": Process("service"),
            "worker": Process("service" if embedded else "worker"),
        }
        if embedded:
            self.processes["worker"] = self.processes["service"]
        self._due: datetime | None = None
        self._due_known = False
        self._told_entry = 0
        self.steps.also_due = self.work_due

    # Our processes

    async def open(self) -> None:
        """Starts our processes."""
        for process in {id(p): p for p in self.processes.values()}.values():
            process.house = await self._opened(process.name)

    async def call(
        self, process: Process, act: Callable[[House], Awaitable[T]], *, who: str = ""
    ) -> T:
        """The current actor calls us from outside. Raises `ConnectionLost`, and what we answer."""
        actor, house = self.steps.current, process.house
        assert actor is not None
        if house is None:
            raise ConnectionLost
        actor.process = process.name
        try:
            answer = await act(house)
        except Killed:
            raise ConnectionLost from None
        except PaythreadError as refused:
            self.note(f"refused: {refused.code}")
            raise
        finally:
            actor.process = None
        if self.faults.hit("http.reply_lost"):
            raise ConnectionLost
        return answer

    def note(self, text: str) -> None:
        """A line of the trace, by the current actor."""
        if self.trace.wanted:
            who = self.steps.current.name if self.steps.current else "-"
            self.trace.note(self.steps.count, self.steps.now, who, text)

    # The work that is due

    def work_due(self) -> datetime | None:
        """When the earliest work in the file is due; None while nobody could do it."""
        if self.processes["worker"].house is None:
            return None
        if not self._due_known:
            text = self.outside.execute(_DUE).fetchone()[0]
            self._due = (
                None if text is None else datetime.strptime(text, _MOMENT).replace(tzinfo=UTC)
            )
            self._due_known = True
        return self._due

    # Within

    def _committed(self) -> None:
        self._due_known = False
        if self.trace.wanted:
            self._note_entries()
        self.laws.committed()

    def _note_entries(self) -> None:
        rows = self.outside.execute(_NEW_ENTRIES, (self._told_entry,)).fetchall()
        for row in rows:
            self._told_entry = row["rowid"]
            about = row["attempt"] or row["payment"] or row["link"] or ""
            self.note(f"    {row['type']} {about} {row['data']}")

    def _died(self, name: str) -> None:
        process = next(p for p in self.processes.values() if p.name == name)
        process.house = None
        others = self.steps.doom(name)
        self.note(f"CRASH of {name}, with {others} others in it")
        seconds = self.rng.choice([0.5, 5.0, 60.0, 400.0])
        self.steps.start(f"start {name}", self._restart(process), seconds=seconds)

    async def _restart(self, process: Process) -> None:
        process.house = await self._opened(process.name)

    async def _opened(self, name: str) -> House:
        database: SteppedDatabase = self._databases[name]

        def gateway(config: Any) -> FarGateway:
            kind = DeafGateway if config["deaf"] else FarGateway
            return kind(
                self.psps[config["psp"]],
                self.wire,
                redirect=config["redirect"],
                fresh_key=self.plant.key_maker(self),
            )

        house = await open_house(database, gateway, self.steps)
        return self.plant.furnished(self, house)
