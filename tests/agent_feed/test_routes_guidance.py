"""`/v1/guidance`: written by supervisors and admins, read by every agent of the merchant, and by no other's."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import httpx2
import pytest

from agent_feed.routes.guidance import router
from compliance.roles import Role
from compliance.routes.gate import COOKIE, Gate
from compliance.sessions import sign_in
from tests.conftest import PASSWORD, NewMerchant, NewUser
from tests.support.doors import calling, service

Headers = dict[str, str]


@dataclass(frozen=True)
class Api:
    client: httpx2.AsyncClient
    gate: Gate
    new_user: NewUser

    async def user(self, merchant: str, role: Role) -> Headers:
        user = await self.new_user(merchant, role)
        opened = await sign_in(
            self.gate.database,
            self.gate.vault,
            email=user.email,
            password=PASSWORD,
            origin=None,
            now=self.gate.clock(),
        )
        return {"cookie": f"{COOKIE}={opened.token}", "x-csrf-token": opened.csrf_token}


@pytest.fixture
async def api(gate: Gate, new_user: NewUser) -> AsyncIterator[Api]:
    async with calling(service(gate, router)) as client:
        yield Api(client, gate, new_user)


@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.AGENT, 403), (Role.AUDITOR, 403), (Role.SUPERVISOR, 200), (Role.ADMIN, 200)],
)
async def test_supervisors_and_admins_write_and_everybody_reads(
    api: Api, new_merchant: NewMerchant, role: Role, status: int
) -> None:
    headers = await api.user((await new_merchant()).id, role)
    said = await api.client.put(
        "/v1/guidance/stalled", headers=headers, json={"text": "Take your time."}
    )
    shown = await api.client.get("/v1/guidance/stalled", headers=headers)
    gone = await api.client.delete("/v1/guidance/stalled", headers=headers)

    assert (status, 200) == (said.status_code, shown.status_code)
    assert (204 if status == 200 else 403) == gone.status_code
    assert ("Take your time." if status == 200 else None) == shown.json()["text"]


async def test_a_merchants_words_are_its_own(api: Api, new_merchant: NewMerchant) -> None:
    here = await api.user((await new_merchant()).id, Role.ADMIN)
    there = await api.user((await new_merchant()).id, Role.AGENT)
    await api.client.put("/v1/guidance/help", headers=here, json={"text": "Hello."})
    listed = (await api.client.get("/v1/guidance", headers=there)).json()["data"]

    assert {None} == {each["text"] for each in listed}
    assert 404 == (await api.client.get("/v1/guidance/raining", headers=there)).status_code
