"""A PSP that does not answer is passed over while another can take the payment, and tried again before long."""

from compliance.vault import Vault
from core.database import Database
from core.money import Money
from payments.accounts import Gateways, save_account
from payments.pulse import Pulse
from tests.payments.conftest import Till
from tests.payments.fakes import FakeGateway

DUE = Money.of(4999, "GBP")


async def two(
    till: Till, database: Database, vault: Vault
) -> tuple[Gateways, FakeGateway, FakeGateway]:
    """A second account beside the till's, tried after it."""
    other = FakeGateway()
    async with database.transaction() as session:
        await save_account(
            session,
            vault,
            merchant=till.merchant.id,
            provider="other",
            config={},
            priority=200,
            now=till.clock(),
        )
    factories = {"fake": lambda _: till.gateway, "other": lambda _: other}
    return Gateways(database, vault, factories, till.clock), till.gateway, other


async def order_of(gateways: Gateways, till: Till) -> list[str]:
    return [account.provider for account, _ in await gateways.route(till.merchant.id, DUE)]


async def test_the_first_by_priority_is_tried_first_while_it_answers(
    till: Till, database: Database, vault: Vault
) -> None:
    gateways, first, _ = await two(till, database, vault)
    assert ["fake", "other"] == await order_of(gateways, till)
    first.unreachable = True
    assert ["fake", "other"] == await order_of(gateways, till), "seen alive a moment ago"
    till.clock.advance(seconds=11)
    assert ["other", "fake"] == await order_of(gateways, till)
    first.unreachable = False
    till.clock.advance(seconds=11)
    assert ["fake", "other"] == await order_of(gateways, till)


async def test_what_a_call_has_shown_counts_at_once(
    till: Till, database: Database, vault: Vault
) -> None:
    gateways, _, _ = await two(till, database, vault)
    gateways.pulse.note(till.account, alive=False)
    assert ["other", "fake"] == await order_of(gateways, till)


async def test_a_chosen_account_stands_alone(till: Till, database: Database, vault: Vault) -> None:
    gateways, first, _ = await two(till, database, vault)
    first.unreachable = True
    found = await gateways.route(till.merchant.id, DUE, chosen=till.account)
    assert [till.account] == [account.id for account, _ in found]


async def test_a_silent_psp_is_given_two_seconds(till: Till) -> None:
    class Silent(FakeGateway):
        async def check(self) -> None:
            raise TimeoutError

    assert not await Pulse(till.clock).alive("gwa_1", Silent())
