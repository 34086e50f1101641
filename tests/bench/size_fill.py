"""Fills a database with a town's rows by the fastest way that each database has.

Indexes are made after the rows. The hash chain, and what is sealed, are left empty: no query that is measured reads
them, and `paythread journal verify` would rightly complain.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any, Final

import psycopg
import sqlalchemy as sa

from compliance.journal.entry import journal_entries, journal_heads
from compliance.merchants import merchants
from core.database.schema import canonical_json
from core.ids import new_id
from core.work import work_table
from links.progress import begin
from links.tables import links
from payments.tables import payments, transactions
from tests.bench.size_town import Link, Merchant, Town, body
from tests.support.tables import all_tables

_BATCH: Final = 5_000
_ENTRIES_A_WORK: Final = 20
_DATA: Final = '{"amount":4999,"currency":"GBP","device":"phone","page":"pg_01k9x2"}'
_PROGRESS: Final = canonical_json(begin(datetime(2025, 11, 22, tzinfo=UTC)).stored())
# What a worker's table holds: most of it is for later.
KINDS: Final = ("link.expire", "attempt.sweep", "delivery.send", "presence.check")

Row = tuple[Any, ...]


def fill(url: str, town: Town) -> None:
    """Makes every table in the empty database, and the town's rows in it; ends with the database's statistics."""
    engine = sa.create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    metadata = all_tables()
    later = {index for table in metadata.tables.values() for index in table.indexes}
    with engine.begin() as connection:
        for table in metadata.sorted_tables:
            connection.execute(sa.schema.CreateTable(table))
    loader = _Sqlite(url) if url.startswith("sqlite") else _Postgres(url)
    _load(loader, town)
    loader.close()
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for index in sorted(later, key=lambda index: str(index.name)):
            index.create(connection)
        # SQLite is never analysed by the service either.
        if not url.startswith("sqlite"):
            connection.execute(sa.text("VACUUM ANALYZE"))
    engine.dispose()


class _Sqlite:
    def __init__(self, url: str) -> None:
        self._connection = sqlite3.connect(
            Path(url.removeprefix("sqlite:///")), isolation_level=None
        )
        self._connection.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; BEGIN;")

    def put(self, table: sa.Table, rows: Sequence[Row]) -> None:
        marks = ", ".join("?" for _ in rows[0])
        self._connection.executemany(f'INSERT INTO "{table.name}" VALUES ({marks})', rows)

    def close(self) -> None:
        self._connection.execute("COMMIT")
        self._connection.close()


class _Postgres:
    def __init__(self, url: str) -> None:
        self._connection = psycopg.connect(url, options="-c timezone=UTC")

    def put(self, table: sa.Table, rows: Sequence[Row]) -> None:
        lines = ("\t".join("\\N" if value is None else str(value) for value in row) for row in rows)
        with (
            self._connection.cursor() as cursor,
            cursor.copy(f'COPY "{table.name}" FROM STDIN') as copy,
        ):
            copy.write("\n".join(lines) + "\n")

    def close(self) -> None:
        self._connection.commit()
        self._connection.close()


def _load(loader: "_Sqlite | _Postgres", town: Town) -> None:
    def put(table: sa.Table, rows: Iterable[Row]) -> None:
        rest = iter(rows)
        while batch := list(islice(rest, _BATCH)):
            loader.put(table, batch)

    put(merchants, (_merchant(merchant) for merchant in town.merchants))
    put(journal_entries, _entries(town))
    put(journal_heads, ((one.id, one.position, "0" * 64, "epoch") for one in town.merchants))
    for merchant in town.merchants:
        put(payments, (_payment(merchant, link) for link in merchant.links))
        put(links, (_link(merchant, link) for link in merchant.links))
        put(transactions, _transactions(merchant))
        put(work_table, _work(merchant))


def _at(moment: datetime) -> str:
    # In UTC, as SQLite keeps it; the connection to PostgreSQL stands in UTC for it.
    return moment.strftime("%Y-%m-%d %H:%M:%S.%f")


def _merchant(merchant: Merchant) -> Row:
    return (merchant.id, "Bench", "GBP", "en-GB", "GB", _at(merchant.moment()))


def _entries(town: Town) -> Iterator[Row]:
    for number, (merchant, link, (kind, who, names)) in enumerate(town.steps()):
        agent = merchant.agent_id(link.agent if link else number % 50)
        payment = attempt = customer = conversation = None
        if link is not None:
            payment = f"pay{link.id[3:]}"
            customer = merchant.customer_id(link.customer)
            attempt = f"att{link.id[3:]}" if names == "attempt" else None
            conversation = f"cnv{customer[3:]}" if names == "message" else None
        actor = {"agent": f"user:{agent}", "psp": "psp:gwa_1", "channel": "channel:cha_1"}
        yield (
            merchant.id,
            merchant.position,
            f"evt_{body(number)}",
            kind,
            _at(merchant.moment()),
            link.id if link else None,
            payment,
            attempt,
            customer,
            conversation,
            agent if link else None,
            "sms" if names == "message" else None,
            actor.get(who, who),
            None,
            _DATA,
            None,
            "",
            "",
        )


def _payment(merchant: Merchant, link: Link) -> Row:
    paid = 4999 if link.outcome in {"paid", "disputed"} else 0
    return (
        f"pay{link.id[3:]}",
        merchant.id,
        link.id,
        merchant.agent_id(link.agent),
        merchant.customer_id(link.customer),
        *("GBP", 4999, None, False, None, 0, paid, 0, "automatic"),
        "paid" if paid else "open",
        *("none", "open" if link.outcome == "disputed" else "none", link.outcome != "expired"),
        *("[]", None, _at(link.created_at), _at(link.created_at)),
    )


def _link(merchant: Merchant, link: Link) -> Row:
    states = {"paid": "paid", "disputed": "paid", "declined": "active", "expired": "expired"}
    # A dozen of each of what is rare, spread over all of them.
    rare = link.number % max(1, len(merchant.links) // 12) == 5
    return (
        link.id,
        merchant.id,
        f"{merchant.base + link.number:064x}",
        "sealed" * 12,
        "in_progress" if rare else states[link.outcome],
        f"pay{link.id[3:]}",
        merchant.customer_id(link.customer),
        merchant.agent_id(link.agent),
        *("single", None, "sealed" * 12, f"INV-{link.number:08d}", "sealed" * 12, None),
        "waiting" if rare else None,
        *(None, 1, _at(link.created_at + timedelta(days=2)), "created"),
        *(_PROGRESS, _at(link.created_at), _at(link.created_at)),
    )


def _transactions(merchant: Merchant) -> Iterator[Row]:
    for link in merchant.links:
        if link.outcome not in {"paid", "disputed"}:
            continue
        ids = (merchant.id, f"pay{link.id[3:]}", f"att{link.id[3:]}", f"gwa_{merchant.id}")
        rare = "JPY" if link.outcome == "disputed" else "GBP"
        at = _at(link.created_at)
        yield (f"txn{link.id[3:]}", *ids, "charge", f"ch_{link.id}", rare, 4999, at)
        if link.outcome == "disputed":
            yield (
                new_id("txn", link.created_at),
                *ids,
                "dispute",
                f"dp_{link.id}",
                "GBP",
                -4999,
                at,
            )


def _work(merchant: Merchant) -> Iterator[Row]:
    began = merchant.links[0].created_at
    for number in range(merchant.entries // _ENTRIES_A_WORK):
        kind = KINDS[0] if number % 10 else KINDS[number // 10 % len(KINDS)]
        # All of it is due after a year, but for a dozen of each merchant.
        due_at = began if number < 12 else began + timedelta(days=400, seconds=number)
        subject = f"{merchant.id}_{number}"
        yield (f"wrk_{body(merchant.base + number)}", kind, subject, "{}", _at(due_at), None, 0)
