"""Software vouches for a person, the frame takes the session, and an agent's rights are all it has.

Covers agent_feed.routes.embed, agent_feed.embed_tickets, compliance.embedded_sessions.
"""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pytest
import sqlalchemy as sa

from agent_feed import embed_tickets, tickets
from agent_feed.hub import Hub
from agent_feed.routes import embed, events, feed
from compliance.api_keys import revoke_key
from compliance.journal.entry import journal_entries
from compliance.principal import NotSignedIn
from compliance.roles import Role
from compliance.routes import access
from compliance.routes.gate import COOKIE, Gate
from compliance.users import User, create_user, users
from tests.agent_feed.conftest import Scene
from tests.support.doors import CONSOLE, calling, service


@pytest.fixture
async def desk(gate: Gate, hub: Hub) -> AsyncIterator[httpx2.AsyncClient]:
    app = service(gate, embed.router, access.router, feed.router, events.router, state={"hub": hub})
    async with calling(app) as client:
        yield client


def bearer(secret: str) -> dict[str, str]:
    return {"authorization": f"Bearer {secret}"}


async def vouched(scene: Scene, desk: httpx2.AsyncClient, user: str) -> httpx2.Response:
    return await desk.post(
        "/v1/embed/tickets", json={"user": user}, headers=bearer(scene.key.secret)
    )


async def entered(scene: Scene, desk: httpx2.AsyncClient, user: User) -> dict[str, Any]:
    ticket = (await vouched(scene, desk, user.id)).json()["ticket"]
    opened = await desk.post("/v1/embed/sessions", json={"ticket": ticket})
    assert 201 == opened.status_code, opened.text
    return dict(opened.json())


async def test_a_vouched_person_is_in_without_a_cookie_and_may_write_without_a_csrf_token(
    scene: Scene, desk: httpx2.AsyncClient
) -> None:
    answer = await vouched(scene, desk, "ann@acme.example")
    assert (201, 60) == (answer.status_code, answer.json()["expires_in"])
    opened = await desk.post(
        "/v1/embed/sessions",
        json={"ticket": answer.json()["ticket"]},
        headers={"origin": CONSOLE},
    )
    assert (201, scene.ann.id) == (opened.status_code, opened.json()["user"]["id"])
    assert "set-cookie" not in opened.headers
    held = bearer(opened.json()["token"])
    current = await desk.get("/v1/sessions/current", headers=held)
    assert scene.ann.id == current.json()["user"]["id"]
    assert current.json()["permissions"] == opened.json()["permissions"]
    assert 201 == (await desk.post("/v1/feed/tickets", json={}, headers=held)).status_code
    assert 204 == (await desk.delete("/v1/sessions/current", headers=held)).status_code
    assert 401 == (await desk.get("/v1/sessions/current", headers=held)).status_code


async def test_the_token_is_no_cookie_and_a_cookie_is_no_token(
    scene: Scene, desk: httpx2.AsyncClient
) -> None:
    token = (await entered(scene, desk, scene.ann))["token"]
    worn = {"cookie": f"{COOKIE}={token}"}
    assert 401 == (await desk.get("/v1/sessions/current", headers=worn)).status_code
    stolen = bearer(await scene.sign_in(scene.ann))
    assert 401 == (await desk.get("/v1/sessions/current", headers=stolen)).status_code


async def test_a_ticket_is_good_once_even_when_used_at_once(
    scene: Scene, desk: httpx2.AsyncClient
) -> None:
    ticket = (await vouched(scene, desk, scene.ann.id)).json()["ticket"]
    answers = await asyncio.gather(
        *(desk.post("/v1/embed/sessions", json={"ticket": ticket}) for _ in range(4))
    )
    assert [201, 401, 401, 401] == sorted(answer.status_code for answer in answers)


async def test_a_ticket_lasts_a_minute_and_no_longer_than_the_key_behind_it(
    scene: Scene, desk: httpx2.AsyncClient
) -> None:
    early, late, last = [
        (await vouched(scene, desk, scene.ann.id)).json()["ticket"] for _ in range(3)
    ]

    async def status(ticket: str) -> int:
        return (await desk.post("/v1/embed/sessions", json={"ticket": ticket})).status_code

    scene.clock.advance(seconds=59)
    assert 201 == await status(early)
    async with scene.database.transaction() as session:
        await revoke_key(
            session,
            merchant=scene.merchant,
            key_id=scene.key.id,
            actor="system",
            now=scene.clock(),
        )
    assert 401 == await status(last)
    scene.clock.advance(seconds=1)
    assert 401 == await status(late)
    assert 401 == await status("nonsense")
    assert 422 == await status("x" * 65)


async def test_neither_kind_of_ticket_opens_the_others_door(
    scene: Scene, desk: httpx2.AsyncClient
) -> None:
    ticket = (await vouched(scene, desk, scene.ann.id)).json()["ticket"]
    with pytest.raises(NotSignedIn):
        await tickets.redeem(scene.database, scene.vault, ticket, now=scene.clock())
    ann = await scene.caller(scene.ann)
    async with scene.database.transaction() as session:
        other = await tickets.issue(session, ann, now=scene.clock())
    answer = await desk.post("/v1/embed/sessions", json={"ticket": other})
    assert 401 == answer.status_code


async def test_only_software_vouches_and_only_for_its_own_merchants_people(
    scene: Scene, desk: httpx2.AsyncClient
) -> None:
    for user in (scene.rob.id, "rob@acme.example", "usr_unknown", "nobody@acme.example"):
        assert (user, 404) == (user, (await vouched(scene, desk, user)).status_code)
    held = bearer((await entered(scene, desk, scene.sue))["token"])
    answer = await desk.post("/v1/embed/tickets", json={"user": scene.ann.id}, headers=held)
    assert 403 == answer.status_code
    assert 401 == (await desk.post("/v1/embed/tickets", json={"user": "x"})).status_code


async def test_a_supervisor_has_an_agents_rights_in_the_panel_and_an_auditor_none(
    scene: Scene, desk: httpx2.AsyncClient, password_hash: str
) -> None:
    opened = await entered(scene, desk, scene.sue)
    assert "agent" == opened["user"]["role"]
    narrowed = await scene.caller_of(opened["token"])
    assert (Role.AGENT, frozenset({scene.sue.id})) == (narrowed.role, narrowed.teammates)
    async with scene.database.transaction() as session:
        auditor = await create_user(
            session,
            scene.vault,
            merchant=scene.merchant,
            name="Olga",
            email="olga@acme.example",
            role=Role.AUDITOR,
            team=None,
            password_hash=password_hash,
            actor="system",
            now=scene.clock(),
        )
    assert 403 == (await vouched(scene, desk, auditor.id)).status_code
    # Who becomes one while the panel is open loses what an auditor may not do.
    await scene.update(sa.update(users).where(users.c.id == scene.sue.id).values(role="auditor"))
    assert Role.AUDITOR == (await scene.caller_of(opened["token"])).role


async def test_the_session_idles_out_and_ends_after_an_hour(
    scene: Scene, desk: httpx2.AsyncClient
) -> None:
    idle = bearer((await entered(scene, desk, scene.ann))["token"])
    scene.clock.advance(minutes=15)
    assert 401 == (await desk.get("/v1/sessions/current", headers=idle)).status_code
    busy = bearer((await entered(scene, desk, scene.ann))["token"])
    for _ in range(5):
        scene.clock.advance(minutes=10)
        assert 200 == (await desk.get("/v1/sessions/current", headers=busy)).status_code
    scene.clock.advance(minutes=10)
    assert 401 == (await desk.get("/v1/sessions/current", headers=busy)).status_code


async def test_another_site_cannot_use_a_ticket_in_its_visitors_browser(
    scene: Scene, desk: httpx2.AsyncClient
) -> None:
    ticket = (await vouched(scene, desk, scene.ann.id)).json()["ticket"]
    for origin in ("http://evil.test", "null"):
        answer = await desk.post(
            "/v1/embed/sessions", json={"ticket": ticket}, headers={"origin": origin}
        )
        assert (origin, 403) == (origin, answer.status_code)


async def test_the_journal_says_who_vouched_and_the_database_holds_no_ticket(
    scene: Scene, desk: httpx2.AsyncClient
) -> None:
    ticket = (await vouched(scene, desk, scene.ann.id)).json()["ticket"]
    async with scene.database.snapshot() as session:
        stored = await session.all(sa.select(tickets.feed_tickets))
    assert [("embed", scene.ann.id)] == [(row["kind"], row["caller"]) for row in stored]
    assert ticket not in str(stored)
    await desk.post("/v1/embed/sessions", json={"ticket": ticket})
    async with scene.database.snapshot() as session:
        told = await session.all(
            sa.select(journal_entries).where(journal_entries.c.type == "session.started")
        )
    assert [f"user:{scene.ann.id}"] == [row["actor"] for row in told]
    assert [(True, f"key:{scene.key.id}")] == [
        (row["data"]["embedded"], row["data"]["vouched_by"]) for row in told
    ]
    assert embed_tickets.LIFE.total_seconds() == 60
