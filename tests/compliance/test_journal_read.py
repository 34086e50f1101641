"""Entries are read as the contract's events: after a position or before one, by what they concern, by who asks."""

from typing import Any

import pytest

from compliance.journal import Concern, Event, Query, Reader, Recallable, record
from compliance.merchants import Merchant
from compliance.vault import Vault
from core.database import Database
from tests.conftest import NewMerchant
from tests.support.clock import START


@pytest.fixture
async def told(database: Database, merchant: Merchant, new_merchant: NewMerchant) -> Merchant:
    """A merchant with six entries, and another with one of its own."""
    stranger = await new_merchant("Stranger")
    facts: list[tuple[str, dict[str, Any]]] = [
        ("link.created", {"link": "lnk_1", "customer": "cus_1", "agent": "usr_1"}),
        ("link.created", {"link": "lnk_2", "customer": "cus_2", "agent": "usr_2"}),
        ("link.opened", {"link": "lnk_1", "customer": "cus_1", "agent": "usr_1"}),
        ("session.started", {}),
        ("payment.paid", {"link": "lnk_1", "customer": "cus_1", "agent": "usr_1"}),
        ("note.added", {"customer": "cus_2", "agent": "usr_3"}),
    ]
    async with database.transaction() as session:
        for kind, fields in facts:
            record(
                session,
                Event(type=kind, merchant=merchant.id, occurred_at=START, actor="system", **fields),
            )
        record(
            session,
            Event(
                type="link.created",
                merchant=stranger.id,
                occurred_at=START,
                actor="system",
                customer="cus_1",
                agent="usr_9",
            ),
        )
    return merchant


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, [1, 2, 3, 4, 5, 6]),
        ({"after": 2}, [3, 4, 5, 6]),
        ({"after": 6}, []),
        ({"after": 0, "limit": 2}, [1, 2]),
        ({"newest_first": True}, [6, 5, 4, 3, 2, 1]),
        ({"before": 3, "newest_first": True}, [2, 1]),
        ({"link": "lnk_1"}, [1, 3, 5]),
        ({"customer": "cus_2"}, [2, 6]),
        ({"concern": Concern(agents=frozenset({"usr_2", "usr_3"}))}, [2, 6]),
        ({"types": frozenset()}, []),
        ({"types": frozenset({"link.created", "payment.paid"})}, [1, 2, 5]),
        ({"privileged": False}, [1, 2, 3, 5, 6]),
        (
            {"concern": Concern(agents=frozenset({"usr_2"}), links=frozenset({"lnk_1"}))},
            [1, 2, 3, 5],
        ),
        ({"concern": Concern(actors=frozenset({"system"})), "customer": "cus_2"}, [2, 6]),
        ({"concern": Concern()}, []),
        ({"customer": "cus_1", "types": frozenset({"link.opened"}), "after": 1}, [3]),
    ],
)
async def test_a_query_finds_its_entries_and_no_others(
    database: Database, reader: Reader, told: Merchant, query: dict[str, Any], expected: list[int]
) -> None:
    async with database.snapshot() as session:
        entries = await reader.read(session, Query(merchant=told.id, **query))
    assert expected == [entry.position for entry in entries]
    assert {told.id} >= {entry.merchant for entry in entries}


async def test_a_page_without_a_bound_is_a_programmers_error(
    database: Database, reader: Reader, told: Merchant
) -> None:
    async with database.snapshot() as session:
        for limit in (0, -1, 10_000):
            with pytest.raises(AssertionError):
                await reader.read(session, Query(merchant=told.id, limit=limit))


async def test_an_agent_serves_the_customers_their_work_was_about(
    database: Database, reader: Reader, told: Merchant
) -> None:
    async with database.snapshot() as session:
        assert await reader.serves(session, told.id, ["usr_1"], customer="cus_1")
        assert await reader.serves(session, told.id, ["usr_9", "usr_3"], customer="cus_2")
        assert not await reader.serves(session, told.id, ["usr_9"], customer="cus_1")
        assert not await reader.serves(session, told.id, [], customer="cus_1")


async def test_an_entry_reads_as_the_event_of_the_contract(
    database: Database, reader: Reader, merchant: Merchant
) -> None:
    async with database.transaction() as session:
        record(
            session,
            Event(
                type="payment.paid",
                merchant=merchant.id,
                occurred_at=START,
                actor="psp:gwa_1",
                origin="203.0.113.7",
                data={"amount": 4999},
                link="lnk_1",
                payment="pay_1",
                attempt="att_1",
                customer="cus_1",
                conversation="cnv_1",
                agent="usr_1",
                channel="sms",
            ),
        )
    async with database.snapshot() as session:
        [entry] = await reader.read(session, Query(merchant=merchant.id))
    event = entry.as_event()
    assert event.pop("id").startswith("evt_")
    assert {
        "position": 1,
        "type": "payment.paid",
        "occurred_at": "2026-11-22T13:24:05.123Z",
        "merchant": merchant.id,
        "link": "lnk_1",
        "payment": "pay_1",
        "attempt": "att_1",
        "customer": "cus_1",
        "conversation": "cnv_1",
        "agent": "usr_1",
        "channel": "sms",
        "actor": "psp:gwa_1",
        "data": {"amount": 4999},
    } == event


async def test_words_that_are_taken_back_read_as_what_was_to_stay(
    database: Database, merchant: Merchant, reader: Reader, vault: Vault
) -> None:
    async with database.transaction() as session:
        record(
            session,
            Event(
                type="note.added",
                merchant=merchant.id,
                occurred_at=START,
                actor="system",
                customer="cus_1",
                private={"text": "4242 4242"},
                recallable=Recallable("msg_1", {"text": "••••"}),
            ),
        )
    query = Query(merchant=merchant.id)
    async with database.snapshot() as session:
        assert [one.data for one in await reader.read(session, query)] == [{"text": "4242 4242"}]
        copying = Reader(vault, for_keeps=True)
        assert [one.data for one in await copying.read(session, query)] == [{"text": "••••"}]
    async with database.transaction() as session:
        await vault.destroy(session, merchant.id, "msg_1", now=START)
    async with database.snapshot() as session:
        assert [one.data for one in await reader.read(session, query)] == [{"text": "••••"}]
    async with database.transaction() as session:
        await vault.destroy(session, merchant.id, "cus_1", now=START)
    async with database.snapshot() as session:
        assert [one.data for one in await reader.read(session, query)] == [{"erased": True}]
