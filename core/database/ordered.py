"""Finds the first rows of several index ranges, read side by side and little further than needed.

`column IN (a, b)` in the order of another column leaves the database to guess: to walk that order and filter, which
may read the whole table where few rows match, or to fetch every match and sort. A range a value, each read in the order
of its index, needs no guess: one SELECT a value, merged, which PostgreSQL plans as a merge append and SQLite as merged
co-routines, both lazy.
"""

from collections.abc import Sequence
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

from core.database.engine import Session

# SQLite takes 500 SELECTs in one statement.
VALUES_MAX: Final = 50
# PostgreSQL plans each SELECT of a merge, 0.1 ms. Above this it is cheaper to read every range as far as the limit.
_MERGED_MAX: Final = 16


def first_of(
    session: Session,
    chosen: sa.Select[Any],
    column: sa.ColumnElement[str],
    values: Sequence[str],
    *,
    key: sa.Column[Any],
    descending: bool,
    limit: int,
) -> sa.Select[Any] | sa.CompoundSelect[Any]:
    """The first `limit` of the chosen rows with any of these values in the column, by `key`, which is chosen too."""
    assert 0 < len(values) <= VALUES_MAX
    order = key.desc() if descending else key
    if len(values) == 1:
        return chosen.where(column == values[0]).order_by(order).limit(limit)
    postgres = session.connection.dialect.name == "postgresql"
    if postgres and len(values) > _MERGED_MAX:
        return _joined(chosen, column, values, key=key, descending=descending, limit=limit)
    ranges = [chosen.where(column == value) for value in values]
    if postgres:
        # One that knows its limit is planned for its first rows; SQLite allows none here, and is lazy anyway.
        ranges = [each.order_by(order).limit(limit) for each in ranges]
    merged = sa.union_all(*ranges)
    first = merged.selected_columns[key.name]
    return merged.order_by(first.desc() if descending else first).limit(limit)


def _joined(
    chosen: sa.Select[Any],
    column: sa.ColumnElement[str],
    values: Sequence[str],
    *,
    key: sa.Column[Any],
    descending: bool,
    limit: int,
) -> sa.Select[Any]:
    """The same by a lateral join, which is planned as one range however many there are."""
    listed = sa.func.unnest(sa.literal(list(values), ARRAY(sa.Text)))
    each = listed.table_valued("value").render_derived()
    order = key.desc() if descending else key
    found = chosen.where(column == each.c.value).order_by(order).limit(limit).lateral()
    first = found.c[key.name]
    return (
        sa.select(found)
        .select_from(each.join(found, sa.true()))
        .order_by(first.desc() if descending else first)
        .limit(limit)
    )


def unindexed(session: Session, column: sa.ColumnElement[str]) -> sa.ColumnElement[str]:
    """The column, kept from SQLite's choice of an index: without statistics it cannot tell which of two is better."""
    if session.connection.dialect.name == "postgresql":
        return column
    return sa.type_coerce(column.op("||")(sa.literal_column("''")), sa.String)
