"""What customers write: stored once, masked, in its thread; and STOP at once."""

import asyncio

import pytest
import sqlalchemy as sa

from channels import problems
from channels.consents import ConsentStopped, consents
from channels.inbound import record_inbound
from channels.message_store import messages
from channels.port import Inbound
from channels.states import DeliveryState
from tests.channels.conftest import AGENT, PHONE, Desk


async def write(
    desk: Desk, text: str, *, sender: str = PHONE, sid: str = "SM1", **more: str
) -> str | None:
    async with desk.database.transaction() as session:
        return await record_inbound(
            session,
            desk.vault,
            desk.accounts["sms"],
            Inbound(
                provider_id=sid,
                sender=sender,
                recipient="+447700900999",
                text=text,
                **more,  # type: ignore[arg-type]
            ),
            now=desk.clock(),
        )


async def test_a_message_is_kept_and_told_to_the_agent_who_served_last(desk: Desk) -> None:
    sent = await desk.queue()
    written = await write(desk, "Which hotel is this for?")
    assert written is not None
    message = await desk.message(written)
    assert (message.direction, message.state, message.sender) == ("in", None, PHONE)
    assert message.content.text == "Which hotel is this for?"
    assert (message.conversation, message.customer) == (sent.conversation, sent.customer)
    [received] = await desk.events("message.received")
    assert received.data == {
        "message": written,
        "from": PHONE,
        "text": "Which hotel is this for?",
    }
    assert (received.agent, received.customer, received.channel) == (AGENT, sent.customer, "sms")
    assert received.actor == "customer"


async def test_the_same_message_five_times_at_once_is_stored_once(desk: Desk) -> None:
    stored = await asyncio.gather(*(write(desk, "Hello") for _ in range(5)))
    assert len([one for one in stored if one is not None]) == 1
    assert await write(desk, "Hello") is None
    assert await desk.event_types(["message", "customer", "conversation"]) == [
        "customer.created",
        "conversation.opened",
        "message.received",
    ]


async def test_two_messages_with_the_same_words_are_two(desk: Desk) -> None:
    assert await write(desk, "Hello", sid="SM1") is not None
    assert await write(desk, "Hello", sid="SM2") is not None


async def test_a_stranger_becomes_a_customer_of_whom_only_the_address_is_known(
    desk: Desk,
) -> None:
    written = await write(desk, "Hello")
    customer = (await desk.message(str(written))).customer
    known = await desk.customer(phone=PHONE, name="Sam")
    assert (known.id, known.name) == (customer, "Sam")


async def test_a_short_code_has_a_thread_and_no_customer(desk: Desk) -> None:
    written = await write(desk, "Your parcel is here", sender="88440")
    message = await desk.message(str(written))
    assert (message.customer, message.sender) == (None, "88440")
    assert await desk.event_types(["customer"]) == []


async def test_who_was_written_to_last_is_who_answers(desk: Desk) -> None:
    await desk.queue(await desk.customer(external_id="C-1", phone=PHONE))
    desk.clock.advance(seconds=1)
    alex = await desk.customer(external_id="C-2", phone=PHONE)
    await desk.queue(alex)
    written = await write(desk, "Hello")
    assert (await desk.message(str(written))).customer == alex.id


@pytest.mark.parametrize(
    "number", ["4242 4242 4242 4242", "4242-4242-4242-4242", "４２４２４２４２４２４２４２４２"]
)
async def test_a_card_number_is_masked_before_it_is_stored(desk: Desk, number: str) -> None:
    written = await write(desk, f"My card is {number} exp 12/30", subject=f"card {number}")
    message = await desk.message(str(written))
    assert message.content.text == "My card is •••• 4242 exp 12/30"
    assert message.content.subject == "card •••• 4242"
    [incident] = await desk.events("incident.card_number_masked")
    assert incident.data == {"message": written}
    [received] = await desk.events("message.received")
    assert received.data["text"] == message.content.text


async def test_a_quoted_links_token_stays_out_of_the_journal(desk: Desk) -> None:
    await write(desk, "Is https://pay.example.test/p/Tok3nTok3nTok3nTok3nTo. yours?")
    [received] = await desk.events("message.received")
    assert received.data["text"] == "Is https://pay.example.test/p/…. yours?"


async def test_stop_ends_what_is_queued_and_all_that_would_follow(desk: Desk) -> None:
    queued = await desk.queue()
    unlinked = await desk.queue(link=None)
    elsewhere = await desk.queue(to="+447700900456")
    await write(desk, "STOP")
    for message in (queued, unlinked):
        after = await desk.message(message.id)
        assert (after.state, after.problem) == (DeliveryState.FAILED, problems.CONSENT_STOPPED)
    with pytest.raises(ConsentStopped):
        await desk.queue()
    await desk.drain()
    assert [one.delivery for one in desk.provider.taken] == [elsewhere.delivery]
    [changed] = await desk.events("consent.changed")
    assert changed.data == {"state": "stopped", "how": "message"}
    assert (changed.actor, changed.customer, changed.channel) == (
        "customer",
        queued.customer,
        "sms",
    )


async def test_stop_on_one_channel_leaves_the_others(desk: Desk) -> None:
    await write(desk, "STOP")
    await desk.queue(channel="email", to="sam@example.com")
    assert await desk.drain() == 1


async def test_stop_holds_for_whoever_shares_the_telephone(desk: Desk) -> None:
    await write(desk, "stop")
    alex = await desk.customer(external_id="C-2", phone=PHONE)
    with pytest.raises(ConsentStopped):
        await desk.queue(alex)


async def test_start_restores(desk: Desk) -> None:
    await write(desk, "STOP")
    await write(desk, "Start", sid="SM2")
    await desk.queue()
    assert await desk.drain() == 1
    async with desk.database.snapshot() as session:
        [row] = await session.all(sa.select(consents))
    assert (row["state"], row["changed_by"], row["how"]) == ("granted", "customer", "message")
    states = [each.data["state"] for each in await desk.events("consent.changed")]
    assert states == ["stopped", "granted"]


async def test_stop_twice_is_recorded_once_and_kept_as_messages_twice(desk: Desk) -> None:
    await write(desk, "STOP")
    await write(desk, "STOP", sid="SM2")
    assert len(await desk.events("consent.changed")) == 1
    async with desk.database.snapshot() as session:
        assert len(await session.all(sa.select(messages))) == 2


async def test_what_the_network_understood_as_stop_is_a_stop(desk: Desk) -> None:
    await write(desk, "ARRÊT", choice="stop")
    with pytest.raises(ConsentStopped):
        await desk.queue()


async def test_a_sentence_with_stop_in_it_is_no_stop(desk: Desk) -> None:
    await write(desk, "don't stop by today")
    await desk.queue()
    assert await desk.events("consent.changed") == []


async def test_a_stop_between_the_claim_of_the_work_and_the_sending_wins(desk: Desk) -> None:
    message = await desk.queue()
    [job] = await desk.claim()
    await write(desk, "STOP")
    await desk.outbox.send(job)
    assert desk.provider.taken == []
    assert (await desk.message(message.id)).problem == problems.CONSENT_STOPPED


@pytest.mark.slow
async def test_stop_racing_a_send_leaves_one_truth_and_nothing_queued(desk: Desk) -> None:
    """Either the network had it before the stop was kept, and it is shown as sent; or it never gets it."""
    for turn in range(40):
        phone = f"+4477009{turn:05}"
        message = await desk.queue(to=phone)
        [job] = await desk.claim()

        async def stop(phone: str = phone, turn: int = turn) -> None:
            await asyncio.sleep(0.002 * (turn % 5))
            await write(desk, "STOP", sender=phone, sid=f"SM{turn}")

        await asyncio.gather(desk.outbox.send(job), stop())
        after = await desk.message(message.id)
        given = any(one.delivery == message.delivery for one in desk.provider.taken)
        truth = (
            (DeliveryState.SENT, None)
            if given
            else (
                DeliveryState.FAILED,
                problems.CONSENT_STOPPED,
            )
        )
        assert (after.state, after.problem) == truth
        with pytest.raises(ConsentStopped):
            await desk.queue(to=phone)
