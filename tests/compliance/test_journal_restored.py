"""A restored journal goes on under another epoch, and says so."""

from compliance.journal import Query, Reader
from compliance.journal.restored import begin_epoch
from compliance.merchants import Merchant
from core.database import Database
from tests.support.clock import SettableClock


async def test_a_reader_s_place_in_the_epoch_before_is_not_this_one(
    database: Database, merchant: Merchant, reader: Reader, clock: SettableClock
) -> None:
    async with database.snapshot() as session:
        _, before = await reader.head(session, merchant.id)
    async with database.transaction() as session:
        assert 0 == await begin_epoch(session, merchant.id, actor="system", now=clock())
    async with database.snapshot() as session:
        position, after = await reader.head(session, merchant.id)
        entries = await reader.read(session, Query(merchant=merchant.id))
    assert before != after
    assert 1 == position
    assert [("settings.changed", "restored")] == [(e.type, e.data["change"]) for e in entries]
