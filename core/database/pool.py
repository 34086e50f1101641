"""Opens the pool of connections, set up as every database transaction of ours relies on."""

from typing import Any, Final

import psycopg
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from core.database.line import ThreadedConnection, spoken_to

# An option of connections whose transactions a `Session` opens; those of others open by themselves.
OPENED_BY_SESSION: Final = "paythread_opened_by_session"
_THREADED: Final = "sqlite+aiosqlite"


def with_driver(url: str) -> str:
    """The URL as SQLAlchemy reads it; one that names its driver stays as it is."""
    scheme, separator, rest = url.partition("://")
    drivers = {
        "sqlite": _THREADED,
        "postgresql": "postgresql+psycopg",
        "postgres": "postgresql+psycopg",
    }
    return f"{drivers.get(scheme, scheme)}{separator}{rest}"


def open_pool(url: str, pool_size: int) -> AsyncEngine:
    """Up to twice `pool_size` connections, opened as they are needed. Whoever uses one ends its transaction."""
    return _sqlite(url, pool_size) if url.startswith("sqlite") else _postgres(url, pool_size)


def _sqlite(url: str, pool_size: int) -> AsyncEngine:
    assert ":memory:" not in url, "SQLite in memory is one shared connection; use a file"
    options: dict[str, Any] = {"pool_size": pool_size, "max_overflow": pool_size}
    if url.startswith(_THREADED):
        path = str(sa.make_url(url).database)

        async def creator() -> ThreadedConnection:
            connection = ThreadedConnection(path)
            await connection
            return connection

        options["async_creator"] = creator
    engine = create_async_engine(url, pool_reset_on_return=None, **options)

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
        if not connection.get_execution_options().get(OPENED_BY_SESSION):
            connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _postgres(url: str, pool_size: int) -> AsyncEngine:
    engine = create_async_engine(
        url, pool_size=pool_size, max_overflow=pool_size, pool_reset_on_return=None
    )

    @sa.event.listens_for(engine.sync_engine, "checkout")
    def _on_checkout(dbapi_connection: Any, _record: Any, _proxy: Any) -> None:
        # Asking the server each time would cost a third of what most statements do.
        if spoken_to(dbapi_connection.driver_connection):
            try:
                engine.dialect.do_ping(dbapi_connection)
            except psycopg.Error as error:
                raise sa.exc.InvalidatePoolError from error

    return engine
