"""Everything the far end remembers, in one SQLite file: a restart loses nothing.

Each method is one database transaction. Calls are short and come from one event loop, so one connection serves.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from channels.simulator.messages import ONWARD, Channel, Direction, Message, Status
from channels.simulator.rows import SCHEMA, message_of, row_of

MESSAGES_MAX = 20_000


@dataclass(frozen=True)
class Task:
    """Something the carrier will do later: move a status on, or call the merchant."""

    id: int
    kind: str
    message_id: str
    payload: Mapping[str, Any]
    due_at: int
    tries: int


class Store:
    """Keeps messages, opt-outs, the carrier's pending work and a few named notes."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._db.row_factory = sqlite3.Row
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=5000"):
            self._db.execute(f"PRAGMA {pragma}")
        self._db.executescript(SCHEMA)

    def close(self) -> None:
        self._db.close()

    # Messages ---------------------------------------------------------------------------------------------

    def add(self, message: Message, *, customer_key: str) -> Message:
        """Stores a new message and returns it as stored. The oldest make room past MESSAGES_MAX."""
        with self._transaction() as db:
            stored = replace(message, change=_next_change(db), updated_at=message.created_at)
            row = row_of(stored) | {"customer_key": customer_key}
            names = ", ".join(row)
            marks = ", ".join(f":{name}" for name in row)
            db.execute(f"INSERT INTO messages ({names}) VALUES ({marks})", row)
            db.execute(
                "DELETE FROM messages WHERE seq <= (SELECT max(seq) FROM messages) - ?",
                (MESSAGES_MAX,),
            )
        return stored

    def get(self, message_id: str) -> Message | None:
        found = self._rows("SELECT * FROM messages WHERE id = ?", (message_id,))
        return message_of(found[0]) if found else None

    def advance(
        self, message_id: str, status: Status, *, error_code: int | None, now: int
    ) -> Message | None:
        """Moves a status on as the carrier does; None if the message has gone another way since."""
        with self._transaction() as db:
            return self._move(db, message_id, status, error_code, now, natural=True)

    def report(
        self, message_id: str, status: Status, *, error_code: int | None, now: int
    ) -> Message | None:
        """Sets a status on a trainer's word, backwards too; None if there is no such message."""
        with self._transaction() as db:
            return self._move(db, message_id, status, error_code, now, natural=False)

    def arrived(
        self,
        *,
        customer_key: str | None,
        channel: Channel | None,
        limit: int,
        both_ways: bool = False,
    ) -> list[Message]:
        """What reached the customer, newest first; `both_ways` adds what the customer wrote."""
        where, values = ["arrived = 1"], []
        if not both_ways:
            where.append(f"direction = '{Direction.TO_CUSTOMER.value}'")
        if customer_key is not None:
            where.append("customer_key = ?")
            values.append(customer_key)
        if channel is not None:
            where.append("channel = ?")
            values.append(channel.value)
        sql = f"SELECT * FROM messages WHERE {' AND '.join(where)} ORDER BY seq DESC LIMIT ?"
        return [message_of(row) for row in self._rows(sql, (*values, limit))]

    def changed_after(self, change: int, *, limit: int) -> list[Message]:
        """Messages added or changed after that change, in its order."""
        sql = "SELECT * FROM messages WHERE change > ? AND arrived = 1 ORDER BY change LIMIT ?"
        return [message_of(row) for row in self._rows(sql, (change, limit))]

    def last_change(self) -> int:
        return int(self.note("change") or 0)

    def customers(self, *, limit: int) -> list[dict[str, Any]]:
        """The addresses that have received something, the latest first."""
        sql = """SELECT customer_key AS address, channel, count(*) AS messages, max(created_at) AS last_at
                 FROM messages WHERE arrived = 1 AND direction = ?
                 GROUP BY customer_key, channel ORDER BY max(seq) DESC LIMIT ?"""
        return [dict(row) for row in self._rows(sql, (Direction.TO_CUSTOMER.value, limit))]

    def page(
        self, channel: Channel, where: Sequence[tuple[str, object]], *, limit: int, offset: int
    ) -> list[Message]:
        """One page of a channel's messages, newest first. `where` holds (SQL condition, value) pairs."""
        conditions = ["channel = ?", *(condition for condition, _ in where)]
        values = [channel.value, *(value for _, value in where), limit, offset]
        sql = f"SELECT * FROM messages WHERE {' AND '.join(conditions)} ORDER BY seq DESC LIMIT ? OFFSET ?"
        return [message_of(row) for row in self._rows(sql, values)]

    # Opt-outs ---------------------------------------------------------------------------------------------

    def opt_out(self, merchant: str, customer: str) -> None:
        with self._transaction() as db:
            db.execute("INSERT OR IGNORE INTO opt_outs VALUES (?, ?)", (merchant, customer))

    def opt_in(self, merchant: str, customer: str) -> bool:
        """Takes the opt-out back; False if there was none."""
        with self._transaction() as db:
            gone = db.execute(
                "DELETE FROM opt_outs WHERE merchant = ? AND customer = ?", (merchant, customer)
            )
            return gone.rowcount > 0

    def has_opted_out(self, merchant: str, customer: str) -> bool:
        sql = "SELECT 1 FROM opt_outs WHERE merchant = ? AND customer = ?"
        return bool(self._rows(sql, (merchant, customer)))

    # The carrier's pending work ---------------------------------------------------------------------------

    def plan(self, kind: str, message_id: str, payload: Mapping[str, Any], *, due_at: int) -> int:
        with self._transaction() as db:
            added = db.execute(
                "INSERT INTO tasks (kind, message_id, payload, due_at, tries) VALUES (?, ?, ?, ?, 0)",
                (kind, message_id, json.dumps(payload), due_at),
            )
            return int(added.lastrowid or 0)

    def due(self, now: int, *, limit: int) -> list[Task]:
        sql = "SELECT * FROM tasks WHERE due_at <= ? ORDER BY due_at, id LIMIT ?"
        return [
            Task(
                row["id"],
                row["kind"],
                row["message_id"],
                json.loads(row["payload"]),
                row["due_at"],
                row["tries"],
            )
            for row in self._rows(sql, (now, limit))
        ]

    def next_due(self) -> int | None:
        found = self._rows("SELECT min(due_at) AS due_at FROM tasks", ())
        return None if found[0]["due_at"] is None else int(found[0]["due_at"])

    def postpone(self, task_id: int, *, due_at: int) -> None:
        with self._transaction() as db:
            db.execute(
                "UPDATE tasks SET due_at = ?, tries = tries + 1 WHERE id = ?", (due_at, task_id)
            )

    def done(self, task_id: int) -> None:
        with self._transaction() as db:
            db.execute("DELETE FROM tasks WHERE id = ?", (task_id,))

    # Notes ------------------------------------------------------------------------------------------------

    def note(self, name: str) -> str | None:
        found = self._rows("SELECT value FROM notes WHERE name = ?", (name,))
        return str(found[0]["value"]) if found else None

    def write_note(self, name: str, value: str) -> None:
        with self._transaction() as db:
            _write_note(db, name, value)

    # ------------------------------------------------------------------------------------------------------

    def _move(
        self,
        db: sqlite3.Connection,
        message_id: str,
        status: Status,
        error_code: int | None,
        now: int,
        *,
        natural: bool,
    ) -> Message | None:
        before = self.get(message_id)
        if before is None or (natural and status not in ONWARD[before.status]):
            return None
        reached = status in {Status.SENT, Status.DELIVERED, Status.READ}
        sent_at = before.sent_at or (now if reached else None)
        after = replace(
            before,
            status=status,
            error_code=error_code,
            sent_at=sent_at,
            updated_at=now,
            change=_next_change(db),
        )
        db.execute(
            "UPDATE messages SET status = ?, error_code = ?, sent_at = ?, updated_at = ?, change = ? WHERE id = ?",
            (status.value, error_code, sent_at, now, after.change, message_id),
        )
        return after

    def _rows(self, sql: str, values: Sequence[object]) -> list[sqlite3.Row]:
        with closing(self._db.execute(sql, values)) as cursor:
            return cursor.fetchall()

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield self._db
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")


def _next_change(db: sqlite3.Connection) -> int:
    found = db.execute("SELECT value FROM notes WHERE name = 'change'").fetchone()
    change = int(found["value"]) + 1 if found else 1
    _write_note(db, "change", str(change))
    return change


def _write_note(db: sqlite3.Connection, name: str, value: str) -> None:
    db.execute(
        "INSERT INTO notes VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (name, value),
    )
