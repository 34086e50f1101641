"""Pages are full until the last one, and type filters are read strictly."""

import pytest

from agent_feed.access import own_sight
from agent_feed.listing import Page, read_page, read_types
from compliance.journal import EVENT_TYPES, Reader
from core.errors import InvalidField
from tests.agent_feed.conftest import Scene


def test_types_are_a_list_with_families() -> None:
    payments = frozenset(kind for kind in EVENT_TYPES if kind.startswith("payment."))
    assert payments | {"link.opened"} == read_types("payment.*, link.opened")
    assert read_types(None) is None


@pytest.mark.parametrize(
    "text", ["", ",", "link", "link.", "*", "*.*", "payment*", "nosuch.*", "link.created,"]
)
def test_a_type_that_there_is_none_of_is_refused_without_repeating_it(text: str) -> None:
    with pytest.raises(InvalidField) as refusal:
        read_types(text)
    assert "nosuch" not in refusal.value.detail


async def test_pages_are_full_although_most_entries_are_not_the_callers(
    scene: Scene, reader: Reader
) -> None:
    agents = [scene.ann.id if number % 7 == 0 else scene.cleo.id for number in range(50)]
    await scene.happen_all([{"agent": agent} for agent in agents])
    ann = await scene.caller(scene.ann)
    pages: list[Page] = []
    after = 0
    async with scene.database.snapshot() as session:
        head, _ = await reader.head(session, scene.merchant)
        while not pages or pages[-1].next_position is not None:
            query = own_sight(ann).query(after=after, limit=3)
            pages.append(await read_page(session, reader, query))
            after = pages[-1].next_position or 0
    assert [3, 3, 2] == [len(page.entries) for page in pages]
    assert [head] * 3 == [page.as_of for page in pages]
    assert {scene.ann.id} == {one.agent for page in pages for one in page.entries}


async def test_a_page_that_ends_with_the_last_entry_has_no_next(
    scene: Scene, reader: Reader
) -> None:
    await scene.happen_all([{"agent": scene.ann.id}] * 3)
    ann = await scene.caller(scene.ann)
    async with scene.database.snapshot() as session:
        page = await read_page(session, reader, own_sight(ann).query(limit=3))
    assert (3, None) == (len(page.entries), page.as_answer()["next_cursor"])


async def test_the_answer_is_the_list_object_of_the_contract(scene: Scene, reader: Reader) -> None:
    await scene.happen_all([{"agent": scene.ann.id}] * 2)
    ann = await scene.caller(scene.ann)
    async with scene.database.snapshot() as session:
        page = await read_page(session, reader, own_sight(ann).query(limit=1))
    first = page.entries[0]
    expected = {
        "data": [first.as_event()],
        "next_cursor": str(first.position),
        "as_of": first.position + 1,
    }
    assert expected == page.as_answer()
