"""`/v1/settings`: admins and the merchant's software change, supervisors and auditors look, agents do neither."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Any, ClassVar

import httpx2
import pytest

from compliance.api_keys import create_key
from compliance.journal import Query, Reader
from compliance.merchant_settings import Setting, SettingsBook, whole
from compliance.merchants import Merchant
from compliance.roles import Role
from compliance.routes.gate import COOKIE, Gate
from compliance.routes.settings import router
from compliance.sessions import sign_in
from tests.conftest import PASSWORD, NewMerchant, NewUser
from tests.support.doors import calling, service

PATH = "/v1/settings"
Headers = dict[str, str]
As = Callable[[Role], Awaitable[Headers]]


@dataclass(frozen=True, slots=True)
class Kitchen(Setting):
    """Settings that no room has."""

    name: ClassVar[str] = "kitchen"
    spoons: int = whole(4, least=1, most=100)
    forks: int = whole(4, least=1, most=100)


@pytest.fixture
async def client(gate: Gate) -> AsyncIterator[httpx2.AsyncClient]:
    app = service(gate, router, state={"settings_book": SettingsBook([Kitchen])})
    async with calling(app) as client:
        yield client


@pytest.fixture
def signed_in(gate: Gate, merchant: Merchant, new_user: NewUser) -> As:
    """The headers of a signed-in person, or of the merchant's software."""

    async def headers(role: Role) -> Headers:
        if role is Role.INTEGRATION:
            return await key_of(gate, merchant)
        user = await new_user(merchant.id, role)
        opened = await sign_in(
            gate.database,
            gate.vault,
            email=user.email,
            password=PASSWORD,
            origin=None,
            now=gate.clock(),
        )
        return {"cookie": f"{COOKIE}={opened.token}", "x-csrf-token": opened.csrf_token}

    return headers


async def key_of(gate: Gate, merchant: Merchant) -> Headers:
    async with gate.database.transaction() as session:
        key = await create_key(
            session, merchant=merchant.id, name="CRM", actor="system", now=gate.clock()
        )
    return {"authorization": f"Bearer {key.secret}"}


@pytest.mark.parametrize(
    ("role", "looks", "changes"),
    [
        (Role.AGENT, 403, 403),
        (Role.SUPERVISOR, 200, 403),
        (Role.AUDITOR, 200, 403),
        (Role.ADMIN, 200, 200),
        (Role.INTEGRATION, 200, 200),
    ],
)
async def test_who_may_look_and_who_may_change(
    client: httpx2.AsyncClient, signed_in: As, role: Role, looks: int, changes: int
) -> None:
    headers = await signed_in(role)
    seen = await client.get(PATH, headers=headers)
    changed = await client.patch(PATH, headers=headers, json={"kitchen": {"spoons": 7}})

    assert (looks, changes) == (seen.status_code, changed.status_code)


async def test_nobody_looks_without_signing_in(client: httpx2.AsyncClient) -> None:
    assert 401 == (await client.get(PATH)).status_code
    assert 401 == (await client.patch(PATH, json={})).status_code


async def test_a_part_is_changed_and_all_is_answered(
    client: httpx2.AsyncClient, signed_in: As, gate: Gate, merchant: Merchant, reader: Reader
) -> None:
    admin = await signed_in(Role.ADMIN)
    changed = await client.patch(PATH, headers=admin, json={"kitchen": {"spoons": 7}})
    seen = await client.get(PATH, headers=admin)
    async with gate.database.snapshot() as session:
        query = Query(merchant=merchant.id, types=frozenset({"settings.changed"}))
        [told] = await reader.read(session, query)

    expected = {"kitchen": {"spoons": 7, "forks": 4}}
    assert (expected, expected) == (changed.json(), seen.json())
    assert {"settings": "kitchen", "changes": {"spoons": {"from": 4, "to": 7}}} == told.data
    assert told.actor.startswith("user:usr_")


async def test_another_merchants_admin_changes_their_own(
    client: httpx2.AsyncClient, signed_in: As, gate: Gate, new_merchant: NewMerchant
) -> None:
    theirs = await key_of(gate, await new_merchant("Other Ltd"))
    await client.patch(PATH, headers=theirs, json={"kitchen": {"spoons": 7}})
    ours = await client.get(PATH, headers=await signed_in(Role.ADMIN))

    assert {"kitchen": {"spoons": 4, "forks": 4}} == ours.json()


@pytest.mark.parametrize(
    "body",
    [
        {"kitchen": {"spoons": 0}},
        {"kitchen": {"spoons": 7, "knives": 1}},
        {"kitchen": {"spoons": 7}, "attic": {"boxes": 1}},
        {"kitchen": {"spoons": 7.5}},
        {"kitchen": {"spoons": "7"}},
    ],
)
async def test_what_does_not_fit_is_refused_whole(
    client: httpx2.AsyncClient, signed_in: As, body: Any
) -> None:
    admin = await signed_in(Role.ADMIN)
    refused = await client.patch(PATH, headers=admin, json=body)

    assert (422, "invalid_settings") == (refused.status_code, refused.json()["code"])
    assert 4 == (await client.get(PATH, headers=admin)).json()["kitchen"]["spoons"]


@pytest.mark.parametrize(
    "body", [[], "kitchen", {"kitchen": 7}, {"kitchen": [7]}, {"kitchen": {"4242424242424242": 1}}]
)
async def test_a_body_of_another_shape_or_with_a_card_number_is_refused(
    client: httpx2.AsyncClient, signed_in: As, body: Any
) -> None:
    admin = await signed_in(Role.ADMIN)

    assert 422 == (await client.patch(PATH, headers=admin, json=body)).status_code


async def test_a_form_learns_what_can_be_set(client: httpx2.AsyncClient, signed_in: As) -> None:
    answer = await client.get(f"{PATH}/schema", headers=await signed_in(Role.AUDITOR))
    spoons = {"type": "integer", "minimum": 1, "maximum": 100, "default": 4}
    assert (200, spoons) == (answer.status_code, answer.json()["kitchen"]["properties"]["spoons"])
    agents = await client.get(f"{PATH}/schema", headers=await signed_in(Role.AGENT))
    assert 403 == agents.status_code
