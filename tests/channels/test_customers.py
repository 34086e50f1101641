"""Customers: made with what is given, and richer each time they are met."""

import pytest

from channels.customers import (
    Customer,
    CustomerDraft,
    CustomerExists,
    create_customer,
    get_customer,
)
from tests.channels.conftest import EMAIL, PHONE, Desk


async def create(desk: Desk, **draft: str | None) -> Customer:
    async with desk.database.transaction() as session:
        return await create_customer(
            session,
            desk.vault,
            merchant=desk.merchant,
            draft=CustomerDraft(**draft),
            agent=None,
            actor="system",
            now=desk.clock(),
        )


async def test_an_unknown_customer_is_made_with_everything_given(desk: Desk) -> None:
    made = await desk.customer(
        name="Sam Jones", email=EMAIL, phone="07700 900123", external_id="C-1", locale="en-GB"
    )
    assert (made.name, made.email, made.phone) == ("Sam Jones", EMAIL, PHONE)
    assert (made.external_id, made.locale) == ("C-1", "en-GB")
    async with desk.database.snapshot() as session:
        read = await get_customer(
            session, desk.vault, merchant=desk.merchant.id, customer_id=made.id
        )
    assert read == made
    [created] = await desk.events("customer.created")
    assert created.customer == made.id
    assert created.data == {"fields": ["name", "external_id", "locale", "phone", "email"]}


async def test_a_match_gains_what_was_missing_and_loses_nothing(desk: Desk) -> None:
    made = await desk.customer(name="Sam Jones", phone=PHONE)
    found = await desk.customer(name="S. Jones", phone=PHONE, email=EMAIL, external_id="C-1")
    assert found.id == made.id
    assert (found.name, found.email, found.external_id) == ("Sam Jones", EMAIL, "C-1")
    [updated] = await desk.events("customer.updated")
    assert updated.data == {"fields": ["external_id", "email"]}
    assert (await desk.customer(external_id="C-1")).id == made.id


async def test_the_address_given_last_is_the_one_to_write_to(desk: Desk) -> None:
    made = await desk.customer(email=EMAIL, phone=PHONE)
    desk.clock.advance(minutes=1)
    assert (await desk.customer(email=EMAIL, phone="+447700900456")).phone == "+447700900456"
    desk.clock.advance(minutes=1)
    again = await desk.customer(phone=PHONE)
    assert (again.id, again.phone) == (made.id, PHONE)
    assert ["+447700900123", "+447700900456", EMAIL] == [each.address for each in again.addresses]


async def test_making_somebody_who_is_there_is_a_conflict(desk: Desk) -> None:
    made = await create(desk, phone=PHONE)
    with pytest.raises(CustomerExists) as caught:
        await create(desk, phone=PHONE, name="Sam")
    assert made.id in caught.value.detail
