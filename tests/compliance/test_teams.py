"""Teams are named and filled in one act, within what the caller may, and are nobody else's.

Covers compliance.teams and compliance.routes.teams.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import httpx2
import pytest

from compliance.journal import Query, Reader
from compliance.merchants import Merchant
from compliance.roles import Role
from compliance.routes.gate import Gate
from compliance.users import User
from tests.compliance.people_doors import at_the_doors, headers_of
from tests.conftest import NewMerchant, NewUser


@dataclass
class House:
    gate: Gate
    client: httpx2.AsyncClient
    ada: User
    bob: User
    cat: User
    admin: dict[str, str]

    async def put(self, by: dict[str, str] | None = None, **wanted: Any) -> httpx2.Response:
        return await self.client.put("/v1/teams", json=wanted, headers=by or self.admin)

    async def teams(self) -> dict[str, list[str]]:
        answer = await self.client.get("/v1/teams", headers=self.admin)
        return {each["name"]: each["members"] for each in answer.json()["data"]}


@pytest.fixture
async def house(gate: Gate, merchant: Merchant, new_user: NewUser) -> AsyncIterator[House]:
    ada = await new_user(merchant.id, Role.ADMIN, email="ada@acme.example")
    bob = await new_user(merchant.id, Role.AGENT, team="Billing", email="bob@acme.example")
    cat = await new_user(merchant.id, Role.AGENT, team="Claims", email="cat@acme.example")
    async with at_the_doors(gate) as client:
        yield House(gate, client, ada, bob, cat, await headers_of(gate, ada))


async def test_a_team_is_renamed_and_refilled_in_one_act(house: House) -> None:
    bob, cat = house.bob.id, house.cat.id
    assert {"Billing": [bob], "Claims": [cat]} == await house.teams()
    answer = await house.put(team="Billing", name="Money", members=[cat])
    assert (200, [{"name": "Money", "members": [cat]}]) == (
        answer.status_code,
        answer.json()["data"],
    )
    assert 200 == (await house.put(name="Claims", members=[bob])).status_code
    assert {"Money": [cat], "Claims": [bob]} == await house.teams()
    assert 200 == (await house.put(team="Money", name="Money", members=[])).status_code
    assert {"Claims": [bob]} == await house.teams()


async def test_a_name_is_one_teams_and_what_is_not_there_is_told(
    house: House, new_merchant: NewMerchant, new_user: NewUser
) -> None:
    bob = house.bob.id
    for wanted, status, code in (
        ({"team": "Billing", "name": "claims", "members": [bob]}, 409, "team_name_taken"),
        ({"name": "Claims", "members": [bob]}, 409, "team_name_taken"),
        ({"team": "Nobody", "name": "Some", "members": [bob]}, 404, "not_found"),
        ({"name": "Some", "members": ["usr_nobody"]}, 422, "invalid_field"),
        ({"name": " ", "members": [bob]}, 422, "unsafe_name"),
    ):
        answer = await house.put(**wanted)
        assert (status, code) == (answer.status_code, answer.json().get("code")), wanted
    stranger = await new_user((await new_merchant("Other")).id, Role.AGENT, email="eve@o.example")
    answer = await house.put(name="Some", members=[stranger.id])
    assert 422 == answer.status_code
    assert {"Billing": [bob], "Claims": [house.cat.id]} == await house.teams()


async def test_who_may_not_run_people_reads_only(house: House) -> None:
    bob = await headers_of(house.gate, house.bob)
    assert 200 == (await house.client.get("/v1/teams", headers=bob)).status_code
    assert 403 == (await house.put(bob, name="Mine", members=[house.bob.id])).status_code


async def test_each_who_moves_is_in_the_journal(house: House, reader: Reader) -> None:
    bob, cat = house.bob.id, house.cat.id
    await house.put(team="Billing", name="Money", members=[bob, cat])
    async with house.gate.database.snapshot() as session:
        entries = await reader.read(session, Query(merchant=house.ada.merchant))
    told = [entry for entry in entries if entry.data.get("change") == "team"]
    moves = [(one.data["user"], one.data["before"], one.data["after"]) for one in told]
    assert {(bob, "Billing", "Money"), (cat, "Claims", "Money")} == set(moves)
    assert {house.ada.id} == {one.actor.removeprefix("user:") for one in told}
