"""Alembic's entry: runs the revisions on the connection that `app.schema` hands over."""

from typing import Any, Literal

from alembic import context

from app.tables import metadata
from core.database.schema import JsonText, UtcDateTime


def render_item(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Writes our own column types by what the database sees of them."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, JsonText):
        return "sa.Text()"
    return False


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    # SQLite alters a table by copying it.
    render_as_batch=True,
    render_item=render_item,
    compare_type=True,
    # A revision that makes indexes beside running services ends the transaction, so each has its own.
    transaction_per_migration=True,
)
with context.begin_transaction():
    context.run_migrations()
