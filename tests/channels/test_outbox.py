"""Sending: once where it can be known, never twice for want of asking, never after a stop."""

from datetime import timedelta

import pytest

from channels import problems
from channels.accounts import switch_account
from channels.claims import HANDS_OFF, TRIES_MAX
from channels.messages import cancel_queued
from channels.outbox import LOOKS_MAX, delay_seconds
from channels.port import NotSent, Outcome, Refused, Uncertain, Unsupported
from channels.states import DeliveryState
from tests.channels.conftest import LINK, PHONE, Desk
from tests.channels.fakes import Crashed


async def test_a_queued_message_is_given_to_the_provider_once(desk: Desk) -> None:
    message = await desk.queue()
    assert await desk.drain() == 1
    assert await desk.drain() == 0
    [given] = desk.provider.taken
    assert (given.delivery, given.to) == (message.delivery, PHONE)
    assert given.sender_name == "Acme Travel"
    account = desk.accounts["sms"].id
    assert given.callback_url == (
        f"https://pay.example.test/webhooks/channels/{account}?delivery={message.delivery}"
    )
    assert (await desk.message(message.id)).state is DeliveryState.SENT
    assert await desk.event_types() == ["message.queued", "message.sent"]


async def test_what_was_sent_is_told_without_the_links_token(desk: Desk) -> None:
    await desk.queue()
    await desk.drain()
    [sent] = await desk.events("message.sent")
    assert sent.data["text"] == "Please pay here: https://pay.example.test/p/…"
    assert (sent.link, sent.channel, sent.agent is not None) == (LINK, "sms", True)
    assert sent.customer is not None
    assert sent.conversation is not None
    assert sent.actor == f"channel:{desk.accounts['sms'].id}"


async def test_a_refusal_fails_the_delivery_at_once_with_its_reason(desk: Desk) -> None:
    desk.provider.script = [Refused(problems.INVALID_ADDRESS)]
    message = await desk.queue()
    await desk.drain()
    after = await desk.message(message.id)
    assert (after.state, after.problem) == (DeliveryState.FAILED, problems.INVALID_ADDRESS)
    [failed] = await desk.events("message.failed")
    assert failed.data["problem"]["code"] == problems.INVALID_ADDRESS
    desk.clock.advance(hours=1)
    assert await desk.drain() == 0


async def test_what_was_certainly_not_sent_is_tried_again_later_and_later(desk: Desk) -> None:
    desk.provider.script = [NotSent(problems.PROVIDER_UNREACHABLE)] * 2
    message = await desk.queue()
    await desk.drain()
    assert (await desk.message(message.id)).state is DeliveryState.QUEUED
    assert await desk.drain() == 0
    desk.clock.advance(seconds=11)
    assert await desk.drain() == 1
    desk.clock.advance(seconds=11)
    assert await desk.drain() == 0
    desk.clock.advance(seconds=31)
    assert await desk.drain() == 1
    assert (await desk.message(message.id)).state is DeliveryState.SENT
    assert len(desk.provider.taken) == 1


async def test_a_provider_that_asks_for_patience_gets_it(desk: Desk) -> None:
    desk.provider.script = [NotSent(problems.RATE_LIMITED, retry_after_seconds=300)]
    await desk.queue()
    await desk.drain()
    desk.clock.advance(seconds=299)
    assert await desk.drain() == 0
    desk.clock.advance(seconds=1)
    assert await desk.drain() == 1


async def test_trying_has_an_end_and_says_why(desk: Desk) -> None:
    desk.provider.script = [NotSent(problems.PROVIDER_UNREACHABLE)] * TRIES_MAX
    message = await desk.queue()
    for _ in range(TRIES_MAX):
        assert await desk.drain() == 1
        desk.clock.advance(minutes=16)
    assert await desk.drain() == 0
    after = await desk.message(message.id)
    assert (after.state, after.problem) == (DeliveryState.FAILED, problems.PROVIDER_UNREACHABLE)


def test_delays_grow_and_are_spread() -> None:
    for tries, seconds in ((1, 8), (2, 24), (3, 72), (4, 216), (5, 648), (9, 648)):
        found = {delay_seconds(tries) for _ in range(200)}
        assert min(found) >= seconds * 3 // 4
        assert max(found) <= seconds * 5 // 4
        assert len(found) > 1


async def test_after_a_crash_between_sending_and_keeping_it_the_provider_is_asked(
    desk: Desk,
) -> None:
    desk.provider.script = [Crashed()]
    message = await desk.queue()
    [job] = await desk.claim()
    with pytest.raises(Crashed):
        await desk.outbox.send(job)
    assert (await desk.message(message.id)).state is DeliveryState.SENDING
    desk.clock.advance(seconds=61)  # the lease of the dead worker ran out
    assert await desk.drain() == 1
    assert len(desk.provider.taken) == 1
    assert len(desk.provider.asked) == 1
    assert (await desk.message(message.id)).state is DeliveryState.SENT
    assert await desk.event_types() == ["message.queued", "message.sent"]


async def test_after_a_crash_before_the_provider_had_it_it_is_sent_once(desk: Desk) -> None:
    desk.provider.script = [Uncertain("timeout")]
    message = await desk.queue()
    await desk.drain()
    assert (await desk.message(message.id)).state is DeliveryState.SENDING
    assert desk.provider.taken == []
    desk.clock.advance(HANDS_OFF)
    assert await desk.drain() == 1
    assert len(desk.provider.taken) == 1
    assert (await desk.message(message.id)).state is DeliveryState.SENT


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


async def test_a_provider_that_cannot_be_asked_is_given_it_again_where_that_is_safe(
    desk: Desk,
) -> None:
    desk.provider.script = [Uncertain("lost")]
    desk.provider.searches = [Unsupported(resend_is_safe=True)]
    message = await desk.queue(channel="email", to="sam@example.com")
    await desk.drain()
    desk.clock.advance(HANDS_OFF)
    await desk.drain()
    assert [one.delivery for one in desk.provider.taken] == [message.delivery]
    assert (await desk.message(message.id)).state is DeliveryState.SENT


@pytest.mark.parametrize("search", [Unsupported(resend_is_safe=False), Uncertain("down")])
async def test_a_fate_that_stays_unknown_is_shown_as_such_and_not_sent_again(
    desk: Desk, search: Uncertain | Unsupported
) -> None:
    desk.provider.script = [Uncertain("timeout")]
    desk.provider.searches = [search] * LOOKS_MAX
    message = await desk.queue()
    for _ in range(LOOKS_MAX + 1):
        await desk.drain()
        desk.clock.advance(minutes=16)
    after = await desk.message(message.id)
    assert (after.state, after.problem) == (DeliveryState.FAILED, problems.UNCERTAIN)
    assert desk.provider.taken == []
    assert await desk.drain() == 0


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


async def test_a_network_that_knows_of_a_stop_teaches_us(desk: Desk) -> None:
    desk.provider.script = [Refused(problems.RECIPIENT_OPTED_OUT)]
    await desk.queue()
    second = await desk.queue(link=None)
    await desk.drain()
    [changed] = await desk.events("consent.changed")
    assert changed.data == {"state": "stopped", "how": "network"}
    assert (await desk.message(second.id)).problem in {
        problems.CONSENT_STOPPED,
        problems.RECIPIENT_OPTED_OUT,
    }
    assert len(desk.provider.taken) <= 1


async def test_a_customer_whose_data_was_erased_is_not_written_to(desk: Desk) -> None:
    message = await desk.queue()
    async with desk.database.transaction() as session:
        await desk.vault.destroy(session, desk.merchant.id, str(message.customer), now=desk.clock())
    await desk.drain()
    assert desk.provider.taken == []
    assert (await desk.message(message.id)).problem == problems.ERASED


@pytest.mark.parametrize(
    "outcome", [NotSent("rate_limited"), Uncertain("timeout"), Refused("refused")]
)
async def test_a_receipt_that_overtakes_the_answer_wins(desk: Desk, outcome: Outcome) -> None:
    from channels.port import Receipt
    from channels.receipts import record_receipt

    message = await desk.queue()
    [job] = await desk.claim()

    class Overtaken(Exception):
        pass

    desk.provider.script = [Overtaken()]
    with pytest.raises(Overtaken):
        await desk.outbox.send(job)
    async with desk.database.transaction() as session:
        await record_receipt(
            session,
            desk.vault,
            desk.accounts["sms"],
            Receipt(fact=DeliveryState.DELIVERED, delivery=message.delivery, provider_id="SM1"),
            now=desk.clock(),
        )
    await desk.outbox._keep(job, outcome)  # what the call would have answered
    after = await desk.message(message.id)
    assert (after.state, after.problem) == (DeliveryState.DELIVERED, None)
    desk.clock.advance(timedelta(hours=1))
    await desk.drain()
    assert len(desk.provider.taken) == 1
    assert await desk.event_types() == [
        "message.queued",
        "message.sent",
        "message.delivered",
    ]
