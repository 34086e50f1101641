"""Finding customers at a screen."""

import pytest

from channels.catalogue import AddressKind
from channels.customer_search import list_customers, search
from channels.customer_store import find_by_address, find_by_external_id
from core.errors import InvalidField
from tests.channels.conftest import EMAIL, PHONE, Desk


async def names(desk: Desk, q: str, *, limit: int = 50) -> list[str | None]:
    async with desk.database.snapshot() as session:
        found = await search(
            session, desk.vault, merchant=desk.merchant, q=q, limit=limit, now=desk.clock()
        )
    return [one.name for one in found]


async def test_a_search_finds_by_exact_marks_or_by_a_part_of_the_name(desk: Desk) -> None:
    sam = await desk.customer(name="Sam  Jones", phone=PHONE, email=EMAIL, external_id="C-1")
    desk.clock.advance(seconds=1)
    await desk.customer(name="Alex Samson", phone="+447700900456")
    assert await names(desk, "07700 900123") == ["Sam  Jones"]
    assert await names(desk, "SAM@example.com") == ["Sam  Jones"]
    assert await names(desk, "C-1") == ["Sam  Jones"]
    assert await names(desk, sam.id) == ["Sam  Jones"]
    assert await names(desk, "sam") == ["Alex Samson", "Sam  Jones"]
    assert await names(desk, "sam", limit=1) == ["Alex Samson"]
    assert await names(desk, "sam jones") == ["Sam  Jones"]
    assert await names(desk, "nobody@example.com") == []
    assert await names(desk, "zoe") == []


@pytest.mark.parametrize("q", ["", "   ", "x" * 255])
async def test_a_search_for_nothing_is_refused(desk: Desk, q: str) -> None:
    with pytest.raises(InvalidField):
        await names(desk, q)


async def test_the_list_pages_newest_first_without_gap_or_repeat(desk: Desk) -> None:
    for number in range(5):
        await desk.customer(name=f"Customer {number}")
        desk.clock.advance(seconds=1)
    seen: list[str | None] = []
    cursor: str | None = None
    async with desk.database.snapshot() as session:
        while True:
            page, cursor = await list_customers(
                session, desk.vault, merchant=desk.merchant.id, limit=2, cursor=cursor
            )
            seen += [one.name for one in page]
            if cursor is None:
                break
    assert seen == [f"Customer {number}" for number in (4, 3, 2, 1, 0)]


@pytest.mark.parametrize("cursor", ["", "x", "lnk_01k9aaaaaaaaaaaaaaaaaaaaaa", "cus_'; --"])
async def test_a_forged_cursor_is_refused(desk: Desk, cursor: str) -> None:
    async with desk.database.snapshot() as session:
        with pytest.raises(InvalidField):
            await list_customers(
                session, desk.vault, merchant=desk.merchant.id, limit=2, cursor=cursor
            )


async def test_an_address_that_several_share_finds_the_latest_first(desk: Desk) -> None:
    await desk.customer(external_id="C-1", phone=PHONE)
    desk.clock.advance(seconds=1)
    await desk.customer(external_id="C-2", phone=PHONE)
    async with desk.database.snapshot() as session:
        found = await find_by_address(
            session,
            desk.vault,
            merchant=desk.merchant,
            kind=AddressKind.PHONE,
            address=PHONE,
            now=desk.clock(),
        )
        one = await find_by_external_id(
            session, desk.vault, merchant=desk.merchant.id, external_id="C-1", now=desk.clock()
        )
        none = await find_by_external_id(
            session, desk.vault, merchant=desk.merchant.id, external_id="c-1", now=desk.clock()
        )
    assert [each.external_id for each in found] == ["C-2", "C-1"]
    assert one is not None
    assert one.external_id == "C-1"
    assert none is None
