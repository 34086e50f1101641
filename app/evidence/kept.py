"""What is kept: each table with its rows and its oldest one (PCI DSS 3.2.1, 10.5.1; GDPR article 5(1)(e))."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from app.evidence.retained import ENDS
from compliance.retention import DataKind, last_report, look_at
from core.clock import rfc3339
from core.database import Session

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


async def by_rule(
    session: Session, kinds: Sequence[DataKind], merchant: str, *, now: datetime
) -> list[dict[str, Any]]:
    """A row a retention rule of the merchant: what is past it now, and what the last run deleted."""
    last = await last_report(session, merchant)
    deleted = {} if last is None else {row["kind"]: row["deleted"] for row in last["kinds"]}
    return [
        {
            **row,
            "merchant": merchant,
            "deleted": deleted.get(row["kind"], ""),
            "last_run": "" if last is None else last["made_at"],
        }
        for row in await look_at(session, kinds, merchant, now=now)
    ]
