"""The chain holds while nobody meddles, and names the place where somebody did."""

from typing import Any

import pytest
import sqlalchemy as sa

from compliance.journal import Event, record
from compliance.journal.entry import (
    GENESIS,
    HASHED_COLUMNS,
    entry_hash,
    journal_entries,
    journal_heads,
)
from compliance.journal.verify import Verdict, verify
from compliance.master_keys import MasterKey, MasterKeyUnusable
from compliance.merchants import Merchant
from compliance.vault import Vault
from core.database import Database
from tests.support.clock import START, SettableClock

ENTRIES = 8


@pytest.fixture
async def told(database: Database, merchant: Merchant) -> Merchant:
    """A merchant with eight entries in three transactions."""
    for numbers in (range(1, 4), range(4, 8), range(8, 9)):
        async with database.transaction() as session:
            for number in numbers:
                record(
                    session,
                    Event(
                        type="link.created",
                        merchant=merchant.id,
                        occurred_at=START,
                        actor="system",
                        origin="203.0.113.7",
                        link=f"lnk_{number}",
                        customer="cus_1",
                        data={
                            "amount": number * 100,
                            "text": "é ünï",
                            "deep": {"list": [1, None, True]},
                        },
                        private={"name": "Zoë"},
                    ),
                )
    return merchant


async def _verify(database: Database, vault: Vault, merchant: Merchant) -> Verdict:
    async with database.snapshot() as session:
        return await verify(session, vault, merchant.id, now=START)


def _at(merchant: Merchant, position: int) -> Any:
    return (journal_entries.c.merchant == merchant.id) & (journal_entries.c.position == position)


async def _meddle(database: Database, *statements: sa.Executable) -> None:
    async with database.transaction() as session:
        for statement in statements:
            await session.execute(statement)


async def test_an_untouched_journal_is_intact(
    database: Database, vault: Vault, told: Merchant
) -> None:
    verdict = await _verify(database, vault, told)
    assert verdict.intact
    assert ENTRIES == verdict.entries


async def test_an_empty_journal_is_intact(
    database: Database, vault: Vault, merchant: Merchant
) -> None:
    assert Verdict(merchant.id, 0) == await _verify(database, vault, merchant)


@pytest.mark.parametrize(
    "change",
    [
        {"data": {"amount": 1}},
        {"type": "link.sent"},
        {"link": "lnk_x"},
        {"link": None},
        {"actor": "user:usr_x"},
        {"origin": "203.0.113.8"},
        {"agent": "usr_x"},
        {"occurred_at": START.replace(year=2025)},
        {"sealed": None},
        {"sealed": "v1.vlt_x.AAAA"},
        {"id": "evt_x"},
        {"hash": "0" * 64},
    ],
    ids=lambda change: next(iter(change)),
)
async def test_an_edited_entry_is_found(
    database: Database, vault: Vault, told: Merchant, change: dict[str, Any]
) -> None:
    await _meddle(database, sa.update(journal_entries).where(_at(told, 4)).values(**change))
    assert 4 == (await _verify(database, vault, told)).bad_position


async def test_a_deleted_entry_in_the_middle_is_found(
    database: Database, vault: Vault, told: Merchant
) -> None:
    await _meddle(database, sa.delete(journal_entries).where(_at(told, 4)))
    assert 4 == (await _verify(database, vault, told)).bad_position


async def test_a_deleted_entry_whose_gap_was_closed_is_found(
    database: Database, vault: Vault, told: Merchant
) -> None:
    closing = [
        sa.update(journal_entries).where(_at(told, position)).values(position=position - 1)
        for position in range(5, ENTRIES + 1)
    ]
    await _meddle(database, sa.delete(journal_entries).where(_at(told, 4)), *closing)
    assert 4 == (await _verify(database, vault, told)).bad_position


async def test_each_break_is_named_and_the_rest_still_holds(
    database: Database, vault: Vault, told: Merchant
) -> None:
    """One middle entry edited, a stretch deleted, and the last cut off, all at once."""
    await _meddle(
        database,
        sa.update(journal_entries).where(_at(told, 3)).values(actor="user:somebody"),
        sa.delete(journal_entries).where(journal_entries.c.position.in_([5, 6])),
        sa.delete(journal_entries).where(_at(told, ENTRIES)),
    )
    verdict = await _verify(database, vault, told)
    assert [
        (3, None, "the entry was changed"),
        (5, 6, "the entry is missing"),
        (ENTRIES, None, "the entries after this were cut off"),
    ] == [(each.position, each.last, each.reason) for each in verdict.breaks]
    assert (2, 3, "the entry was changed") == (
        verdict.entries,
        verdict.bad_position,
        verdict.reason,
    )


async def test_of_very_many_breaks_some_are_named_and_all_are_counted(
    database: Database, vault: Vault, told: Merchant
) -> None:
    await _meddle(database, sa.update(journal_entries).values(actor="user:somebody"))
    async with database.snapshot() as session:
        verdict = await verify(session, vault, told.id, now=START, breaks_max=2)
    assert ([1, 2], ENTRIES - 2) == (
        [each.position for each in verdict.breaks],
        verdict.more_breaks,
    )


@pytest.mark.parametrize("kept", [0, 1, ENTRIES - 1])
async def test_a_cut_tail_is_found(
    database: Database, vault: Vault, told: Merchant, kept: int
) -> None:
    await _meddle(database, sa.delete(journal_entries).where(journal_entries.c.position > kept))
    verdict = await _verify(database, vault, told)
    assert (kept, kept + 1) == (verdict.entries, verdict.bad_position)


async def test_two_entries_that_changed_places_are_found(
    database: Database, vault: Vault, told: Merchant
) -> None:
    moves = [(4, 99), (5, 4), (99, 5)]
    await _meddle(
        database,
        *(
            sa.update(journal_entries).where(_at(told, old)).values(position=new)
            for old, new in moves
        ),
    )
    verdict = await _verify(database, vault, told)
    # The one behind them is in its place, and follows neither.
    assert [4, 5, 6] == [each.position for each in verdict.breaks]


async def test_an_invented_entry_at_the_end_is_found(
    database: Database, vault: Vault, told: Merchant
) -> None:
    async with database.snapshot() as session:
        [last] = await session.all(sa.select(journal_entries).where(_at(told, ENTRIES)))
    forged = {**last, "position": ENTRIES + 1, "id": "evt_forged", "previous_hash": last["hash"]}
    forged["hash"] = entry_hash(forged, last["hash"], secret=b"not the journal's key")
    await _meddle(
        database,
        sa.insert(journal_entries).values(**forged),
        sa.update(journal_heads)
        .where(journal_heads.c.merchant == told.id)
        .values(position=ENTRIES + 1, hash=forged["hash"]),
    )
    assert ENTRIES + 1 == (await _verify(database, vault, told)).bad_position


async def test_a_chain_recomputed_without_the_key_is_found(
    database: Database, vault: Vault, told: Merchant
) -> None:
    async with database.snapshot() as session:
        rows = await session.all(sa.select(journal_entries).order_by(journal_entries.c.position))
    previous, forgeries = GENESIS, []
    for row in rows:
        values = {**row, "data": {"amount": 1}}
        digest = entry_hash(values, previous, secret=b"")
        forgeries.append(
            sa.update(journal_entries)
            .where(_at(told, row["position"]))
            .values(data={"amount": 1}, previous_hash=previous, hash=digest)
        )
        previous = digest
    await _meddle(
        database,
        *forgeries,
        sa.update(journal_heads).where(journal_heads.c.merchant == told.id).values(hash=previous),
    )
    assert 1 == (await _verify(database, vault, told)).bad_position


async def test_another_merchants_chain_is_not_touched_by_this_ones(
    database: Database, vault: Vault, told: Merchant, new_merchant: Any
) -> None:
    other = await new_merchant("Other")
    await _meddle(database, sa.delete(journal_entries).where(_at(told, 4)))
    assert (await _verify(database, vault, other)).intact


async def test_erasing_a_customer_does_not_break_the_chain(
    database: Database, vault: Vault, told: Merchant, clock: SettableClock
) -> None:
    async with database.transaction() as session:
        await vault.destroy(session, told.id, "cus_1", now=clock())
    assert (await _verify(database, vault, told)).intact


async def test_another_master_key_cannot_verify(database: Database, told: Merchant) -> None:
    with pytest.raises(MasterKeyUnusable):
        await _verify(database, Vault(MasterKey.from_text("cd" * 32)), told)


def test_the_hash_covers_every_column_but_the_hashes_themselves() -> None:
    covered = {*HASHED_COLUMNS, "occurred_at", "hash", "previous_hash"}
    assert covered == {column.name for column in journal_entries.columns}
