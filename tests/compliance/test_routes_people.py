"""Admins run their merchant's people; nobody raises themselves, and nobody else's people are there.

Covers compliance.people, compliance.letters, compliance.session_list, compliance.password_changes,
compliance.routes.own_account and compliance.routes.session_list.
"""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from typing import Any

import httpx2
import pytest
import sqlalchemy as sa

from compliance.access_tickets import LIVES, RESET, access_tickets
from compliance.journal import Query, Reader
from compliance.letters import SEND, Letters
from compliance.merchants import Merchant
from compliance.password_changes import RESET as ASKED
from compliance.password_changes import ResetDesk
from compliance.roles import Role
from compliance.routes.gate import Gate
from compliance.users import User
from core import work
from tests.compliance.people_doors import (
    BASE,
    at_the_doors,
    choose,
    enter,
    headers_of,
    some_mail,
    ticket_of,
)
from tests.conftest import PASSWORD, NewMerchant, NewUser
from tests.support.clock import SettableClock

BEA = {"email": "bea@acme.example", "name": "Bea Blum", "role": "agent", "team": "Billing"}
NEW_PASSWORD = "a fresh horse 2"


@dataclass
class House:
    gate: Gate
    client: httpx2.AsyncClient
    merchant: Merchant
    ada: User
    admin: dict[str, str]

    async def invite(self, **more: Any) -> Any:
        made = await self.client.post("/v1/users", json=BEA | more, headers=self.admin)
        assert 201 == made.status_code, made.text
        return made.json()

    async def patch(self, user: str, by: dict[str, str] | None = None, **body: Any) -> int:
        path = f"/v1/users/{user}"
        return (await self.client.patch(path, json=body, headers=by or self.admin)).status_code


@pytest.fixture
async def house(gate: Gate, merchant: Merchant, new_user: NewUser) -> AsyncIterator[House]:
    ada = await new_user(merchant.id, Role.ADMIN, email="ada@acme.example")
    async with at_the_doors(gate) as client:
        yield House(gate, client, merchant, ada, await headers_of(gate, ada))


async def test_somebody_is_invited_chooses_a_password_and_signs_in(house: House) -> None:
    made = await house.invite()
    assert ("invited", "link") == (made["state"], made["invitation"]["sent_by"])
    url = made["invitation"]["url"]
    assert url.startswith(f"{BASE}/#/welcome/")
    assert 401 == (await enter(house.client, BEA["email"])).status_code
    assert 422 == await choose(house.client, url, "Bea Blum 1234")
    assert 204 == await choose(house.client, url, NEW_PASSWORD)
    entered = await enter(house.client, BEA["email"], NEW_PASSWORD)
    assert (201, "agent", "Billing") == (
        entered.status_code,
        entered.json()["user"]["role"],
        entered.json()["user"]["team"],
    )


async def test_a_link_works_once_also_when_it_is_used_twice_at_once(house: House) -> None:
    url = (await house.invite())["invitation"]["url"]
    answers = await asyncio.gather(
        choose(house.client, url, NEW_PASSWORD), choose(house.client, url, "another horse 3")
    )
    assert [204, 404] == sorted(answers)
    assert 404 == await choose(house.client, url, "another horse 4")


async def test_a_link_ends_after_three_days_with_the_next_one_and_with_the_person(
    house: House, clock: SettableClock
) -> None:
    made = await house.invite()
    path = f"/v1/users/{made['id']}/invitations"
    second = (await house.client.post(path, headers=house.admin)).json()["url"]
    assert 404 == await choose(house.client, made["invitation"]["url"], NEW_PASSWORD)
    assert 200 == await house.patch(made["id"], active=False)
    assert 404 == await choose(house.client, second, NEW_PASSWORD)
    assert 200 == await house.patch(made["id"], active=True)
    third = (await house.client.post(path, headers=house.admin)).json()["url"]
    clock.advance(timedelta(hours=72))
    assert 404 == await choose(house.client, third, NEW_PASSWORD)


async def test_tickets_are_not_in_the_database_and_the_letter_is_sealed(house: House) -> None:
    ticket = ticket_of((await house.invite())["invitation"]["url"])
    async with at_the_doors(house.gate, mail=True) as client:
        body = BEA | {"email": "cy@acme.example"}
        made = await client.post("/v1/users", json=body, headers=house.admin)
    assert ("email", None) == (
        made.json()["invitation"]["sent_by"],
        made.json()["invitation"]["url"],
    )
    async with house.gate.database.snapshot() as session:
        tickets = await session.all(sa.select(access_tickets))
        [letter] = await session.all(sa.select(work.work_table))
    assert (2, SEND) == (len(tickets), letter["kind"])
    assert ticket not in repr(tickets)
    assert "#" not in repr(letter["payload"])


async def test_asking_for_a_reset_does_the_same_work_whoever_it_is(
    house: House, clock: SettableClock
) -> None:
    """Equal work rather than a stopwatch: the same statements, the same rows, the same answer."""
    statements: list[list[str]] = []

    def note(_c: Any, _k: Any, statement: str, *_rest: Any) -> None:
        statements[-1].append(statement)

    engine = house.gate.database.engine.sync_engine
    await house.client.post("/v1/password-resets", json={"email": "first@acme.example"})
    sa.event.listen(engine, "before_cursor_execute", note)
    answers = []
    for email in (house.ada.email, "nobody@acme.example"):
        statements.append([])
        answers.append(await house.client.post("/v1/password-resets", json={"email": email}))
    sa.event.remove(engine, "before_cursor_execute", note)
    assert statements[0] == statements[1] != []
    assert (202, answers[0].content) == (answers[1].status_code, answers[1].content)
    async with house.gate.database.transaction() as session:
        jobs = await work.claim(session, kinds=[ASKED], now=clock(), lease_seconds=60, limit=10)
    letters = Letters(BASE, some_mail, lambda _text: b"")
    for job in jobs:
        await ResetDesk(house.gate.database, house.gate.vault, letters, clock).answer(job)
    async with house.gate.database.snapshot() as session:
        [letter] = await session.all(sa.select(work.work_table))
        [ticket] = await session.all(sa.select(access_tickets))
    assert (3, f"{RESET}:{house.ada.id}") == (len(jobs), letter["subject"])
    assert clock() + LIVES[RESET] == ticket["expires_at"]


async def test_choosing_a_password_by_a_link_ends_every_session_and_lifts_a_lock(
    house: House, new_user: NewUser
) -> None:
    ann = await new_user(house.merchant.id, email="ann@acme.example")
    hers = await headers_of(house.gate, ann)
    for _ in range(10):
        await enter(house.client, ann.email, "wrong horse 1")
    path = f"/v1/users/{ann.id}/invitations"
    url = (await house.client.post(path, headers=house.admin)).json()["url"]
    assert "/#/reset/" in url
    assert 422 == await choose(house.client, url, PASSWORD)  # the present one
    assert 204 == await choose(house.client, url, NEW_PASSWORD)
    assert 401 == (await house.client.get("/v1/sessions/current", headers=hers)).status_code
    assert 201 == (await enter(house.client, ann.email, NEW_PASSWORD)).status_code


async def test_one_of_the_last_four_passwords_does_not_come_back(house: House) -> None:
    used = [PASSWORD, *(f"fresh horse no {n}" for n in range(4))]
    for before, after in pairwise(used):
        body = {"present": before, "password": after}
        answer = await house.client.post("/v1/users/me/password", json=body, headers=house.admin)
        assert 204 == answer.status_code, answer.text
    answers = [
        (
            await house.client.post(
                "/v1/users/me/password",
                json={"present": used[-1], "password": again},
                headers=house.admin,
            )
        ).status_code
        for again in (used[1], used[0])
    ]
    # Four back is refused, five back is free again.
    assert [422, 204] == answers


async def test_changing_ones_password_takes_the_present_one_and_ends_the_other_sessions(
    house: House,
) -> None:
    other = await headers_of(house.gate, house.ada)
    body = {"present": "wrong horse 1", "password": NEW_PASSWORD}
    path = "/v1/users/me/password"
    assert 403 == (await house.client.post(path, json=body, headers=house.admin)).status_code
    body["present"] = PASSWORD
    assert 204 == (await house.client.post(path, json=body, headers=house.admin)).status_code
    here, there = [
        (await house.client.get("/v1/sessions/current", headers=each)).status_code
        for each in (house.admin, other)
    ]
    assert (200, 401) == (here, there)


async def test_who_is_switched_off_is_out_at_once_and_may_come_back(
    house: House, new_user: NewUser, reader: Reader
) -> None:
    ann = await new_user(house.merchant.id, email="ann@acme.example")
    hers = await headers_of(house.gate, ann)
    assert 200 == await house.patch(ann.id, active=False)
    assert 401 == (await house.client.get("/v1/sessions/current", headers=hers)).status_code
    assert 401 == (await enter(house.client, ann.email)).status_code
    assert 200 == await house.patch(ann.id, active=True)
    assert 201 == (await enter(house.client, ann.email)).status_code
    assert 401 == (await house.client.get("/v1/sessions/current", headers=hers)).status_code
    async with house.gate.database.snapshot() as session:
        told = await reader.read(session, Query(merchant=house.merchant.id))
    changes = [entry.data.get("change") for entry in told if entry.type == "user.changed"]
    assert ["created", "created", "switched_off", "switched_on"] == changes
    assert {f"user:{house.ada.id}"} == {e.actor for e in told if e.type == "session.ended"}


@pytest.mark.parametrize("body", [{"role": "agent"}, {"active": False}])
async def test_the_last_admin_stays_one(house: House, body: dict[str, Any]) -> None:
    """An invited admin who has no password yet does not count."""
    await house.invite(role="admin")
    assert 409 == await house.patch(house.ada.id, **body)


async def test_of_two_admins_who_show_each_other_out_at_once_one_remains(
    house: House, new_user: NewUser
) -> None:
    bob = await new_user(house.merchant.id, Role.ADMIN, email="bob@acme.example")
    his = await headers_of(house.gate, bob)
    answers = await asyncio.gather(
        house.patch(bob.id, active=False), house.patch(house.ada.id, by=his, active=False)
    )
    assert 200 in answers
    assert {403, 401, 200} >= set(answers) != {200}


@pytest.mark.parametrize("role", [Role.AGENT, Role.SUPERVISOR, Role.AUDITOR])
async def test_nobody_raises_themselves_or_reads_addresses(
    house: House, new_user: NewUser, role: Role
) -> None:
    ann = await new_user(house.merchant.id, role, email="ann@acme.example")
    hers = await headers_of(house.gate, ann)
    assert 403 == await house.patch(ann.id, by=hers, role="admin")
    assert 403 == await house.patch(house.ada.id, by=hers, active=False)
    listed = await house.client.get("/v1/users", headers=hers)
    assert 200 == listed.status_code
    assert "@" not in listed.text


async def test_an_admin_does_not_change_what_they_may_do_themselves(
    house: House, new_user: NewUser
) -> None:
    await new_user(house.merchant.id, Role.ADMIN, email="bob@acme.example")
    assert 409 == await house.patch(house.ada.id, role="auditor")
    assert 409 == await house.patch(house.ada.id, active=False)
    assert 200 == await house.patch(house.ada.id, name="Ada Byron", team="Office")


async def test_another_merchants_people_and_sessions_are_not_there(
    house: House, new_merchant: NewMerchant, new_user: NewUser
) -> None:
    other = await new_merchant("Other Ltd")
    eve = await new_user(other.id, email="eve@other.example")
    hers = await headers_of(house.gate, eve)
    [session] = (await house.client.get("/v1/sessions", headers=hers)).json()["data"]
    client, admin = house.client, house.admin
    answers = [
        await house.patch(eve.id, active=False),
        (await client.post(f"/v1/users/{eve.id}/invitations", headers=admin)).status_code,
        (
            await client.post(
                f"/v1/users/{eve.id}/second-factor-resets",
                json={"password": PASSWORD},
                headers=admin,
            )
        ).status_code,
        (await client.delete(f"/v1/sessions/{session['id']}", headers=admin)).status_code,
    ]
    assert [404] * 4 == answers
    assert "eve" not in (await client.get("/v1/users", headers=admin)).text
    shown = (await client.get("/v1/sessions?everybody=true", headers=admin)).json()["data"]
    assert {house.ada.id} == {each["user"] for each in shown}
    assert 200 == (await client.get("/v1/sessions/current", headers=hers)).status_code


async def test_one_ends_ones_own_sessions_and_an_admin_everybodys(
    house: House, new_user: NewUser
) -> None:
    ann = await new_user(house.merchant.id, email="ann@acme.example")
    here, there = await headers_of(house.gate, ann), await headers_of(house.gate, ann)
    mine = (await house.client.get("/v1/sessions", headers=here)).json()["data"]
    assert 2 == len(mine)
    [other] = [each["id"] for each in mine if not each["current"]]
    [adas] = (await house.client.get("/v1/sessions", headers=house.admin)).json()["data"]
    refused = await house.client.delete(f"/v1/sessions/{adas['id']}", headers=here)
    assert 404 == refused.status_code
    everybody = await house.client.get("/v1/sessions?everybody=true", headers=here)
    assert 403 == everybody.status_code
    assert 204 == (await house.client.delete(f"/v1/sessions/{other}", headers=here)).status_code
    assert 401 == (await house.client.get("/v1/sessions/current", headers=there)).status_code
    [present] = [each["id"] for each in mine if each["current"]]
    ended = await house.client.delete(f"/v1/sessions/{present}", headers=house.admin)
    assert 204 == ended.status_code
    assert 401 == (await house.client.get("/v1/sessions/current", headers=here)).status_code


async def test_an_invitation_that_is_sent_twice_is_one(house: House) -> None:
    keyed = {**house.admin, "idempotency-key": "one"}
    first = await house.client.post("/v1/users", json=BEA, headers=keyed)
    again = await house.client.post("/v1/users", json=BEA, headers=keyed)
    assert first.content == again.content
    taken = await house.client.post("/v1/users", json=BEA, headers=house.admin)
    assert 409 == taken.status_code


ROUTES = [
    ("POST", "/v1/users", BEA, {Role.ADMIN}),
    ("PATCH", "/v1/users/usr_nobody", {"team": None}, {Role.ADMIN}),
    ("POST", "/v1/users/usr_nobody/invitations", None, {Role.ADMIN}),
    ("POST", "/v1/users/usr_x/second-factor-resets", {"password": PASSWORD}, {Role.ADMIN}),
    ("GET", "/v1/users", None, set(Role)),
    ("GET", "/v1/users?state=active", None, {Role.ADMIN}),
    ("GET", "/v1/sessions", None, set(Role) - {Role.INTEGRATION}),
    ("GET", "/v1/sessions?everybody=true", None, {Role.ADMIN}),
    ("GET", "/v1/api-keys", None, {Role.ADMIN, Role.AUDITOR}),
    ("POST", "/v1/api-keys", {"name": "x", "scopes": ["links.read"]}, {Role.ADMIN}),
    ("DELETE", "/v1/api-keys/key_nobody", None, {Role.ADMIN}),
    ("GET", "/v1/users/me/second-factor", None, set(Role) - {Role.INTEGRATION}),
]


@pytest.mark.parametrize("role", list(Role))
async def test_each_door_opens_to_its_roles_alone(
    house: House, new_user: NewUser, role: Role
) -> None:
    if role is Role.INTEGRATION:
        wanted = {"name": "CRM", "scopes": ["links.read", "users.read"]}
        made = await house.client.post("/v1/api-keys", json=wanted, headers=house.admin)
        headers = {"authorization": f"Bearer {made.json()['api_key']}"}
    else:
        user = await new_user(house.merchant.id, role, email="who@acme.example")
        headers = await headers_of(house.gate, user)
    for method, path, body, roles in ROUTES:
        answer = await house.client.request(method, path, json=body, headers=headers)
        let_in = answer.status_code != 403
        assert (method, path, role in roles) == (method, path, let_in), answer.text
        assert answer.status_code < 500
        nobody = await house.client.request(method, path, json=body)
        assert (path, 401) == (path, nobody.status_code)
