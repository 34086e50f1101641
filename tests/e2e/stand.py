"""Paythread as in production, one process that can be killed, with the far ends beside it that live on."""

import os
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2

from app import schema
from app.demo.plan import Child, Plan
from app.demo.secrets import DemoSecrets, load_or_make
from app.demo.seed import MERCHANT, PEOPLE, seed
from app.opening import open_database, open_vault
from channels.accounts import accounts_of
from core.clock import utc_now
from tests.e2e.demo import PORTS, START_SECONDS_MAX, intents
from tests.e2e.processes import free_ports
from tests.e2e.waiting import eventually
from tests.support import children

_FOREIGN = ("PAYTHREAD_", "STRIPE_", "TWILIO_", "SMTP_")


@dataclass
class Stand:
    """The sandbox PSP, the simulator, and the service, which dies and is started again."""

    folder: Path
    client: httpx2.AsyncClient
    plan: Plan
    secrets: DemoSecrets
    far_ends: "list[subprocess.Popen[bytes]]" = field(default_factory=list)
    service: "subprocess.Popen[bytes] | None" = None
    kills: int = 0
    merchant: str = ""

    @property
    def url(self) -> str:
        return self.plan.service_url

    async def start(self) -> None:
        """Starts everything, and waits until it answers."""
        await self.prepare()
        await self.revive()

    async def prepare(self) -> None:
        """Migrates and seeds the database, and starts the far ends."""
        settings = self.plan.settings(self.secrets)
        vault = open_vault(settings)
        database, _ = open_database(settings, vault)
        try:
            await schema.migrate(database)
            seeded = await seed(database, vault, settings, self.secrets, now=utc_now())
            async with database.snapshot() as session:
                held = await accounts_of(session, merchant=seeded.merchant)
        finally:
            await database.close()
        for child in (
            self.plan.sandbox(self.secrets, seeded.psp_account, MERCHANT),
            self.plan.simulator(self.secrets, {one.provider: one.id for one in held}),
        ):
            process = self.begin(child)
            self.far_ends.append(process)
            await self.until_answering(child, process)
        self.merchant = seeded.merchant

    async def revive(self) -> None:
        """Starts the service, and waits until it takes requests."""
        child = self.plan.service(self.secrets)
        self.service = self.begin(child)
        await self.until_answering(child, self.service)

    def kill(self) -> None:
        """kill -9: no handler runs, nothing is flushed."""
        assert self.service is not None
        self.service.send_signal(signal.SIGKILL)
        self.service.wait(timeout=30)
        self.kills += 1

    def end(self) -> None:
        for process in (self.service, *self.far_ends):
            if process is not None and process.poll() is None:
                children.stop(process)

    def run(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """`paythread …` on the same installation."""
        return subprocess.run(
            [sys.executable, "-m", "app.cli", *arguments],
            env=self._environment(self.plan.environment(self.secrets)),
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )

    async def ask(self, method: str, path: str, **options: Any) -> httpx2.Response:
        """A request with the API key."""
        headers = {
            "Authorization": f"Bearer {self.secrets.api_key}",
            **options.pop("headers", {}),
        }
        return await self.client.request(method, self.url + path, headers=headers, **options)

    async def get(self, path: str, **params: Any) -> Any:
        answer = await self.ask("GET", path, params=params)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def intents(self) -> list[dict[str, Any]]:
        """Everything that the PSP was asked to charge."""
        return await intents(self.client, self.plan.sandbox_url, self.secrets.stripe_secret_key)

    def begin(self, child: Child) -> "subprocess.Popen[bytes]":
        """Starts a process of this installation."""
        return children.start(
            child.command,
            log=self._log(child),
            environment=self._environment(child.environment),
        )

    @staticmethod
    def _environment(own: dict[str, str]) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(_FOREIGN)}
        return {**kept, **own}

    def _log(self, child: Child) -> Path:
        return self.folder / f"{child.name.replace(' ', '-')}.log"

    async def until_answering(self, child: Child, process: "subprocess.Popen[bytes]") -> None:
        """Waits until the process says that it is well."""

        async def look() -> bool:
            assert process.poll() is None, self._log(child).read_text()
            try:
                return (await self.client.get(child.health_url)).status_code == 200
            except httpx2.TransportError:
                return False

        await eventually(look, f"the {child.name} answers", seconds=START_SECONDS_MAX)


def new_stand(folder: Path, client: httpx2.AsyncClient, database_url: str | None) -> Stand:
    """A stand that is not started yet; on SQLite in the folder unless a database is given."""
    plan = Plan(folder, free_ports(PORTS), database_url)
    return Stand(folder, client, plan, load_or_make(folder, [person.email for person in PEOPLE]))
