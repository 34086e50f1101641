"""A merchant with software on loopback that is told of events, and the worker that tells it, step by step."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from agent_feed.webhooks.acts import CARRY, Act, EndpointDesk
from agent_feed.webhooks.courier import Courier
from agent_feed.webhooks.deliveries import Delivery, list_deliveries
from agent_feed.webhooks.endpoints import Endpoint, get_endpoint
from agent_feed.webhooks.scout import Scout
from compliance.journal import Entry, Event, Query, Reader, record
from compliance.principal import Principal
from compliance.vault import Vault
from core import work
from core.database import Database
from tests.support.clock import SettableClock


@dataclass
class Stand:
    """One merchant, one admin, one worker's parts, and a clock that stands still."""

    database: Database
    vault: Vault
    clock: SettableClock
    reader: Reader
    merchant: str
    admin: Principal
    desk: EndpointDesk
    courier: Courier
    scout: Scout

    def act(self) -> Act:
        return Act(self.admin.actor, "192.0.2.7", self.clock())

    async def endpoint(
        self, url: str, events: Sequence[str] = ("*",), *, caller: Principal | None = None
    ) -> Endpoint:
        """A new endpoint of the merchant's."""
        async with self.database.transaction() as session:
            made, _ = await self.desk.create(
                session, caller or self.admin, url=url, events=events, act=self.act()
            )
        return made

    async def seen(self, endpoint: Endpoint) -> Endpoint:
        async with self.database.snapshot() as session:
            return await get_endpoint(session, endpoint.merchant, endpoint.id)

    async def change(self, endpoint: Endpoint, **changes: Any) -> Endpoint:
        given = {"url": None, "events": None, "status": None, **changes}
        async with self.database.transaction() as session:
            return await self.desk.change(session, self.admin, endpoint.id, act=self.act(), **given)

    async def replay(self, endpoint: Endpoint, *, after: int) -> Endpoint:
        async with self.database.transaction() as session:
            return await self.desk.replay(
                session, self.admin, endpoint.id, after=after, act=self.act()
            )

    async def happen(self, kind: str = "link.created", **columns: Any) -> None:
        """One committed fact."""
        usual = {"merchant": self.merchant, "actor": "system", "occurred_at": self.clock()}
        async with self.database.transaction() as session:
            record(session, Event(**{**usual, "type": kind, **columns}))

    async def journal(self, *types: str) -> list[Entry]:
        query = Query(merchant=self.merchant, types=frozenset(types) or None, limit=500)
        async with self.database.snapshot() as session:
            return await self.reader.read(session, query)

    async def deliveries(self, endpoint: Endpoint) -> list[Delivery]:
        """All of the endpoint's, oldest first."""
        async with self.database.snapshot() as session:
            found = await list_deliveries(session, endpoint.id, limit=500)
        return sorted(found, key=lambda each: (each.position, each.round))

    async def claim(self) -> list[work.Work]:
        """What a worker does before it hands work out."""
        await self.scout.look()
        async with self.database.transaction() as session:
            return await work.claim(
                session, kinds=[CARRY], now=self.clock(), lease_seconds=60, limit=48
            )

    async def work(self) -> None:
        """All that is due now, every endpoint beside the others, until nothing is."""
        for _ in range(20):
            items = await self.claim()
            if not items:
                return
            await asyncio.gather(*(self.courier.carry(item) for item in items))
        raise AssertionError("there is always something due")

    async def later(self, by: timedelta | None = None, **units: int) -> None:
        """Time passes, and the worker does what became due."""
        self.clock.advance(by, **units)
        await self.work()

    async def rows(self, table: sa.Table) -> int:
        async with self.database.snapshot() as session:
            return int(await session.scalar(sa.select(sa.func.count()).select_from(table)))
