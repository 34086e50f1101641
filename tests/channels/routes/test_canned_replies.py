"""`/v1/canned-replies`: kept by supervisors, used by agents, filled in for the customer."""

from typing import Any

import httpx2
import pytest
from fastapi import FastAPI

from compliance.roles import Role
from tests.channels.conftest import PHONE, Desk
from tests.channels.talk import calling_as, hear, thread_of
from tests.support.people import person

HELLO = {
    "title": "Hello",
    "texts": {"en": "Hello {customer_name}, {agent_name} here.", "es": "Hola {customer_name}."},
}


async def make(doors: FastAPI, desk: Desk, body: dict[str, Any]) -> httpx2.Response:
    async with calling_as(doors, person(desk.merchant.id, Role.SUPERVISOR)) as client:
        return await client.post("/v1/canned-replies", json=body)


async def test_a_reply_is_made_changed_and_deleted_by_a_supervisor(
    doors: FastAPI, desk: Desk
) -> None:
    supervisor = person(desk.merchant.id, Role.SUPERVISOR)
    async with calling_as(doors, supervisor) as client:
        made = await client.post("/v1/canned-replies", json=HELLO)
        url = f"/v1/canned-replies/{made.json()['id']}"
        assert (made.status_code, made.json()["texts"]) == (201, HELLO["texts"])
        assert (await client.post("/v1/canned-replies", json=HELLO)).status_code == 409
        other = await client.post("/v1/canned-replies", json={**HELLO, "title": "Other"})
        taken = await client.patch(url, json={"title": "Other"})
        assert (other.status_code, taken.status_code) == (201, 409)
        changed = await client.patch(url, json={"texts": {"en": "Hi"}})
        same = await client.patch(url, json={"title": "Hello"})
        assert (changed.json()["texts"], same.json()) == ({"en": "Hi"}, changed.json())
        assert (await client.patch(url, json={})).status_code == 422
        assert (await client.delete(url)).status_code == 204
        assert {(await client.get(url)).status_code, (await client.delete(url)).status_code} == {
            404
        }
        listed = (await client.get("/v1/canned-replies")).json()
        assert [one["title"] for one in listed["data"]] == ["Other"]
    changes = [one.data["change"] for one in await desk.events("settings.changed")]
    assert changes == ["created", "created", "updated", "deleted"]


async def test_agents_read_and_do_not_write(doors: FastAPI, desk: Desk) -> None:
    made = (await make(doors, desk, HELLO)).json()
    url = f"/v1/canned-replies/{made['id']}"
    async with calling_as(doors, person(desk.merchant.id)) as client:
        assert (await client.get(url)).json() == made
        refused = [
            await client.post("/v1/canned-replies", json=HELLO),
            await client.patch(url, json={"title": "x"}),
            await client.delete(url),
        ]
    assert [one.status_code for one in refused] == [403] * 3
    async with calling_as(doors, person("mer_other", Role.ADMIN)) as client:
        strange = [
            await client.get(url),
            await client.patch(url, json={"title": "x"}),
            await client.delete(url),
        ]
    assert [one.status_code for one in strange] == [404] * 3


@pytest.mark.parametrize(
    "texts",
    [
        {},
        {"en": ""},
        {"en": "   "},
        {"en": "Hello {name}"},
        {"en": "Hello {{customer_name}}"},
        {"en": "Hello {customer_name.__class__}"},
        {"en": "Hello {customer_name"},
        {"en": "a } b"},
        {"english": "Hello"},
        {"en/gb": "Hello"},
        {"en": "4242 4242 4242 4242"},
        {"en": "a\x00b"},
        {"en": "x" * 2001},
    ],
)
async def test_a_text_that_could_not_be_filled_in_is_refused(
    doors: FastAPI, desk: Desk, texts: dict[str, str]
) -> None:
    assert (await make(doors, desk, {"title": "x", "texts": texts})).status_code == 422


@pytest.mark.parametrize("text", ["{{7*7}}", "${7*7}", "<%= 7*7 %>", "#{7*7}"])
async def test_an_expression_is_refused_or_stays_as_it_is(
    doors: FastAPI, desk: Desk, text: str
) -> None:
    made = await make(doors, desk, {"title": "x", "texts": {"en": text}})
    assert made.status_code == 422 or made.json()["texts"]["en"] == text


async def test_a_reply_is_sent_in_the_customers_language(doors: FastAPI, desk: Desk) -> None:
    reply = (await make(doors, desk, HELLO)).json()["id"]
    await desk.customer(name="{agent_name}", phone=PHONE, locale="es-MX")
    thread = await thread_of(desk, await hear(desk))
    async with calling_as(doors, person(desk.merchant.id)) as client:
        listed = await client.get("/v1/canned-replies", params={"conversation": thread})
        assert listed.json()["data"][0]["text"] == "Hola {agent_name}."
        sent = await client.post(
            f"/v1/conversations/{thread}/messages", json={"canned_reply": reply}
        )
        assert sent.json()["text"] == "Hola {agent_name}."
        unknown = await client.get("/v1/canned-replies", params={"conversation": "cnv_none"})
        assert unknown.status_code == 404


async def test_a_customer_without_a_name_is_greeted_without_one(doors: FastAPI, desk: Desk) -> None:
    reply = (await make(doors, desk, HELLO)).json()["id"]
    thread = await thread_of(desk, await hear(desk))
    agent = person(desk.merchant.id)
    async with calling_as(doors, agent) as client:
        sent = await client.post(
            f"/v1/conversations/{thread}/messages", json={"canned_reply": reply}
        )
    assert sent.json()["text"] == "Hello, Agent here."
