"""A card out of a wallet, to our server: any card, which says where it came from."""

from compliance.merchant_settings import write
from payments.fraud import FraudPolicy
from payments.gateway import CardFacts
from tests.links.conftest import Shop
from tests.links.test_checkout import CHECKED, will
from tests.payments.fakes import Declines


async def test_a_wallets_card_goes_the_way_of_any_card(shop: Shop) -> None:
    """Looked at, judged by the rules, charged under the attempt's key; the feed says which wallet it was."""
    card = CardFacts("visa", "4242", "US", "fp-1", wallet="google_pay")
    shop.gateway.cards["pm_wallet"] = card
    link = await shop.make()
    result = await shop.submit(link, "pm_wallet")
    (attempt,) = await shop.tries(link)
    submitted = next(e for e in await shop.events(link) if e.type == "checkout.submitted")

    assert ("paid", ["pm_wallet"]) == (result.status, shop.gateway.inspected)
    assert (attempt.id, "pm_wallet") == tuple(
        getattr(shop.gateway.charged[0], name) for name in ("attempt_id", "method")
    )
    assert [*CHECKED, "payment.paid"] == await shop.story(link)
    assert {"method": "google_pay", "psp": "fake"} == submitted.data


async def test_the_rules_refuse_a_wallets_card_before_it_is_charged(shop: Shop) -> None:
    """Declined when typed and out of a wallet, it is one card."""
    async with shop.database.transaction() as session:
        await write(
            session,
            shop.merchant.id,
            FraudPolicy,
            {"card_declines_day_challenge": 1, "card_declines_day_block": 2},
            actor="system",
            now=shop.clock(),
        )
    will(shop, Declines(), Declines())
    for number in range(3):
        method, wallet = f"pm_wallet_{number}", "google_pay" if number else None
        shop.gateway.cards[method] = CardFacts("visa", "0002", "US", "fp-1", wallet=wallet)
        last = await shop.submit(await shop.make(), method)

    assert "declined" == last.status
    assert 2 == len(shop.gateway.charged)
