"""Two services, two workers, PostgreSQL and Redis: each dies in turn, and nobody misses anything or hears it twice."""

import asyncio
import json
import signal
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.e2e.cluster import SERVICES, WORKERS, Cluster, Person
from tests.e2e.listener import REVOKED, Listener
from tests.e2e.waiting import eventually
from tests.support import postgres, redis
from tests.support.require import missing

RESTARTING = 1012
PASSWORD = "correct horse 1 battery"
pytestmark = [pytest.mark.postgres, pytest.mark.redis, pytest.mark.slow]


@pytest.fixture
async def cluster(
    postgres_server: postgres.PostgresServer, tmp_path: Path, client: httpx2.AsyncClient
) -> AsyncIterator[Cluster]:
    program = redis.find_server()
    if program is None:
        missing("redis", needs="redis-server")
    url = postgres_server.url(postgres_server.create_empty())
    with redis.RedisServer(program) as server:
        made = Cluster(tmp_path, client, url, server)
        try:
            await made.start()
            yield made
        finally:
            made.end()


class Load:
    """Links made and sent without a pause, by one agent, each until some service has taken it."""

    def __init__(self, cluster: Cluster, agent: Person, name: str) -> None:
        self._cluster = cluster
        self._agent = agent
        self._name = name
        self.made: list[str] = []
        self._stopped = asyncio.Event()

    async def run(self) -> None:
        number = 0
        while not self._stopped.is_set():
            number += 1
            reference = f"{self._name}-{number}"
            answer = await self._cluster.ask(
                "POST",
                "/v1/links",
                json={
                    "amount": 4999,
                    "currency": "GBP",
                    "description": "Water bill",
                    "reference": reference,
                    "customer": {"phone": "+447700900123"},
                    "send": [{"channel": "sms"}],
                },
                headers={**self._agent.headers, "Idempotency-Key": reference},
            )
            assert answer.status_code == 201, answer.text
            self.made.append(answer.json()["id"])
            await asyncio.sleep(0.02)

    async def through(self, seconds: float) -> None:
        """Lets it go on for a while."""
        before = len(self.made)
        await asyncio.sleep(seconds)
        await eventually(self._grown_from(before), "links are made again", seconds=60)

    def stop(self) -> None:
        self._stopped.set()

    def _grown_from(self, before: int) -> Any:
        async def look() -> bool:
            return len(self.made) > before

        return look


class Floor:
    """Who listens: a supervisor, an agent of the team, one of another, a rival, and one whose session is ended."""

    def __init__(self, cluster: Cluster) -> None:
        self._cluster = cluster
        self.people: dict[str, Person] = {}
        self.listeners: dict[str, Listener] = {}
        self.tasks: list[asyncio.Task[None]] = []

    async def arrive(self) -> None:
        cluster = self._cluster
        passwords = cluster.stand.secrets.passwords
        domain = "demo.paythread.example"
        await asyncio.to_thread(self._hire)
        for name, email, topic in (
            ("sam", f"sam.supervisor@{domain}", "all"),
            ("robin", f"robin.agent@{domain}", "team"),
            ("revoked", f"robin.agent@{domain}", "team"),
            ("olga", f"olga@{domain}", "team"),
            ("rival", f"rival@{domain}", "all"),
            ("alex", f"alex.agent@{domain}", "mine"),
        ):
            person = await cluster.sign_in(email, passwords.get(email, PASSWORD))
            self.people[name] = person
            order = cluster.urls if len(self.listeners) % 2 else cluster.urls[::-1]
            listener = Listener(name, order, cluster.stand.url, person.cookie, topic)
            self.listeners[name] = listener
            self.tasks.append(asyncio.create_task(listener.run()))
            async with asyncio.timeout(30):
                await listener.ready.wait()

    def _hire(self) -> None:
        """Somebody of another team, and a rival merchant with a supervisor."""
        cluster, domain = self._cluster, "demo.paythread.example"
        made = cluster.run("merchant", "create", "--name", "Rival", "--json")
        rival = json.loads(made)["id"]
        for email, role, merchant in (
            (f"olga@{domain}", ("--team", "Sales"), cluster.merchant),
            (f"rival@{domain}", ("--role", "supervisor"), rival),
        ):
            who = ("--email", email, "--name", "Somebody", "--password", PASSWORD)
            cluster.run("user", "create", *who, *role, "--merchant", merchant)

    async def end_session(self) -> None:
        """The session of `revoked` is ended at one service, wherever it listens."""
        person = self.people["revoked"]
        answer = await self._cluster.ask("DELETE", "/v1/sessions/current", headers=person.headers)
        assert answer.status_code in {204, 401}, answer.text

    async def leave(self) -> None:
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)


@pytest.fixture
async def floor(cluster: Cluster) -> AsyncIterator[Floor]:
    made = Floor(cluster)
    try:
        await made.arrive()
        yield made
    finally:
        await made.leave()


@pytest.mark.timeout(400)
async def test_whatever_dies_each_event_reaches_each_entitled_agent_once(
    cluster: Cluster, floor: Floor
) -> None:
    """Services, workers and Redis are killed in turn under load; a session ends in the middle."""
    loads = [Load(cluster, floor.people["alex"], name) for name in ("one", "two")]
    running = [asyncio.create_task(load.run()) for load in loads]
    await loads[0].through(1)
    for name in (*SERVICES, *WORKERS):
        await cluster.kill(name)
        await loads[0].through(1)
        await cluster.revive(name)
        await loads[0].through(0.5)
    await floor.end_session()
    shut_out = await until_revoked(floor.listeners["revoked"])
    cluster.redis.kill()
    await loads[1].through(2)
    cluster.redis.start()
    await loads[1].through(1)
    cluster.redis.empty()
    await loads[1].through(1)
    for load in loads:
        load.stop()
    await asyncio.gather(*running)
    await settled(cluster, floor.people["sam"], len(loads[0].made) + len(loads[1].made))
    await check(cluster, floor, [link for load in loads for link in load.made])
    assert shut_out == floor.listeners["revoked"].positions[-1]


@pytest.mark.timeout(200)
async def test_a_service_that_is_told_to_stop_sends_its_sockets_elsewhere(
    cluster: Cluster, floor: Floor
) -> None:
    """SIGTERM under load: every socket is told 1012 and resumes at the other service, and each link is made once."""
    load = Load(cluster, floor.people["alex"], "drain")
    running = asyncio.create_task(load.run())
    for name in SERVICES:
        await load.through(0.5)
        await cluster.kill(name, signal.SIGTERM)
        await load.through(0.5)
        await cluster.revive(name)
    load.stop()
    await running
    told = [code for one in floor.listeners.values() for code in one.codes]

    assert {RESTARTING} == set(told)
    await settled(cluster, floor.people["sam"], len(load.made))
    floor.listeners.pop("revoked")
    await check(cluster, floor, load.made)


async def until_revoked(listener: Listener) -> int:
    """The last position that was heard. Whoever has to come back meanwhile is refused, which is as good as 4409."""

    async def look() -> bool:
        return REVOKED in listener.codes or 401 in listener.codes

    await eventually(look, "the feed of the ended session is closed", seconds=20)
    return listener.positions[-1]


async def settled(cluster: Cluster, person: Person, links: int) -> None:
    """Every message has left, once each."""

    async def look() -> bool:
        told = Counter(event["type"] for event in await cluster.events(person, 0))
        return told["message.sent"] >= links

    await eventually(look, "every message is sent", seconds=150)


async def check(cluster: Cluster, floor: Floor, made: list[str]) -> None:
    """What each has heard against what the journal holds for them."""
    for name in ("sam", "robin", "alex", "olga", "rival"):
        listener = floor.listeners[name]
        assert listener.began is not None
        fresh = await cluster.events(floor.people[name], listener.began)
        if name == "alex":
            fresh = [event for event in fresh if event["agent"] in _own(fresh)]
        last = fresh[-1]["position"] if fresh else 0
        await eventually(_has_come_to(listener, last), f"{name} has heard everything", seconds=30)
        # Receipts may still come in after the list was read.
        heard = [event for event in listener.heard if event["position"] <= last]
        assert list(fresh) == heard, name
        assert sorted(set(listener.positions)) == listener.positions, name
        assert 0 == listener.resets, name
    created = [e["link"] for e in floor.listeners["sam"].heard if e["type"] == "link.created"]
    sent = Counter(e["link"] for e in floor.listeners["sam"].heard if e["type"] == "message.sent")
    assert sorted(made) == sorted(created)
    assert dict.fromkeys(made, 1) == dict(sent)
    assert not any(e["link"] for e in floor.listeners["olga"].heard)
    assert not any(e["merchant"] == cluster.merchant for e in floor.listeners["rival"].heard)
    verified = await asyncio.to_thread(cluster.stand.run, "journal", "verify")
    assert 0 == verified.returncode, verified.stdout + verified.stderr


def _own(events: Any) -> set[str]:
    """The agent whose links these are: one makes them all."""
    return {event["agent"] for event in events if event["type"] == "link.created"}


def _has_come_to(listener: Listener, position: int) -> Any:
    async def look() -> bool:
        return (listener.positions[-1] if listener.positions else 0) >= position

    return look
