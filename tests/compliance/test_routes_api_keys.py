"""A key holds what it was made for, as long and from where it was made for, and never more than its maker."""

from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pytest

from compliance.merchants import Merchant
from compliance.roles import Permission, Role
from compliance.routes.gate import Gate
from core.clock import rfc3339
from tests.compliance.people_doors import at_the_doors, headers_of
from tests.conftest import NewMerchant, NewUser
from tests.support.clock import SettableClock


class Desk:
    """An admin's desk."""

    def __init__(self, client: httpx2.AsyncClient, headers: dict[str, str]) -> None:
        self.client, self.headers = client, headers

    async def make(self, **wanted: Any) -> httpx2.Response:
        body = {"name": "CRM", "scopes": ["users.read"]} | wanted
        return await self.client.post("/v1/api-keys", json=body, headers=self.headers)

    async def listed(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = (
            await self.client.get("/v1/api-keys", headers=self.headers)
        ).json()["data"]
        return found

    async def use(self, secret: str, path: str = "/v1/users") -> int:
        bearer = {"authorization": f"Bearer {secret}"}
        return (await self.client.get(path, headers=bearer)).status_code


@pytest.fixture
async def desk(gate: Gate, merchant: Merchant, new_user: NewUser) -> AsyncIterator[Desk]:
    ada = await new_user(merchant.id, Role.ADMIN, email="ada@acme.example")
    async with at_the_doors(gate) as client:
        yield Desk(client, await headers_of(gate, ada))


async def test_a_key_is_shown_once_and_does_what_it_was_made_for_alone(desk: Desk) -> None:
    made = (await desk.make()).json()
    assert made["api_key"].startswith("sk_")
    assert 200 == await desk.use(made["api_key"])
    other = (await desk.make(scopes=["links.read"])).json()
    assert 403 == await desk.use(other["api_key"])
    listed = await desk.listed()
    assert made["api_key"] not in repr(listed)
    assert [["links.read"], ["users.read"]] == sorted(each["scopes"] for each in listed)


@pytest.mark.parametrize(
    "scope",
    [
        *(Permission.USERS_WRITE, Permission.KEYS_WRITE, Permission.PAYMENTS_REVIEW),
        *(Permission.PAGE_ACCEPT, "everything", "*"),
    ],
)
async def test_a_key_cannot_hold_what_software_may_not(desk: Desk, scope: str) -> None:
    assert 403 == (await desk.make(scopes=["links.read", scope])).status_code
    assert [] == await desk.listed()


async def test_a_key_ends_when_it_was_said_to(desk: Desk, clock: SettableClock) -> None:
    past = rfc3339(clock())
    assert 422 == (await desk.make(expires_at=past)).status_code
    clock.advance(minutes=-5)
    made = (await desk.make(expires_at=past)).json()
    clock.advance(minutes=4, seconds=59)
    assert 200 == await desk.use(made["api_key"])
    clock.advance(seconds=1)
    assert 401 == await desk.use(made["api_key"])
    assert [True] == [each["expired"] for each in await desk.listed()]


@pytest.mark.parametrize(
    ("networks", "status"),
    [
        (["127.0.0.0/8"], 200),
        (["10.0.0.0/8", "127.0.0.1"], 200),
        (["203.0.113.0/24"], 403),
        (["::1"], 403),
    ],
)
async def test_a_key_is_used_from_its_networks_alone(
    desk: Desk, networks: list[str], status: int
) -> None:
    made = (await desk.make(networks=networks)).json()
    assert status == await desk.use(made["api_key"])


@pytest.mark.parametrize("networks", [[], ["anywhere"], ["10.0.0.1/8"], ["1.2.3.4\n"] * 21])
async def test_what_is_no_network_is_refused(desk: Desk, networks: list[str]) -> None:
    assert 422 == (await desk.make(networks=networks)).status_code


async def test_the_last_use_is_told_and_a_revoked_key_is_worth_nothing(
    desk: Desk, clock: SettableClock
) -> None:
    made = (await desk.make()).json()
    await desk.use(made["api_key"])
    [listed] = await desk.listed()
    assert ("127.0.0.1", rfc3339(clock())) == (listed["used_from"], listed["used_at"])
    path = f"/v1/api-keys/{made['id']}"
    assert 204 == (await desk.client.delete(path, headers=desk.headers)).status_code
    assert 401 == await desk.use(made["api_key"])
    assert [] == await desk.listed()
    assert 404 == (await desk.client.delete(path, headers=desk.headers)).status_code


async def test_another_merchants_keys_are_not_there(
    desk: Desk, gate: Gate, new_merchant: NewMerchant, new_user: NewUser
) -> None:
    made = (await desk.make()).json()
    other = await new_user((await new_merchant("Other")).id, Role.ADMIN, email="eve@o.example")
    stranger = Desk(desk.client, await headers_of(gate, other))
    assert [] == await stranger.listed()
    path = f"/v1/api-keys/{made['id']}"
    refused = await desk.client.delete(path, headers=stranger.headers)
    assert 404 == refused.status_code
    assert 200 == await desk.use(made["api_key"])
