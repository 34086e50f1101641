"""Sending: once where it can be known, never twice for want of asking, never after a stop."""

from datetime import timedelta

import pytest

from channels import problems
from channels.claims import HANDS_OFF, TRIES_MAX
from channels.outbox import LOOKS_MAX, delay_seconds
from channels.port import (
    Accepted,
    NotSent,
    Outcome,
    Outgoing,
    Receipt,
    Refused,
    Uncertain,
    Unsupported,
)
from channels.receipts import record_receipt
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


@pytest.mark.parametrize(
    "outcome", [Accepted("SM1"), NotSent("rate_limited"), Uncertain("timeout"), Refused("refused")]
)
async def test_a_receipt_that_overtakes_the_answer_wins(desk: Desk, outcome: Outcome) -> None:
    async def report(outgoing: Outgoing) -> None:
        receipt = Receipt(
            fact=DeliveryState.DELIVERED, delivery=outgoing.delivery, provider_id="SM1"
        )
        async with desk.database.transaction() as session:
            await record_receipt(
                session, desk.vault, desk.accounts["sms"], receipt, now=desk.clock()
            )

    desk.provider.meanwhile = report
    desk.provider.script = [outcome]
    message = await desk.queue()
    await desk.drain()
    desk.clock.advance(timedelta(hours=1))
    await desk.drain()
    after = await desk.message(message.id)
    assert (after.state, after.problem) == (DeliveryState.DELIVERED, None)
    assert desk.provider.asked == []
    assert await desk.event_types() == ["message.queued", "message.sent", "message.delivered"]
