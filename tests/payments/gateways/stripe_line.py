"""A line to Stripe that goes wrong on purpose: each connection gets the next of the scripted answers."""

import asyncio
import json
from collections.abc import Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl


@dataclass(frozen=True)
class Says:
    """An answer."""

    status: int
    body: Mapping[str, Any]
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Hangs:
    """Takes the request and never answers."""


@dataclass(frozen=True)
class Cuts:
    """Takes the request and hangs up."""


Step = Says | Hangs | Cuts


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    headers: Mapping[str, str]
    params: Mapping[str, str]


@dataclass
class Line:
    """What was asked, and what comes next. The last step is repeated."""

    steps: list[Step]
    requests: list[Request] = field(default_factory=list)
    url: str = ""

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        headers = {
            name.lower(): value.strip()
            for name, _, value in (line.partition(":") for line in head[1:])
        }
        body = await reader.readexactly(int(headers.get("content-length", 0)))
        method, target, _ = head[0].split(" ")
        path, _, query = target.partition("?")
        params = dict(parse_qsl(query) + parse_qsl(body.decode()))
        self.requests.append(Request(method, path, headers, params))
        step = self.steps.pop(0) if len(self.steps) > 1 else self.steps[0]
        match step:
            case Says(status, content, more):
                text = json.dumps(content).encode()
                extra = "".join(f"{name}: {value}\r\n" for name, value in more.items())
                writer.write(
                    f"HTTP/1.1 {status} X\r\nContent-Type: application/json\r\n{extra}"
                    f"Content-Length: {len(text)}\r\nConnection: close\r\n\r\n".encode()
                    + text
                )
                await writer.drain()
            case Hangs():
                await reader.read()
        writer.close()


@asynccontextmanager
async def line(*steps: Step) -> Any:
    """A running server with these answers."""
    made = Line(list(steps))
    server = await asyncio.start_server(made.serve, "127.0.0.1", 0)
    made.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield made
    finally:
        server.close()


def refusal(kind: str, **more: Any) -> dict[str, Any]:
    """Stripe's error object."""
    return {"error": {"type": kind, "message": "no", **more}}
