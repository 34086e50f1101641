"""Wake-ups over the real things: PostgreSQL's NOTIFY and Redis, cut in the middle. Covers core.wakeups."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import psycopg
import pytest
import redis

from core.wakeups import EVERYBODY, Wakeups, wakeups_for
from core.wakeups.exchange import NOTE_BYTES_MAX
from core.wakeups.postgres import PostgresLines
from core.wakeups.redis import RedisLines
from tests.support.redis import RedisServer


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not true():
            await asyncio.sleep(0.01)


@asynccontextmanager
async def two_processes(
    make: Callable[[], Wakeups | None],
) -> AsyncIterator[tuple[Wakeups, list[str]]]:
    """One that tells, and what the other has heard."""
    one, two = make(), make()
    assert one is not None
    assert two is not None
    heard: list[str] = []
    await one.start(lambda _: None)
    await two.start(heard.append)
    try:
        await until(lambda: one.healthy and two.healthy)
        yield one, heard
    finally:
        await one.stop()
        await two.stop()


def test_one_process_over_sqlite_needs_none() -> None:
    assert None is wakeups_for(database_url="sqlite:///x.db", redis_url=None)


def test_redis_is_taken_where_there_is_one() -> None:
    found = wakeups_for(database_url="postgresql://x", redis_url="redis://127.0.0.1:1")
    assert found is not None
    assert isinstance(found._lines, RedisLines)


@pytest.mark.postgres
async def test_postgres_carries_wakeups(postgres_url: str) -> None:
    def make() -> Wakeups | None:
        return wakeups_for(database_url=postgres_url, redis_url=None)

    async with two_processes(make) as (one, heard):
        one.tell("mer_1")
        await until(lambda: "mer_1" in heard)


@pytest.mark.postgres
async def test_connections_that_postgres_ends_are_made_again(postgres_url: str) -> None:
    async with two_processes(lambda: Wakeups(PostgresLines(postgres_url))) as (one, heard):
        with psycopg.connect(postgres_url, autocommit=True) as admin:
            admin.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        await until(lambda: heard.count(EVERYBODY) > 1)
        one.tell("mer_1")
        await until(lambda: "mer_1" in heard)


@pytest.mark.redis
async def test_redis_carries_wakeups(redis_url: str) -> None:
    async with two_processes(
        lambda: wakeups_for(database_url="sqlite:///x.db", redis_url=redis_url)
    ) as (one, heard):
        one.tell("mer_1")
        await until(lambda: "mer_1" in heard)


@pytest.mark.redis
async def test_connections_that_redis_ends_are_made_again(redis_url: str) -> None:
    async with two_processes(lambda: Wakeups(RedisLines(redis_url))) as (one, heard):
        with redis.Redis.from_url(redis_url) as admin:
            for kind in ("normal", "pubsub"):
                admin.execute_command("CLIENT", "KILL", "TYPE", kind, "SKIPME", "yes")
        await until(lambda: heard.count(EVERYBODY) > 1)
        one.tell("mer_1")
        await until(lambda: "mer_1" in heard)


@pytest.mark.redis
async def test_a_redis_that_forgets_everything_changes_nothing(redis_url: str) -> None:
    async with two_processes(lambda: Wakeups(RedisLines(redis_url))) as (one, heard):
        with redis.Redis.from_url(redis_url) as admin:
            admin.flushall()
        one.tell("mer_1")
        await until(lambda: "mer_1" in heard)


@pytest.mark.redis
async def test_a_redis_that_says_nothing_is_given_up_and_found_again(
    redis_server: RedisServer, redis_url: str
) -> None:
    """Its connections stand, as after a cable was pulled; only the ping that gets no answer tells."""
    lines = RedisLines(redis_url, ping_seconds=0.2)
    async with two_processes(lambda: Wakeups(lines)) as (one, heard):
        redis_server.freeze()
        try:
            await until(lambda: not one.healthy)
        finally:
            redis_server.thaw()
        await until(lambda: one.healthy and heard.count(EVERYBODY) > 1)


@pytest.mark.redis
async def test_a_line_on_which_nothing_happens_is_kept(redis_url: str) -> None:
    lines = RedisLines(redis_url, ping_seconds=0.05)
    async with two_processes(lambda: Wakeups(lines)) as (_, heard):
        await asyncio.sleep(1)
        assert [EVERYBODY] == heard


@pytest.mark.postgres
async def test_postgres_carries_notes_as_large_as_they_may_be(postgres_url: str) -> None:
    await notes_arrive(Wakeups(PostgresLines(postgres_url)), Wakeups(PostgresLines(postgres_url)))


@pytest.mark.redis
async def test_redis_carries_notes(redis_url: str) -> None:
    await notes_arrive(Wakeups(RedisLines(redis_url)), Wakeups(RedisLines(redis_url)))


async def notes_arrive(one: Wakeups, two: Wakeups) -> None:
    """As many as a message holds, and then some."""
    noted: list[str] = []
    await one.start(lambda _: None)
    await two.start(lambda _: None, noted.append)
    try:
        await until(lambda: one.healthy and two.healthy)
        for number in range(5):
            one.note(str(number), str(number) * NOTE_BYTES_MAX)
        await until(lambda: len(noted) == 5)
    finally:
        await one.stop()
        await two.stop()
    assert [str(number) * NOTE_BYTES_MAX for number in range(5)] == noted
