"""A second account takes over once it is certain that the first did not send, and never before."""

import pytest

from channels import problems
from channels.accounts import ChannelAccount, add_account, switch_account
from channels.inbound import record_inbound
from channels.port import Inbound, NotSent, Refused, Uncertain
from channels.states import DeliveryState
from tests.channels.conftest import PHONE, Desk


async def second(desk: Desk, channel: str = "sms", **config: object) -> ChannelAccount:
    """Another account on the channel, made later than the desk's own."""
    async with desk.database.transaction() as session:
        return await add_account(
            session,
            desk.vault,
            merchant=desk.merchant.id,
            channel=channel,
            provider="fake",
            config={"from": "+447700900888", **config},
            now=desk.clock.advance(seconds=1),
        )


def accounts_given(desk: Desk) -> list[str]:
    """Which account each message that was taken went through."""
    return [one.callback_url.rpartition("/")[2].partition("?")[0] for one in desk.provider.taken]


@pytest.mark.parametrize(
    "outcome",
    [
        NotSent(problems.PROVIDER_UNREACHABLE),
        NotSent(problems.RATE_LIMITED, 60),
        Refused(problems.CHANNEL_MISCONFIGURED),
    ],
)
async def test_what_the_first_account_certainly_did_not_send_the_next_one_sends(
    desk: Desk, outcome: NotSent | Refused
) -> None:
    other = await second(desk)
    desk.provider.script = [outcome]
    message = await desk.queue()
    await desk.drain()
    await desk.drain()
    assert accounts_given(desk) == [other.id]
    after = await desk.message(message.id)
    assert (after.state, after.problem) == (DeliveryState.SENT, None)
    assert await desk.event_types() == ["message.queued", "message.queued", "message.sent"]
    [first, again] = await desk.events("message.queued")
    assert again.data["instead_of"] == first.data["delivery"] != again.data["delivery"]
    assert again.data["problem"]["code"] == outcome.code


async def test_a_doubtful_one_stays_where_it_is(desk: Desk) -> None:
    await second(desk)
    desk.provider.script = [Uncertain("lost")]
    desk.provider.searches = [Uncertain("lost")]
    await desk.queue()
    await desk.drain()
    desk.clock.advance(minutes=1)
    await desk.drain()
    assert await desk.event_types() == ["message.queued"]


@pytest.mark.parametrize("code", [problems.INVALID_ADDRESS, problems.RECIPIENT_OPTED_OUT])
async def test_what_is_the_recipients_no_account_is_tried_for(desk: Desk, code: str) -> None:
    await second(desk)
    desk.provider.script = [Refused(code)]
    await desk.queue()
    await desk.drain()
    assert await desk.event_types() == ["message.queued", "message.failed"]


async def test_an_account_taken_out_of_use_hands_its_queue_over(desk: Desk) -> None:
    message = await desk.queue()
    other = await second(desk)
    async with desk.database.transaction() as session:
        await switch_account(
            session,
            merchant=desk.merchant.id,
            account_id=desk.accounts["sms"].id,
            active=False,
            now=desk.clock(),
        )
    await desk.drain()
    await desk.drain()
    assert accounts_given(desk) == [other.id]
    assert (await desk.message(message.id)).state is DeliveryState.SENT


async def test_the_last_account_tries_again_later_as_a_single_one_would(desk: Desk) -> None:
    await second(desk)
    away = NotSent(problems.PROVIDER_UNREACHABLE)
    desk.provider.script = [away, away]
    await desk.queue()
    await desk.drain()
    await desk.drain()
    assert await desk.drain() == 0
    desk.clock.advance(minutes=1)
    assert await desk.drain() == 1
    assert len(desk.provider.taken) == 1


async def test_a_stop_said_meanwhile_ends_it_there(desk: Desk) -> None:
    await second(desk)
    desk.provider.script = [NotSent(problems.PROVIDER_UNREACHABLE)]
    message = await desk.queue()
    await desk.drain()
    await stop(desk)
    await desk.drain()
    assert desk.provider.taken == []
    after = await desk.message(message.id)
    assert (after.state, after.problem) == (DeliveryState.FAILED, problems.CONSENT_STOPPED)


async def stop(desk: Desk) -> None:
    async with desk.database.transaction() as session:
        await record_inbound(
            session,
            desk.vault,
            desk.accounts["sms"],
            Inbound(provider_id="in-1", sender=PHONE, recipient="+447700900999", text="STOP"),
            now=desk.clock(),
        )
