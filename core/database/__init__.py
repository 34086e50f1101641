"""The database: one place that opens transactions, and the only one that commits."""

from core.database.engine import Database, Session, upsert
from core.database.retry import retried
from core.database.schema import JsonText, UtcDateTime, metadata

__all__ = ["Database", "JsonText", "Session", "UtcDateTime", "metadata", "retried", "upsert"]
