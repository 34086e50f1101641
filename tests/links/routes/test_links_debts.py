"""`/v1/links` for debts as they are: in parts, by many, asked for anew, and with a second person."""

from typing import Any

import httpx2
import pytest

from compliance.merchant_settings import write
from compliance.roles import Role
from core.ids import new_id
from links.links import Link, link_by_id
from payments.approvals import ApprovalPolicy
from payments.tables import gateway_accounts
from tests.conftest import NewMerchant, NewUser
from tests.links.conftest import PHONE, Shop
from tests.links.doors import key_of, made, session_of
from tests.payments.fakes import Challenges


async def link_of(shop: Shop, link_id: str) -> Link:
    async with shop.database.snapshot() as session:
        return await link_by_id(session, link_id)


async def show(client: httpx2.AsyncClient, key: dict[str, str], link: str) -> dict[str, Any]:
    value: dict[str, Any] = (await client.get(f"/v1/links/{link}", headers=key)).json()
    return value


async def listed(
    client: httpx2.AsyncClient, key: dict[str, str], link: str, **params: str
) -> dict[str, Any]:
    answer = await client.get(f"/v1/links/{link}/payments", params=params, headers=key)
    assert 200 == answer.status_code, answer.text
    value: dict[str, Any] = answer.json()
    return value


# In parts


async def test_a_link_in_parts_shows_its_minimum_and_what_is_paid(
    client: httpx2.AsyncClient, shop: Shop, key: dict[str, str]
) -> None:
    made_ = (await made(client, key, amount=10_000, minimum_amount=2_000)).json()
    link = await link_of(shop, made_["id"])
    await shop.submit(link, amount=3_000)
    shown = await show(client, key, link.id)

    assert (2_000, 0) == (made_["minimum_amount"], made_["amount_paid"])
    assert ("partially_paid", 10_000, 3_000, "opened") == (
        shown["status"],
        shown["amount"],
        shown["amount_paid"],
        shown["progress"]["step"],
    )


@pytest.mark.parametrize("minimum", [0, -1, 5_000, "100", 1.5])
async def test_a_minimum_is_from_one_minor_unit_to_the_amount(
    client: httpx2.AsyncClient, key: dict[str, str], minimum: Any
) -> None:
    answer = await made(client, key, minimum_amount=minimum)

    assert 422 == answer.status_code


async def test_the_amount_is_not_amended_below_the_minimum(
    client: httpx2.AsyncClient, key: dict[str, str]
) -> None:
    link = (await made(client, key, minimum_amount=2_000)).json()
    answer = await client.patch(f"/v1/links/{link['id']}", json={"amount": 1_999}, headers=key)

    assert (422, "invalid_field") == (answer.status_code, answer.json()["code"])


# By many


async def test_a_link_for_many_lists_its_payments_a_page_at_a_time(
    client: httpx2.AsyncClient, shop: Shop, key: dict[str, str]
) -> None:
    made_ = (await made(client, key, usage="multi")).json()
    link = await link_of(shop, made_["id"])
    for payer in ("a", "b", "c"):
        shop.clock.advance(seconds=1)
        await shop.submit(link, payer=payer * 32)
    shown = await show(client, key, link.id)
    first = await listed(client, key, link.id, limit="2")
    rest = await listed(client, key, link.id, limit="2", cursor=first["next_cursor"])

    assert ("multi", "active", 3, 14_997) == (
        shown["usage"],
        shown["status"],
        shown["payments_count"],
        shown["amount_paid"],
    )
    assert (2, 1, None) == (len(first["data"]), len(rest["data"]), rest["next_cursor"])
    ids = [payment["id"] for payment in (*first["data"], *rest["data"])]
    assert sorted(ids, reverse=True) == ids
    assert shown["payment"] not in ids
    assert {link.id} == {payment["link"] for payment in first["data"]}
    assert first["as_of"] == shown["as_of"]


async def test_a_link_for_one_lists_its_own_payment(
    client: httpx2.AsyncClient, key: dict[str, str]
) -> None:
    link = (await made(client, key)).json()
    answer = await listed(client, key, link["id"])

    assert ([link["payment"]], None) == (
        [payment["id"] for payment in answer["data"]],
        answer["next_cursor"],
    )


@pytest.mark.parametrize("params", [{"limit": "0"}, {"limit": "201"}, {"cursor": "lnk_1"}])
async def test_a_list_of_another_shape_is_refused(
    client: httpx2.AsyncClient, key: dict[str, str], params: dict[str, str]
) -> None:
    link = (await made(client, key)).json()
    answer = await client.get(f"/v1/links/{link['id']}/payments", params=params, headers=key)

    assert 422 == answer.status_code


async def test_another_merchants_payments_are_not_listed(
    client: httpx2.AsyncClient, shop: Shop, new_merchant: NewMerchant
) -> None:
    link = await shop.make(usage="multi")
    other = await key_of(shop, (await new_merchant("Other Ltd")).id)
    for answer in (
        await client.get(f"/v1/links/{link.id}/payments", headers=other),
        await client.post(f"/v1/links/{link.id}/approve", headers=other | {"Idempotency-Key": "k"}),
        await client.post(f"/v1/links/{link.id}/reject", headers=other),
    ):
        assert 404 == answer.status_code


# Anew


async def test_a_newer_link_takes_the_place_of_an_older(
    client: httpx2.AsyncClient, key: dict[str, str]
) -> None:
    old = (await made(client, key)).json()
    new = (await made(client, key, once="k-2", supersedes=old["id"], amount=6_000)).json()
    closed = await show(client, key, old["id"])

    assert (old["payment"], 6_000, "active") == (new["payment"], new["amount"], new["status"])
    assert ("cancelled", new["id"]) == (closed["status"], closed["superseded_by"])
    again = await made(client, key, once="k-2", supersedes=old["id"], amount=6_000)
    assert (201, new["id"]) == (again.status_code, again.json()["id"])


async def test_while_the_customer_pays_there_is_no_newer_link(
    client: httpx2.AsyncClient, shop: Shop, key: dict[str, str]
) -> None:
    old = await shop.make()
    shop.gateway.script = [Challenges()]
    await shop.submit(old)
    answer = await made(client, key, supersedes=old.id)

    assert (409, "attempt_live") == (answer.status_code, answer.json()["code"])


async def test_a_paid_link_has_no_newer_one(
    client: httpx2.AsyncClient, shop: Shop, key: dict[str, str]
) -> None:
    old = await shop.make()
    await shop.submit(old)
    answer = await made(client, key, supersedes=old.id)

    assert (409, "not_payable") == (answer.status_code, answer.json()["code"])


async def test_nobody_takes_the_place_of_a_link_that_they_do_not_see(
    client: httpx2.AsyncClient, shop: Shop, new_merchant: NewMerchant
) -> None:
    old = await shop.make()
    other = await key_of(shop, (await new_merchant("Other Ltd")).id)
    answer = await made(client, other, supersedes=old.id)

    assert (422, "invalid_field") == (answer.status_code, answer.json()["code"])


# Through an account of the merchant's choice


async def test_a_link_names_an_account_of_its_merchant_that_is_in_use(
    client: httpx2.AsyncClient, shop: Shop, key: dict[str, str], new_merchant: NewMerchant
) -> None:
    chosen = await made(client, key, account=shop.account)
    async with shop.database.transaction() as session:
        await session.execute(gateway_accounts.update().values(active=False))
    unused = await made(client, key, once="k-2", account=shop.account)
    other = await key_of(shop, (await new_merchant("Other Ltd")).id)
    strange = await made(client, other, account=shop.account)
    unknown = await made(client, key, once="k-3", account=new_id("gwa", shop.clock()))

    assert (201, shop.account) == (chosen.status_code, chosen.json()["account"])
    assert [(422, "invalid_field")] * 3 == [
        (answer.status_code, answer.json()["code"]) for answer in (unused, strange, unknown)
    ]


# With a second person


async def test_a_big_link_is_made_by_one_and_let_go_by_another(
    client: httpx2.AsyncClient, shop: Shop, new_user: NewUser
) -> None:
    async with shop.database.transaction() as session:
        await write(
            session,
            shop.merchant.id,
            ApprovalPolicy,
            {"link_amount_units": 10},
            actor="system",
            now=shop.clock(),
        )
    maker = await session_of(shop, await new_user(shop.merchant.id, Role.SUPERVISOR))
    second = await session_of(shop, await new_user(shop.merchant.id, Role.ADMIN))
    agent = await session_of(shop, await new_user(shop.merchant.id, Role.AGENT))
    software = await key_of(shop, shop.merchant.id)
    link = (await made(client, maker, send=[{"channel": "sms", "to": PHONE}])).json()
    path = f"/v1/links/{link['id']}/approve"
    refused = [
        (await client.post(path, headers=who | {"Idempotency-Key": f"a-{n}"})).status_code
        for n, who in enumerate((maker, software, agent))
    ]
    waiting = (await client.get("/v1/links?approval=waiting", headers=second)).json()["data"]
    unkeyed = await client.post(path, headers=second)
    approved = await client.post(path, headers=second | {"Idempotency-Key": "a-9"})

    assert ("waiting", "active") == (link["approval"], link["status"])
    # The agent does not see the work of a supervisor at all.
    assert [403, 403, 404] == refused
    assert [link["id"]] == [each["id"] for each in waiting]
    assert 400 == unkeyed.status_code
    assert (200, "approved") == (approved.status_code, approved.json()["approval"])
    assert [] == (await client.get("/v1/links?approval=waiting", headers=second)).json()["data"]


async def test_a_link_that_waits_for_nobody_is_not_decided(
    client: httpx2.AsyncClient, shop: Shop, new_user: NewUser
) -> None:
    link = await shop.make()
    boss = await session_of(shop, await new_user(shop.merchant.id, Role.SUPERVISOR))
    answer = await client.post(f"/v1/links/{link.id}/reject", headers=boss)

    assert (409, "nothing_to_decide") == (answer.status_code, answer.json()["code"])


async def test_a_customer_who_is_not_there_is_pointed_at(
    client: httpx2.AsyncClient, key: dict[str, str]
) -> None:
    answer = await made(client, key, customer="cus_none")

    assert (422, "invalid_field") == (answer.status_code, answer.json()["code"])
