"""An API key is told once, works until it is revoked, and is stored as a hash."""

import pytest
import sqlalchemy as sa

from compliance.api_keys import NewKey, api_keys, create_key, find_key, key_alive, revoke_key
from compliance.journal import Query, Reader
from compliance.merchants import Merchant
from compliance.principal import NotSignedIn
from compliance.roles import Role
from core.database import Database
from core.errors import NotFound
from tests.conftest import NewMerchant
from tests.support.clock import SettableClock


async def _create(database: Database, merchant: Merchant, clock: SettableClock) -> NewKey:
    async with database.transaction() as session:
        return await create_key(
            session, merchant=merchant.id, name="CRM", actor="system", now=clock()
        )


async def _revoke(
    database: Database, merchant: Merchant, key: NewKey, clock: SettableClock
) -> None:
    async with database.transaction() as session:
        await revoke_key(session, merchant=merchant.id, key_id=key.id, actor="system", now=clock())


async def test_the_secret_finds_its_merchant(
    database: Database, merchant: Merchant, clock: SettableClock
) -> None:
    key = await _create(database, merchant, clock)
    async with database.snapshot() as session:
        caller = await find_key(session, key.secret, now=clock())
    assert (merchant.id, "key", key.id, Role.INTEGRATION) == (
        caller.merchant,
        caller.kind,
        caller.id,
        caller.role,
    )


async def test_secrets_are_long_random_and_not_in_the_database(
    database: Database, merchant: Merchant, clock: SettableClock
) -> None:
    keys = [await _create(database, merchant, clock) for _ in range(20)]
    assert 20 == len({key.secret for key in keys})
    assert all(key.secret.startswith("sk_") and len(key.secret) == 46 for key in keys)
    async with database.snapshot() as session:
        rows = repr([dict(row) for row in await session.all(sa.select(api_keys))])
    assert not [key for key in keys if key.secret in rows]
    assert keys[0].secret not in repr(keys[0])


@pytest.mark.parametrize("secret", ["", "sk_", "sk_" + "A" * 43, "é", "x" * 10_000])
async def test_anything_else_finds_nobody(
    database: Database, merchant: Merchant, clock: SettableClock, secret: str
) -> None:
    await _create(database, merchant, clock)
    async with database.snapshot() as session:
        with pytest.raises(NotSignedIn):
            await find_key(session, secret, now=clock())


async def test_a_revoked_key_is_worth_nothing_from_then_on(
    database: Database, merchant: Merchant, clock: SettableClock
) -> None:
    key = await _create(database, merchant, clock)
    async with database.snapshot() as session:
        assert await key_alive(session, key.id, now=clock())
    await _revoke(database, merchant, key, clock)
    async with database.snapshot() as session:
        assert not await key_alive(session, key.id, now=clock())
        with pytest.raises(NotSignedIn):
            await find_key(session, key.secret, now=clock())
    with pytest.raises(NotFound):
        await _revoke(database, merchant, key, clock)


async def test_one_merchant_cannot_revoke_anothers_key(
    database: Database, new_merchant: NewMerchant, clock: SettableClock
) -> None:
    ours, theirs = await new_merchant("Ours"), await new_merchant("Theirs")
    key = await _create(database, theirs, clock)
    with pytest.raises(NotFound):
        await _revoke(database, ours, key, clock)
    async with database.snapshot() as session:
        assert await key_alive(session, key.id, now=clock())


async def test_making_and_revoking_are_in_the_journal_without_the_secret(
    database: Database, merchant: Merchant, clock: SettableClock, reader: Reader
) -> None:
    key = await _create(database, merchant, clock)
    await _revoke(database, merchant, key, clock)
    async with database.snapshot() as session:
        entries = await reader.read(session, Query(merchant=merchant.id))
    assert [("key.created", {"key": key.id}), ("key.revoked", {"key": key.id})] == [
        (entry.type, entry.data) for entry in entries
    ]
