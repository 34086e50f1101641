"""Where the merchant's mailbox is kept: a table of its own in the simulator's file."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

MAILS_MAX = 2000
# So that no UID of before means another mail.
RENUMBERED_BY = 100_000

_SCHEMA = """
CREATE TABLE IF NOT EXISTS mailbox (
    key INTEGER PRIMARY KEY AUTOINCREMENT, raw BLOB NOT NULL, seen INTEGER NOT NULL, arrived_at INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS mailbox_validity (value INTEGER NOT NULL) STRICT;
"""


class Shelf:
    """Each method is one database transaction."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=5000"):
            self._db.execute(f"PRAGMA {pragma}")
        self._db.executescript(_SCHEMA)

    def close(self) -> None:
        self._db.close()

    def add(self, raw: bytes, *, now: int) -> int:
        """The oldest make room past MAILS_MAX."""
        added = self._db.execute(
            "INSERT INTO mailbox (raw, seen, arrived_at) VALUES (?, 0, ?)", (raw, now)
        )
        key = int(added.lastrowid or 0)
        self._db.execute("DELETE FROM mailbox WHERE key <= ?", (key - MAILS_MAX,))
        return key

    def all(self) -> list[tuple[int, bytes, bool, int]]:
        with closing(
            self._db.execute("SELECT key, raw, seen, arrived_at FROM mailbox ORDER BY key")
        ) as cursor:
            return [(key, raw, bool(seen), at) for key, raw, seen, at in cursor.fetchall()]

    def mark_seen(self, keys: Sequence[int]) -> None:
        self._db.executemany("UPDATE mailbox SET seen = 1 WHERE key = ?", [(key,) for key in keys])

    def next_key(self) -> int:
        with closing(
            self._db.execute("SELECT seq FROM sqlite_sequence WHERE name = 'mailbox'")
        ) as cursor:
            found = cursor.fetchone()
        return 1 if found is None else int(found[0]) + 1

    def validity(self) -> int:
        with closing(self._db.execute("SELECT max(value) FROM mailbox_validity")) as cursor:
            return int(cursor.fetchone()[0] or 1)

    def offset(self) -> int:
        return (self.validity() - 1) * RENUMBERED_BY

    def renumber(self) -> None:
        self._db.execute("INSERT INTO mailbox_validity VALUES (?)", (self.validity() + 1,))
