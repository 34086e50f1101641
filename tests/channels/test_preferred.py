"""The preferred channel: where they wrote, where they were reached, what they have."""

from channels.customers import Customer
from channels.inbound import record_inbound
from channels.port import Inbound, Receipt
from channels.preferred import preferred_channel
from channels.receipts import record_receipt
from channels.states import DeliveryState
from tests.channels.conftest import EMAIL, PHONE, Desk


async def preferred(desk: Desk, customer: Customer) -> str | None:
    async with desk.database.snapshot() as session:
        return await preferred_channel(session, customer)


async def test_what_they_did_last_says_how_to_reach_them(desk: Desk) -> None:
    nobody = await desk.customer(name="Sam")
    assert await preferred(desk, nobody) is None
    customer = await desk.customer(email=EMAIL, phone=PHONE)
    assert await preferred(desk, customer) == "sms"

    message = await desk.queue(customer, channel="email")
    async with desk.database.transaction() as session:
        await record_receipt(
            session,
            desk.vault,
            desk.accounts["email"],
            Receipt(fact=DeliveryState.DELIVERED, delivery=message.delivery),
            now=desk.clock(),
        )
    assert await preferred(desk, customer) == "email"

    async with desk.database.transaction() as session:
        await record_inbound(
            session,
            desk.vault,
            desk.accounts["sms"],
            Inbound(provider_id="SM1", sender=PHONE, recipient="+447700900999", text="Hi"),
            now=desk.clock(),
        )
    assert await preferred(desk, customer) == "sms"
