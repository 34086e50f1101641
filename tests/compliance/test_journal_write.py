"""Entries are written with the state they describe, in commit order, without gaps, or not at all."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

import pytest
import sqlalchemy as sa

from compliance.journal import (
    EVENT_TYPES,
    PRIVILEGED_TYPES,
    Event,
    Journal,
    Query,
    Reader,
    Written,
    record,
)
from compliance.journal.entry import journal_entries
from compliance.merchants import Merchant
from compliance.vault import Vault
from core.database import Database, Session
from tests.conftest import NewMerchant
from tests.support.clock import START, SettableClock
from tests.support.crash import crashing


def event(merchant: Merchant, kind: str = "link.created", **fields: Any) -> Event:
    """A fact with the least that it needs."""
    given: dict[str, Any] = {"occurred_at": START, "actor": "system", **fields}
    return Event(type=kind, merchant=merchant.id, **given)


async def positions(database: Database, merchant: Merchant) -> list[int]:
    async with database.snapshot() as session:
        rows = await session.all(
            sa.select(journal_entries.c.position)
            .where(journal_entries.c.merchant == merchant.id)
            .order_by(journal_entries.c.position)
        )
    return [row["position"] for row in rows]


async def test_a_new_merchants_journal_is_at_position_nought(
    database: Database, merchant: Merchant, reader: Reader
) -> None:
    async with database.snapshot() as session:
        position, epoch = await reader.head(session, merchant.id)
    assert 0 == position
    assert 16 == len(epoch)


async def test_facts_of_one_transaction_follow_each_other_from_one(
    database: Database, merchant: Merchant, reader: Reader
) -> None:
    for kinds in (("link.created", "link.sent"), ("link.opened",)):
        async with database.transaction() as session:
            for kind in kinds:
                record(session, event(merchant, kind))
    async with database.snapshot() as session:
        entries = await reader.read(session, Query(merchant=merchant.id))
        head, _ = await reader.head(session, merchant.id)
    assert [(1, "link.created"), (2, "link.sent"), (3, "link.opened")] == [
        (entry.position, entry.type) for entry in entries
    ]
    assert 3 == head


async def test_twenty_concurrent_appenders_leave_no_gap_and_no_reader_ever_misses_an_entry(
    database: Database, merchant: Merchant, reader: Reader
) -> None:
    """A reader that follows by position while they write sees each entry once, in order: none commits behind it."""
    writers, each = 20, 5
    done = asyncio.Event()

    async def append() -> None:
        for _ in range(each):
            async with database.transaction() as session:
                record(session, event(merchant))
                await asyncio.sleep(0)

    async def follow() -> list[int]:
        seen: list[int] = []
        while True:
            last_round = done.is_set()
            after = seen[-1] if seen else 0
            async with database.snapshot() as session:
                entries = await reader.read(session, Query(merchant=merchant.id, after=after))
            seen.extend(entry.position for entry in entries)
            if last_round and not entries:
                return seen
            await asyncio.sleep(0)

    following = asyncio.create_task(follow())
    await asyncio.gather(*(append() for _ in range(writers)))
    done.set()
    assert list(range(1, writers * each + 1)) == await following


async def test_two_processes_share_one_run_of_positions(
    database: Database, merchant: Merchant, open_database: Callable[[str], Database]
) -> None:
    async def append(own: Database) -> None:
        for _ in range(10):
            async with own.transaction() as session:
                record(session, event(merchant))

    await asyncio.gather(append(database), append(open_database(database.url)))
    assert list(range(1, 21)) == await positions(database, merchant)


async def test_each_merchant_has_positions_of_its_own(
    database: Database, new_merchant: NewMerchant
) -> None:
    one, two = await new_merchant("One"), await new_merchant("Two")
    async with database.transaction() as session:
        for merchant in (two, one, two):
            record(session, event(merchant))
    assert [1] == await positions(database, one)
    assert [1, 2] == await positions(database, two)


async def test_a_transaction_that_fails_leaves_no_entry_and_no_gap(
    database: Database, merchant: Merchant
) -> None:
    async with crashing(database) as session:
        record(session, event(merchant))
    async with database.transaction() as session:
        record(session, event(merchant))
    assert [1] == await positions(database, merchant)


async def test_who_waits_is_woken_after_the_commit_once_a_merchant_and_not_after_a_failure(
    database: Database, journal: Journal, new_merchant: NewMerchant
) -> None:
    one, two = await new_merchant("One"), await new_merchant("Two")
    woken: list[str] = []
    journal.wakes.append(woken.append)
    async with crashing(database) as session:
        record(session, event(one))
    async with database.transaction() as session:
        for merchant in (one, two, one):
            record(session, event(merchant))
        assert [] == woken
    assert sorted([one.id, two.id]) == sorted(woken)


async def test_who_listens_is_handed_what_was_written_masked_and_once_it_is_durable(
    database: Database, journal: Journal, merchant: Merchant
) -> None:
    handed: list[Written] = []
    journal.listeners.append(handed.append)
    async with crashing(database) as session:
        record(session, event(merchant))
    async with database.transaction() as session:
        record(session, event(merchant, private={"text": "my card is 4242 4242 4242 4242"}))
        assert [] == handed

    [written] = handed
    [entry] = written.entries
    assert (merchant.id, 1) == (written.merchant, entry.position)
    assert "4242 4242 4242" not in str(entry.as_event())


async def test_a_projection_sees_the_facts_in_their_transaction_and_may_add_what_follows(
    database: Database, journal: Journal, merchant: Merchant, reader: Reader
) -> None:
    async def project(session: Session, events: Sequence[Event]) -> None:
        for fact in events:
            if fact.type == "payment.paid":
                record(session, event(merchant, "link.updated", link=fact.link))

    journal.projections.append(project)
    async with database.transaction() as session:
        record(session, event(merchant, "payment.paid", link="lnk_1"))
    async with database.snapshot() as session:
        entries = await reader.read(session, Query(merchant=merchant.id))
    assert [("payment.paid", "lnk_1"), ("link.updated", "lnk_1")] == [
        (entry.type, entry.link) for entry in entries
    ]


async def test_a_projection_that_fails_takes_the_facts_back(
    database: Database, journal: Journal, merchant: Merchant
) -> None:
    async def refuse(session: Session, events: Sequence[Event]) -> None:
        raise ZeroDivisionError

    async def write() -> None:
        async with database.transaction() as session:
            record(session, event(merchant))

    journal.projections.append(refuse)
    with pytest.raises(ZeroDivisionError):
        await write()
    assert [] == await positions(database, merchant)


async def test_projections_that_never_settle_are_a_programmers_error(
    database: Database, journal: Journal, merchant: Merchant
) -> None:
    async def echo(session: Session, events: Sequence[Event]) -> None:
        record(session, event(merchant))

    async def write() -> None:
        async with database.transaction() as session:
            record(session, event(merchant))

    journal.projections.append(echo)
    with pytest.raises(AssertionError):
        await write()
    assert [] == await positions(database, merchant)


async def test_a_card_number_never_gets_into_an_entry_whoever_staged_it(
    database: Database, merchant: Merchant, reader: Reader
) -> None:
    async with database.transaction() as session:
        record(
            session,
            event(
                merchant,
                "message.received",
                customer="cus_1",
                data={"note": "4242 4242 4242 4242"},
                private={"text": "my card is 4242424242424242"},
            ),
        )
    async with database.snapshot() as session:
        [entry] = await reader.read(session, Query(merchant=merchant.id))
    assert {"note": "•••• 4242", "text": "my card is •••• 4242"} == entry.data


async def test_personal_data_is_not_in_the_row_and_goes_when_the_customer_is_erased(
    database: Database, merchant: Merchant, reader: Reader, vault: Vault, clock: SettableClock
) -> None:
    async with database.transaction() as session:
        record(
            session,
            event(
                merchant,
                "customer.created",
                customer="cus_1",
                data={"by": "api"},
                private={"name": "Zoë"},
            ),
        )
    async with database.snapshot() as session:
        [row] = await session.all(sa.select(journal_entries))
        [entry] = await reader.read(session, Query(merchant=merchant.id))
    assert "Zoë" not in repr(dict(row))
    assert {"by": "api", "name": "Zoë"} == entry.data
    async with database.transaction() as session:
        await vault.destroy(session, merchant.id, "cus_1", now=clock())
    async with database.snapshot() as session:
        [entry] = await reader.read(session, Query(merchant=merchant.id))
    assert {"by": "api", "erased": True} == entry.data


async def test_a_late_fact_about_an_erased_customer_is_kept_without_what_was_private_of_it(
    database: Database,
    merchant: Merchant,
    journal: Journal,
    reader: Reader,
    vault: Vault,
) -> None:
    heard: list[Written] = []
    journal.listeners.append(heard.append)
    async with database.transaction() as session:
        await vault.key(session, merchant.id, "cus_1", now=START)
        await vault.destroy(session, merchant.id, "cus_1", now=START)
    async with database.transaction() as session:
        late = event(
            merchant,
            "refund.succeeded",
            customer="cus_1",
            data={"by": "psp"},
            private={"name": "Zoë"},
        )
        record(session, late)
    async with database.snapshot() as session:
        [entry] = await reader.read(session, Query(merchant=merchant.id))
    assert {"by": "psp"} == entry.data
    assert [{"by": "psp"}] == [each.data for each in heard[-1].entries]


async def test_a_snapshot_takes_no_facts(database: Database, merchant: Merchant) -> None:
    async with database.snapshot() as session:
        with pytest.raises(AssertionError):
            record(session, event(merchant))


def test_a_fact_of_an_unknown_type_is_a_programmers_error() -> None:
    with pytest.raises(AssertionError):
        Event(type="link.exploded", merchant="mer_1", occurred_at=START, actor="system")


def test_only_facts_about_people_and_the_system_are_privileged() -> None:
    assert PRIVILEGED_TYPES < EVENT_TYPES
    families = {kind.partition(".")[0] for kind in PRIVILEGED_TYPES}
    about_people = {"agent", "session", "user", "key"}
    about_the_system = {"export", "settings", "incident", "psp", "reconciliation", "page"}
    assert about_people | about_the_system == families
