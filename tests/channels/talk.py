"""Customers who write, and callers of the doors, for tests of threads."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx2
from fastapi import FastAPI

from channels.accounts import ChannelAccount, add_account
from channels.inbound import record_inbound
from channels.port import Inbound
from compliance.principal import Principal
from compliance.routes.gate import caller
from tests.channels.conftest import PHONE, Desk
from tests.support.doors import calling

_serial = iter(range(10**9))


async def hear(
    desk: Desk, text: str = "Hello", *, account: ChannelAccount | None = None, **more: Any
) -> str:
    """The id of what a customer wrote, a second later."""
    desk.clock.advance(seconds=1)
    told: dict[str, Any] = {
        "provider_id": f"IN{next(_serial)}",
        "sender": PHONE,
        "recipient": "+447700900999",
        **more,
    }
    async with desk.database.transaction() as session:
        stored = await record_inbound(
            session,
            desk.vault,
            account or desk.accounts["sms"],
            Inbound(text=text, **told),
            now=desk.clock(),
        )
    assert stored is not None
    return stored


async def thread_of(desk: Desk, message: str) -> str:
    return (await desk.message(message)).conversation


async def another_account(desk: Desk, channel: str, sender: str) -> ChannelAccount:
    """One more account of the merchant, on the provider made by hand."""
    async with desk.database.transaction() as session:
        return await add_account(
            session,
            desk.vault,
            merchant=desk.merchant.id,
            channel=channel,
            provider="fake",
            config={"from": sender},
            now=desk.clock(),
        )


@asynccontextmanager
async def calling_as(doors: FastAPI, who: Principal) -> AsyncIterator[httpx2.AsyncClient]:
    """The doors as this caller sees them, with a fresh Idempotency-Key for each POST."""
    doors.dependency_overrides[caller] = lambda: who
    try:
        async with calling(doors) as client:

            async def keyed(request: httpx2.Request) -> None:
                if request.method == "POST" and "idempotency-key" not in request.headers:
                    request.headers["idempotency-key"] = f"test-{next(_serial)}"

            client.event_hooks = {"request": [keyed], "response": []}
            yield client
    finally:
        doors.dependency_overrides.pop(caller, None)
