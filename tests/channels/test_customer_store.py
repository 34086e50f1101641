"""What is stored of a customer: nothing that reads without the key."""

import sqlalchemy as sa

from channels.addresses import addresses
from channels.customer_store import customers
from channels.customers import (
    get_customer,
    get_customers,
)
from tests.channels.conftest import EMAIL, PHONE, Desk


async def test_what_is_stored_shows_nothing_without_the_key(desk: Desk) -> None:
    made = await desk.customer(name="Sam Jones", email=EMAIL, phone=PHONE, external_id="C-1")
    async with desk.database.snapshot() as session:
        rows = [
            *await session.all(sa.select(customers)),
            *await session.all(sa.select(addresses)),
        ]
    stored = str([dict(row) for row in rows])
    for secret in ("Sam", "Jones", EMAIL, PHONE, "7700900123", "C-1"):
        assert secret not in stored
    async with desk.database.transaction() as session:
        await desk.vault.destroy(session, desk.merchant.id, made.id, now=desk.clock())
    async with desk.database.snapshot() as session:
        erased = await get_customer(
            session, desk.vault, merchant=desk.merchant.id, customer_id=made.id
        )
    assert (erased.name, erased.email, erased.phone, erased.external_id) == (None,) * 4


async def test_many_customers_are_read_at_once_and_strangers_are_left_out(desk: Desk) -> None:
    made = [await desk.customer(name=f"Customer {n}", phone=f"+44770090012{n}") for n in range(3)]
    async with desk.database.snapshot() as session:
        ids = [one.id for one in made]
        found = await get_customers(
            session, desk.vault, merchant=desk.merchant.id, ids=[*ids, ids[0], "cus_none"]
        )
        none = await get_customers(session, desk.vault, merchant=desk.merchant.id, ids=[])
    assert found == {one.id: one for one in made}
    assert none == {}
