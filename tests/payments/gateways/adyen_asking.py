"""What the tests of the Adyen gateway ask of it, and an Adyen that answers as it is told."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

from core.clock import utc_now
from core.ids import new_id
from core.money import Money
from payments.gateway import ChargeOrder, Question
from payments.gateways.adyen import AdyenGateway
from tests.adyen_sandbox.harness import ACCOUNT, API_KEY
from tests.payments.gateways.test_adyen_method import GOOD

DUE = Money.of(4999, "GBP")
METHOD = json.dumps(GOOD)


def order(method: str | None = METHOD, **changes: Any) -> ChargeOrder:
    asked: dict[str, Any] = {
        "attempt_id": new_id("att", utc_now()),
        "amount": DUE,
        "method": method,
        "capture": "automatic",
        "description": "INV-1",
        "force_challenge": False,
        "metadata": {"paythread_link": "lnk_1", "a_name_of_more_than_20": "x"},
        "return_url": "https://pay.example/p/token",
        "origin": "https://pay.example",
        "shopper_address": "192.0.2.7",
        "locale": "en-GB",
    }
    return ChargeOrder(**(asked | changes))


def about(asked: ChargeOrder, state: str | None, **more: Any) -> Question:
    now = utc_now()
    age = more.pop("age", timedelta(seconds=1))
    given: dict[str, Any] = {"reference": None, "amount": asked.amount, "state": state} | more
    return Question(attempt_id=asked.attempt_id, started_at=now - age, now=now, **given)


class Scripted:
    """An HTTP server on loopback: one answer for everything."""

    def __init__(self, status: int, body: Any) -> None:
        self.status, self.body = status, body
        self.requests: list[tuple[str, dict[str, str], Any]] = []
        self.port = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        headers = {
            name.lower(): value.strip()
            for name, _, value in (line.partition(":") for line in head[1:])
        }
        body = json.loads(await reader.readexactly(int(headers.get("content-length", "0"))))
        self.requests.append((head[0].split()[1], headers, body))
        text = self.body if isinstance(self.body, bytes) else json.dumps(self.body).encode()
        writer.write(
            f"HTTP/1.1 {self.status} X\r\nContent-Length: {len(text)}\r\n"
            "Connection: close\r\n\r\n".encode()
            + text
        )
        await writer.drain()
        writer.close()


@asynccontextmanager
async def scripted(
    status: int, body: Any, **config: Any
) -> AsyncIterator[tuple[AdyenGateway, Scripted]]:
    far_end = Scripted(status, body)
    server = await asyncio.start_server(far_end.serve, "127.0.0.1", 0)
    far_end.port = server.sockets[0].getsockname()[1]
    made = gateway_at(far_end.port, **config)
    try:
        yield made, far_end
    finally:
        await made.close()
        server.close()


def gateway_at(port: int, **config: Any) -> AdyenGateway:
    given = {
        "api_key": API_KEY,
        "client_key": "test_key",
        "merchant_account": ACCOUNT,
        "hmac_key": "ab" * 32,
        "api_base": f"http://127.0.0.1:{port}",
    }
    return AdyenGateway(given | config, call_seconds_max=1, whole_seconds_max=2)


PAID = {
    "pspReference": "QFQTPCQ8HXSKGK82",
    "resultCode": "Authorised",
    "amount": {"currency": "GBP", "value": 4999},
}
