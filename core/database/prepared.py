"""Statements that are built and compiled once, for the paths where each request would build the same ones again.

Building a statement in SQLAlchemy Core, finding its compiled form and wrapping its result cost several times what the
driver needs to run it. A `Prepared` is still written in Core, with its columns and their types:

    _BY_ID = Prepared(sa.select(links).where(links.c.id == sa.bindparam("id")))
    row = await session.ask_one(_BY_ID, id=link_id)

    _INSERT = Prepared(sa.insert(links))
    session.put(_INSERT, id=link_id, …)
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Dialect
from sqlalchemy.sql.compiler import SQLCompiler

# By column name.
Row: TypeAlias = Mapping[str, Any] | sa.RowMapping
# What the driver is given: SQL, and its parameters as the driver counts or names them.
Statement: TypeAlias = tuple[str, Any]
Upsert: TypeAlias = Callable[[sa.Table], Any]
_Process: TypeAlias = Callable[[Any], Any] | None

_UPSERTS: Final[Mapping[str, Upsert]] = {
    "postgresql": postgresql.insert,
    "sqlite": sqlite.insert,
}


class Prepared:
    """One statement, given as it is or, where it needs ON CONFLICT, as a function of the dialect's own `insert`.

    An INSERT takes every column of its table; one that is given no value is NULL. Lists of values (`IN`) and limits
    that are not fixed are for Core.
    """

    def __init__(self, statement: sa.Executable | Callable[[Upsert], sa.Executable]) -> None:
        self._statement = statement
        self._ready: dict[str, Ready] = {}

    def ready(self, dialect: Dialect) -> "Ready":
        """Its form in the dialect, compiled on first use."""
        found = self._ready.get(dialect.name)
        if found is None:
            found = self._ready[dialect.name] = self._compiled(dialect)
        return found

    def _compiled(self, dialect: Dialect) -> "Ready":
        given = self._statement
        statement: Any = given(_UPSERTS[dialect.name]) if callable(given) else given
        inserts = isinstance(statement, sa.Insert)
        every = [column.name for column in statement.table.columns] if inserts else None
        compiled = statement.compile(dialect=dialect, column_keys=every)
        assert isinstance(compiled, SQLCompiler)
        assert not compiled.post_compile_params, "a list of values has no one text"
        fixed = {name: bind.value for name, bind in compiled.binds.items() if not bind.required}
        return Ready(
            sql=compiled.string,
            writes=bool(statement.is_dml),
            positions=tuple(compiled.positiontup or ()),
            binds={
                name: bind.type.dialect_impl(dialect).bind_processor(dialect)
                for name, bind in compiled.binds.items()
            },
            fixed=dict.fromkeys(compiled.binds) | fixed if inserts else fixed,
            names=tuple(column.name for column in statement.exported_columns),
            results=tuple(
                (column.name, process)
                for column in statement.exported_columns
                if (process := column.type.dialect_impl(dialect).result_processor(dialect, None))
            ),
        )


@dataclass(frozen=True, slots=True)
class Ready:
    """A statement's text in one dialect, and what turns our values into the driver's and back."""

    sql: str
    writes: bool
    positions: tuple[str, ...]
    binds: Mapping[str, _Process]
    fixed: Mapping[str, Any]
    names: tuple[str, ...]
    results: tuple[tuple[str, Callable[[Any], Any]], ...]

    def statement(self, values: Mapping[str, Any]) -> Statement:
        """What the driver runs. Each value must have a place, and each place a value."""
        assert values.keys() <= self.binds.keys(), values.keys() - self.binds.keys()
        values = {**self.fixed, **values}
        bound = {
            name: values[name] if process is None else process(values[name])
            for name, process in self.binds.items()
        }
        if not self.positions:
            return self.sql, bound
        return self.sql, tuple([bound[name] for name in self.positions])

    def rows(self, answered: Sequence[Sequence[Any]]) -> list[Row]:
        """The rows as Core would give them, by column name."""
        found: list[Row] = []
        for each in answered:
            row = dict(zip(self.names, each, strict=True))
            for name, process in self.results:
                row[name] = process(row[name])
            found.append(row)
        return found
