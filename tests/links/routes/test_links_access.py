"""`/v1/links` shows nobody what is not theirs: two merchants, two teams, every role, no credentials."""

import httpx2
import pytest

from compliance.roles import Role
from compliance.users import User
from links.links import Link
from tests.conftest import NewMerchant, NewUser
from tests.links.conftest import PHONE, Shop
from tests.links.doors import key_of, made, session_of


async def asked(
    client: httpx2.AsyncClient, link: Link, headers: dict[str, str]
) -> list[tuple[str, int]]:
    """Every door of a link, and how it answers."""
    once = headers | {"Idempotency-Key": f"k-{len(headers)}"}
    path = f"/v1/links/{link.id}"
    answers = [
        await client.get(path, headers=headers),
        await client.get(f"{path}/qr.svg", headers=headers),
        await client.get(f"{path}/qr.png", headers=headers),
        await client.patch(path, json={"amount": 100}, headers=headers),
        await client.post(f"{path}/messages", json={"channel": "sms", "to": PHONE}, headers=once),
        await client.post(f"{path}/cancel", headers=headers),
    ]
    return [(str(answer.request.url.path), answer.status_code) for answer in answers]


async def test_another_merchants_link_is_not_there(
    client: httpx2.AsyncClient, shop: Shop, new_merchant: NewMerchant
) -> None:
    link = await shop.make()
    other = await key_of(shop, (await new_merchant("Other Ltd")).id)
    before, story = await shop.link(link), await shop.story(link)
    refused = await asked(client, link, other)

    assert {404} == {status for _, status in refused}
    assert (before, story) == (await shop.link(link), await shop.story(link))
    assert [] == (await client.get("/v1/links", headers=other)).json()["data"]


@pytest.fixture
async def people(shop: Shop, new_user: NewUser) -> dict[str, User]:
    """Two teams and a supervisor."""
    merchant = shop.merchant.id
    return {
        "ann": await new_user(merchant, team="north"),
        "bob": await new_user(merchant, team="north"),
        "cay": await new_user(merchant, team="south"),
        "sup": await new_user(merchant, Role.SUPERVISOR),
        "aud": await new_user(merchant, Role.AUDITOR),
    }


async def test_a_link_is_seen_by_its_agents_team_and_by_supervisors(
    client: httpx2.AsyncClient, shop: Shop, people: dict[str, User]
) -> None:
    ann = await session_of(shop, people["ann"])
    link = (await made(client, ann)).json()
    seen = {}
    for name, user in people.items():
        headers = await session_of(shop, user)
        shown = await client.get(f"/v1/links/{link['id']}", headers=headers)
        listed = await client.get("/v1/links", headers=headers)
        mine = await client.get("/v1/links?agent=me", headers=headers)
        seen[name] = (
            shown.status_code,
            len(listed.json()["data"]),
            len(mine.json()["data"]),
        )

    assert people["ann"].id == link["agent"]
    assert {
        "ann": (200, 1, 1),
        "bob": (200, 1, 0),
        "cay": (404, 0, 0),
        "sup": (200, 1, 0),
        "aud": (200, 1, 0),
    } == seen


async def test_another_teams_link_has_no_doors_at_all(
    client: httpx2.AsyncClient, shop: Shop, people: dict[str, User]
) -> None:
    ann = await session_of(shop, people["ann"])
    made_by_ann = (await made(client, ann)).json()
    async with shop.database.snapshot() as session:
        from links.links import link_by_id

        link = await link_by_id(session, made_by_ann["id"])
    refused = await asked(client, link, await session_of(shop, people["cay"]))

    assert {404} == {status for _, status in refused}


async def test_software_sees_links_that_are_nobodys_and_agents_do_not(
    client: httpx2.AsyncClient, shop: Shop, key: dict[str, str], people: dict[str, User]
) -> None:
    link = (await made(client, key)).json()
    ann = await session_of(shop, people["ann"])

    assert 200 == (await client.get(f"/v1/links/{link['id']}", headers=key)).status_code
    assert 404 == (await client.get(f"/v1/links/{link['id']}", headers=ann)).status_code


async def test_work_is_given_to_colleagues_one_may_see_and_to_nobody_else(
    client: httpx2.AsyncClient, shop: Shop, people: dict[str, User], new_merchant: NewMerchant,
    new_user: NewUser,
) -> None:  # fmt: skip
    stranger = await new_user((await new_merchant("Other Ltd")).id)
    ann = await session_of(shop, people["ann"])
    answers = {
        name: (await made(client, ann, once=f"k-{name}", agent=user.id)).status_code
        for name, user in (people | {"stranger": stranger}).items()
    }

    assert (201, 201, 422, 422) == (
        answers["ann"],
        answers["bob"],
        answers["cay"],
        answers["stranger"],
    )


async def test_an_auditor_reads_and_makes_nothing(
    client: httpx2.AsyncClient, shop: Shop, people: dict[str, User]
) -> None:
    auditor = await session_of(shop, people["aud"])
    link = await shop.make()

    assert 403 == (await made(client, auditor)).status_code
    assert 403 == (await client.post(f"/v1/links/{link.id}/cancel", headers=auditor)).status_code


async def test_without_credentials_every_door_is_shut(
    client: httpx2.AsyncClient, shop: Shop
) -> None:
    assert {401} == {status for _, status in await asked(client, await shop.make(), {})}
