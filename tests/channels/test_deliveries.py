"""How a delivery moves by our own acts."""

import pytest

from channels import problems
from channels.deliveries import (
    Delivery,
    claim_delivery,
    fail_delivery,
    hold_delivery,
    release_delivery,
    report_fact,
)
from channels.messages import (
    cancel_queued,
    message_json,
)
from channels.problems import LINK_CLOSED
from channels.states import DeliveryNotMovable, DeliveryState
from tests.channels.conftest import LINK, Desk

TOKEN = "Tok3nTok3nTok3nTok3nTo"


async def test_cancelling_stops_what_is_queued_and_nothing_else(desk: Desk) -> None:
    sent = await desk.queue()
    await desk.drain()
    queued = await desk.queue()
    others = await desk.queue(link=None)
    async with desk.database.transaction() as session:
        await session.lock(LINK)
        stopped = await cancel_queued(
            session, merchant=desk.merchant.id, link=LINK, now=desk.clock(), problem=LINK_CLOSED
        )
    assert stopped == 1
    assert message_json(await desk.message(queued.id))["problem"]["code"] == LINK_CLOSED
    assert (await desk.message(sent.id)).problem is None
    assert await desk.drain() == 1
    assert len(desk.provider.taken) == 2
    assert desk.provider.taken[1].delivery == others.delivery


async def hold(desk: Desk, delivery: str | None) -> Delivery:
    async with desk.database.transaction() as session:
        held = await hold_delivery(session, str(delivery))
    assert held is not None
    return held


async def test_a_claim_counts_the_try_and_a_release_gives_it_back(desk: Desk) -> None:
    message = await desk.queue()
    for turn in (1, 2):
        held = await hold(desk, message.delivery)
        async with desk.database.transaction() as session:
            await claim_delivery(session, held, now=desk.clock())
        held = await hold(desk, message.delivery)
        assert (held.state, held.tries) == (DeliveryState.SENDING, turn)
        assert held.claimed_at == desk.clock()
        async with desk.database.transaction() as session:
            await release_delivery(session, held, now=desk.clock())


async def test_what_a_network_has_can_no_longer_be_commanded(desk: Desk) -> None:
    message = await desk.queue()
    await desk.drain()
    held = await hold(desk, message.delivery)
    async with desk.database.transaction() as session:
        for act in (claim_delivery, release_delivery):
            with pytest.raises(DeliveryNotMovable):
                await act(session, held, now=desk.clock())
        with pytest.raises(DeliveryNotMovable):
            await fail_delivery(session, held, problem="refused", actor="system", now=desk.clock())


async def test_nobody_can_hold_what_is_not_there(desk: Desk) -> None:
    async with desk.database.transaction() as session:
        assert await hold_delivery(session, "dlv_none") is None


async def test_the_networks_word_settles_what_was_given_up_as_uncertain(desk: Desk) -> None:
    message = await desk.queue()
    held = await hold(desk, message.delivery)
    async with desk.database.transaction() as session:
        await fail_delivery(
            session, held, problem=problems.UNCERTAIN, actor="system", now=desk.clock()
        )
    held = await hold(desk, message.delivery)
    async with desk.database.transaction() as session:
        moved = await report_fact(
            session,
            desk.vault,
            held,
            fact=DeliveryState.DELIVERED,
            actor="channel:cha_1",
            now=desk.clock(),
        )
    after = await desk.message(message.id)
    assert (moved, after.state, after.problem) == (True, DeliveryState.DELIVERED, None)
    assert await desk.event_types() == [
        "message.queued",
        "message.failed",
        "message.sent",
        "message.delivered",
    ]
