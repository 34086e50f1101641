"""Tickets over HTTP, and the feed as Server-Sent Events."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx2
import sqlalchemy as sa
from fastapi import FastAPI

from agent_feed.hub import Hub
from compliance.sessions import csrf_token, sessions
from compliance.users import User
from tests.agent_feed.conftest import Scene, cookie, until
from tests.support.doors import CONSOLE, calling


@dataclass(frozen=True)
class Message:
    """One block of an event stream."""

    id: str | None
    event: str | None
    data: Any
    comment: str | None


@dataclass
class EventSource:
    """Reads an event stream block by block."""

    lines: AsyncIterator[str]

    async def block(self) -> Message | None:
        """The next block; None at the end of the stream."""
        found: dict[str, str] = {}
        async with asyncio.timeout(10):
            async for line in self.lines:
                if not line:
                    break
                name, _, value = line.partition(": ")
                found[name or "comment"] = value
            else:
                return None
        if "retry" in found:
            return await self.block()
        data = json.loads(found["data"]) if "data" in found else None
        comment = next(
            (f"{name}{value}" for name, value in found.items() if name == "comment"), None
        )
        return Message(found.get("id"), found.get("event"), data, comment)

    async def events(self, count: int) -> list[Message]:
        """The next so many events."""
        messages: list[Message] = []
        while len(messages) < count:
            message = await self.block()
            assert message is not None
            if message.data is not None and message.data["op"] == "event":
                messages.append(message)
        return messages


@asynccontextmanager
async def listening(
    url: str,
    scene: Scene,
    user: User | None = None,
    *,
    last: str | None = None,
    origin: str | None = None,
    **parameters: Any,
) -> AsyncIterator[tuple[httpx2.Response, EventSource]]:
    headers = (
        {"Authorization": f"Bearer {scene.key.secret}"}
        if user is None
        else cookie(await scene.sign_in(user))
    )
    if last is not None:
        headers["Last-Event-ID"] = last
    if origin is not None:
        headers["Origin"] = origin
    async with (
        httpx2.AsyncClient(trust_env=False, timeout=10) as client,
        client.stream("GET", f"{url}/v1/feed/sse", headers=headers, params=parameters) as response,
    ):
        yield response, EventSource(response.aiter_lines())


async def test_the_stream_carries_the_frames_of_the_feed(scene: Scene, url: str) -> None:
    async with listening(url, scene, scene.ann, topics="mine") as (response, source):
        assert "text/event-stream" == response.headers["content-type"].partition(";")[0]
        ready = await source.block()
        assert ready is not None
        assert ("ready", ready.id) == (ready.data["op"], str(ready.data["position"]))
        await scene.happen(link="lnk_cleo", agent=scene.cleo.id)
        await scene.happen(link="lnk_ann", agent=scene.ann.id)
        (message,) = await source.events(1)
    assert "lnk_ann" == message.data["event"]["link"]
    assert str(message.data["event"]["position"]) == message.id


async def test_last_event_id_resumes_without_gap_or_repeat(scene: Scene, url: str) -> None:
    async with listening(url, scene, scene.ann) as (_, source):
        await source.block()
        await scene.happen_all([{"agent": scene.ann.id}] * 5)
        first = await source.events(2)
    async with listening(url, scene, scene.ann, last=first[-1].id) as (_, source):
        rest = await source.events(3)
    numbers = [int(message.id or "") for message in (*first, *rest)]
    assert list(range(numbers[0], numbers[0] + 5)) == numbers


async def test_a_heartbeat_is_a_comment_that_moves_the_last_event_id(
    scene: Scene, url: str
) -> None:
    async with listening(url, scene, scene.ann) as (_, source):
        ready = await source.block()
        assert ready is not None
        scene.clock.advance(seconds=15)
        beat = await source.block()
    assert beat is not None
    assert (None, ready.id) == (beat.data, beat.id)
    assert beat.comment is not None


async def test_supervisors_and_software_hear_the_merchant_by_default(
    scene: Scene, url: str
) -> None:
    for caller in (scene.sue, None):
        async with listening(url, scene, caller) as (_, source):
            await source.block()
            await scene.happen(link="lnk_crm")
            assert "lnk_crm" == (await source.events(1))[0].data["event"]["link"]


async def test_a_position_of_another_epoch_is_reset(scene: Scene, url: str) -> None:
    async with listening(url, scene, scene.ann, after=0, epoch="another") as (_, source):
        ready = await source.block()
    assert ready is not None
    assert ready.data["reset"] is True


async def test_a_revoked_session_ends_the_stream(scene: Scene, url: str, hub: Hub) -> None:
    async with listening(url, scene, scene.ann) as (_, source):
        await source.block()
        await scene.update(sa.update(sessions).values(ended_at=scene.clock()))
        last = await source.block()
        assert last is not None
        assert ("close", {"code": 4409}) == (last.event, last.data)
        assert await source.block() is None
    assert 0 == hub.listeners


async def test_a_client_that_goes_leaves_nothing_behind(scene: Scene, url: str, hub: Hub) -> None:
    async with listening(url, scene, scene.ann) as (_, source):
        await source.block()
        assert 1 == hub.listeners
    await until(lambda: hub.listeners == 0)


async def test_what_cannot_be_streamed_is_refused(scene: Scene, url: str, hub: Hub) -> None:
    cases: list[tuple[dict[str, Any], int]] = [
        ({"topics": "all"}, 403),
        ({"topics": "link:lnk_unknown"}, 403),
        ({"topics": "nonsense"}, 422),
        ({"topics": ""}, 422),
        ({"after": -1}, 422),
        ({"last": "x"}, 422),
        ({"last": "-1"}, 422),
        ({"last": "9" * 30}, 422),
    ]
    for parameters, status in cases:
        async with listening(url, scene, scene.ann, **parameters) as (response, _):
            assert (parameters, status) == (parameters, response.status_code)
    assert 0 == hub.listeners


async def test_a_cookie_from_another_site_opens_no_stream(scene: Scene, url: str) -> None:
    async with listening(url, scene, scene.ann, origin="https://evil.example") as (response, _):
        assert 403 == response.status_code
    async with listening(url, scene, scene.ann, origin=CONSOLE) as (response, _):
        assert 200 == response.status_code


async def test_nobody_streams_or_gets_a_ticket_without_credentials(app: FastAPI) -> None:
    async with calling(app) as client:
        assert 401 == (await client.get("/v1/feed/sse")).status_code
        assert 401 == (await client.post("/v1/feed/tickets")).status_code


async def test_a_signed_in_page_gets_a_ticket_with_its_csrf_token(
    app: FastAPI, scene: Scene
) -> None:
    token = await scene.sign_in(scene.ann)
    async with calling(app, headers={**cookie(token), "Origin": CONSOLE}) as client:
        without = await client.post("/v1/feed/tickets")
        headers = {"X-CSRF-Token": csrf_token(token)}
        with_it = await client.post("/v1/feed/tickets", headers=headers)
    assert [403, 201] == [without.status_code, with_it.status_code]
    assert {"ticket", "expires_in"} == set(with_it.json())
    assert 30 == with_it.json()["expires_in"]
