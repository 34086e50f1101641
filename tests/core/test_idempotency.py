"""An answer is kept for a day with the state that it reports, and given again to the same request only."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import idempotency
from core.database import Database
from core.idempotency import (
    Answer,
    IdempotencyKeyMalformed,
    IdempotencyKeyReused,
    parse_key,
)
from tests.support.clock import SettableClock
from tests.support.crash import crashing

printable = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), min_size=1, max_size=255)


async def _keep(database: Database, clock: SettableClock, *, body_hash: str = "h1") -> None:
    async with database.transaction() as session:
        await idempotency.keep(
            session, Answer(201, '{"id":1}'), scope="m:p", key="k", body_hash=body_hash, now=clock()
        )


async def _find(
    database: Database, clock: SettableClock, *, scope: str = "m:p", body_hash: str = "h1"
) -> Answer | None:
    async with database.snapshot() as session:
        return await idempotency.find(
            session, scope=scope, key="k", body_hash=body_hash, now=clock()
        )


async def test_the_same_request_finds_its_answer(database: Database, clock: SettableClock) -> None:
    assert await _find(database, clock) is None
    await _keep(database, clock)
    assert Answer(201, '{"id":1}') == await _find(database, clock)


async def test_another_body_under_the_same_key_is_refused(
    database: Database, clock: SettableClock
) -> None:
    await _keep(database, clock)
    with pytest.raises(IdempotencyKeyReused):
        await _find(database, clock, body_hash="h2")


async def test_the_same_key_elsewhere_is_another_key(
    database: Database, clock: SettableClock
) -> None:
    await _keep(database, clock)
    assert await _find(database, clock, scope="m:other") is None


async def test_an_answer_is_kept_for_24_hours_and_its_key_is_free_then(
    database: Database, clock: SettableClock
) -> None:
    await _keep(database, clock)
    clock.advance(idempotency.KEPT - timedelta(milliseconds=1))
    assert await _find(database, clock) is not None
    clock.advance(milliseconds=1)
    assert await _find(database, clock, body_hash="h2") is None
    await _keep(database, clock, body_hash="h2")
    assert await _find(database, clock, body_hash="h2") is not None


async def test_an_answer_rolled_back_with_its_state_was_never_given(
    database: Database, clock: SettableClock
) -> None:
    async with crashing(database) as session:
        await idempotency.keep(
            session, Answer(201, "{}"), scope="m:p", key="k", body_hash="h1", now=clock()
        )
    assert await _find(database, clock) is None


async def test_purging_drops_what_is_past_its_time_and_says_how_many(
    database: Database, clock: SettableClock
) -> None:
    await _keep(database, clock)
    async with database.transaction() as session:
        assert 0 == await idempotency.purge(session, now=clock())
    clock.advance(idempotency.KEPT)
    async with database.transaction() as session:
        assert 1 == await idempotency.purge(session, now=clock())


@given(printable)
def test_a_quoted_string_names_the_key_that_was_quoted(key: str) -> None:
    quoted = key.replace("\\", "\\\\").replace('"', '\\"')
    assert key == parse_key(f'"{quoted}"')


@pytest.mark.parametrize(
    ("header", "key"),
    [
        ('"8e03978e-40d5-43dd-bc93-6894a57f9324"', "8e03978e-40d5-43dd-bc93-6894a57f9324"),
        ("8e03978e-40d5-43dd-bc93-6894a57f9324", "8e03978e-40d5-43dd-bc93-6894a57f9324"),
        ('  "a b"  ', "a b"),
        ('"' + "k" * 255 + '"', "k" * 255),
    ],
)
def test_quoted_strings_and_bare_tokens_are_both_keys(header: str, key: str) -> None:
    assert key == parse_key(header)


@pytest.mark.parametrize(
    "header",
    [
        "",
        '""',
        "   ",
        '"open',
        'a"b',
        "a b",
        "k" * 256,
        '"' + "k" * 256 + '"',
        '"é"',
        '"a\\b"',
        "(a)",
        '"a";b=1',
        "a,b",
    ],
)
def test_anything_else_is_malformed(header: str) -> None:
    with pytest.raises(IdempotencyKeyMalformed):
        parse_key(header)
