"""The real service behind a proxy that may tamper, with a Stripe account whose script comes from another server."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx2
import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from app.application import create_app
from app.opening import open_database, open_vault
from app.processes import server_config
from app.schema import migrate
from app.settings import Settings
from app.wiring import House, open_house
from compliance.api_keys import create_key
from compliance.journal import Entry, Query
from compliance.merchants import create_merchant
from compliance.roles import Role
from compliance.routes.gate import COOKIE
from compliance.sessions import sign_in
from compliance.users import create_user
from core import work
from links.watch import monitor
from payments.accounts import save_account
from tests.links.watch.tampering import Tampering, tampering
from tests.support.clock import SettableClock
from tests.support.doors import serving
from tests.support.free_port import free_port
from tests.support.policies import ask_no_second_factor
from tests.support.running import running

PASSWORD = "correct horse 1"


@dataclass
class Psp:
    """A PSP's server, which has its script and nothing else."""

    url: str = ""
    script: str = "window.Stripe = () => ({ elements: () => ({ create() { return { mount() {}, on() {} } } }) });"
    moved_to: str | None = None

    async def answer(self, request: Request) -> Response:
        if self.moved_to is not None:
            return RedirectResponse(self.moved_to)
        return Response(self.script, media_type="text/javascript")


@dataclass
class Watched:
    """The service, what stands in front of it, and what a test does with both."""

    house: House
    clock: SettableClock
    merchant: str
    account: str
    key: str
    proxy: Tampering
    psp: Psp
    client: httpx2.AsyncClient

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.key}", "Idempotency-Key": str(uuid4())}

    async def round(self) -> int:
        """Does what is due of the monitor's work; says how many checks that were."""
        kinds = ["page.check_round", "page.check"]
        done = 0
        for kind in kinds:
            async with self.house.database.transaction() as session:
                jobs = await work.claim(
                    session, kinds=[kind], now=self.clock(), lease_seconds=60, limit=50
                )
            for job in jobs:
                await self.house.handlers[kind](job)
                done += kind == "page.check"
        return done

    async def interval(self) -> None:
        """One interval later, with what is then due."""
        self.clock.advance(hours=24, minutes=2)
        assert 1 == await self.round()

    async def events(self, *types: str) -> list[Entry]:
        query = Query(merchant=self.merchant, types=frozenset(types), privileged=True, limit=200)
        async with self.house.database.snapshot() as session:
            return list(await self.house.reader.read(session, query))

    async def page(self) -> dict[str, Any]:
        """The account's entry at `/v1/page-scripts`."""
        answer = await self.client.get("/v1/page-scripts", headers=self.headers)
        assert 200 == answer.status_code, answer.text
        found: dict[str, Any] = answer.json()["data"][0]
        return found

    async def sign_in(self, role: str) -> dict[str, str]:
        """The headers of a person who has signed in."""
        house = self.house
        signed_in = await sign_in(
            house.database,
            house.vault,
            email=f"{role}@acme.example",
            password=PASSWORD,
            origin="127.0.0.1",
            now=self.clock(),
        )
        return {"Cookie": f"{COOKIE}={signed_in.token}", "X-CSRF-Token": signed_in.csrf_token}

    async def link(self) -> str:
        """The public address of a new link."""
        answer = await self.client.post(
            "/v1/links",
            json={"amount": 4999, "currency": "GBP", "description": "Boots"},
            headers=self.headers,
        )
        assert 201 == answer.status_code, answer.text
        return str(answer.json()["url"])


@pytest.fixture
async def watched(
    tmp_path: Path, clock: SettableClock, password_hash: str
) -> AsyncIterator[Watched]:
    async with watched_service(tmp_path, clock, password_hash) as made:
        yield made


@asynccontextmanager
async def watched_service(
    folder: Path, clock: SettableClock, password_hash: str
) -> AsyncIterator[Watched]:
    port, public = free_port(), free_port()
    settings = Settings(
        _env_file=None,
        data_dir=folder,
        base_url=f"http://127.0.0.1:{port}",
        pay_base_url=f"http://127.0.0.1:{public}",
        master_key="cd" * 32,
    )
    database, _ = open_database(settings, open_vault(settings))
    await migrate(database)
    await database.close()
    house = await open_house(settings, clock=clock)
    psp = Psp()
    server = uvicorn.Server(server_config(create_app(house), settings, host="127.0.0.1", port=port))
    async with (
        serving(Starlette(routes=[Route("/{path:path}", psp.answer)]), host="localhost") as url,
        running(server),
        tampering(public, port) as proxy,
        httpx2.AsyncClient(base_url=settings.base_url, trust_env=False) as client,
    ):
        psp.url = url
        now = clock()
        async with house.database.transaction() as session:
            merchant = await create_merchant(
                session, name="Acme", currency="GBP", locale="en-GB", country="GB", now=now
            )
            key = await create_key(
                session, merchant=merchant.id, name="test", actor="system", now=now
            )
            await ask_no_second_factor(session, merchant.id, now=now)
            for role in (Role.AGENT, Role.SUPERVISOR, Role.ADMIN, Role.AUDITOR):
                await create_user(
                    session,
                    house.vault,
                    merchant=merchant.id,
                    name=role.value,
                    email=f"{role.value}@acme.example",
                    role=role,
                    team="Billing",
                    password_hash=password_hash,
                    actor="system",
                    now=now,
                )
            account = await save_account(
                session,
                house.vault,
                merchant=merchant.id,
                provider="stripe",
                config={
                    "secret_key": "sk_test_1",
                    "publishable_key": "pk_test_1",
                    "webhook_secret": "whsec_1",
                    "api_base": url,
                    "js_url": f"{url}/v3/",
                    "wallets": False,
                },
                now=now,
            )
            await monitor.plan(session, now=now)
        made = Watched(house, clock, merchant.id, account, key.secret, proxy, psp, client)
        yield made
    await house.close()
