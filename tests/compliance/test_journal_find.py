"""Whatever column leads the search, it finds what a plain filter over all entries finds, in the same order.

`compliance.journal.query` says what is asked.
"""

import random
from dataclasses import replace
from typing import Final

import pytest

from compliance.journal import PRIVILEGED_TYPES, Concern, Entry, Event, Query, Reader, record
from compliance.merchants import Merchant
from core.database import VALUES_MAX, Database
from tests.conftest import NewMerchant
from tests.support.clock import START

# One that is rare, one that is common enough to be found on the way, and one that few may see.
TYPES: Final = (*["link.opened"] * 60, *["payment.paid"] * 6, "dispute.opened", "session.started")
ENTRIES: Final = 1_500


def _pick(draw: random.Random, prefix: str, upto: int) -> str | None:
    number = int(upto * draw.random() ** 3)
    return f"{prefix}_{number}" if number else None


@pytest.fixture
async def town(
    database: Database, merchant: Merchant, new_merchant: NewMerchant
) -> tuple[Merchant, Merchant]:
    """Two merchants whose entries name the same few people and links, mixed."""
    both = (merchant, await new_merchant("Stranger"))
    draw = random.Random(20)
    for _ in range(ENTRIES // 100):
        async with database.transaction() as session:
            for _ in range(100):
                event = Event(
                    type=draw.choice(TYPES),
                    merchant=draw.choice(both).id,
                    occurred_at=START,
                    actor=_pick(draw, "key:key", 5) or "system",
                    agent=_pick(draw, "usr", 90),
                    customer=_pick(draw, "cus", 30),
                    link=_pick(draw, "lnk", 60),
                )
                record(session, event)
    return both


async def _everything(database: Database, reader: Reader, merchant: str) -> list[Entry]:
    found: list[Entry] = []
    async with database.snapshot() as session:
        while page := await reader.read(
            session, Query(merchant=merchant, after=len(found), limit=500)
        ):
            found += page
    return found


def _expected(entries: list[Entry], query: Query) -> list[int]:
    def wanted(entry: Entry) -> bool:
        concern = query.concern
        return (
            (query.after is None or entry.position > query.after)
            and (query.before is None or entry.position < query.before)
            and query.link in (None, entry.link)
            and query.customer in (None, entry.customer)
            and (query.types is None or entry.type in query.types)
            and (query.privileged or entry.type not in PRIVILEGED_TYPES)
            and (
                concern is None
                or concern.covers(
                    agent=entry.agent, actor=entry.actor, customer=entry.customer, link=entry.link
                )
            )
        )

    positions = [entry.position for entry in entries if wanted(entry)]
    return sorted(positions, reverse=query.newest_first)[: query.limit]


def _any_query(draw: random.Random, merchant: str) -> Query:
    def ids(prefix: str, upto: int) -> frozenset[str]:
        size = draw.choice((0, 0, 1, 2, 12, VALUES_MAX + 5))
        return frozenset(f"{prefix}_{draw.randrange(upto)}" for _ in range(size))

    def sometimes(value: str) -> str | None:
        return value if draw.random() < 0.2 else None

    middle = draw.randrange(ENTRIES // 2)
    concern = Concern(
        agents=ids("usr", 95),
        actors=ids("key:key", 6),
        customers=ids("cus", 32),
        links=ids("lnk", 64),
    )
    lone = Concern(agents=ids("usr", 95))
    types = frozenset(draw.choices([*TYPES, "survey.answered"], k=draw.randrange(4)))
    return Query(
        merchant=merchant,
        after=draw.choice((None, 0, middle)),
        before=draw.choice((None, None, middle + draw.randrange(400))),
        link=sometimes(f"lnk_{draw.randrange(64)}"),
        customer=sometimes(f"cus_{draw.randrange(32)}"),
        concern=draw.choice((None, concern, lone)),
        types=draw.choice((None, None, types)),
        privileged=draw.random() < 0.5,
        newest_first=draw.random() < 0.5,
        limit=draw.choice((1, 3, 51, 500)),
    )


async def test_any_query_finds_what_a_filter_over_everything_finds(
    database: Database, reader: Reader, town: tuple[Merchant, Merchant]
) -> None:
    everything = {one.id: await _everything(database, reader, one.id) for one in town}
    assert ENTRIES == sum(map(len, everything.values()))
    draw = random.Random(21)
    async with database.snapshot() as session:
        for _ in range(120):
            query = _any_query(draw, draw.choice(town).id)
            found = await reader.read(session, query)
            assert _expected(everything[query.merchant], query) == [
                entry.position for entry in found
            ], query


async def test_pages_join_without_a_gap_or_a_repeat(
    database: Database, reader: Reader, town: tuple[Merchant, Merchant]
) -> None:
    merchant = town[0].id
    everything = await _everything(database, reader, merchant)
    team = Concern(
        agents=frozenset(f"usr_{number}" for number in range(VALUES_MAX + 20)),
        customers=frozenset({"cus_1", "cus_2"}),
    )
    for types in (None, frozenset({"dispute.opened"}), frozenset({"link.opened"})):
        query = Query(merchant=merchant, concern=team, types=types, newest_first=True, limit=7)
        found: list[int] = []
        async with database.snapshot() as session:
            while page := await reader.read(session, query):
                found += [entry.position for entry in page]
                query = replace(query, before=found[-1])
        assert _expected(everything, replace(query, before=None, limit=ENTRIES)) == found


async def test_a_large_teams_page_is_the_same_whether_it_lies_close_by_or_far_off(
    database: Database, reader: Reader, town: tuple[Merchant, Merchant]
) -> None:
    merchant = town[0].id
    everything = await _everything(database, reader, merchant)
    busy = frozenset(f"usr_{number}" for number in range(40))
    quiet = frozenset(f"usr_{number}" for number in range(60, 90))
    async with database.snapshot() as session:
        for agents in (busy, quiet):
            for types in (None, frozenset({"payment.paid"})):
                query = Query(
                    merchant=merchant, concern=Concern(agents=agents), types=types, limit=20
                )
                for place in range(0, len(everything), 60):
                    for asked in (
                        replace(query, after=place or None),
                        replace(query, before=place, newest_first=True),
                    ):
                        found = await reader.read(session, asked)
                        assert _expected(everything, asked) == [one.position for one in found]
