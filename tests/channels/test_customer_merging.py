"""Merged and parted: one survivor answers for all, nothing is rewritten, and nothing crosses merchants."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
import sqlalchemy as sa

from channels import customer_merging
from channels.addresses import addresses
from channels.catalogue import AddressKind
from channels.conversations import get_conversation
from channels.customer_matching import CustomerErased, CustomerMerged
from channels.customer_merging import MergeRefused
from channels.customer_search import list_customers, search
from channels.customer_store import Customer, find_by_address, find_by_external_id, get_customer
from channels.customer_table import ERASED, customers
from channels.preferred import preferred_channel
from compliance.merchants import Merchant
from core.errors import InvalidField, NotFound
from tests.channels.conftest import AGENT, EMAIL, PHONE, Desk
from tests.channels.test_inbound import write
from tests.conftest import NewMerchant


async def merge(desk: Desk, into: str, source: str) -> Customer:
    async with desk.database.transaction() as session:
        return await customer_merging.merge_customers(
            session,
            desk.vault,
            merchant=desk.merchant.id,
            into=into,
            source=source,
            agent=AGENT,
            actor=f"user:{AGENT}",
            now=desk.clock(),
        )


async def unmerge(desk: Desk, customer: str, source: str | None = None) -> Customer:
    async with desk.database.transaction() as session:
        return await customer_merging.unmerge_customer(
            session,
            desk.vault,
            merchant=desk.merchant.id,
            customer=customer,
            source=source,
            agent=AGENT,
            actor=f"user:{AGENT}",
            now=desk.clock(),
        )


async def shown(desk: Desk, customer: str) -> Customer:
    async with desk.database.snapshot() as session:
        return await get_customer(
            session, desk.vault, merchant=desk.merchant.id, customer_id=customer
        )


async def test_the_survivor_answers_at_every_address_and_outside_id_of_the_group(
    desk: Desk,
) -> None:
    sam = await desk.customer(name="Sam", email=EMAIL)
    other = await desk.customer(name="S. Jones", phone=PHONE, external_id="C-1")
    survivor = await merge(desk, sam.id, other.id)
    assert (survivor.id, survivor.email, survivor.phone) == (sam.id, EMAIL, PHONE)
    assert (await shown(desk, other.id)).merged_into == sam.id
    async with desk.database.snapshot() as session:
        merchant, now = desk.merchant, desk.clock()
        by_phone = await find_by_address(
            session, desk.vault, merchant=merchant, kind=AddressKind.PHONE, address=PHONE, now=now
        )
        by_id = await find_by_external_id(
            session, desk.vault, merchant=merchant.id, external_id="C-1", now=now
        )
        listed, _ = await list_customers(
            session, desk.vault, merchant=merchant.id, limit=50, cursor=None
        )
        by_name = await search(session, desk.vault, merchant=merchant, q="jones", limit=50, now=now)
        searched = await search(
            session, desk.vault, merchant=merchant, q=other.id, limit=50, now=now
        )
    assert [sam.id] == [one.id for one in by_phone]
    assert by_id is not None
    assert by_id.id == sam.id
    assert [sam.id] == [one.id for one in listed]
    assert [] == by_name
    assert [sam.id] == [one.id for one in searched]
    [merged] = await desk.events("customer.merged")
    assert (merged.customer, merged.agent, merged.data) == (sam.id, AGENT, {"from": other.id})


async def test_whoever_is_matched_by_a_merged_ones_marks_is_the_survivor_and_takes_nothing_over(
    desk: Desk,
) -> None:
    sam = await desk.customer(name="Sam", email=EMAIL)
    other = await desk.customer(phone=PHONE, external_id="C-1")
    await merge(desk, sam.id, other.id)
    desk.clock.advance(seconds=1)
    assert (await desk.customer(phone=PHONE, external_id="C-1")).id == sam.id
    assert (await desk.customer(phone=PHONE)).id == sam.id
    restored = await unmerge(desk, other.id)
    assert (restored.phone, restored.external_id, restored.merged_into) == (PHONE, "C-1", None)
    assert (await shown(desk, sam.id)).phone is None
    assert (await desk.customer(phone=PHONE)).id == other.id


async def test_replies_still_go_to_the_original_address_and_each_has_their_thread_back(
    desk: Desk,
) -> None:
    sam = await desk.customer(name="Sam", email=EMAIL)
    other = await desk.customer(name="Other", phone=PHONE)
    before = await desk.queue(other)
    await merge(desk, sam.id, other.id)
    written = await desk.message(str(await write(desk, "Hello")))
    assert (written.conversation, written.customer) == (before.conversation, sam.id)
    answered = await desk.queue(await shown(desk, sam.id))
    assert (answered.to, answered.customer) == (PHONE, sam.id)
    assert answered.conversation == before.conversation
    to_the_merged = await desk.queue(await shown(desk, other.id))
    assert (to_the_merged.to, to_the_merged.customer) == (PHONE, sam.id)
    async with desk.database.snapshot() as session:
        assert await preferred_channel(session, await shown(desk, sam.id)) == "sms"
    await unmerge(desk, other.id)
    async with desk.database.snapshot() as session:
        thread = await get_conversation(
            session, merchant=desk.merchant.id, conversation=before.conversation
        )
    assert thread.customer == other.id
    again = await desk.message(str(await write(desk, "Still me", sid="SM2")))
    assert (again.customer, again.conversation) == (other.id, before.conversation)


async def test_opposite_merges_at_once_have_one_winner(desk: Desk) -> None:
    for turn in range(10):
        one = await desk.customer(name="Sam", external_id=f"A{turn}")
        other = await desk.customer(name="Sam", external_id=f"B{turn}")
        done = await asyncio.gather(
            merge(desk, one.id, other.id), merge(desk, other.id, one.id), return_exceptions=True
        )
        [winner] = [each for each in done if isinstance(each, Customer)]
        [loser] = [each for each in done if not isinstance(each, Customer)]
        assert isinstance(loser, CustomerMerged)
        assert winner.id in loser.detail
        assert (await shown(desk, winner.id)).merged_into is None


async def test_chains_lead_to_the_last_survivor_and_come_apart_link_by_link(desk: Desk) -> None:
    one = await desk.customer(phone=PHONE)
    two = await desk.customer(email=EMAIL)
    three = await desk.customer(name="Sam")
    await merge(desk, two.id, one.id)
    survivor = await merge(desk, three.id, two.id)
    assert (survivor.phone, survivor.email) == (PHONE, EMAIL)
    assert (await desk.customer(phone=PHONE)).id == three.id
    assert (await unmerge(desk, three.id)).id == two.id
    assert (await desk.customer(phone=PHONE)).id == two.id
    assert (await unmerge(desk, two.id, one.id)).id == one.id
    assert (await desk.customer(phone=PHONE)).id == one.id
    assert [each.data for each in await desk.events("customer.unmerged")] == [
        {"from": two.id},
        {"from": one.id},
    ]


async def test_the_one_merged_last_is_the_first_to_be_parted(desk: Desk) -> None:
    sam, first, last = [await desk.customer(name=name) for name in ("Sam", "First", "Last")]
    await merge(desk, sam.id, last.id)
    desk.clock.advance(seconds=1)
    await merge(desk, sam.id, first.id)
    assert (await unmerge(desk, sam.id)).id == first.id
    assert (await unmerge(desk, sam.id)).id == last.id
    with pytest.raises(MergeRefused):
        await unmerge(desk, sam.id)


async def test_what_cannot_be_merged_is_refused_in_clear_words(desk: Desk) -> None:
    sam, other, third = [await desk.customer(name=name) for name in ("Sam", "Other", "Third")]
    with pytest.raises(InvalidField):
        await merge(desk, sam.id, sam.id)
    with pytest.raises(NotFound):
        await merge(desk, sam.id, "cus_01k9aaaaaaaaaaaaaaaaaaaaaa")
    await merge(desk, sam.id, other.id)
    for into, source in ((other.id, third.id), (third.id, other.id), (sam.id, other.id)):
        with pytest.raises(CustomerMerged, match=sam.id):
            await merge(desk, into, source)
    async with desk.database.transaction() as session:
        await session.execute(
            sa.update(customers).where(customers.c.id == third.id).values(sealed=ERASED)
        )
    with pytest.raises(CustomerErased):
        await merge(desk, sam.id, third.id)


async def test_a_group_has_a_bound(desk: Desk) -> None:
    made = [await desk.customer(name=f"Sam {turn}") for turn in range(3)]
    async with desk.database.transaction() as session:
        for turn in range(customer_merging.GROUP_MAX - 1):
            await session.execute(
                sa.insert(customers).values(
                    id=f"cus_{turn:026}",
                    merchant=desk.merchant.id,
                    sealed=ERASED,
                    merged_into=made[0].id,
                    created_at=desk.clock(),
                    updated_at=desk.clock(),
                )
            )
    with pytest.raises(MergeRefused):
        await merge(desk, made[0].id, made[1].id)


async def test_merchants_are_never_crossed_though_the_address_is_the_same(
    desk: Desk,
    new_desk: Callable[[Merchant], Awaitable[Desk]],
    new_merchant: NewMerchant,
) -> None:
    rival = await new_desk(await new_merchant("Rival"))
    ours, theirs = await desk.customer(phone=PHONE), await rival.customer(phone=PHONE)
    assert ours.id != theirs.id
    for into, source in ((ours.id, theirs.id), (theirs.id, ours.id)):
        with pytest.raises(NotFound):
            await merge(desk, into, source)
    with pytest.raises(NotFound):
        await unmerge(rival, ours.id)
    async with desk.database.snapshot() as session:
        rows = await session.all(sa.select(addresses.c.hash))
    assert len({row["hash"] for row in rows}) == 2


async def test_an_address_that_two_share_merges_nobody_by_itself(desk: Desk) -> None:
    one = await desk.customer(external_id="C-1", phone=PHONE)
    other = await desk.customer(external_id="C-2", phone=PHONE)
    await write(desk, "Hello")
    assert [(await shown(desk, each.id)).merged_into for each in (one, other)] == [None, None]
    assert await desk.events("customer.merged") == []
