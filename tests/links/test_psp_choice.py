"""Another PSP is tried only where the first one certainly did nothing."""

from dataclasses import dataclass, replace

import pytest

from core.ids import new_id
from links.psp_choice import PspChoice
from links.submissions import PspChanged
from payments.accounts import Gateways, save_account
from payments.attempts import account_under_way
from payments.errors import GatewayUnavailable
from payments.gateway import PagePsp
from payments.states import AttemptState
from tests.links.conftest import Shop
from tests.payments.fakes import (
    Challenges,
    Declines,
    FakeGateway,
    NeverArrives,
    TimesOut,
    Unreachable,
)


@dataclass(frozen=True)
class TwoPsps:
    """A shop with a second account, tried after its own."""

    shop: Shop
    first: str
    second: str
    other: FakeGateway

    @property
    def charges(self) -> tuple[int, int]:
        return self.shop.gateway.taken(), self.other.taken()

    async def on_page(self) -> str:
        """Whose fields a new page gets."""
        link = await self.shop.make()
        due = (await self.shop.payment(link)).due
        account, _ = await PspChoice(self.shop.checkout.gateways).for_page(link, due)
        return account.id


@pytest.fixture
async def two(shop: Shop) -> TwoPsps:
    other = FakeGateway()
    async with shop.database.transaction() as session:
        second = await save_account(
            session,
            shop.vault,
            merchant=shop.merchant.id,
            provider="other",
            config={},
            priority=200,
            now=shop.clock(),
        )
    factories = {"fake": lambda _: shop.gateway, "other": lambda _: other}
    gateways = Gateways(shop.database, shop.vault, factories, shop.clock)
    house = replace(shop, gateways=gateways, checkout=replace(shop.checkout, gateways=gateways))
    return TwoPsps(house, shop.account, second, other)


def by_redirect(gateway: FakeGateway) -> None:
    gateway.page = PagePsp(gateway.provider, "", "", (), mode="redirect")


async def test_a_psp_that_was_not_reached_gives_way_to_the_next(two: TwoPsps) -> None:
    """The page is told to load again, gets the other one's fields, and one charge is made in all."""
    link = await two.shop.make()
    two.shop.gateway.script = [Unreachable()]
    with pytest.raises(PspChanged):
        await two.shop.submit(link, account=two.first)
    assert two.second == await two.on_page()
    result = await two.shop.submit(link, account=two.second)
    tries = await two.shop.tries(link)

    assert ("paid", (0, 1)) == (result.status, two.charges)
    assert [AttemptState.ABANDONED, AttemptState.SUCCEEDED] == [each.state for each in tries]


async def test_a_card_that_cannot_be_looked_at_gives_way_too(two: TwoPsps) -> None:
    link = await two.shop.make()
    two.shop.gateway.unreachable = True
    with pytest.raises(PspChanged):
        await two.shop.submit(link, account=two.first)

    assert [] == await two.shop.tries(link)


async def test_without_another_one_the_customer_is_asked_to_try_again(two: TwoPsps) -> None:
    link = await two.shop.make()
    two.other.unreachable = True
    two.shop.gateway.script = [Unreachable()]
    with pytest.raises(GatewayUnavailable):
        await two.shop.submit(link, account=two.first)
    assert "paid" == (await two.shop.submit(link, account=two.first)).status


@pytest.mark.parametrize("step", [NeverArrives(), TimesOut()])
async def test_silence_never_goes_elsewhere(two: TwoPsps, step: NeverArrives | TimesOut) -> None:
    link = await two.shop.make()
    two.shop.gateway.script = [step]
    result = await two.shop.submit(link, account=two.first)
    again = await two.shop.submit(link, account=two.second)

    assert ("waiting", "elsewhere") == (result.status, again.status)
    assert [] == two.other.charged


async def test_a_decline_does_not_go_elsewhere_by_itself(two: TwoPsps) -> None:
    link = await two.shop.make()
    two.shop.gateway.script = [Declines()]
    assert "declined" == (await two.shop.submit(link, account=two.first)).status
    assert [] == two.other.charged


async def test_where_the_customer_pays_at_the_psps_page_the_next_is_tried_at_once(
    two: TwoPsps,
) -> None:
    for gateway in (two.shop.gateway, two.other):
        by_redirect(gateway)
    link = await two.shop.make()
    two.shop.gateway.script = [Unreachable()]
    result = await two.shop.submit(link, account=two.first)

    assert ("paid", (0, 1)) == (result.status, two.charges)
    assert [None] == [order.method for order in two.other.charged]
    assert [] == two.other.inspected


async def test_an_account_of_somebody_else_is_not_used(two: TwoPsps) -> None:
    link = await two.shop.make()
    with pytest.raises(PspChanged):
        await two.shop.submit(link, account=new_id("gwa", two.shop.clock()))
    assert (0, 0) == two.charges


async def test_a_link_that_names_an_account_goes_there_alone(two: TwoPsps) -> None:
    link = await two.shop.make(account=two.second)
    with pytest.raises(PspChanged):
        await two.shop.submit(link, account=two.first)
    assert "paid" == (await two.shop.submit(link, account=two.second)).status
    assert (0, 1) == two.charges


async def test_a_page_that_is_loaded_again_keeps_the_psp_of_the_try_under_way(
    two: TwoPsps,
) -> None:
    """Its script alone can go on with the bank's challenge, wherever new payments go by now."""
    link = await two.shop.make()
    two.other.script = [Challenges()]
    await two.shop.submit(link, account=two.second)
    async with two.shop.database.snapshot() as session:
        assert two.second == await account_under_way(session, link.payment)
    assert two.first == await two.on_page()
