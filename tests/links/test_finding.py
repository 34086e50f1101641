"""The lists of links answer what a filter over all links would, whatever leads the search."""

import random
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

import pytest
import sqlalchemy as sa

from compliance.merchants import Merchant
from compliance.principal import Principal
from compliance.roles import Role
from core.database import Database
from core.ids import new_id
from links.finding import PARTS_READ_MAX, Filter, list_links
from links.links import WAITING, Link
from links.progress import begin
from links.states import LinkState
from links.tables import links
from payments.tables import payments
from tests.conftest import NewMerchant
from tests.support.clock import START

LINKS: Final = 900
STATES: Final = (*["paid"] * 90, *["active"] * 8, "expired", "in_progress")


def _rows(draw: random.Random, merchants: tuple[str, str]) -> list[tuple[dict[str, Any], ...]]:
    rows = []
    for number in range(LINKS):
        now = START + timedelta(seconds=number * 7, microseconds=number)
        link, payment = new_id("lnk", now), new_id("pay", now)
        merchant = draw.choice(merchants)
        agent = draw.choice((None, *(f"usr_{n}" for n in range(70))))
        times = {"created_at": now, "updated_at": now}
        owed: dict[str, Any] = dict.fromkeys(
            ("amount_authorised", "amount_captured", "amount_refunded"), 0
        )
        owed |= {"offer": False, "amount_due": 100, "currency": "GBP", "capture": "automatic"}
        owed |= {"refund_state": "none", "dispute_state": "none", "invited": True, "flags": []}
        first = {"id": payment, "merchant": merchant, "link": link, "state": "open"}
        second: dict[str, Any] = {
            "id": link,
            "merchant": merchant,
            "payment": payment,
            "state": draw.choice(STATES),
            "approval": draw.choice((*[None] * 20, "waiting", "approved")),
            "customer": draw.choice((None, "cus_0", "cus_0", f"cus_{draw.randrange(40)}")),
            "agent": agent,
            "reference": draw.choice((None, "deposit", f"INV-{number}", f"inv_{number}%")),
            "token_hash": link,
            "usage": "single",
            "revision": 1,
            "expires_at": now,
            "step": "created",
            "progress": begin(now).stored(),
        }
        second |= dict.fromkeys(("token", "description", "details"), "")
        rows.append((first | owed | times, second | times))
    return rows


@pytest.fixture
async def told(
    database: Database, merchant: Merchant, new_merchant: NewMerchant
) -> dict[str, list[Link]]:
    """Every link of two merchants, newest first."""
    both = (merchant.id, (await new_merchant("Stranger")).id)
    rows = _rows(random.Random(30), both)
    async with database.transaction() as session:
        await session.execute(sa.insert(payments), [first for first, _ in rows])
        await session.execute(sa.insert(links), [second for _, second in rows])
    found: dict[str, list[Link]] = {}
    async with database.snapshot() as session:
        for one in both:
            everything = Filter(limit=LINKS)
            found[one] = list(await list_links(session, _caller(one, None), everything))
    return found


def _caller(merchant: str, teammates: frozenset[str] | None) -> Principal:
    role = Role.SUPERVISOR if teammates is None else Role.AGENT
    return Principal(merchant, "user", "usr_1", "Ann", role, teammates=teammates)


def _expected(everything: list[Link], who: Principal, wanted: Filter) -> list[str]:
    def matches(link: Link) -> bool:
        equal = (
            (wanted.status, link.state.value),
            (wanted.approval, link.approval),
            (wanted.agent, link.agent),
            (wanted.customer, link.customer),
            (wanted.reference, link.reference),
        )
        q, reference = wanted.q, link.reference or ""
        return (
            all(value in (None, actual) for value, actual in equal)
            # What has ended waits for nobody.
            and (wanted.approval != WAITING or link.state is LinkState.ACTIVE)
            and who.sees_work_of(link.agent)
            and (wanted.before is None or link.id < wanted.before)
            and (wanted.created_after is None or link.created_at >= wanted.created_after)
            and (wanted.created_before is None or link.created_at < wanted.created_before)
            and (
                q is None
                or q in {link.id, link.payment}
                or q.casefold() in reference.casefold()
                or link.customer in (wanted.customers or ())
            )
        )

    return [link.id for link in everything if matches(link)][: wanted.limit]


def _any_filter(draw: random.Random, everything: list[Link]) -> Filter:
    def sometimes(*values: Any) -> Any:
        return draw.choice(values) if draw.random() < 0.25 else None

    some = draw.choice(everything)
    q = sometimes(some.id, some.payment, "inv", "nv-1", "0%", "deposit", "nothing")
    return Filter(
        status=sometimes("paid", "active", "in_progress", "cancelled"),
        approval=sometimes("waiting", "rejected"),
        agent=sometimes("usr_1", "usr_3", "usr_none"),
        customer=sometimes("cus_0", "cus_1"),
        customers=frozenset({"cus_0", "cus_2"}) if q == "deposit" else frozenset(),
        reference=sometimes("deposit", some.reference),
        q=q,
        created_after=sometimes(some.created_at, some.created_at + timedelta(microseconds=1)),
        created_before=sometimes(some.created_at, some.created_at + timedelta(minutes=50)),
        before=sometimes(some.id),
        limit=draw.choice((1, 3, 51, LINKS)),
    )


async def test_any_filter_finds_what_a_look_at_every_link_finds(
    database: Database, told: dict[str, list[Link]]
) -> None:
    assert LINKS == sum(map(len, told.values()))
    draw = random.Random(31)
    async with database.snapshot() as session:
        for _ in range(150):
            merchant = draw.choice(list(told))
            team = frozenset(f"usr_{n}" for n in range(draw.choice((0, 1, 2, 12, 60))))
            who = _caller(merchant, draw.choice((None, team)))
            wanted = _any_filter(draw, told[merchant])
            found = await list_links(session, who, wanted)
            expected = _expected(told[merchant], who, wanted)
            assert expected == [link.id for link in found], (wanted, team)


async def test_a_part_of_a_reference_is_looked_for_in_the_newest_links_and_the_whole_in_all(
    database: Database, merchant: Merchant
) -> None:
    draw = random.Random(32)
    rows = _rows(draw, (merchant.id, merchant.id))
    old, *newer = rows
    old[1]["reference"] = "Old-Debt"
    for number, (_, link) in enumerate(newer):
        link["reference"] = f"INV-{number}"
    while len(newer) < PARTS_READ_MAX:
        for _, link in newer[: PARTS_READ_MAX - len(newer)]:
            newer.append(({}, link | {key: new_id("lnk", START) for key in ("id", "token_hash")}))
            newer[-1][1]["id"] = new_id("lnk", START + timedelta(days=1))
    async with database.transaction() as session:
        await session.execute(sa.insert(payments), [first for first, _ in rows])
        await session.execute(sa.insert(links), [old[1], *(link for _, link in newer)])
    async with database.snapshot() as session:
        for q, expected in (
            ("Old-Debt", [old[1]["id"]]),
            ("old-d", []),
            (old[1]["id"], [old[1]["id"]]),
        ):
            found = await list_links(session, _caller(merchant.id, None), Filter(q=q))
            assert expected == [link.id for link in found]


async def test_pages_of_a_team_join_without_a_gap_or_a_repeat(
    database: Database, told: dict[str, list[Link]]
) -> None:
    for merchant, everything in told.items():
        who = _caller(merchant, frozenset(f"usr_{n}" for n in range(60)))
        wanted, found = Filter(limit=10), []
        async with database.snapshot() as session:
            while page := await list_links(session, who, wanted):
                found += [link.id for link in page]
                wanted = replace(wanted, before=found[-1])
        assert _expected(everything, who, Filter(limit=LINKS)) == found
