"""Anchors leave by themselves, each destination is told all of them. Covers compliance.journal.anchor_rounds."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import sqlalchemy as sa

from compliance.journal import Event, anchor_rounds, record
from compliance.journal.anchor_rounds import (
    LINES_MAX,
    Anchoring,
    AnchorsUnsent,
    unproven_since,
)
from compliance.journal.anchors import compare, read_anchors
from compliance.journal.entry import journal_entries
from compliance.merchants import Merchant
from compliance.vault import Vault
from core import work
from core.database import Database
from tests.conftest import NewMerchant
from tests.support.clock import SettableClock

_EVERY = timedelta(minutes=15)


@dataclass
class Shelf:
    """Somewhere else; `is_away` while it refuses."""

    name: str = "https://audit.example.com"
    lines: list[str] = field(default_factory=list)
    batches: list[int] = field(default_factory=list)
    is_away: bool = False

    async def send(self, lines: Sequence[str]) -> None:
        if self.is_away:
            raise AnchorsUnsent("It answered 503.")
        self.lines.extend(lines)
        self.batches.append(len(lines))

    def positions(self, merchant: Merchant) -> list[int]:
        told = read_anchors(self.lines)
        return [anchor.position for anchor in told if anchor.merchant == merchant.id]


async def _tell(database: Database, merchant: Merchant, clock: SettableClock) -> None:
    async with database.transaction() as session:
        fact = Event(type="link.created", merchant=merchant.id, occurred_at=clock(), actor="system")
        record(session, fact)


def _anchoring(
    database: Database, vault: Vault, clock: SettableClock, *shelves: Shelf
) -> Anchoring:
    return Anchoring(database, vault, shelves, _EVERY, clock)


async def test_each_round_tells_what_has_grown_and_nothing_twice(
    database: Database,
    vault: Vault,
    merchant: Merchant,
    clock: SettableClock,
    new_merchant: NewMerchant,
) -> None:
    other, shelf = await new_merchant("Other"), Shelf()
    rounds = _anchoring(database, vault, clock, shelf)
    for each in (merchant, other, merchant):
        await _tell(database, each, clock)
    assert await rounds.run()
    assert (shelf.positions(merchant), shelf.positions(other)) == ([2], [1])
    assert await rounds.run()
    assert len(shelf.lines) == 2
    await _tell(database, other, clock)
    assert await rounds.run()
    assert (shelf.positions(merchant), shelf.positions(other)) == ([2], [1, 2])


async def test_one_that_was_away_is_told_all_that_it_missed_and_keeps_no_other_waiting(
    database: Database, vault: Vault, merchant: Merchant, clock: SettableClock
) -> None:
    away, there = Shelf(is_away=True), Shelf("file:/var/audit")
    rounds = _anchoring(database, vault, clock, away, there)
    since = clock().replace(microsecond=123_000)
    for _ in range(3):
        await _tell(database, merchant, clock)
        assert not await rounds.run()
        clock.advance(_EVERY)
    assert (away.lines, there.positions(merchant)) == ([], [1, 2, 3])
    async with database.snapshot() as session:
        told = await unproven_since(session, [away.name, there.name])
    assert told == {away.name: since, there.name: None}
    away.is_away = False
    assert await rounds.run()
    assert away.positions(merchant) == [1, 2, 3]
    async with database.snapshot() as session:
        assert (await unproven_since(session, [away.name]))[away.name] is None


async def test_a_destination_that_is_new_is_told_from_the_beginning_in_bounded_batches(
    database: Database, vault: Vault, merchant: Merchant, clock: SettableClock
) -> None:
    first = Shelf()
    for _ in range(3):
        await _tell(database, merchant, clock)
        await _anchoring(database, vault, clock, first).run()
    second = Shelf("file:/new")
    assert await _anchoring(database, vault, clock, first, second).run()
    assert second.positions(merchant) == [1, 2, 3]
    assert max(second.batches) <= LINES_MAX


async def test_the_handler_plans_the_next_round_sooner_after_a_failure_and_none_without_destinations(
    database: Database, vault: Vault, merchant: Merchant, clock: SettableClock
) -> None:
    shelf = Shelf(is_away=True)
    rounds = _anchoring(database, vault, clock, shelf)
    await _tell(database, merchant, clock)
    async with database.transaction() as session:
        await anchor_rounds.plan(session, now=clock())

    async def run_due(which: Anchoring) -> timedelta | None:
        """How long until the next, once this one has run."""
        async with database.transaction() as session:
            [item] = await work.claim(
                session, kinds=[anchor_rounds.ROUND], now=clock(), lease_seconds=60, limit=5
            )
        await which.round(item)
        async with database.snapshot() as session:
            due = await work.next_due(session, kinds=[anchor_rounds.ROUND])
        return None if due is None else due - clock()

    assert await run_due(rounds) == timedelta(minutes=1)
    shelf.is_away = False
    clock.advance(timedelta(minutes=1))
    assert await run_due(rounds) == _EVERY
    clock.advance(_EVERY)
    assert await run_due(_anchoring(database, vault, clock)) is None


async def test_what_was_told_shows_a_tail_that_was_cut_off(
    database: Database, vault: Vault, merchant: Merchant, clock: SettableClock
) -> None:
    shelf = Shelf()
    for _ in range(2):
        await _tell(database, merchant, clock)
        await _anchoring(database, vault, clock, shelf).run()
    async with database.transaction() as session:
        await session.execute(sa.delete(journal_entries).where(journal_entries.c.position == 2))
    async with database.snapshot() as session:
        found = await compare(session, merchant.id, read_anchors(shelf.lines))
    assert [each.position for each in found] == [2]
