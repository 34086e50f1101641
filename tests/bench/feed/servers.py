"""The servers under test, each a process of its own that takes commands on standard input.

bare      `websockets` and its broadcast
fastapi   a WebSocket route of FastAPI, on the same server and settings as ours
ours      the real feed: real gate, real hub, real subscribers that may see the whole merchant
"""

import asyncio
import json
import resource
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import sqlalchemy as sa
import structlog
import uvicorn
from fastapi import FastAPI, WebSocket, WebSocketDisconnect
from websockets.asyncio.server import ServerConnection, broadcast, serve

from agent_feed import socket as feed
from agent_feed.hub import Hub
from app.connections import RequestHead, Socket
from compliance.api_keys import create_key
from compliance.journal import Entry, Event, Journal, Written, record
from compliance.master_keys import MasterKey
from compliance.merchants import create_merchant
from compliance.routes.gate import Gate
from compliance.vault import Vault
from core.clock import utc_now
from core.database import Database
from core.throttle import DEFAULT_LIMITS, Limit, Throttle
from tests.support.doors import CONSOLE, problem, service
from tests.support.free_port import free_port
from tests.support.running import running
from tests.support.tables import all_tables

SIZE = 400
MARK = '"mark":'


def text(number: int) -> str:
    """A message of the size that an event has."""
    head = f'{{"op":"event",{MARK}{number},"text":"'
    return head + "x" * (SIZE - len(head) - 2) + '"}'


class Server:
    """What a server under test can do."""

    def __init__(self) -> None:
        self.port = free_port()
        self.header = ""

    async def say(self, number: int, many: int) -> int:
        """Sends `many` messages that are ready together; answers their bytes."""
        raise NotImplementedError

    async def happen(self, number: int) -> int:
        """One message as its cause happens; answers when it was final, in nanoseconds."""
        await self.say(number, 1)
        return time.monotonic_ns()


class Bare(Server):
    """`websockets.broadcast`, which writes each message by itself."""

    connections: set[ServerConnection]

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        self.connections = set()

        async def handler(connection: ServerConnection) -> None:
            self.connections.add(connection)
            await connection.wait_closed()

        async with serve(handler, "127.0.0.1", self.port, compression=None, ping_interval=None):
            yield

    async def say(self, number: int, many: int) -> int:
        for each in range(number, number + many):
            broadcast(self.connections, text(each))
        return many * (SIZE + 4)

    async def happen(self, number: int) -> int:
        at = time.monotonic_ns()
        await self.say(number, 1)
        return at


@asynccontextmanager
async def served(app: Any, port: int) -> AsyncIterator[None]:
    """On the server that we run, as we run it."""
    config = uvicorn.Config(
        app, port=port, log_level="error", lifespan="off", ws=Socket, http=RequestHead,
        ws_per_message_deflate=False, access_log=False, timeout_graceful_shutdown=1,
        ws_ping_interval=None,
    )  # fmt: skip
    async with running(uvicorn.Server(config)):
        yield


class Plain(Server):
    """FastAPI's own way: `send_text` to one after the other."""

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        app = FastAPI()
        self.connections: set[WebSocket] = set()

        @app.websocket("/")
        async def route(websocket: WebSocket) -> None:
            await websocket.accept()
            self.connections.add(websocket)
            try:
                while True:
                    await websocket.receive_text()
            except WebSocketDisconnect:
                self.connections.discard(websocket)

        async with served(app, self.port):
            yield

    async def say(self, number: int, many: int) -> int:
        for each in range(number, number + many):
            message = text(each)
            for one in self.connections:
                await one.send_text(message)
        return many * (SIZE + 4)


class Ours(Server):
    """The product's feed on a database of its own."""

    database: Database
    hub: Hub
    merchant: str
    position: int
    epoch: str

    def __init__(self, url: str | None = None) -> None:
        super().__init__()
        self.url = url

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        with tempfile.TemporaryDirectory(prefix="paythread-bench-") as folder:
            url = self.url or f"sqlite:///{Path(folder) / 'bench.db'}"
            engine = sa.create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
            all_tables().create_all(engine)
            engine.dispose()
            self.database = Database(url)
            vault = Vault(MasterKey.from_text("ab" * 32))
            journal = Journal(vault)
            self.database.before_commit.append(journal.flush)
            await self._people()
            self.hub = Hub(self.database, vault, utc_now)
            journal.listeners.append(self.hub.take)
            gate = Gate(
                database=self.database,
                vault=vault,
                throttle=Throttle({name: Limit(10**9, 60) for name in DEFAULT_LIMITS}),
                clock=utc_now,
                origins=frozenset({CONSOLE}),
                secure_cookies=False,
                problem=problem,
            )
            await self.hub.start()
            async with served(service(gate, feed.router, state={"hub": self.hub}), self.port):
                yield
            await self.hub.stop()
            await self.database.close()

    async def _people(self) -> None:
        async with self.database.transaction() as session:
            merchant = await create_merchant(
                session, name="Bench", currency="GBP", locale="en-GB", country="GB", now=utc_now()
            )
            key = await create_key(
                session, merchant=merchant.id, name="Bench", actor="system", now=utc_now()
            )
        self.merchant = merchant.id
        self.header = f"Authorization: Bearer {key.secret}"

    async def say(self, number: int, many: int) -> int:
        """Handed to the hub as a commit hands over what it wrote; the commit is not part of the fan-out."""
        last = self.hub.announced(self.merchant)
        assert last is not None
        entries = [self._entry(last.upto + 1 + each, number + each) for each in range(many)]
        written = Written(self.merchant, last.epoch, [], [])
        vars(written)["entries"] = entries
        self.hub.take(written)
        return many * (SIZE + 4)

    def _entry(self, position: int, number: int) -> Entry:
        now = utc_now()
        entry = Entry(
            position=position, id=f"evt_{position:026}", type="checkout.field_completed",
            occurred_at=now, merchant=self.merchant, link="lnk_" + "0" * 26, payment=None, attempt=None,
            customer="cus_" + "0" * 26, conversation=None, agent=None, channel=None, actor="customer",
            data={"mark": number},
        )  # fmt: skip
        event = json.dumps(entry.as_event(), separators=(",", ":"), ensure_ascii=False)
        frame = len('{"op":"event","event":') + len(event) + 1
        filler = SIZE - frame - len(',"x":""')
        return replace(entry, data={"mark": number, "x": "x" * filler})

    async def happen(self, number: int) -> int:
        done = 0

        def note() -> None:
            nonlocal done
            done = time.monotonic_ns()

        async with self.database.transaction() as session:
            # First of what follows the commit, so that the commit is in nobody's figure.
            session.after_commit.append(note)
            record(
                session,
                Event(
                    type="checkout.field_completed",
                    merchant=self.merchant,
                    occurred_at=utc_now(),
                    actor="customer",
                    data={"mark": number, "x": "x" * 60},
                ),
            )
        return done


async def commands(server: Server) -> None:
    """Serves commands until the input ends."""
    numbers = 0

    async def send(count: str, many: str) -> object:
        nonlocal numbers
        size = 0
        for _ in range(int(count)):
            size += await server.say(numbers, int(many))
            numbers += int(many)
            await asyncio.sleep(0)
        return size

    async def steady(count: str, a_second: str) -> object:
        nonlocal numbers
        began, times = time.monotonic(), []
        for each in range(int(count)):
            await asyncio.sleep(max(0.0, began + each / float(a_second) - time.monotonic()))
            times.append(await server.happen(numbers))
            numbers += 1
        return times

    async def used() -> object:
        usage = resource.getrusage(resource.RUSAGE_SELF)
        return {"cpu_seconds": usage.ru_utime + usage.ru_stime, "resident_bytes": resident()}

    known: dict[str, Callable[..., Awaitable[object]]] = {
        "send": send, "steady": steady, "used": used,
    }  # fmt: skip
    reader = asyncio.StreamReader(limit=1 << 24)
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), sys.stdin
    )
    print(json.dumps({"port": server.port, "header": server.header}), flush=True)
    while line := (await reader.readline()).decode():
        name, *arguments = line.split()
        print(json.dumps(await known[name](*arguments)), flush=True)


def resident() -> int:
    """The memory that this process holds, in bytes."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize()


async def run(kind: str, *arguments: str) -> None:
    """One server until its input ends."""
    server: Any = {"bare": Bare, "fastapi": Plain, "ours": Ours}[kind](*arguments)
    async with server.running():
        await commands(server)


def main() -> None:
    """On the event loop that the service runs on."""
    # Standard output is for answers.
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    asyncio.run(run(*sys.argv[1:]))


if __name__ == "__main__":
    main()
