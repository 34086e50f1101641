"""The page in a brand that is being chosen: looked at by those who may, and of no use to anybody else."""

from typing import Any

import httpx2
import pytest

from compliance.roles import Role
from tests.conftest import NewUser
from tests.links.conftest import Shop
from tests.links.doors import key_of, session_of
from tests.links.pages.test_brand import dress, put_logo

PATH = "/v1/brand/preview"


async def look(client: httpx2.AsyncClient, shop: Shop, **given: str) -> httpx2.Response:
    headers = await key_of(shop, shop.merchant.id)
    return await client.get(PATH, params=given, headers=headers)


async def test_it_shows_what_is_given_and_the_rest_as_it_holds(
    client: httpx2.AsyncClient, shop: Shop
) -> None:
    await dress(shop, legal_name="Acme Travel plc", accent="#123456")
    await put_logo(shop)
    shown = await look(client, shop, accent="#0d5c4b", terms_url="https://acme.example/terms")
    assert (200, "text/html") == (
        shown.status_code,
        shown.headers["content-type"].partition(";")[0],
    )
    for part in ("accent-0d5c4b.css", "Acme Travel plc", "https://acme.example/terms", "£49.99"):
        assert part in shown.text
    assert 'src="/v1/brand/logo"' in shown.text
    assert "Acme Travel plc" not in (await look(client, shop, legal_name="")).text


async def test_nothing_of_it_is_kept(client: httpx2.AsyncClient, shop: Shop) -> None:
    headers = await key_of(shop, shop.merchant.id)
    before = await shop.rows()
    await client.get(PATH, params={"accent": "#0d5c4b"}, headers=headers)
    after = await shop.rows()
    # When the key was last used, and nothing else.
    assert {"api_keys"} >= {name for name in before if before[name] != after[name]}


async def test_it_runs_no_script_and_is_framed_by_the_console_alone(
    client: httpx2.AsyncClient, shop: Shop
) -> None:
    shown = await look(client, shop)
    policy = shown.headers["content-security-policy"]
    assert "script-src" not in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'self'" in policy
    assert "SAMEORIGIN" == shown.headers["x-frame-options"]
    assert "<script async" not in shown.text
    assert 'type="module"' not in shown.text


async def test_it_speaks_the_language_that_is_asked_for(
    client: httpx2.AsyncClient, shop: Shop
) -> None:
    assert '<html lang="ar"' in (await look(client, shop, locale="ar")).text
    assert '<html lang="fr' in (await look(client, shop, lang="fr")).text


@pytest.mark.parametrize(
    "given",
    [
        {"accent": "green"},
        {"terms_url": "http://acme.example"},
        {"legal_name": "Ac\u202eme"},
        {"support_phone": "call us"},
    ],
    ids=str,
)
async def test_what_could_not_be_saved_is_not_shown(
    client: httpx2.AsyncClient, shop: Shop, given: dict[str, Any]
) -> None:
    refused = await look(client, shop, **given)
    assert (422, "invalid_settings") == (refused.status_code, refused.json()["code"])


async def test_agents_do_not_choose_brands(
    client: httpx2.AsyncClient, shop: Shop, new_user: NewUser
) -> None:
    headers = await session_of(shop, await new_user(shop.merchant.id, Role.AGENT))
    assert 403 == (await client.get(PATH, headers=headers)).status_code
