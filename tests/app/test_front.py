"""The front on the wire: what is refused before any door sees it. Covers app.http.front and app.connections."""

import asyncio
from typing import Any

import httpx2

from app.connections import HEAD_SECONDS_MAX
from tests.app.conftest import Running

UPGRADE = (
    b"GET /v1/feed HTTP/1.1\r\nHost: %b\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
)


async def test_an_endless_body_is_cut_off(running_service: Running) -> None:
    """Without a Content-Length the reading stops at the limit."""

    async def endless() -> Any:
        for _ in range(4096):
            yield b" " * 65536

    async with httpx2.AsyncClient(timeout=20, trust_env=False) as client:
        try:
            answer = await client.post(
                f"{running_service.url}/v1/links",
                content=endless(),
                headers={**running_service.post_headers(), "Content-Type": "application/json"},
            )
        except httpx2.HTTPError:
            return  # cut off while we were still sending is right as well
    assert answer.status_code == 413


async def raw(running: Running, request: bytes) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", running.port)
    writer.write(request)
    await writer.drain()
    try:
        return await asyncio.wait_for(reader.read(65536), 20)
    finally:
        writer.close()


async def test_smuggled_and_malformed_requests_are_refused(running_service: Running) -> None:
    host = f"127.0.0.1:{running_service.port}".encode()
    for name, request in {
        "CL and TE": b"POST /v1/links HTTP/1.1\r\nHost: "
        + host
        + b"\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "two hosts": b"GET /healthz HTTP/1.1\r\nHost: " + host + b"\r\nHost: evil\r\n\r\n",
        "no host": b"GET /healthz HTTP/1.1\r\n\r\n",
        "huge header": b"GET /healthz HTTP/1.1\r\nHost: "
        + host
        + b"\r\nX: "
        + b"a" * 100_000
        + b"\r\n\r\n",
        "many headers": b"GET /healthz HTTP/1.1\r\nHost: "
        + host
        + b"\r\n"
        + b"".join(b"X-%d: 1\r\n" % n for n in range(500))
        + b"\r\n",
        "two lengths": b"POST /v1/links HTTP/1.1\r\nHost: "
        + host
        + b"\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nabcde",
        "WebSocket with a long header": UPGRADE % host
        + b"Sec-WebSocket-Protocol: ticket."
        + b"a" * 9000
        + b"\r\n\r\n",
        "WebSocket with a long path": (UPGRADE % host).replace(b"/v1/feed", b"/" + b"a" * 9000)
        + b"\r\n",
        "no HTTP": b"\x16\x03\x01\x00\x00\r\n\r\n",
    }.items():
        answer = await raw(running_service, request)
        status = answer.split(b" ", 2)[1] if answer else b""
        assert status in {b"400", b"414", b"431", b""}, (name, answer[:200])


async def test_an_unknown_host_is_misdirected(running_service: Running) -> None:
    answer = await raw(running_service, b"GET /healthz HTTP/1.1\r\nHost: evil.example\r\n\r\n")
    assert b" 421 " in answer.split(b"\r\n", 1)[0]


async def test_a_head_that_never_ends_is_hung_up_on(running_service: Running) -> None:
    """A silent connection, and one that stops in the middle of a header; others are served meanwhile."""
    opened = [await asyncio.open_connection("127.0.0.1", running_service.port) for _ in range(2)]
    opened[1][1].write(b"GET /healthz HTTP/1.1\r\nHost: 127")
    async with httpx2.AsyncClient(timeout=20, trust_env=False) as client:
        assert (await client.get(f"{running_service.url}/healthz")).status_code == 200
    async with asyncio.timeout(HEAD_SECONDS_MAX + 20):
        assert [b"", b""] == [await reader.read() for reader, _ in opened]


async def test_a_picture_reaches_its_door_and_no_other(running_service: Running) -> None:
    """A logo is the one body under /v1 that is no JSON; even there it is bounded."""
    headers = {**running_service.post_headers(), "Content-Type": "image/png"}
    picture = b"\x89PNG\r\n\x1a\n" + bytes(100)
    async with httpx2.AsyncClient(base_url=running_service.url, trust_env=False) as client:
        read = await client.put("/v1/brand/logo", content=picture, headers=headers)
        huge = await client.put("/v1/brand/logo", content=bytes(2_000_000), headers=headers)
        elsewhere = await client.post("/v1/links", content=picture, headers=headers)
    assert (422, "logo_unusable") == (read.status_code, read.json()["code"])
    assert (413, 415) == (huge.status_code, elsewhere.status_code)
