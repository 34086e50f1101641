"""Erased: nothing is left to read or to find, nothing queued goes out, a stop is kept, and the chain verifies."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import pytest
import sqlalchemy as sa

from channels import problems
from channels.addresses import addresses
from channels.catalogue import AddressKind
from channels.consents import ConsentStopped, consents
from channels.conversations import conversations
from channels.customer_erasing import erase_customer
from channels.customer_matching import CustomerMerged
from channels.customer_records import CustomerRecords
from channels.customer_search import list_customers, search
from channels.customer_store import Customer, find_by_address, get_customer
from channels.customer_table import ERASED, customers
from compliance.journal.verify import verify
from compliance.principal import Principal
from compliance.roles import Role
from core.database import Session
from core.errors import Kind, PaythreadError
from tests.channels.conftest import EMAIL, PHONE, Desk
from tests.channels.test_customer_merging import merge
from tests.channels.test_inbound import write
from tests.support.people import person


class Busy(PaythreadError):
    """What another room says while the customer is paying."""

    code = "attempt_live"
    kind = Kind.CONFLICT


class OtherRoom:
    """Another room's part: it keeps whom it was told of, and may refuse."""

    def __init__(self, *, busy: bool = False) -> None:
        self.ended: list[Sequence[str]] = []
        self.busy = busy

    async def export(
        self, session: Session, principal: Principal, customers: Sequence[str]
    ) -> Mapping[str, Any]:
        return {"links": [{"of": list(customers)}]}

    async def end(
        self, session: Session, principal: Principal, customers: Sequence[str], *, now: datetime
    ) -> None:
        if self.busy:
            raise Busy("The customer is paying.")
        self.ended.append(customers)


async def erase(desk: Desk, customer: str, others: CustomerRecords | None = None) -> Customer:
    async with desk.database.transaction() as session:
        return await erase_customer(
            session,
            desk.vault,
            principal=person(desk.merchant.id, Role.SUPERVISOR),
            customer_id=customer,
            others=others,
            now=desk.clock(),
        )


async def test_nothing_is_left_to_read_or_to_find(desk: Desk) -> None:
    sam = await desk.customer(name="Sam", phone=PHONE, email=EMAIL, external_id="C-1")
    written = str(await write(desk, "I live at 1 High Street"))
    room = OtherRoom()
    erased = await erase(desk, sam.id, room)
    assert (erased.erased, erased.name, erased.addresses, erased.external_id) == (
        True,
        None,
        (),
        None,
    )
    assert room.ended == [(sam.id,)]
    assert (await desk.message(written)).content.text == ""
    assert [each.data for each in await desk.events("customer.erased")] == [{}]
    async with desk.database.snapshot() as session:
        assert await session.all(sa.select(addresses)) == []
        row = await session.one_or_none(sa.select(customers))
        assert row is not None
        assert (row["sealed"], row["external_id_hash"]) == (ERASED, None)
        found = await find_by_address(
            session,
            desk.vault,
            merchant=desk.merchant,
            kind=AddressKind.PHONE,
            address=PHONE,
            now=desk.clock(),
        )
        listed, _ = await list_customers(
            session, desk.vault, merchant=desk.merchant.id, limit=9, cursor=None
        )
        searched = await search(
            session, desk.vault, merchant=desk.merchant, q=sam.id, limit=9, now=desk.clock()
        )
    assert (found, listed, searched) == ([], [], [])
    [received] = await desk.events("message.received")
    assert received.data == {"message": written, "erased": True}
    async with desk.database.snapshot() as session:
        verdict = await verify(session, desk.vault, desk.merchant.id, now=desk.clock())
    assert verdict.bad_position is None


async def test_whoever_writes_from_the_address_later_begins_anew(desk: Desk) -> None:
    sam = await desk.customer(name="Sam", phone=PHONE)
    before = await desk.message(str(await write(desk, "Hello")))
    await erase(desk, sam.id)
    desk.clock.advance(seconds=1)
    after = await desk.message(str(await write(desk, "Hello again", sid="SM2")))
    assert after.content.text == "Hello again"
    assert after.customer != sam.id
    assert after.conversation != before.conversation
    async with desk.database.snapshot() as session:
        states = await session.all(
            sa.select(conversations.c.state).order_by(conversations.c.opened_at)
        )
    assert [row["state"] for row in states] == ["closed", "open"]


async def test_queued_messages_are_not_sent(desk: Desk) -> None:
    sam = await desk.customer(phone=PHONE)
    queued = [await desk.queue(sam), await desk.queue(sam, link=None)]
    await erase(desk, sam.id)
    for message in queued:
        assert (await desk.message(message.id)).problem == problems.ERASED
    await desk.drain()
    assert desk.provider.taken == []


async def test_a_stop_outlives_the_customer_and_a_grant_does_not(desk: Desk) -> None:
    sam = await desk.customer(phone=PHONE)
    await write(desk, "START")
    await erase(desk, sam.id)
    async with desk.database.snapshot() as session:
        assert await session.all(sa.select(consents)) == []
    desk.clock.advance(seconds=1)
    await write(desk, "STOP", sid="SM2")
    again = await desk.customer(phone=PHONE)
    await erase(desk, again.id)
    async with desk.database.snapshot() as session:
        [row] = await session.all(sa.select(consents))
    assert (row["state"], row["customer"]) == ("stopped", None)
    with pytest.raises(ConsentStopped):
        await desk.queue()


async def test_the_whole_group_goes_and_never_a_part_of_it(desk: Desk) -> None:
    sam, other = await desk.customer(email=EMAIL), await desk.customer(phone=PHONE)
    await merge(desk, sam.id, other.id)
    with pytest.raises(CustomerMerged, match=sam.id):
        await erase(desk, other.id)
    await erase(desk, sam.id)
    async with desk.database.snapshot() as session:
        left = await get_customer(
            session, desk.vault, merchant=desk.merchant.id, customer_id=other.id
        )
    assert left.erased
    assert {each.customer for each in await desk.events("customer.erased")} == {sam.id, other.id}


async def test_nothing_is_erased_while_the_customer_is_paying_and_only_once_after(
    desk: Desk,
) -> None:
    sam = await desk.customer(name="Sam", phone=PHONE)
    with pytest.raises(Busy):
        await erase(desk, sam.id, OtherRoom(busy=True))
    assert (await desk.customer(phone=PHONE)).name == "Sam"
    await erase(desk, sam.id)
    assert (await erase(desk, sam.id, OtherRoom(busy=True))).erased
    assert len(await desk.events("customer.erased")) == 1


async def test_another_who_shares_the_address_keeps_it_and_what_was_granted(desk: Desk) -> None:
    sam = await desk.customer(external_id="C-1", phone=PHONE)
    alex = await desk.customer(external_id="C-2", phone=PHONE)
    await write(desk, "START")
    await erase(desk, sam.id)
    assert (await desk.customer(phone=PHONE)).id == alex.id
    async with desk.database.snapshot() as session:
        [row] = await session.all(sa.select(consents))
    assert row["state"] == "granted"
