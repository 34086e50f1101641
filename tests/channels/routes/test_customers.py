"""`/v1/customers`: made once, found, changed, and popped up when a telephone rings."""

from collections.abc import Awaitable, Callable
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI

from compliance.merchants import Merchant
from compliance.principal import Principal
from compliance.roles import Role
from compliance.routes.gate import caller
from core.database import Session
from tests.channels.conftest import AGENT, EMAIL, PHONE, Desk
from tests.conftest import NewMerchant
from tests.support.doors import calling
from tests.support.people import person

SAM = {"name": "Sam Jones", "phone": "07700 900123", "email": EMAIL, "external_id": "C-1"}


async def make(api: httpx2.AsyncClient, **body: Any) -> dict[str, Any]:
    response = await api.post("/v1/customers", json=body or SAM)
    assert response.status_code == 201, response.text
    made: dict[str, Any] = response.json()
    return made


def order_of(made: dict[str, Any]) -> list[tuple[str, str]]:
    """Both were given at one moment, so either may come first."""
    given = [("phone", PHONE), ("email", EMAIL)]
    return given if made["addresses"][0]["kind"] == "phone" else given[::-1]


async def test_a_customer_is_made_and_shown(api: httpx2.AsyncClient) -> None:
    made = await make(api)
    assert made == {
        "id": made["id"],
        "status": "active",
        "name": "Sam Jones",
        "email": EMAIL,
        "phone": PHONE,
        "external_id": "C-1",
        "locale": None,
        "addresses": [
            {"kind": kind, "address": address, "verified": False}
            for kind, address in order_of(made)
        ],
        "preferred_channel": None,
        "consents": [],
        "merged_into": None,
        "created_at": "2026-11-22T13:24:05.123Z",
    }
    assert (await api.get(f"/v1/customers/{made['id']}")).json() == made


async def test_the_same_key_and_body_make_one_customer(api: httpx2.AsyncClient) -> None:
    answers = [
        await api.post("/v1/customers", json=SAM, headers={"Idempotency-Key": "once"})
        for _ in range(2)
    ]
    assert answers[0].json() == answers[1].json()
    assert answers[1].headers["idempotent-replayed"] == "true"
    again = await api.post("/v1/customers", json=SAM)
    assert (again.status_code, again.json()["code"]) == (409, "customer_exists")


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"name": None},
        {"name": 5},
        {"name": ""},
        {"name": "Sam\r\nBcc: x@y.example"},
        {"name": "\u202eSam"},
        {"phone": "hello"},
        {"phone": "0906 123 4567"},
        {"email": "sam@a@example.com"},
        {"email": "sam@example.com\r\nBcc: x@y.example"},
        {"email": "a" * 255},
        {"locale": "e"},
        {"name": "Sam", "status": "vip"},
        {"name": "4242 4242 4242 4242"},
    ],
)
async def test_bad_bodies_are_invalid_and_make_nobody(
    api: httpx2.AsyncClient, desk: Desk, body: dict[str, Any]
) -> None:
    response = await api.post("/v1/customers", json=body)
    assert response.status_code == 422
    assert await desk.event_types(["customer"]) == []


async def test_a_change_sets_what_is_sent(api: httpx2.AsyncClient) -> None:
    made = await make(api)
    url = f"/v1/customers/{made['id']}"
    changed = await api.patch(url, json={"phone": "+44 7700 900456", "external_id": None})
    assert changed.status_code == 200
    expected = {**made, "phone": "+447700900456", "external_id": None}
    expected["addresses"] = [
        {"kind": "phone", "address": "+447700900456", "verified": False},
        {"kind": "email", "address": EMAIL, "verified": False},
    ]
    after = {
        **changed.json(),
        "addresses": sorted(changed.json()["addresses"], key=lambda one: str(one["address"])),
    }
    assert after == expected
    assert (await api.get(url)).json() == changed.json()
    assert (await api.patch(url, json={})).json() == changed.json()
    assert (await api.patch(url, json={"phone": "no"})).status_code == 422


async def test_the_list_pages_and_searches(api: httpx2.AsyncClient, desk: Desk) -> None:
    ids: list[str] = []
    for number in range(3):
        made = await make(api, name=f"Customer {number}", external_id=f"C-{number}")
        ids.insert(0, made["id"])
        desk.clock.advance(seconds=1)
    first = (await api.get("/v1/customers", params={"limit": 2})).json()
    assert [one["id"] for one in first["data"]] == ids[:2]
    assert first["as_of"] > 0
    query = {"limit": 2, "cursor": first["next_cursor"]}
    second = (await api.get("/v1/customers", params=query)).json()
    assert ([one["id"] for one in second["data"]], second["next_cursor"]) == (ids[2:], None)
    found = (await api.get("/v1/customers", params={"q": "customer 1"})).json()
    assert [one["id"] for one in found["data"]] == [ids[1]]


@pytest.mark.parametrize(
    "query",
    [
        {"limit": "-1"},
        {"limit": "0"},
        {"limit": "201"},
        {"limit": "1e9"},
        {"cursor": "forged"},
        {"q": ""},
        {"q": "x" * 255},
        {"q": "x", "cursor": "cus_01k9aaaaaaaaaaaaaaaaaaaaaa"},
    ],
)
async def test_bad_list_parameters_are_invalid(
    api: httpx2.AsyncClient, query: dict[str, str]
) -> None:
    assert (await api.get("/v1/customers", params=query)).status_code == 422


async def test_a_lookup_tells_who_it_is_and_what_is_open(
    api: httpx2.AsyncClient, doors: FastAPI, desk: Desk
) -> None:
    made = await make(api)
    asked: list[tuple[str, str]] = []

    async def links_of(
        session: Session, principal: Principal, customer: str
    ) -> list[dict[str, Any]]:
        asked.append((principal.merchant, customer))
        return [{"id": "lnk_1", "status": "active"}]

    doors.state.customer_links = links_of
    for query in ({"phone": PHONE}, {"email": "SAM@example.com"}, {"external_id": "C-1"}):
        popped = (await api.get("/v1/customers/lookup", params=query)).json()
        assert popped["customer"] == made
        assert popped["others"] == []
        assert popped["links"] == [{"id": "lnk_1", "status": "active"}]
        assert [each["type"] for each in popped["interactions"]] == ["customer.created"]
        assert popped["preferred_channel"] == "sms"
    assert asked == [(desk.merchant.id, made["id"])] * 3


async def test_a_lookup_forgives_a_plus_that_was_not_escaped(api: httpx2.AsyncClient) -> None:
    made = await make(api)
    popped = await api.get(f"/v1/customers/lookup?phone={PHONE}")
    assert popped.json()["customer"] == made
    assert popped.json()["links"] == []


async def test_a_lookup_shows_everybody_who_shares_the_address(
    api: httpx2.AsyncClient, desk: Desk
) -> None:
    first = await make(api, phone=PHONE, external_id="C-1")
    desk.clock.advance(seconds=1)
    second = await make(api, phone=PHONE, external_id="C-2")
    popped = (await api.get("/v1/customers/lookup", params={"phone": PHONE})).json()
    assert (popped["customer"], popped["others"]) == (second, [first])


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({}, 422),
        ({"phone": PHONE, "email": EMAIL}, 422),
        ({"phone": "hello"}, 422),
        ({"email": "nobody"}, 422),
        ({"phone": PHONE}, 404),
        ({"external_id": "C-9"}, 404),
    ],
)
async def test_a_lookup_that_finds_nobody_says_so(
    api: httpx2.AsyncClient, query: dict[str, str], status: int
) -> None:
    assert (await api.get("/v1/customers/lookup", params=query)).status_code == status


async def test_another_merchants_customer_looks_like_none(
    api: httpx2.AsyncClient,
    doors: FastAPI,
    new_merchant: NewMerchant,
    key_of: Callable[[Merchant], Awaitable[str]],
) -> None:
    made = await make(api)
    headers = {"Authorization": f"Bearer {await key_of(await new_merchant('Other Ltd'))}"}
    async with calling(doors, headers=headers) as other:
        for response in (
            await other.get(f"/v1/customers/{made['id']}"),
            await other.patch(f"/v1/customers/{made['id']}", json={"name": "X"}),
            await other.get("/v1/customers/lookup", params={"phone": PHONE}),
        ):
            assert (response.status_code, response.json()["code"]) == (404, "not_found")
        assert (await other.get("/v1/customers")).json()["data"] == []


async def test_without_a_key_nothing_is_shown(doors: FastAPI) -> None:
    async with calling(doors) as nobody:
        for response in (
            await nobody.get("/v1/customers"),
            await nobody.get("/v1/customers/lookup?phone=1"),
            await nobody.post("/v1/customers", json=SAM),
        ):
            assert response.status_code == 401


async def test_an_auditor_looks_and_does_not_touch(doors: FastAPI, desk: Desk) -> None:
    doors.dependency_overrides[caller] = lambda: person(desk.merchant.id, Role.AUDITOR)
    async with calling(doors) as auditor:
        assert (await auditor.get("/v1/customers")).status_code == 200
        assert (await auditor.post("/v1/customers", json=SAM)).status_code == 403


async def test_an_agent_sees_the_contacts_of_customers_they_serve_and_no_others(
    doors: FastAPI, desk: Desk
) -> None:
    await desk.queue(await desk.customer(phone=PHONE))
    for agent, types in (
        (AGENT, ["message.queued", "conversation.opened", "customer.created"]),
        ("usr_01k9bbbbbbbbbbbbbbbbbbbbbb", []),
    ):
        principal = person(desk.merchant.id, id=agent)
        doors.dependency_overrides[caller] = lambda who=principal: who
        async with calling(doors) as client:
            popped = (await client.get("/v1/customers/lookup", params={"phone": PHONE})).json()
        assert [each["type"] for each in popped["interactions"]] == types


async def test_the_preferred_channel_is_chosen_or_learned_again(api: httpx2.AsyncClient) -> None:
    made = await make(api)
    url = f"/v1/customers/{made['id']}"

    async def looked_up() -> str:
        found = (await api.get("/v1/customers/lookup", params={"phone": PHONE})).json()
        return str(found["preferred_channel"])

    assert await looked_up() == "sms"
    changed = await api.patch(url, json={"preferred_channel": "whatsapp"})
    assert changed.json()["preferred_channel"] == "whatsapp"
    assert await looked_up() == "whatsapp"
    assert (await api.patch(url, json={"preferred_channel": "pigeon"})).status_code == 422
    assert (await api.patch(url, json={"preferred_channel": None})).json() == made
    assert await looked_up() == "sms"
