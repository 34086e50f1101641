"""Each destination gets the lines whole, and one that does not take them is told. Covers app.anchors.destinations."""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from ssl import SSLContext

import pytest

from app.anchors.destinations import HttpsDestination, SyslogDestination, read_destination
from compliance.journal.anchor_rounds import AnchorsUnsent, Destination
from core.clock import utc_now
from tests.support.certificates import server_tls
from tests.support.free_port import free_port
from tests.support.receiver import answers, hangs, receiving

LINES = ['{"hash":"aa","merchant":"mer_1"}', '{"hash":"ée","merchant":"mer_2"}']


def made(text: str, *, token: str | None = None, ca_file: Path | None = None) -> Destination:
    return read_destination(text, clock=utc_now, token=token, ca_file=ca_file)


async def test_a_file_is_appended_to(tmp_path: Path) -> None:
    file = tmp_path / "anchors.jsonl"
    destination = made(f"file:{file}")
    await destination.send(LINES[:1])
    await destination.send(LINES[1:])
    assert file.read_text().splitlines() == LINES
    with pytest.raises(AnchorsUnsent, match="written"):
        await made(f"file:{tmp_path / 'no' / 'folder'}").send(LINES)


async def test_an_address_gets_one_post_with_the_token(tmp_path: Path) -> None:
    server, _ = server_tls(tmp_path, "localhost")
    async with receiving(server) as receiver:
        url = f"https://localhost:{receiver.port}/anchors?key=abc"
        destination = made(url, token="t0ken", ca_file=tmp_path / "certificate.pem")
        await destination.send(LINES)
        [request] = receiver.received
        assert request.body.decode().splitlines() == LINES
        assert request.headers["authorization"] == "Bearer t0ken"
        assert request.headers["content-type"] == "application/x-ndjson"
        assert destination.name == f"https://localhost:{receiver.port}/anchors"
        assert "t0ken" not in repr(destination)
        with pytest.raises(AnchorsUnsent, match="does not answer"):
            await made(url).send(LINES)


@pytest.mark.parametrize("status", [301, 401, 500])
async def test_an_address_that_answers_otherwise_has_not_taken_them(status: int) -> None:
    async with receiving() as receiver:
        receiver.behaviour = answers(status, location="http://127.0.0.1:1/")
        with pytest.raises(AnchorsUnsent, match=str(status)):
            await made(f"{receiver.url}/anchors").send(LINES)
        assert len(receiver.received) == 1


async def test_an_address_that_is_away_is_told() -> None:
    with pytest.raises(AnchorsUnsent, match="does not answer"):
        await made(f"http://127.0.0.1:{free_port()}/").send(LINES)


async def test_an_address_that_hangs_is_left() -> None:
    async with receiving() as receiver:
        receiver.behaviour = hangs
        with pytest.raises(AnchorsUnsent, match="does not answer"):
            await HttpsDestination(receiver.url, seconds=0.2).send(LINES)


@asynccontextmanager
async def loghost(tls: SSLContext | None = None) -> AsyncIterator[tuple[int, list[bytes]]]:
    """A syslog server that frames messages by their length."""
    messages: list[bytes] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while size := (await reader.readuntil(b" ")).strip():
                messages.append(await reader.readexactly(int(size)))
        except asyncio.IncompleteReadError:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=tls)
    try:
        yield server.sockets[0].getsockname()[1], messages
    finally:
        server.close()


@pytest.mark.parametrize("scheme", ["syslog+tls", "syslog+tcp"])
async def test_a_log_host_gets_a_message_for_each(tmp_path: Path, scheme: str) -> None:
    tls = server_tls(tmp_path, "localhost")[0] if scheme == "syslog+tls" else None
    async with loghost(tls) as (port, messages):
        destination = made(
            f"{scheme}://localhost:{port}", ca_file=tmp_path / "certificate.pem" if tls else None
        )
        await destination.send(LINES)
        async with asyncio.timeout(5):
            while len(messages) < len(LINES):
                await asyncio.sleep(0.01)
    for message, line in zip(messages, LINES, strict=True):
        found = re.fullmatch(
            r"<109>1 \d{4}-\d\d-\d\dT[\d:.]+Z \S+ paythread \d+ anchor - (.*)", message.decode()
        )
        assert found is not None
        assert json.loads(found[1]) == json.loads(line)
    assert destination.name == f"{scheme}://localhost:{port}"


async def test_a_log_host_whose_certificate_is_not_trusted_is_told_nothing(tmp_path: Path) -> None:
    tls, _ = server_tls(tmp_path, "localhost")
    async with loghost(tls) as (port, messages):
        with pytest.raises(AnchorsUnsent, match="does not answer"):
            await made(f"syslog+tls://localhost:{port}").send(LINES)
        assert messages == []


def test_syslog_has_its_usual_ports() -> None:
    secure, plain = made("syslog+tls://loghost.example.com"), made("syslog+tcp://127.0.0.1")
    assert isinstance(secure, SyslogDestination)
    assert isinstance(plain, SyslogDestination)
    assert (secure.port, plain.port) == (6514, 514)


@pytest.mark.parametrize(
    "text",
    ["", "file:relative", "http://audit.example.com/", "syslog+tcp://loghost.example.com",
     "syslog://loghost", "https://a:b@host/", "ftp://host/", "syslog+tls://host/path",
     "https://host/" + "a" * 200, "/var/audit", "https://host/#x"],
)  # fmt: skip
def test_what_is_none_is_refused_without_its_text(text: str) -> None:
    with pytest.raises(ValueError, match="must be") as caught:
        made(text)
    assert not text or text not in str(caught.value)
