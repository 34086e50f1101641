"""The destinations of anchors: a file, an https address, a syslog server.

file:/path                  appended to and synced; a volume that is written elsewhere, or once
https://host/path           POST of JSON lines (application/x-ndjson); any 2xx means that they are kept
syslog+tls://host[:6514]    RFC 5424 by TLS (RFC 5425), one message a line; syslog answers nothing
syslog+tcp://127.0.0.1      the same without TLS, to this machine's own relay alone
"""

import asyncio
import os
import socket
import ssl
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import httpx2

from compliance.journal.anchor_rounds import AnchorsUnsent, Destination
from core.clock import Clock, rfc3339

_SECONDS: Final = 10
_LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})
_SYSLOG_PORTS: Final = {"syslog+tls": 6514, "syslog+tcp": 514}
# Facility 13 (log audit), severity 5 (notice).
_PRIORITY: Final = 13 * 8 + 5
_NAME_MAX: Final = 200


@dataclass(frozen=True, slots=True)
class FileDestination:
    """Lines at the end of a file."""

    path: Path

    @property
    def name(self) -> str:
        """As in the setting."""
        return f"file:{self.path}"

    async def send(self, lines: Sequence[str]) -> None:
        """Raises `AnchorsUnsent`."""
        try:
            await asyncio.to_thread(append_lines, self.path, lines)
        except OSError as error:
            raise AnchorsUnsent(f"It cannot be written ({type(error).__name__}).") from None


@dataclass(frozen=True, slots=True)
class HttpsDestination:
    """One POST for all lines."""

    url: str
    token: str | None = field(default=None, repr=False)
    ca_file: Path | None = None
    seconds: float = _SECONDS

    @property
    def name(self) -> str:
        """The address without its query, which may hold a secret."""
        return self.url.partition("?")[0]

    async def send(self, lines: Sequence[str]) -> None:
        """Raises `AnchorsUnsent` for anything but a 2xx."""
        headers = {"content-type": "application/x-ndjson"}
        if self.token is not None:
            headers["authorization"] = f"Bearer {self.token}"
        body = "".join(f"{line}\n" for line in lines).encode()
        try:
            async with (
                asyncio.timeout(self.seconds),
                httpx2.AsyncClient(verify=_trusting(self.ca_file), trust_env=False) as client,
                client.stream("POST", self.url, content=body, headers=headers) as answer,
            ):
                status = answer.status_code
        except (httpx2.HTTPError, OSError, TimeoutError) as error:
            raise AnchorsUnsent(f"It does not answer ({type(error).__name__}).") from None
        if not 200 <= status < 300:
            raise AnchorsUnsent(f"It answered {status}.")


@dataclass(frozen=True, slots=True)
class SyslogDestination:
    """A connection for each batch, messages framed by their length (RFC 6587 section 3.4.1)."""

    scheme: str
    host: str
    port: int
    clock: Clock
    ca_file: Path | None = None
    seconds: float = _SECONDS

    @property
    def name(self) -> str:
        """As in the setting, with the port."""
        return f"{self.scheme}://{self.host}:{self.port}"

    async def send(self, lines: Sequence[str]) -> None:
        """Raises `AnchorsUnsent`. That it was written to the connection is all that syslog lets us know."""
        tls = _trusting(self.ca_file) if self.scheme == "syslog+tls" else None
        try:
            async with asyncio.timeout(self.seconds):
                _, writer = await asyncio.open_connection(self.host, self.port, ssl=tls)
                try:
                    for line in lines:
                        message = self._message(line)
                        writer.write(b"%d %b" % (len(message), message))
                    await writer.drain()
                finally:
                    writer.close()
                    with suppress(OSError):
                        await writer.wait_closed()
        except (OSError, TimeoutError) as error:
            raise AnchorsUnsent(f"It does not answer ({type(error).__name__}).") from None

    def _message(self, line: str) -> bytes:
        host = socket.gethostname()[:255] or "-"
        return (
            f"<{_PRIORITY}>1 {rfc3339(self.clock())} {host} paythread {os.getpid()} anchor - {line}"
        ).encode()


def append_lines(path: Path, lines: Sequence[str]) -> None:
    """At the end of the file, and on the disk once this returns. Raises `OSError`."""
    with path.open("a", encoding="utf-8") as file:
        file.write("".join(f"{line}\n" for line in lines))
        file.flush()
        os.fsync(file.fileno())


def read_destination(
    text: str, *, clock: Clock, token: str | None = None, ca_file: Path | None = None
) -> Destination:
    """The destination that a setting names. Raises `ValueError` with what is wrong, never with the text itself."""
    if text.startswith("file:/"):
        found: Destination = FileDestination(Path(text.removeprefix("file:")))
    else:
        parts = urlsplit(text)
        host = parts.hostname
        if not host or "@" in parts.netloc or parts.fragment:
            raise ValueError("must be file:/path, https://…, syslog+tls://… or syslog+tcp://…")
        if parts.scheme in {"http", "syslog+tcp"} and host not in _LOOPBACK:
            raise ValueError("must be https or syslog+tls outside this machine")
        if parts.scheme in {"https", "http"}:
            found = HttpsDestination(text, token, ca_file)
        elif parts.scheme in _SYSLOG_PORTS and not parts.path.strip("/") and not parts.query:
            port = parts.port or _SYSLOG_PORTS[parts.scheme]
            found = SyslogDestination(parts.scheme, host, port, clock, ca_file)
        else:
            raise ValueError("must be file:/path, https://…, syslog+tls://… or syslog+tcp://…")
    if len(found.name) > _NAME_MAX:
        raise ValueError(f"must be at most {_NAME_MAX} characters long")
    return found


def _trusting(ca_file: Path | None) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=ca_file)
