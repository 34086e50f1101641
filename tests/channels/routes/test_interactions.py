"""`POST /v1/interactions` and notes: part of the customer's history, sealed and masked."""

from datetime import timedelta
from typing import Any

import httpx2
import pytest
import sqlalchemy as sa
from fastapi import FastAPI

from agent_feed.timeline import read_timeline
from compliance.journal.entry import journal_entries
from compliance.roles import Role
from core.clock import rfc3339
from tests.channels.conftest import PHONE, Desk
from tests.channels.talk import calling_as
from tests.support.people import person, software

NUMBER = "4242 4242 4242 4242"


def call(desk: Desk, **changes: Any) -> dict[str, Any]:
    return {
        "customer": {"phone": PHONE, "name": "Sam"},
        "kind": "call",
        "direction": "inbound",
        "occurred_at": rfc3339(desk.clock()),
        "data": {"queue": "sales", "seconds": 93, "notes": ["asked for a refund"]},
    } | changes


async def test_a_call_becomes_part_of_the_customers_history(
    api: httpx2.AsyncClient, desk: Desk
) -> None:
    headers = {"idempotency-key": "call-1"}
    told = await api.post("/v1/interactions", json=call(desk), headers=headers)
    again = await api.post("/v1/interactions", json=call(desk), headers=headers)
    assert (told.status_code, again.json()) == (201, told.json())
    sam = await desk.customer(phone=PHONE)
    assert told.json()["id"].startswith("int_")
    assert (told.json()["customer"], told.json()["data"]["seconds"]) == (sam.id, 93)
    note = await api.post(f"/v1/customers/{sam.id}/notes", json={"text": "Prefers SMS"})
    assert (note.status_code, note.json()["text"]) == (201, "Prefers SMS")
    popped = (await api.get("/v1/customers/lookup", params={"phone": PHONE})).json()
    types = [one["type"] for one in popped["interactions"]]
    assert types == ["note.added", "interaction.recorded", "customer.created"]
    assert popped["interactions"][1]["data"] == {
        "interaction": told.json()["id"],
        "kind": "call",
        "direction": "inbound",
        "data": call(desk)["data"],
    }
    async with desk.database.snapshot() as session:
        page = await read_timeline(
            session,
            desk.reader,
            software(desk.merchant.id),
            customer=sam.id,
            before=None,
            types=None,
            limit=50,
        )
        rows = await session.all(sa.select(journal_entries))
    assert [one.type for one in page.entries] == types
    assert "refund" not in str([dict(row) for row in rows])


async def test_card_numbers_in_it_are_masked_and_told(api: httpx2.AsyncClient, desk: Desk) -> None:
    data = {"form": {"card": NUMBER, NUMBER: "x", "number": 4242424242424242}}
    told = await api.post("/v1/interactions", json=call(desk, data=data, kind="form"))
    assert told.json()["data"] == {
        "form": {"card": "•••• 4242", "•••• 4242": "x", "number": "•••• 4242"}
    }
    note = await api.post(
        f"/v1/customers/{told.json()['customer']}/notes", json={"text": f"Card {NUMBER}"}
    )
    assert note.json()["text"] == "Card •••• 4242"
    incidents = await desk.events("incident.card_number_masked")
    assert [sorted(one.data) for one in incidents] == [
        ["direction", "interaction", "kind"],
        ["note"],
    ]


def _deep(levels: int) -> dict[str, Any]:
    value: dict[str, Any] = {}
    for _ in range(levels):
        value = {"a": value}
    return value


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "telepathy"},
        {"direction": "up"},
        {"occurred_at": "yesterday"},
        {"occurred_at": "2026-11-22T10:00:00"},
        {"occurred_at": "1999-12-31T00:00:00Z"},
        {"occurred_at": "2090-01-01T00:00:00Z"},
        {"data": "text"},
        {"data": {"a": "x" * 40_000}},
        {"data": _deep(9)},
        {"customer": "cus_none"},
        {"customer": {}},
        {"customer": {"phone": "x"}},
        {"customer": {"external_id": NUMBER}},
        {"customer": None},
        {"status": "paid"},
    ],
)
async def test_what_makes_no_sense_is_refused(
    api: httpx2.AsyncClient, desk: Desk, changes: dict[str, Any]
) -> None:
    assert (await api.post("/v1/interactions", json=call(desk, **changes))).status_code == 422
    assert await desk.events("interaction.recorded") == []


async def test_a_time_within_a_day_ahead_and_a_known_customer_will_do(
    api: httpx2.AsyncClient, desk: Desk
) -> None:
    sam = await desk.customer(phone=PHONE)
    soon = rfc3339(desk.clock() + timedelta(hours=23))
    told = await api.post(
        "/v1/interactions", json=call(desk, customer=sam.id, occurred_at=soon, data=_deep(7))
    )
    assert (told.status_code, told.json()["occurred_at"]) == (201, soon)


async def test_an_agents_call_is_theirs_and_others_may_not_tell_one(
    doors: FastAPI, desk: Desk
) -> None:
    agent = person(desk.merchant.id)
    sam = await desk.customer(phone=PHONE)
    async with calling_as(doors, agent) as client:
        told = (await client.post("/v1/interactions", json=call(desk))).json()
        assert told["agent"] == agent.id
        url = f"/v1/customers/{sam.id}/notes"
        for text in ("", "x" * 2001, "a\x00b"):
            assert (await client.post(url, json={"text": text})).status_code == 422
    for who, status in (
        (person(desk.merchant.id, Role.AUDITOR), 403),
        (person("mer_other", Role.SUPERVISOR), 404),
    ):
        async with calling_as(doors, who) as client:
            assert (await client.post(url, json={"text": "x"})).status_code == status


async def test_the_screen_pop_costs_as_much_for_a_long_history_as_for_a_short_one(
    api: httpx2.AsyncClient, desk: Desk
) -> None:
    statements: list[str] = []
    sa.event.listen(
        desk.database.engine.sync_engine,
        "before_cursor_execute",
        lambda _c, _k, statement, *_: statements.append(statement),
    )

    async def cost() -> int:
        await api.get("/v1/customers/lookup", params={"phone": PHONE})
        statements.clear()
        popped = (await api.get("/v1/customers/lookup", params={"phone": PHONE})).json()
        assert popped["interactions"][0]["type"] == "interaction.recorded"
        return len(statements)

    await api.post("/v1/interactions", json=call(desk))
    short = await cost()
    for at in range(12):
        await api.post("/v1/interactions", json=call(desk, data={"at": at}))
    assert await cost() == short <= 20


async def test_one_is_found_again_by_who_may_see_it(
    api: httpx2.AsyncClient, doors: FastAPI, desk: Desk
) -> None:
    told = (await api.post("/v1/interactions", json=call(desk))).json()
    url = f"/v1/interactions/{told['id']}"
    assert (await api.get(url)).json() == told
    for unknown in ("int_01k9aaaaaaaaaaaaaaaaaaaaaa", told["id"].replace("int", "evt"), "x"):
        assert (await api.get(f"/v1/interactions/{unknown}")).status_code == 404
    for stranger in (person(desk.merchant.id), person("mer_other", Role.ADMIN)):
        async with calling_as(doors, stranger) as client:
            assert (await client.get(url)).status_code == 404
    erased = await api.post(f"/v1/customers/{told['customer']}/erase")
    assert erased.status_code == 200
    assert (await api.get(url)).json() == {**told, "data": None}


async def test_what_a_customer_answered_to_a_survey_is_an_event_of_its_own(
    api: httpx2.AsyncClient, desk: Desk
) -> None:
    answer = {"score": 9, "words": "Friendly"}
    asked = call(desk, kind="survey", direction="outbound", data={"survey": "s-1"})
    empty = call(desk, kind="survey", data={})
    for body in (asked, empty, call(desk, kind="survey", data=answer)):
        told = await api.post("/v1/interactions", json=body)
    assert len(await desk.events("interaction.recorded")) == 2
    [answered] = await desk.events("survey.answered")
    assert (answered.data["interaction"], answered.data["data"]) == (told.json()["id"], answer)
    assert (await api.get(f"/v1/interactions/{told.json()['id']}")).json() == told.json()
