"""Opens transactions on SQLite or PostgreSQL, and commits them here and nowhere else.

SQLite: WAL, one writer at a time by `BEGIN IMMEDIATE`, a lock in front of it so that writers of this
process queue in order instead of polling the file. PostgreSQL: READ COMMITTED for writers, who take
their locks by row or by `Session.lock`; REPEATABLE READ for readers, so that a list and its `as_of` agree.
"""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

import sqlalchemy as sa
import structlog
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

BeforeCommit = Callable[["Session"], Awaitable[None]]
_READ_ONLY = "paythread_read_only"
log = structlog.get_logger()


class Session:
    """One database transaction. Statements go through `execute`; nobody commits but the edge.

    `staged` holds what must be written last (the journal's entries); `after_commit` what is called, without
    waiting, once the transaction is durable (wake-ups). Neither runs when the transaction fails.
    """

    def __init__(self, connection: AsyncConnection, *, read_only: bool = False) -> None:
        self.connection = connection
        self.read_only = read_only
        self.staged: list[Any] = []
        self.after_commit: list[Callable[[], None]] = []

    async def execute(
        self,
        statement: sa.Executable,
        parameters: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None = None,
    ) -> sa.CursorResult[Any]:
        """Runs one statement. The result is read at once, so it may be used after the next one."""
        assert not (self.read_only and getattr(statement, "is_dml", False)), (
            "a snapshot cannot write"
        )
        return await self.connection.execute(statement, parameters)

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
            await self.connection.execute(sa.select(sa.func.pg_advisory_xact_lock(number)))

    async def try_lock(self, subject: str) -> bool:
        """Like `lock`, but answers False at once when another transaction holds it."""
        if self.connection.dialect.name != "postgresql":
            return True
        digest = hashlib.blake2b(subject.encode(), digest_size=8).digest()
        number = int.from_bytes(digest, "big", signed=True)
        return bool(await self.scalar(sa.select(sa.func.pg_try_advisory_xact_lock(number))))


def upsert(session: Session, table: sa.Table) -> "sqlite.Insert | postgresql.Insert":
    """An INSERT of the session's dialect that knows ON CONFLICT."""
    if session.connection.dialect.name == "postgresql":
        return postgresql.insert(table)
    return sqlite.insert(table)


class Database:
    """A pool of connections and the two ways to use one: `transaction` and `snapshot`."""

    def __init__(self, url: str, *, pool_size: int = 10) -> None:
        """`url` is `sqlite:///path` or `postgresql://…`; the async driver is added here."""
        self.url = _with_driver(url)
        self.is_sqlite = self.url.startswith("sqlite")
        self.before_commit: list[BeforeCommit] = []
        self._write_lock = asyncio.Lock()
        self.engine = _engine(self.url, pool_size)

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
        async with self.engine.connect() as connection:
            await connection.begin()
            session = Session(connection)
            try:
                yield session
                for hook in self.before_commit:
                    await hook(session)
                assert not session.staged, (
                    "something was staged for the journal, and nobody wrote it"
                )
                await connection.commit()
            except BaseException:
                # A cancelled request must not leave half a transaction open on a pooled connection.
                await asyncio.shield(connection.rollback())
                raise

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[Session]:
        """A reading transaction: everything in it is seen as of one moment. It cannot write."""
        options: dict[str, Any] = {_READ_ONLY: True}
        if not self.is_sqlite:
            options |= {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        async with self.engine.connect() as connection:
            await connection.execution_options(**options)
            await connection.begin()
            try:
                yield Session(connection, read_only=True)
            finally:
                await asyncio.shield(connection.rollback())

    async def close(self) -> None:
        """Closes every connection. The database may not be used afterwards."""
        await self.engine.dispose()


def _with_driver(url: str) -> str:
    scheme, separator, rest = url.partition("://")
    drivers = {
        "sqlite": "sqlite+aiosqlite",
        "postgresql": "postgresql+psycopg",
        "postgres": "postgresql+psycopg",
    }
    return f"{drivers.get(scheme, scheme)}{separator}{rest}"


def _engine(url: str, pool_size: int) -> AsyncEngine:
    if not url.startswith("sqlite"):
        return create_async_engine(
            url, pool_size=pool_size, max_overflow=pool_size, pool_pre_ping=True
        )
    assert ":memory:" not in url, "SQLite in memory is one shared connection; use a file"
    engine = create_async_engine(url, pool_size=pool_size, max_overflow=pool_size)

    @sa.event.listens_for(engine.sync_engine, "connect")
    def _on_connect(dbapi_connection: Any, _record: Any) -> None:
        # The driver's own transaction handling begins late and deferred; ours begins by the event below.
        dbapi_connection.isolation_level = None
        cursor = dbapi_connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA busy_timeout=5000")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.close()

    @sa.event.listens_for(engine.sync_engine, "begin")
    def _on_begin(connection: sa.Connection) -> None:
        if connection.get_execution_options().get(_READ_ONLY):
            connection.exec_driver_sql("BEGIN")
        else:
            connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine
