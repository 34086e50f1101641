"""One request goes to a checked address and nowhere else, and whatever the far end does, it ends soon and small."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

import pytest

from core.outbound import problems
from core.outbound.destinations import Destinations
from core.outbound.sender import ANSWER_BYTES_MAX, Answer, Sender
from tests.core.outbound.conftest import NewSender
from tests.support.certificates import server_tls
from tests.support.loopback import LeftTheMachine
from tests.support.receiver import (
    Behaviour,
    Receiver,
    answers,
    hangs,
    receiving,
    writes,
)

BODY = b'{"type":"link.created"}'
HEADERS = {"webhook-id": "evt_1", "webhook-timestamp": "1", "webhook-signature": "v1,abc"}


def resolving(*answers_in_turn: Sequence[str]) -> Destinations:
    """Trusts nobody; each look-up has the next answer."""
    left = list(answers_in_turn)

    async def resolver(_host: str, _port: int) -> Sequence[str]:
        return left.pop(0)

    return Destinations(resolver=resolver)


async def post(sender: Sender, url: str) -> Answer:
    async with asyncio.timeout(8):
        return await sender.send(url, headers=HEADERS, body=BODY)


async def test_the_request_is_a_plain_post_with_the_headers_given(
    new_sender: NewSender, receiver: Receiver
) -> None:
    receiver.behaviour = answers(200, body=b"thanks", content_type="text/plain", set_cookie="a=1")
    answer = await post(new_sender(), f"{receiver.url}/hook?a=1&b=%20")
    assert (200, None, b"thanks") == (answer.status, answer.problem, answer.body)
    assert {"content-type": "text/plain", "content-length": "6"} == dict(answer.headers)
    [got] = receiver.received
    assert ("/hook?a=1&b=%20", BODY) == (got.path, got.body)
    assert {
        **HEADERS,
        "host": f"127.0.0.1:{receiver.port}",
        "content-type": "application/json",
        "content-length": str(len(BODY)),
        "user-agent": "Paythread-Webhooks/1",
        "accept": "*/*",
        "accept-encoding": "identity",
        "connection": "close",
    } == got.headers


async def test_the_connection_goes_to_the_checked_address_under_the_urls_name(
    new_sender: NewSender, tmp_path: Path
) -> None:
    """The name is only known to our resolver, and the certificate is only good for the name."""
    server, client = server_tls(tmp_path, "hooks.test")

    async def resolver(_host: str, _port: int) -> Sequence[str]:
        return ["127.0.0.1"]

    async with receiving(server) as receiver:
        trusted = Destinations(["hooks.test", "other.test"], resolver=resolver)
        sender = new_sender(trusted, tls=client)
        answer = await post(sender, f"https://hooks.test:{receiver.port}/")
        assert (204, None) == (answer.status, answer.problem)
        assert f"hooks.test:{receiver.port}" == receiver.received[0].headers["host"]
        other = await post(sender, f"https://other.test:{receiver.port}/")
        assert problems.TLS_FAILED == other.problem
        assert 1 == len(receiver.received)


async def test_a_certificate_that_nobody_vouches_for_is_refused(
    new_sender: NewSender, tmp_path: Path
) -> None:
    server, _ = server_tls(tmp_path, "localhost")
    async with receiving(server) as receiver:
        sender = new_sender(Destinations(["localhost"]))
        answer = await post(sender, f"https://localhost:{receiver.port}/")
        assert (problems.TLS_FAILED, []) == (answer.problem, receiver.received)


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "::ffff:127.0.0.1", "10.0.0.1", "169.254.169.254"]
)
async def test_a_name_that_stands_for_a_private_address_is_not_connected_to(
    new_sender: NewSender, receiver: Receiver, address: str
) -> None:
    answer = await post(new_sender(resolving([address])), "https://evil.example/")
    assert (problems.ADDRESS_REFUSED, 0) == (answer.problem, receiver.connections)


async def test_a_name_that_turns_private_after_it_was_checked_finds_nobody_who_asks_again(
    new_sender: NewSender, receiver: Receiver
) -> None:
    """The guard of these tests refuses the first, public address; a second look-up would have led to loopback."""
    looked_up: list[str] = []

    async def rebinding(host: str, _port: int) -> Sequence[str]:
        looked_up.append(host)
        return ["192.88.98.1"] if len(looked_up) == 1 else ["127.0.0.1"]

    sender = new_sender(Destinations(resolver=rebinding))
    with pytest.RaisesGroup(pytest.RaisesExc(LeftTheMachine, match=r"192\.88\.98\.1")):
        await post(sender, "https://evil.example:8443/")
    assert (["evil.example"], 0) == (looked_up, receiver.connections)


async def test_a_redirect_is_not_followed(new_sender: NewSender, receiver: Receiver) -> None:
    receiver.behaviour = answers(302, location=f"{receiver.url}/elsewhere")
    answer = await post(new_sender(), f"{receiver.url}/hook")
    assert (302, problems.REDIRECTED) == (answer.status, answer.problem)
    assert f"{receiver.url}/elsewhere" == answer.headers["location"]
    assert ["/hook"] == [each.path for each in receiver.received]


@pytest.mark.parametrize("status", [200, 201, 202, 204, 299])
async def test_any_2xx_is_an_arrival(
    new_sender: NewSender, receiver: Receiver, status: int
) -> None:
    receiver.behaviour = answers(status)
    assert (await post(new_sender(), receiver.url)).accepted


@pytest.mark.parametrize(
    ("behaviour", "problem"),
    [
        (hangs, problems.TIMEOUT),
        (writes(*([b"H", b"T", b"T", b"P"] * 20), pause_seconds=0.1), problems.TIMEOUT),
        (
            writes(b"HTTP/1.1 200 OK\r\n", *([b"x: y\r\n"] * 50), pause_seconds=0.1),
            problems.TIMEOUT,
        ),
        (writes(*([b"HTTP/1.1 100 Continue\r\n\r\n"] * 50), pause_seconds=0.1), problems.TIMEOUT),
        (writes(b"HTTP/1.1 200 OK\r\nx: " + b"y" * 300_000 + b"\r\n\r\n"), problems.NO_HTTP),
        (writes(b"hello\r\n\r\n"), problems.NO_HTTP),
        (writes(), problems.NO_HTTP),
        (answers(410), problems.GONE),
        (answers(400), problems.STATUS),
        (answers(500), problems.STATUS),
    ],
)
async def test_anything_else_is_a_problem_with_a_name(
    new_sender: NewSender, receiver: Receiver, behaviour: Behaviour, problem: str
) -> None:
    receiver.behaviour = behaviour
    assert problem == (await post(new_sender(), receiver.url)).problem


async def test_of_a_huge_answer_only_the_start_is_read(
    new_sender: NewSender, receiver: Receiver
) -> None:
    written: list[int] = []

    async def floods(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 1000000000\r\n\r\n")
        for _ in range(10_000):
            writer.write(b"x" * 100_000)
            await writer.drain()
            written.append(1)

    receiver.behaviour = floods
    answer = await post(new_sender(), receiver.url)
    assert (200, b"x" * ANSWER_BYTES_MAX) == (answer.status, answer.body)
    await asyncio.sleep(0.2)
    assert len(written) < 1000


async def test_a_get_has_no_body_and_reads_as_much_of_the_answer_as_is_allowed(
    new_sender: NewSender, receiver: Receiver
) -> None:
    receiver.behaviour = answers(200, body=b"k" * 20_000)
    sender = new_sender(answer_bytes_max=10_000)
    answer = await sender.send(f"{receiver.url}/keys", headers={"accept": "x/y"}, method="GET")
    assert (200, 10_000) == (answer.status, len(answer.body))
    [got] = receiver.received
    assert ("GET", "/keys", b"", "x/y") == (got.method, got.path, got.body, got.headers["accept"])


async def test_a_body_that_dribbles_is_cut_and_the_status_counts(
    new_sender: NewSender, receiver: Receiver
) -> None:
    receiver.behaviour = writes(
        b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n", *([b"z"] * 1000), pause_seconds=0.2
    )
    answer = await post(new_sender(), receiver.url)
    assert (200, None) == (answer.status, answer.problem)
    assert 1 <= len(answer.body) <= 15


async def test_the_next_address_is_tried_where_nobody_listens(
    new_sender: NewSender, receiver: Receiver
) -> None:
    async def resolver(_host: str, _port: int) -> Sequence[str]:
        return ["127.0.0.9", "127.0.0.1"]

    sender = new_sender(Destinations(["hooks.test"], resolver=resolver))
    answer = await post(sender, f"http://hooks.test:{receiver.port}/")
    assert (204, 1) == (answer.status, receiver.connections)


async def test_where_nobody_listens_at_all_the_connection_failed(new_sender: NewSender) -> None:
    async with receiving() as gone:
        url = gone.url
    assert problems.CONNECTION_FAILED == (await post(new_sender(), url)).problem


async def test_a_name_server_that_does_not_answer_is_not_waited_for(new_sender: NewSender) -> None:
    async def resolver(_host: str, _port: int) -> Sequence[str]:
        await asyncio.sleep(60)
        return []

    answer = await post(new_sender(Destinations(resolver=resolver)), "https://slow.example/")
    assert problems.TIMEOUT == answer.problem


async def test_a_url_that_is_no_longer_allowed_is_not_asked_for(new_sender: NewSender) -> None:
    answer = await post(new_sender(resolving()), "http://127.0.0.1/")
    assert problems.URL_REFUSED == answer.problem
