"""Looks for card data, and for the secrets of links, in everything that a demo leaves behind."""

import re
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from tests.e2e.demo import Demo, Used

_LOGS = (".log", ".txt")


@dataclass(frozen=True, slots=True)
class Place:
    """Some text, and where it stands. Raw bytes are read as Latin-1, so that every one of them is a character."""

    name: str
    text: str
    raw: bool = False


def findings(demo: Demo) -> list[str]:
    """What was found where, empty for a clean demo."""
    return search(places(demo.folder, demo.output, demo.database_url, demo.used.seen), demo.used)


def search(found: Iterator[Place], used: Used) -> list[str]:
    """Names each place that holds a card number or security code, and each log that holds a link's token."""
    numbers = [(f"card number …{number[-4:]}", _number(number)) for number in sorted(used.numbers)]
    codes = [("security code", _code(code)) for code in sorted(used.codes)]
    tokens = [("link token", re.compile(re.escape(token))) for token in sorted(used.tokens)]
    told: list[str] = []
    for place in found:
        wanted = [*numbers, *([] if place.raw else codes)]
        if place.name.endswith(_LOGS) or place.name.startswith("service database"):
            wanted += tokens
        told += [f"{what} in {place.name}" for what, shape in wanted if shape.search(place.text)]
    return told


def places(folder: Path, output: Path, database_url: str, seen: Sequence[str]) -> Iterator[Place]:
    """All there is to be searched: files as they are, every row of every table, and what went over the wire."""
    for path in [*sorted(folder.rglob("*")), output]:
        # A database's side files come and go while it is open.
        if not path.is_file() or path.name == "demo-secrets.json":
            continue
        text = path.read_bytes().decode("latin-1")
        if path == output:
            # The greeting names a published test card to pay with.
            text = text.partition("Ctrl-C")[2]
        yield Place(path.name, text, raw=path.suffix not in {*_LOGS, ".json"})
        if path.suffix == ".sqlite":
            own = database_url.endswith(path.name)
            yield Place(f"{'service ' if own else ''}database {path.name}", _dump_sqlite(path))
    if not database_url.startswith("sqlite"):
        yield Place("service database on PostgreSQL", _dump(database_url))
    for text in seen:
        yield Place("what went between the browsers and the service", text)


def _number(number: str) -> re.Pattern[str]:
    """The number as such, or in groups however made. In a database's file the next value may follow at once."""
    return re.compile(r"[ \u00a0+.-]?".join(number))


def _code(code: str) -> re.Pattern[str]:
    """The code standing as a value: three digits within something longer occur by chance."""
    return re.compile(rf"(?:^|[\"'=]){code}(?:[\"'&,;)\s]|$)", re.MULTILINE)


def _dump_sqlite(path: Path) -> str:
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        names = [
            name
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        rows = (row for name in names for row in connection.execute(f'SELECT * FROM "{name}"'))
        return _lines(rows)
    finally:
        connection.close()


def _dump(url: str) -> str:
    engine = sa.create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    try:
        with engine.connect() as connection:
            names = sa.inspect(connection).get_table_names()
            rows = (
                row
                for name in names
                for row in connection.execute(sa.text(f'SELECT * FROM "{name}"'))
            )
            return _lines(rows)
    finally:
        engine.dispose()


def _lines(rows: Iterator[Sequence[object]]) -> str:
    """One value a line. A number of the database's own, such as a position, is no text that somebody stored."""
    return "\n".join(
        value.decode("latin-1") if isinstance(value, bytes) else str(value)
        for row in rows
        for value in row
        if not isinstance(value, int | float)
    )
