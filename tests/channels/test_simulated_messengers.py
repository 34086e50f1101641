"""WhatsApp, Messenger and Instagram the whole way: our outbox, Meta's networks simulated, and back through our door."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx2
import pytest

from channels import problems
from channels.accounts import add_account
from channels.claims import callback_url
from channels.outbox import Outbox
from channels.port import Button, Content, Template
from channels.provider_pool import ProviderPool
from channels.providers.messenger import InstagramProvider, MessengerProvider
from channels.providers.whatsapp import WhatsAppProvider
from channels.routes import webhooks
from channels.states import DeliveryState
from compliance.routes.gate import Gate
from core.ids import new_id
from tests.channels.conftest import PHONE, Desk
from tests.simulator.harness import Simulator
from tests.simulator.meta import (
    ADDRESSES,
    APP_SECRET,
    ENVIRONMENT,
    INSTAGRAM_ID,
    INSTAGRAM_PAGE_ID,
    NUMBER,
    PAGE_ID,
    PHONE_NUMBER_ID,
    PREFIX,
    TOKENS,
    meta_arguments,
)
from tests.support.doors import service, serving
from tests.support.free_port import free_port

LINK = f"{PREFIX}Tok3nTok3nTok3nTok3nTo"
ASKED = Content(
    f"Pay £49.99: {LINK}",
    button=Button("Pay £49.99", LINK),
    template=Template(
        "payment_link", "en", (("merchant", "Acme"), ("amount", "£49.99"), ("url", LINK))
    ),
)
CUSTOMERS = {"whatsapp": PHONE, "messenger": "4242424242424242", "instagram": "17840000000000042"}
TEMPLATES = {
    "payment_link": {
        "name": "payment_link",
        "languages": {"en": "en_GB"},
        "body": ["merchant", "amount"],
        "button": "url",
        "button_prefix": PREFIX,
    }
}
OWN: dict[str, dict[str, Any]] = {
    "whatsapp": {"phone_number_id": PHONE_NUMBER_ID, "from": NUMBER, "templates": TEMPLATES},
    "messenger": {"page_id": PAGE_ID},
    "instagram": {"page_id": INSTAGRAM_PAGE_ID, "instagram_id": INSTAGRAM_ID},
}


@dataclass(frozen=True)
class Line:
    """A desk whose accounts lead to a running simulator."""

    desk: Desk
    http: httpx2.AsyncClient

    async def write(self, channel: str, text: str) -> str:
        body = {
            "channel": channel,
            "from": CUSTOMERS[channel],
            "to": ADDRESSES[channel],
            "text": text,
        }
        answer = await self.http.post("/api/messages", json=body)
        assert answer.status_code == 201, answer.text
        sent: str = answer.json()["id"]
        return sent

    async def heard(self, count: int = 1) -> None:
        async def look() -> bool:
            return len(await self.desk.events("message.received")) >= count

        await self.until(look)

    async def send(self, channel: str, content: Content = ASKED) -> str:
        message = await self.desk.queue(channel=channel, to=CUSTOMERS[channel], content=content)
        await self.desk.drain()
        return message.id

    async def reaches(self, message: str, state: DeliveryState) -> None:
        async def look() -> bool:
            return (await self.desk.message(message)).state is state

        await self.until(look)

    async def inbox(self, channel: str) -> list[dict[str, Any]]:
        query = {"channel": channel, "to": CUSTOMERS[channel]}
        found: list[dict[str, Any]] = (await self.http.get("/api/messages", params=query)).json()
        return found

    async def until(self, look: Callable[[], Awaitable[bool]]) -> None:
        """Waits for something to come true, eight seconds at most."""
        async with asyncio.timeout(8):
            while not await look():
                await asyncio.sleep(0.05)


@pytest.fixture
async def line(desk: Desk, gate: Gate, tmp_path: Path) -> AsyncIterator[Line]:
    pool = ProviderPool(
        {
            "whatsapp": WhatsAppProvider.from_config,
            "messenger": MessengerProvider.from_config,
            "instagram": InstagramProvider.from_config,
        },
        desk.vault,
    )
    app = service(gate, webhooks.router, state={"providers": pool})
    async with serving(app) as base_url:
        app.state.channel_base_url = base_url
        simulator = Simulator(tmp_path / "simulator.db", free_port(), free_port())
        for channel, own in OWN.items():
            config = {
                **own,
                "access_token": TOKENS[channel],
                "app_secret": APP_SECRET,
                "verify_token": "verify me",
                "base_url": simulator.url,
                "timeout_seconds": 2,
            }
            async with desk.database.transaction() as session:
                desk.accounts[channel] = await add_account(
                    session,
                    desk.vault,
                    merchant=desk.merchant.id,
                    channel=channel,
                    provider=channel,
                    config=config,
                    now=desk.clock(),
                )
        urls = {channel: callback_url(base_url, desk.accounts[channel].id) for channel in OWN}
        simulator.arguments = meta_arguments(**urls)
        simulator.environment = ENVIRONMENT
        await asyncio.to_thread(simulator.start)
        outbox = Outbox(desk.database, desk.vault, pool, base_url=base_url, clock=desk.clock)
        async with httpx2.AsyncClient(base_url=simulator.url, trust_env=False) as http:
            yield Line(replace(desk, outbox=outbox), http)
        await asyncio.to_thread(simulator.stop)
        await pool.close()


@pytest.mark.parametrize("channel", sorted(OWN))
async def test_a_customer_writes_is_answered_with_a_button_and_reads_it(
    line: Line, channel: str
) -> None:
    await line.write(channel, "Where is my link? My card is 4111 1111 1111 1111.")
    await line.heard()
    [heard] = await line.desk.events("message.received")
    told = await line.desk.message(heard.data["message"])
    assert told.sender == CUSTOMERS[channel]
    assert told.content.text == "Where is my link? My card is •••• 1111."
    message = await line.send(channel)
    [arrived] = await line.inbox(channel)
    assert arrived["urls"] == [LINK]
    assert ["button", "Pay £49.99"] in arrived["headers"]
    if channel != "instagram":
        await line.reaches(message, DeliveryState.DELIVERED)
    await line.http.post("/api/receipts", json={"id": arrived["id"], "status": "read"})
    await line.reaches(message, DeliveryState.READ)
    assert (await line.desk.message(message)).conversation == told.conversation


async def test_whatsapp_asks_with_a_template_before_the_customer_has_written(line: Line) -> None:
    message = await line.send("whatsapp")
    await line.reaches(message, DeliveryState.DELIVERED)
    [arrived] = await line.inbox("whatsapp")
    assert arrived["text"].startswith("Acme asks you to pay £49.99.")
    assert arrived["urls"] == [LINK]


@pytest.mark.parametrize("channel", sorted(OWN))
async def test_words_outside_the_window_are_refused_at_once(line: Line, channel: str) -> None:
    await line.write(channel, "Hello")
    await line.heard()
    line.desk.clock.advance(timedelta(hours=25))
    message = await line.send(channel, Content("Are you still there?"))
    found = await line.desk.message(message)
    assert (found.state, found.problem) == (DeliveryState.FAILED, problems.WINDOW_CLOSED)
    assert await line.inbox(channel) == []


@pytest.mark.parametrize("channel", ["whatsapp", "messenger"])
async def test_a_lost_answer_is_settled_by_what_the_network_reports(
    line: Line, channel: str
) -> None:
    await line.write(channel, "Hello")
    await line.heard()
    await line.http.post("/api/faults", json={"timeout_after": 1, "channel": channel})
    message = await line.send(channel)
    await line.reaches(message, DeliveryState.DELIVERED)
    assert len(await line.inbox(channel)) == 1


async def test_events_that_come_five_times_are_kept_once(line: Line) -> None:
    await line.http.post("/api/faults", json={"callback_duplicated": 4})
    await line.write("whatsapp", "Hello")
    await line.write("whatsapp", "STOP")
    await line.heard(2)
    await asyncio.sleep(0.5)
    assert len(await line.desk.events("message.received")) == 2
    assert len(await line.desk.events("consent.changed")) == 1


async def test_a_blocked_number_fails_for_a_reason(line: Line) -> None:
    message = await line.desk.queue(channel="whatsapp", to="+447700900993", content=ASKED)
    await line.desk.drain()
    await line.reaches(message.id, DeliveryState.FAILED)
    assert (await line.desk.message(message.id)).problem == problems.UNREACHABLE


@pytest.mark.parametrize(
    ("counter", "state"), [("fail", DeliveryState.QUEUED), ("reject", DeliveryState.FAILED)]
)
async def test_a_network_that_puts_off_is_tried_again_and_one_that_refuses_is_not(
    line: Line, counter: str, state: DeliveryState
) -> None:
    await line.http.post("/api/faults", json={counter: 1, "channel": "whatsapp"})
    message = await line.send("whatsapp")
    assert (await line.desk.message(message)).state is state
    line.desk.clock.advance(timedelta(minutes=1))
    await line.desk.drain()
    again = DeliveryState.FAILED if counter == "reject" else DeliveryState.DELIVERED
    await line.reaches(message, again)


async def test_our_door_shakes_hands_and_turns_strangers_away_with_4xx(line: Line) -> None:
    account = line.desk.accounts["whatsapp"].id
    url = callback_url(line.desk.outbox._base_url, account)
    hub = {"hub.mode": "subscribe", "hub.challenge": "1158201444"}
    async with httpx2.AsyncClient(trust_env=False) as outside:
        right = await outside.get(url, params={**hub, "hub.verify_token": "verify me"})
        assert (right.status_code, right.text) == (200, "1158201444")
        wrong = await outside.get(url, params={**hub, "hub.verify_token": "guess"})
        assert wrong.status_code == 403
        for headers in ({}, {"X-Hub-Signature-256": "sha256=00"}, {"X-Hub-Signature-256": "é"}):
            sent = {name: value.encode() for name, value in headers.items()}
            answer = await outside.post(url, content=b"\xff{", headers=sent)
            assert answer.status_code == 403
        other = url.replace(account, new_id("cha", line.desk.clock()))
        assert (await outside.post(other, content=b"{}")).status_code == 404
