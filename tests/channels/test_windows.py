"""The window after a customer's own words, in which a network carries free text."""

from datetime import timedelta

import pytest

from channels.conversations import get_conversation
from channels.windows import window_is_open
from tests.channels.conftest import PHONE, Desk
from tests.channels.meta_desk import hear, open_channel


async def is_open(desk: Desk, channel: str, conversation: str) -> bool:
    async with desk.database.snapshot() as session:
        return await window_is_open(session, channel, conversation, now=desk.clock())


@pytest.mark.parametrize("channel", ["sms", "email", "telegram", "webchat", "chatbot"])
async def test_most_channels_have_no_window(desk: Desk, channel: str) -> None:
    assert await is_open(desk, channel, "cnv_nothing")


async def test_it_opens_with_the_customers_words_and_closes_a_day_after_the_last(
    desk: Desk,
) -> None:
    account = await open_channel(desk, "whatsapp")
    message = await desk.queue(channel="whatsapp", to=PHONE)
    conversation = (await desk.message(message.id)).conversation
    assert not await is_open(desk, "whatsapp", conversation)
    await hear(desk, account, PHONE)
    desk.clock.advance(timedelta(hours=23))
    await hear(desk, account, PHONE, "Still there?")
    desk.clock.advance(timedelta(hours=23, minutes=59))
    assert await is_open(desk, "whatsapp", conversation)
    desk.clock.advance(timedelta(minutes=1))
    assert not await is_open(desk, "whatsapp", conversation)


async def test_the_provider_is_told_whether_it_is_open(desk: Desk) -> None:
    account = await open_channel(desk, "whatsapp")
    await desk.queue(channel="whatsapp", to=PHONE)
    await desk.drain()
    await hear(desk, account, PHONE)
    await desk.queue(channel="whatsapp", to=PHONE)
    await desk.queue(to=PHONE)
    await desk.drain()
    said = [one.window_open for one in desk.provider.taken]
    assert sorted(said) == [False, True, True]


async def test_one_merchants_conversation_opens_nothing_on_another_channel(desk: Desk) -> None:
    await open_channel(desk, "whatsapp")
    message = await desk.queue(channel="whatsapp", to=PHONE)
    await hear(desk, desk.accounts["sms"], PHONE)
    async with desk.database.snapshot() as session:
        thread = await get_conversation(
            session, merchant=desk.merchant.id, conversation=message.conversation
        )
    assert not await is_open(desk, "whatsapp", thread.id)
