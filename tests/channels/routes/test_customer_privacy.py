"""`/v1/customers/{id}/export` and `/erase`: for supervisors, admins and software; recorded; refused while paying."""

import httpx2
import pytest
from fastapi import FastAPI

from compliance.roles import Role
from compliance.routes.gate import caller
from tests.channels.conftest import EMAIL, PHONE, Desk
from tests.channels.test_customer_erasing import OtherRoom
from tests.channels.test_inbound import write
from tests.support.doors import calling
from tests.support.people import person


async def test_an_export_tells_everything_and_is_recorded(
    api: httpx2.AsyncClient, doors: FastAPI, desk: Desk
) -> None:
    doors.state.customer_records = OtherRoom()
    sam = await desk.customer(name="Sam", phone=PHONE)
    await write(desk, "Hello")
    told = (await api.get(f"/v1/customers/{sam.id}/export")).json()
    assert told["customer"]["name"] == "Sam"
    assert [one["text"] for one in told["messages"]] == ["Hello"]
    assert told["links"] == [{"of": [sam.id]}]
    assert told["exported_at"] == "2026-11-22T13:24:05.123Z"
    [exported] = await desk.events("export.created")
    assert (exported.customer, exported.data) == (sam.id, {"of": "customer"})


async def test_an_erased_customer_is_an_id_and_nothing_else(
    api: httpx2.AsyncClient, desk: Desk
) -> None:
    sam = await desk.customer(name="Sam", phone=PHONE, email=EMAIL)
    erased = await api.post(f"/v1/customers/{sam.id}/erase")
    assert erased.status_code == 200, erased.text
    shown = (await api.get(f"/v1/customers/{sam.id}")).json()
    assert shown == erased.json()
    assert (shown["status"], shown["name"], shown["addresses"]) == ("erased", None, [])
    assert (await api.get("/v1/customers/lookup", params={"phone": PHONE})).status_code == 404
    other = await desk.customer(name="Alex")
    for path, body in (
        ("merge", {"from": other.id}),
        ("consents", {"channel": "sms", "state": "granted"}),
    ):
        refused = await api.post(f"/v1/customers/{sam.id}/{path}", json=body)
        assert (refused.status_code, refused.json()["code"]) == (409, "customer_erased")
    assert (await api.patch(f"/v1/customers/{sam.id}", json={"name": "Sam"})).status_code == 409
    assert (await api.post(f"/v1/customers/{sam.id}/erase")).json() == shown


async def test_nobody_is_erased_while_they_pay(
    api: httpx2.AsyncClient, doors: FastAPI, desk: Desk
) -> None:
    doors.state.customer_records = OtherRoom(busy=True)
    sam = await desk.customer(name="Sam")
    refused = await api.post(f"/v1/customers/{sam.id}/erase")
    assert (refused.status_code, refused.json()["code"]) == (409, "attempt_live")
    assert (await api.get(f"/v1/customers/{sam.id}")).json()["name"] == "Sam"


@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.AGENT, 403), (Role.AUDITOR, 403), (Role.SUPERVISOR, 200), (Role.ADMIN, 200)],
)
async def test_it_takes_a_supervisor(doors: FastAPI, desk: Desk, role: Role, status: int) -> None:
    sam = await desk.customer(name="Sam")
    doors.dependency_overrides[caller] = lambda: person(desk.merchant.id, role)
    async with calling(doors) as client:
        assert (await client.get(f"/v1/customers/{sam.id}/export")).status_code == status
        assert (await client.post(f"/v1/customers/{sam.id}/erase")).status_code == status
