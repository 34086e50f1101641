"""One reader a merchant: every entry in order, whoever wrote it, and whether or not it was woken."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

import sqlalchemy as sa

from agent_feed.batches import Batch, Published
from agent_feed.stream import PAGE, Stream
from compliance.journal import Journal, Query, Reader
from compliance.journal.entry import journal_heads
from core.database import Database
from tests.agent_feed.conftest import Scene, until

SELDOM = 60.0
OFTEN = 0.02


@asynccontextmanager
async def reading(
    scene: Scene, reader: Reader, *, poll_seconds: float
) -> AsyncIterator[tuple[Stream, list[Batch]]]:
    """A running stream of our merchant, and what it has published so far, its start included."""
    batches: list[Batch] = []
    stream = Stream(
        scene.merchant,
        scene.database,
        reader,
        lambda _, batch: batches.append(batch),
        poll_seconds=lambda: poll_seconds,
    )
    task = asyncio.create_task(stream.run())
    try:
        await until(lambda: bool(batches))
        yield stream, batches
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


def positions(batches: list[Batch]) -> list[int]:
    return [one.position for batch in batches for one in batch.entries]


async def test_it_begins_at_the_head_and_says_so(scene: Scene, reader: Reader) -> None:
    async with scene.database.snapshot() as session:
        head, epoch = await reader.head(session, scene.merchant)
    async with reading(scene, reader, poll_seconds=SELDOM) as (stream, batches):
        assert [Batch(epoch=epoch, after=head, upto=head)] == batches
        assert batches[0] == stream.last


async def test_a_commit_wakes_it(scene: Scene, reader: Reader, journal: Journal) -> None:
    async with reading(scene, reader, poll_seconds=SELDOM) as (stream, batches):
        journal.wakes.append(lambda _: stream.wake())
        await scene.happen()
        await until(lambda: len(positions(batches)) == 1)


async def test_what_this_process_commits_is_handed_over_as_it_would_be_read(
    scene: Scene, reader: Reader, journal: Journal
) -> None:
    """The database is not asked again: the stream sleeps, and nobody wakes it."""
    private = {"text": "see you", "at": ("b", "a")}
    async with reading(scene, reader, poll_seconds=SELDOM) as (stream, batches):
        journal.listeners.append(stream.take)
        await scene.happen_all([{"link": "lnk_1", "data": {"b": 1, "a": (2,)}, "private": private}])
        await scene.happen(link="lnk_2")
        handed = [one.entry for batch in batches for one in batch.entries]
        async with scene.database.snapshot() as session:
            query = Query(merchant=scene.merchant, after=batches[0].upto, limit=10)
            read = await reader.read(session, query)

    assert read == handed
    assert [Published(one).frame for one in read] == [Published(one).frame for one in handed]


async def test_what_does_not_follow_on_is_read(
    scene: Scene,
    reader: Reader,
    journal: Journal,
    database_url: str,
    open_database: Callable[[str], Database],
) -> None:
    other = Scene(**{**vars(scene), "database": open_database(database_url)})
    async with reading(scene, reader, poll_seconds=SELDOM) as (stream, batches):
        journal.listeners.append(stream.take)
        await other.happen(link="lnk_theirs")
        await scene.happen(link="lnk_ours")
        await until(lambda: len(positions(batches)) == 2)
    assert ["lnk_theirs", "lnk_ours"] == [
        one.entry.link for batch in batches for one in batch.entries
    ]


async def test_what_is_handed_over_while_it_reads_is_told_once(
    scene: Scene, reader: Reader, journal: Journal
) -> None:
    async with reading(scene, reader, poll_seconds=0.001) as (stream, batches):
        start = batches[0].upto
        journal.listeners.append(stream.take)
        for _ in range(40):
            stream.wake()
            await scene.happen()
        await until(lambda: len(positions(batches)) >= 40)
    assert list(range(start + 1, start + 41)) == positions(batches)


async def test_what_another_process_writes_is_found_by_asking(
    scene: Scene,
    reader: Reader,
    database_url: str,
    open_database: Callable[[str], Database],
) -> None:
    other = Scene(**{**vars(scene), "database": open_database(database_url)})
    async with reading(scene, reader, poll_seconds=OFTEN) as (_, batches):
        await other.happen()
        await until(lambda: len(positions(batches)) == 1)


async def test_batches_join_on_to_each_other_over_pages(scene: Scene, reader: Reader) -> None:
    async with reading(scene, reader, poll_seconds=OFTEN) as (_, batches):
        start = batches[0].upto
        await scene.happen_all([{}] * (PAGE + 20))
        await until(lambda: len(positions(batches)) == PAGE + 20)
        await scene.happen()
        await until(lambda: len(positions(batches)) == PAGE + 21)
    assert list(range(start + 1, start + PAGE + 22)) == positions(batches)
    assert [batch.after for batch in batches[1:]] == [batch.upto for batch in batches[:-1]]


async def test_another_merchants_entries_are_not_in_it(scene: Scene, reader: Reader) -> None:
    async with reading(scene, reader, poll_seconds=OFTEN) as (_, batches):
        await scene.happen(merchant=scene.rival)
        await scene.happen(link="lnk_ours")
        await until(lambda: len(positions(batches)) == 1)
    assert ["lnk_ours"] == [one.entry.link for batch in batches for one in batch.entries]


async def test_a_new_epoch_is_a_rewind(scene: Scene, reader: Reader) -> None:
    async with reading(scene, reader, poll_seconds=OFTEN) as (_, batches):
        head = batches[0].upto
        await scene.update(sa.update(journal_heads).values(epoch="restored"))
        await until(lambda: len(batches) == 2)
    assert Batch(epoch="restored", after=head, upto=head, rewound=True) == batches[1]


async def test_a_journal_that_became_shorter_is_a_rewind(scene: Scene, reader: Reader) -> None:
    async with reading(scene, reader, poll_seconds=OFTEN) as (_, batches):
        await scene.update(sa.update(journal_heads).values(position=1))
        await until(lambda: len(batches) == 2)
    assert (1, True) == (batches[1].upto, batches[1].rewound)


async def test_it_outlives_a_database_that_does_not_answer(scene: Scene, reader: Reader) -> None:
    async with reading(scene, reader, poll_seconds=OFTEN) as (stream, batches):
        await scene.update(sa.text("ALTER TABLE journal_heads RENAME TO journal_heads_away"))
        await asyncio.sleep(0.1)
        await scene.update(sa.text("ALTER TABLE journal_heads_away RENAME TO journal_heads"))
        await scene.happen()
        stream.wake()
        await until(lambda: len(positions(batches)) == 1)
