"""Stages entries, and writes them as the last act of the transaction that they describe.

Last, because the merchant's head row is then locked for the shortest time, and because positions given out
under that lock appear in commit order and without gaps.
"""

import json
import secrets
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, partial
from typing import Any, Final

import sqlalchemy as sa

from compliance import masking
from compliance.journal.entry import (
    GENESIS,
    Entry,
    Event,
    entry_hash,
    entry_of,
    journal_entries,
    journal_heads,
)
from compliance.vault import KeyDestroyed, Vault
from core.database import Prepared, Session
from core.database.schema import canonical_json
from core.ids import new_id

# A projection follows the facts inside their own transaction, and may record facts that follow from them.
Projection = Callable[[Session, Sequence[Event]], Awaitable[None]]
# Says whose work events are that name nobody, before they are written.
Attribution = Callable[[Session, Sequence[Event]], Awaitable[Sequence[Event]]]
Wake = Callable[[str], None]
Listener = Callable[["Written"], None]

JOURNAL_KEY: Final = "journal"
PRIVATE: Final = "journal.private"
# In place of private words that may be taken back: their sealed form.
RECALLABLE: Final = "recallable"
# In place of private words that a rule ends: their sealed form.
AGING: Final = "aging"
_ROUNDS_MAX: Final = 4

_TAKE_POSITIONS: Final = Prepared(
    sa.update(journal_heads)
    .where(journal_heads.c.merchant == sa.bindparam("of"))
    .values(position=journal_heads.c.position + sa.bindparam("count", type_=sa.BigInteger))
    .returning(journal_heads.c.position, journal_heads.c.hash, journal_heads.c.epoch)
)
_APPEND: Final = Prepared(sa.insert(journal_entries))
_KEEP_HASH: Final = Prepared(
    sa.update(journal_heads)
    .where(journal_heads.c.merchant == sa.bindparam("of"))
    .values(hash=sa.bindparam("last"))
)


def record(session: Session, event: Event) -> None:
    """Stages a fact. It is written when the transaction commits, or not at all."""
    assert not session.read_only, "a snapshot commits nothing, so the fact would be lost"
    session.staged.append(event)


async def open_journal(session: Session, merchant: str) -> None:
    """Gives a new merchant its head row: position 0 and a fresh epoch."""
    await session.execute(
        sa.insert(journal_heads).values(
            merchant=merchant, position=0, hash=GENESIS, epoch=secrets.token_hex(8)
        )
    )


@dataclass(frozen=True)
class Written:
    """What one transaction wrote into a merchant's journal, once it is durable. `entries` are as they would be read."""

    merchant: str
    epoch: str
    rows: Sequence[Mapping[str, Any]]
    events: Sequence[Event]

    @cached_property
    def entries(self) -> Sequence[Entry]:
        """Built when somebody asks, for most merchants have nobody who listens."""
        return [
            entry_of(row, data={**_as_read(row["data"]), **_private_of(row, event)})
            for row, event in zip(self.rows, self.events, strict=True)
        ]


class Journal:
    """Writes staged entries. `flush` is hooked into the database's commit; projections run before it.

    After the commit, `wakes` are told whose journal has grown, and `listeners` what was written.
    """

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self.projections: list[Projection] = []
        self.attributions: list[Attribution] = []
        self.wakes: list[Wake] = []
        self.listeners: list[Listener] = []

    async def flush(self, session: Session) -> None:
        """The transaction's last act: projections, whose work it is, then positions, hashes and rows."""
        events: Sequence[Event] = await self._settle(session)
        for attribute in self.attributions:
            events = await attribute(session, events)
        by_merchant: dict[str, list[Event]] = {}
        for event in events:
            by_merchant.setdefault(event.merchant, []).append(event)
        for merchant in sorted(by_merchant):
            written = await self._append(session, merchant, by_merchant[merchant])
            session.after_commit.append(partial(self._tell, written))

    async def _settle(self, session: Session) -> list[Event]:
        settled: list[Event] = []
        for _ in range(_ROUNDS_MAX):
            fresh: list[Event] = session.staged
            session.staged = []
            settled.extend(fresh)
            if not fresh:
                return settled
            for project in self.projections:
                await project(session, fresh)
        assert not session.staged, "projections keep recording facts about each other"
        return settled

    async def _append(self, session: Session, merchant: str, events: list[Event]) -> Written:
        now = events[-1].occurred_at
        key = await self._vault.key(session, merchant, JOURNAL_KEY, now=now)
        sealed = [await self._seal(session, event) for event in events]
        head = await session.ask_one(_TAKE_POSITIONS, of=merchant, count=len(events))
        assert head is not None, f"merchant {merchant} has no journal"
        first = head["position"] - len(events) + 1
        previous = head["hash"]
        rows = []
        for index, event in enumerate(events):
            row = _row(event, position=first + index, sealed=sealed[index])
            row["previous_hash"] = previous
            row["hash"] = previous = entry_hash(row, previous, secret=key.secret)
            rows.append(row)
            session.put(_APPEND, **row)
        session.put(_KEEP_HASH, of=merchant, last=previous)
        return Written(merchant, head["epoch"], rows, events)

    async def _seal(self, session: Session, event: Event) -> str | None:
        if event.private is None:
            return None
        text = canonical_json(masking.mask_value(event.private))
        try:
            if event.recallable is not None:
                inner = await self._under(session, event, event.recallable.subject, text)
                instead = masking.mask_value(dict(event.recallable.instead))
                text = canonical_json({RECALLABLE: inner, "instead": instead})
            if event.ages is not None:
                day = event.ages.subject_of(event.occurred_at)
                text = canonical_json({AGING: await self._under(session, event, day, text)})
            return await self._under(session, event, event.customer or JOURNAL_KEY, text)
        except KeyDestroyed:
            # The customer was erased, or its day is over: a late fact is kept without what was private of it.
            return None

    async def _under(self, session: Session, event: Event, subject: str, text: str) -> str:
        return await self._vault.seal(
            session, event.merchant, subject, text, purpose=PRIVATE, now=event.occurred_at
        )

    def _tell(self, written: Written) -> None:
        for listen in self.listeners:
            listen(written)
        for wake in self.wakes:
            wake(written.merchant)


def _private_of(row: Mapping[str, Any], event: Event) -> dict[str, Any]:
    """What of it was kept: nothing, of a customer who was erased."""
    return _as_read(event.private or {}) if row["sealed"] is not None else {}


def _as_read(data: Mapping[str, Any]) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(canonical_json(masking.mask_value(data)))
    return read


def _row(event: Event, *, position: int, sealed: str | None) -> dict[str, Any]:
    return {
        "merchant": event.merchant,
        "position": position,
        "id": event.id or new_id("evt", event.occurred_at),
        "type": event.type,
        "occurred_at": _to_milliseconds(event.occurred_at),
        "link": event.link,
        "payment": event.payment,
        "attempt": event.attempt,
        "customer": event.customer,
        "conversation": event.conversation,
        "agent": event.agent,
        "channel": event.channel,
        "actor": event.actor,
        "origin": event.origin,
        # Masked here as the last net: no card number gets into the record, whoever staged it.
        "data": masking.mask_value(dict(event.data)),
        "sealed": sealed,
    }


def _to_milliseconds(moment: datetime) -> datetime:
    """What the API shows and the hash covers; a finer time would not survive the round trip."""
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)
