"""A search finds what a plain filter over all entries finds, newest first, however few of them a page looks at."""

import random
from datetime import timedelta
from typing import Any, Final

import pytest

from compliance.journal import Event, Reader, record
from compliance.journal.search import Search, search
from compliance.merchants import Merchant
from core.database import Database
from core.ids import new_id
from tests.conftest import NewMerchant
from tests.support.clock import START

USERS: Final = [new_id("usr", START) for _ in range(4)]
LINKS: Final = [new_id("lnk", START) for _ in range(9)]
PAYMENTS: Final = [new_id("pay", START) for _ in range(9)]
TYPES: Final = ("link.opened", "payment.paid", "settings.changed", "session.started")
ENTRIES: Final = 600


@pytest.fixture
async def told(
    database: Database, merchant: Merchant, new_merchant: NewMerchant
) -> list[dict[str, Any]]:
    """What was told of one merchant, oldest first, mixed with another's."""
    draw, stranger = random.Random(7), await new_merchant("Stranger")
    facts: list[dict[str, Any]] = []
    for number in range(ENTRIES):
        fact: dict[str, Any] = {
            "type": draw.choice(TYPES),
            "merchant": draw.choice((merchant, stranger)).id,
            "occurred_at": START.replace(microsecond=0) + timedelta(seconds=number),
            "actor": f"user:{draw.choice(USERS)}",
            "link": draw.choice(LINKS),
            "payment": draw.choice(PAYMENTS),
            "origin": draw.choice(("192.0.2.1", "192.0.2.2")),
        }
        async with database.transaction() as session:
            record(session, Event(**fact))
        if fact["merchant"] == merchant.id:
            facts.append(fact)
    return facts


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"actor": f"user:{USERS[1]}"},
        {"column": "link", "object": LINKS[2]},
        {"column": "payment", "object": PAYMENTS[2], "origin": "192.0.2.2"},
        {"types": frozenset({"settings.changed"})},
        {"types": frozenset({"settings.changed"}), "actor": f"user:{USERS[0]}"},
        {"actor": "user:nobody"},
    ],
    ids=["all", "actor", "link", "payment", "type", "type of an actor", "nobody"],
)
async def test_every_page_together_holds_what_was_looked_for(
    database: Database,
    reader: Reader,
    merchant: Merchant,
    told: list[dict[str, Any]],
    asked: dict[str, Any],
) -> None:
    def wanted(fact: dict[str, Any]) -> bool:
        column = asked.get("column")
        return (
            asked.get("actor") in {None, fact["actor"]}
            and asked.get("origin") in {None, fact["origin"]}
            and (column is None or fact[column] == asked["object"])
            and ("types" not in asked or fact["type"] in asked["types"])
        )

    found: list[dict[str, Any]] = []
    before: int | None = None
    async with database.snapshot() as session:
        while True:
            wish = Search(merchant=merchant.id, before=before, limit=7, **asked)
            page = await search(session, reader, wish, looked_at_max=40)
            found += page.entries
            before = page.next_position
            if before is None:
                break
    expected = [(fact["type"], fact["link"], fact["origin"]) for fact in told if wanted(fact)]
    # What making the merchant told comes before all.
    shown = [(one["type"], one["link"], one["origin"]) for one in found if one["link"] is not None]
    assert expected[::-1] == shown


async def test_a_stretch_of_time_begins_with_its_first_moment_and_ends_before_its_last(
    database: Database, reader: Reader, merchant: Merchant, told: list[dict[str, Any]]
) -> None:
    since, until = told[50]["occurred_at"], told[60]["occurred_at"]
    async with database.snapshot() as session:
        page = await search(
            session, reader, Search(merchant=merchant.id, since=since, until=until, limit=450)
        )
    assert [f["link"] for f in told[50:60]][::-1] == [one["link"] for one in page.entries]


async def test_each_entry_names_its_place_in_the_chain(
    database: Database, reader: Reader, merchant: Merchant, told: list[dict[str, Any]]
) -> None:
    async with database.snapshot() as session:
        page = await search(session, reader, Search(merchant=merchant.id, limit=5))
    assert told
    for newer, older in zip(page.entries, page.entries[1:], strict=False):
        assert older["hash"] == newer["previous_hash"]


async def test_a_merchant_without_entries_in_the_stretch_has_an_empty_page(
    database: Database, reader: Reader, merchant: Merchant
) -> None:
    async with database.snapshot() as session:
        page = await search(
            session, reader, Search(merchant=merchant.id, until=START - timedelta(days=400))
        )
    assert ([], None) == (list(page.entries), page.next_position)
