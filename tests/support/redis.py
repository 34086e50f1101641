"""A real Redis for the tests, on a port of loopback, keeping nothing on disk."""

import shutil
import signal
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Self

import redis

from tests.support import children
from tests.support.free_port import free_port


def find_server() -> str | None:
    """The server's program: Redis, or Valkey, which speaks the same protocol."""
    return shutil.which("redis-server") or shutil.which("valkey-server")


class RedisServer:
    """A server of our own; `url` is how the settings name it."""

    def __init__(self, program: str) -> None:
        self._program = program
        self._home = Path(tempfile.mkdtemp(prefix="pt-redis-"))
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"

    def __enter__(self) -> Self:
        self.start()
        return self

    def start(self) -> None:
        """Starts it, with nothing in it, and waits until it answers."""
        self._process = children.start(
            [
                self._program,
                *("--port", str(self.port), "--bind", "127.0.0.1", "--dir", str(self._home)),
                *("--save", "", "--appendonly", "no"),
            ],
            log=self._home / "log",
        )
        deadline = time.monotonic() + 10
        with redis.Redis.from_url(self.url) as client:
            while True:
                try:
                    client.ping()
                except redis.ConnectionError:
                    if self._process.poll() is not None or time.monotonic() > deadline:
                        log = (self._home / "log").read_text(errors="replace")
                        raise RuntimeError(f"Redis did not start:\n{log}") from None
                    time.sleep(0.02)
                else:
                    return

    def kill(self) -> None:
        """Ends it without a word, and with everything in it."""
        self._process.kill()
        self._process.wait(timeout=10)

    def freeze(self) -> None:
        """Makes it answer nothing, with its connections open."""
        self._process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Lets it go on."""
        self._process.send_signal(signal.SIGCONT)

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        children.stop(self._process)
        shutil.rmtree(self._home, ignore_errors=True)

    def empty(self) -> None:
        """Forgets everything."""
        with redis.Redis.from_url(self.url) as client:
            client.flushall()
