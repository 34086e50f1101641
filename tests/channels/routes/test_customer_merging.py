"""`/v1/customers/{id}/merge` and `/unmerge`, as an integrator uses them."""

from collections.abc import Awaitable, Callable

import httpx2
import pytest
from fastapi import FastAPI

from compliance.merchants import Merchant
from tests.channels.conftest import EMAIL, PHONE, Desk
from tests.conftest import NewMerchant
from tests.support.doors import calling


async def test_a_merge_and_its_undoing(api: httpx2.AsyncClient, desk: Desk) -> None:
    sam = (await desk.customer(name="Sam", email=EMAIL)).id
    other = (await desk.customer(phone=PHONE)).id
    merged = await api.post(f"/v1/customers/{sam}/merge", json={"from": other})
    assert merged.status_code == 200, merged.text
    assert (merged.json()["id"], merged.json()["phone"]) == (sam, PHONE)
    assert {one["address"] for one in merged.json()["addresses"]} == {EMAIL, PHONE}
    away = (await api.get(f"/v1/customers/{other}")).json()
    assert (away["merged_into"], away["status"], away["phone"]) == (sam, "merged", PHONE)
    listed = (await api.get("/v1/customers")).json()["data"]
    assert [one["id"] for one in listed] == [sam]
    found = (await api.get("/v1/customers/lookup", params={"phone": PHONE})).json()
    assert found["customer"]["id"] == sam
    assert {one["customer"] for one in found["interactions"]} == {sam, other}
    refused = await api.patch(f"/v1/customers/{other}", json={"name": "Sam"})
    assert (refused.status_code, refused.json()["code"]) == (409, "customer_merged")
    back = await api.post(f"/v1/customers/{other}/unmerge")
    assert (back.status_code, back.json()["id"], back.json()["status"]) == (200, other, "active")
    assert (await api.post(f"/v1/customers/{other}/unmerge")).status_code == 409
    await api.post(f"/v1/customers/{sam}/merge", json={"from": other})
    by_survivor = await api.post(f"/v1/customers/{sam}/unmerge", json={"from": other})
    assert (by_survivor.status_code, by_survivor.json()["id"]) == (200, other)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 422),
        ({"from": None}, 422),
        ({"from": 5}, 422),
        ({"from": ""}, 422),
        ({"from": "x" * 41}, 422),
        ({"from": "cus_01k9aaaaaaaaaaaaaaaaaaaaaa"}, 404),
        ({"from": "cus_01k9aaaaaaaaaaaaaaaaaaaaaa", "status": "x"}, 422),
        ([], 422),
    ],
)
async def test_bad_bodies_merge_nobody(
    api: httpx2.AsyncClient, desk: Desk, body: object, status: int
) -> None:
    sam = await desk.customer(name="Sam")
    for act in ("merge", "unmerge") if status != 422 else ("merge",):
        response = await api.post(f"/v1/customers/{sam.id}/{act}", json=body)
        assert response.status_code == status, response.text
    assert await desk.events("customer.merged") == []


async def test_a_customer_is_not_merged_with_itself(api: httpx2.AsyncClient, desk: Desk) -> None:
    sam = await desk.customer(name="Sam")
    response = await api.post(f"/v1/customers/{sam.id}/merge", json={"from": sam.id})
    assert (response.status_code, response.json()["code"]) == (422, "invalid_field")
    assert await desk.events("customer.merged") == []


async def test_another_merchants_customers_look_like_none(
    doors: FastAPI,
    desk: Desk,
    key_of: Callable[[Merchant], Awaitable[str]],
    new_merchant: NewMerchant,
) -> None:
    one, other = await desk.customer(name="Sam"), await desk.customer(name="Alex")
    rival = {"Authorization": f"Bearer {await key_of(await new_merchant('Rival'))}"}
    async with calling(doors, headers=rival) as api:
        for path, body in (
            (f"/v1/customers/{one.id}/merge", {"from": other.id}),
            (f"/v1/customers/{one.id}/unmerge", {"from": other.id}),
            (f"/v1/customers/{one.id}/consents", {"channel": "sms", "state": "stopped"}),
            (f"/v1/customers/{one.id}/erase", None),
        ):
            assert (await api.post(path, json=body)).status_code == 404
        assert (await api.get(f"/v1/customers/{one.id}/export")).status_code == 404
    assert {each.type for each in await desk.events()} == {"customer.created"}
