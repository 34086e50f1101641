"""Where to try again when a message did not arrive."""

from datetime import timedelta

import sqlalchemy as sa

from channels import problems
from channels.accounts import add_account
from channels.consents import ConsentPlace, ConsentState, set_consent
from channels.conversations import conversations, get_conversation
from channels.inbound import record_inbound
from channels.messages import cancel_queued
from channels.next_best import next_best_channel
from channels.port import Inbound, Refused
from tests.channels.conftest import EMAIL, PHONE, Desk


async def best(desk: Desk, customer: str, failed: str = "sms") -> str | None:
    async with desk.database.snapshot() as session:
        return await next_best_channel(
            session,
            merchant=desk.merchant.id,
            customer=customer,
            link=None,
            failed=failed,
            now=desk.clock(),
        )


async def set_up(desk: Desk, channel: str) -> None:
    async with desk.database.transaction() as session:
        desk.accounts[channel] = await add_account(
            session,
            desk.vault,
            merchant=desk.merchant.id,
            channel=channel,
            provider="fake",
            config={"from": "acme"},
            now=desk.clock(),
        )


async def writes(desk: Desk, channel: str, sender: str) -> None:
    async with desk.database.transaction() as session:
        await record_inbound(
            session,
            desk.vault,
            desk.accounts[channel],
            Inbound(provider_id=f"in-{channel}", sender=sender, recipient="acme", text="Hello"),
            now=desk.clock(),
        )


async def test_it_is_a_channel_that_the_customer_has_an_address_for(desk: Desk) -> None:
    both = await desk.customer(phone=PHONE, email=EMAIL)
    assert await best(desk, both.id) == "email"
    assert await best(desk, both.id, "email") == "sms"
    phone_only = await desk.customer(phone="+447700900555")
    assert await best(desk, phone_only.id) is None


async def test_where_the_customer_said_stop_is_no_way(desk: Desk) -> None:
    customer = await desk.customer(phone=PHONE, email=EMAIL)
    message = await desk.queue(customer, channel="email", link=None)
    async with desk.database.transaction() as session:
        thread = await get_conversation(
            session, merchant=desk.merchant.id, conversation=message.conversation
        )
        await set_consent(
            session,
            ConsentPlace(desk.merchant.id, "email", thread.address_hash),
            ConsentState.STOPPED,
            customer=customer.id,
            conversation=None,
            agent=None,
            actor="customer",
            how="message",
            now=desk.clock(),
        )
    assert await best(desk, customer.id) is None


async def test_a_network_with_a_window_counts_while_it_is_open(desk: Desk) -> None:
    await set_up(desk, "whatsapp")
    customer = await desk.customer(phone=PHONE)
    assert await best(desk, customer.id) is None
    await writes(desk, "whatsapp", PHONE)
    async with desk.database.transaction() as session:
        await session.execute(sa.update(conversations).values(last_inbound_at=desk.clock()))
    assert await best(desk, customer.id) == "whatsapp"
    desk.clock.advance(timedelta(hours=24))
    assert await best(desk, customer.id) is None


async def test_the_channel_that_the_customer_wrote_on_last_goes_first(desk: Desk) -> None:
    await set_up(desk, "telegram")
    await writes(desk, "telegram", "1111111")
    [created] = await desk.events("customer.created")
    assert created.customer is not None
    assert await best(desk, created.customer) == "telegram"


async def test_a_failed_delivery_names_the_next_channel_in_the_journal(desk: Desk) -> None:
    customer = await desk.customer(phone=PHONE, email=EMAIL)
    desk.provider.script = [Refused(problems.UNREACHABLE), Refused(problems.INVALID_ADDRESS)]
    await desk.queue(customer)
    await desk.drain()
    [failed] = await desk.events("message.failed")
    assert failed.data["next_channel"] == "email"
    await desk.queue(customer, channel="email")
    await desk.drain()
    [_, failed] = await desk.events("message.failed")
    assert "next_channel" not in failed.data


async def test_a_message_that_was_called_back_goes_nowhere_else(desk: Desk) -> None:
    customer = await desk.customer(phone=PHONE, email=EMAIL)
    message = await desk.queue(customer)
    async with desk.database.transaction() as session:
        assert message.link is not None
        await session.lock(message.link)
        await cancel_queued(session, merchant=desk.merchant.id, link=message.link, now=desk.clock())
    [failed] = await desk.events("message.failed")
    assert "next_channel" not in failed.data
