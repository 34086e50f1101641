"""What is kept: each table with its rows and its oldest one (PCI DSS 3.2.1, 10.5.1; GDPR article 5(1)(e))."""

from typing import Any, Final

import sqlalchemy as sa

from core.clock import rfc3339
from core.database import Session

# What ends by itself, and when. Whatever is not here is kept until it is erased, or for good.
ENDS: Final = {
    "idempotency_keys": "24 hours",
    "feed_tickets": "30 seconds",
    "sessions": "12 hours, 15 minutes idle",
    "sso_logins": "10 minutes",
    "journal_entries": "kept; what is personal in it ends with the customer's key",
    "customers": "until erased: POST /v1/customers/{id}/erase destroys the key",
    "messages": "until the customer is erased",
}
_MADE: Final = ("created_at", "occurred_at", "received_at", "recorded_at", "queued_at", "at")


async def kept(session: Session, metadata: sa.MetaData) -> list[dict[str, Any]]:
    """A row a table: how many rows, the oldest, and when they end."""
    rows = []
    for table in sorted(metadata.tables.values(), key=lambda table: table.name):
        made = next((table.c[name] for name in _MADE if name in table.c), None)
        count = await session.scalar(sa.select(sa.func.count()).select_from(table))
        oldest = await session.scalar(sa.select(sa.func.min(made))) if made is not None else None
        rows.append(
            {
                "table": table.name,
                "rows": count,
                "oldest": "" if oldest is None else rfc3339(oldest),
                "ends": ENDS.get(table.name, ""),
            }
        )
    return rows
