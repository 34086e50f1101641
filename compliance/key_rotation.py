"""Wraps every data key under the current master key, in small pieces beside whatever else is going on.

The data keys themselves stay, and with them all that is sealed: what is rotated is the key that protects the keys
(NIST SP 800-57 part 1, 5.3; PCI DSS 3.7.4). Nothing remembers how far it has come but the rows: whatever breaks it
off, it goes on where it was when it is started again.
"""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import sqlalchemy as sa

from compliance.journal import Event, record
from compliance.master_keys import MasterKey, MasterKeys
from compliance.vault import SYSTEM, unwrap, vault_keys, wrap
from core.database import Database, Session

# So few that nobody waits for a piece to end, and so many that the commits do not count.
PIECE: Final = 200
# Another process may still wrap a new key under the earlier master key while it has not heard of the new one.
_ROUNDS_MAX: Final = 3


@dataclass(frozen=True, slots=True)
class Rotated:
    """How far it has come: data keys wrapped anew so far, of those that were not when it began."""

    done: int
    of: int


@dataclass(frozen=True, slots=True)
class Census:
    """Data keys by the master key that they are wrapped under."""

    current: int
    earlier: int
    unknown: int  # under a master key that this process does not have


async def census(session: Session, masters: MasterKeys) -> Census:
    """Counts the data keys that are not destroyed."""
    rows = await session.all(
        sa.select(vault_keys.c.master_key_id, sa.func.count().label("count"))
        .where(vault_keys.c.wrapped.is_not(None))
        .group_by(vault_keys.c.master_key_id)
    )
    counts = {row["master_key_id"]: row["count"] for row in rows}
    current = counts.pop(masters.current.id, 0)
    earlier = sum(counts.pop(key.id, 0) for key in masters.known)
    return Census(current=current, earlier=earlier, unknown=sum(counts.values()))


async def rotate(
    database: Database, masters: MasterKeys, *, actor: str, now: datetime, piece: int = PIECE
) -> AsyncIterator[Rotated]:
    """Wraps anew what is under another master key, and tells each merchant's journal.

    Raises `MasterKeyUnusable` for a data key under a master key that is not here; what was done by then stays done.
    """
    current = masters.current
    async with database.snapshot() as session:
        found = await census(session, masters)
    wanted, done = found.earlier + found.unknown, 0
    yield Rotated(done, wanted)
    for _ in range(_ROUNDS_MAX):
        after, in_round = "", 0
        while True:
            async with database.transaction() as session:
                rows = await _piece(session, current, after=after, limit=piece)
                changed = [row for row in rows if await _wrapped(session, masters, row, current)]
                for merchant in sorted({row["merchant"] for row in changed} - {SYSTEM}):
                    count = sum(row["merchant"] == merchant for row in changed)
                    _tell(session, merchant, current, count, actor=actor, now=now)
            if not rows:
                break
            after = rows[-1]["id"]
            in_round += len(changed)
            done += len(changed)
            yield Rotated(done, max(wanted, done))
        if not in_round:
            return


async def _piece(
    session: Session, current: MasterKey, *, after: str, limit: int
) -> Sequence[sa.RowMapping]:
    return await session.all(
        sa.select(vault_keys)
        .where(
            vault_keys.c.id > after,
            vault_keys.c.master_key_id != current.id,
            vault_keys.c.wrapped.is_not(None),
        )
        .order_by(vault_keys.c.id)
        .limit(limit)
    )


async def _wrapped(
    session: Session, masters: MasterKeys, row: sa.RowMapping, current: MasterKey
) -> bool:
    """False where it was destroyed, or wrapped by another rotation, in the meantime."""
    secret = unwrap(masters.of(row["master_key_id"]), row["id"], row["wrapped"])
    changed = await session.scalar(
        sa.update(vault_keys)
        .where(vault_keys.c.id == row["id"], vault_keys.c.wrapped == row["wrapped"])
        .values(wrapped=wrap(current, row["id"], secret), master_key_id=current.id)
        .returning(vault_keys.c.id)
    )
    return changed is not None


def _tell(
    session: Session, merchant: str, current: MasterKey, count: int, *, actor: str, now: datetime
) -> None:
    record(
        session,
        Event(
            merchant=merchant,
            type="settings.changed",
            occurred_at=now,
            actor=actor,
            data={
                "setting": "master_key",
                "change": "rotated",
                "master_key_id": current.id,
                "keys": count,
            },
        ),
    )
