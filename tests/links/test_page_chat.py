"""The conversation beside the form (links.page_chat): the link's customer and agent, and a tab's own."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from channels.accounts import accounts_of, switch_account
from channels.addresses import address_hash
from channels.catalogue import AddressKind
from channels.consents import BY_MESSAGE, ConsentPlace, ConsentState, ConsentStopped, set_consent
from channels.conversation_writing import write_in_thread
from channels.conversations import conversations
from channels.customers import CustomerDraft
from channels.message_store import deliveries, messages
from channels.states import DeliveryState
from channels.visitors import VisitorUnknown
from core.errors import InvalidField
from links import page_chat
from links.links import Link
from links.page_chat import ChatNews, ChatSwitchedOff
from tests.links.conftest import BASE_URL, Shop

KEY = "0123456789abcdef0123456789abcdef"
OTHER = "fedcba9876543210fedcba9876543210"


async def say(
    shop: Shop, link: Link, text: str, *, key: str = KEY, once: str = "m-00000001"
) -> str:
    async with shop.database.transaction() as session:
        message = await page_chat.write(
            session, shop.vault, link, key=key, client_id=once, text=text, now=shop.clock()
        )
    assert message is not None
    return message


async def read(
    shop: Shop, link: Link, *, key: str | None = KEY, after: str | None = None
) -> ChatNews:
    async with shop.database.snapshot() as session:
        return await page_chat.news(
            session, shop.vault, link, key=key, after=after, pay_origin=BASE_URL, now=shop.clock()
        )


async def answer(shop: Shop, conversation: str, text: str) -> None:
    """The agent's answer, carried."""
    async with shop.database.transaction() as session:
        message = await write_in_thread(
            session,
            shop.vault,
            merchant=shop.merchant.id,
            conversation=conversation,
            text=text,
            subject=None,
            after=None,
            agent=shop.agent.agent,
            actor=shop.agent.actor,
            now=shop.clock(),
        )
        await session.execute(
            sa.update(deliveries)
            .where(deliveries.c.message == message.id)
            .values(state=DeliveryState.SENT.value)
        )


async def casey(shop: Shop) -> Link:
    return await shop.make(customer=CustomerDraft(name="Casey", phone="+447700900123"))


async def test_what_is_written_is_a_conversation_of_the_links_customer_with_its_agent(
    shop: Shop,
) -> None:
    link = await casey(shop)
    message = await say(shop, link, "Where is the code on the card?")

    async with shop.database.snapshot() as session:
        [thread] = await session.all(sa.select(conversations))
        [row] = await session.all(sa.select(messages))
    assert (link.customer, link.agent, "webchat") == (
        thread["customer"],
        thread["agent"],
        thread["channel"],
    )
    assert (message, link.id, "in") == (row["id"], row["link"], row["direction"])
    told = (await shop.events(link))[-1]
    assert ("message.received", link.agent, thread["id"]) == (
        told.type,
        told.agent,
        told.conversation,
    )


async def test_an_answer_appears_in_the_tab_that_asked_and_in_no_other(shop: Shop) -> None:
    """Whoever got the link forwarded reads nothing of it, and nothing of the customer's other threads."""
    link = await casey(shop)
    await shop.send(link)
    await say(shop, link, "Help!")
    before = await read(shop, link)
    assert before.conversation is not None
    shop.clock.advance(timedelta(seconds=9))
    await answer(shop, before.conversation, "It is on the back.")

    new = await read(shop, link, after=before.cursor)
    assert [("out", "It is on the back.")] == [(m["direction"], m["text"]) for m in new.messages]
    whole = await read(shop, link)
    assert ["Help!", "It is on the back."] == [m["text"] for m in whole.messages]
    assert [] == (await read(shop, link, key=OTHER)).messages
    assert [] == (await read(shop, link, key=None)).messages


async def test_a_second_tab_has_a_thread_of_its_own_with_the_same_customer(shop: Shop) -> None:
    link = await casey(shop)
    await say(shop, link, "Help!")
    await say(shop, link, "Me too", key=OTHER)
    async with shop.database.snapshot() as session:
        rows = await session.all(sa.select(conversations.c.customer))
    assert [link.customer] * 2 == [row["customer"] for row in rows]
    assert ["Me too"] == [m["text"] for m in (await read(shop, link, key=OTHER)).messages]


async def test_the_same_key_on_another_link_is_another_tab(shop: Shop) -> None:
    link = await casey(shop)
    await say(shop, link, "Help!")
    other = await casey(shop)
    await say(shop, other, "Hello", once="m-00000002")
    assert ["Hello"] == [m["text"] for m in (await read(shop, other)).messages]


async def test_a_message_that_comes_twice_is_kept_once(shop: Shop) -> None:
    link = await casey(shop)
    assert await say(shop, link, "Help!") == await say(shop, link, "Help!")
    assert 1 == len((await read(shop, link)).messages)


async def test_a_card_number_is_masked_before_it_is_stored(shop: Shop) -> None:
    link = await casey(shop)
    await say(shop, link, "my card is 4242 4242 4242 4242")
    [message] = (await read(shop, link)).messages
    assert "4242 4242" not in message["text"]
    told = [event for event in await shop.events() if event.type == "incident.card_number_masked"]
    assert 1 == len(told)


async def test_a_link_without_a_customer_can_be_helped_too(shop: Shop) -> None:
    link = await shop.make(usage="multi")
    await say(shop, link, "Help!")
    news = await read(shop, link)
    assert news.conversation is not None
    await answer(shop, news.conversation, "Here I am.")
    assert 2 == len((await read(shop, link)).messages)


async def test_the_chat_can_be_switched_off_like_any_account(shop: Shop) -> None:
    link = await casey(shop)
    await say(shop, link, "Help!")
    async with shop.database.transaction() as session:
        [account] = [
            one
            for one in await accounts_of(session, merchant=shop.merchant.id)
            if one.provider == page_chat.PROVIDER
        ]
        await switch_account(
            session,
            merchant=shop.merchant.id,
            account_id=account.id,
            active=False,
            now=shop.clock(),
        )
    with pytest.raises(ChatSwitchedOff):
        await say(shop, link, "Still there?", once="m-00000002")


async def test_what_is_no_key_and_no_cursor_is_refused(shop: Shop) -> None:
    link = await casey(shop)
    with pytest.raises(VisitorUnknown):
        await say(shop, link, "Help!", key="short")
    await say(shop, link, "Help!")
    with pytest.raises(InvalidField):
        await read(shop, link, after="msg_1.1")
    assert [] == (await read(shop, link, key="short")).messages


async def test_who_said_stop_to_text_messages_is_still_answered_here(shop: Shop) -> None:
    link = await casey(shop)
    async with shop.database.transaction() as session:
        hashed = await address_hash(
            session,
            shop.vault,
            merchant=shop.merchant.id,
            kind=AddressKind.PHONE,
            address="+447700900123",
            now=shop.clock(),
        )
        await set_consent(
            session,
            ConsentPlace(shop.merchant.id, "sms", hashed),
            ConsentState.STOPPED,
            customer=link.customer,
            conversation=None,
            agent=None,
            actor="customer",
            how=BY_MESSAGE,
            now=shop.clock(),
        )
    shop.clock.advance(timedelta(seconds=9))
    await say(shop, link, "Help!")
    thread = (await read(shop, link)).conversation
    assert thread is not None
    await answer(shop, thread, "Here I am.")
    shop.clock.advance(timedelta(seconds=9))
    await say(shop, link, "STOP", once="m-00000002")
    with pytest.raises(ConsentStopped):
        await answer(shop, thread, "Are you sure?")
