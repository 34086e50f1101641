"""Walks a merchant's hash chain and names each position where it does not hold.

After a break it goes on from what is stored there, so that one change is told as one and the next is found as well.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import sqlalchemy as sa

from compliance.journal.entry import GENESIS, entry_hash, journal_entries, journal_heads
from compliance.journal.write import JOURNAL_KEY
from compliance.vault import Vault
from core.database import Session

_PAGE: Final = 1000
BREAKS_MAX: Final = 100


@dataclass(frozen=True, slots=True)
class Break:
    """A position that does not hold, and why in words; `last` where a stretch up to that one is missing."""

    position: int
    reason: str
    last: int | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """`entries` hold from the first on, up to the first break. Of many breaks, the first hundred are named."""

    merchant: str
    entries: int
    breaks: tuple[Break, ...] = ()
    more_breaks: int = 0

    @property
    def intact(self) -> bool:
        return not self.breaks

    @property
    def bad_position(self) -> int | None:
        """The first."""
        return self.breaks[0].position if self.breaks else None

    @property
    def reason(self) -> str | None:
        """Why the first does not hold."""
        return self.breaks[0].reason if self.breaks else None


async def verify(
    session: Session,
    vault: Vault,
    merchant: str,
    *,
    now: datetime,
    breaks_max: int = BREAKS_MAX,
) -> Verdict:
    """Reads every entry in order. Finds edits, deletions, insertions, reordering and a cut tail."""
    key = await vault.key(session, merchant, JOURNAL_KEY, now=now)
    position, previous = 0, GENESIS
    found: list[Break] = []
    count = 0
    while True:
        rows = await session.all(
            sa.select(journal_entries)
            .where(journal_entries.c.merchant == merchant, journal_entries.c.position > position)
            .order_by(journal_entries.c.position)
            .limit(_PAGE)
        )
        for row in rows:
            breaks = list(_breaks(row, position, previous, secret=key.secret))
            count += len(breaks)
            found += breaks[: breaks_max - len(found)]
            position, previous = row["position"], row["hash"]
        if len(rows) < _PAGE:
            break
    head = await session.one_or_none(
        sa.select(journal_heads).where(journal_heads.c.merchant == merchant)
    )
    if head is None or head["position"] != position or head["hash"] != previous:
        count += 1
        found += [Break(position + 1, "the entries after this were cut off")][
            : breaks_max - len(found)
        ]
    whole = position if not found else found[0].position - 1
    return Verdict(merchant, whole, tuple(found), count - len(found))


def _breaks(row: sa.RowMapping, position: int, previous: str, *, secret: bytes) -> Iterator[Break]:
    """What is wrong between the entry before, which was at `position`, and this one."""
    expected = position + 1
    if row["position"] != expected:
        last = row["position"] - 1
        yield Break(expected, "the entry is missing", None if last == expected else last)
    elif row["previous_hash"] != previous:
        yield Break(expected, "it does not follow the entry before")
        return
    # Behind a gap there is nothing to follow: only the entry itself can be looked at.
    if row["hash"] != entry_hash(row, row["previous_hash"], secret=secret):
        yield Break(row["position"], "the entry was changed")
