"""A STOP by SMS is confirmed once where the provider does not, and nothing else gets through."""

from collections.abc import Awaitable, Callable

import pytest

from channels import problems
from channels.accounts import ChannelAccount, add_account
from channels.consents import ConsentStopped
from channels.outbox import Outbox
from channels.provider_pool import ProviderPool
from channels.stop_confirmation import StopPolicy
from compliance.merchant_settings import write
from tests.channels.conftest import BASE_URL, EMAIL, PHONE, Desk
from tests.channels.fakes import FakeNetworks
from tests.channels.talk import hear

At = Callable[..., Awaitable[ChannelAccount]]


@pytest.fixture
async def at(desk: Desk, networks: FakeNetworks) -> At:
    """An account for SMS (or email) at this provider, made by hand."""

    async def make(provider: str, channel: str = "sms") -> ChannelAccount:
        async with desk.database.transaction() as session:
            return await add_account(
                session,
                desk.vault,
                merchant=desk.merchant.id,
                channel=channel,
                provider=provider,
                config={"from": "+447700900999"},
                now=desk.clock(),
            )

    return make


@pytest.fixture
def outbox(desk: Desk, networks: FakeNetworks) -> Outbox:
    pool = ProviderPool(dict.fromkeys(("fake", "vonage", "twilio"), networks.make), desk.vault)
    return Outbox(desk.database, desk.vault, pool, base_url=BASE_URL, clock=desk.clock)


async def drain(desk: Desk, outbox: Outbox) -> list[str]:
    """Sends what is due; answers the words that went out."""
    before = len(desk.provider.taken)
    for job in await desk.claim():
        await outbox.send(job)
    return [each.content.text for each in desk.provider.taken[before:]]


async def test_vonage_leaves_it_to_us_and_twilio_does_not(
    desk: Desk, outbox: Outbox, at: At
) -> None:
    await hear(desk, "STOP", account=await at("twilio"))
    assert await drain(desk, outbox) == []
    await hear(desk, "START", account=await at("vonage"))
    await hear(desk, "STOP", account=await at("vonage"))
    [words] = await drain(desk, outbox)
    assert words.startswith(f"{desk.merchant.name}: you will get no more messages")


async def test_nothing_else_gets_through_and_a_second_stop_is_not_confirmed(
    desk: Desk, outbox: Outbox, at: At
) -> None:
    vonage = await at("vonage")
    sam = await desk.customer(phone=PHONE)
    queued = await desk.queue(sam, link=None)
    await hear(desk, "STOP", account=vonage)
    await hear(desk, "stop", account=vonage)
    [_] = await drain(desk, outbox)
    await hear(desk, "STOP!", account=vonage)
    assert await drain(desk, outbox) == []
    assert (await desk.message(queued.id)).problem == problems.CONSENT_STOPPED
    with pytest.raises(ConsentStopped):
        await desk.queue(sam, link=None)


async def test_a_stop_told_twice_by_the_network_is_confirmed_once(
    desk: Desk, outbox: Outbox, at: At
) -> None:
    vonage = await at("vonage")
    await hear(desk, "STOP", account=vonage, provider_id="SM1")
    with pytest.raises(AssertionError):
        await hear(desk, "STOP", account=vonage, provider_id="SM1")
    assert len(await drain(desk, outbox)) == 1


async def test_it_is_not_sent_after_a_start_nor_minutes_later(
    desk: Desk, outbox: Outbox, at: At
) -> None:
    vonage = await at("vonage")
    await hear(desk, "STOP", account=vonage)
    await hear(desk, "START", account=vonage)
    assert await drain(desk, outbox) == []
    await hear(desk, "STOP", account=vonage)
    desk.clock.advance(seconds=301)
    assert await drain(desk, outbox) == []
    assert [each.data["problem"]["code"] for each in await desk.events("message.failed")] == [
        problems.OUTDATED,
        problems.OUTDATED,
    ]


async def test_a_merchant_says_where_it_is_confirmed(desk: Desk, outbox: Outbox, at: At) -> None:
    async with desk.database.transaction() as session:
        await write(
            session,
            desk.merchant.id,
            StopPolicy,
            {"confirm_at": ["twilio"]},
            actor="system",
            now=desk.clock(),
        )
    await hear(desk, "STOP", account=await at("twilio"))
    assert len(await drain(desk, outbox)) == 1
    await hear(desk, "START", account=await at("vonage"))
    await hear(desk, "STOP", account=await at("vonage"))
    assert await drain(desk, outbox) == []


async def test_a_stop_by_email_is_never_answered(desk: Desk, outbox: Outbox, at: At) -> None:
    mail = await at("vonage", "email")
    await hear(desk, "STOP", account=mail, sender=EMAIL)
    assert await drain(desk, outbox) == []


async def test_what_it_says_is_in_the_customers_language(
    desk: Desk, outbox: Outbox, at: At
) -> None:
    await desk.customer(phone=PHONE, locale="de-DE")
    await hear(desk, "STOPP", account=await at("vonage"))
    [words] = await drain(desk, outbox)
    assert "keine Nachrichten" in words
