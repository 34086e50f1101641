"""STOP reaches every channel of the customer's, what is queued included; START takes back what its STOP took."""

import asyncio
import random
from typing import Literal

import pytest

from channels import problems
from channels.consents import (
    BY_MESSAGE,
    ConsentPlace,
    ConsentState,
    ConsentStopped,
    set_consent,
    standing,
)
from channels.outbox import Outbox
from channels.port import Outcome, Outgoing
from channels.provider_pool import ProviderPool
from channels.states import DeliveryState
from core import work
from tests.channels.conftest import BASE_URL, EMAIL, PHONE, Desk
from tests.channels.fakes import FakeProvider
from tests.channels.test_customer_merging import merge, unmerge
from tests.channels.test_inbound import write

ROUNDS = 200


async def test_after_stop_nothing_goes_out_on_any_channel_until_start(desk: Desk) -> None:
    sam = await desk.customer(phone=PHONE, email=EMAIL)
    await desk.queue(sam, link=None)
    await desk.drain()
    calls = len(desk.provider.taken)
    desk.clock.advance(seconds=1)
    await write(desk, "Stop!")
    for channel, to in (("sms", None), ("email", None), ("sms", PHONE), ("email", EMAIL)):
        with pytest.raises(ConsentStopped):
            await desk.queue(sam, channel=channel, to=to)
    with pytest.raises(ConsentStopped):
        await desk.queue(channel="email", to=EMAIL)
    assert len(desk.provider.taken) == calls
    desk.clock.advance(seconds=1)
    await write(desk, "START", sid="SM2")
    for channel in ("sms", "email"):
        await desk.queue(sam, channel=channel)
    assert [each.data["state"] for each in await desk.events("consent.changed")] == [
        "stopped",
        "granted",
    ]


async def test_a_stop_ends_what_is_queued_on_the_other_channels_too(desk: Desk) -> None:
    sam = await desk.customer(phone=PHONE, email=EMAIL)
    by_sms = await desk.queue(sam, link=None)
    by_email = await desk.queue(sam, channel="email")
    stranger = await desk.queue(to="+447700900999", link=None)
    await write(desk, "STOP")
    for message in (by_sms, by_email):
        after = await desk.message(message.id)
        assert (after.state, after.problem) == (DeliveryState.FAILED, problems.CONSENT_STOPPED)
    await desk.drain()
    assert [one.to for one in desk.provider.taken] == [stranger.to]


async def test_what_no_stop_found_queued_is_refused_as_it_is_claimed(desk: Desk) -> None:
    sam = await desk.customer(phone=PHONE, email=EMAIL)
    message = await desk.queue(sam, channel="email")
    phone = next(each.hashed for each in sam.addresses if each.address == PHONE)
    async with desk.database.transaction() as session:
        await set_consent(
            session,
            ConsentPlace(desk.merchant.id, "sms", phone),
            ConsentState.STOPPED,
            customer=sam.id,
            conversation=None,
            agent=None,
            actor="customer",
            how=BY_MESSAGE,
            now=desk.clock(),
        )
    await desk.drain()
    assert desk.provider.taken == []
    assert (await desk.message(message.id)).problem == problems.CONSENT_STOPPED


async def test_a_stop_holds_for_the_whole_group_while_it_is_one(desk: Desk) -> None:
    sam, other = await desk.customer(email=EMAIL), await desk.customer(phone=PHONE)
    await write(desk, "STOP")
    place = ConsentPlace(desk.merchant.id, "email", sam.addresses[0].hashed)

    async def now_stands() -> ConsentState:
        async with desk.database.snapshot() as session:
            return await standing(session, place, customer=sam.id)

    assert await now_stands() is ConsentState.UNKNOWN
    await merge(desk, sam.id, other.id)
    assert await now_stands() is ConsentState.STOPPED
    await unmerge(desk, other.id)
    assert await now_stands() is ConsentState.UNKNOWN


async def test_a_doubtful_wish_goes_to_a_person_and_stops_nothing(desk: Desk) -> None:
    sent = await desk.queue()
    written = await write(desk, "please stop texting me")
    await write(desk, "Which hotel is this for?", sid="SM2")
    [doubt] = await desk.events("consent.doubtful")
    assert doubt.data == {"message": written}
    assert (doubt.conversation, doubt.agent, doubt.channel) == (
        sent.conversation,
        sent.agent,
        "sms",
    )
    assert (await desk.message(sent.id)).state is DeliveryState.QUEUED
    await desk.queue()


class Watching(FakeProvider):
    """Notes whether a message was given to it after its customer's STOP had been taken in."""

    def __init__(self) -> None:
        super().__init__()
        self.stopped: set[str] = set()
        self.begun: set[str] = set()
        self.too_late: list[str] = []

    async def send(self, outgoing: Outgoing) -> Outcome:
        self.begun.add(outgoing.to)
        await asyncio.sleep(0)
        return await super().send(outgoing)


@pytest.mark.slow
@pytest.mark.parametrize("channel", ["sms", "email"])
async def test_a_stop_that_races_a_queued_send_wins_every_time(
    desk: Desk, channel: Literal["sms", "email"]
) -> None:
    """What a worker has begun to send may go out; once the STOP is taken in, nothing is begun."""
    network = Watching()
    pool = ProviderPool({"fake": lambda _: network}, desk.vault)
    outbox = Outbox(desk.database, desk.vault, pool, base_url=BASE_URL, clock=desk.clock)
    dice = random.Random(20261122)
    ends = set()
    lead = 0.0
    for turn in range(ROUNDS):
        phone = f"+4477009{turn:05}"
        email = f"sam{turn}@example.com"
        sam = await desk.customer(phone=phone, email=email)
        message = await desk.queue(sam, channel=channel, link=None)
        [job] = await desk.claim()
        to = message.to
        pauses = [max(0.0, lead), max(0.0, -lead)]

        async def send(pause: float = pauses[0], job: work.Work = job, to: str = to) -> None:
            await asyncio.sleep(pause)
            # Who had claimed it before the STOP was kept has begun, and may well call after it: the two are told of
            # their commits in any order. Who looks at it only now must find it stopped.
            is_late = to in network.stopped
            await outbox.send(job)
            if is_late and to in network.begun:
                network.too_late.append(to)

        async def stop(
            pause: float = pauses[1], phone: str = phone, to: str = to, turn: int = turn
        ) -> None:
            await asyncio.sleep(pause)
            await write(desk, "STOP", sender=phone, sid=f"SM{turn}")
            network.stopped.add(to)

        await asyncio.gather(send(), stop())
        after = await desk.message(message.id)
        expected = (
            (DeliveryState.SENT, None)
            if to in network.begun
            else (DeliveryState.FAILED, problems.CONSENT_STOPPED)
        )
        assert (after.state, after.problem) == expected
        ends.add(after.state)
        # Whoever came first starts later next time, so that they meet closely on any machine.
        step = dice.uniform(0.0005, 0.004)
        lead += step if after.state is DeliveryState.SENT else -step
        with pytest.raises(ConsentStopped):
            await desk.queue(sam, channel=channel, link=None)
        assert await desk.claim() == []
    assert network.too_late == []
    assert ends == {DeliveryState.SENT, DeliveryState.FAILED}, "neither side ever came first"
