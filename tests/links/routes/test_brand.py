"""`/v1/brand`: a logo comes and goes by the hand of admins and the merchant's software alone."""

import httpx2
import pytest

from compliance.roles import Role
from tests.conftest import NewUser
from tests.links.conftest import Shop
from tests.links.doors import session_of
from tests.links.test_logo_image import picture

PATH = "/v1/brand/logo"


async def test_a_logo_is_put_seen_and_taken_away(
    client: httpx2.AsyncClient, key: dict[str, str]
) -> None:
    put = await client.put(PATH, content=picture(), headers=key | {"Content-Type": "image/png"})
    assert (200, 300, 100) == (put.status_code, put.json()["width"], put.json()["height"])
    shown = await client.get(PATH, headers=key)
    assert (200, "image/webp") == (shown.status_code, shown.headers["content-type"])
    assert put.json() == (await client.get("/v1/brand", headers=key)).json()["logo"]

    assert 204 == (await client.delete(PATH, headers=key)).status_code
    assert 404 == (await client.delete(PATH, headers=key)).status_code
    assert 404 == (await client.get(PATH, headers=key)).status_code
    assert {"logo": None, "shades": None} == (await client.get("/v1/brand", headers=key)).json()


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", 422, "logo_unusable"),
        (b"", 422, "logo_unusable"),
        (b'{"image": "x"}', 422, "logo_unusable"),
        (picture() + bytes(600_000), 413, "logo_too_large"),
        (picture(size=(5000, 20)), 413, "logo_too_large"),
    ],
)
async def test_what_is_no_usable_picture_is_refused_in_words(
    client: httpx2.AsyncClient, key: dict[str, str], body: bytes, status: int, code: str
) -> None:
    put = await client.put(PATH, content=body, headers=key | {"Content-Type": "image/png"})
    assert (status, code) == (put.status_code, put.json()["code"])


@pytest.mark.parametrize(
    ("role", "looks", "changes"),
    [
        (Role.AGENT, 403, 403),
        (Role.SUPERVISOR, 200, 403),
        (Role.AUDITOR, 200, 403),
        (Role.ADMIN, 200, 200),
    ],
)
async def test_who_may(
    client: httpx2.AsyncClient, shop: Shop, new_user: NewUser, role: Role, looks: int, changes: int
) -> None:
    headers = await session_of(shop, await new_user(shop.merchant.id, role))
    assert looks == (await client.get("/v1/brand", headers=headers)).status_code
    put = await client.put(PATH, content=picture(), headers=headers)
    assert changes == put.status_code
    assert (204 if changes == 200 else 403) == (
        await client.delete(PATH, headers=headers)
    ).status_code
