"""Many processes over one PostgreSQL and one Redis: two services, two workers, and the customer's phone beside them."""

import asyncio
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2

from app.demo.plan import Child
from tests.e2e.stand import Stand, new_stand
from tests.support import children
from tests.support.free_port import free_port
from tests.support.redis import RedisServer

SERVICES = ("service-1", "service-2")
WORKERS = ("worker-1", "worker-2")


@dataclass
class Person:
    """Somebody who is signed in, whichever service they talk to."""

    cookie: str
    csrf: str

    @property
    def headers(self) -> dict[str, str]:
        return {"Cookie": self.cookie, "X-CSRF-Token": self.csrf}


class Cluster:
    """Starts, kills and revives each process by its name."""

    def __init__(
        self, folder: Path, client: httpx2.AsyncClient, database_url: str, redis: RedisServer
    ) -> None:
        self.stand: Stand = new_stand(folder, client, database_url)
        self.client = client
        self.redis = redis
        self.urls = [self.stand.url, f"http://127.0.0.1:{free_port()}"]
        self._processes: dict[str, subprocess.Popen[bytes]] = {}

    async def start(self) -> None:
        """Everything, the far ends first."""
        await self.stand.prepare()
        self.merchant = self.stand.merchant
        for name in (*SERVICES, *WORKERS):
            await self.revive(name)

    async def revive(self, name: str) -> None:
        """Starts one process; a service is waited for."""
        child = self._child(name)
        self._processes[name] = self.stand.begin(child)
        if name in SERVICES:
            await self.stand.until_answering(child, self._processes[name])

    async def kill(self, name: str, by: signal.Signals = signal.SIGKILL) -> None:
        """Ends one process, and waits for its end."""
        process = self._processes[name]
        process.send_signal(by)
        await asyncio.to_thread(process.wait, 30)

    def end(self) -> None:
        for process in (*self._processes.values(), *self.stand.far_ends):
            if process.poll() is None:
                children.stop(process)

    async def ask(self, method: str, path: str, **options: Any) -> httpx2.Response:
        """A request to whichever service takes it: what a load balancer does."""
        last: Exception | None = None
        for _ in range(200):
            for url in self.urls:
                try:
                    answer = await self.client.request(method, url + path, **options)
                except httpx2.TransportError as error:
                    last = error
                    continue
                # 409: the same key is still at work where the connection broke.
                if answer.status_code not in {409, 429, 502, 503}:
                    return answer
            await asyncio.sleep(0.1)
        raise AssertionError(f"nobody answers: {last!r}")

    async def sign_in(self, email: str, password: str) -> Person:
        """A session, good at every service."""
        answer = await self.ask("POST", "/v1/sessions", json={"email": email, "password": password})
        assert answer.status_code == 201, answer.text
        cookie = answer.headers["set-cookie"].split(";")[0]
        current = await self.ask("GET", "/v1/sessions/current", headers={"Cookie": cookie})
        return Person(cookie, current.json()["csrf_token"])

    def run(self, *arguments: str) -> str:
        """What `paythread …` prints."""
        done = self.stand.run(*arguments)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    async def events(self, person: Person, after: int) -> Sequence[dict[str, Any]]:
        """Everything that this person may see after a position, asked for afresh."""
        found: list[dict[str, Any]] = []
        while True:
            answer = await self.ask(
                "GET", "/v1/events", params={"after": after, "limit": 200}, headers=person.headers
            )
            page = answer.json()
            found += page["data"]
            if page["next_cursor"] is None:
                return found
            after = int(page["next_cursor"])

    def _child(self, name: str) -> Child:
        stand = self.stand
        environment = {
            **stand.plan.environment(stand.secrets),
            "PAYTHREAD_REDIS_URL": self.redis.url,
            "PAYTHREAD_ALLOWED_HOSTS": ",".join(url.removeprefix("http://") for url in self.urls),
        }
        program = (sys.executable, "-m", "app.cli")
        if name in WORKERS:
            return Child(name, (*program, "worker"), environment, "")
        url = self.urls[SERVICES.index(name)]
        port = url.rpartition(":")[2]
        command = (*program, "serve", "--no-worker", "--port", port)
        return Child(name, command, environment, f"{url}/readyz")
