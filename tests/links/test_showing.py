"""The link object of the API, and what is left of it once a customer is erased."""

import pytest

from channels.customers import CustomerDraft
from core.errors import NotFound
from links.finding import Filter, list_links
from links.links import get_link, link_by_token
from links.showing import NOBODY
from tests.links.conftest import EMAIL, Shop


async def test_several_links_are_shown_in_the_order_asked_for(shop: Shop) -> None:
    links = [await shop.make(minor) for minor in (3, 1, 2)]
    async with shop.database.snapshot() as session:
        assert [3, 1, 2] == [link["amount"] for link in await shop.showing.many(session, links)]
        assert [] == await shop.showing.many(session, [])


async def test_a_link_of_an_erased_customer_still_has_its_figures(shop: Shop) -> None:
    casey = CustomerDraft("Casey", EMAIL, None, None, None)
    link = await shop.make(customer=casey, metadata={"a": "1"})
    assert link.customer is not None
    async with shop.database.transaction() as session:
        await shop.vault.destroy(session, shop.merchant.id, link.customer, now=shop.clock())
    async with shop.database.snapshot() as session:
        description = await shop.showing.description(session, link)
        figures = (await list_links(session, shop.agent, Filter()))[0]

    assert ("", link.reference) == (description, figures.reference)


async def test_what_belongs_to_nobody_is_sealed_under_a_key_of_its_own(shop: Shop) -> None:
    await shop.make()

    assert any(f'"subject":"{NOBODY}"' in line for line in (await shop.rows())["vault_keys"])


async def test_a_link_is_found_by_its_token_and_not_by_another(shop: Shop) -> None:
    link = await shop.make()
    token = await shop.token(link)
    async with shop.database.snapshot() as session:
        assert link == await link_by_token(session, shop.tokens.lookup_hash(token))
        for other in (token[::-1], token[:-1], token + "0", "", "' OR 1=1 --"):
            with pytest.raises(NotFound):
                await link_by_token(session, shop.tokens.lookup_hash(other))


async def test_a_link_that_does_not_exist_is_not_found(shop: Shop) -> None:
    async with shop.database.snapshot() as session:
        with pytest.raises(NotFound):
            await get_link(session, shop.agent, "lnk_none")
