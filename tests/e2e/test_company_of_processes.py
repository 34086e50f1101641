"""Two services over PostgreSQL and Redis: who is here just now is known at both, though it happens at one."""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.agent_feed.client import FeedClient, connected
from tests.e2e.cluster import SERVICES, Cluster, Person
from tests.support import postgres, redis
from tests.support.require import missing

DOMAIN = "demo.paythread.example"
PATIENCE_SECONDS = 30
pytestmark = [pytest.mark.postgres, pytest.mark.redis, pytest.mark.slow, pytest.mark.timeout(200)]


@pytest.fixture
async def cluster(
    postgres_server: postgres.PostgresServer, tmp_path: Path, client: httpx2.AsyncClient
) -> AsyncIterator[Cluster]:
    """Both services, without workers."""
    program = redis.find_server()
    if program is None:
        missing("redis", needs="redis-server")
    url = postgres_server.url(postgres_server.create_empty())
    with redis.RedisServer(program) as server:
        made = Cluster(tmp_path, client, url, server)
        try:
            await made.stand.prepare()
            for name in SERVICES:
                await made.revive(name)
            yield made
        finally:
            made.end()


class Page:
    """A customer's page, by the requests that its script makes at one service."""

    def __init__(self, client: httpx2.AsyncClient, service: str, config: dict[str, Any]) -> None:
        self._client = client
        self._service = service
        self._config = config

    @classmethod
    async def open(cls, client: httpx2.AsyncClient, service: str, path: str) -> "Page":
        html = (await client.get(service + path)).text
        found = re.search(r'id="paythread-config"[^>]*>(.*?)</script>', html, re.S)
        assert found is not None, html
        return cls(client, service, json.loads(found[1]))

    async def report(self, event: str, activity: str) -> None:
        answer = await self._client.post(
            f"{self._service}{self._config['base']}/progress",
            json={
                "page": self._config["page"],
                "event": event,
                "device": "mobile",
                "activity": activity,
            },
            headers={"X-Page-Nonce": self._config["nonce"]},
        )
        assert 204 == answer.status_code, answer.text


async def until(feed: FeedClient, frame: dict[str, Any]) -> None:
    """Reads on until this frame comes."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while await feed.receive() != frame:
            pass


async def test_what_happens_at_one_service_is_seen_at_the_other(cluster: Cluster) -> None:
    passwords = cluster.stand.secrets.passwords

    async def arrive(name: str) -> Person:
        email = f"{name}@{DOMAIN}"
        return await cluster.sign_in(email, passwords[email])

    alex, sam = await arrive("alex.agent"), await arrive("sam.supervisor")
    made = await cluster.ask(
        "POST",
        "/v1/links",
        json={"amount": 4999, "currency": "GBP", "description": "Water bill"},
        headers={**alex.headers, "Idempotency-Key": "one"},
    )
    link, path = made.json()["id"], "/p/" + made.json()["url"].rpartition("/p/")[2]
    async with AsyncExitStack() as stack:

        async def listen(person: Person, service: str) -> FeedClient:
            feed = await stack.enter_async_context(
                connected(service, headers={"Cookie": person.cookie}, origin=cluster.stand.url)
            )
            await feed.subscribe(f"link:{link}")
            await feed.send({"op": "watch", "link": link})
            return feed

        here, there = cluster.urls
        one, other = await listen(alex, here), await listen(sam, there)

        def watchers(*names: str) -> dict[str, Any]:
            agents = [{"id": ids[name], "name": name} for name in names]
            return {"op": "watchers", "link": link, "agents": agents}

        def presence(activity: str) -> dict[str, Any]:
            shown = {"op": "presence", "link": link, "present": True, "device": "mobile"}
            return shown | {"activity": activity}

        ids = await names(cluster, sam)
        await until(one, watchers("Sam Supervisor"))
        await until(other, watchers("Alex Agent"))

        page = await Page.open(cluster.client, here, path)
        await page.report("joined", "active")
        for feed in (one, other):
            await until(feed, presence("active"))
        await page.report("heartbeat", "typing")
        for feed in (one, other):
            await until(feed, presence("typing"))

        await other.connection.close()
        await until(one, watchers())
        entries = await cluster.events(sam, 0)
        assert not any("typing" in json.dumps(entry) for entry in entries)


async def names(cluster: Cluster, person: Person) -> dict[str, str]:
    """Who works here, by name."""
    answer = await cluster.ask("GET", "/v1/users", headers=person.headers)
    return {user["name"]: user["id"] for user in answer.json()["data"]}
