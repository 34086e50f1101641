"""The database: one place that opens transactions, and the only one that commits."""

from core.database.engine import Database, Session, upsert
from core.database.ordered import VALUES_MAX, first_of, unindexed
from core.database.prepared import Prepared, Row
from core.database.retry import retried
from core.database.schema import JsonText, UtcDateTime, metadata

__all__ = [
    "VALUES_MAX",
    "Database",
    "JsonText",
    "Prepared",
    "Row",
    "Session",
    "UtcDateTime",
    "first_of",
    "metadata",
    "retried",
    "unindexed",
    "upsert",
]
