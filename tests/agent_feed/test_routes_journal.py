"""The journal is searched by those who may, and that they did is written into it."""

import json
from typing import Any

import pytest
from fastapi import FastAPI

from agent_feed.hub import Hub
from agent_feed.routes import journal
from compliance.journal.anchors import take_anchor
from compliance.journal.export import check
from compliance.routes.gate import Gate
from compliance.users import User
from core.ids import new_id
from tests.agent_feed.conftest import Scene, cookie
from tests.support.doors import calling, service


@pytest.fixture
async def app(gate: Gate, hub: Hub) -> FastAPI:
    return service(gate, journal.router, state={"hub": hub})


async def look(app: FastAPI, scene: Scene, user: User, **asked: Any) -> tuple[int, Any]:
    async with calling(app, headers=cookie(await scene.sign_in(user))) as client:
        answer = await client.get("/v1/journal", params=asked)
    return answer.status_code, answer.json()


async def test_who_did_what_is_found_newest_first(app: FastAPI, scene: Scene) -> None:
    link = new_id("lnk", scene.clock())
    who = f"user:{scene.ann.id}"
    await scene.happen("link.created", link=link, actor=who, agent=scene.ann.id)
    await scene.happen("settings.changed", actor=f"user:{scene.sue.id}", origin="192.0.2.7")
    await scene.happen("link.cancelled", link=link, actor=who, agent=scene.ann.id)
    for asked in ({"actor": scene.ann.id}, {"actor": who, "types": "link.*"}, {"about": link}):
        status, answer = await look(app, scene, scene.sue, **asked)
        assert (200, ["link.cancelled", "link.created"]) == (
            status,
            [one["type"] for one in answer["data"] if one["link"] == link],
        )
    _, answer = await look(app, scene, scene.sue, origin="192.0.2.7")
    assert [("settings.changed", "192.0.2.7")] == [
        (one["type"], one["origin"]) for one in answer["data"]
    ]
    assert all(len(one["hash"]) == len(one["previous_hash"]) == 64 for one in answer["data"])


async def test_reading_it_is_written_into_it(app: FastAPI, scene: Scene) -> None:
    await look(app, scene, scene.sue, actor=scene.ann.id, types="link.*")
    _, answer = await look(app, scene, scene.sue, types="export.created")
    (read,) = answer["data"]
    assert (f"user:{scene.sue.id}", {"of": "journal", "types": "link.*"}) == (
        read["actor"],
        {name: value for name, value in read["data"].items() if name != "actor"},
    )
    assert read["origin"] is not None


async def test_an_agent_may_not(app: FastAPI, scene: Scene) -> None:
    status, answer = await look(app, scene, scene.ann)
    assert (403, "not_allowed") == (status, answer["code"])


async def test_another_merchants_entries_are_nobodys_here(app: FastAPI, scene: Scene) -> None:
    link = new_id("lnk", scene.clock())
    await scene.happen(link=link, agent=scene.rob.id, merchant=scene.rival)
    status, answer = await look(app, scene, scene.sue, about=link)
    assert (200, []) == (status, answer["data"])


@pytest.mark.parametrize(
    "asked",
    [
        {"actor": "somebody"},
        {"actor": "user:key_0"},
        {"about": "lnk_"},
        {"about": "mer_01k9zzzzzzzzzzzzzzzzzzzzzz"},
        {"types": "nothing.such"},
        {"from": "yesterday"},
        {"cursor": "-1"},
        {"limit": 0},
    ],
    ids=str,
)
async def test_what_makes_no_sense_is_refused(
    app: FastAPI, scene: Scene, asked: dict[str, Any]
) -> None:
    status, _ = await look(app, scene, scene.sue, **asked)
    assert 422 == status


async def test_a_signed_export_checks_and_is_told_of(app: FastAPI, scene: Scene) -> None:
    await scene.happen("settings.changed", actor=f"user:{scene.sue.id}", origin="192.0.2.7")
    await scene.happen(agent=scene.rob.id, merchant=scene.rival)
    async with calling(app, headers=cookie(await scene.sign_in(scene.sue))) as client:
        proof = (await client.get("/v1/journal/proof")).json()
        answer = await client.get("/v1/journal/export")
        bad = await client.get("/v1/journal/export", params={"from": "yesterday"})
    assert (proof["anchored"], bad.status_code) == (None, 422)
    assert answer.headers["content-type"].startswith("application/x-ndjson")
    assert "attachment" in answer.headers["content-disposition"]
    lines = answer.content.splitlines(keepends=True)
    found = check(lines, public_key=proof["public_key"])
    entries = [json.loads(line) for line in lines[1:-1]]
    assert found.entries == len(entries) >= 2
    assert {entry["merchant"] for entry in entries} == {scene.sue.merchant}
    assert (entries[-1]["type"], entries[-1]["data"]["signed"]) == ("export.created", True)


async def test_the_proof_tells_up_to_where_the_journal_is_anchored(
    app: FastAPI, gate: Gate, scene: Scene
) -> None:
    async with calling(app, headers=cookie(await scene.sign_in(scene.sue))) as client:
        await scene.happen("settings.changed")
        async with gate.database.transaction() as session:
            taken = await take_anchor(session, gate.vault, scene.sue.merchant, now=scene.clock())
        proof = (await client.get("/v1/journal/proof")).json()
    assert taken is not None
    assert proof["anchored"] == {
        "position": taken.position,
        "hash": taken.hash,
        "taken_at": taken.taken_at,
    }


@pytest.mark.parametrize("path", ["/v1/journal/export", "/v1/journal/proof"])
async def test_an_agent_may_neither_export_nor_see_the_proof(
    app: FastAPI, scene: Scene, path: str
) -> None:
    async with calling(app, headers=cookie(await scene.sign_in(scene.ann))) as client:
        assert (await client.get(path)).status_code == 403
