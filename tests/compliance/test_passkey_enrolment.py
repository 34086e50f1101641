"""A sign-in that asks for a factor takes a passkey instead of an app, and no wrong one.

Covers compliance.passkey_enrolment.
"""

from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pytest

from compliance.merchant_settings import write
from compliance.merchants import Merchant
from compliance.roles import Role
from compliance.routes.gate import COOKIE, Gate
from compliance.second_factor import MfaPolicy
from compliance.sign_in_steps import TRIES_MAX
from compliance.totp import code_at, step_at
from compliance.users import User
from tests.compliance.passkey_owner import changes, new_key
from tests.compliance.people_doors import at_the_doors, enter
from tests.conftest import NewUser
from tests.support.authenticator import Authenticator
from tests.support.clock import SettableClock

DOORS = "/v1/sessions/enrolments/passkeys"


class Newcomer:
    """An admin who has no factor yet, at the doors."""

    def __init__(self, gate: Gate, client: httpx2.AsyncClient, user: User) -> None:
        self.now, self.client, self.user = gate.clock, client, user

    async def ticket(self) -> str:
        answer = await enter(self.client, self.user.email)
        assert (answer.status_code, answer.json()["pending"]["step"]) == (202, "enrol")
        return str(answer.json()["pending"]["ticket"])

    async def options(self, ticket: str) -> dict[str, Any]:
        answer = await self.client.post(f"{DOORS}/options", json={"ticket": ticket})
        assert answer.status_code == 201, answer.text
        found: dict[str, Any] = answer.json()["publicKey"]
        return found

    async def give(self, ticket: str, credential: dict[str, Any]) -> httpx2.Response:
        body = {"ticket": ticket, "name": "Laptop", "credential": credential}
        return await self.client.post(DOORS, json=body)

    async def enrol(self, key: Authenticator) -> httpx2.Response:
        ticket = await self.ticket()
        return await self.give(ticket, key.make(await self.options(ticket)))


@pytest.fixture
async def zoe(
    gate: Gate, merchant: Merchant, new_user: NewUser, clock: SettableClock
) -> AsyncIterator[Newcomer]:
    user = await new_user(merchant.id, Role.ADMIN, email="zoe@acme.example")
    async with gate.database.transaction() as session:
        await write(
            session, merchant.id, MfaPolicy, {"required_for": None}, actor="system", now=clock()
        )
    async with at_the_doors(gate) as client:
        yield Newcomer(gate, client, user)


async def test_a_passkey_signs_in_with_recovery_codes_and_is_asked_for_from_then_on(
    gate: Gate, zoe: Newcomer
) -> None:
    entered = await zoe.enrol(new_key())
    assert entered.status_code == 201, entered.text
    assert len(set(entered.json()["recovery_codes"])) == 10
    assert COOKIE in zoe.client.cookies
    answer = (await enter(zoe.client, zoe.user.email)).json()["pending"]
    assert (answer["step"], answer["ways"]) == ("code", ["passkey", "recovery_code"])
    told = await changes(gate, zoe.user)
    assert [each for each in told if "passkey" in each] == ["passkey_added"]


@pytest.mark.parametrize(
    "wrong",
    [{"origin": "https://elsewhere.example"}, {"rp_id": "elsewhere"}],
)
async def test_a_passkey_of_another_page_is_refused_and_its_challenge_gone(
    zoe: Newcomer, wrong: dict[str, Any]
) -> None:
    ticket = await zoe.ticket()
    options = await zoe.options(ticket)
    refused = await zoe.give(ticket, new_key(**wrong).make(options))
    assert (refused.status_code, refused.json()["code"]) == (401, "bad_credentials")
    assert (await zoe.give(ticket, new_key().make(options))).status_code == 401
    assert COOKIE not in zoe.client.cookies
    # A fresh challenge goes on where it stood.
    assert (await zoe.give(ticket, new_key().make(await zoe.options(ticket)))).status_code == 201


async def test_five_wrong_answers_end_the_sign_in(zoe: Newcomer) -> None:
    ticket = await zoe.ticket()
    for _ in range(TRIES_MAX):
        options = await zoe.options(ticket)
        wrong = new_key(origin="https://elsewhere.example").make(options)
        assert (await zoe.give(ticket, wrong)).status_code == 401
    over = await zoe.client.post(f"{DOORS}/options", json={"ticket": ticket})
    assert (over.status_code, over.json()["code"]) == (401, "sign_in_over")


async def test_a_challenge_of_another_sign_in_and_somebody_elses_passkey_are_refused(
    gate: Gate, zoe: Newcomer, merchant: Merchant, new_user: NewUser
) -> None:
    first, second = await zoe.ticket(), await zoe.ticket()
    crossed = new_key().make(await zoe.options(first))
    assert (await zoe.give(second, crossed)).status_code == 401
    key = new_key()
    assert (await zoe.give(first, key.make(await zoe.options(first)))).status_code == 201
    yan = await new_user(merchant.id, Role.ADMIN, email="yan@acme.example")
    async with at_the_doors(gate) as client:
        refused = await Newcomer(gate, client, yan).enrol(key)
    assert refused.status_code == 401


async def test_a_sign_in_that_was_begun_before_goes_around_no_factor_that_was_set_up_meanwhile(
    zoe: Newcomer,
) -> None:
    waiting = await zoe.ticket()
    options = await zoe.options(waiting)
    app = await zoe.client.post("/v1/sessions/enrolments", json={"ticket": waiting})
    await zoe.enrol(new_key())
    zoe.client.cookies.clear()
    for answer in (
        await zoe.give(waiting, new_key().make(options)),
        await zoe.client.post("/v1/sessions/enrolments", json={"ticket": waiting}),
        await zoe.client.post(
            "/v1/sessions/steps",
            json={"ticket": waiting, "code": code_at(app.json()["secret"], step_at(zoe.now()))},
        ),
    ):
        assert (answer.status_code, answer.json()["code"]) == (401, "sign_in_over")


async def test_a_page_in_anothers_frame_makes_none(zoe: Newcomer) -> None:
    assert (await zoe.enrol(new_key(cross_origin=True))).status_code == 401


async def test_who_has_a_factor_or_no_ticket_sets_none_up_here(zoe: Newcomer) -> None:
    await zoe.enrol(new_key())
    stands_at_code = (await enter(zoe.client, zoe.user.email)).json()["pending"]["ticket"]
    for ticket in (stands_at_code, "nonsense"):
        answer = await zoe.client.post(f"{DOORS}/options", json={"ticket": ticket})
        assert (answer.status_code, answer.json()["code"]) == (401, "sign_in_over")
