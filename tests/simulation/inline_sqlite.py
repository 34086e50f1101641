"""SQLite without the thread: SQLAlchemy's own driver for asyncio hands each statement to a thread and waits for it.

Here the statement runs at once, in the thread that asks, so that nothing but the seed decides what happens when. SQL,
pooling, transactions and the file are the same; `sqlite+inline:///path` is the address.
"""

import sqlite3
from typing import Any

from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine import URL
from sqlalchemy.pool import AsyncAdaptedQueuePool, Pool
from sqlalchemy.util import await_only

SCHEME = "sqlite+inline"


class InlineCursor(sqlite3.Cursor):
    """A cursor that has nothing to wait for when SQLAlchemy is done with it."""

    async def _async_soft_close(self) -> None:
        return None


class InlineConnection(sqlite3.Connection):
    """Hands out such cursors."""

    def cursor(self, *_: Any) -> InlineCursor:  # type: ignore[override]
        return super().cursor(InlineCursor)


class InlineSqlite(SQLiteDialect_pysqlite):
    """The dialect of the standard library's driver, allowed under an asyncio engine: it never waits."""

    driver = "inline"
    is_async = True
    supports_statement_cache = True

    @classmethod
    def get_pool_class(cls, url: URL) -> type[Pool]:
        return AsyncAdaptedQueuePool

    def connect(self, *args: Any, **options: Any) -> Any:
        return super().connect(*args, factory=InlineConnection, **options)

    def do_execute(self, cursor: Any, statement: Any, parameters: Any, context: Any = None) -> None:
        await_only(_no_wait())
        cursor.execute(statement, parameters)

    def do_executemany(
        self, cursor: Any, statement: Any, parameters: Any, context: Any = None
    ) -> None:
        await_only(_no_wait())
        cursor.executemany(statement, parameters)

    def do_execute_no_params(self, cursor: Any, statement: Any, context: Any = None) -> None:
        await_only(_no_wait())
        cursor.execute(statement)


async def _no_wait() -> None:
    """SQLAlchemy insists that a statement under asyncio awaits something."""


def install() -> None:
    """Makes the address known to SQLAlchemy."""
    registry.register("sqlite.inline", __name__, "InlineSqlite")
