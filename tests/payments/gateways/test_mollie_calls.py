"""How an answer, and the lack of one, is told: what may have been done is never called undone."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field

import pytest

from payments.gateways.mollie_calls import MollieCalls, NoAnswer, NotSent, TurnedDown
from tests.support.free_port import free_port

Answer = tuple[int, str, str]
HAL = "application/hal+json"
WISH = {
    "amount": {"currency": "EUR", "value": "1.00"},
    "description": "x",
    "redirectUrl": "https://shop.example",
}


@dataclass
class Scripted:
    """A server that answers every request alike, and counts them."""

    answer: Callable[[str], Answer | None]
    asked: list[str] = field(default_factory=list)
    port: int = 0
    server: asyncio.Server | None = None

    async def start(self) -> None:
        self.server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self.server.sockets[0].getsockname()[1]

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        length = next(
            (int(line[16:]) for line in head.split("\r\n") if line.startswith("content-length:")), 0
        )
        await reader.readexactly(length)
        self.asked.append(head.split("\r\n")[0])
        said = self.answer(f"http://127.0.0.1:{self.port}")
        if said is not None:
            status, kind, body = said
            writer.write(
                f"HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\nLocation: /elsewhere\r\n"
                f"Content-Length: {len(body.encode())}\r\nConnection: close\r\n\r\n{body}".encode()
            )
            await writer.drain()
        writer.close()


def calls_to(port: int) -> MollieCalls:
    return MollieCalls(
        "test_key",
        organization_token=None,
        api_base=f"http://127.0.0.1:{port}",
        call_seconds_max=1,
        whole_seconds_max=2,
    )


@pytest.fixture
async def serve() -> AsyncIterator[
    Callable[[Callable[[str], Answer | None]], "asyncio.Future[Scripted]"]
]:
    running: list[Scripted] = []

    async def serving(answer: Callable[[str], Answer | None]) -> Scripted:
        server = Scripted(answer)
        await server.start()
        running.append(server)
        return server

    yield serving  # type: ignore[misc]
    for server in running:
        assert server.server is not None
        server.server.close()


def problem(status: int, detail: str = "Something is wrong") -> Answer:
    links = {"documentation": {"href": "https://docs.mollie.com", "type": "text/html"}}
    body = {"status": status, "title": "X", "detail": detail, "_links": links}
    return status, HAL, json.dumps(body)


@pytest.mark.parametrize(
    "said",
    [
        None,
        problem(500),
        problem(502),
        problem(503),
        problem(409),
        problem(408),
        (500, "text/html", "<h1>Oops</h1>"),
        (302, "text/html", ""),
        (201, HAL, "{}"),
        (201, HAL, "not json"),
        (201, "text/html", "<h1>Welcome</h1>"),
        (204, HAL, ""),
    ],
)
async def test_what_says_nothing_is_no_answer_and_is_asked_once(
    serve: Callable[..., "asyncio.Future[Scripted]"], said: Answer | None
) -> None:
    server = await serve(lambda _: said)
    calls = calls_to(server.port)
    with pytest.raises(NoAnswer):
        await calls.create_payment(WISH, key="key")

    assert ["post /v2/payments http/1.1"] == server.asked
    await calls.close()


@pytest.mark.parametrize(
    ("said", "status", "detail"),
    [
        (problem(422, "No such amount"), 422, "No such amount"),
        (problem(404, "No payment"), 404, "No payment"),
        (problem(401, "No key"), 401, "No key"),
        (problem(429, "Too many"), 429, "Too many"),
        ((422, HAL, "{}"), 422, ""),
        ((403, "text/html", "<h1>No</h1>"), 403, ""),
    ],
)
async def test_a_refusal_is_one_whatever_its_shape(
    serve: Callable[..., "asyncio.Future[Scripted]"], said: Answer, status: int, detail: str
) -> None:
    server = await serve(lambda _: said)
    calls = calls_to(server.port)
    with pytest.raises(TurnedDown) as refused:
        await calls.create_payment(WISH, key="key")

    assert (status, detail) == (refused.value.status, refused.value.detail)
    await calls.close()


async def test_a_port_that_nobody_listens_on_was_sent_nothing() -> None:
    calls = calls_to(free_port())
    with pytest.raises(NotSent):
        await calls.create_payment(WISH, key="key")
    await calls.close()


async def test_a_list_without_an_end_is_left_after_a_bearable_number_of_pages(
    serve: Callable[..., "asyncio.Future[Scripted]"],
) -> None:
    def endless(base: str) -> Answer:
        here = {"href": f"{base}/v2/payments", "type": HAL}
        links = {"self": here, "previous": None, "next": here, "documentation": here}
        return 200, HAL, json.dumps({"count": 0, "_embedded": {"payments": []}, "_links": links})

    server = await serve(endless)
    calls = calls_to(server.port)
    with pytest.raises(NoAnswer):
        async for _ in calls.payments():
            pass

    assert 40 == len(server.asked)
    await calls.close()


async def test_several_calls_end_together() -> None:
    """What hangs is cut off, however many calls are to follow."""
    calls = calls_to(free_port())
    with pytest.raises(NoAnswer):
        async with calls.bounded():
            await asyncio.sleep(5)
    await calls.close()


async def test_a_log_switched_on_from_outside_learns_no_key(
    serve: Callable[..., "asyncio.Future[Scripted]"],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    for name in ("CLIENT_DEBUG", "MOLLIE_DEBUG"):
        monkeypatch.setenv(name, "true")
    server = await serve(lambda _: problem(500))
    calls = calls_to(server.port)
    with caplog.at_level("DEBUG", logger="mollie"), pytest.raises(NoAnswer):
        await calls.create_payment(WISH, key="key")

    assert "test_key" not in caplog.text
    await calls.close()
