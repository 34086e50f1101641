"""An anchor tells what the chain alone cannot: that its end was cut off, whoever rewrote the head."""

from dataclasses import replace

import pytest
import sqlalchemy as sa

from compliance.journal import Event, record
from compliance.journal.anchors import (
    Anchor,
    AnchorsUnreadable,
    check_anchors,
    compare,
    journal_anchors,
    read_anchors,
    take_anchor,
)
from compliance.journal.entry import journal_entries, journal_heads
from compliance.journal.verify import verify
from compliance.merchants import Merchant
from compliance.vault import Vault
from core.database import Database
from tests.support.clock import START


async def _tell(database: Database, merchant: Merchant, count: int) -> None:
    async with database.transaction() as session:
        for number in range(count):
            record(
                session,
                Event(
                    type="link.created",
                    merchant=merchant.id,
                    occurred_at=START,
                    actor="system",
                    link=f"lnk_{number}",
                ),
            )


async def _take(database: Database, vault: Vault, merchant: Merchant) -> Anchor | None:
    async with database.transaction() as session:
        return await take_anchor(session, vault, merchant.id, now=START)


async def _bad(
    database: Database, vault: Vault, merchant: Merchant, kept: list[Anchor] | None = None
) -> tuple[int | None, list[int]]:
    """The position that the chain names, and those that the anchors name."""
    async with database.snapshot() as session:
        verdict = await verify(session, vault, merchant.id, now=START)
        found = await check_anchors(session, vault, merchant.id, now=START)
        found += await compare(session, merchant.id, kept or [])
    return verdict.bad_position, sorted({each.position for each in found})


@pytest.fixture
async def anchors(database: Database, vault: Vault, merchant: Merchant) -> list[Anchor]:
    """Anchors at positions 3, 5 and 8 of a journal of eight entries."""
    taken = []
    for count in (3, 2, 3):
        await _tell(database, merchant, count)
        anchor = await _take(database, vault, merchant)
        assert anchor is not None
        taken.append(anchor)
    return taken


def _at(merchant: Merchant, position: int) -> sa.ColumnElement[bool]:
    return sa.and_(
        journal_entries.c.merchant == merchant.id, journal_entries.c.position == position
    )


async def _cut_after(database: Database, merchant: Merchant, position: int) -> None:
    """Cuts the end off and rewrites the head, so that the chain by itself is whole again."""
    async with database.transaction() as session:
        await session.execute(
            sa.delete(journal_entries).where(
                journal_entries.c.merchant == merchant.id, journal_entries.c.position > position
            )
        )
        last = await session.scalar(
            sa.select(journal_entries.c.hash).where(_at(merchant, position))
        )
        await session.execute(
            sa.update(journal_heads)
            .where(journal_heads.c.merchant == merchant.id)
            .values(position=position, hash=last)
        )


async def test_what_nobody_touched_holds(
    database: Database, vault: Vault, merchant: Merchant, anchors: list[Anchor]
) -> None:
    assert [3, 5, 8] == [anchor.position for anchor in anchors]
    assert (None, []) == await _bad(database, vault, merchant, anchors)


async def test_without_new_entries_there_is_no_new_anchor(
    database: Database, vault: Vault, merchant: Merchant, anchors: list[Anchor]
) -> None:
    assert await _take(database, vault, merchant) is None


async def test_each_anchor_names_the_one_before(anchors: list[Anchor]) -> None:
    assert ["0" * 64, anchors[0].seal, anchors[1].seal] == [each.previous for each in anchors]


async def test_an_edited_middle_row_is_named(
    database: Database, vault: Vault, merchant: Merchant, anchors: list[Anchor]
) -> None:
    async with database.transaction() as session:
        await session.execute(
            sa.update(journal_entries).where(_at(merchant, 5)).values(actor="user:other")
        )
    bad, _ = await _bad(database, vault, merchant)
    assert 5 == bad


async def test_an_end_cut_off_together_with_the_head_is_named_by_the_anchor(
    database: Database, vault: Vault, merchant: Merchant, anchors: list[Anchor]
) -> None:
    await _cut_after(database, merchant, 7)
    assert (None, [8]) == await _bad(database, vault, merchant)


async def test_anchors_kept_elsewhere_tell_when_those_in_the_database_were_cut_off_as_well(
    database: Database, vault: Vault, merchant: Merchant, anchors: list[Anchor]
) -> None:
    await _cut_after(database, merchant, 7)
    async with database.transaction() as session:
        await session.execute(sa.delete(journal_anchors).where(journal_anchors.c.position == 8))
    assert (None, []) == await _bad(database, vault, merchant)
    assert (None, [8]) == await _bad(database, vault, merchant, anchors)


async def test_other_entries_in_place_of_those_cut_off_are_named(
    database: Database, vault: Vault, merchant: Merchant, anchors: list[Anchor]
) -> None:
    await _cut_after(database, merchant, 4)
    async with database.transaction() as session:
        await session.execute(sa.delete(journal_anchors).where(journal_anchors.c.position > 4))
    await _tell(database, merchant, 4)
    assert (None, [5, 8]) == await _bad(database, vault, merchant, anchors)


async def test_two_rows_in_each_others_place_are_named(
    database: Database, vault: Vault, merchant: Merchant, anchors: list[Anchor]
) -> None:
    async with database.transaction() as session:
        for before, after in ((4, 99), (5, 4), (99, 5)):
            await session.execute(
                sa.update(journal_entries).where(_at(merchant, before)).values(position=after)
            )
    assert (4, [5]) == await _bad(database, vault, merchant)


@pytest.mark.parametrize("change", ["edit", "leave out"])
async def test_an_anchor_changed_or_left_out_in_the_database_is_named(
    database: Database, vault: Vault, merchant: Merchant, anchors: list[Anchor], change: str
) -> None:
    second = journal_anchors.c.position == 5
    async with database.transaction() as session:
        if change == "edit":
            await session.execute(sa.update(journal_anchors).where(second).values(previous="0"))
        else:
            await session.execute(sa.delete(journal_anchors).where(second))
    expected = 5 if change == "edit" else 8
    assert (None, [expected]) == await _bad(database, vault, merchant)


async def test_a_file_gives_back_the_anchors_that_were_written(anchors: list[Anchor]) -> None:
    lines = [anchor.as_line() for anchor in anchors]
    assert anchors == read_anchors([*lines, ""])


@pytest.mark.parametrize("line", ["{", "[]", "{}", "3", '{"merchant": 1}'])
def test_a_line_that_is_no_anchor_is_refused(line: str) -> None:
    with pytest.raises(AnchorsUnreadable, match="Line 1"):
        read_anchors([line])


def test_a_position_that_is_no_whole_number_is_refused() -> None:
    anchor = Anchor("mer_1", 1, "a", "b", "c", "d")
    with pytest.raises(AnchorsUnreadable):
        read_anchors([replace(anchor, position=True).as_line()])
