"""`GET /v1/floor` and `GET /v1/incidents`: for who sees the merchant, of no other merchant, and without effect."""

import httpx2

from compliance.journal import Event, record
from compliance.roles import Role
from tests.conftest import NewMerchant, NewUser
from tests.links.conftest import Shop
from tests.links.doors import key_of, made, session_of


async def test_who_sees_the_merchant_sees_the_floor_and_an_agent_does_not(
    client: httpx2.AsyncClient, shop: Shop, key: dict[str, str], new_user: NewUser
) -> None:
    await made(client, key)
    statuses = {}
    for role in (Role.AGENT, Role.SUPERVISOR, Role.ADMIN, Role.AUDITOR):
        headers = await session_of(shop, await new_user(shop.merchant.id, role))
        statuses[role.value] = [
            (await client.get(path, headers=headers)).status_code
            for path in ("/v1/floor", "/v1/incidents")
        ]

    assert {
        "agent": [403, 403],
        "supervisor": [200, 200],
        "admin": [200, 200],
        "auditor": [200, 200],
    } == statuses
    assert 401 == (await client.get("/v1/floor")).status_code


async def test_it_is_true_at_a_position_and_changes_nothing(
    client: httpx2.AsyncClient, shop: Shop, key: dict[str, str]
) -> None:
    await made(client, key)
    before = await shop.rows()
    answer = (await client.get("/v1/floor?detail=true&timezone=Asia/Tokyo", headers=key)).json()

    assert before == await shop.rows()
    assert (await shop.events())[-1].position == answer["as_of"]
    assert ("Asia/Tokyo", 1, 1) == (
        answer["timezone"],
        answer["totals"]["open"],
        len(answer["links"]),
    )


async def test_another_merchant_sees_nothing_of_it(
    client: httpx2.AsyncClient, shop: Shop, key: dict[str, str], new_merchant: NewMerchant
) -> None:
    await made(client, key)
    other = await key_of(shop, (await new_merchant("Other Ltd")).id)
    answer = (await client.get("/v1/floor?detail=true", headers=other)).json()

    assert (0, [], []) == (answer["totals"]["open"], answer["links"], answer["day"])


async def test_a_zone_that_is_none_is_refused(
    client: httpx2.AsyncClient, key: dict[str, str]
) -> None:
    answer = await client.get("/v1/floor?timezone=Mars/Base", headers=key)
    assert 422 == answer.status_code


async def test_incidents_are_listed_until_they_are_over(
    client: httpx2.AsyncClient, shop: Shop, key: dict[str, str]
) -> None:
    async def happen(kind: str, account: str) -> list[tuple[str, str]]:
        async with shop.database.transaction() as session:
            data = {"account": account}
            record(
                session,
                Event(
                    type=f"incident.{kind}",
                    merchant=shop.merchant.id,
                    occurred_at=shop.clock(),
                    actor="system",
                    data=data,
                ),
            )
        listed = (await client.get("/v1/incidents", headers=key)).json()["data"]
        return [(each["kind"], each["account"]) for each in listed]

    first, second = ("psp_down", "gwa_1"), ("mailbox_failing", "cha_1")
    assert [first] == await happen(*first)
    assert [first, second] == await happen(*second)
    assert [second] == await happen("psp_down_over", "gwa_1")
    assert [] == await happen("mailbox_recovered", "cha_1")
