"""The pool: one provider an account, new when the settings are."""

from datetime import timedelta

import pytest

from channels.accounts import add_account
from channels.port import AccountConfigInvalid
from channels.provider_pool import ProviderPool
from compliance.vault import Vault
from core.database import Database
from tests.channels.fakes import FakeProvider
from tests.support.clock import SettableClock


async def test_a_provider_is_kept_until_its_settings_change(
    sqlite_database: Database, vault: Vault, clock: SettableClock
) -> None:
    made: list[tuple[object, FakeProvider]] = []

    def factory(config: object) -> FakeProvider:
        made.append((config, FakeProvider()))
        return made[-1][1]

    pool = ProviderPool({"fake": factory}, vault)
    for number, config in enumerate(({"from": "a"}, {"from": "b"})):
        async with sqlite_database.transaction() as session:
            account = await add_account(
                session,
                vault,
                merchant="mer_1",
                channel="sms",
                provider="fake",
                config=config,
                account_id="cha_1",
                now=clock() + timedelta(seconds=number),
            )
        async with sqlite_database.snapshot() as session:
            first = await pool.of(session, account)
            assert await pool.of(session, account) is first
    assert [config for config, _ in made] == [{"from": "a"}, {"from": "b"}]
    assert not made[0][1].closed
    await pool.close()
    assert all(provider.closed for _, provider in made)


async def test_an_account_of_an_unknown_provider_is_unusable(
    sqlite_database: Database, vault: Vault, clock: SettableClock
) -> None:
    pool = ProviderPool({}, vault)
    async with sqlite_database.transaction() as session:
        account = await add_account(
            session,
            vault,
            merchant="mer_1",
            channel="sms",
            provider="pigeon",
            config={},
            now=clock(),
        )
        with pytest.raises(AccountConfigInvalid):
            await pool.of(session, account)
