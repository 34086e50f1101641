"""Signing in sets a cookie that scripts cannot read; signing out ends it; everybody here is listed by name."""

import asyncio
from dataclasses import replace

import httpx2
import pytest

from compliance.api_keys import create_key
from compliance.merchants import Merchant
from compliance.roles import ROLE_PERMISSIONS, Role
from compliance.routes import access, people
from compliance.routes.gate import COOKIE, Gate
from compliance.users import User
from core.throttle import Limit, Throttle
from tests.conftest import PASSWORD, NewMerchant, NewUser
from tests.support.clock import SettableClock
from tests.support.doors import CONSOLE, calling, service


@pytest.fixture
async def zoe(merchant: Merchant, new_user: NewUser) -> User:
    return await new_user(merchant.id, Role.AGENT, team="billing", email="zoe@acme.example")


def _credentials(password: str = PASSWORD) -> dict[str, str]:
    return {"email": "zoe@acme.example", "password": password}


async def test_a_person_signs_in_sees_who_they_are_and_signs_out(
    gate: Gate, merchant: Merchant, zoe: User
) -> None:
    async with calling(service(gate, access.router, people.router)) as client:
        opened = await client.post("/v1/sessions", json=_credentials(), headers={"origin": CONSOLE})
        assert 201 == opened.status_code
        assert zoe.id == opened.json()["user"]["id"]
        assert "2026-11-23T01:24:05.123Z" == opened.json()["expires_at"]
        current = await client.get("/v1/sessions/current")
        assert {
            "user": {
                "id": zoe.id,
                "name": zoe.name,
                "email": zoe.email,
                "role": "agent",
                "custom_role": None,
                "team": "billing",
            },
            "csrf_token": opened.json()["csrf_token"],
            "merchant": {
                "id": merchant.id,
                "name": "Acme Travel",
                "currency": "GBP",
                "country": "GB",
            },
            "permissions": sorted(ROLE_PERMISSIONS[Role.AGENT]),
            "role_name": None,
        } == current.json()
        token = client.cookies[COOKIE]
        csrf = {"x-csrf-token": opened.json()["csrf_token"]}
        assert 204 == (await client.delete("/v1/sessions/current", headers=csrf)).status_code
        assert COOKIE not in client.cookies
        stolen = {"cookie": f"{COOKIE}={token}"}
        assert 401 == (await client.get("/v1/sessions/current", headers=stolen)).status_code


async def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(gate: Gate, zoe: User) -> None:
    async with calling(service(gate, access.router, people.router)) as client:
        opened = await client.post("/v1/sessions", json=_credentials())
    cookie = opened.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert "Path=/" in cookie


async def test_a_wrong_password_and_an_unknown_address_answer_alike(gate: Gate, zoe: User) -> None:
    async with calling(service(gate, access.router, people.router)) as client:
        wrong = await client.post("/v1/sessions", json=_credentials("wrong horse 1"))
        unknown = await client.post(
            "/v1/sessions", json={"email": "nobody@acme.example", "password": PASSWORD}
        )
    assert (401, wrong.content) == (unknown.status_code, unknown.content)
    assert "set-cookie" not in wrong.headers


async def test_a_stopwatch_does_not_tell_who_exists(gate: Gate, zoe: User) -> None:
    """A known address costs a quick check and a row, an unknown one a slow check alone; answers take alike long."""
    loop = asyncio.get_running_loop()
    taken: dict[str, list[float]] = {"zoe@acme.example": [], "nobody@acme.example": []}
    async with calling(service(gate, access.router)) as client:
        for _ in range(5):
            for email, times in taken.items():
                began = loop.time()
                body = {"email": email, "password": "wrong horse 1"}
                assert 401 == (await client.post("/v1/sessions", json=body)).status_code
                times.append(loop.time() - began)
    # The row of a known account takes no part of the time: it lies within the step (`tests/core/test_even_time.py`).
    assert min(min(times) for times in taken.values()) >= access.REFUSAL_SECONDS - 0.01


async def test_another_site_cannot_sign_its_visitor_in(gate: Gate, zoe: User) -> None:
    async with calling(service(gate, access.router, people.router)) as client:
        for origin in ("http://evil.test", "null", "https://console.test"):
            answer = await client.post(
                "/v1/sessions", json=_credentials(), headers={"origin": origin}
            )
            assert (origin, 403) == (origin, answer.status_code)


async def test_guessing_from_one_address_is_slowed_down(gate: Gate, zoe: User) -> None:
    narrow = replace(gate, throttle=Throttle({"sign_in": Limit(2, 600)}))
    async with calling(service(narrow, access.router)) as client:
        answers = [
            await client.post("/v1/sessions", json=_credentials("wrong horse 1")) for _ in range(3)
        ]
    assert [401, 401, 429] == [answer.status_code for answer in answers]


async def test_guessing_from_many_addresses_of_one_line_is_slowed_down(
    gate: Gate, zoe: User
) -> None:
    narrow = replace(gate, throttle=Throttle({"sign_in": Limit(2, 600)}))
    answers = []
    for number in range(3):
        line = httpx2.ASGITransport(
            app=service(narrow, access.router), client=(f"2001:db8::{number:x}", 50000)
        )
        async with httpx2.AsyncClient(transport=line, base_url="http://service.test") as client:
            answers.append(await client.post("/v1/sessions", json=_credentials("wrong horse 1")))
    assert [401, 401, 429] == [answer.status_code for answer in answers]


@pytest.mark.parametrize(
    "body",
    [
        {"email": "zoe@acme.example"},
        {"email": "zoe@acme.example", "password": 1},
        {"email": "zoe@acme.example", "password": PASSWORD, "role": "admin"},
        {"email": "x" * 255, "password": PASSWORD},
        {"email": "zoe@acme.example", "password": "x" * 257},
        [],
        None,
    ],
)
async def test_a_body_of_another_shape_is_refused(gate: Gate, body: object) -> None:
    async with calling(service(gate, access.router, people.router)) as client:
        assert 422 == (await client.post("/v1/sessions", json=body)).status_code


async def test_software_sees_its_merchant_and_has_no_session_to_end(
    gate: Gate, merchant: Merchant, clock: SettableClock
) -> None:
    async with gate.database.transaction() as session:
        key = await create_key(
            session, merchant=merchant.id, name="CRM", actor="system", now=clock()
        )
    bearer = {"authorization": f"Bearer {key.secret}"}
    async with calling(service(gate, access.router, people.router), headers=bearer) as client:
        current = (await client.get("/v1/sessions/current")).json()
        assert (None, None, merchant.id) == (
            current["user"],
            current["csrf_token"],
            current["merchant"]["id"],
        )
        assert 204 == (await client.delete("/v1/sessions/current")).status_code
        assert 200 == (await client.get("/v1/sessions/current")).status_code


async def test_everybody_who_works_here_is_listed_without_addresses_and_nobody_elses_people(
    gate: Gate, merchant: Merchant, zoe: User, new_merchant: NewMerchant, new_user: NewUser
) -> None:
    await new_user((await new_merchant("Other")).id)
    async with calling(service(gate, access.router, people.router)) as client:
        await client.post("/v1/sessions", json=_credentials())
        listed = (await client.get("/v1/users")).json()
    assert {
        "data": [
            {
                "id": zoe.id,
                "name": zoe.name,
                "role": "agent",
                "custom_role": None,
                "team": "billing",
            }
        ],
        "next_cursor": None,
    } == listed
