"""The room's doors over a desk, and callers with keys."""

from collections.abc import AsyncIterator, Awaitable, Callable

import httpx2
import pytest
from fastapi import FastAPI

from channels.provider_pool import ProviderPool
from channels.routes import (
    canned_replies,
    channels,
    conversation_acts,
    conversations,
    customer_consents,
    customer_merging,
    customer_privacy,
    customers,
    interactions,
    message_templates,
    unsubscribe,
    webhooks,
)
from compliance.api_keys import create_key
from compliance.merchants import Merchant
from compliance.routes.gate import Gate
from tests.channels.conftest import BASE_URL, Desk
from tests.channels.fakes import FakeNetworks
from tests.support.doors import calling, service


@pytest.fixture
def doors(gate: Gate, desk: Desk, networks: FakeNetworks) -> FastAPI:
    return service(
        gate,
        customers.router,
        customer_merging.router,
        customer_consents.router,
        customer_privacy.router,
        channels.router,
        conversations.router,
        conversation_acts.router,
        canned_replies.router,
        interactions.router,
        webhooks.router,
        message_templates.router,
        unsubscribe.router,
        state={
            "providers": ProviderPool({"fake": networks.make}, desk.vault),
            "channel_base_url": BASE_URL,
        },
    )


@pytest.fixture
def key_of(desk: Desk) -> Callable[[Merchant], Awaitable[str]]:
    """Makes an API key of a merchant."""

    async def make(merchant: Merchant) -> str:
        async with desk.database.transaction() as session:
            made = await create_key(
                session, merchant=merchant.id, name="tests", actor="system", now=desk.clock()
            )
        return made.secret

    return make


@pytest.fixture
async def api(
    doors: FastAPI, desk: Desk, key_of: Callable[[Merchant], Awaitable[str]]
) -> AsyncIterator[httpx2.AsyncClient]:
    """The merchant's software."""
    headers = {"Authorization": f"Bearer {await key_of(desk.merchant)}"}
    async with calling(doors, headers=headers) as client:
        yield client
