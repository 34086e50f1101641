"""Channel accounts: sealed, one table a merchant, and settings that can be applied again."""

from typing import Any

import pytest
import sqlalchemy as sa

from channels.accounts import (
    ChannelAccount,
    ChannelNotSetUp,
    account_for,
    accounts_of,
    add_account,
    channel_accounts,
    channels_of,
    config_of,
    ensure_account,
    get_account,
    switch_account,
)
from compliance.merchants import Merchant
from compliance.vault import Vault
from core.database import Database
from core.errors import InvalidField, NotFound
from tests.support.clock import SettableClock

CONFIG = {"host": "mail.example", "password": "hunter2hunter2", "from": "pay@acme.example"}


@pytest.fixture
def ensure(database: Database, vault: Vault, merchant: Merchant, clock: SettableClock) -> Any:
    async def run(config: dict[str, Any], *, channel: str = "email") -> ChannelAccount:
        async with database.transaction() as session:
            return await ensure_account(
                session,
                vault,
                merchant=merchant.id,
                channel=channel,
                provider="smtp",
                config=config,
                now=clock(),
            )

    return run


async def test_settings_make_one_account_and_applying_them_again_changes_nothing(
    ensure: Any, database: Database, vault: Vault, merchant: Merchant, clock: SettableClock
) -> None:
    first = await ensure(CONFIG)
    clock.advance(minutes=1)
    assert await ensure(CONFIG) == first
    changed = await ensure({**CONFIG, "password": "another one"})
    assert changed.id == first.id
    assert changed.updated_at > first.updated_at
    async with database.snapshot() as session:
        assert await config_of(session, vault, changed) == {**CONFIG, "password": "another one"}
        assert await accounts_of(session, merchant=merchant.id) == [changed]


async def test_credentials_are_stored_sealed(ensure: Any, database: Database) -> None:
    account = await ensure(CONFIG)
    assert "hunter2" not in repr(account)
    async with database.snapshot() as session:
        [row] = await session.all(sa.select(channel_accounts))
    assert "hunter2" not in str(dict(row))
    assert row["sender"] == "pay@acme.example"


async def test_the_channels_are_those_with_an_account_in_use(
    ensure: Any, database: Database, merchant: Merchant, clock: SettableClock
) -> None:
    account = await ensure(CONFIG)
    async with database.snapshot() as session:
        found = await channels_of(session, merchant=merchant.id)
        assert [channel.name for channel in found] == ["email"]
        assert await account_for(session, merchant=merchant.id, channel="email") == account
        with pytest.raises(ChannelNotSetUp):
            await account_for(session, merchant=merchant.id, channel="sms")
        assert await channels_of(session, merchant="mer_other") == []
    async with database.transaction() as session:
        await switch_account(
            session, merchant=merchant.id, account_id=account.id, active=False, now=clock()
        )
    async with database.snapshot() as session:
        assert await channels_of(session, merchant=merchant.id) == []
        assert (await get_account(session, account.id)).active is False
    assert (await ensure(CONFIG)).active is True


async def test_an_account_belongs_to_its_merchant(
    ensure: Any, database: Database, vault: Vault, clock: SettableClock
) -> None:
    account = await ensure(CONFIG)
    async with database.transaction() as session:
        with pytest.raises(NotFound):
            await switch_account(
                session, merchant="mer_other", account_id=account.id, active=False, now=clock()
            )
        with pytest.raises(NotFound):
            await get_account(session, "cha_none")


async def test_an_account_is_for_a_channel_that_exists(ensure: Any) -> None:
    with pytest.raises(InvalidField):
        await ensure(CONFIG, channel="pigeon")


async def test_an_account_can_be_given_its_id(
    database: Database, vault: Vault, merchant: Merchant, clock: SettableClock
) -> None:
    chosen = "cha_01k9aaaaaaaaaaaaaaaaaaaaaa"
    for password in ("one", "two"):
        async with database.transaction() as session:
            account = await add_account(
                session,
                vault,
                merchant=merchant.id,
                channel="email",
                provider="smtp",
                config={"password": password},
                account_id=chosen,
                now=clock(),
            )
            assert account.id == chosen
            assert await config_of(session, vault, account) == {"password": password}
    async with database.snapshot() as session:
        assert len(await accounts_of(session, merchant=merchant.id)) == 1


async def test_of_two_accounts_made_at_once_the_lower_priority_is_used(
    database: Database, vault: Vault, merchant: Merchant, clock: SettableClock
) -> None:
    async with database.transaction() as session:
        for provider, priority in (("third", 2), ("first", 0), ("second", 1)):
            await ensure_account(
                session,
                vault,
                merchant=merchant.id,
                channel="sms",
                provider=provider,
                config={"from": "+447700900999"},
                priority=priority,
                now=clock(),
            )
        used = await account_for(session, merchant=merchant.id, channel="sms")
        ordered = [each.provider for each in await accounts_of(session, merchant=merchant.id)]
    assert used.provider == "first"
    assert ordered == ["first", "second", "third"]
