"""A proxy between the customer and the service that may change what passes: the page's HTML and its headers."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

Headers = list[tuple[str, str]]


@dataclass
class Tampering:
    """What is done to answers whose type is HTML; at first nothing."""

    port: int
    html: Callable[[str], str] = field(default=lambda text: text)
    headers: Callable[[Headers], Headers] = field(default=lambda headers: headers)
    # What is done to a file: by the beginning of its path.
    files: dict[str, Callable[[bytes], bytes]] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def rests(self) -> None:
        """Passes everything on as it is again."""
        self.html, self.headers, self.files = lambda text: text, lambda headers: headers, {}

    def injects(self, markup: str) -> None:
        """Puts this in front of the end of each page's body."""
        self.html = lambda text: text.replace("</body>", f"{markup}</body>")

    def changed(self, path: str, head: str, body: bytes) -> tuple[str, bytes]:
        first, *lines = head.split("\r\n")
        headers = [(name, value) for name, _, value in (line.partition(": ") for line in lines)]
        kind = next((value for name, value in headers if name.lower() == "content-type"), "")
        if kind.startswith("text/html"):
            body = self.html(body.decode()).encode()
            headers = self.headers(headers)
        for start, change in self.files.items():
            if path.startswith(start):
                body = change(body)
        headers = [
            each for each in headers if each[0].lower() not in {"content-length", "connection"}
        ]
        headers += [("content-length", str(len(body))), ("connection", "close")]
        return "\r\n".join([first, *(f"{name}: {value}" for name, value in headers)]), body


@asynccontextmanager
async def tampering(port: int, service_port: int) -> AsyncIterator[Tampering]:
    """The proxy on this port of loopback, one request a connection, until the block ends."""
    state = Tampering(port)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await _pass(state, service_port, reader, writer)
        except (OSError, asyncio.IncompleteReadError):
            pass  # whoever asked has gone
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", port)
    async with server:
        yield state


async def _pass(
    state: Tampering, to: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    length = re.search(r"(?i)^content-length: (\d+)", head, re.M)
    body = await reader.readexactly(int(length[1])) if length else b""
    head = re.sub(r"(?i)^(connection|accept-encoding):.*\r\n", "", head, flags=re.M)
    head = f"{head[:-2]}connection: close\r\n\r\n"
    up_reader, up_writer = await asyncio.open_connection("127.0.0.1", to)
    up_writer.write(head.encode("latin-1") + body)
    answer, _, content = (await up_reader.read(-1)).partition(b"\r\n\r\n")
    up_writer.close()
    new_head, content = state.changed(head.split(" ")[1], answer.decode("latin-1"), content)
    writer.write(new_head.encode("latin-1") + b"\r\n\r\n" + content)
    await writer.drain()
