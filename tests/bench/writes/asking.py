"""The requests, and somebody who makes many of them at once and takes the time."""

import asyncio
import hashlib
import hmac
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass

SECRET = "whsec_bench"


@dataclass(frozen=True)
class Asked:
    """One request."""

    path: str
    headers: dict[str, str]
    body: str
    method: str = "POST"

    @property
    def raw(self) -> bytes:
        """As it goes over the wire."""
        lines = [f"{self.method} {self.path} HTTP/1.1", "Content-Type: application/json"]
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        lines.append(f"Content-Length: {len(self.body.encode())}")
        return ("\r\n".join(lines) + "\r\n\r\n" + self.body).encode()


def asking(what: str, number: str, key: str, account: str) -> Asked:
    """A link to make, or a PSP's report that is not matched yet; `number` is its own."""
    if what == "link":
        headers = {"Authorization": f"Bearer {key}", "Idempotency-Key": number}
        link = {"amount": 4999, "currency": "GBP", "description": "Water bill"}
        return Asked("/v1/links", headers, json.dumps(link))
    about = {"id": f"pi_{number}", "object": "payment_intent", "status": "processing"}
    event = {"id": f"evt_{number}", "type": "payment_intent.processing", "data": {"object": about}}
    body, stamp = json.dumps(event), int(time.time())
    signature = hmac.new(SECRET.encode(), f"{stamp}.{body}".encode(), hashlib.sha256).hexdigest()
    return Asked(
        f"/webhooks/psp/{account}", {"Stripe-Signature": f"t={stamp},v1={signature}"}, body
    )


@dataclass(frozen=True)
class Pace:
    """How fast requests were answered."""

    a_second: float
    p50_milliseconds: float
    p99_milliseconds: float


async def pace(port: int, requests: Sequence[Asked], *, at_once: int) -> Pace:
    """Makes them all over kept connections, `at_once` at a time. Any answer but a success ends it."""
    waiting = list(requests)
    took: list[float] = []

    async def one_after_the_other() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        while waiting:
            asked = waiting.pop()
            host = f"Host: 127.0.0.1:{port}\r\n".encode()
            line, _, rest = asked.raw.partition(b"\r\n")
            began = time.perf_counter()
            writer.write(line + b"\r\n" + host + rest)
            head = await reader.readuntil(b"\r\n\r\n")
            size = next(
                (int(h[15:]) for h in head.lower().split(b"\r\n") if h.startswith(b"content-length:")), 0
            )  # fmt: skip
            body = await reader.readexactly(size)
            took.append((time.perf_counter() - began) * 1000)
            assert head.split(b" ")[1] in {b"200", b"201", b"204"}, (head, body)
        writer.close()

    began = time.perf_counter()
    await asyncio.gather(*(one_after_the_other() for _ in range(at_once)))
    spent = time.perf_counter() - began
    took.sort()
    return Pace(len(took) / spent, took[len(took) // 2], took[int(len(took) * 0.99)])
