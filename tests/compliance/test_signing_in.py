"""A sign-in asks for all that it must, in order, and nothing goes around a step.

Covers compliance.sign_in_steps, compliance.second_factor, compliance.access_tickets, compliance.devices and
compliance.routes.factor_answers.
"""

import asyncio
from datetime import timedelta
from typing import Any

import httpx2
import pytest
import sqlalchemy as sa

from compliance.access_tickets import access_tickets
from compliance.devices import device_of
from compliance.merchant_settings import write
from compliance.merchants import Merchant
from compliance.roles import Role
from compliance.routes.gate import COOKIE, Gate
from compliance.second_factor import MfaPolicy
from compliance.sessions import AWAY_MAX, FAILURES_MAX
from compliance.sign_in_steps import PASSWORD_LIFE, TRIES_MAX
from compliance.totp import code_at, step_at
from compliance.users import User, users
from tests.compliance.people_doors import at_the_doors, enter
from tests.conftest import PASSWORD, NewUser
from tests.support.clock import SettableClock

NEW_PASSWORD = "a fresh horse 2"


class Person:
    """Somebody at the doors, with an app once they have set one up."""

    def __init__(self, gate: Gate, client: httpx2.AsyncClient, user: User) -> None:
        self.gate, self.client, self.user = gate, client, user
        self.secret = ""
        self.recovery_codes: list[str] = []

    def code(self) -> str:
        return code_at(self.secret, step_at(self.gate.clock()))

    async def pending(self, password: str = PASSWORD) -> dict[str, Any]:
        answer = await enter(self.client, self.user.email, password)
        assert 202 == answer.status_code, answer.text
        assert "set-cookie" not in answer.headers
        found: dict[str, Any] = answer.json()["pending"]
        return found

    async def step(self, ticket: str, **body: str) -> httpx2.Response:
        return await self.client.post("/v1/sessions/steps", json={"ticket": ticket, **body})

    async def set_up(self) -> None:
        """Signs in for the first time, with a new app."""
        pending = await self.pending()
        assert "enrol" == pending["step"]
        ticket = pending["ticket"]
        told = await self.client.post("/v1/sessions/enrolments", json={"ticket": ticket})
        self.secret = told.json()["secret"]
        entered = await self.step(ticket, code=self.code())
        assert 201 == entered.status_code, entered.text
        self.recovery_codes = entered.json()["recovery_codes"]


@pytest.fixture
async def zoe(gate: Gate, merchant: Merchant, new_user: NewUser, clock: SettableClock) -> Any:
    """An admin, of whom a second factor is asked."""
    user = await new_user(merchant.id, Role.ADMIN, email="zoe@acme.example")
    async with gate.database.transaction() as session:
        await write(
            session, merchant.id, MfaPolicy, {"required_for": None}, actor="system", now=clock()
        )
    async with at_the_doors(gate) as client:
        yield Person(gate, client, user)


async def test_an_admin_sets_an_app_up_at_the_first_sign_in_and_is_asked_for_it_from_then_on(
    zoe: Person, clock: SettableClock
) -> None:
    await zoe.set_up()
    assert 10 == len(set(zoe.recovery_codes))
    assert COOKIE in zoe.client.cookies
    clock.advance(seconds=30)
    pending = await zoe.pending()
    assert "code" == pending["step"]
    assert 201 == (await zoe.step(pending["ticket"], code=zoe.code())).status_code


async def test_a_code_is_taken_once_also_by_two_sign_ins_at_once(
    zoe: Person, clock: SettableClock
) -> None:
    await zoe.set_up()
    replayed = await zoe.pending()
    assert 401 == (await zoe.step(replayed["ticket"], code=zoe.code())).status_code
    clock.advance(seconds=30)
    tickets = [(await zoe.pending())["ticket"] for _ in range(2)]
    answers = await asyncio.gather(*(zoe.step(each, code=zoe.code()) for each in tickets))
    assert [201, 401] == sorted(answer.status_code for answer in answers)


async def test_a_recovery_code_stands_in_for_the_app_once(zoe: Person) -> None:
    await zoe.set_up()
    code = zoe.recovery_codes[3]
    first, second = await zoe.pending(), await zoe.pending()
    assert 201 == (await zoe.step(first["ticket"], code=code.upper())).status_code
    assert 401 == (await zoe.step(second["ticket"], code=code)).status_code


async def test_neither_secret_nor_codes_are_in_the_database(zoe: Person) -> None:
    await zoe.set_up()
    async with zoe.gate.database.snapshot() as session:
        [row] = await session.all(sa.select(users))
    stored = repr(dict(row))
    assert not [each for each in (zoe.secret, *zoe.recovery_codes) if each in stored]
    assert not [each for each in zoe.recovery_codes if each.replace("-", "") in stored]


async def test_five_wrong_codes_end_the_sign_in_and_ten_lock_the_account(
    zoe: Person, clock: SettableClock
) -> None:
    await zoe.set_up()
    clock.advance(seconds=30)
    for _ in range(FAILURES_MAX // TRIES_MAX):
        ticket = (await zoe.pending())["ticket"]
        for _ in range(TRIES_MAX):
            assert 401 == (await zoe.step(ticket, code="000000")).status_code
        over = await zoe.step(ticket, code=zoe.code())
        assert "sign_in_over" == over.json()["code"]
    assert 401 == (await enter(zoe.client, zoe.user.email)).status_code


async def test_a_ticket_opens_nothing_by_itself_and_ends_after_ten_minutes(
    zoe: Person, clock: SettableClock
) -> None:
    await zoe.set_up()
    clock.advance(seconds=30)
    ticket = (await zoe.pending())["ticket"]
    for headers in ({"authorization": f"Bearer {ticket}"}, {"cookie": f"{COOKIE}={ticket}"}):
        assert 401 == (await zoe.client.get("/v1/sessions/current", headers=headers)).status_code
    # Who is asked for a code cannot choose a password or set up another app instead.
    assert 401 == (await zoe.step(ticket, new_password=NEW_PASSWORD)).status_code
    told = await zoe.client.post("/v1/sessions/enrolments", json={"ticket": ticket})
    assert 401 == told.status_code
    body = {"ticket": ticket, "password": NEW_PASSWORD}
    chosen = await zoe.client.post("/v1/password-resets/completions", json=body)
    assert 404 == chosen.status_code
    clock.advance(minutes=10)
    assert "sign_in_over" == (await zoe.step(ticket, code=zoe.code())).json()["code"]


async def test_the_cookie_is_new_at_each_sign_in_whatever_the_browser_came_with(
    zoe: Person,
) -> None:
    await zoe.set_up()
    ticket = (await zoe.pending())["ticket"]
    zoe.client.cookies.set(COOKIE, "planted")
    entered = await zoe.step(ticket, code=zoe.recovery_codes[0])
    assert 201 == entered.status_code
    assert f"{COOKIE}=planted" not in entered.headers["set-cookie"]
    planted = {"cookie": f"{COOKIE}=planted"}
    assert 401 == (await zoe.client.get("/v1/sessions/current", headers=planted)).status_code


async def test_a_password_that_somebody_else_knows_is_changed_before_anything_else(
    gate: Gate, merchant: Merchant, new_user: NewUser, clock: SettableClock
) -> None:
    user = await new_user(merchant.id, email="ann@acme.example")
    async with gate.database.transaction() as session:
        await session.execute(sa.update(users).values(password_must_change=True))
    async with at_the_doors(gate) as client:
        ann = Person(gate, client, user)
        pending = await ann.pending()
        assert "password" == pending["step"]
        ticket = pending["ticket"]
        for bad in (PASSWORD, "short1", "ann@acme.example1", "Password12345"):
            refused = await ann.step(ticket, new_password=bad)
            assert (bad, 422) == (bad, refused.status_code)
        assert 201 == (await ann.step(ticket, new_password=NEW_PASSWORD)).status_code
        assert 201 == (await enter(client, user.email, NEW_PASSWORD)).status_code
        clock.advance(PASSWORD_LIFE - timedelta(seconds=1))
        # Not used for so long, it is let in again by an admin alone; the password's own age is looked at after that.
        async with gate.database.transaction() as session:
            await session.execute(sa.update(users).values(signed_in_at=clock()))
        assert 201 == (await enter(client, user.email, NEW_PASSWORD)).status_code
        clock.advance(seconds=1)
        assert "password" == (await ann.pending(NEW_PASSWORD))["step"]


async def test_who_was_away_for_ninety_days_does_not_get_in(
    gate: Gate, merchant: Merchant, new_user: NewUser, clock: SettableClock
) -> None:
    user = await new_user(merchant.id, email="ann@acme.example")
    async with at_the_doors(gate) as client:
        clock.advance(AWAY_MAX)
        assert 401 == (await enter(client, user.email)).status_code


async def test_tickets_that_ran_out_are_swept_up(zoe: Person, clock: SettableClock) -> None:
    await zoe.pending()
    clock.advance(minutes=11)
    await zoe.pending()
    async with zoe.gate.database.snapshot() as session:
        assert 1 == len(await session.all(sa.select(access_tickets)))


@pytest.mark.parametrize(
    ("text", "device"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/130.0 Safari/537.36 Edg/130.0", "Edge, Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1", "Safari, iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Firefox/130.0", "Firefox, Linux"),
        ("curl/8.0 \x1b[31m", None),
        ("", None),
        (None, None),
    ],
)
def test_a_device_is_told_by_names_of_ours_alone(text: str | None, device: str | None) -> None:
    assert device == device_of(text)
