"""A customer's links and payments: told in full, ended before an erasure, and never while the customer is paying."""

import pytest

from channels.customer_erasing import erase_customer
from channels.customer_merging import merge_customers
from channels.customers import CustomerDraft
from compliance.roles import Role
from compliance.vault import KeyDestroyed
from links.customer_records import LinkRecords
from links.finding import Filter, list_links
from links.links import Link
from payments.errors import AttemptLive
from tests.links.conftest import EMAIL, PHONE, Shop
from tests.payments.fakes import Challenges
from tests.support.people import person

CASEY = CustomerDraft("Casey", EMAIL, None, None, None)


def records(shop: Shop) -> LinkRecords:
    return LinkRecords(shop.lifecycle, shop.showing)


async def erase(shop: Shop, link: Link) -> None:
    assert link.customer is not None
    async with shop.database.transaction() as session:
        await erase_customer(
            session,
            shop.vault,
            principal=person(shop.merchant.id, Role.SUPERVISOR),
            customer_id=link.customer,
            others=records(shop),
            now=shop.clock(),
        )


async def test_links_and_payments_are_told_without_what_opens_them(shop: Shop) -> None:
    link = await shop.make(customer=CASEY)
    await shop.submit(link)
    assert link.customer is not None
    async with shop.database.snapshot() as session:
        told = await records(shop).export(session, shop.agent, [link.customer])
    [shown], [payment] = told["links"], told["payments"]
    assert (shown["id"], shown["description"], "url" in shown) == (link.id, "Water bill", False)
    assert (payment["id"], payment["amount_captured"]) == (link.payment, 4999)
    assert [one["amount"] for one in payment["transactions"]] == [4999]


async def test_an_erasure_cancels_what_is_open_and_keeps_the_amounts(shop: Shop) -> None:
    paid, still_open = await shop.make(customer=CASEY), await shop.make(customer=CASEY)
    await shop.submit(paid)
    await erase(shop, paid)
    async with shop.database.snapshot() as session:
        supervisor = person(shop.merchant.id, Role.SUPERVISOR)
        found = {one.id: one for one in await list_links(session, supervisor, Filter())}
        shown = await shop.showing.one(session, found[paid.id])
        with pytest.raises(KeyDestroyed):
            await shop.showing.url(session, found[paid.id])
    assert [found[one.id].state.value for one in (paid, still_open)] == ["paid", "cancelled"]
    assert (shown["amount_paid"], shown["description"], shown["url"]) == (4999, "", None)
    assert shown["customer_summary"]["name"] is None


async def test_nothing_is_erased_while_the_customer_is_at_the_bank(shop: Shop) -> None:
    link = await shop.make(customer=CASEY)
    shop.gateway.script = [Challenges()]
    await shop.submit(link)
    with pytest.raises(AttemptLive):
        await erase(shop, link)


async def test_the_links_of_a_customer_are_those_of_the_whole_group(shop: Shop) -> None:
    one = await shop.make(customer=CASEY)
    other = await shop.make(customer=CustomerDraft("C. Jones", None, PHONE, None, None))
    assert one.customer is not None
    assert other.customer is not None
    async with shop.database.transaction() as session:
        await merge_customers(
            session,
            shop.vault,
            merchant=shop.merchant.id,
            into=one.customer,
            source=other.customer,
            agent=None,
            actor="system",
            now=shop.clock(),
        )
    supervisor = person(shop.merchant.id, Role.SUPERVISOR)
    async with shop.database.snapshot() as session:
        for wanted in (
            Filter(customer=one.customer),
            Filter(customer=one.customer, status="active"),
            Filter(q="nothing", customers=frozenset({one.customer})),
        ):
            found = await list_links(session, supervisor, wanted)
            assert {link.id for link in found} == {one.id, other.id}
        [own] = await list_links(session, supervisor, Filter(customer=other.customer))
    assert own.id == other.id
