"""Where does the sandbox keep its state? One SQLite file; a restart loses nothing.

One connection, used from one thread: every operation is one transaction that either commits as a
whole or leaves no trace, so operations are atomic and never interleave.
"""

import json
import secrets
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from payments.sandbox.errors import Json

_SCHEMA = """
CREATE TABLE IF NOT EXISTS objects (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    created INTEGER NOT NULL,
    body TEXT NOT NULL,
    hidden TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS objects_by_kind ON objects (kind, seq);
CREATE INDEX IF NOT EXISTS objects_by_intent
    ON objects (json_extract(body, '$.payment_intent'), kind);
CREATE INDEX IF NOT EXISTS objects_by_charge ON objects (json_extract(body, '$.charge'), kind);
CREATE INDEX IF NOT EXISTS objects_by_challenge ON objects (json_extract(hidden, '$.challenge'));
CREATE TABLE IF NOT EXISTS deliveries (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    event_id TEXT NOT NULL,
    endpoint_id TEXT NOT NULL,
    state TEXT NOT NULL,
    due_ms INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    last_answer TEXT
);
CREATE INDEX IF NOT EXISTS deliveries_due ON deliveries (state, due_ms);
CREATE INDEX IF NOT EXISTS deliveries_by_event ON deliveries (event_id);
CREATE TABLE IF NOT EXISTS later (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    due_ms INTEGER NOT NULL,
    step TEXT NOT NULL,
    subject TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS answers (
    key TEXT PRIMARY KEY,
    digest TEXT NOT NULL,
    status INTEGER NOT NULL,
    body TEXT NOT NULL,
    request_id TEXT NOT NULL,
    created_ms INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value BLOB NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class Page:
    objects: list[Json]
    has_more: bool


class Store:
    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._db.row_factory = sqlite3.Row
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=5000"):
            self._db.execute(f"PRAGMA {pragma}")
        self._db.executescript(_SCHEMA)
        self.secret = self._fact("secret", lambda: secrets.token_bytes(32))
        self.account = self._fact("account", lambda: secrets.token_hex(8).encode()).decode()

    def close(self) -> None:
        self._db.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    def _fact(self, name: str, make: Callable[[], bytes]) -> bytes:
        self._db.execute("INSERT OR IGNORE INTO facts VALUES (?, ?)", (name, make()))
        row = self._db.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
        return bytes(row["value"])

    def execute(self, sql: str, *values: object) -> sqlite3.Cursor:
        return self._db.execute(sql, values)

    # Objects: what the API shows (`body`) and what it never shows (`hidden`).

    def add(self, kind: str, body: Json, hidden: Json | None = None) -> Json:
        self.execute(
            "INSERT INTO objects (id, kind, created, body, hidden) VALUES (?, ?, ?, ?, ?)",
            body["id"], kind, body["created"], json.dumps(body), json.dumps(hidden or {}),
        )  # fmt: skip
        return body

    def save(self, body: Json) -> None:
        done = self.execute(
            "UPDATE objects SET body = ? WHERE id = ?", json.dumps(body), body["id"]
        )
        assert done.rowcount == 1, "only a stored object can be saved"

    def hide(self, object_id: str, **hidden: object) -> None:
        """Merges into what the API never shows."""
        merged = self.hidden(object_id) | hidden
        self.execute("UPDATE objects SET hidden = ? WHERE id = ?", json.dumps(merged), object_id)

    def get(self, kind: str | None, object_id: str) -> Json | None:
        row = self.execute(
            "SELECT body FROM objects WHERE id = ? AND (? IS NULL OR kind = ?)",
            object_id, kind, kind,
        ).fetchone()  # fmt: skip
        return None if row is None else _json(row["body"])

    def hidden(self, object_id: str) -> Json:
        row = self.execute("SELECT hidden FROM objects WHERE id = ?", object_id).fetchone()
        assert row is not None, "only a stored object has a hidden side"
        return _json(row["hidden"])

    def challenged(self, challenge: str) -> Json | None:
        """The payment intent that waits for this bank challenge."""
        row = self.execute(
            "SELECT body FROM objects WHERE json_extract(hidden, '$.challenge') = ?", challenge
        ).fetchone()
        return None if row is None else _json(row["body"])

    def belonging(self, kind: str, field: str, value: str) -> list[Json]:
        """All of a kind whose `charge` or `payment_intent` is this one, oldest first."""
        assert field in ("charge", "payment_intent")
        rows = self.execute(
            f"SELECT body FROM objects WHERE json_extract(body, '$.{field}') = ? AND kind = ? "
            "ORDER BY seq",
            value, kind,
        )  # fmt: skip
        return [_json(row["body"]) for row in rows]

    def page(
        self,
        kind: str,
        *,
        limit: int,
        where: dict[str, str],
        created: dict[str, int],
        after: str | None = None,
        before: str | None = None,
    ) -> Page:
        """Newest first, as Stripe lists; `before` turns the reading direction, not the order."""
        terms, values = ["kind = ?"], [kind]
        for name, value in where.items():
            terms.append(f"json_extract(body, '$.{name}') = ?")
            values.append(value)
        for comparison, moment in created.items():
            terms.append(f"created {comparison} {moment:d}")
        if after is not None:
            terms.append("seq < (SELECT seq FROM objects WHERE id = ?)")
            values.append(after)
        if before is not None:
            terms.append("seq > (SELECT seq FROM objects WHERE id = ?)")
            values.append(before)
        order = "DESC" if before is None else "ASC"
        rows = self.execute(
            f"SELECT body FROM objects WHERE {' AND '.join(terms)} ORDER BY seq {order} "
            f"LIMIT {limit + 1:d}",
            *values,
        ).fetchall()
        found = [_json(row["body"]) for row in rows[:limit]]
        return Page(found if before is None else found[::-1], len(rows) > limit)


def _json(text: str) -> Json:
    value = json.loads(text)
    assert isinstance(value, dict)
    return value
