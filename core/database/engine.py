"""Opens transactions on SQLite or PostgreSQL, and commits them here and nowhere else.

SQLite: WAL, one writer at a time by `BEGIN IMMEDIATE`, a lock in front of it so that writers of this
process queue in order instead of polling the file. PostgreSQL: READ COMMITTED for writers, who take
their locks by row or by `Session.lock`; REPEATABLE READ for readers, so that a list and its `as_of` agree.
"""

import asyncio
import hashlib
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any, Final

import psycopg
import sqlalchemy as sa
import structlog
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from core.database.line import COMMIT, Answers, Line, line_of, run
from core.database.pool import OPENED_BY_SESSION, open_pool, with_driver
from core.database.prepared import Prepared, Row, Statement

BeforeCommit = Callable[["Session"], Awaitable[None]]
_AS_OF_ONE_MOMENT: Final = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"
_NUMBER: Final = sa.bindparam("number", type_=sa.BigInteger)
_LOCK: Final = Prepared(sa.select(sa.func.pg_advisory_xact_lock(_NUMBER).label("held")))
_TRY_LOCK: Final = Prepared(sa.select(sa.func.pg_try_advisory_xact_lock(_NUMBER).label("held")))
log = structlog.get_logger()


class Session:
    """One database transaction. Statements go through here; nobody commits but the edge.

    `execute` and its kin take any statement of SQLAlchemy Core. `ask`, `ask_one` and `put` take prepared ones, which
    cost a fraction; what is `put` is sent together with the next statement, at the latest with the commit.

    `staged` holds what must be written last (the journal's entries); `after_commit` what is called, without
    waiting, once the transaction is durable (wake-ups). Neither runs when the transaction fails.
    """

    def __init__(
        self,
        connection: AsyncConnection,
        line: Line,
        *,
        opening: str | None = None,
        read_only: bool = False,
    ) -> None:
        self.connection = connection
        self.line = line
        self.read_only = read_only
        self.staged: list[Any] = []
        self.after_commit: list[Callable[[], None]] = []
        self._opening = opening
        # What waits to be sent. How the transaction opens waits with it, for the first statement of all.
        self._waiting: list[Statement] = []
        self._begun = False

    async def execute(
        self,
        statement: sa.Executable,
        parameters: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None = None,
    ) -> sa.CursorResult[Any]:
        """Runs one statement. The result is read at once, so it may be used after the next one."""
        assert not (self.read_only and getattr(statement, "is_dml", False)), (
            "a snapshot cannot write"
        )
        await self.send()
        return await self.connection.execute(statement, parameters)

    async def ask(self, prepared: Prepared, **values: Any) -> list[Row]:
        """Every row that a prepared statement answers; the statement carries the bound."""
        ready = prepared.ready(self.connection.dialect)
        assert not (self.read_only and ready.writes), "a snapshot cannot write"
        answers = await self._sent(ready.statement(values))
        return ready.rows(answers[-1])

    async def ask_one(self, prepared: Prepared, **values: Any) -> Row | None:
        """The single row, or None. More than one is a programmer's error."""
        rows = await self.ask(prepared, **values)
        assert len(rows) <= 1, "one row was asked for"
        return rows[0] if rows else None

    def put(self, prepared: Prepared, **values: Any) -> None:
        """Runs a prepared statement that answers nothing, later: a constraint that it breaks is heard of then."""
        assert not self.read_only, "a snapshot cannot write"
        self._waiting.append(prepared.ready(self.connection.dialect).statement(values))

    async def send(self) -> None:
        """Sends what waits, for whoever must know that it holds, or goes on past this session."""
        if self._waiting or not self._begun:
            await self._sent()

    async def commit(self) -> None:
        """Makes it durable, in one go with what waits. The database's part, and nobody else's."""
        if self._waiting or self._begun:
            await self._sent(COMMIT)

    async def roll_back(self) -> None:
        """Undoes everything, which never fails: a connection that cannot is thrown away."""
        self._waiting.clear()
        try:
            await self.line.rollback()
        except (sqlite3.Error, psycopg.Error, ValueError) as error:
            log.warning("database.connection_lost", exc_info=error)
            await self.connection.invalidate()

    async def _sent(self, *last: Statement) -> Answers:
        statements, self._waiting = [*self._waiting, *last], []
        if not self._begun:
            self._begun = True
            if self._opening is not None:
                statements.insert(0, (self._opening, ()))
        if not statements:
            return []
        return await run(self.connection, self.line, statements)

    async def one_or_none(self, statement: sa.Executable) -> sa.RowMapping | None:
        """The single row, or None. More than one is a programmer's error."""
        return (await self.execute(statement)).mappings().one_or_none()

    async def all(self, statement: sa.Executable) -> Sequence[sa.RowMapping]:
        """Every row; the caller's statement carries the bound."""
        return (await self.execute(statement)).mappings().all()

    async def scalar(self, statement: sa.Executable) -> Any:
        """The first column of the first row, or None."""
        return (await self.execute(statement)).scalar()

    async def lock(self, subject: str) -> None:
        """Holds the name of a thing until the transaction ends, before any of its rows is touched.

        The order is link, payment, journal head. Any room can lock a link by its id without knowing
        what a link is. SQLite has one writer at a time, so there the lock is already held.
        """
        if self.connection.dialect.name == "postgresql":
            digest = hashlib.blake2b(subject.encode(), digest_size=8).digest()
            number = int.from_bytes(digest, "big", signed=True)
            await self.ask(_LOCK, number=number)

    async def try_lock(self, subject: str) -> bool:
        """Like `lock`, but answers False at once when another transaction holds it."""
        if self.connection.dialect.name != "postgresql":
            return True
        digest = hashlib.blake2b(subject.encode(), digest_size=8).digest()
        number = int.from_bytes(digest, "big", signed=True)
        [row] = await self.ask(_TRY_LOCK, number=number)
        return bool(row["held"])


def upsert(session: Session, table: sa.Table) -> "sqlite.Insert | postgresql.Insert":
    """An INSERT of the session's dialect that knows ON CONFLICT."""
    if session.connection.dialect.name == "postgresql":
        return postgresql.insert(table)
    return sqlite.insert(table)


class Database:
    """A pool of connections and the two ways to use one: `transaction` and `snapshot`."""

    def __init__(self, url: str, *, pool_size: int = 10) -> None:
        """`url` is `sqlite:///path` or `postgresql://…`; the async driver is added here."""
        self.url = with_driver(url)
        self.is_sqlite = self.url.startswith("sqlite")
        self.before_commit: list[BeforeCommit] = []
        self._write_lock = asyncio.Lock()
        self.engine = open_pool(self.url, pool_size)
        # Ours: the session itself says how its transaction opens.
        self._connections = self.engine.execution_options(**{OPENED_BY_SESSION: True})

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Session]:
        """A writing transaction: commits when the block ends, rolls back when it raises.

        Nothing may be acknowledged to anybody inside the block, and no network call made.
        """
        if self.is_sqlite:
            async with self._write_lock, self._transaction() as session:
                yield session
        else:
            async with self._transaction() as session:
                yield session
        for notify in session.after_commit:
            try:
                notify()
            except Exception as error:
                # It is committed: whoever waits for the answer must not be told otherwise.
                log.error("database.after_commit_failed", exc_info=error)

    @asynccontextmanager
    async def _transaction(self) -> AsyncIterator[Session]:
        opening = "BEGIN IMMEDIATE" if self.is_sqlite else None
        async with self._connections.connect() as connection:
            session = Session(connection, await line_of(connection), opening=opening)
            try:
                yield session
                for hook in self.before_commit:
                    await hook(session)
                assert not session.staged, (
                    "something was staged for the journal, and nobody wrote it"
                )
                await session.commit()
            except BaseException:
                # A cancelled request must not leave half a transaction open on a pooled connection.
                await asyncio.shield(session.roll_back())
                raise

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[Session]:
        """A reading transaction: everything in it is seen as of one moment. It cannot write."""
        async with self._connections.connect() as connection:
            opening = "BEGIN" if self.is_sqlite else _AS_OF_ONE_MOMENT
            line = await line_of(connection)
            session = Session(connection, line, opening=opening, read_only=True)
            try:
                yield session
            finally:
                await asyncio.shield(session.roll_back())

    async def ask(self, prepared: Prepared, **values: Any) -> list[Row]:
        """The rows of a single reading statement. It sees one moment by itself, and needs no transaction around it."""
        ready = prepared.ready(self.engine.dialect)
        assert not ready.writes, "nobody would commit it"
        statements = [ready.statement(values)]
        if not self.is_sqlite:
            statements.append(COMMIT)  # the driver opens a transaction for every statement
        async with self._connections.connect() as connection:
            line = await line_of(connection)
            try:
                answers = await run(connection, line, statements)
            except BaseException:
                await asyncio.shield(Session(connection, line).roll_back())
                raise
        return ready.rows(answers[0])

    async def close(self) -> None:
        """Closes every connection. The database may not be used afterwards."""
        await self.engine.dispose()
