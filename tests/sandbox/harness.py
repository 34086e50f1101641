"""Starts the sandbox as a process, and a merchant's server for it to call."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import Popen
from typing import Any

import httpx2
import stripe

from tests.support import children
from tests.support.free_port import free_port

SECRET_KEY = "sk_test_0123456789abcdef"
PUBLISHABLE_KEY = "pk_test_0123456789abcdef"
WEBHOOK_SECRET = "whsec_0123456789abcdef"
MERCHANT = "Acme Garden Ltd"
PROJECT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Received:
    """One webhook as it arrived."""

    body: bytes
    signature: str

    @property
    def event(self) -> dict[str, Any]:
        event: dict[str, Any] = json.loads(self.body)
        return event


@dataclass
class Merchant:
    """A merchant's webhook endpoint on loopback. `answers` are the next status codes; then 200."""

    port: int = 0
    received: list[Received] = field(default_factory=list)
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

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        headers = {
            name.lower(): value.strip()
            for name, _, value in (line.partition(":") for line in head.split("\r\n")[1:])
        }
        body = await reader.readexactly(int(headers["content-length"]))
        status = self.answers.pop(0) if self.answers else 200
        if status < 300:
            self.received.append(Received(body, headers["stripe-signature"]))
        writer.write(
            f"HTTP/1.1 {status} X\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode()
        )
        await writer.drain()
        writer.close()

    def events(self, about: str, kind: str | None = None) -> list[dict[str, Any]]:
        """The events received so far that mention an object's id, in order of arrival."""
        return [
            received.event
            for received in self.received
            if about in received.body.decode() and (kind is None or received.event["type"] == kind)
        ]

    async def wait_for(self, kind: str, about: str, seconds: float = 8) -> dict[str, Any]:
        found: list[dict[str, Any]] = await eventually(
            lambda: self.events(about, kind), seconds=seconds
        )
        return found[0]


async def eventually(look: Callable[[], Any], *, seconds: float = 8) -> Any:
    """The first true answer of `look` (which may be a coroutine function); fails after a while."""
    end = asyncio.get_running_loop().time() + seconds
    while True:
        found = look()
        if isinstance(found, Awaitable):
            found = await found
        if found:
            return found
        assert asyncio.get_running_loop().time() < end, "it did not happen in time"
        await asyncio.sleep(0.02)


@dataclass
class Sandbox:
    """One running sandbox. `restart` keeps its data and its port."""

    folder: Path
    webhook_url: str | None = None
    port: int = field(default_factory=free_port)
    process: "Popen[bytes] | None" = None
    options: tuple[str, ...] = ()

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def data(self) -> Path:
        return self.folder / "sandbox.sqlite"

    @property
    def log(self) -> Path:
        return self.folder / "sandbox.log"

    def command(self) -> list[str]:
        command = [sys.executable, "-m", "payments.sandbox", "--port", str(self.port)]
        command += ["--data", str(self.data), "--merchant", MERCHANT, *self.options]
        if self.webhook_url is not None:
            command += ["--webhook-url", self.webhook_url]
        return command

    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "PYTHONPATH": str(PROJECT),
            "SANDBOX_SECRET_KEY": SECRET_KEY,
            "SANDBOX_PUBLISHABLE_KEY": PUBLISHABLE_KEY,
            "SANDBOX_WEBHOOK_SECRET": WEBHOOK_SECRET,
        }

    async def start(self) -> None:
        self.process = children.start(self.command(), log=self.log, environment=self.environment())
        await eventually(self.answers, seconds=20)

    async def answers(self) -> bool:
        assert self.process is not None
        assert self.process.poll() is None, self.log.read_text()
        try:
            async with httpx2.AsyncClient(trust_env=False) as client:
                return (await client.get(f"{self.url}/healthz")).status_code == 200
        except httpx2.HTTPError:
            return False

    def stop(self, by: signal.Signals = signal.SIGTERM) -> int:
        """Ends the process; its exit status."""
        assert self.process is not None
        children.stop(self.process, by=by)
        status = self.process.returncode
        self.process = None
        return status

    async def restart(self, by: signal.Signals = signal.SIGTERM) -> None:
        self.stop(by)
        await self.start()

    def stripe(self, key: str = SECRET_KEY) -> stripe.StripeClient:
        """The official client, with nothing but its base address changed."""
        return stripe.StripeClient(
            key,
            base_addresses={"api": self.url},
            http_client=stripe.HTTPXClient(timeout=60),
            max_network_retries=0,
        )

    def http(self) -> httpx2.AsyncClient:
        return httpx2.AsyncClient(base_url=self.url, timeout=60, trust_env=False)

    async def faults(self, **faults: object) -> None:
        async with self.http() as client:
            answer = await client.post("/control/faults", json=faults)
            assert answer.status_code == 200, answer.text

    async def no_faults(self) -> None:
        async with self.http() as client:
            await client.delete("/control/faults")

    async def answer_challenge(self, intent: Any, outcome: str) -> None:
        """What the cardholder does on the bank's page, without a browser."""
        address = intent.next_action["use_stripe_sdk"]["stripe_js"]
        async with self.http() as client:
            answer = await client.post(
                address, data={"outcome": outcome}, headers={"Accept": "application/json"}
            )
            assert answer.status_code == 200, answer.text
