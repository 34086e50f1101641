"""An account sends no faster than its provider takes, and what waits goes in its turn."""

import asyncio
from datetime import datetime, timedelta

from channels.accounts import add_account
from channels.pace import keeping, turn_of
from core.database import Database
from tests.channels.conftest import Desk

ACCOUNT = "cha_01k9aaaaaaaaaaaaaaaaaaaaaa"


async def turn(
    database: Database, now: datetime, *, per_second: int | None = 4, **payload: str
) -> timedelta:
    """How long a message waits."""
    async with database.transaction() as session:
        given = await turn_of(
            session, account=ACCOUNT, per_second=per_second, payload=payload, now=now
        )
    return given - now


async def test_without_a_limit_everything_goes_at_once(desk: Desk) -> None:
    now = desk.clock()
    assert {await turn(desk.database, now, per_second=None) for _ in range(5)} == {timedelta(0)}


async def test_each_message_has_a_turn_of_its_own(desk: Desk) -> None:
    now = desk.clock()
    waits = [await turn(desk.database, now) for _ in range(5)]
    assert waits == [timedelta(milliseconds=250 * number) for number in range(5)]
    later = desk.clock.advance(seconds=60)
    assert await turn(desk.database, later) == timedelta(0)


async def test_turns_are_given_out_once_however_many_ask_at_the_same_time(desk: Desk) -> None:
    now = desk.clock()
    waits = await asyncio.gather(*[turn(desk.database, now) for _ in range(12)])
    assert sorted(waits) == [timedelta(milliseconds=250 * number) for number in range(12)]


async def test_who_waited_for_a_turn_has_it_and_takes_no_second_one(desk: Desk) -> None:
    now = desk.clock()
    await turn(desk.database, now)
    given = now + await turn(desk.database, now)
    later = desk.clock.advance(seconds=1)
    assert await turn(desk.database, later, **keeping(given)) == timedelta(0)
    assert await turn(desk.database, later) == timedelta(0)


async def test_a_crowd_whose_turns_were_missed_does_not_come_back_all_at_once(desk: Desk) -> None:
    now = desk.clock()
    turns = [now + await turn(desk.database, now) for _ in range(3)]
    much_later = desk.clock.advance(minutes=10)
    waits = [await turn(desk.database, much_later, **keeping(given)) for given in turns]
    assert waits == [timedelta(milliseconds=250 * number) for number in range(3)]


async def test_queued_messages_leave_at_the_accounts_pace(desk: Desk) -> None:
    async with desk.database.transaction() as session:
        await add_account(
            session,
            desk.vault,
            merchant=desk.merchant.id,
            channel="sms",
            provider="fake",
            config={"from": "+447700900999", "messages_per_second": 2},
            account_id=desk.accounts["sms"].id,
            now=desk.clock(),
        )
    for _ in range(5):
        await desk.queue()
    sent = []
    for _ in range(6):
        await desk.drain()
        sent.append(len(desk.provider.taken))
        desk.clock.advance(milliseconds=500)
    assert sent == [1, 2, 3, 4, 5, 5]
