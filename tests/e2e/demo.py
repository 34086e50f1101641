"""A running `paythread demo`: started as a user starts it, observed through its public doors."""

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2

from app.demo.plan import DATABASE_VARIABLE
from core.database import Database
from tests.e2e.processes import Running, children_of, free_ports
from tests.e2e.waiting import eventually
from tests.support import children

PORTS = 4
_FOREIGN = ("PAYTHREAD_", "STRIPE_", "TWILIO_", "SMTP_")
START_SECONDS_MAX = 150


@dataclass
class Used:
    """What the customers typed and what must be found nowhere."""

    numbers: set[str] = field(default_factory=set)
    codes: set[str] = field(default_factory=set)
    tokens: set[str] = field(default_factory=set)
    # Everything that came to our service from a browser, and everything that the agents were shown.
    seen: list[str] = field(default_factory=list)


@dataclass
class Demo:
    """One demo. `description` is its `demo.json`; empty until it answers."""

    folder: Path
    port: int
    process: "subprocess.Popen[bytes]"
    output: Path
    database_url: str
    client: httpx2.AsyncClient
    started_ns: int
    description: dict[str, Any] = field(default_factory=dict)
    used: Used = field(default_factory=Used)

    @property
    def service(self) -> str:
        return str(self.description["service_url"])

    @property
    def simulator(self) -> str:
        return str(self.description["simulator_url"])

    @property
    def sandbox(self) -> str:
        return str(self.description["sandbox_url"])

    def person(self, role: str = "agent", number: int = 0) -> tuple[str, str]:
        """Email and password of a user of this role, the first unless said otherwise."""
        users = [user for user in self.description["users"] if user["role"] == role]
        return users[number]["email"], users[number]["password"]

    async def until_ready(self) -> None:
        """Waits for `demo.json`, which is written once everything answers."""
        path = self.folder / "demo.json"

        async def look() -> bool:
            assert self.process.poll() is None, self.output.read_text()
            return path.exists() and path.stat().st_mtime_ns > self.started_ns

        await eventually(look, "the demo is ready", seconds=START_SECONDS_MAX)
        self.description = json.loads(path.read_text())

    def parts(self) -> list[Running]:
        """The processes that the demo has started."""
        return children_of(self.process.pid)

    def service_pid(self) -> int:
        """The process of the service itself."""
        return next(part.pid for part in self.parts() if " serve" in part.command)

    def interrupt(self) -> None:
        """Ctrl-C."""
        self.process.send_signal(signal.SIGINT)

    async def ended(self, *, seconds: float = 30) -> int:
        """Waits for the end; answers the exit code."""

        async def look() -> bool:
            return self.process.poll() is not None

        await eventually(look, "the demo ended", seconds=seconds)
        return int(self.process.returncode)

    # What integrators can see

    async def get(self, path: str, **params: Any) -> Any:
        """A GET of the service's API with the demo's key."""
        answer = await self.client.get(
            self.service + path,
            params=params,
            headers={"Authorization": f"Bearer {self.description['api_key']}"},
        )
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def post(self, path: str, body: dict[str, Any], **headers: str) -> httpx2.Response:
        """A POST to the service's API with the demo's key."""
        return await self.client.post(
            self.service + path,
            json=body,
            headers={"Authorization": f"Bearer {self.description['api_key']}", **headers},
        )

    async def position(self) -> int:
        """The journal's head."""
        return int((await self.get("/v1/events", after=0, limit=1))["as_of"])

    async def events(self, after: int = 0) -> list[dict[str, Any]]:
        """Every event after a position, page by page."""
        found: list[dict[str, Any]] = []
        while True:
            page = (await self.get("/v1/events", after=after, limit=200))["data"]
            if not page:
                return found
            found += page
            after = page[-1]["position"]

    async def events_of(self, link: str, *, after: int = 0) -> list[dict[str, Any]]:
        """Every event of one link, as `GET /v1/events` tells them."""
        return [event for event in await self.events(after) if event["link"] == link]

    async def intents_of(self, link: str) -> list[dict[str, Any]]:
        """Every payment intent that the PSP holds for a link."""
        secrets = json.loads((self.folder / "demo-secrets.json").read_text())
        return [
            intent
            for intent in await intents(self.client, self.sandbox, secrets["stripe_secret_key"])
            if intent["metadata"].get("paythread_link") == link
        ]

    def database(self) -> Database:
        """The service's own database, opened beside it. Close it."""
        return Database(self.database_url)


async def intents(client: httpx2.AsyncClient, sandbox: str, key: str) -> list[dict[str, Any]]:
    """Every payment intent of the sandbox PSP, page by page."""
    found: list[dict[str, Any]] = []
    more: dict[str, str] = {}
    while True:
        answer = await client.get(
            f"{sandbox}/v1/payment_intents",
            params={"limit": 100, **more},
            headers={"Authorization": f"Bearer {key}"},
        )
        assert answer.status_code == 200, answer.text
        page = answer.json()
        found += page["data"]
        if not page["has_more"]:
            return found
        more = {"starting_after": page["data"][-1]["id"]}


def start_demo(
    folder: Path,
    client: httpx2.AsyncClient,
    *options: str,
    port: int | None = None,
    database_url: str | None = None,
) -> Demo:
    """Starts `paythread demo`, in a process group of its own. It is not ready yet."""
    port = port or free_ports(PORTS)
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(_FOREIGN)
    }
    if database_url is not None:
        environment[DATABASE_VARIABLE] = database_url
    # Beside the data, as it would stand in the user's terminal.
    output = folder.parent / f"{folder.name}-terminal.txt"
    started_ns = time.time_ns()
    process = children.start(
        [
            *(sys.executable, "-m", "app.cli", "demo"),
            *("--data", str(folder), "--port", str(port)),
            *options,
        ],
        log=output,
        environment=environment,
        own_group=True,
    )
    return Demo(
        folder=folder,
        port=port,
        process=process,
        output=output,
        database_url=database_url or f"sqlite:///{folder / 'paythread.sqlite'}",
        client=client,
        # An earlier demo's `demo.json` may lie there.
        started_ns=started_ns,
    )


def end(demo: Demo) -> None:
    """Ends a demo however it stands, for the end of a test."""
    if demo.process.poll() is None:
        children.stop(demo.process, by=signal.SIGINT)
