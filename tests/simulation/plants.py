"""Bugs that are planted to show that the simulation finds them. They are in the harness, never in the product."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from sqlite3 import Connection
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa

from core.database import Database, Prepared, Row, Session
from payments.errors import GatewayUnavailable, WebhookForged
from payments.inbox import Inbox
from tests.simulation.boundaries import WEBHOOK, SteppedDatabase
from tests.simulation.far_gateway import FORGED, SIGNATURE
from tests.simulation.house import House
from tests.simulation.steps import Steps

if TYPE_CHECKING:
    from tests.simulation.world import World

# How long one takes that does not keep others out.
_TRANSACTION_SECONDS: Final = 0.5


class Plant:
    """No bug. The others change one thing each."""

    name = "none"
    database: type[SteppedDatabase] = SteppedDatabase

    def prepare(self, outside: Connection) -> None:
        """Changes the file before the seed begins."""

    def key_maker(self, world: "World") -> Callable[[str], str]:
        """How a gateway makes the idempotency key of a call from the name of the order."""
        return lambda name: name

    def furnished(self, world: "World", house: House) -> House:
        """The house, with the bug in it."""
        return house


class SkipLock(Plant):
    """Locks do nothing: a transaction decides by what it read before another one committed."""

    name = "skip_lock"

    def prepare(self, outside: Connection) -> None:
        """The constraints are the second net below the lock: one live attempt, and one of each card."""
        of_attempts = (
            "SELECT sql FROM sqlite_master WHERE tbl_name = 'attempts' AND sql IS NOT NULL"
        )
        made = [row[0] for row in outside.execute(f"{of_attempts} ORDER BY type DESC").fetchall()]
        outside.execute("DROP TABLE attempts")
        for statement in made:
            if "uq_attempts_live" not in statement:
                outside.execute(statement.replace("UNIQUE (payment, method_hash)", "CHECK (true)"))


class ForgetKey(Plant):
    """Each call to the PSP has a fresh idempotency key."""

    name = "forget_key"

    def key_maker(self, world: "World") -> Callable[[str], str]:
        made: list[str] = []

        def fresh(name: str) -> str:
            made.append(name)
            return f"{name}#{len(made)}#{world.steps.count}"

        return fresh


class AckEarly(Plant):
    """A webhook is acknowledged before what it says is committed."""

    name = "ack_early"

    def furnished(self, world: "World", house: House) -> House:
        return replace(house, inbox=_HastyInbox(house.inbox, world.steps))


class _HastyInbox(Inbox):
    def __init__(self, inbox: Inbox, steps: Steps) -> None:
        self._inbox = inbox
        self._steps = steps

    async def receive(self, account_id: str, headers: Mapping[str, str], body: bytes) -> None:
        if headers[SIGNATURE] == FORGED:
            raise WebhookForged("The signature is not valid.")
        process = self._steps.current.process if self._steps.current else None
        self._steps.start(WEBHOOK, self._later(account_id, headers, body), process=process)

    async def _later(self, account_id: str, headers: Mapping[str, str], body: bytes) -> None:
        try:
            await self._inbox.receive(account_id, headers, body)
        except (GatewayUnavailable, WebhookForged):
            return  # nobody is left to be told


class UnlockedSession(Session):
    """Reads what was committed when it began, until it writes for the first time: then others may have come between."""

    def __init__(self, reading: Session, take_over: Callable[[], Any]) -> None:
        super().__init__(reading.connection, reading.line)
        self._take_over: Callable[[], Any] | None = take_over

    async def execute(
        self,
        statement: sa.Executable,
        parameters: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None = None,
    ) -> sa.CursorResult[Any]:
        if getattr(statement, "is_dml", False):
            await self.begin_writing()
        return await super().execute(statement, parameters)

    async def ask(self, prepared: Prepared, **values: Any) -> list[Row]:
        if prepared.ready(self.connection.dialect).writes:
            await self.begin_writing()
        await self.send()
        return await super().ask(prepared, **values)

    async def send(self) -> None:
        if self._waiting:
            await self.begin_writing()
        await super().send()

    async def begin_writing(self) -> None:
        if self._take_over is not None:
            take_over, self._take_over = self._take_over, None
            writing = await take_over()
            self.connection, self.line = writing.connection, writing.line


class UnlockedDatabase(SteppedDatabase):
    """Transactions that do not wait for each other."""

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Session]:
        await self.boundary("before_transaction")
        async with AsyncExitStack() as stack:
            reading = await stack.enter_async_context(Database.snapshot(self))
            await reading.scalar(sa.text("SELECT count(*) FROM work"))
            written: list[Session] = []

            async def take_over() -> Session:
                await self.boundary("between_reading_and_writing", seconds=_TRANSACTION_SECONDS)
                written.append(await stack.enter_async_context(Database.transaction(self)))
                await written[0].send()
                return written[0]

            session = UnlockedSession(reading, take_over)
            yield session
            await session.begin_writing()
            await session.send()
            written[0].staged, written[0].after_commit = session.staged, session.after_commit
        self.committed()
        await self.boundary("after_commit")


SkipLock.database = UnlockedDatabase
NO_PLANT: Final = Plant()
PLANTS: Final[dict[str, Plant]] = {
    plant.name: plant for plant in (SkipLock(), ForgetKey(), AckEarly())
}
