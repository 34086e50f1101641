"""A name that a network tells fills a gap, and changes nothing that is known."""

import pytest

from channels.learned_names import fit_name, learn_name
from tests.channels.conftest import PHONE, Desk


async def learn(desk: Desk, customer: str, called: str) -> None:
    async with desk.database.transaction() as session:
        await learn_name(
            session,
            desk.vault,
            merchant=desk.merchant.id,
            customer=customer,
            called=called,
            actor="customer",
            now=desk.clock(),
        )


async def test_a_nameless_customer_gets_the_name_and_keeps_it(desk: Desk) -> None:
    customer = (await desk.customer(phone=PHONE)).id
    await learn(desk, customer, "Sam\u202e Jones")
    await learn(desk, customer, "Somebody Else")
    assert (await desk.customer(phone=PHONE)).name == "Sam Jones"
    [changed] = await desk.events("customer.updated")
    assert (changed.data, changed.actor) == ({"fields": ["name"]}, "customer")
    await learn(desk, "cus_none", "Sam")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Zoë\n Ng", "Zoë Ng"),
        ("", None),
        ("+447700900123", None),
        ("\u200b\u200b", None),
        ("Sam 4242424242424242", None),
        ("a" * 200, "a" * 80),
    ],
)
def test_a_name_is_one_plain_line(text: str, name: str | None) -> None:
    assert fit_name(text) == name
