"""The tables, and a message as a row of them and back."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from channels.simulator.messages import Channel, Direction, Message, Origin, Status

SCHEMA = """
CREATE TABLE IF NOT EXISTS messages (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    channel TEXT NOT NULL, direction TEXT NOT NULL, origin TEXT NOT NULL,
    sender TEXT NOT NULL, recipient TEXT NOT NULL, customer_key TEXT NOT NULL,
    sender_name TEXT NOT NULL, subject TEXT NOT NULL, text TEXT NOT NULL, html TEXT,
    headers TEXT NOT NULL, urls TEXT NOT NULL, images TEXT NOT NULL,
    status TEXT NOT NULL, error_code INTEGER, arrived INTEGER NOT NULL,
    service_sid TEXT, callback_url TEXT, segments INTEGER NOT NULL,
    created_at INTEGER NOT NULL, sent_at INTEGER, updated_at INTEGER NOT NULL, change INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS messages_by_customer ON messages (customer_key, seq);
CREATE INDEX IF NOT EXISTS messages_by_change ON messages (change);
CREATE TABLE IF NOT EXISTS opt_outs (
    merchant TEXT NOT NULL, customer TEXT NOT NULL, PRIMARY KEY (merchant, customer)
) STRICT;
CREATE TABLE IF NOT EXISTS tasks (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL, message_id TEXT NOT NULL, payload TEXT NOT NULL,
    due_at INTEGER NOT NULL, tries INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS tasks_by_due ON tasks (due_at);
CREATE TABLE IF NOT EXISTS notes (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
"""


def row_of(message: Message) -> dict[str, Any]:
    """The column values of a message."""
    row = {name: getattr(message, name) for name in message.__dataclass_fields__}
    for name in ("channel", "direction", "origin", "status"):
        row[name] = row[name].value
    for name in ("headers", "urls", "images"):
        row[name] = json.dumps(row[name])
    return row | {"arrived": int(message.arrived)}


def message_of(row: sqlite3.Row) -> Message:
    """The message in a row."""
    fields = {name: row[name] for name in Message.__dataclass_fields__}
    return Message(
        **fields
        | {
            "channel": Channel(row["channel"]),
            "direction": Direction(row["direction"]),
            "origin": Origin(row["origin"]),
            "status": Status(row["status"]),
            "headers": tuple((name, value) for name, value in json.loads(row["headers"])),
            "urls": tuple(json.loads(row["urls"])),
            "images": json.loads(row["images"]),
            "arrived": bool(row["arrived"]),
        }
    )
