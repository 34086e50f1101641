"""Writing to a customer: where it goes, what refuses it, and what is recorded."""

from typing import Any

import pytest
import sqlalchemy as sa

from channels.accounts import ChannelNotSetUp, switch_account
from channels.messages import (
    CardNumberInMessage,
    Content,
    NoAddress,
)
from core.errors import InvalidField
from core.work import work_table
from tests.channels.conftest import AGENT, EMAIL, LINK, PHONE, Desk

TOKEN = "Tok3nTok3nTok3nTok3nTo"


async def test_a_message_goes_to_the_customers_own_address(desk: Desk) -> None:
    customer = await desk.customer(name="Sam", phone=PHONE, email=EMAIL)
    by_sms = await desk.queue(customer)
    by_email = await desk.queue(
        customer, channel="email", content=Content("Please pay", "Pay", "<p>Pay</p>")
    )
    assert (by_sms.to, by_sms.sender) == (PHONE, "+447700900999")
    assert (by_email.to, by_email.sender) == (EMAIL, "pay@acme.example")
    assert by_email.content == Content("Please pay", "Pay", "<p>Pay</p>")
    assert (by_sms.customer, by_sms.link, by_sms.agent) == (customer.id, LINK, AGENT)


async def test_an_address_that_is_given_counts_and_is_normalised(desk: Desk) -> None:
    customer = await desk.customer(name="Sam", phone=PHONE)
    message = await desk.queue(customer, to="07700 900456")
    assert (message.to, message.customer) == ("+447700900456", customer.id)


async def test_without_a_customer_the_message_goes_to_whoever_has_the_address(desk: Desk) -> None:
    known = await desk.customer(name="Sam", phone=PHONE)
    assert (await desk.queue()).customer == known.id
    stranger = await desk.queue(to="+447700900456")
    assert stranger.customer not in {None, known.id}
    assert (await desk.queue(to="+447700900456")).customer == stranger.customer


async def test_queueing_says_so_and_shows_the_address_to_those_who_may_see_it(desk: Desk) -> None:
    message = await desk.queue()
    [queued] = await desk.events("message.queued")
    assert queued.data == {"message": message.id, "delivery": message.delivery, "to": PHONE}
    assert queued.conversation == message.conversation
    [opened] = await desk.events("conversation.opened")
    assert (opened.conversation, opened.channel, opened.agent) == (
        message.conversation,
        "sms",
        AGENT,
    )
    async with desk.database.snapshot() as session:
        planned = await session.all(sa.select(work_table))
    assert [(row["kind"], row["subject"]) for row in planned] == [
        ("delivery.send", message.delivery)
    ]


async def test_one_thread_an_address(desk: Desk) -> None:
    first = await desk.queue()
    second = await desk.queue(link=None)
    other = await desk.queue(to="+447700900456")
    by_email = await desk.queue(channel="email", to=EMAIL)
    threads = [each.conversation for each in (first, second, other, by_email)]
    assert threads[0] == threads[1]
    assert len(set(threads)) == 3
    assert len(await desk.events("conversation.opened")) == 3


async def test_a_customer_without_the_address_is_named_as_the_reason(desk: Desk) -> None:
    customer = await desk.customer(phone=PHONE)
    with pytest.raises(NoAddress) as caught:
        await desk.queue(customer, channel="email", to=None, pointer="/send/0/to")
    assert [field.pointer for field in caught.value.fields] == ["/send/0/to"]
    with pytest.raises(NoAddress):
        await desk.queue(None, to=None)


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"channel": "pigeon"}, "/to"),
        ({"to": "hello"}, "/to"),
        ({"to": "0906 123 4567"}, "/to"),
        ({"content": Content(" ")}, "/text"),
        ({"content": Content("x" * 20_001)}, "/text"),
        ({"content": Content("x", "Pay\r\nBcc: alex@example.com")}, "/subject"),
        ({"content": Content("x", "y" * 201)}, "/subject"),
    ],
)
async def test_what_cannot_be_sent_is_refused_and_leaves_nothing(
    desk: Desk, changes: dict[str, Any], pointer: str
) -> None:
    with pytest.raises(InvalidField) as caught:
        await desk.queue(**changes)
    assert [field.pointer for field in caught.value.fields] == [pointer]
    assert await desk.event_types(["message", "customer", "conversation"]) == []


async def test_a_card_number_is_never_sent(desk: Desk) -> None:
    for content in (Content("Your card 4242 4242 4242 4242"), Content("x", "4242424242424242")):
        with pytest.raises(CardNumberInMessage):
            await desk.queue(content=content)


async def test_a_links_token_is_not_taken_for_a_card_number(desk: Desk) -> None:
    url = "https://pay.example.test/p/4242424242424242"
    assert (await desk.queue(content=Content(f"Pay: {url}"))).content.text == f"Pay: {url}"


async def test_a_channel_without_an_account_is_not_set_up(desk: Desk) -> None:
    async with desk.database.transaction() as session:
        await switch_account(
            session,
            merchant=desk.merchant.id,
            account_id=desk.accounts["email"].id,
            active=False,
            now=desk.clock(),
        )
    with pytest.raises(ChannelNotSetUp):
        await desk.queue(channel="email", to=EMAIL)
