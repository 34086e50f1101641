"""`POST /webhooks/channels/{account}`: believed with proof, kept once, acknowledged when kept."""

import asyncio
from collections.abc import AsyncIterator
from urllib.parse import urlencode

import httpx2
import pytest
from fastapi import FastAPI

from channels.accounts import add_account
from channels.claims import callback_url
from channels.port import Inbound, Receipt
from channels.provider_pool import ProviderPool
from channels.providers.twilio import TwilioProvider
from channels.providers.twilio_signature import sign
from channels.routes import webhooks
from channels.states import DeliveryState
from compliance.routes.gate import Gate
from core.throttle import Limit, Throttle
from tests.channels.conftest import BASE_URL, PHONE, Desk
from tests.channels.fakes import SECRET, SECRET_HEADER
from tests.channels.providers.rigs import AUTH_TOKEN, twilio_config
from tests.support.doors import calling, service

PROOF = {SECRET_HEADER: SECRET}


@pytest.fixture
async def outside(doors: FastAPI) -> AsyncIterator[httpx2.AsyncClient]:
    """Somebody on the internet."""
    async with calling(doors) as client:
        yield client


async def test_a_receipt_moves_the_delivery_and_is_acknowledged(
    outside: httpx2.AsyncClient, desk: Desk
) -> None:
    message = await desk.queue()
    await desk.drain()
    desk.provider.reports = [
        Receipt(fact=DeliveryState.DELIVERED, delivery=message.delivery),
        Receipt(fact=DeliveryState.READ, delivery=message.delivery),
    ]
    url = f"/webhooks/channels/{desk.accounts['sms'].id}"
    for _ in range(2):
        answer = await outside.post(url, content=b"x", headers=PROOF)
        assert (answer.status_code, answer.content) == (200, b"thanks")
    assert (await desk.message(message.id)).state is DeliveryState.READ
    assert (await desk.event_types()).count("message.read") == 1


async def test_five_parallel_repetitions_are_one_message(
    outside: httpx2.AsyncClient, desk: Desk
) -> None:
    desk.provider.reports = [
        Inbound(provider_id="SM1", sender=PHONE, recipient="+447700900999", text="Hello")
    ]
    url = f"/webhooks/channels/{desk.accounts['sms'].id}"
    answers = await asyncio.gather(
        *(outside.post(url, content=b"x", headers=PROOF) for _ in range(5))
    )
    assert [each.status_code for each in answers] == [200] * 5
    assert await desk.event_types() == ["message.received"]


@pytest.mark.parametrize("headers", [{}, {SECRET_HEADER: "guess"}])
async def test_what_is_forged_is_forbidden_and_leaves_nothing(
    outside: httpx2.AsyncClient, desk: Desk, headers: dict[str, str]
) -> None:
    desk.provider.reports = [
        Inbound(provider_id="SM1", sender=PHONE, recipient="+447700900999", text="STOP")
    ]
    url = f"/webhooks/channels/{desk.accounts['sms'].id}"
    answer = await outside.post(url, content=b"x", headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (403, "callback_forged")
    assert await desk.event_types(["message", "consent", "customer"]) == []


@pytest.mark.parametrize("account", ["cha_01k9zzzzzzzzzzzzzzzzzzzzzz", "cha_", "mer_1", "x", "%00"])
async def test_an_account_that_is_not_there_is_not_found(
    outside: httpx2.AsyncClient, account: str
) -> None:
    answer = await outside.post(f"/webhooks/channels/{account}", content=b"x", headers=PROOF)
    assert answer.status_code == 404


async def test_a_body_past_the_limit_is_not_read_to_its_end(
    outside: httpx2.AsyncClient, desk: Desk
) -> None:
    url = f"/webhooks/channels/{desk.accounts['sms'].id}"
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        for _ in range(1000):
            sent += 1
            yield b"x" * 4096

    for body in (b"x" * (webhooks.BODY_MAX + 1), endless()):
        answer = await outside.post(url, content=body, headers=PROOF)
        assert (answer.status_code, answer.json()["code"]) == (413, "callback_too_large")
    whole = await outside.post(url, content=b"x" * webhooks.BODY_MAX, headers=PROOF)
    assert whole.status_code == 200


async def test_only_posts_are_taken(outside: httpx2.AsyncClient, desk: Desk) -> None:
    url = f"/webhooks/channels/{desk.accounts['sms'].id}"
    for method in ("GET", "PUT", "DELETE"):
        assert (await outside.request(method, url)).status_code == 405


async def test_a_flood_on_one_account_is_slowed(desk: Desk, gate: Gate) -> None:
    from dataclasses import replace

    slow = replace(gate, throttle=Throttle({"webhook": Limit(2, 60)}))
    app = service(
        slow,
        webhooks.router,
        state={
            "providers": ProviderPool({"fake": lambda _: desk.provider}, desk.vault),
            "channel_base_url": BASE_URL,
        },
    )
    async with calling(app) as client:
        statuses = [
            (
                await client.post(f"/webhooks/channels/{desk.accounts[channel].id}", headers=PROOF)
            ).status_code
            for channel in ("sms", "sms", "sms", "email")
        ]
    assert statuses == [200, 200, 429, 200]


async def test_twilio_proves_itself_over_our_public_address(desk: Desk, gate: Gate) -> None:
    """The Host header is not believed: the signature covers the address that Twilio was given."""
    async with desk.database.transaction() as session:
        account = await add_account(
            session,
            desk.vault,
            merchant=desk.merchant.id,
            channel="sms",
            provider="twilio",
            config=twilio_config("http://127.0.0.1:9"),
            account_id=desk.accounts["sms"].id,
            now=desk.clock(),
        )
    message = await desk.queue()
    pool = ProviderPool({"twilio": TwilioProvider.from_config}, desk.vault)
    app = service(
        gate, webhooks.router, state={"providers": pool, "channel_base_url": f"{BASE_URL}/"}
    )
    form = {"MessageSid": "SM1", "MessageStatus": "delivered", "To": PHONE}
    path = f"/webhooks/channels/{account.id}?delivery={message.delivery}"
    public = callback_url(BASE_URL, account.id, delivery=message.delivery)
    async with calling(app) as client:
        for signed, status in (
            (public.replace("pay.example.test", "service.test"), 403),
            (public.replace(str(message.delivery), "dlv_other"), 403),
            (public, 200),
        ):
            answer = await client.post(
                path,
                content=urlencode(form),
                headers={
                    "content-type": "application/x-www-form-urlencoded",
                    "x-twilio-signature": sign(AUTH_TOKEN, signed, form.items()),
                },
            )
            assert answer.status_code == status
            assert ((await desk.message(message.id)).state is DeliveryState.DELIVERED) is (
                status == 200
            )
    assert answer.headers["content-type"].startswith("text/xml")
    assert b"<Response/>" in answer.content
    await pool.close()
