"""A network between client and service that breaks at any byte, or goes silent and takes nothing."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from urllib.parse import urlsplit


class BadLine:
    """Passes bytes on; `cut_after` many more to the client, every connection is reset. `frozen` passes nothing."""

    def __init__(self, url: str) -> None:
        self._port = urlsplit(url).port
        self._tasks: set[asyncio.Task[None]] = set()
        self._writers: set[asyncio.StreamWriter] = set()
        self._moving = asyncio.Event()
        self._moving.set()
        self.url = ""
        self.cut_after: int | None = None
        self.cuts = 0

    def freeze(self) -> None:
        self._moving.clear()

    def thaw(self) -> None:
        self._moving.set()

    def cut(self) -> None:
        """Resets every connection, in the middle of whatever it carries."""
        self.cuts += 1
        self.cut_after = None
        self._moving.set()
        for writer in self._writers:
            writer.transport.abort()

    @asynccontextmanager
    async def open(self) -> AsyncIterator["BadLine"]:
        server = await asyncio.start_server(self._take, "127.0.0.1", 0, limit=1 << 14)
        self.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        try:
            yield self
        finally:
            self.cut()
            server.close()
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        far_reader, far_writer = await asyncio.open_connection(
            "127.0.0.1", self._port, limit=1 << 14
        )
        self._writers |= {writer, far_writer}
        for source, sink, down in ((reader, far_writer, False), (far_reader, writer, True)):
            task = asyncio.create_task(self._pass_on(source, sink, down=down))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _pass_on(
        self, source: asyncio.StreamReader, sink: asyncio.StreamWriter, *, down: bool
    ) -> None:
        with suppress(OSError):
            while data := await source.read(1 << 14):
                await self._moving.wait()
                last = down and self.cut_after is not None and self.cut_after <= len(data)
                if down and self.cut_after is not None:
                    data = data[: self.cut_after]
                    self.cut_after -= len(data)
                sink.write(data)
                await sink.drain()
                if last:
                    self.cut()
        sink.close()
