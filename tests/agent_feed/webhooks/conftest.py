"""Fixtures for webhooks out: receivers, senders, the stand, and its doors."""

from collections.abc import AsyncIterator

import pytest

from agent_feed.routes import webhook_deliveries, webhook_endpoints
from agent_feed.webhooks.acts import EndpointDesk
from agent_feed.webhooks.courier import Courier
from agent_feed.webhooks.scout import Scout
from compliance.journal import Reader
from compliance.roles import Role
from compliance.routes.gate import Gate
from compliance.vault import Vault
from core.database import Database
from tests.agent_feed.webhooks.api import Api, key_of
from tests.agent_feed.webhooks.stand import Stand
from tests.conftest import NewMerchant
from tests.core.outbound.conftest import NewSender, new_sender, other_receiver, receiver
from tests.support.clock import SettableClock
from tests.support.doors import calling, service
from tests.support.people import person

__all__ = ["NewSender", "new_sender", "other_receiver", "receiver"]


@pytest.fixture
async def stand(  # noqa: PLR0917
    database: Database,
    vault: Vault,
    reader: Reader,
    clock: SettableClock,
    new_merchant: NewMerchant,
    new_sender: NewSender,
) -> Stand:
    merchant = await new_merchant()
    sender = new_sender()
    return Stand(
        database=database,
        vault=vault,
        clock=clock,
        reader=reader,
        merchant=merchant.id,
        admin=person(merchant.id, Role.ADMIN),
        desk=EndpointDesk(vault, reader, sender.destinations),
        courier=Courier(database, vault, sender, clock),
        scout=Scout(database, clock),
    )


@pytest.fixture
async def api(gate: Gate, stand: Stand) -> AsyncIterator[Api]:
    app = service(
        gate,
        webhook_endpoints.router,
        webhook_deliveries.router,
        state={"endpoint_desk": stand.desk},
    )
    async with calling(app) as client:
        yield Api(client, stand, await key_of(stand, stand.merchant))
