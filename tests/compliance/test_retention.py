"""The retention rules as a door shows them. Covers compliance.retention and compliance.routes.retention."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from compliance.merchants import Merchant
from compliance.retention import Retention
from compliance.roles import Role
from compliance.routes.gate import COOKIE, Gate
from compliance.routes.retention import router
from compliance.sessions import sessions, sign_in
from compliance.sessions_ended import ENDED_SESSIONS
from tests.conftest import PASSWORD, NewUser
from tests.support.clock import SettableClock
from tests.support.doors import calling, service

ANSWERS = {Role.AGENT: 403, Role.SUPERVISOR: 200, Role.AUDITOR: 200, Role.ADMIN: 200}


@pytest.mark.parametrize("role", list(ANSWERS))
async def test_who_answers_for_the_merchant_sees_the_rules_and_the_last_run(
    gate: Gate, merchant: Merchant, new_user: NewUser, clock: SettableClock, role: Role
) -> None:
    user = await new_user(merchant.id, role)

    async def enter() -> str:
        opened = await sign_in(
            gate.database,
            gate.vault,
            email=f"{role.value}1@acme.example",
            password=PASSWORD,
            origin=None,
            now=clock(),
        )
        return opened.token

    assert user.role is role
    await enter()
    long_ago = clock() - timedelta(days=91)
    async with gate.database.transaction() as session:
        await session.execute(sa.update(sessions).values(seen_at=long_ago, expires_at=long_ago))
    rules = Retention(gate.database, (ENDED_SESSIONS,), clock)
    app = service(gate, router, state={"retention": rules})
    async with calling(app) as client:
        headers = {"Cookie": f"{COOKIE}={await enter()}"}
        before = await client.get("/v1/retention", headers=headers)
        assert before.status_code == ANSWERS[role]
        if before.status_code == 403:
            return
        [kind] = before.json()["kinds"]
        assert (kind["kind"], kind["days"], kind["past"]) == ("sessions", 90, 1)
        assert before.json()["last_run"] is None
        await rules.run(merchant.id)
        after = (await client.get("/v1/retention", headers=headers)).json()
    assert (after["kinds"][0]["past"], after["last_run"]["kinds"][0]["deleted"]) == (0, 1)
