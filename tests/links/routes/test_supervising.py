"""`/v1/links/{id}/assign` and `/whispers`: who may, who is refused, and that once is once."""

import httpx2
import pytest

from compliance.roles import Role
from compliance.users import User
from tests.conftest import NewMerchant, NewUser
from tests.links.conftest import Shop
from tests.links.doors import key_of, made, session_of

STRANGER = "usr_01k9zzzzzzzzzzzzzzzzzzzzzz"


@pytest.fixture
async def people(shop: Shop, new_user: NewUser) -> dict[str, User]:
    merchant = shop.merchant.id
    return {
        "ann": await new_user(merchant, team="north"),
        "bob": await new_user(merchant, team="north"),
        "cay": await new_user(merchant, team="south"),
        "sup": await new_user(merchant, Role.SUPERVISOR),
        "aud": await new_user(merchant, Role.AUDITOR),
    }


@pytest.fixture
async def link(client: httpx2.AsyncClient, shop: Shop, people: dict[str, User]) -> str:
    """One of Ann's."""
    return str((await made(client, await session_of(shop, people["ann"]))).json()["id"])


async def test_a_supervisor_takes_a_link_over_and_gives_it_to_anybody(
    client: httpx2.AsyncClient, shop: Shop, people: dict[str, User], link: str
) -> None:
    sup = await session_of(shop, people["sup"])
    path = f"/v1/links/{link}/assign"
    mine = await client.post(path, json={"agent": "me"}, headers=sup)
    given = await client.post(path, json={"agent": people["cay"].id}, headers=sup)

    assert (200, people["sup"].id) == (mine.status_code, mine.json()["agent"])
    assert (200, people["cay"].id) == (given.status_code, given.json()["agent"])
    ann = await session_of(shop, people["ann"])
    cay = await session_of(shop, people["cay"])
    assert [404, 200] == [
        (await client.get(f"/v1/links/{link}", headers=one)).status_code for one in (ann, cay)
    ]


async def test_an_agent_takes_over_within_the_team_alone(
    client: httpx2.AsyncClient, shop: Shop, people: dict[str, User], link: str
) -> None:
    statuses = {}
    for name in ("bob", "cay", "aud"):
        headers = await session_of(shop, people[name])
        answer = await client.post(
            f"/v1/links/{link}/assign", json={"agent": "me"}, headers=headers
        )
        statuses[name] = answer.status_code
    ann = await session_of(shop, people["ann"])
    away = await client.post(
        f"/v1/links/{link}/assign", json={"agent": people["cay"].id}, headers=ann
    )

    assert {"bob": 200, "cay": 404, "aud": 403} == statuses
    assert 422 == away.status_code


async def test_the_same_press_twice_is_one_handing_over(
    client: httpx2.AsyncClient, shop: Shop, people: dict[str, User], link: str
) -> None:
    headers = await session_of(shop, people["sup"]) | {"Idempotency-Key": "once"}
    body = {"agent": people["bob"].id}
    answers = [
        await client.post(f"/v1/links/{link}/assign", json=body, headers=headers) for _ in range(2)
    ]

    assert answers[0].content == answers[1].content
    updates = [event for event in await shop.events() if event.type == "link.updated"]
    assert 2 == len(updates)


async def test_nobody_unknown_and_nobody_of_another_merchant_gets_a_link(
    client: httpx2.AsyncClient,
    shop: Shop,
    people: dict[str, User],
    link: str,
    new_merchant: NewMerchant,
    new_user: NewUser,
) -> None:
    other = (await new_merchant("Other Ltd")).id
    theirs = await new_user(other)
    sup = await session_of(shop, people["sup"])
    path = f"/v1/links/{link}/assign"
    refused = [
        (await client.post(path, json=body, headers=sup)).status_code
        for body in (
            {"agent": theirs.id},
            {"agent": STRANGER},
            {"agent": people["aud"].id},
            {"agent": ""},
            {"agent": None},
            {},
        )
    ]
    foreign = await client.post(path, json={"agent": theirs.id}, headers=await key_of(shop, other))

    assert [422] * 6 == refused
    assert 404 == foreign.status_code


async def test_supervisors_whisper_and_agents_do_not(
    client: httpx2.AsyncClient, shop: Shop, people: dict[str, User], link: str
) -> None:
    answers = {}
    for name in ("sup", "bob", "ann", "aud", "cay"):
        headers = await session_of(shop, people[name])
        answer = await client.post(
            f"/v1/links/{link}/whispers", json={"text": "Ask for 4242424242424242"}, headers=headers
        )
        answers[name] = answer.status_code
        if name == "sup":
            said = answer.json()

    assert {"sup": 201, "bob": 403, "ann": 403, "aud": 403, "cay": 403} == answers
    assert (people["ann"].id, people["sup"].id) == (said["agent"], said["by"])
    assert "4242424242424242" not in said["text"]


async def test_a_whisper_says_something_and_not_too_much(
    client: httpx2.AsyncClient, shop: Shop, people: dict[str, User], link: str
) -> None:
    sup = await session_of(shop, people["sup"])
    statuses = [
        (await client.post(f"/v1/links/{link}/whispers", json=body, headers=sup)).status_code
        for body in ({"text": ""}, {"text": "x" * 501}, {}, {"text": "ok", "more": 1})
    ]
    assert [422] * 4 == statuses
