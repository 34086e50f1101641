"""An account is tried with its own credentials, and whatever the provider answers is an answer."""

import pytest

from channels.accounts import accounts_of, add_account
from channels.provider_pool import ProviderPool
from compliance.merchants import Merchant
from core.errors import NotFound
from links.accounts import Trial, Trials, list_all
from tests.channels.fakes import FakeNetworks
from tests.conftest import NewMerchant
from tests.links.conftest import NewShop, Shop


@pytest.fixture
def networks() -> FakeNetworks:
    return FakeNetworks()


@pytest.fixture
def trials(shop: Shop, networks: FakeNetworks) -> Trials:
    pool = ProviderPool({"fake": networks.make}, shop.vault)
    return Trials(shop.database, shop.gateways, pool)


async def channel(shop: Shop) -> str:
    async with shop.database.snapshot() as session:
        return (await accounts_of(session, merchant=shop.merchant.id))[0].id


async def test_the_list_has_every_account_and_no_secret(shop: Shop) -> None:
    async with shop.database.snapshot() as session:
        found = await list_all(session, shop.merchant.id, base_url="https://pay.acme.test")
    assert [("channel", "email"), ("channel", "sms"), ("psp", None)] == sorted(
        (one["kind"], one["channel"]) for one in found
    )
    assert f"https://pay.acme.test/webhooks/psp/{shop.account}" == found[0]["webhook_url"]
    assert not any("config" in one for one in found)


async def test_a_provider_that_answers_is_well(shop: Shop, trials: Trials) -> None:
    assert Trial(ok=True) == await trials.run(shop.merchant.id, shop.account)
    assert Trial(ok=True) == await trials.run(shop.merchant.id, await channel(shop))


async def test_what_the_provider_says_is_told(
    shop: Shop, trials: Trials, networks: FakeNetworks
) -> None:
    shop.gateway.unreachable = True
    networks.provider.trouble = "It does not know this key."
    assert Trial(ok=False, detail="The fake PSP is down.") == await trials.run(
        shop.merchant.id, shop.account
    )
    assert Trial(ok=False, detail="It does not know this key.") == await trials.run(
        shop.merchant.id, await channel(shop)
    )


async def test_an_account_of_no_known_provider_says_so(shop: Shop, trials: Trials) -> None:
    async with shop.database.transaction() as session:
        made = await add_account(
            session,
            shop.vault,
            merchant=shop.merchant.id,
            channel="sms",
            provider="gone",
            config={},
            now=shop.clock(),
        )
    found = await trials.run(shop.merchant.id, made.id)
    assert (False, True) == (found.ok, "gone" in (found.detail or ""))


async def test_another_merchants_account_is_not_there(
    shop: Shop, trials: Trials, new_shop: NewShop, new_merchant: NewMerchant
) -> None:
    other: Merchant = await new_merchant("Rival")
    theirs = await new_shop(other)
    for account in (theirs.account, await channel(theirs), "gwa_nothing"):
        with pytest.raises(NotFound):
            await trials.run(shop.merchant.id, account)
