"""Who is meant: the strongest mark decides, within one merchant."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from channels.customers import (
    get_customer,
    get_customers,
)
from compliance.merchants import Merchant
from core.errors import InvalidField, NotFound
from tests.channels.conftest import EMAIL, PHONE, Desk
from tests.conftest import NewMerchant


@pytest.mark.parametrize(
    "draft",
    [
        {"external_id": "C-1"},
        {"phone": "+44 7700 900123"},
        {"email": "SAM@EXAMPLE.COM"},
        {"phone": PHONE, "email": EMAIL, "external_id": "C-1"},
        {"phone": PHONE, "name": "Somebody Else"},
    ],
)
async def test_a_known_customer_is_found_by_any_of_their_marks(
    desk: Desk, draft: dict[str, str]
) -> None:
    made = await desk.customer(name="Sam Jones", email=EMAIL, phone=PHONE, external_id="C-1")
    found = await desk.customer(**draft)
    assert found == made
    assert await desk.events("customer.updated") == []


async def test_a_name_alone_matches_nobody(desk: Desk) -> None:
    first = await desk.customer(name="Sam Jones")
    second = await desk.customer(name="Sam Jones")
    assert first.id != second.id


@pytest.mark.parametrize(
    ("draft", "meant"),
    [
        ({"phone": PHONE, "email": EMAIL}, "phone"),
        ({"external_id": "C-1", "phone": PHONE}, "outside"),
        ({"external_id": "C-1", "phone": PHONE, "email": "alex@example.com"}, "outside"),
        ({"phone": PHONE, "email": "alex@example.com"}, "phone"),
    ],
)
async def test_the_strongest_mark_says_who_is_meant(
    desk: Desk, draft: dict[str, str], meant: str
) -> None:
    """An agent with a customer on the phone is never told to sort out the address book first."""
    made = {
        "phone": await desk.customer(phone=PHONE),
        "email": await desk.customer(email=EMAIL),
        "outside": await desk.customer(external_id="C-1", email="alex@example.com"),
    }
    assert made[meant].id == (await desk.customer(**draft)).id


async def test_an_address_of_two_means_the_one_it_was_last_given_for(desk: Desk) -> None:
    by_phone, by_email = await desk.customer(phone=PHONE), await desk.customer(email=EMAIL)
    desk.clock.advance(seconds=1)
    assert by_email.id == (await desk.customer(email=EMAIL)).id
    desk.clock.advance(seconds=1)
    await desk.customer(phone=PHONE, email=EMAIL)
    assert by_phone.id == (await desk.customer(email=EMAIL)).id


async def test_people_with_outside_ids_of_their_own_may_share_a_telephone(desk: Desk) -> None:
    sam = await desk.customer(external_id="C-1", phone=PHONE, name="Sam")
    alex = await desk.customer(external_id="C-2", phone=PHONE, name="Alex")
    assert sam.id != alex.id
    assert (await desk.customer(external_id="C-1", phone=PHONE)).id == sam.id
    assert (await desk.customer(phone=PHONE, name="alex")).id == alex.id
    desk.clock.advance(seconds=1)
    assert (await desk.customer(phone=PHONE, name="SAM")).id == sam.id
    assert (await desk.customer(phone=PHONE)).id == sam.id, "the last it was given for"


async def test_nothing_is_matched_across_merchants(
    desk: Desk, new_merchant: NewMerchant, new_desk: Callable[[Merchant], Awaitable[Desk]]
) -> None:
    mine = await desk.customer(phone=PHONE, email=EMAIL, external_id="C-1")
    other = await new_desk(await new_merchant("Other Ltd"))
    theirs = await other.customer(phone=PHONE, email=EMAIL, external_id="C-1")
    assert mine.id != theirs.id
    async with desk.database.snapshot() as session:
        with pytest.raises(NotFound):
            await get_customer(
                session, desk.vault, merchant=desk.merchant.id, customer_id=theirs.id
            )
        found = await get_customers(
            session, desk.vault, merchant=desk.merchant.id, ids=[mine.id, theirs.id]
        )
    assert set(found) == {mine.id}


async def test_the_same_stranger_at_once_is_made_once(desk: Desk) -> None:
    made = await asyncio.gather(*(desk.customer(phone=PHONE, email=EMAIL) for _ in range(6)))
    assert len({one.id for one in made}) == 1
    assert await desk.event_types(["customer"]) == ["customer.created"]


@pytest.mark.parametrize(
    ("draft", "pointer"),
    [
        ({}, "/customer"),
        ({"phone": "hello"}, "/customer/phone"),
        ({"email": "a@@b"}, "/customer/email"),
        ({"name": ""}, "/customer/name"),
        ({"name": "x" * 201}, "/customer/name"),
        ({"name": "Sam\r\nBcc: x@y.example"}, "/customer/name"),
        ({"name": "Sam \u202eevil"}, "/customer/name"),
        ({"name": "4242 4242 4242 4242"}, "/customer/name"),
        ({"external_id": "4242424242424242"}, "/customer/external_id"),
        ({"locale": "english please"}, "/customer/locale"),
    ],
)
async def test_what_cannot_be_is_refused_at_its_pointer(
    desk: Desk, draft: dict[str, str], pointer: str
) -> None:
    with pytest.raises(InvalidField) as caught:
        await desk.customer(**draft)
    assert [field.pointer for field in caught.value.fields] == [pointer]
    assert await desk.event_types(["customer"]) == []
