"""Conversations: one thread an address, with whoever was served at it last."""

import pytest

from channels.conversations import Conversation, continue_conversation, get_conversation
from core.errors import NotFound
from tests.channels.conftest import Desk


async def go_on(
    desk: Desk, *, customer: str | None, agent: str | None, hashed: str = "a" * 64
) -> Conversation:
    async with desk.database.transaction() as session:
        return await continue_conversation(
            session,
            desk.vault,
            merchant=desk.merchant.id,
            channel="sms",
            hashed=hashed,
            address="+447700900123",
            customer=customer,
            agent=agent,
            actor="customer",
            now=desk.clock(),
        )


async def test_the_first_message_opens_the_thread_and_the_next_continues_it(desk: Desk) -> None:
    first = await go_on(desk, customer=None, agent=None)
    desk.clock.advance(minutes=1)
    second = await go_on(desk, customer="cus_1", agent="usr_1")
    desk.clock.advance(minutes=1)
    third = await go_on(desk, customer=None, agent=None)
    assert first.id == second.id == third.id
    assert (third.customer, third.agent) == ("cus_1", "usr_1")
    assert (third.opened_at, third.last_message_at) == (first.opened_at, desk.clock())
    assert await desk.event_types(["conversation"]) == [
        "conversation.opened",
        "conversation.taken",
    ]


async def test_a_thread_of_another_merchant_is_not_found(desk: Desk) -> None:
    opened = await go_on(desk, customer=None, agent=None)
    async with desk.database.snapshot() as session:
        found = await get_conversation(session, merchant=desk.merchant.id, conversation=opened.id)
        assert found == opened
        with pytest.raises(NotFound):
            await get_conversation(session, merchant="mer_other", conversation=opened.id)
