"""Changing a customer: what is named and nothing else, and recorded only when new."""

import pytest

from channels.customers import (
    Customer,
    CustomerConflict,
    change_customer,
)
from core.errors import NotFound
from tests.channels.conftest import EMAIL, PHONE, Desk


async def change(desk: Desk, customer: Customer, **changes: str | None) -> Customer:
    async with desk.database.transaction() as session:
        return await change_customer(
            session,
            desk.vault,
            merchant=desk.merchant,
            customer_id=customer.id,
            changes=changes,
            agent=None,
            actor="system",
            now=desk.clock(),
        )


async def test_a_change_sets_what_is_named_and_leaves_the_rest(desk: Desk) -> None:
    made = await desk.customer(name="Sam", phone=PHONE, email=EMAIL, external_id="C-1")
    changed = await change(desk, made, name="Sam Jones", locale="fr")
    assert (changed.name, changed.locale, changed.phone) == ("Sam Jones", "fr", PHONE)
    emptied = await change(desk, made, external_id=None, name=None)
    assert (emptied.name, emptied.external_id, emptied.locale) == (None, None, "fr")
    fields = [each.data["fields"] for each in await desk.events("customer.updated")]
    assert fields == [["name", "locale"], ["name", "external_id"]]
    again = await desk.customer(external_id="C-1", name="New")
    assert again.id != made.id


async def test_a_corrected_address_no_longer_finds_the_customer(desk: Desk) -> None:
    made = await desk.customer(phone=PHONE)
    changed = await change(desk, made, phone="+447700900456")
    assert changed.phone == "+447700900456"
    assert (await desk.customer(phone=PHONE)).id != made.id
    assert (await desk.customer(phone="+447700900456")).id == made.id


async def test_an_emptied_address_leaves_none_of_its_kind(desk: Desk) -> None:
    made = await desk.customer(phone=PHONE, email=EMAIL)
    await desk.customer(phone="+447700900456", email=EMAIL)
    changed = await change(desk, made, phone=None)
    assert (changed.phone, changed.email) == (None, EMAIL)


async def test_a_change_that_changes_nothing_is_not_recorded(desk: Desk) -> None:
    made = await desk.customer(name="Sam", phone=PHONE)
    assert await change(desk, made, name="Sam", phone=PHONE, email=None) == made
    assert await desk.events("customer.updated") == []


async def test_an_outside_id_belongs_to_one_customer(desk: Desk) -> None:
    await desk.customer(external_id="C-1")
    other = await desk.customer(external_id="C-2")
    with pytest.raises(CustomerConflict):
        await change(desk, other, external_id="C-1")
    assert (await change(desk, other, external_id="C-2")) == other


async def test_a_change_to_nobody_is_not_found(desk: Desk) -> None:
    made = await desk.customer(name="Sam")
    with pytest.raises(NotFound):
        await change(
            desk,
            Customer("cus_none", made.merchant, None, None, None, None, None, made.created_at),
            name="X",
        )
