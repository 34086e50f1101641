"""Anchors: where a merchant's journal stood at a moment, to be kept where the database's writers do not reach.

The hash chain alone cannot tell that its end was cut off together with the head row. An anchor kept elsewhere can: its
position must still be there, with the same hash.

AnchorsUnreadable   a line is no anchor
"""

import hashlib
import hmac
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from compliance.journal.entry import GENESIS, journal_entries, journal_heads
from compliance.journal.write import JOURNAL_KEY
from compliance.vault import Vault
from core.clock import rfc3339
from core.database import Session, UtcDateTime, metadata
from core.database.schema import canonical_json
from core.errors import Kind, PaythreadError

_AT_ONCE: Final = 500

journal_anchors = sa.Table(
    "journal_anchors",
    metadata,
    sa.Column("merchant", sa.String(40), primary_key=True),
    sa.Column("position", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("hash", sa.String(64), nullable=False),
    sa.Column("taken_at", UtcDateTime, nullable=False),
    # The seal of the merchant's anchor before, so that none can be left out of the middle.
    sa.Column("previous", sa.String(64), nullable=False),
    sa.Column("seal", sa.String(64), nullable=False),
)


class AnchorsUnreadable(PaythreadError):
    """A line of a file of anchors is no anchor; the sentence says which line."""

    code = "anchors_unreadable"
    kind = Kind.INVALID


@dataclass(frozen=True, slots=True)
class Anchor:
    """The entry at `position` had this `hash` at `taken_at` (RFC 3339). `seal` is keyed and covers all the rest."""

    merchant: str
    position: int
    hash: str
    taken_at: str
    previous: str
    seal: str

    def as_line(self) -> str:
        """One line of JSON, without the line's end."""
        return canonical_json({name: getattr(self, name) for name in self.__slots__})


@dataclass(frozen=True, slots=True)
class Mismatch:
    """An anchor that does not hold, at its position, with the reason in words."""

    merchant: str
    position: int
    reason: str


async def take_anchor(
    session: Session, vault: Vault, merchant: str, *, now: datetime
) -> Anchor | None:
    """Keeps an anchor at the journal's head. None when nothing was written since the last one."""
    now = now.replace(microsecond=now.microsecond // 1000 * 1000)
    head = await session.one_or_none(
        sa.select(journal_heads).where(journal_heads.c.merchant == merchant).with_for_update()
    )
    assert head is not None, f"merchant {merchant} has no journal"
    last = await last_anchor(session, merchant)
    # After a restored or cut journal the head may lie before the last anchor: that is for `check_anchors` to say.
    if head["position"] <= (0 if last is None else last.position):
        return None
    key = await vault.key(session, merchant, JOURNAL_KEY, now=now)
    previous = GENESIS if last is None else last.seal
    values = (merchant, head["position"], head["hash"], rfc3339(now), previous)
    anchor = Anchor(*values, seal=_seal(values, secret=key.secret))
    await session.execute(
        sa.insert(journal_anchors).values(
            merchant=merchant,
            position=anchor.position,
            hash=anchor.hash,
            taken_at=now,
            previous=previous,
            seal=anchor.seal,
        )
    )
    return anchor


async def last_anchor(session: Session, merchant: str) -> Anchor | None:
    """The merchant's latest, None before the first."""
    row = await session.one_or_none(
        sa.select(journal_anchors)
        .where(journal_anchors.c.merchant == merchant)
        .order_by(journal_anchors.c.position.desc())
        .limit(1)
    )
    return None if row is None else anchor_of(row)


async def check_anchors(
    session: Session, vault: Vault, merchant: str, *, now: datetime
) -> list[Mismatch]:
    """What does not hold of the anchors in the database: each anchor itself, their chain, and their entries."""
    key = await vault.key(session, merchant, JOURNAL_KEY, now=now)
    rows = await session.all(
        sa.select(journal_anchors)
        .where(journal_anchors.c.merchant == merchant)
        .order_by(journal_anchors.c.position)
    )
    found: list[Mismatch] = []
    anchors: list[Anchor] = []
    previous = GENESIS
    for row in rows:
        anchor = anchor_of(row)
        values = (merchant, anchor.position, anchor.hash, anchor.taken_at, anchor.previous)
        if not hmac.compare_digest(anchor.seal, _seal(values, secret=key.secret)):
            found.append(Mismatch(merchant, anchor.position, "the anchor was changed"))
        elif anchor.previous != previous:
            found.append(Mismatch(merchant, anchor.position, "the anchor before is missing"))
        previous = anchor.seal
        anchors.append(anchor)
    return found + await compare(session, merchant, anchors)


async def compare(session: Session, merchant: str, anchors: Sequence[Anchor]) -> list[Mismatch]:
    """The anchors of this merchant whose entry is gone or has another hash."""
    found: list[Mismatch] = []
    for start in range(0, len(anchors), _AT_ONCE):
        some = anchors[start : start + _AT_ONCE]
        rows = await session.all(
            sa.select(journal_entries.c.position, journal_entries.c.hash).where(
                journal_entries.c.merchant == merchant,
                journal_entries.c.position.in_([anchor.position for anchor in some]),
            )
        )
        hashes = {row["position"]: row["hash"] for row in rows}
        for anchor in some:
            if anchor.position not in hashes:
                reason = f"the entry anchored at {anchor.taken_at} is gone"
            elif hashes[anchor.position] != anchor.hash:
                reason = f"the entry is not the one anchored at {anchor.taken_at}"
            else:
                continue
            found.append(Mismatch(merchant, anchor.position, reason))
    return found


def read_anchors(lines: Iterable[str]) -> list[Anchor]:
    """The anchors of a file that was kept elsewhere, one a line. Raises `AnchorsUnreadable`."""
    anchors = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            anchor = Anchor(**json.loads(line))
        except (ValueError, TypeError):
            raise AnchorsUnreadable(f"Line {number} is no anchor.") from None
        texts = (anchor.merchant, anchor.hash, anchor.taken_at, anchor.previous, anchor.seal)
        if type(anchor.position) is not int or not all(isinstance(text, str) for text in texts):
            raise AnchorsUnreadable(f"Line {number} is no anchor.")
        anchors.append(anchor)
    return anchors


def anchor_of(row: sa.RowMapping) -> Anchor:
    """The anchor of a row."""
    return Anchor(
        row["merchant"],
        row["position"],
        row["hash"],
        rfc3339(row["taken_at"]),
        row["previous"],
        row["seal"],
    )


def _seal(values: Sequence[Any], *, secret: bytes) -> str:
    text = canonical_json(["anchor", *values])
    return hmac.new(secret, text.encode(), hashlib.sha256).hexdigest()
