"""`/v1/channels` and `/v1/messages/{id}`."""

import httpx2
from fastapi import FastAPI

from channels.accounts import switch_account
from compliance.roles import Role
from compliance.routes.gate import caller
from tests.channels.conftest import AGENT, LINK, PHONE, Desk
from tests.channels.talk import calling_as, hear
from tests.support.doors import calling
from tests.support.people import person


async def test_the_channels_that_are_set_up_are_listed(api: httpx2.AsyncClient, desk: Desk) -> None:
    answer = (await api.get("/v1/channels")).json()
    assert answer["data"] == [
        {"channel": "sms", "label": "SMS", "address": "phone"},
        {"channel": "email", "label": "Email", "address": "email"},
    ]
    assert answer["next_cursor"] is None
    async with desk.database.transaction() as session:
        await switch_account(
            session,
            merchant=desk.merchant.id,
            account_id=desk.accounts["sms"].id,
            active=False,
            now=desk.clock(),
        )
    names = [one["channel"] for one in (await api.get("/v1/channels")).json()["data"]]
    assert names == ["email"]


async def test_a_message_is_shown_with_its_words_and_without_the_links_token(
    api: httpx2.AsyncClient, desk: Desk
) -> None:
    message = await desk.queue()
    shown = (await api.get(f"/v1/messages/{message.id}")).json()
    assert shown["text"] == "Please pay here: https://pay.example.test/p/…"
    assert (shown["to"], shown["status"], shown["link"]) == (PHONE, "queued", LINK)
    assert shown["direction"] == "out"
    assert (await api.get("/v1/messages/msg_none")).status_code == 404


async def test_a_message_is_seen_by_its_agent_and_whoever_sees_all(
    doors: FastAPI, desk: Desk
) -> None:
    message = await desk.queue()
    for principal, status in (
        (person(desk.merchant.id, id=AGENT), 200),
        (person(desk.merchant.id), 404),
        (person(desk.merchant.id, Role.SUPERVISOR), 200),
        (person("mer_other", Role.SUPERVISOR), 404),
    ):
        doors.dependency_overrides[caller] = lambda who=principal: who
        async with calling(doors) as client:
            assert (await client.get(f"/v1/messages/{message.id}")).status_code == status


async def test_a_message_to_nobody_in_particular_is_shown_to_every_agent_of_the_merchant(
    doors: FastAPI, desk: Desk
) -> None:
    message = await hear(desk, "Hello?")
    for who, status in (
        (person(desk.merchant.id), 200),
        (person("mer_other"), 404),
        (person("mer_other", Role.ADMIN), 404),
    ):
        async with calling_as(doors, who) as client:
            assert (await client.get(f"/v1/messages/{message}")).status_code == status
