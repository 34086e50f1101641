"""Accounts at PSPs: sealed, opened once, and opened anew when they change."""

from collections.abc import Mapping
from typing import Any

import pytest
import sqlalchemy as sa

from core.errors import InvalidField, NotFound
from payments.accounts import Gateways, first_account, offer_wallets, save_account
from payments.errors import NoGateway
from payments.tables import gateway_accounts
from tests.conftest import NewMerchant
from tests.payments.conftest import Till
from tests.payments.fakes import FakeGateway


class Openings:
    """Remembers what it was asked to open."""

    def __init__(self) -> None:
        self.configs: list[Mapping[str, Any]] = []
        self.opened: list[FakeGateway] = []

    def __call__(self, config: Mapping[str, Any]) -> FakeGateway:
        self.configs.append(config)
        self.opened.append(FakeGateway())
        return self.opened[-1]


@pytest.fixture
def openings() -> Openings:
    return Openings()


@pytest.fixture
def gateways(till: Till, openings: Openings) -> Gateways:
    return Gateways(till.database, till.vault, {"fake": openings})


async def save(till: Till, merchant: str, config: dict[str, Any], **known: Any) -> str:
    async with till.database.transaction() as session:
        return await save_account(
            session,
            till.vault,
            merchant=merchant,
            provider="fake",
            config=config,
            now=till.clock(),
            **known,
        )


async def test_a_gateway_is_opened_with_its_configuration_and_kept(
    till: Till, gateways: Gateways, openings: Openings
) -> None:
    account = await save(till, till.merchant.id, {"secret_key": "sk_1"}, account_id=till.account)
    first = await gateways.by_id(account)
    second = await gateways.for_merchant(till.merchant.id)

    assert [{"secret_key": "sk_1"}] == openings.configs
    assert first == second


async def test_a_changed_configuration_opens_a_new_gateway(
    till: Till, gateways: Gateways, openings: Openings
) -> None:
    await gateways.by_id(till.account)
    till.clock.advance(seconds=1)
    await save(till, till.merchant.id, {"secret_key": "sk_2"}, account_id=till.account)
    _, gateway = await gateways.by_id(till.account)

    assert [{}, {"secret_key": "sk_2"}] == openings.configs
    assert openings.opened[1] is gateway


async def test_secrets_are_stored_sealed(till: Till) -> None:
    await save(till, till.merchant.id, {"secret_key": "sk_very_secret"})
    async with till.database.snapshot() as session:
        rows = await session.all(sa.select(gateway_accounts))

    assert "sk_very_secret" not in repr([dict(row) for row in rows])


async def test_a_new_attempt_goes_to_the_merchants_own_account(
    till: Till, gateways: Gateways, new_merchant: NewMerchant
) -> None:
    other = await new_merchant("Other Ltd")
    theirs = await save(till, other.id, {})

    assert theirs == (await gateways.for_merchant(other.id))[0].id
    assert till.account == (await gateways.for_merchant(till.merchant.id))[0].id


async def test_a_merchant_without_an_account_has_no_gateway(
    till: Till, gateways: Gateways, new_merchant: NewMerchant
) -> None:
    with pytest.raises(NoGateway):
        await gateways.for_merchant((await new_merchant("Other Ltd")).id)


async def test_an_account_that_was_retired_still_answers_for_its_old_attempts(
    till: Till, gateways: Gateways
) -> None:
    async with till.database.transaction() as session:
        await session.execute(sa.update(gateway_accounts).values(active=False))

    assert till.account == (await gateways.by_id(till.account))[0].id
    with pytest.raises(NoGateway):
        await gateways.for_merchant(till.merchant.id)


async def test_an_account_that_does_not_exist_is_not_found(gateways: Gateways) -> None:
    with pytest.raises(NotFound):
        await gateways.by_id("gwa_none")


async def test_the_oldest_account_of_a_provider_is_found_again(till: Till) -> None:
    till.clock.advance(seconds=1)
    await save(till, till.merchant.id, {})
    async with till.database.snapshot() as session:
        assert till.account == await first_account(session, till.merchant.id, "fake")
        assert await first_account(session, till.merchant.id, "stripe") is None


async def wallets(till: Till, account: str, *, offered: bool) -> None:
    async with till.database.transaction() as session:
        await offer_wallets(
            session, till.vault, till.merchant.id, account, offered=offered, now=till.clock()
        )


async def test_wallets_are_switched_off_and_stay_off_when_new_keys_come(till: Till) -> None:
    """The environment brings the keys again at every start; what was set with us stays."""
    openings = Openings()
    gateways = Gateways(till.database, till.vault, {"stripe": openings})
    async with till.database.transaction() as session:
        given: dict[str, Any] = {"merchant": till.merchant.id, "provider": "stripe"}
        account = await save_account(
            session, till.vault, **given, config={"secret_key": "sk_1"}, now=till.clock()
        )
    till.clock.advance(seconds=1)
    await wallets(till, account, offered=False)
    await gateways.by_id(account)
    till.clock.advance(seconds=1)
    async with till.database.transaction() as session:
        await save_account(
            session,
            till.vault,
            **given,
            config={"secret_key": "sk_2"},
            now=till.clock(),
            account_id=account,
        )
    await gateways.by_id(account)

    assert [
        {"secret_key": "sk_1", "wallets": False},
        {"secret_key": "sk_2", "wallets": False},
    ] == openings.configs


async def test_switching_wallets_neither_wakes_an_account_nor_touches_another_merchants(
    till: Till, new_merchant: NewMerchant
) -> None:
    other = await new_merchant("Other Ltd")
    async with till.database.transaction() as session:
        theirs = await save_account(
            session, till.vault, merchant=other.id, provider="stripe", config={}, now=till.clock()
        )
        await session.execute(sa.update(gateway_accounts).values(active=False))
    with pytest.raises(NotFound):
        await wallets(till, theirs, offered=True)
    with pytest.raises(InvalidField):
        await wallets(till, till.account, offered=True)
    async with till.database.snapshot() as session:
        assert [False, False] == [
            row["active"] for row in await session.all(sa.select(gateway_accounts))
        ]


async def test_closing_closes_every_open_gateway(
    till: Till, gateways: Gateways, openings: Openings
) -> None:
    await gateways.by_id(till.account)
    await gateways.close()

    assert [True] == [gateway.closed for gateway in openings.opened]
