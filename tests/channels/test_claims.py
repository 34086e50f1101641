"""What a worker may do next with a delivery."""

import pytest

from channels import problems
from channels.accounts import switch_account
from channels.claims import HANDS_OFF, callback_url
from channels.messages import cancel_queued
from channels.port import (
    Uncertain,
)
from tests.channels.conftest import LINK, PHONE, Desk
from tests.channels.fakes import Crashed
from tests.channels.talk import another_account, hear


async def test_a_doubtful_delivery_is_left_alone_while_a_call_may_be_running(desk: Desk) -> None:
    desk.provider.script = [Crashed()]
    await desk.queue()
    [job] = await desk.claim(lease_seconds=5)
    with pytest.raises(Crashed):
        await desk.outbox.send(job)
    desk.clock.advance(seconds=6)
    assert await desk.drain() == 1
    assert desk.provider.asked == []
    desk.clock.advance(seconds=40)
    assert await desk.drain() == 1
    assert len(desk.provider.asked) == 1


async def test_the_search_knows_which_messages_are_others(desk: Desk) -> None:
    first = await desk.queue()
    await desk.drain()
    desk.clock.advance(seconds=1)
    desk.provider.script = [Uncertain("timeout")]
    await desk.queue()
    await desk.drain()
    claimed_at = desk.clock()
    desk.clock.advance(HANDS_OFF)
    await desk.drain()
    [(_, since, known)] = desk.provider.asked
    assert since == claimed_at
    assert known == {desk.provider.id_of(str(first.delivery))}


async def test_a_worker_that_lost_its_lease_sends_nothing(desk: Desk) -> None:
    await desk.queue()
    [late] = await desk.claim(lease_seconds=5)
    desk.clock.advance(seconds=6)
    [current] = await desk.claim()
    await desk.outbox.send(late)
    assert desk.provider.taken == []
    await desk.outbox.send(current)
    assert len(desk.provider.taken) == 1


async def test_a_cancelled_links_message_is_not_sent(desk: Desk) -> None:
    message = await desk.queue()
    [job] = await desk.claim()
    async with desk.database.transaction() as session:
        await session.lock(LINK)
        await cancel_queued(session, merchant=desk.merchant.id, link=LINK, now=desk.clock())
    await desk.outbox.send(job)
    assert desk.provider.taken == []
    assert (await desk.message(message.id)).problem == problems.CANCELLED


async def test_an_account_that_was_switched_off_sends_nothing(desk: Desk) -> None:
    message = await desk.queue()
    async with desk.database.transaction() as session:
        await switch_account(
            session,
            merchant=desk.merchant.id,
            account_id=desk.accounts["sms"].id,
            active=False,
            now=desk.clock(),
        )
    await desk.drain()
    assert desk.provider.taken == []
    assert (await desk.message(message.id)).problem == problems.NO_ACCOUNT


async def test_a_customer_whose_data_was_erased_is_not_written_to(desk: Desk) -> None:
    message = await desk.queue()
    async with desk.database.transaction() as session:
        await desk.vault.destroy(session, desk.merchant.id, str(message.customer), now=desk.clock())
    await desk.drain()
    assert desk.provider.taken == []
    assert (await desk.message(message.id)).problem == problems.ERASED


def test_callbacks_come_to_the_accounts_own_address() -> None:
    assert (
        callback_url("https://a.example/", "cha_1") == "https://a.example/webhooks/channels/cha_1"
    )
    assert callback_url("https://a.example", "cha_1", delivery="dlv_1").endswith(
        "/webhooks/channels/cha_1?delivery=dlv_1"
    )


async def test_what_goes_out_says_what_it_answers_and_whether_the_window_is_open(
    desk: Desk,
) -> None:
    whatsapp = await another_account(desk, "whatsapp", "+447700900777")
    await hear(desk, account=whatsapp, provider_id="wamid.1")
    await hear(desk, account=whatsapp, provider_id="wamid.2")
    await desk.queue(channel="whatsapp", to=PHONE)
    await desk.drain()
    desk.clock.advance(hours=24)
    await desk.queue(channel="whatsapp", to=PHONE)
    await desk.drain()
    await desk.queue()
    await desk.drain()
    assert [(one.window_open, one.reply_to) for one in desk.provider.taken] == [
        (True, "wamid.2"),
        (False, "wamid.2"),
        (True, None),
    ]
