"""Receipts that say up to when, and addresses that look like card numbers."""

from datetime import datetime, timedelta

import pytest

from channels.port import Receipt
from channels.receipts import record_receipt
from channels.states import DeliveryState
from compliance.masking import holds_card_number
from tests.channels.conftest import Desk
from tests.channels.meta_desk import hear, open_channel

SENT, DELIVERED, READ = DeliveryState.SENT, DeliveryState.DELIVERED, DeliveryState.READ
# A page-scoped id that no one could tell from a card number.
PSID = "4242424242424242"


async def report(desk: Desk, fact: DeliveryState, until: datetime, address: str = PSID) -> bool:
    async with desk.database.transaction() as session:
        return await record_receipt(
            session,
            desk.vault,
            desk.accounts["messenger"],
            Receipt(fact=fact, address=address, until=until),
            now=desk.clock(),
        )


async def state(desk: Desk, message: str) -> DeliveryState | None:
    return (await desk.message(message)).state


async def sent(desk: Desk) -> str:
    message = await desk.queue(channel="messenger", to=PSID)
    await desk.drain()
    return message.id


async def test_everything_sent_by_then_is_read_and_nothing_later(desk: Desk) -> None:
    await open_channel(desk, "messenger")
    first = await sent(desk)
    desk.clock.advance(timedelta(minutes=1))
    second = await sent(desk)
    moment = desk.clock()
    desk.clock.advance(timedelta(minutes=1))
    third = await sent(desk)
    assert await report(desk, READ, moment) is True
    assert [await state(desk, one) for one in (first, second, third)] == [READ, READ, SENT]
    assert await report(desk, READ, moment) is False
    assert await report(desk, DELIVERED, moment) is False
    assert [await state(desk, one) for one in (first, second, third)] == [READ, READ, SENT]


async def test_what_was_not_sent_yet_is_left(desk: Desk) -> None:
    await open_channel(desk, "messenger")
    message = await desk.queue(channel="messenger", to=PSID)
    assert await report(desk, READ, desk.clock() + timedelta(days=1)) is False
    assert await state(desk, message.id) is DeliveryState.QUEUED


@pytest.mark.parametrize("address", ["100000000000001", "not an address", ""])
async def test_another_customers_receipt_moves_nothing(desk: Desk, address: str) -> None:
    await open_channel(desk, "messenger")
    message = await sent(desk)
    assert await report(desk, READ, desk.clock(), address) is False
    assert await state(desk, message) is SENT


async def test_an_id_that_looks_like_a_card_is_kept_whole_as_an_address_alone(desk: Desk) -> None:
    """It is answered at, and yet never readable in the journal, where any such number is masked."""
    assert holds_card_number(PSID)
    account = await open_channel(desk, "messenger")
    heard = await hear(desk, account, PSID, f"My card is {PSID}")
    message = await desk.message(heard)
    assert message.sender == PSID
    assert PSID not in message.content.text
    answer = await desk.queue(channel="messenger", to=PSID)
    assert (await desk.message(answer.id)).to == PSID
    assert (await desk.message(answer.id)).conversation == message.conversation
    for entry in await desk.events():
        assert PSID not in repr(entry.data)
