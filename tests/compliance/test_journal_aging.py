"""Words in the journal end by their day, the entries stay. Covers compliance.journal.aging."""

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from compliance.journal import Ages, Event, Query, Reader, Recallable, record
from compliance.journal.aging import kinds
from compliance.journal.verify import verify
from compliance.merchant_settings import merchant_settings
from compliance.merchants import Merchant
from compliance.retention import Retention, RetentionPolicy, look_at
from compliance.vault import Vault
from core.database import Database
from tests.conftest import MASTER_KEY, NewMerchant
from tests.support.clock import START, SettableClock

_DAY = timedelta(days=1)


async def _say(
    database: Database, merchant: Merchant, when: datetime, words: str, **more: Any
) -> None:
    async with database.transaction() as session:
        fields = {"ages": Ages.CONTACTS, "customer": "cus_1", **more}
        told = {"note": "nte_1"}
        record(
            session,
            Event(
                type="note.added",
                merchant=merchant.id,
                occurred_at=when,
                actor="system",
                data=told,
                private={"text": words},
                **fields,
            ),
        )


async def _read(database: Database, reader: Reader, merchant: Merchant) -> list[Any]:
    async with database.snapshot() as session:
        entries = await reader.read(session, Query(merchant=merchant.id))
    return [one.data.get("text", "gone" if one.data.get("erased") else None) for one in entries]


async def _rule(database: Database, merchant: Merchant, **days: int | None) -> None:
    async with database.transaction() as session:
        await session.execute(
            sa.insert(merchant_settings).values(
                merchant=merchant.id,
                name=RetentionPolicy.name,
                value=days,
                updated_at=START,
                updated_by="system",
            )
        )


async def test_a_day_ends_once_all_of_it_is_past_and_the_chain_stays_whole(
    database: Database, merchant: Merchant, reader: Reader, vault: Vault, clock: SettableClock
) -> None:
    first = START.replace(hour=23, minute=59)
    await _say(database, merchant, first, "one")
    await _say(database, merchant, first + timedelta(minutes=2), "two")
    await _say(database, merchant, first, "sent", ages=Ages.MESSAGES)
    await _say(database, merchant, first, "no rule", ages=None)
    await _rule(database, merchant, contact_words_days=30)
    rules = Retention(database, kinds(vault), clock)

    clock.advance((first + 30 * _DAY) - clock())
    await rules.run(merchant.id)
    assert await _read(database, reader, merchant) == ["one", "two", "sent", "no rule"]
    clock.advance(timedelta(minutes=1))
    async with database.snapshot() as session:
        [messages, contacts] = await look_at(session, kinds(vault), merchant.id, now=clock())
    assert (messages["days"], messages["past"]) == (None, 0)
    assert (contacts["past"], contacts["oldest"]) == (1, "2026-11-22T00:00:00.000Z")
    assert [row["deleted"] for row in await rules.run(merchant.id)] == [0, 1]
    assert await _read(database, reader, merchant) == ["gone", "two", "sent", "no rule"]
    # Another process, which has none of the keys at hand.
    assert await _read(database, Reader(Vault(MASTER_KEY)), merchant) == [
        "gone",
        "two",
        "sent",
        "no rule",
    ]
    async with database.snapshot() as session:
        assert (await verify(session, vault, merchant.id, now=clock())).intact


async def test_a_late_fact_of_a_day_that_is_over_is_kept_without_its_words(
    database: Database, merchant: Merchant, reader: Reader, vault: Vault, clock: SettableClock
) -> None:
    await _say(database, merchant, START, "one")
    await _rule(database, merchant, contact_words_days=30)
    clock.advance(32 * _DAY)
    await Retention(database, kinds(vault), clock).run(merchant.id)
    await _say(database, merchant, START, "told late")
    assert await _read(database, reader, merchant) == ["gone", None]


async def test_words_that_can_be_taken_back_end_by_their_day_too(
    database: Database, merchant: Merchant, reader: Reader, vault: Vault, clock: SettableClock
) -> None:
    back = Recallable("msg_1", {"text": "••••"})
    for when in (START, START + _DAY):
        await _say(database, merchant, when, "4242", ages=Ages.MESSAGES, recallable=back)
    copying = Reader(vault, for_keeps=True)
    assert await _read(database, reader, merchant) == ["4242", "4242"]
    assert await _read(database, copying, merchant) == ["••••", "••••"]
    await _rule(database, merchant, message_bodies_days=30)
    clock.advance(31 * _DAY)
    await Retention(database, kinds(vault), clock).run(merchant.id)
    assert await _read(database, reader, merchant) == ["gone", "4242"]
    async with database.transaction() as session:
        await vault.destroy(session, merchant.id, "msg_1", now=clock())
    assert await _read(database, reader, merchant) == ["gone", "••••"]


async def test_another_merchants_day_stays(
    database: Database,
    merchant: Merchant,
    reader: Reader,
    clock: SettableClock,
    new_merchant: NewMerchant,
) -> None:
    other = await new_merchant("Other")
    for each in (merchant, other):
        await _say(database, each, START, "words")
    await _rule(database, merchant, contact_words_days=30)
    clock.advance(32 * _DAY)
    await Retention(database, kinds(Vault(MASTER_KEY)), clock).run(merchant.id)
    assert await _read(database, Reader(Vault(MASTER_KEY)), merchant) == ["gone"]
    assert await _read(database, reader, other) == ["words"]


async def test_a_customers_erasure_takes_what_no_day_has_taken(
    database: Database, merchant: Merchant, reader: Reader, vault: Vault
) -> None:
    await _say(database, merchant, START, "one")
    await _say(database, merchant, START, "two", customer="cus_2")
    async with database.transaction() as session:
        await vault.destroy(session, merchant.id, "cus_1", now=START)
    assert await _read(database, reader, merchant) == ["gone", "two"]
