"""A prepared statement does what the same statement does in Core, and says at once when values and places differ.

About `core.database.prepared`.
"""

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Dialect

from core.database import JsonText, Prepared, UtcDateTime
from core.database.prepared import Upsert

_own = sa.MetaData()
moments = sa.Table(
    "moments",
    _own,
    sa.Column("name", sa.String(20), primary_key=True),
    sa.Column("at", UtcDateTime),
    sa.Column("data", JsonText),
    sa.Column("done", sa.Boolean, nullable=False),
)
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
SQLITE: Dialect = sqlite.dialect()
POSTGRES: Dialect = postgresql.dialect()


def _replacing(insert: Upsert) -> sa.Executable:
    fresh = insert(moments)
    replaced: sa.Executable = fresh.on_conflict_do_update(
        index_elements=["name"], set_={"at": fresh.excluded.at}
    )
    return replaced


def test_an_insert_has_a_place_for_every_column_and_null_where_nothing_is_given() -> None:
    ready = Prepared(sa.insert(moments)).ready(SQLITE)

    sql, parameters = ready.statement({"name": "lunch", "done": True})

    assert "INSERT INTO moments (name, at, data, done) VALUES (?, ?, ?, ?)" == sql
    assert ("lunch", None, None, 1) == parameters


def test_values_are_turned_into_the_drivers_and_back_as_their_columns_say() -> None:
    ready = Prepared(sa.insert(moments).returning(moments)).ready(SQLITE)

    _, parameters = ready.statement({"name": "a", "at": NOON, "data": {"b": 1}, "done": False})
    [row] = ready.rows([parameters])

    assert ("a", "2026-11-22 12:00:00.000000", '{"b":1}', 0) == parameters
    assert {"name": "a", "at": NOON, "data": {"b": 1}, "done": False} == row


def test_a_value_without_a_place_is_a_programmers_error() -> None:
    ready = Prepared(sa.insert(moments)).ready(SQLITE)

    with pytest.raises(AssertionError, match="nmae"):
        ready.statement({"nmae": "lunch"})


def test_a_place_without_a_value_is_a_programmers_error() -> None:
    ready = Prepared(sa.select(moments).where(moments.c.name == sa.bindparam("name")))

    with pytest.raises(KeyError, match="name"):
        ready.ready(SQLITE).statement({})


def test_what_the_statement_itself_fixes_needs_no_value() -> None:
    ready = Prepared(sa.select(moments).where(moments.c.name == "lunch").limit(1)).ready(SQLITE)

    assert ("lunch", 1, 0)[: len(ready.positions)] == ready.statement({})[1]


@pytest.mark.parametrize("dialect", [SQLITE, POSTGRES], ids=["sqlite", "postgresql"])
def test_on_conflict_is_written_once_for_both_databases(dialect: Dialect) -> None:
    ready = Prepared(_replacing).ready(dialect)

    assert ready.writes
    assert "ON CONFLICT (name) DO UPDATE SET at = excluded.at" in ready.sql


def test_a_statement_is_compiled_once_a_dialect() -> None:
    prepared = Prepared(sa.select(moments))

    assert prepared.ready(SQLITE) is prepared.ready(sqlite.dialect())
    assert prepared.ready(SQLITE) is not prepared.ready(POSTGRES)


def test_a_list_of_values_is_left_to_core() -> None:
    names = sa.bindparam("names", expanding=True)

    with pytest.raises(AssertionError, match="no one text"):
        Prepared(sa.select(moments).where(moments.c.name.in_(names))).ready(SQLITE)
