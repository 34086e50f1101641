"""The whole way, over the wire: our outbox, the simulated networks, and back through our door."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx2
import pytest

from channels.accounts import add_account, get_account
from channels.claims import callback_url
from channels.consents import ConsentStopped
from channels.outbox import Outbox
from channels.port import Absent, Accepted, Content, Outgoing
from channels.provider_pool import ProviderPool
from channels.providers.smtp import SmtpProvider
from channels.providers.twilio import TwilioProvider
from channels.routes import webhooks
from channels.states import DeliveryState
from compliance.routes.gate import Gate
from tests.channels.conftest import EMAIL, PHONE, Desk
from tests.simulator.harness import (
    ACCOUNT,
    MERCHANT,
    SMTP_PASSWORD,
    SMTP_USER,
    TOKEN,
    Simulator,
)
from tests.support.doors import service, serving
from tests.support.free_port import free_port

URL = "https://pay.example.test/p/Tok3nTok3nTok3nTok3nTo"


@dataclass(frozen=True)
class Line:
    """A desk whose accounts lead to a running simulator."""

    desk: Desk
    simulator: Simulator
    pool: ProviderPool
    http: httpx2.AsyncClient

    async def inbox(self, **query: str) -> list[dict[str, Any]]:
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
        {"smtp": SmtpProvider.from_config, "twilio": TwilioProvider.from_config}, desk.vault
    )
    app = service(gate, webhooks.router, state={"providers": pool})
    async with serving(app) as base_url:
        app.state.channel_base_url = base_url
        simulator = Simulator(tmp_path / "simulator.db", free_port(), free_port())
        sms, email = desk.accounts["sms"].id, desk.accounts["email"].id
        simulator.arguments = ["--sms-inbound-url", callback_url(base_url, sms)]
        await asyncio.to_thread(simulator.start)
        configs: dict[str, tuple[str, str, dict[str, Any]]] = {
            sms: (
                "sms",
                "twilio",
                {
                    "account_sid": ACCOUNT,
                    "auth_token": TOKEN,
                    "from": MERCHANT,
                    "base_url": simulator.url,
                },
            ),
            email: (
                "email",
                "smtp",
                {
                    "host": "127.0.0.1",
                    "port": simulator.smtp_port,
                    "security": "starttls",
                    "username": SMTP_USER,
                    "password": SMTP_PASSWORD,
                    "ca_file": str(simulator.certificate),
                    "from": "pay@acme.example",
                },
            ),
        }
        async with desk.database.transaction() as session:
            for account, (channel, provider, config) in configs.items():
                await add_account(
                    session,
                    desk.vault,
                    merchant=desk.merchant.id,
                    channel=channel,
                    provider=provider,
                    config=config,
                    account_id=account,
                    now=desk.clock(),
                )
        outbox = Outbox(desk.database, desk.vault, pool, base_url=base_url, clock=desk.clock)
        async with httpx2.AsyncClient(base_url=simulator.url, trust_env=False) as http:
            yield Line(replace(desk, outbox=outbox), simulator, pool, http)
        await asyncio.to_thread(simulator.stop)
        await pool.close()


async def test_a_text_message_arrives_is_reported_and_answered(line: Line) -> None:
    desk = line.desk
    message = await desk.queue(content=Content(f"Pay £49.99: {URL}"))
    await desk.drain()
    assert (await desk.message(message.id)).state in {DeliveryState.SENT, DeliveryState.DELIVERED}
    [arrived] = await line.inbox(to=PHONE, channel="sms")
    assert (arrived["text"], arrived["from"]) == (f"Pay £49.99: {URL}", MERCHANT)
    assert arrived["urls"] == [URL]

    async def delivered() -> bool:
        return (await desk.message(message.id)).state is DeliveryState.DELIVERED

    await line.until(delivered)
    assert await desk.event_types() == ["message.queued", "message.sent", "message.delivered"]

    written = {"channel": "sms", "from": PHONE, "to": MERCHANT, "text": "STOP"}
    assert (await line.http.post("/api/messages", json=written)).is_success

    async def stopped() -> bool:
        return bool(await desk.events("consent.changed"))

    await line.until(stopped)
    with pytest.raises(ConsentStopped):
        await desk.queue()


async def test_a_mail_arrives_over_tls_and_with_a_login(line: Line) -> None:
    content = Content(f"Pay here: {URL}", "Pay £49.99", f'<a href="{URL}">Pay</a>')
    message = await line.desk.queue(channel="email", to=EMAIL, content=content)
    await line.desk.drain()
    assert (await line.desk.message(message.id)).state is DeliveryState.SENT
    [arrived] = await line.inbox(to=EMAIL)
    assert (arrived["subject"], arrived["text"].strip()) == ("Pay £49.99", content.text)
    assert "pay@acme.example" in arrived["from"]
    assert URL in arrived["urls"]


async def test_what_the_network_took_is_found_again(line: Line) -> None:
    desk = line.desk
    async with desk.database.snapshot() as session:
        account = await get_account(session, desk.accounts["sms"].id)
        provider = await line.pool.of(session, account)
    now = datetime.now(UTC)
    outgoing = Outgoing(
        delivery="dlv_1",
        to=PHONE,
        sender_name="Acme",
        content=Content("Find me"),
        at=now,
        callback_url="",
    )
    assert await provider.find(outgoing, since=now, known=frozenset()) == Absent()
    sent = await provider.send(
        replace(outgoing, callback_url=callback_url("http://127.0.0.1:9", account.id))
    )
    assert isinstance(sent, Accepted)
    assert await provider.find(outgoing, since=now, known=frozenset()) == sent
    known = frozenset({sent.provider_id})
    assert await provider.find(outgoing, since=now, known=known) == Absent()
    later = now + timedelta(minutes=5)
    assert await provider.find(outgoing, since=later, known=frozenset()) == Absent()
    assert await provider.check() is None
