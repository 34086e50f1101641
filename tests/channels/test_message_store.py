"""What is stored of messages, and how it is shown."""

import pytest
import sqlalchemy as sa

from channels.conversations import conversations
from channels.message_store import deliveries, messages, messages_of_links
from channels.messages import (
    get_message,
    message_json,
)
from core.errors import NotFound
from tests.channels.conftest import EMAIL, LINK, PHONE, Desk

TOKEN = "Tok3nTok3nTok3nTok3nTo"


async def test_a_message_is_shown_as_the_api_has_it(desk: Desk) -> None:
    message = await desk.queue()
    assert message_json(message) == {
        "id": message.id,
        "channel": "sms",
        "to": PHONE,
        "status": "queued",
        "problem": None,
        "superseded_at": None,
        "purpose": None,
        "created_at": "2026-11-22T13:24:05.123Z",
    }


async def test_the_messages_of_links_come_newest_last_and_only_for_these_links(
    desk: Desk,
) -> None:
    other = "lnk_01k9bbbbbbbbbbbbbbbbbbbbbb"
    first = await desk.queue()
    desk.clock.advance(seconds=1)
    second = await desk.queue(channel="email", to=EMAIL)
    third = await desk.queue(link=other)
    await desk.queue(link=None)
    async with desk.database.snapshot() as session:
        found = await messages_of_links(
            session, desk.vault, merchant=desk.merchant.id, links=[LINK, other, "lnk_none"]
        )
        nobodys = await messages_of_links(session, desk.vault, merchant="mer_other", links=[LINK])
    assert {link: [one.id for one in some] for link, some in found.items()} == {
        LINK: [first.id, second.id],
        other: [third.id],
    }
    assert nobodys == {}


async def test_what_is_stored_shows_neither_words_nor_addresses(desk: Desk) -> None:
    await desk.queue()
    async with desk.database.snapshot() as session:
        stored = str(
            [
                dict(row)
                for table in (messages, deliveries, conversations)
                for row in await session.all(sa.select(table))
            ]
        )
    for secret in (PHONE, "7700900123", "Please pay", TOKEN):
        assert secret not in stored


async def test_another_merchants_message_is_not_found(desk: Desk) -> None:
    message = await desk.queue()
    async with desk.database.snapshot() as session:
        with pytest.raises(NotFound):
            await get_message(session, desk.vault, merchant="mer_other", message_id=message.id)


async def test_a_message_says_nothing_private_when_it_is_printed(desk: Desk) -> None:
    printed = repr(await desk.queue())
    assert PHONE not in printed
    assert TOKEN not in printed
