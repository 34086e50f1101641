"""The gate knows its callers by key or cookie, and lets no other site act through a browser."""

from dataclasses import replace
from typing import Any

import httpx2
import pytest
from fastapi import APIRouter, Request

from compliance import sessions
from compliance.api_keys import create_key
from compliance.merchants import Merchant
from compliance.principal import Principal
from compliance.roles import Permission, Role
from compliance.routes.gate import COOKIE, Caller, Gate, allowed, client_address, client_network
from core.throttle import Limit, Throttle
from tests.conftest import PASSWORD, NewUser
from tests.support.clock import SettableClock
from tests.support.doors import CONSOLE, calling, service

router = APIRouter()


@router.get("/who")
async def who(request: Request, caller: Caller) -> dict[str, Any]:
    return {"actor": caller.actor, "from": client_address(request)}


@router.get("/line")
async def line(request: Request) -> dict[str, Any]:
    return {"network": client_network(request)}


@router.post("/act")
async def act(caller: Principal = allowed(Permission.LINKS_WRITE)) -> dict[str, Any]:
    return {"actor": caller.actor}


@pytest.fixture
async def secret(gate: Gate, merchant: Merchant, clock: SettableClock) -> str:
    """An API key's secret."""
    async with gate.database.transaction() as session:
        key = await create_key(
            session, merchant=merchant.id, name="CRM", actor="system", now=clock()
        )
    return key.secret


async def _cookie(
    gate: Gate, merchant: Merchant, new_user: NewUser, role: Role = Role.AGENT
) -> tuple[dict[str, str], str]:
    user = await new_user(merchant.id, role)
    signed_in = await sessions.sign_in(
        gate.database,
        gate.vault,
        email=user.email,
        password=PASSWORD,
        origin=None,
        now=gate.clock(),
    )
    return {"cookie": f"{COOKIE}={signed_in.token}"}, signed_in.csrf_token


async def test_software_is_known_by_its_key(gate: Gate, secret: str) -> None:
    async with calling(service(gate, router)) as client:
        for scheme in ("Bearer", "bearer"):
            answer = await client.get("/who", headers={"authorization": f"{scheme} {secret}"})
            assert 200 == answer.status_code
        assert "127.0.0.1" == answer.json()["from"]
        assert answer.json()["actor"].startswith("key:key_")


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"authorization": ""},
        {"authorization": "Bearer"},
        {"authorization": "Bearer "},
        {"authorization": "Bearer sk_wrong"},
        {"authorization": "Basic c2tfd3Jvbmc6"},
        {"authorization": "Bearer \xff"},
        {"cookie": f"{COOKIE}=wrong"},
        {"cookie": f"{COOKIE}="},
        {"cookie": "other=1"},
    ],
)
async def test_nobody_else_gets_in(gate: Gate, headers: dict[str, str]) -> None:
    async with calling(service(gate, router)) as client:
        raw = [(name.encode(), value.encode("latin-1")) for name, value in headers.items()]
        answer = await client.get("/who", headers=raw)
    assert (401, "not_signed_in") == (answer.status_code, answer.json()["code"])


async def test_a_person_is_known_by_their_cookie_and_reading_needs_no_more(
    gate: Gate, merchant: Merchant, new_user: NewUser
) -> None:
    cookie, _ = await _cookie(gate, merchant, new_user)
    async with calling(service(gate, router)) as client:
        assert 200 == (await client.get("/who", headers=cookie)).status_code


async def test_a_cookie_acts_only_with_its_csrf_token_and_never_for_another_site(
    gate: Gate, merchant: Merchant, new_user: NewUser
) -> None:
    cookie, csrf = await _cookie(gate, merchant, new_user)
    good = {**cookie, "x-csrf-token": csrf}
    cases: list[tuple[dict[str, str], int]] = [
        (good, 200),
        ({**good, "origin": CONSOLE}, 200),
        (cookie, 403),
        ({**cookie, "x-csrf-token": ""}, 403),
        ({**cookie, "x-csrf-token": csrf[:-1]}, 403),
        ({**cookie, "origin": CONSOLE}, 403),
        ({**good, "origin": "http://evil.test"}, 403),
        ({**good, "origin": "null"}, 403),
        ({**good, "origin": f"{CONSOLE}.evil.test"}, 403),
    ]
    async with calling(service(gate, router)) as client:
        for headers, status in cases:
            answer = await client.post("/act", headers=headers)
            assert (headers, status) == (headers, answer.status_code)


async def test_a_key_needs_no_csrf_token(gate: Gate, secret: str) -> None:
    async with calling(service(gate, router)) as client:
        answer = await client.post("/act", headers={"authorization": f"Bearer {secret}"})
    assert 200 == answer.status_code


async def test_a_role_without_the_permission_is_refused(
    gate: Gate, merchant: Merchant, new_user: NewUser
) -> None:
    cookie, csrf = await _cookie(gate, merchant, new_user, Role.AUDITOR)
    async with calling(service(gate, router)) as client:
        answer = await client.post("/act", headers={**cookie, "x-csrf-token": csrf})
    assert (403, "not_allowed") == (answer.status_code, answer.json()["code"])


async def test_using_a_session_keeps_it_alive(
    gate: Gate, merchant: Merchant, new_user: NewUser, clock: SettableClock
) -> None:
    cookie, _ = await _cookie(gate, merchant, new_user)
    async with calling(service(gate, router)) as client:
        for _ in range(3):
            clock.advance(minutes=10)
            assert 200 == (await client.get("/who", headers=cookie)).status_code
        clock.advance(minutes=15)
        assert 401 == (await client.get("/who", headers=cookie)).status_code


async def test_a_caller_who_asks_too_often_is_told_to_wait_and_others_are_not(
    gate: Gate, secret: str, merchant: Merchant, new_user: NewUser
) -> None:
    cookie, _ = await _cookie(gate, merchant, new_user)
    narrow = replace(gate, throttle=Throttle({"api": Limit(2, 600)}))
    key = {"authorization": f"Bearer {secret}"}
    async with calling(service(narrow, router)) as client:
        statuses = [(await client.get("/who", headers=key)).status_code for _ in range(3)]
        other = await client.get("/who", headers=cookie)
    assert [200, 200, 429] == statuses
    assert 200 == other.status_code


async def test_a_line_is_one_caller_for_rate_limits_whichever_of_its_addresses_it_uses(
    gate: Gate,
) -> None:
    seen = []
    for address in ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", "2001:db8:1:3::1", "192.0.2.7"):
        transport = httpx2.ASGITransport(app=service(gate, router), client=(address, 50000))
        async with httpx2.AsyncClient(transport=transport, base_url="http://a.test") as client:
            seen.append((await client.get("/line")).json()["network"])

    assert ["2001:db8:1:2::/64", "2001:db8:1:2::/64", "2001:db8:1:3::/64", "192.0.2.7"] == seen
