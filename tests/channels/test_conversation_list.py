"""The list of threads goes on where the page before ended."""

import pytest

from channels.conversation_acts import close
from channels.conversation_list import Filter, list_conversations
from core.errors import InvalidField
from tests.channels.conftest import Desk
from tests.channels.talk import hear, thread_of
from tests.support.people import software


async def pages(desk: Desk, limit: int, **wanted: object) -> list[list[str]]:
    found: list[list[str]] = []
    cursor = None
    for _ in range(20):
        async with desk.database.snapshot() as session:
            page, cursor = await list_conversations(
                session,
                software(desk.merchant.id),
                Filter(limit=limit, cursor=cursor, **wanted),  # type: ignore[arg-type]
            )
        found.append([one.id for one in page])
        if cursor is None:
            return found
    raise AssertionError("the list has no end")


async def test_every_thread_is_on_one_page_whatever_its_state_newest_words_first(
    desk: Desk,
) -> None:
    threads = [
        await thread_of(desk, await hear(desk, sender=f"+4477009001{at:02}")) for at in range(7)
    ]
    async with desk.database.transaction() as session:
        for each in threads[::2]:
            await close(session, software(desk.merchant.id), each, now=desk.clock())
    await hear(desk, "again", sender="+447700900101")
    order = [threads[1], *(threads[at] for at in (6, 5, 4, 3, 2, 0))]
    for limit in (1, 2, 3, 7, 50):
        found = await pages(desk, limit)
        assert [one for page in found for one in page] == order
        assert all(len(page) == limit for page in found[:-1])
    assert await pages(desk, 50, status="closed") == [[threads[at] for at in (6, 4, 2, 0)]]
    assert await pages(desk, 50, customers=frozenset()) == [[]]


async def test_threads_of_one_moment_are_all_there(desk: Desk) -> None:
    for at in range(4):
        desk.clock.advance(seconds=-1)
        await hear(desk, sender=f"+4477009001{at:02}")
    found = [one for page in await pages(desk, 1) for one in page]
    assert len(found) == len(set(found)) == 4


@pytest.mark.parametrize("cursor", ["", "x", "1.cnv_x", "-1.cnv_x", "9" * 30 + ".cnv_x", "1."])
async def test_a_forged_cursor_is_refused(desk: Desk, cursor: str) -> None:
    async with desk.database.snapshot() as session:
        with pytest.raises(InvalidField):
            await list_conversations(session, software(desk.merchant.id), Filter(cursor=cursor))
