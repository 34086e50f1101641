"""Starts the far end as a process, and a merchant's server for it to report to."""

import asyncio
import json
import os
import signal
import sys
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import Popen
from typing import Any

import Adyen
import httpx2

from payments.gateways.adyen_line import Transport
from tests.sandbox.harness import eventually
from tests.support import children
from tests.support.free_port import free_port

API_KEY = "adyen-api-key-0123456789"
CLIENT_KEY = "test_0123456789ABCDEF"
HMAC_KEY = "44782def547aaa06c910c43932b1eb0c71fc68d9d0c057550c48ec2acf6ba056"
ACCOUNT = "PaythreadTest"
MERCHANT = "Acme Garden Ltd"
PROJECT = Path(__file__).resolve().parents[2]
BROWSER = {
    "acceptHeader": "*/*",
    "colorDepth": 24,
    "language": "en-GB",
    "javaEnabled": False,
    "screenHeight": 800,
    "screenWidth": 1280,
    "userAgent": "Mozilla/5.0",
    "timeZoneOffset": 0,
}


@dataclass
class Receiver:
    """A merchant's webhook endpoint on loopback. `answers` are the next status codes; then 200."""

    port: int = 0
    bodies: list[bytes] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
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
            self.bodies.append(body)
            self.headers.append(headers)
        writer.write(
            f"HTTP/1.1 {status} X\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode()
        )
        await writer.drain()
        writer.close()

    def items(self, about: str, code: str | None = None) -> list[dict[str, Any]]:
        """The items received so far that mention a reference, in order of arrival."""
        found = [
            each["NotificationRequestItem"]
            for body in self.bodies
            for each in json.loads(body)["notificationItems"]
        ]
        return [
            item
            for item in found
            if about in json.dumps(item) and code in (None, item["eventCode"])
        ]

    async def wait_for(self, code: str, about: str) -> dict[str, Any]:
        items: list[dict[str, Any]] = await eventually(lambda: self.items(about, code))
        return items[0]

    async def body_of(self, code: str, about: str) -> bytes:
        """The body as it arrived."""
        await self.wait_for(code, about)
        return next(
            body for body in self.bodies if about.encode() in body and f'"{code}"'.encode() in body
        )


@dataclass
class AdyenSandbox:
    """One running far end."""

    folder: Path
    webhook_url: str | None = None
    webhook_user: str | None = None
    port: int = field(default_factory=free_port)
    process: "Popen[bytes] | None" = None

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def data(self) -> Path:
        return self.folder / "adyen.sqlite"

    @property
    def log(self) -> Path:
        return self.folder / "adyen.log"

    async def start(self) -> None:
        command = [sys.executable, "-m", "payments.adyen_sandbox", "--port", str(self.port)]
        command += ["--data", str(self.data), "--merchant", MERCHANT, "--merchant-account", ACCOUNT]
        if self.webhook_url is not None:
            command += ["--webhook-url", self.webhook_url]
        if self.webhook_user is not None:
            command += ["--webhook-user", self.webhook_user]
        environment = {
            **os.environ,
            "PYTHONPATH": str(PROJECT),
            "ADYEN_SANDBOX_API_KEY": API_KEY,
            "ADYEN_SANDBOX_CLIENT_KEY": CLIENT_KEY,
            "ADYEN_SANDBOX_HMAC_KEY": HMAC_KEY,
            "ADYEN_SANDBOX_WEBHOOK_PASSWORD": "webhook-password",
        }
        self.process = children.start(command, log=self.log, environment=environment)
        await eventually(self.answers, seconds=20)

    async def answers(self) -> bool:
        assert self.process is not None
        assert self.process.poll() is None, self.log.read_text()
        try:
            async with self.http() as client:
                return (await client.get("/healthz")).status_code == 200
        except httpx2.HTTPError:
            return False

    def stop(self, by: signal.Signals = signal.SIGTERM) -> None:
        assert self.process is not None
        children.stop(self.process, by=by)
        self.process = None

    def http(self) -> httpx2.AsyncClient:
        return httpx2.AsyncClient(base_url=self.url, timeout=60, trust_env=False)

    def sdk(self, api_key: str = API_KEY) -> Any:
        """The official client, with nothing but its host changed."""
        client = Adyen.AdyenClient(xapikey=api_key, platform="test")
        client.http_client = Transport(self.url, 30)
        client.http_init = True
        return Adyen.services.AdyenCheckoutApi(client=client)

    async def faults(self, **faults: object) -> None:
        async with self.http() as client:
            answer = await client.post("/control/faults", json=faults)
            assert answer.status_code == 200, answer.text

    async def calm(self) -> None:
        async with self.http() as client:
            await client.delete("/control/faults")

    async def method(
        self,
        number: str = "4111111145551142",
        *,
        holder: str | None = None,
        expiry: str = "0330",
        browser: bool = True,
    ) -> dict[str, Any]:
        """What the component would hand over for a card."""
        made: dict[str, Any] = {"type": "scheme"}
        async with self.http() as client:
            for name, value in (
                ("encryptedCardNumber", number),
                ("encryptedExpiryDate", expiry),
                ("encryptedSecurityCode", "737"),
            ):
                answer = await client.post(
                    "/securedfields/encrypt", json={"field": name, "value": value}
                )
                assert answer.status_code == 200, answer.text
                made |= answer.json()
        if holder is not None:
            made["holderName"] = holder
        if browser:
            made["browserInfo"] = dict(BROWSER)
        return made

    async def answer_challenge(self, action: Any, outcome: str) -> str:
        """What the cardholder does on the bank's page, without a browser; answers the challenge's token."""
        token = action.get("authorisationToken") or action["url"].rpartition("/")[2]
        async with self.http() as client:
            answer = await client.post(f"/acs/{token}/answer", data={"outcome": outcome})
            assert answer.status_code == 200, answer.text
        return str(token)

    async def payments(self, reference: str) -> list[dict[str, Any]]:
        """What there is under a reference, looked up behind everybody's back."""
        async with self.http() as client:
            answer = await client.get("/control/payments", params={"reference": reference})
            found: list[dict[str, Any]] = answer.json()["data"]
            return found

    async def notify(self, payment: str, code: str, **more: Any) -> str:
        """Makes a bank act."""
        async with self.http() as client:
            given = {"payment": payment, "eventCode": code, **more}
            answer = await client.post("/control/notifications", json=given)
            assert answer.status_code == 200, answer.text
            return str(answer.json()["pspReference"])
