"""Stripe's events as published, over HTTP: each truly signed one is taken in, each forged one leaves no trace."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx2
import pytest
import sqlalchemy as sa

from compliance.routes.gate import Gate
from core.database import Database
from core.throttle import DEFAULT_LIMITS, Limit, Throttle
from payments.accounts import Gateways, save_account
from payments.gateways.stripe import StripeGateway
from payments.inbox import Inbox
from payments.routes.webhooks import router
from payments.tables import attempts, payments, psp_events, transactions
from tests.payments.conftest import Till
from tests.payments.stripe_psp import stripe_config, stripe_signed
from tests.sandbox.harness import Sandbox
from tests.support.clock import SettableClock
from tests.support.doors import calling, service
from tests.support.vectors import PROJECT, vectors

NAMES = sorted(
    path.name for path in (PROJECT.parent / "shared/vectors/stripe_events").glob("*.json")
)


@dataclass
class Door:
    client: httpx2.AsyncClient
    database: Database
    clock: SettableClock
    account: str

    async def post(self, name: str, *, forged: bool = False) -> int:
        body = str(vectors(f"stripe_events/{name}")["raw_body"]).encode()
        headers = stripe_signed(body, at=self.clock())
        if forged:
            body = body.replace(b'"', b'" ', 1)
        path = f"/webhooks/psp/{self.account}"
        return (await self.client.post(path, content=body, headers=headers)).status_code

    async def held(self) -> dict[str, Any]:
        """How many rows there are of everything that a report can touch."""
        async with self.database.snapshot() as session:
            return {
                table.name: await session.scalar(sa.select(sa.func.count()).select_from(table))
                for table in (psp_events, payments, attempts, transactions)
            }


@pytest.fixture
async def door(gate: Gate, till: Till, clock: SettableClock, tmp_path: Path) -> AsyncIterator[Door]:
    sandbox = Sandbox(tmp_path)
    await sandbox.start()
    async with gate.database.transaction() as session:
        account = await save_account(
            session,
            gate.vault,
            merchant=till.merchant.id,
            provider="stripe",
            config=stripe_config(sandbox),
            now=clock(),
        )
    gateways = Gateways(gate.database, gate.vault, {"stripe": StripeGateway})
    inbox = Inbox(gate.database, gate.vault, gateways, clock)
    wide = {name: Limit(100_000, 60) for name in DEFAULT_LIMITS}
    app = service(replace(gate, throttle=Throttle(wide)), router, state={"psp_inbox": inbox})
    async with calling(app) as client:
        yield Door(client, gate.database, clock, account)
    await gateways.close()
    sandbox.stop()


@pytest.mark.skipif(not NAMES, reason="no vectors beside this checkout")
async def test_every_one_is_taken_in_and_moves_nothing_of_ours(door: Door) -> None:
    before = await door.held()
    answers = {name: await door.post(name) for name in NAMES}

    assert dict.fromkeys(NAMES, 200) == answers
    assert before | {"psp_events": before["psp_events"] + len(NAMES)} == await door.held()


@pytest.mark.skipif(not NAMES, reason="no vectors beside this checkout")
async def test_every_forged_one_is_refused_and_leaves_no_trace(door: Door) -> None:
    before = await door.held()
    answers = {name: await door.post(name, forged=True) for name in NAMES}

    assert dict.fromkeys(NAMES, 400) == answers
    assert before == await door.held()
