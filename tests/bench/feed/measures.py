"""What is measured of a server, and how. Everything is a ratio to the bare one in the same run."""

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Self

from tests.bench.feed.servers import MARK

# So much goes out before the readers are waited for: it fits into every socket's buffers.
_A_ROUND = 40


class Child:
    """A process that takes a command a line and answers each with a line of JSON."""

    def __init__(
        self, module: str, *arguments: str, by: Sequence[str] = (sys.executable, "-m")
    ) -> None:
        self._process = subprocess.Popen(
            [*by, module, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()

    def begin(self, *words: object) -> None:
        """Gives a command; `answer` waits for it."""
        assert self._process.stdin is not None
        self._process.stdin.write(" ".join(str(word) for word in words) + "\n")
        self._process.stdin.flush()

    def answer(self) -> Any:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, "the process has ended"
        return json.loads(line)

    def ask(self, *words: object) -> Any:
        self.begin(*words)
        return self.answer()


@dataclass(frozen=True)
class Stand:
    """A server with readers connected to it."""

    server: Child
    readers: Child
    sockets: int


@contextmanager
def stand(kind: str, sockets: int, *arguments: str) -> Iterator[Stand]:
    """Both processes, until the block ends."""
    with (
        Child("tests.bench.feed.servers", kind, *arguments) as server,
        Child("tests.bench.feed.readers") as readers,
    ):
        hello = server.answer()
        path = "/v1/feed" if kind == "ours" else "/"
        readers.ask("connect", "127.0.0.1", hello["port"], path, sockets, hello["header"])
        yield Stand(server, readers, sockets)


def deliveries_a_cpu_second(one: Stand, *, together: int) -> float:
    """How many messages reached a socket for each second of the server's processor time, in one round."""
    before = one.server.ask("used")["cpu_seconds"]
    size = one.server.ask("send", _A_ROUND, together)
    one.readers.ask("expect", size)
    spent = one.server.ask("used")["cpu_seconds"] - before
    return float(one.sockets * _A_ROUND * together / spent)


def delays_milliseconds(one: Stand, *, count: int, a_second: int) -> list[float]:
    """From the moment that a message was final to each reader's having it, sorted."""
    one.readers.begin("times", MARK, count)
    sent: Sequence[int] = one.server.ask("steady", count, a_second)
    seen = one.readers.answer()
    return sorted(
        (at - final) / 1e6 for reader in seen for at, final in zip(reader, sent, strict=True)
    )


def bytes_a_socket(kind: str, sockets: int) -> float:
    """What an idle socket adds to the server's memory. The first hundred pay for what all of them share."""
    first = 100
    with (
        Child("tests.bench.feed.servers", kind) as server,
        Child("tests.bench.feed.readers") as readers,
    ):
        hello = server.answer()
        where = ("127.0.0.1", hello["port"], "/v1/feed" if kind == "ours" else "/")
        readers.ask("connect", *where, first, hello["header"])
        before = server.ask("used")["resident_bytes"]
        readers.ask("connect", *where, sockets, hello["header"])
        return float((server.ask("used")["resident_bytes"] - before) / sockets)
