"""The whole service on a real port, over a fresh SQLite database, with one merchant, an agent and an API key."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import httpx2
import pytest
import uvicorn

from app.application import create_app
from app.processes import server_config
from app.schema import migrate
from app.settings import Settings
from app.wiring import House, open_house
from compliance.api_keys import create_key
from compliance.merchants import create_merchant
from compliance.roles import Role
from compliance.users import create_user
from core.clock import utc_now
from tests.support.free_port import free_port
from tests.support.running import running

PASSWORD = "correct horse 1"


@dataclass(frozen=True)
class Running:
    """A running service and what is needed to talk to it."""

    url: str
    port: int
    house: House
    merchant: str
    key: str
    agent_email: str

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.key}"}

    def post_headers(self) -> dict[str, str]:
        return {**self.headers, "Idempotency-Key": str(uuid4())}


@pytest.fixture
async def running_service(tmp_path: Path, password_hash: str) -> AsyncIterator[Running]:
    """As in production, but for the worker: due work stays where it is."""
    port = free_port()
    settings = Settings(
        _env_file=None,
        data_dir=tmp_path,
        base_url=f"http://127.0.0.1:{port}",
        master_key="cd" * 32,
    )
    house = await open_house_migrated(settings)
    now = utc_now()
    async with house.database.transaction() as session:
        merchant = await create_merchant(
            session, name="Acme", currency="GBP", locale="en-GB", country="GB", now=now
        )
        key = await create_key(session, merchant=merchant.id, name="test", actor="system", now=now)
        user = await create_user(
            session,
            house.vault,
            merchant=merchant.id,
            name="Alex Agent",
            email="alex@acme.example",
            role=Role.AGENT,
            team="Billing",
            password_hash=password_hash,
            actor="system",
            now=now,
        )
    await house.hub.start()
    server = uvicorn.Server(server_config(create_app(house), settings, host="127.0.0.1", port=port))
    async with running(server):
        yield Running(settings.base_url, port, house, merchant.id, key.secret, user.email)
    await house.hub.stop()
    await house.close()


async def open_house_migrated(settings: Settings) -> House:
    """A house over a database that has just been migrated."""
    from app.opening import open_database, open_vault

    database, _ = open_database(settings, open_vault(settings))
    await migrate(database)
    await database.close()
    return await open_house(settings)


@pytest.fixture
async def client(running_service: Running) -> AsyncIterator[httpx2.AsyncClient]:
    """Calls the service as software does."""
    async with httpx2.AsyncClient(
        base_url=running_service.url, timeout=20, trust_env=False
    ) as found:
        yield found
