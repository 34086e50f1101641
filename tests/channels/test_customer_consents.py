"""What an agent notes about a channel: for every address there, with who and how; a stop ends what is queued."""

import pytest

from channels import problems
from channels.consents import ConsentState, ConsentStopped
from channels.customer_consents import note_consent
from channels.customer_showing import show_one
from channels.customer_store import Customer
from channels.messages import NoAddress
from core.errors import InvalidField
from tests.channels.conftest import AGENT, EMAIL, PHONE, Desk
from tests.channels.test_inbound import write

SECOND = "+447700900456"


async def note(desk: Desk, customer: str, channel: str, state: str) -> Customer:
    async with desk.database.transaction() as session:
        return await note_consent(
            session,
            desk.vault,
            merchant=desk.merchant.id,
            customer_id=customer,
            channel=channel,
            state=ConsentState(state),
            agent=AGENT,
            actor=f"user:{AGENT}",
            now=desk.clock(),
        )


async def test_a_stop_is_for_the_channel_and_ends_what_is_queued_there(desk: Desk) -> None:
    await desk.customer(phone=SECOND, email=EMAIL)
    desk.clock.advance(seconds=1)
    sam = await desk.customer(phone=PHONE, email=EMAIL)
    queued = await desk.queue(sam)
    await note(desk, sam.id, "sms", "stopped")
    assert (await desk.message(queued.id)).problem == problems.CONSENT_STOPPED
    for to in (PHONE, SECOND):
        with pytest.raises(ConsentStopped):
            await desk.queue(sam, to=to)
    await desk.queue(sam, channel="email")
    changed = await desk.events("consent.changed")
    assert [each.data for each in changed] == [{"state": "stopped", "how": "agent"}] * 2
    assert {(each.customer, each.agent, each.channel) for each in changed} == {
        (sam.id, AGENT, "sms")
    }
    await note(desk, sam.id, "sms", "granted")
    await desk.queue(sam)


async def test_a_grant_lifts_what_a_stop_elsewhere_took_and_no_more(desk: Desk) -> None:
    sam = await desk.customer(phone=PHONE, email=EMAIL)
    await write(desk, "STOP")
    desk.clock.advance(seconds=1)
    await note(desk, sam.id, "email", "granted")
    await desk.queue(sam, channel="email")
    with pytest.raises(ConsentStopped):
        await desk.queue(sam)
    async with desk.database.snapshot() as session:
        shown = await show_one(session, sam)
    stands = {one["channel"]: (one["state"], one["how"]) for one in shown["consents"]}
    assert stands == {
        "sms": ("stopped", "message"),
        "whatsapp": ("stopped", "message"),
        "email": ("granted", "agent"),
    }


async def test_a_channel_without_an_address_or_of_no_name_is_refused(desk: Desk) -> None:
    sam = await desk.customer(phone=PHONE)
    with pytest.raises(NoAddress):
        await note(desk, sam.id, "email", "stopped")
    with pytest.raises(InvalidField):
        await note(desk, sam.id, "pigeon", "stopped")
