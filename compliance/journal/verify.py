"""Walks a merchant's hash chain and names the first position where it does not hold."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

import sqlalchemy as sa

from compliance.journal.entry import GENESIS, entry_hash, journal_entries, journal_heads
from compliance.journal.write import JOURNAL_KEY
from compliance.vault import Vault
from core.database import Session

_PAGE: Final = 1000


@dataclass(frozen=True, slots=True)
class Verdict:
    """`entries` were checked; `bad_position` is the first that does not hold, with the reason in words."""

    merchant: str
    entries: int
    bad_position: int | None = None
    reason: str | None = None

    @property
    def intact(self) -> bool:
        return self.bad_position is None


async def verify(session: Session, vault: Vault, merchant: str, *, now: datetime) -> Verdict:
    """Reads every entry in order. Finds edits, deletions, insertions, reordering and a cut tail."""
    key = await vault.key(session, merchant, JOURNAL_KEY, now=now)
    position, previous = 0, GENESIS
    while True:
        rows = await session.all(
            sa.select(journal_entries)
            .where(journal_entries.c.merchant == merchant, journal_entries.c.position > position)
            .order_by(journal_entries.c.position)
            .limit(_PAGE)
        )
        for row in rows:
            expected = position + 1
            if row["position"] != expected:
                return Verdict(merchant, position, expected, "the entry is missing")
            if row["previous_hash"] != previous:
                return Verdict(merchant, position, expected, "it does not follow the entry before")
            if row["hash"] != entry_hash(row, previous, secret=key.secret):
                return Verdict(merchant, position, expected, "the entry was changed")
            position, previous = expected, row["hash"]
        if len(rows) < _PAGE:
            break
    head = await session.one_or_none(
        sa.select(journal_heads).where(journal_heads.c.merchant == merchant)
    )
    if head is None or head["position"] != position or head["hash"] != previous:
        return Verdict(merchant, position, position + 1, "the entries after this were cut off")
    return Verdict(merchant, position)
