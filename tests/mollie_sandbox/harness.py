"""Starts Mollie's far end as a process, plays its customer, and listens where it reports."""

import asyncio
import os
import sys
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

import mollie
import mollie.models

from tests.sandbox.harness import MERCHANT, PROJECT, Sandbox, eventually

API_KEY = "test_0123456789abcdefghijklmnopqrst"
ORGANIZATION_TOKEN = "access_0123456789abcdefghij"
WEBHOOK_SECRET = "mollie_0123456789abcdef"


@dataclass
class MollieSandbox(Sandbox):
    """One running far end. `webhook_url` is for signed events; each payment brings the address of its own reports."""

    def command(self) -> list[str]:
        command = [sys.executable, "-m", "payments.mollie_sandbox", "--port", str(self.port)]
        command += ["--data", str(self.data), "--merchant", MERCHANT]
        if self.webhook_url is not None:
            command += ["--webhook-url", self.webhook_url]
        return command

    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "PYTHONPATH": str(PROJECT),
            "MOLLIE_SANDBOX_API_KEY": API_KEY,
            "MOLLIE_SANDBOX_ORGANIZATION_TOKEN": ORGANIZATION_TOKEN,
            "MOLLIE_SANDBOX_WEBHOOK_SECRET": WEBHOOK_SECRET,
        }

    def sdk(self, key: str = API_KEY) -> mollie.ClientSDK:
        """The official client, with nothing but its base address changed."""
        return mollie.ClientSDK(
            security=mollie.models.Security(api_key=key),
            server_url=self.url,
            retry_config=None,
            timeout_ms=20_000,
        )

    async def create(self, **wishes: Any) -> mollie.models.PaymentResponse:
        """A payment of 49.99 EUR, unless other wishes are told."""
        asked = {
            "amount": {"currency": "EUR", "value": "49.99"},
            "description": "INV-1",
            "redirect_url": "https://shop.example/back",
        }
        return await self.sdk().payments.create_async(payment_request=asked | wishes)  # type: ignore[arg-type]

    async def choose(self, url: str, status: str, reason: str | None = None) -> str:
        """What the customer chooses on the hosted page; where the page leads back to."""
        chosen = {"final_state": status} | ({"failure_reason": reason} if reason else {})
        async with self.http() as client:
            answer = await client.post(url, data=chosen)
        assert answer.status_code == 303, answer.text
        back: str = answer.headers["location"]
        return back

    async def control(self, act: str, subject: str, **given: Any) -> dict[str, Any]:
        """What a bank, a person in the dashboard or the passing of time does."""
        async with self.http() as client:
            answer = await client.post(f"/control/{act}/{subject}", json=given)
        assert answer.status_code == 200, answer.text
        shown: dict[str, Any] = answer.json()
        return shown


@dataclass
class Reported:
    """One report as it arrived."""

    headers: dict[str, str]
    body: bytes

    @property
    def payment(self) -> str:
        return parse_qs(self.body.decode())["id"][0]


@dataclass
class Listener:
    """A merchant's address on loopback. `answers` are the next status codes; then 200."""

    port: int = 0
    received: list[Reported] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    server: asyncio.Server | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/webhooks"

    async def start(self) -> None:
        self.server = await asyncio.start_server(self._serve, "127.0.0.1", self.port)
        self.port = self.server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        if self.server is not None:
            self.server.close()
            self.server = None

    async def reports(self, many: int, seconds: float = 8) -> list[Reported]:
        """The reports so far, once there are so many."""
        await eventually(lambda: len(self.received) >= many, seconds=seconds)
        return self.received

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        headers = {
            name.lower(): value.strip()
            for name, _, value in (line.partition(":") for line in head.split("\r\n")[1:])
        }
        body = await reader.readexactly(int(headers["content-length"]))
        status = self.answers.pop(0) if self.answers else 200
        if status < 300:
            self.received.append(Reported(headers, body))
        writer.write(
            f"HTTP/1.1 {status} X\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode()
        )
        await writer.drain()
        writer.close()
