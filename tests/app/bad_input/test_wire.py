"""Bytes on the wire that two readers could understand differently, come too slowly, or claim to be from elsewhere.

Covers app.connections. What has only one meaning is answered; everything else is refused and hung up on.
"""

import asyncio
import json
from typing import Any

import httpx2
import pytest

from app.processes import server_config
from core.throttle import DEFAULT_LIMITS
from tests.app.conftest import Running
from tests.app.test_bad_input import GOOD

LINK = json.dumps(GOOD).encode()


async def spoken(running: Running, *parts: bytes, pause: float = 0.0) -> bytes:
    """Everything that is answered until the line is cut; `{host}` stands for the right name."""
    reader, writer = await asyncio.open_connection("127.0.0.1", running.port)
    for part in parts:
        writer.write(part.replace(b"{host}", f"127.0.0.1:{running.port}".encode()))
        await writer.drain()
        await asyncio.sleep(pause)
    try:
        return await asyncio.wait_for(reader.read(-1), 20)
    finally:
        writer.close()


def refused(answer: bytes) -> tuple[int, dict[str, Any]]:
    """Status and problem of the one answer that there is."""
    head, _, body = answer.partition(b"\r\n\r\n")
    assert 1 == answer.count(b"HTTP/1.1 "), answer
    assert b"application/problem+json" in head
    assert b"connection: close" in head.lower()
    return int(head.split(b" ", 2)[1]), json.loads(body)


HEAD = b"POST /v1/links HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\n"
INNER = b"GET /healthz HTTP/1.1\r\nHost: {host}\r\n\r\n"
SMUGGLED = {
    "a length and chunks": HEAD
    + b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
    + INNER,
    "two lengths": HEAD + b"Content-Length: 2\r\nContent-Length: 40\r\n\r\n{}" + INNER,
    "a signed length": HEAD + b"Content-Length: +2\r\n\r\n{}" + INNER,
    "an unknown coding": HEAD + b"Transfer-Encoding: xchunked\r\n\r\n{}" + INNER,
    "a chunk without a length": HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n" + INNER,
    "a chunk with a sign": HEAD + b"Transfer-Encoding: chunked\r\n\r\n-2\r\n{}\r\n0\r\n\r\n" + INNER,
    "two codings": HEAD + b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n" + INNER,
    "a blank before the colon": HEAD + b"Content-Length : 2\r\n\r\n{}" + INNER,
    "lines that a bare LF ends": b"GET /healthz HTTP/1.1\nHost: {host}\n\n" + INNER,
    "one line that a bare LF ends": b"GET /healthz HTTP/1.1\r\nHost: {host}\r\nX: 1\nY: 2\r\n\r\n",
    "an empty line of a bare LF": b"GET /healthz HTTP/1.1\r\nHost: {host}\r\n\n" + INNER,
    "a bare LF before the request": b"\n" + INNER,
    "a bare CR": b"GET /healthz HTTP/1.1\r\nHost: {host}\r\nX: 1\rY: 2\r\n\r\n",
    "a folded line": b"GET /healthz HTTP/1.1\r\nHost: {host}\r\nX: 1\r\n Y: 2\r\n\r\n",
    "a host folded into a line": b"GET /healthz HTTP/1.1\r\nX: 1\r\n\tHost: evil\r\nHost: {host}\r\n\r\n",
    "two hosts": b"GET /healthz HTTP/1.1\r\nHost: {host}\r\nHost: evil.example\r\n\r\n",
    "no host": b"GET /healthz HTTP/1.1\r\nX: 1\r\n\r\n",
    "NUL in a header": b"GET /healthz HTTP/1.1\r\nHost: {host}\r\nX: a\x00b\r\n\r\n",
    "no HTTP": b"\x16\x03\x01\x00\x00\r\n\r\n",
}  # fmt: skip


@pytest.mark.parametrize("name", SMUGGLED)
async def test_what_could_hide_a_request_is_refused_and_hung_up_on(
    running_service: Running, name: str
) -> None:
    status, problem = refused(await spoken(running_service, SMUGGLED[name]))
    assert (400, 400) == (status, problem["status"])
    assert "evil" not in json.dumps(problem)


async def test_a_bare_lf_is_found_however_the_bytes_are_cut(running_service: Running) -> None:
    head = b"GET /healthz HTTP/1.1\r\nHost: {host}\r\nX: 1"
    for tail in ((b"\n", b"Y: 2\r\n\r\n"), (b"\r", b"\n", b" Y: 2\r\n\r\n"), (b"\r\n", b"\n")):
        answer = await spoken(running_service, head, *tail, pause=0.02)
        assert 400 == refused(answer)[0], tail


async def test_requests_one_after_the_other_on_a_line_are_answered_and_checked_each(
    running_service: Running,
) -> None:
    """A body may hold what no head may, and the second head is looked at like the first."""
    body = b'{\n "amount":\n\n 1}'
    first = HEAD + b"Content-Length: %d\r\n\r\n" % len(body) + body
    answer = await spoken(running_service, first + INNER + b"GET / HTTP/1.1\nHost: {host}\n\n")
    statuses = [int(part[:3]) for part in answer.split(b"HTTP/1.1 ")[1:]]
    assert [401, 200, 400] == statuses


@pytest.mark.parametrize(
    "more",
    [
        pytest.param(b"X: " + b"a" * 100_000 + b"\r\n", id="one of 100 KB"),
        pytest.param(b"".join(b"X-%d: 1\r\n" % n for n in range(500)), id="500 of them"),
        pytest.param(b"Cookie: " + b"a=1; " * 8_000 + b"\r\n", id="cookies without end"),
    ],
)
async def test_headers_that_are_too_many_or_too_long_are_431(
    running_service: Running, more: bytes
) -> None:
    answer = await spoken(
        running_service, b"GET /healthz HTTP/1.1\r\nHost: {host}\r\n" + more + b"\r\n"
    )
    status, problem = refused(answer)
    assert (431, "too_many_headers") == (status, problem["code"])


async def test_a_body_that_dribbles_is_given_up_and_others_are_served(
    running_service: Running,
) -> None:
    headers = b"".join(
        b"%b: %b\r\n" % (name.encode(), value.encode())
        for name, value in running_service.post_headers().items()
    )
    slow = asyncio.create_task(
        spoken(running_service, HEAD + headers + b"Content-Length: 1000\r\n\r\n{")
    )
    async with httpx2.AsyncClient(base_url=running_service.url, trust_env=False) as client:
        other = await client.post("/v1/links", json=GOOD, headers=running_service.post_headers())
    status, problem = refused(await slow)
    assert (201, 408, "body_too_slow") == (other.status_code, status, problem["code"])


# Where it says that it comes from

SPOOFED = {
    "X-Forwarded-Host": "evil.example",
    "X-Forwarded-Proto": "gopher",
    "X-Forwarded-Port": "666",
    "X-Forwarded-Prefix": "/evil",
    "X-Original-URL": "/v1/users",
    "X-Rewrite-URL": "/v1/users",
    "Forwarded": "host=evil.example;proto=gopher;for=198.51.100.9",
    "X-Host": "evil.example",
}


async def test_links_lead_to_our_own_address_whatever_a_caller_says_of_it(
    client: httpx2.AsyncClient, running_service: Running
) -> None:
    made = await client.post(
        "/v1/links", json=GOOD, headers={**running_service.post_headers(), **SPOOFED}
    )
    page = await client.get(made.json()["url"], headers=SPOOFED)
    assert made.json()["url"].startswith(f"{running_service.url}/p/")
    shown = await client.get(f"/v1/links/{made.json()['id']}", headers=running_service.headers)
    assert made.json()["url"] == shown.json()["url"]
    for answer in (made, shown, page):
        assert "evil" not in answer.text + str(answer.headers)


async def test_another_address_in_a_header_is_not_another_caller(
    client: httpx2.AsyncClient, running_service: Running
) -> None:
    """Without a proxy that is trusted by name the limit counts the line, and metrics stay with this machine."""
    limit = DEFAULT_LIMITS["pay_page_unknown"].count
    statuses = [
        (
            await client.get(
                f"/p/{'A' * 20}{number:04}",
                headers={
                    "X-Forwarded-For": f"198.51.100.{number}",
                    "X-Real-IP": f"198.51.100.{number}",
                    "Forwarded": f"for=198.51.100.{number}",
                },
            )
        ).status_code
        for number in range(limit + 1)
    ]
    assert ([404] * limit, 429) == (statuses[:-1], statuses[-1])


def test_nobodys_headers_are_believed_unless_a_proxy_is_named(running_service: Running) -> None:
    settings = running_service.house.settings
    told = server_config(lambda: None, settings, host="127.0.0.1", port=1)  # type: ignore[arg-type]
    assert (False, []) == (told.proxy_headers, settings.trusted_proxies)
