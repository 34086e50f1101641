"""A link in a message: the words carry the amount, the merchant and exactly the link."""

from dataclasses import replace
from typing import Any

import pytest

from channels.accounts import ChannelNotSetUp
from channels.message_store import get_message
from channels.messages import Message
from compliance.roles import Role
from links.drafts import Send
from links.links import Link
from tests.conftest import NewUser
from tests.links.conftest import EMAIL, PHONE, Shop


async def queued(shop: Shop, link: Link, send: Send) -> Message:
    async with shop.database.transaction() as session:
        message = await shop.lifecycle.send(session, shop.agent, link, send, now=shop.clock())
    async with shop.database.snapshot() as session:
        return await get_message(
            session, shop.vault, merchant=shop.merchant.id, message_id=message.id
        )


async def test_a_text_message_says_who_asks_how_much_and_where(shop: Shop) -> None:
    link = await shop.make()
    url = f"https://pay.acme.test/p/{await shop.token(link)}"
    text = (await queued(shop, link, Send("sms", PHONE))).content.text

    assert "Acme Travel" in text
    assert "£49.99" in text
    assert url in text


async def test_an_amount_is_written_in_the_links_language(shop: Shop) -> None:
    link = await shop.make(4999, "EUR", locale="de-DE")
    text = (await queued(shop, link, Send("sms", PHONE))).content.text

    assert "49,99" in text


async def test_an_email_is_from_the_agent_by_first_name_alone(
    shop: Shop, new_user: NewUser
) -> None:
    user = await new_user(shop.merchant.id)
    link = await shop.as_merchant(replace(shop.agent, id=user.id)).make()
    content = (await queued(shop, link, Send("email", EMAIL))).content
    first, _, last = user.name.partition(" ")

    assert f"{first} at Acme Travel" in content.text
    assert user.name not in content.text
    assert last
    assert Role.AGENT is user.role


async def test_the_journal_does_not_know_the_link_that_was_sent(shop: Shop) -> None:
    link = await shop.make(send=[Send("sms", PHONE)])

    assert await shop.token(link) not in repr(await shop.rows())
    assert await shop.token(link) not in repr(await shop.events())


async def test_sending_again_takes_the_place_of_what_was_sent_before(shop: Shop) -> None:
    link = await shop.make(send=[Send("sms", PHONE), Send("email", EMAIL)])
    [first, second] = (await shown(shop, link))["messages"]
    assert (None, None) == (first["superseded_at"], second["superseded_at"])

    latest = await queued(shop, link, Send("email", EMAIL))
    messages = (await shown(shop, link))["messages"]
    assert {latest.id} == {one["id"] for one in messages if one["superseded_at"] is None}
    entry = [each for each in await shop.events(link) if each.type == "message.queued"][-1]
    assert sorted([first["id"], second["id"]]) == entry.data["supersedes"]


async def shown(shop: Shop, link: Link) -> dict[str, Any]:
    async with shop.database.snapshot() as session:
        return await shop.showing.one(session, link)


async def test_a_handle_that_a_link_is_sent_to_is_no_telephone(shop: Shop) -> None:
    with pytest.raises(ChannelNotSetUp):
        await shop.make(send=[Send("telegram", "1111111")])
