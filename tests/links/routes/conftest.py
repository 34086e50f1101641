"""Doors do not know which database is behind them, so one is enough here."""

from collections.abc import AsyncIterator

import httpx2
import pytest

from compliance.routes.gate import Gate
from core.database import Database
from tests.links.conftest import Shop
from tests.links.doors import doors, key_of


@pytest.fixture
def database(sqlite_database: Database) -> Database:
    return sqlite_database


@pytest.fixture
async def client(gate: Gate, shop: Shop) -> AsyncIterator[httpx2.AsyncClient]:
    async with doors(gate, shop) as made:
        yield made


@pytest.fixture
async def key(shop: Shop) -> dict[str, str]:
    """The merchant's own software."""
    return await key_of(shop, shop.merchant.id)
