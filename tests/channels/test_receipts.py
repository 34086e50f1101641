"""Receipts: in any order, any number of times, and only about our own deliveries."""

import asyncio
from collections.abc import Awaitable, Callable
from itertools import permutations
from typing import Any

import pytest

from channels import problems
from channels.port import Price, Receipt
from channels.receipts import record_receipt
from channels.states import DeliveryState
from compliance.merchants import Merchant
from tests.channels.conftest import Desk
from tests.conftest import NewMerchant

SENT, DELIVERED, READ, FAILED = (
    DeliveryState.SENT,
    DeliveryState.DELIVERED,
    DeliveryState.READ,
    DeliveryState.FAILED,
)


async def report(
    desk: Desk, fact: DeliveryState, *, delivery: str | None = None, **more: Any
) -> bool:
    async with desk.database.transaction() as session:
        return await record_receipt(
            session,
            desk.vault,
            desk.accounts["sms"],
            Receipt(fact=fact, delivery=delivery, **more),
            now=desk.clock(),
        )


@pytest.mark.parametrize("order", list(permutations([SENT, DELIVERED, READ])))
async def test_receipts_in_any_order_and_twice_never_lower_the_state(
    desk: Desk, order: tuple[DeliveryState, ...]
) -> None:
    message = await desk.queue()
    await desk.drain()
    reached = SENT
    for fact in order * 2:
        await report(desk, fact, delivery=message.delivery)
        now = (await desk.message(message.id)).state
        assert now is not None
        assert list(DeliveryState).index(now) >= list(DeliveryState).index(reached)
        reached = now
    assert reached is READ
    types = await desk.event_types()
    assert types[:2] == ["message.queued", "message.sent"]
    assert len(types) == len(set(types))
    assert types[-1] == "message.read"


async def test_what_a_message_was_charged_by_and_what_it_cost_is_told_once(desk: Desk) -> None:
    message = await desk.queue()
    await desk.drain()
    price = Price(33_300, "EUR")
    for _ in range(2):
        await report(desk, DELIVERED, delivery=message.delivery, price=price)
    [sent] = await desk.events("message.sent")
    [delivered] = await desk.events("message.delivered")
    assert sent.data["segments"] >= 1
    assert delivered.data["price"] == {"micros": 33_300, "currency": "EUR"}


async def test_a_receipt_before_our_own_knowledge_implies_the_sending(desk: Desk) -> None:
    message = await desk.queue()
    assert await report(desk, DELIVERED, delivery=message.delivery, provider_id="SM1") is True
    assert await desk.event_types() == ["message.queued", "message.sent", "message.delivered"]
    [sent] = await desk.events("message.sent")
    assert sent.data["text"].startswith("Please pay here")
    await desk.drain()
    assert desk.provider.taken == []


async def test_the_same_receipt_at_once_is_recorded_once(desk: Desk) -> None:
    message = await desk.queue()
    await desk.drain()
    told = await asyncio.gather(
        *(report(desk, DELIVERED, delivery=message.delivery) for _ in range(5))
    )
    assert sorted(told) == [False] * 4 + [True]
    assert (await desk.event_types()).count("message.delivered") == 1


async def test_failed_stays_and_says_why(desk: Desk) -> None:
    message = await desk.queue()
    await desk.drain()
    await report(desk, FAILED, delivery=message.delivery, code=problems.UNREACHABLE)
    for fact in (DELIVERED, READ, SENT, FAILED):
        assert await report(desk, fact, delivery=message.delivery) is False
    after = await desk.message(message.id)
    assert (after.state, after.problem) == (FAILED, problems.UNREACHABLE)
    [failed] = await desk.events("message.failed")
    assert failed.data["problem"] == problems.describe(problems.UNREACHABLE)


async def test_a_failure_after_the_arrival_changes_nothing(desk: Desk) -> None:
    message = await desk.queue()
    await desk.drain()
    await report(desk, DELIVERED, delivery=message.delivery)
    assert await report(desk, FAILED, delivery=message.delivery) is False
    assert (await desk.message(message.id)).state is DELIVERED


async def test_a_receipt_finds_its_delivery_by_the_providers_id(desk: Desk) -> None:
    message = await desk.queue()
    await desk.drain()
    known = desk.provider.id_of(str(message.delivery))
    assert await report(desk, DELIVERED, provider_id=known) is True
    assert await report(desk, DELIVERED, provider_id="SM-of-somebody-else") is False
    assert await report(desk, DELIVERED, delivery="dlv_nobody") is False


async def test_another_merchants_account_cannot_report_on_ours(
    desk: Desk, new_merchant: NewMerchant, new_desk: Callable[[Merchant], Awaitable[Desk]]
) -> None:
    message = await desk.queue()
    await desk.drain()
    other = await new_desk(await new_merchant("Other Ltd"))
    assert await report(other, DELIVERED, delivery=message.delivery) is False
    assert (await desk.message(message.id)).state is SENT


async def test_all_events_of_a_message_carry_what_it_belongs_to(desk: Desk) -> None:
    message = await desk.queue()
    await desk.drain()
    await report(desk, READ, delivery=message.delivery)
    for event in await desk.events("message.queued", "message.sent", "message.read"):
        assert (event.link, event.customer, event.conversation, event.agent, event.channel) == (
            message.link,
            message.customer,
            message.conversation,
            message.agent,
            "sms",
        )
        assert event.data["message"] == message.id
        assert event.data["delivery"] == message.delivery


async def test_the_sending_of_an_erased_customers_message_is_told_without_words(
    desk: Desk,
) -> None:
    message = await desk.queue()
    async with desk.database.transaction() as session:
        await desk.vault.destroy(session, desk.merchant.id, str(message.customer), now=desk.clock())
    assert await report(desk, DELIVERED, delivery=message.delivery) is True
    [sent] = await desk.events("message.sent")
    assert "text" not in sent.data
