"""The service, and beside it a bare handler over the same database, in one process on two ports.

One at a time is asked, so that each has the processor to itself.
"""

import asyncio
import json
import logging
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import aiosqlite
import httpx2
import psycopg_pool
import structlog
from fastapi import FastAPI, Response

from app import schema
from app.application import create_app
from app.opening import open_database, open_vault
from app.settings import Settings
from app.wiring import House, open_house
from compliance.api_keys import create_key
from compliance.merchants import create_merchant
from core.clock import utc_now
from core.throttle import DEFAULT_LIMITS, Limit, Throttle
from payments.accounts import save_account
from tests.bench.feed.servers import served
from tests.bench.writes.asking import SECRET, asking
from tests.bench.writes.replay import Recipe, caught
from tests.support.free_port import free_port


class Bench:
    """What is asked, of the service and of the bare handler."""

    def __init__(self, house: House, merchant: str, key: str, account: str) -> None:
        self.house = house
        self.kept = frozenset({merchant, account})
        self.key = key
        self.account = account
        self.port, self.bare_port = int(house.settings.base_url.rpartition(":")[2]), free_port()
        self.recipes: dict[str, Recipe] = {}

    async def learn(self) -> None:
        """Catches what one request of each kind runs."""
        url = f"http://127.0.0.1:{self.port}"
        async with httpx2.AsyncClient(base_url=url, trust_env=False) as client:
            for what in ("link", "webhook"):
                for turn in range(3):
                    number = f"{what}{turn}x{'7' * 20}"
                    asked = asking(what, number, self.key, self.account)
                    with caught(self.house.database.engine.sync_engine) as recipe:
                        answer = await client.post(
                            asked.path,
                            content=asked.body,
                            headers={"Content-Type": "application/json", **asked.headers},
                        )
                    assert answer.status_code in {200, 201}, answer.text
                    recipe.learn(number)
                    self.recipes[what] = recipe

    def bare(self, database: Any) -> FastAPI:
        """A handler a kind: the same statements in one durable transaction, and an answer."""
        app = FastAPI()

        @app.post("/{what}")
        async def handler(what: str) -> Response:
            run = self.recipes[what].fresh(self.kept)
            async with database() as connection:
                for sql, parameters in self.recipes[what].statements:
                    cursor = await connection.execute(sql, run.parameters(sql, parameters))
                    if sql.startswith("UPDATE journal_heads SET position"):
                        row = await cursor.fetchone()
                        run.position = row[0]
                    elif cursor.description is not None:
                        await cursor.fetchall()
            return Response(b"{}", media_type="application/json")

        return app


@asynccontextmanager
async def bare_database(url: str, *, begin: str = "BEGIN IMMEDIATE") -> AsyncIterator[Any]:
    """The plain driver: one connection behind a lock on SQLite, which begins so, and a pool on PostgreSQL."""
    if url.startswith("sqlite"):
        async with aiosqlite.connect(url.removeprefix("sqlite:///"), isolation_level=None) as one:
            await one.execute("PRAGMA synchronous=FULL")
            await one.execute("PRAGMA busy_timeout=5000")
            lock = asyncio.Lock()

            @asynccontextmanager
            async def transaction() -> AsyncIterator[Any]:
                async with lock:
                    await one.execute(begin)
                    yield one
                    await one.execute("COMMIT")

            yield transaction
        return
    async with psycopg_pool.AsyncConnectionPool(url, min_size=10, max_size=10) as pool:
        yield pool.connection


@asynccontextmanager
async def bench(url: str | None) -> AsyncIterator[Bench]:
    """Both, running."""
    with tempfile.TemporaryDirectory(prefix="paythread-bench-") as folder:
        database_url = url or f"sqlite:///{Path(folder) / 'bench.db'}"
        settings = Settings(
            _env_file=None,
            database_url=database_url,
            data_dir=Path(folder),
            master_key="ab" * 32,
            base_url=f"http://127.0.0.1:{free_port()}",
        )
        vault = open_vault(settings)
        database, _ = open_database(settings, vault)
        await schema.migrate(database)
        async with database.transaction() as session:
            merchant = await create_merchant(
                session, name="Bench", currency="GBP", locale="en-GB", country="GB", now=utc_now()
            )
            key = await create_key(
                session, merchant=merchant.id, name="Bench", actor="system", now=utc_now()
            )
            config = {"secret_key": "sk_1", "publishable_key": "pk_1", "webhook_secret": SECRET}
            account = await save_account(
                session,
                vault,
                merchant=merchant.id,
                provider="stripe",
                config=config,
                now=utc_now(),
            )
        await database.close()
        house = await open_house(settings)
        wide = Throttle({name: Limit(10**9, 60) for name in DEFAULT_LIMITS})
        house = replace(house, gate=replace(house.gate, throttle=wide))
        found = Bench(house, merchant.id, key.secret, account)
        async with served(create_app(house), found.port), bare_database(database_url) as plain:
            await found.learn()
            async with served(found.bare(plain), found.bare_port):
                yield found
        await house.close()


async def run(url: str | None) -> None:
    """Tells where it listens, and runs until its input ends."""
    async with bench(url) as found:
        counts = {what: len(recipe.statements) for what, recipe in found.recipes.items()}
        hello = {
            "ports": {"ours": found.port, "bare": found.bare_port},
            "key": found.key,
            "account": found.account,
            "statements": counts,
        }
        print(json.dumps(hello), flush=True)
        await asyncio.to_thread(sys.stdin.read)


def main() -> None:
    """Until its input ends."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    asyncio.run(run(sys.argv[1] if len(sys.argv) > 1 else None))


if __name__ == "__main__":
    main()
