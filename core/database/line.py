"""Straight lines to the drivers: several statements in one go, past SQLAlchemy's layers.

Each way to a driver's thread and back, and each wait for a server, costs more than most of our statements. On SQLite
all that is ready goes to the connection's thread at once; on PostgreSQL it is sent as one pipeline.
"""

import select
import sqlite3
from collections.abc import Sequence
from functools import partial
from typing import Any, Final, Protocol

import aiosqlite
import psycopg
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from core.database.prepared import Statement

Answers = list[Sequence[Sequence[Any]]]

COMMIT: Final[Statement] = ("COMMIT", ())


class Line(Protocol):
    """One connection's own driver."""

    async def run(self, statements: Sequence[Statement]) -> Answers:
        """Runs them in order, and answers each one's rows. The first that fails raises, and the rest are not run."""

    async def rollback(self) -> None:
        """Ends the transaction, if there is one."""


class ThreadedConnection(aiosqlite.Connection):
    """SQLite in a thread of its own, which takes several statements at once."""

    def __init__(self, path: str) -> None:
        super().__init__(partial(sqlite3.connect, path), iter_chunk_size=64)
        # An interpreter that ends does not wait for a connection that nobody closed.
        self._thread.daemon = True

    async def run(self, statements: Sequence[Statement]) -> Answers:
        """As `Line.run`."""
        answers: Answers = await self._execute(  # type: ignore[no-untyped-call]
            _run, self._conn, statements
        )
        return answers


class _Inline:
    """SQLite in the thread that asks."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    async def run(self, statements: Sequence[Statement]) -> Answers:
        return _run(self._connection, statements)

    async def rollback(self) -> None:
        self._connection.rollback()


class _Postgres:
    def __init__(self, connection: psycopg.AsyncConnection[Any]) -> None:
        self._connection = connection

    async def run(self, statements: Sequence[Statement]) -> Answers:
        execute = self._connection.execute
        # One statement too: the driver sends a BEGIN before the first, and outside a pipeline waits for its answer.
        async with self._connection.pipeline():
            cursors = [await execute(sql, parameters) for sql, parameters in statements]
        # A transaction in which something failed answers COMMIT with ROLLBACK, and calls that no error.
        if statements[-1] is COMMIT and cursors[-1].statusmessage != "COMMIT":
            raise psycopg.errors.InFailedSqlTransaction("The transaction was rolled back.")
        return [await each.fetchall() if each.description else [] for each in cursors]

    async def rollback(self) -> None:
        await self._connection.rollback()


def spoken_to(connection: psycopg.AsyncConnection[Any]) -> bool:
    """Whether there is something to read on an idle connection: a server that goes away says so first."""
    if connection.closed:
        return True
    waiting = select.poll()
    waiting.register(connection.fileno(), select.POLLIN)
    return bool(waiting.poll(0))


async def line_of(connection: AsyncConnection) -> Line:
    """The line under a connection of SQLAlchemy's."""
    driver: Any = (await connection.get_raw_connection()).driver_connection
    if isinstance(driver, ThreadedConnection):
        return driver
    if isinstance(driver, sqlite3.Connection):
        return _Inline(driver)
    assert isinstance(driver, psycopg.AsyncConnection), type(driver)
    return _Postgres(driver)


async def run(connection: AsyncConnection, line: Line, statements: Sequence[Statement]) -> Answers:
    """What `Line.run` answers; a driver's error as SQLAlchemy would raise it, without the parameters.

    Whoever listens to the engine's statements hears of these too.
    """
    sync = connection.sync_connection
    assert sync is not None
    for listen in sync.dispatch.before_cursor_execute:
        for sql, parameters in statements:
            listen(sync, None, sql, parameters, None, False)
    try:
        return await line.run(statements)
    except (sqlite3.Error, psycopg.Error) as error:
        raise DBAPIError.instance(
            "; ".join(sql for sql, _ in statements),
            None,
            error,
            psycopg.Error if isinstance(error, psycopg.Error) else sqlite3.Error,
            hide_parameters=True,
            dialect=connection.dialect,
        ) from error


def _run(connection: sqlite3.Connection, statements: Sequence[Statement]) -> Answers:
    return [connection.execute(sql, parameters).fetchall() for sql, parameters in statements]
