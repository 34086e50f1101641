"""`/v1/accounts`: supervisors and auditors look, admins and the merchant's software try."""

import httpx2
import pytest

from compliance.roles import Role
from tests.conftest import NewUser
from tests.links.conftest import Shop
from tests.links.doors import session_of


async def test_an_account_is_listed_and_tried(
    client: httpx2.AsyncClient, shop: Shop, key: dict[str, str]
) -> None:
    listed = (await client.get("/v1/accounts", headers=key)).json()["data"]
    assert shop.account == listed[0]["id"]
    for one in listed:
        tried = await client.post(f"/v1/accounts/{one['id']}/test", headers=key)
        assert (200, True, None) == (
            tried.status_code,
            tried.json()["ok"],
            tried.json()["detail"],
        )
    missing = await client.post("/v1/accounts/gwa_nothing/test", headers=key)
    assert (404, "not_found") == (missing.status_code, missing.json()["code"])


@pytest.mark.parametrize(
    ("role", "looks", "tries"),
    [
        (Role.AGENT, 403, 403),
        (Role.SUPERVISOR, 200, 403),
        (Role.AUDITOR, 200, 403),
    ],
)
async def test_who_may(
    client: httpx2.AsyncClient, shop: Shop, new_user: NewUser, role: Role, looks: int, tries: int
) -> None:
    headers = await session_of(shop, await new_user(shop.merchant.id, role))
    seen = await client.get("/v1/accounts", headers=headers)
    tried = await client.post(f"/v1/accounts/{shop.account}/test", headers=headers)
    assert (looks, tries) == (seen.status_code, tried.status_code)
