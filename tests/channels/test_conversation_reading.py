"""How far a thread was read: one mark for all who see it, which only ever moves on."""

import asyncio

import pytest

from channels.conversation_list import Filter, list_conversations
from channels.conversation_reading import count_unread, mark_read
from channels.conversations import get_conversation
from core.errors import InvalidField
from tests.channels.conftest import Desk
from tests.channels.talk import hear, thread_of
from tests.channels.test_conversation_writing import write
from tests.support.people import software


async def unread(desk: Desk, thread: str) -> int:
    async with desk.database.snapshot() as session:
        found = await count_unread(session, desk.merchant.id, [thread])
    return found.get(thread, 0)


async def read(desk: Desk, thread: str, message: str) -> None:
    async with desk.database.transaction() as session:
        known = await get_conversation(session, merchant=desk.merchant.id, conversation=thread)
        await mark_read(session, known, message)


async def listed(desk: Desk, *, unread: bool) -> list[str]:
    async with desk.database.snapshot() as session:
        page, _ = await list_conversations(
            session, software(desk.merchant.id), Filter(unread=unread)
        )
    return [one.id for one in page]


async def test_what_the_customer_wrote_since_the_mark_is_unread(desk: Desk) -> None:
    said = [await hear(desk, text) for text in ("one", "two", "three")]
    thread = await thread_of(desk, said[0])
    other = await thread_of(desk, await hear(desk, sender="+447700900456"))
    assert (await unread(desk, thread), await unread(desk, other)) == (3, 1)
    await read(desk, thread, said[1])
    assert (await unread(desk, thread), await unread(desk, other)) == (1, 1)
    await read(desk, thread, said[2])
    assert await unread(desk, thread) == 0
    assert (await listed(desk, unread=True), await listed(desk, unread=False)) == (
        [other],
        [thread],
    )


async def test_the_mark_never_moves_back(desk: Desk) -> None:
    said = [await hear(desk, text) for text in ("one", "two")]
    thread = await thread_of(desk, said[0])
    for message in (said[1], said[0], said[1]):
        await read(desk, thread, message)
        assert await unread(desk, thread) == 0


async def test_of_two_readers_at_once_the_one_who_read_further_counts(desk: Desk) -> None:
    said = [await hear(desk, str(at)) for at in range(8)]
    thread = await thread_of(desk, said[0])
    await asyncio.gather(*(read(desk, thread, each) for each in reversed(said[:-1])))
    assert await unread(desk, thread) == 1


async def test_the_message_of_another_thread_marks_nothing(desk: Desk) -> None:
    thread = await thread_of(desk, await hear(desk))
    elsewhere = await hear(desk, sender="+447700900456")
    for message in (elsewhere, "msg_zzz"):
        with pytest.raises(InvalidField):
            await read(desk, thread, message)
    assert await unread(desk, thread) == 1


async def test_an_answer_reads_as_far_as_its_writer_had_seen(desk: Desk) -> None:
    seen = await hear(desk, "one")
    thread = await thread_of(desk, seen)
    await hear(desk, "two, meanwhile")
    desk.clock.advance(seconds=1)
    await write(desk, thread, after=seen)
    assert await unread(desk, thread) == 1
    desk.clock.advance(seconds=1)
    await write(desk, thread)
    assert await unread(desk, thread) == 0
