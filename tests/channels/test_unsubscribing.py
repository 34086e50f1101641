"""One click stops email to one address; nobody can make a click up, and looking is not clicking."""

import pytest

from channels.states import DeliveryState
from channels.unsubscribing import read_token, unsubscribe
from core.errors import NotFound
from tests.channels.conftest import EMAIL, PHONE, Desk


async def token_of(desk: Desk) -> str:
    """The token in the header of the mail that was sent last."""
    url = desk.provider.taken[-1].unsubscribe_url
    assert url is not None
    assert url.startswith("https://pay.example.test/u/dlv_")
    return url.rpartition("/")[2]


async def sent_mail(desk: Desk) -> str:
    customer = await desk.customer(phone=PHONE, email=EMAIL)
    await desk.queue(customer, channel="email", link=None)
    await desk.drain()
    return await token_of(desk)


async def click(desk: Desk, token: str) -> bool:
    async with desk.database.transaction() as session:
        return await unsubscribe(session, desk.vault, token, now=desk.clock())


async def test_a_click_stops_email_to_the_address_and_what_is_queued_there(desk: Desk) -> None:
    token = await sent_mail(desk)
    customer = await desk.customer(email=EMAIL)
    waiting = await desk.queue(customer, channel="email")
    assert await click(desk, token)
    after = await desk.message(waiting.id)
    assert (after.state, after.problem) == (DeliveryState.FAILED, "consent_stopped")
    [changed] = await desk.events("consent.changed")
    assert changed.data == {"state": "stopped", "how": "one_click"}
    assert (changed.channel, changed.actor, changed.customer) == ("email", "customer", customer.id)


async def test_text_messages_go_on(desk: Desk) -> None:
    token = await sent_mail(desk)
    await click(desk, token)
    customer = await desk.customer(phone=PHONE)
    message = await desk.queue(customer)
    await desk.drain()
    assert (await desk.message(message.id)).state is DeliveryState.SENT


async def test_a_second_click_changes_nothing(desk: Desk) -> None:
    token = await sent_mail(desk)
    assert await click(desk, token)
    assert not await click(desk, token)
    assert len(await desk.events("consent.changed")) == 1


async def test_only_mails_carry_a_way_to_unsubscribe(desk: Desk) -> None:
    await desk.queue()
    await desk.drain()
    assert desk.provider.taken[-1].unsubscribe_url is None


@pytest.mark.parametrize("change", ["delivery", "proof", "shorter", "none", "odd"])
async def test_a_token_that_was_made_up_is_none(desk: Desk, change: str) -> None:
    token = await sent_mail(desk)
    delivery, _, proof = token.partition(".")
    wrong = {
        "delivery": f"dlv_01k9aaaaaaaaaaaaaaaaaaaaaa.{proof}",
        "proof": f"{delivery}.{proof[::-1]}",
        "shorter": f"{delivery}.{proof[:-1]}",
        "none": delivery,
        "odd": f"{delivery}.é{proof[1:]}",
    }[change]
    async with desk.database.snapshot() as session:
        assert (await read_token(session, desk.vault, token, now=desk.clock())).channel == "email"
        with pytest.raises(NotFound):
            await read_token(session, desk.vault, wrong, now=desk.clock())
