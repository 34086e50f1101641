"""The feed over a real WebSocket: who gets in, what they hear, and how it ends."""

import asyncio
import json
import logging
import socket as sockets
from collections.abc import AsyncIterator
from typing import Any

import pytest
import sqlalchemy as sa

from agent_feed.hub import Hub
from agent_feed.outlet import Bounds
from agent_feed.socket import SUBPROTOCOL
from compliance.roles import Role
from compliance.routes.gate import COOKIE, Gate
from compliance.sessions import sessions
from compliance.users import users
from tests.agent_feed.client import connected, refused
from tests.agent_feed.conftest import NewHub, Phone, Scene, cookie, doors, until
from tests.support.doors import CONSOLE, calling, serving

EVIL = "https://evil.example"


async def ticket(app: Any, scene: Scene) -> str:
    """A ticket for the API key, asked for over HTTP."""
    headers = {"Authorization": f"Bearer {scene.key.secret}"}
    async with calling(app, headers=headers) as client:
        answer = await client.post("/v1/feed/tickets")
    assert 201 == answer.status_code
    assert 30 == answer.json()["expires_in"]
    found: str = answer.json()["ticket"]
    return found


# Who gets in


async def test_a_key_a_session_and_a_ticket_get_in_and_only_the_protocol_is_echoed(
    scene: Scene, phone: Phone, app: Any, url: str
) -> None:
    asked = await ticket(app, scene)
    ways: list[dict[str, Any]] = [
        {"headers": {"Authorization": f"Bearer {scene.key.secret}"}, "origin": None},
        {"headers": cookie(await scene.sign_in(scene.ann))},
        {"subprotocols": (SUBPROTOCOL, f"ticket.{asked}"), "origin": EVIL},
    ]
    for way in ways:
        async with connected(url, **way) as client:
            assert SUBPROTOCOL == client.connection.subprotocol
            assert "ready" == (await client.subscribe("mine"))["op"]


async def test_a_cookie_without_our_own_origin_is_refused_with_403(scene: Scene, url: str) -> None:
    headers = cookie(await scene.sign_in(scene.ann))
    for origin in (None, EVIL, "null", f"{CONSOLE}.evil.example", ""):
        status, problem = await refused(url, headers=headers, origin=origin)
        assert (origin, 403, "not_allowed") == (origin, status, problem["code"])


async def test_nobody_gets_in_without_credentials_that_hold(url: str) -> None:
    ways: list[dict[str, Any]] = [
        {},
        {"origin": EVIL},
        {"headers": {"Authorization": "Bearer sk_wrong"}},
        {"headers": {"Authorization": "Basic abc"}},
        {"headers": {"Cookie": f"{COOKIE}=wrong"}},
        {"subprotocols": (SUBPROTOCOL, "ticket.wrong")},
        {"subprotocols": (SUBPROTOCOL, "ticket.")},
    ]
    for way in ways:
        status, problem = await refused(url, **way)
        assert (way, 401, "not_signed_in") == (way, status, problem["code"])


async def test_a_ticket_is_good_for_one_socket(scene: Scene, app: Any, url: str) -> None:
    offered = (SUBPROTOCOL, f"ticket.{await ticket(app, scene)}")
    async with connected(url, subprotocols=offered):
        assert 401 == (await refused(url, subprotocols=offered))[0]


async def test_a_ticket_that_ran_out_is_refused(scene: Scene, app: Any, url: str) -> None:
    offered = (SUBPROTOCOL, f"ticket.{await ticket(app, scene)}")
    scene.clock.advance(seconds=30)
    assert 401 == (await refused(url, subprotocols=offered))[0]


async def test_no_token_is_logged(
    scene: Scene, app: Any, url: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    secrets = [await ticket(app, scene), scene.key.secret, await scene.sign_in(scene.ann)]
    async with connected(url, subprotocols=(SUBPROTOCOL, f"ticket.{secrets[0]}")):
        pass
    async with connected(url, headers={"Authorization": f"Bearer {secrets[1]}"}):
        pass
    async with connected(url, headers=cookie(secrets[2])) as client:
        await client.send({"op": "nonsense"})
        await client.closed()
    await refused(url, subprotocols=(SUBPROTOCOL, f"ticket.{secrets[0]}"))
    assert [] == [secret for secret in secrets if secret in caplog.text]


# What they hear


async def test_an_agent_hears_their_team_and_never_another_team_or_merchant(
    scene: Scene, phone: Phone
) -> None:
    async with phone.dial(scene.ann) as client:
        await client.subscribe("team")
        for merchant, agent in (
            (scene.merchant, scene.cleo.id),
            (scene.rival, scene.rob.id),
            (scene.rival, scene.ann.id),
            (scene.merchant, None),
            (scene.merchant, scene.bob.id),
        ):
            await scene.happen(merchant=merchant, agent=agent, link=f"lnk_{agent}")
        (event,) = await client.events(1)
        assert scene.bob.id == event["agent"]
        assert await client.silent()


async def test_an_event_is_the_object_of_the_contract(scene: Scene, phone: Phone) -> None:
    async with phone.dial() as client:
        position = (await client.subscribe("all"))["position"]
        await scene.happen(
            "payment.declined",
            link="lnk_1",
            payment="pay_1",
            attempt="att_1",
            customer="cus_1",
            agent=scene.ann.id,
            channel="sms",
            data={"code": "insufficient_funds"},
        )
        (event,) = await client.events(1)
    assert {
        "id": event["id"],
        "position": position + 1,
        "type": "payment.declined",
        "occurred_at": "2026-11-22T13:24:05.123Z",
        "merchant": scene.merchant,
        "link": "lnk_1",
        "payment": "pay_1",
        "attempt": "att_1",
        "customer": "cus_1",
        "conversation": None,
        "agent": scene.ann.id,
        "channel": "sms",
        "actor": "system",
        "data": {"code": "insufficient_funds"},
    } == event


async def test_a_client_cut_at_any_position_resumes_without_gap_or_repeat(
    scene: Scene, phone: Phone
) -> None:
    async with phone.dial(scene.ann) as client:
        start = (await client.subscribe("team"))["position"]
    await scene.happen_all([{"agent": (scene.ann if n % 2 else scene.cleo).id} for n in range(12)])
    mine = [start + 1 + n for n in range(12) if n % 2]
    async with phone.dial(scene.ann) as client:
        for after in range(start, start + 13):
            ready = await client.subscribe("team", after=after)
            assert ("ready", start + 12) == (ready["op"], ready["position"])
            assert "reset" not in ready
            due = [position for position in mine if position > after]
            assert due == [one["position"] for one in await client.events(len(due))]
        assert await client.silent()


async def test_a_position_of_another_epoch_or_of_the_future_is_reset(
    scene: Scene, phone: Phone
) -> None:
    async with phone.dial(scene.ann) as client:
        now = await client.subscribe("mine")
        position = now["position"]
        assert {**now, "reset": True} == await client.subscribe("mine", after=position + 1)
        assert {**now, "reset": True} == await client.subscribe(
            "mine", after=position, epoch="another"
        )
        assert now == await client.subscribe("mine", after=position, epoch=now["epoch"])


async def test_subscribing_again_replaces(scene: Scene, phone: Phone) -> None:
    async with phone.dial(scene.sue) as client:
        await client.subscribe("all")
        await client.subscribe("mine")
        await scene.happen(agent=scene.ann.id)
        assert await client.silent()


async def test_presence_is_told_as_it_happens(scene: Scene, phone: Phone, hub: Hub) -> None:
    async with phone.dial(scene.ann) as client:
        await client.subscribe("mine")
        await scene.happen(
            "checkout.left", link="lnk_1", agent=scene.ann.id, data={"device": "desktop"}
        )
        expected = {"op": "presence", "link": "lnk_1", "present": False, "device": "desktop"}
        assert "checkout.left" == (await client.receive())["event"]["type"]
        assert expected == await client.receive()


async def test_a_heartbeat_is_answered(scene: Scene, phone: Phone) -> None:
    async with phone.dial(scene.ann) as client:
        position = (await client.subscribe("mine"))["position"]
        for _ in range(8):
            scene.clock.advance(seconds=15)
            async with asyncio.timeout(5):
                beat = json.loads(await client.connection.recv())
            assert {"op": "heartbeat", "position": position} == beat
            await client.send({"op": "ack", "position": position})


# How it ends


async def test_a_bad_frame_closes_with_4400(phone: Phone) -> None:
    frames: list[str | bytes] = [
        "no json",
        b"\x00\x01",
        '{"op":"dance"}',
        '{"op":"subscribe","after":null,"topics":["nonsense"]}',
        '{"op":"ack","position":1}',
        '{"op":"ack","op":"ack"}',
        '{"op":"ack","position":1}' + " " * 65_536,
    ]
    for frame in frames:
        async with phone.dial() as client:
            await client.connection.send(frame)
            assert (frame[:40], 4400) == (frame[:40], await client.closed())


async def test_a_topic_that_is_not_theirs_closes_with_4403(scene: Scene, phone: Phone) -> None:
    await scene.happen(link="lnk_cleo", customer="cus_cleo", agent=scene.cleo.id)
    for topic in ("all", "link:lnk_cleo", "customer:cus_cleo", "link:nothing"):
        async with phone.dial(scene.ann) as client:
            await client.send({"op": "subscribe", "after": None, "topics": [topic]})
            assert (topic, 4403) == (topic, await client.closed())


async def test_a_revoked_session_is_closed_with_4409_within_5_seconds(
    scene: Scene, phone: Phone
) -> None:
    async with phone.dial(scene.ann) as client:
        await client.subscribe("mine")
        await scene.update(sa.update(sessions).values(ended_at=scene.clock()))
        assert 4409 == await client.closed(seconds=5)


async def test_a_role_that_is_taken_away_closes_within_5_seconds(
    scene: Scene, phone: Phone
) -> None:
    async with phone.dial(scene.sue) as client:
        await client.subscribe("all")
        await scene.update(sa.update(users).values(role=Role.AGENT.value))
        assert 4403 == await client.closed(seconds=5)


@pytest.fixture
async def narrow(gate: Gate, running_hub: NewHub) -> AsyncIterator[str]:
    """The doors around a hub where little may wait."""
    async with (
        running_hub(bounds=Bounds(waiting_frames_max=40, page_entries=20)) as hub,
        serving(doors(gate, hub)) as url,
    ):
        yield url


async def test_a_reader_that_stops_is_closed_with_4408_and_resumes_without_a_gap(
    scene: Scene, narrow: str
) -> None:
    total, size = 400, 30_000
    phone = Phone(scene, narrow)
    small = sockets.socket()
    small.setsockopt(sockets.SOL_SOCKET, sockets.SO_RCVBUF, 4096)
    small.setblocking(False)
    host, port = narrow.removeprefix("http://").split(":")
    await asyncio.get_running_loop().sock_connect(small, (host, int(port)))
    headers = cookie(await scene.sign_in(scene.ann))
    seen: list[Any] = []
    async with (
        phone.dial(scene.ann) as quick,
        connected(narrow, headers=headers, sock=small, max_queue=1, max_size=None) as slow,
    ):
        start = (await quick.subscribe("mine"))["position"]
        await slow.subscribe("mine")
        for _ in range(total // 20):
            await scene.happen_all([{"agent": scene.ann.id, "data": {"n": "x" * size}}] * 20)
            await quick.events(20)
        assert 4408 == await slow.closed(seen=seen)
    async with phone.dial(scene.ann) as again:
        await again.subscribe("mine", after=seen[-1]["position"] if seen else start)
        seen += await again.events(total - len(seen))
    assert list(range(start + 1, start + total + 1)) == [one["position"] for one in seen]


async def test_a_service_that_stops_says_1012(scene: Scene, phone: Phone, hub: Hub) -> None:
    async with phone.dial(scene.ann) as client:
        await client.subscribe("mine")
        hub.drain()
        assert 1012 == await client.closed()


async def test_a_client_that_goes_leaves_nothing_behind(
    scene: Scene, phone: Phone, hub: Hub
) -> None:
    async with phone.dial(scene.ann) as client:
        await client.subscribe("mine")
        assert 1 == hub.listeners
    await until(lambda: hub.listeners == 0)
