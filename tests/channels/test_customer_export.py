"""The export holds everything of the group: details, threads, words, events, and what other rooms keep."""

import pytest

from channels.customer_export import export_customer
from compliance.roles import Role
from core.errors import NotFound
from tests.channels.conftest import EMAIL, PHONE, Desk
from tests.channels.test_customer_erasing import OtherRoom
from tests.channels.test_customer_merging import merge
from tests.channels.test_inbound import write
from tests.support.people import person


async def test_everything_of_the_group_is_in_it(desk: Desk) -> None:
    sam, other = await desk.customer(name="Sam", email=EMAIL), await desk.customer(phone=PHONE)
    await merge(desk, sam.id, other.id)
    await write(desk, "Which hotel is this for?")
    await write(desk, "START", sid="SM2")
    sent = await desk.queue(sam, channel="email")
    async with desk.database.snapshot() as session:
        told = await export_customer(
            session,
            desk.vault,
            principal=person(desk.merchant.id, Role.SUPERVISOR),
            customer_id=sam.id,
            others=OtherRoom(),
        )
    assert (told["customer"]["name"], told["customer"]["phone"]) == ("Sam", PHONE)
    assert [one["id"] for one in told["merged"]] == [other.id]
    assert [one["state"] for one in told["customer"]["consents"]] == ["granted"]
    assert {one["channel"] for one in told["conversations"]} == {"sms", "email"}
    assert {one["text"] for one in told["messages"]} == {
        "Which hotel is this for?",
        "START",
        sent.content.text,
    }
    assert {"customer.created", "customer.merged", "message.received", "message.queued"} <= {
        one["type"] for one in told["events"]
    }
    assert told["links"] == [{"of": [sam.id, other.id]}]
    assert told["interactions"] == []


async def test_another_merchants_customer_is_not_found(desk: Desk) -> None:
    sam = await desk.customer(name="Sam")
    async with desk.database.snapshot() as session:
        with pytest.raises(NotFound):
            await export_customer(
                session,
                desk.vault,
                principal=person("mer_other", Role.SUPERVISOR),
                customer_id=sam.id,
                others=None,
            )
