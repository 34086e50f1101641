"""After a backup was restored: positions begin again where the backup ended, so nobody's place may be trusted."""

import secrets
from datetime import datetime

import sqlalchemy as sa

from compliance.journal.entry import Event, journal_heads
from compliance.journal.write import record
from core.database import Session


async def begin_epoch(session: Session, merchant: str, *, actor: str, now: datetime) -> int:
    """Gives the merchant's journal a new epoch, and records it. Answers the last position that was restored.

    Feeds of the epoch before are told to take a fresh snapshot.
    """
    head = await session.one_or_none(
        sa.update(journal_heads)
        .where(journal_heads.c.merchant == merchant)
        .values(epoch=secrets.token_hex(8))
        .returning(journal_heads.c.position)
    )
    assert head is not None, f"merchant {merchant} has no journal"
    position: int = head["position"]
    record(
        session,
        Event(
            type="settings.changed",
            merchant=merchant,
            occurred_at=now,
            actor=actor,
            data={"setting": "journal", "change": "restored", "position": position},
        ),
    )
    return position
