"""Merchants make roles; nobody gains by them what they did not hold, and a change holds at once.

Covers compliance.custom_roles, compliance.custom_role_changes, compliance.acting and compliance.routes.roles.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import httpx2
import pytest

from agent_feed import standing
from compliance.merchants import Merchant
from compliance.roles import ROLE_PERMISSIONS, Permission, Role
from compliance.routes.gate import COOKIE, Gate
from compliance.sessions import find_session
from compliance.users import User
from tests.compliance.people_doors import at_the_doors, headers_of
from tests.conftest import NewMerchant, NewUser

ALL = sorted(ROLE_PERMISSIONS[Role.ADMIN])


@dataclass
class House:
    gate: Gate
    client: httpx2.AsyncClient
    ada: User
    bob: User
    admin: dict[str, str]

    async def ask(
        self, method: str, path: str, body: Any = None, by: dict[str, str] | None = None
    ) -> httpx2.Response:
        return await self.client.request(method, path, json=body, headers=by or self.admin)

    async def role(self, base: str, *permissions: str, name: str = "Desk") -> str:
        body = {"name": name, "base": base, "permissions": list(permissions)}
        made = await self.ask("POST", "/v1/roles", body)
        assert 201 == made.status_code, made.text
        found: str = made.json()["id"]
        return found

    async def give(self, user: str, role: str, by: dict[str, str] | None = None) -> int:
        return (await self.ask("PATCH", f"/v1/users/{user}", {"role": role}, by)).status_code


@pytest.fixture
async def house(gate: Gate, merchant: Merchant, new_user: NewUser) -> AsyncIterator[House]:
    ada = await new_user(merchant.id, Role.ADMIN, email="ada@acme.example")
    bob = await new_user(merchant.id, Role.AGENT, email="bob@acme.example")
    async with at_the_doors(gate) as client:
        yield House(gate, client, ada, bob, await headers_of(gate, ada))


async def test_a_change_of_a_role_holds_at_once_in_a_running_session_and_an_open_feed(
    house: House,
) -> None:
    role = await house.role("agent", "links.read", "users.read", "refunds.write", "events.read")
    bob = await headers_of(house.gate, house.bob)
    token = bob["cookie"].removeprefix(f"{COOKIE}=")
    assert 200 == await house.give(house.bob.id, role)
    async with house.gate.database.snapshot() as session:
        before = await find_session(session, house.gate.vault, token, now=house.gate.clock())
    assert before.may(Permission.REFUNDS_WRITE)
    assert not before.may(Permission.LINKS_WRITE)
    [shown] = [
        one
        for one in (await house.ask("GET", "/v1/users", by=bob)).json()["data"]
        if one["custom_role"]
    ]
    assert (house.bob.id, "agent", role) == (shown["id"], shown["role"], shown["custom_role"])
    told = (await house.ask("GET", "/v1/sessions/current", by=bob)).json()
    held = ["events.read", "links.read", "refunds.write", "users.read"]
    assert ("Desk", held) == (told["role_name"], told["permissions"])
    body = {"permissions": ["links.read"]}
    assert 200 == (await house.ask("PATCH", f"/v1/roles/{role}", body)).status_code
    assert 403 == (await house.ask("GET", "/v1/users", by=bob)).status_code
    async with house.gate.database.snapshot() as session:
        after = await standing.current(session, house.gate.vault, before, now=house.gate.clock())
    assert after is not None
    assert frozenset({Permission.LINKS_READ}) == after.granted


async def test_nobody_grants_or_takes_what_they_do_not_hold(house: House) -> None:
    role = await house.role("admin", "users.read", "users.write", "links.read", name="People")
    wide = await house.role("agent", "refunds.write", name="Refunds")
    assert 200 == await house.give(house.bob.id, role)
    bob = await headers_of(house.gate, house.bob)
    body = {"name": "More", "base": "admin", "permissions": ["keys.write"]}
    assert 403 == (await house.ask("POST", "/v1/roles", body, bob)).status_code
    for role_or_base in ("admin", "supervisor", wide):
        invited = {"email": "eve@acme.example", "name": "Eve", "role": role_or_base}
        assert 403 == (await house.ask("POST", "/v1/users", invited, bob)).status_code
    assert 403 == await house.give(house.ada.id, role, bob)
    reset = f"/v1/users/{house.ada.id}/invitations"
    assert 403 == (await house.ask("POST", reset, by=bob)).status_code
    own = {"permissions": ["users.write", "keys.write"]}
    assert 409 == (await house.ask("PATCH", f"/v1/roles/{role}", own, bob)).status_code
    assert 403 == (await house.ask("DELETE", f"/v1/roles/{wide}", by=bob)).status_code


@pytest.mark.parametrize(
    ("base", "permission"),
    [
        ("agent", "users.write"),
        ("supervisor", "keys.write"),
        ("agent", "settings.write"),
        ("auditor", "links.write"),
        ("admin", "embed.vouch"),
        ("agent", "everything"),
        ("integration", "links.read"),
    ],
)
async def test_what_a_base_cannot_hold_is_refused(house: House, base: str, permission: str) -> None:
    body = {"name": "Too much", "base": base, "permissions": [permission]}
    assert 422 == (await house.ask("POST", "/v1/roles", body)).status_code


async def test_a_role_in_use_stays_and_a_name_is_given_once(house: House) -> None:
    role = await house.role("agent", "links.read")
    body = {"name": "desk", "base": "agent", "permissions": ["links.read"]}
    assert 409 == (await house.ask("POST", "/v1/roles", body)).status_code
    assert 200 == await house.give(house.bob.id, role)
    assert 409 == (await house.ask("DELETE", f"/v1/roles/{role}")).status_code
    assert 200 == await house.give(house.bob.id, "agent")
    assert 204 == (await house.ask("DELETE", f"/v1/roles/{role}")).status_code
    assert 422 == await house.give(house.bob.id, role)


async def test_the_last_plain_admin_cannot_be_stripped_and_ones_own_role_not_changed(
    house: House,
) -> None:
    role = await house.role("admin", *ALL, name="As good as admin")
    assert 409 == await house.give(house.ada.id, role)
    assert 200 == await house.give(house.bob.id, role)
    assert 409 == await house.give(house.ada.id, "agent", await headers_of(house.gate, house.bob))


async def test_another_merchants_role_is_not_there(
    house: House, new_merchant: NewMerchant, new_user: NewUser
) -> None:
    role = await house.role("agent", "links.read")
    other = await new_merchant()
    eve = await new_user(other.id, Role.ADMIN, email="eve@other.example")
    by = await headers_of(house.gate, eve)
    cy = await new_user(other.id, Role.AGENT, email="cy@other.example")
    assert 422 == await house.give(cy.id, role, by)
    assert 404 == (await house.ask("PATCH", f"/v1/roles/{role}", {"name": "X"}, by)).status_code
    assert 404 == (await house.ask("DELETE", f"/v1/roles/{role}", by=by)).status_code
    assert [] == (await house.ask("GET", "/v1/roles", by=by)).json()["data"]
