"""Telegram, the chatbot and Vonage's API, as our own adapters find them: out, in, signed, and with faults."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from app.demo.messengers import (
    VONAGE_NUMBER,
    messenger_arguments,
    messenger_environment,
    messenger_settings,
    new_messenger_secrets,
)
from app.messenger_accounts import messenger_configs
from app.settings import Settings
from channels import problems
from channels.port import (
    Accepted,
    Button,
    Content,
    Inbound,
    NotSent,
    Outgoing,
    Provider,
    Receipt,
    Refused,
    Uncertain,
)
from channels.providers.http import HttpProvider
from channels.providers.telegram import TelegramProvider
from channels.providers.vonage import VonageProvider
from channels.states import DeliveryState
from core.outbound.destinations import Destinations

from .harness import CARD, CUSTOMER, Simulator, eventually, free_port
from .json_merchant import JsonMerchant

SECRETS = new_messenger_secrets()
CHAT = "1111111"


@pytest.fixture
def shop() -> Iterator[JsonMerchant]:
    made = JsonMerchant()
    yield made
    made.close()


@pytest.fixture
def far_end(tmp_path: Path, shop: JsonMerchant) -> Iterator[Simulator]:
    callbacks = {
        name: f"{shop.url}/webhooks/channels/{name}" for name in ("telegram", "http", "vonage")
    }
    running = Simulator(
        data=tmp_path / "far-end.sqlite",
        port=free_port(),
        smtp_port=free_port(),
        arguments=list(messenger_arguments(callbacks)),
        environment=messenger_environment(SECRETS),
    )
    running.start()
    yield running
    running.http.close()
    running.stop()


@pytest.fixture
async def adapters(far_end: Simulator) -> AsyncIterator[dict[str, Provider]]:
    values = messenger_settings(SECRETS, simulator=far_end.url)
    settings = Settings(_env_file=None, **{name.upper(): each for name, each in values.items()})
    configs = {
        provider: {**config, "timeout_seconds": 1}
        for _, provider, config in messenger_configs(settings)
    }
    made: dict[str, Provider] = {
        "telegram": TelegramProvider.from_config(configs["telegram"]),
        "http": HttpProvider.from_config(configs["http"], Destinations(["127.0.0.1"])),
        "vonage": VonageProvider.from_config(configs["vonage"]),
    }
    yield made
    for provider in made.values():
        await provider.close()


ADDRESSES = {"telegram": CHAT, "http": "visitor-17", "vonage": CUSTOMER}
CHANNELS = {"telegram": "telegram", "http": "chatbot", "vonage": "sms"}
EACH = pytest.mark.parametrize("name", sorted(ADDRESSES))


def outgoing(name: str, shop: JsonMerchant, delivery: str = "dlv_1") -> Outgoing:
    return Outgoing(
        delivery=delivery,
        to=ADDRESSES[name],
        sender_name="Acme",
        content=Content(
            "Pay £49.99: http://127.0.0.1:8000/p/1",
            button=Button("Pay £49.99", "http://127.0.0.1:8000/p/1"),
        ),
        at=datetime.now(UTC),
        callback_url=f"{shop.url}/vonage?delivery={delivery}",
    )


def write(far_end: Simulator, name: str, text: str) -> None:
    to = VONAGE_NUMBER if name == "vonage" else "Acme"
    body = {"channel": CHANNELS[name], "from": ADDRESSES[name], "to": to, "text": text}
    answer = far_end.post("/api/messages", body)
    assert answer.status_code == 201, answer.text


async def soon(look: Callable[[], Any]) -> Any:
    return await asyncio.to_thread(eventually, look)


@EACH
async def test_a_message_goes_out_and_the_customer_answers(
    name: str, far_end: Simulator, shop: JsonMerchant, adapters: dict[str, Provider]
) -> None:
    provider = adapters[name]
    assert await provider.check() is None
    write(far_end, name, f"Hello, my card is {CARD}")
    await soon(lambda: shop.received)
    [inbound] = shop.told(provider)
    assert isinstance(inbound, Inbound)
    # As it was typed: masking is the merchant's work. Nothing of it stays here.
    assert (inbound.sender, inbound.text) == (ADDRESSES[name], f"Hello, my card is {CARD}")
    assert isinstance(await provider.send(outgoing(name, shop)), Accepted)
    [message] = far_end.inbox(channel=CHANNELS[name], to=ADDRESSES[name])
    assert message["text"] == "Pay £49.99: http://127.0.0.1:8000/p/1"
    assert message["urls"] == ["http://127.0.0.1:8000/p/1"]
    assert CARD not in far_end.http.get(f"{far_end.url}/api/snapshot").text


@pytest.mark.parametrize("name", ["http", "vonage"])
async def test_receipts_come_signed_and_name_the_delivery(
    name: str, far_end: Simulator, shop: JsonMerchant, adapters: dict[str, Provider]
) -> None:
    assert isinstance(await adapters[name].send(outgoing(name, shop)), Accepted)

    def delivered() -> bool:
        facts = [each for each in shop.told(adapters[name]) if isinstance(each, Receipt)]
        assert all(each.delivery == "dlv_1" for each in facts)
        return any(each.fact is DeliveryState.DELIVERED for each in facts)

    assert await soon(delivered)


@EACH
async def test_faults_are_what_they_say(
    name: str, far_end: Simulator, shop: JsonMerchant, adapters: dict[str, Provider]
) -> None:
    provider = adapters[name]
    write(far_end, name, "Hello")
    for fault, outcome in (("fail", NotSent), ("reject", Refused), ("timeout_after", Uncertain)):
        far_end.post("/api/faults", {fault: 1, "channel": CHANNELS[name]})
        assert isinstance(await provider.send(outgoing(name, shop, f"dlv_{fault}")), outcome)
    assert len(far_end.inbox(channel=CHANNELS[name], to=ADDRESSES[name])) == 1


@EACH
async def test_a_call_that_is_repeated_says_the_same(
    name: str, far_end: Simulator, shop: JsonMerchant, adapters: dict[str, Provider]
) -> None:
    far_end.post("/api/faults", {"callback_duplicated": 2})
    shop.answers = [500]
    write(far_end, name, "Hello")
    await soon(lambda: len(shop.received) >= 4)
    told = shop.told(adapters[name])
    assert len(told) == 4
    assert len({each.provider_id for each in told}) == 1


async def test_who_blocked_the_bot_gets_nothing_until_they_unblock_it(
    far_end: Simulator, shop: JsonMerchant, adapters: dict[str, Provider]
) -> None:
    provider = adapters["telegram"]
    assert await provider.send(outgoing("telegram", shop)) == Refused(
        problems.INVALID_ADDRESS, "400 chat not found"
    )
    write(far_end, "telegram", "/block")
    blocked = await provider.send(outgoing("telegram", shop))
    assert blocked == Refused(problems.RECIPIENT_OPTED_OUT, "403 bot was blocked by the user")
    write(far_end, "telegram", "/unblock")
    assert isinstance(await provider.send(outgoing("telegram", shop)), Accepted)
    await soon(lambda: len(shop.received) >= 2)
    choices = [each.choice for each in shop.told(provider) if isinstance(each, Inbound)]
    assert sorted(map(str, choices)) == ["start", "stop"]


async def test_a_repeated_message_to_the_chatbot_is_one(
    far_end: Simulator, shop: JsonMerchant, adapters: dict[str, Provider]
) -> None:
    for _ in range(2):
        sent = await adapters["http"].send(outgoing("http", shop))
        assert sent == Accepted("dlv_1")
    assert len(far_end.inbox(channel="chatbot", to="visitor-17")) == 1


async def test_vonages_messages_are_none_of_twilios(
    far_end: Simulator, shop: JsonMerchant, adapters: dict[str, Provider]
) -> None:
    await adapters["vonage"].send(outgoing("vonage", shop))
    twilios = far_end.send_sms().json()["sid"]
    listed = far_end.http.get(
        far_end.messages_url, auth=("AC0123456789abcdef0123456789abcdef", "carrier-secret")
    ).json()["messages"]
    assert [each["sid"] for each in listed] == [twilios]


@pytest.mark.parametrize(
    ("path", "status"),
    [("/bot1:x/sendMessage", 401), ("/chatbot/messages", 401), ("/v1/messages", 401)],
)
def test_strangers_are_refused(far_end: Simulator, path: str, status: int) -> None:
    headers = {"Authorization": "Bearer a.b.c", "webhook-id": "x", "webhook-signature": "v1,é"}
    encoded = [(name.encode(), value.encode()) for name, value in headers.items()]
    answer = far_end.http.post(f"{far_end.url}{path}", json={}, headers=encoded)
    assert answer.status_code == status
