"""A contact centre with two teams, a rival merchant, and a feed over a real journal."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from typing import Any

import pytest
import sqlalchemy as sa
from fastapi import FastAPI

from agent_feed import socket, tickets
from agent_feed.hub import Hub, Pace
from agent_feed.outlet import Bounds
from agent_feed.routes import events, feed, reports
from compliance.api_keys import NewKey, create_key, find_key
from compliance.journal import Event, Journal, record
from compliance.merchants import create_merchant
from compliance.principal import Principal
from compliance.roles import Role
from compliance.routes.gate import COOKIE, Gate
from compliance.sessions import LIFE_MAX, find_session, sessions
from compliance.users import User, create_user
from compliance.vault import Vault
from core.database import Database
from core.ids import new_id
from tests.agent_feed.client import FeedClient, connected
from tests.support.clock import SettableClock
from tests.support.doors import service, serving

assert tickets.feed_tickets is not None  # its table is made with the others

FAST = Pace(poll_seconds=0.05, recheck_seconds=0.2, tick_seconds=0.05)


@dataclass(frozen=True)
class Scene:
    """Ann and Bob work in the north team, Cleo in the south one, Sue supervises; Rob works for a rival."""

    database: Database
    vault: Vault
    clock: SettableClock
    merchant: str
    rival: str
    ann: User
    bob: User
    cleo: User
    sue: User
    rob: User
    key: NewKey

    async def happen(self, kind: str = "link.created", **columns: Any) -> None:
        """One committed fact. `merchant` is ours and `actor` the system unless told."""
        await self.happen_all([{"type": kind, **columns}])

    async def happen_all(self, facts: list[dict[str, Any]]) -> None:
        """Several facts of one transaction."""
        usual = {"merchant": self.merchant, "actor": "system", "type": "link.created"}
        async with self.database.transaction() as session:
            for fact in facts:
                record(session, Event(**{**usual, "occurred_at": self.clock(), **fact}))

    async def sign_in(self, user: User) -> str:
        """A session of the user; answers its cookie."""
        token = f"cookie-{user.id}-{new_id('ses', self.clock())}"
        async with self.database.transaction() as session:
            await session.execute(
                sa.insert(sessions).values(
                    id=new_id("ses", self.clock()),
                    token_hash=hashlib.sha256(token.encode()).hexdigest(),
                    user=user.id,
                    merchant=user.merchant,
                    created_at=self.clock(),
                    seen_at=self.clock(),
                    expires_at=self.clock() + LIFE_MAX,
                )
            )
        return token

    async def caller(self, user: User) -> Principal:
        """The user in a fresh session, as the doors see them."""
        return await self.caller_of(await self.sign_in(user))

    async def caller_of(self, token: str) -> Principal:
        async with self.database.snapshot() as session:
            return await find_session(session, self.vault, token, now=self.clock())

    async def software(self) -> Principal:
        """The API key's caller."""
        async with self.database.snapshot() as session:
            return await find_key(session, self.key.secret, now=self.clock())

    async def update(self, statement: sa.Executable) -> None:
        """A change that nobody wrote into the journal."""
        async with self.database.transaction() as session:
            await session.execute(statement)


@pytest.fixture
async def scene(
    database: Database, vault: Vault, clock: SettableClock, password_hash: str
) -> Scene:
    async with database.transaction() as session:

        async def merchant(name: str) -> str:
            made = await create_merchant(
                session, name=name, currency="GBP", locale="en-GB", country="GB", now=clock()
            )
            return made.id

        async def user(at: str, name: str, team: str | None, role: Role = Role.AGENT) -> User:
            return await create_user(
                session,
                vault,
                merchant=at,
                name=name,
                email=f"{name.lower()}@acme.example",
                role=role,
                team=team,
                password_hash=password_hash,
                actor="system",
                now=clock(),
            )

        ours, theirs = await merchant("Acme Travel"), await merchant("Rival Tours")
        return Scene(
            database=database,
            vault=vault,
            clock=clock,
            merchant=ours,
            rival=theirs,
            ann=await user(ours, "Ann", "north"),
            bob=await user(ours, "Bob", "north"),
            cleo=await user(ours, "Cleo", "south"),
            sue=await user(ours, "Sue", None, Role.SUPERVISOR),
            rob=await user(theirs, "Rob", "north"),
            key=await create_key(session, merchant=ours, name="CRM", actor="system", now=clock()),
        )


NewHub = Callable[..., AbstractAsyncContextManager[Hub]]


@pytest.fixture
def running_hub(scene: Scene, journal: Journal) -> NewHub:
    """`async with running_hub() as hub`: woken by this process's commits unless told otherwise."""

    @asynccontextmanager
    async def run(
        *, pace: Pace = FAST, bounds: Bounds | None = None, woken: bool = True
    ) -> AsyncIterator[Hub]:
        hub = Hub(scene.database, scene.vault, scene.clock, pace=pace, bounds=bounds)
        if woken:
            journal.listeners.append(hub.take)
        await hub.start()
        try:
            yield hub
        finally:
            await hub.stop()
            if woken:
                journal.listeners.remove(hub.take)

    return run


@pytest.fixture
async def hub(running_hub: NewHub) -> AsyncIterator[Hub]:
    async with running_hub() as hub:
        yield hub


def doors(gate: Gate, hub: Hub) -> FastAPI:
    """The room's doors around a hub."""
    return service(
        gate, socket.router, events.router, feed.router, reports.router, state={"hub": hub}
    )


@pytest.fixture
async def app(gate: Gate, hub: Hub) -> FastAPI:
    return doors(gate, hub)


@pytest.fixture
async def url(app: FastAPI) -> AsyncIterator[str]:
    """The doors on a real socket."""
    async with serving(app) as url:
        yield url


@dataclass(frozen=True)
class Phone:
    """Opens feeds over real sockets."""

    scene: Scene
    url: str

    def dial(
        self, user: User | None = None, **options: Any
    ) -> AbstractAsyncContextManager[FeedClient]:
        """A feed of this user's fresh session, or of the API key."""
        return self._dial(user, options)

    @asynccontextmanager
    async def _dial(self, user: User | None, options: dict[str, Any]) -> AsyncIterator[FeedClient]:
        if user is None:
            headers = {"Authorization": f"Bearer {self.scene.key.secret}"}
        else:
            headers = cookie(await self.scene.sign_in(user))
        async with connected(self.url, headers=headers, **options) as client:
            yield client


def cookie(token: str) -> dict[str, str]:
    """The header of a browser with this session."""
    return {"Cookie": f"{COOKIE}={token}"}


@pytest.fixture
def phone(scene: Scene, url: str) -> Phone:
    return Phone(scene, url)


async def until(condition: Callable[[], bool], *, seconds: float = 5) -> None:
    """Waits until it holds; fails after a while."""
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.sleep(0.005)
