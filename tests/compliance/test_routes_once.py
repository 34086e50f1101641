"""The same key and body get the same answer, and nothing happens twice; a crash leaves nothing behind."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import httpx2
import pytest
import sqlalchemy as sa
from fastapi import APIRouter, Request
from fastapi.responses import Response

from compliance.api_keys import create_key
from compliance.journal import Event, record
from compliance.journal.entry import journal_entries
from compliance.merchants import Merchant
from compliance.routes.gate import COOKIE, Gate
from compliance.routes.once import OnceOnly
from compliance.sessions import sign_in
from core import idempotency
from core.database import Session
from core.errors import Kind, NotFound, PaythreadError, RateLimited
from tests.conftest import PASSWORD, NewUser
from tests.support.clock import SettableClock
from tests.support.doors import calling, service

router = APIRouter()


class Unavailable(PaythreadError):
    code = "far_end_down"
    kind = Kind.UNAVAILABLE


class Script:
    """What the door does next, and how often it acted."""

    def __init__(self) -> None:
        self.acted = 0
        self.error: Exception | None = None
        self.entered = asyncio.Event()
        self.go_on = asyncio.Event()
        self.go_on.set()


@router.post("/links")
@router.post("/messages")
async def door(once: OnceOnly, request: Request) -> Response:
    script: Script = request.app.state.script
    merchant: str = request.app.state.merchant

    async def act(session: Session) -> tuple[int, Any]:
        script.acted += 1
        number = script.acted
        fact = Event(
            type="link.created",
            merchant=merchant,
            occurred_at=request.app.state.gate.clock(),
            actor="system",
        )
        record(session, fact)
        script.entered.set()
        await script.go_on.wait()
        if script.error is not None:
            raise script.error
        return 201, {"number": number, "name": "Zoë"}

    return await once.run(act, required=request.url.path == "/links")


@pytest.fixture
def script() -> Script:
    return Script()


@pytest.fixture
async def client(
    gate: Gate, merchant: Merchant, clock: SettableClock, script: Script
) -> AsyncIterator[httpx2.AsyncClient]:
    """A client of one merchant's software."""
    async with gate.database.transaction() as session:
        key = await create_key(
            session, merchant=merchant.id, name="CRM", actor="system", now=clock()
        )
    app = service(gate, router, state={"script": script, "merchant": merchant.id})
    bearer = {"authorization": f"Bearer {key.secret}"}
    async with calling(app, headers=bearer, raise_errors=False) as found:
        yield found


async def _facts(gate: Gate) -> int:
    async with gate.database.snapshot() as session:
        count: int = await session.scalar(
            sa.select(sa.func.count())
            .select_from(journal_entries)
            .where(journal_entries.c.type == "link.created")
        )
    return count


async def _post(
    client: httpx2.AsyncClient, body: Any = None, key: str | None = '"k1"', path: str = "/links"
) -> httpx2.Response:
    headers = {} if key is None else {"idempotency-key": key}
    return await client.post(path, json=body if body is not None else {"a": 1}, headers=headers)


async def test_the_same_key_and_body_get_the_first_answer_again(
    client: httpx2.AsyncClient, gate: Gate, script: Script
) -> None:
    first, again = await _post(client), await _post(client)
    assert (201, first.content) == (again.status_code, again.content)
    assert (None, "true") == (
        first.headers.get("idempotent-replayed"),
        again.headers.get("idempotent-replayed"),
    )
    assert "application/json" == again.headers["content-type"]
    assert (1, 1) == (script.acted, await _facts(gate))


async def test_a_quoted_key_and_the_same_bare_one_are_one_key(
    client: httpx2.AsyncClient, script: Script
) -> None:
    await _post(client, key='"k1"')
    assert "true" == (await _post(client, key="k1")).headers["idempotent-replayed"]
    assert 1 == script.acted


async def test_the_same_key_with_another_body_is_refused(
    client: httpx2.AsyncClient, script: Script
) -> None:
    await _post(client)
    answer = await _post(client, {"a": 2})
    assert (422, "idempotency_key_reused") == (answer.status_code, answer.json()["code"])
    assert 1 == script.acted
    assert "true" == (await _post(client)).headers["idempotent-replayed"]


async def test_the_same_key_at_another_door_is_another_key(
    client: httpx2.AsyncClient, script: Script
) -> None:
    await _post(client)
    assert 201 == (await _post(client, path="/messages")).status_code
    assert 2 == script.acted


async def test_while_the_first_is_running_the_second_is_told_so(
    client: httpx2.AsyncClient, script: Script
) -> None:
    script.go_on.clear()
    first = asyncio.create_task(_post(client))
    await script.entered.wait()
    second = await _post(client)
    assert (409, "idempotency_key_busy") == (second.status_code, second.json()["code"])
    script.go_on.set()
    assert 201 == (await first).status_code
    assert "true" == (await _post(client)).headers["idempotent-replayed"]
    assert 1 == script.acted


async def test_ten_at_once_act_once(client: httpx2.AsyncClient, gate: Gate, script: Script) -> None:
    answers = await asyncio.gather(*(_post(client) for _ in range(10)))
    assert {201, 409} >= {answer.status_code for answer in answers}
    assert (1, 1) == (script.acted, await _facts(gate))


async def test_a_crash_leaves_neither_state_nor_answer_and_a_retry_acts(
    client: httpx2.AsyncClient, gate: Gate, script: Script
) -> None:
    script.error = ZeroDivisionError()
    assert 500 == (await _post(client)).status_code
    assert 0 == await _facts(gate)
    script.error = None
    retried = await _post(client)
    assert (201, None) == (retried.status_code, retried.headers.get("idempotent-replayed"))
    assert (2, 1) == (script.acted, await _facts(gate))


async def test_a_refusal_is_kept_and_its_state_is_not(
    client: httpx2.AsyncClient, gate: Gate, script: Script
) -> None:
    script.error = NotFound("customer")
    first = await _post(client)
    script.error = None
    again = await _post(client)
    assert (404, "true") == (again.status_code, again.headers["idempotent-replayed"])
    assert first.content == again.content
    assert first.headers["content-type"] == again.headers["content-type"]
    assert (1, 0) == (script.acted, await _facts(gate))


@pytest.mark.parametrize(
    "error",
    [RateLimited("Wait.", retry_after_seconds=3), Unavailable("The PSP does not answer.")],
    ids=["rate limit", "far end down"],
)
async def test_a_not_now_is_not_kept(
    client: httpx2.AsyncClient, script: Script, error: PaythreadError
) -> None:
    script.error = error
    assert (await _post(client)).status_code in {429, 503}
    script.error = None
    assert 201 == (await _post(client)).status_code
    assert 2 == script.acted


async def test_where_money_or_a_message_leaves_a_key_is_required(
    client: httpx2.AsyncClient, script: Script
) -> None:
    answer = await _post(client, key=None)
    assert (400, "idempotency_key_missing") == (answer.status_code, answer.json()["code"])
    assert 0 == script.acted


async def test_elsewhere_each_request_without_a_key_acts(
    client: httpx2.AsyncClient, script: Script
) -> None:
    for number in (1, 2):
        answer = await _post(client, key=None, path="/messages")
        assert (201, number) == (answer.status_code, answer.json()["number"])


@pytest.mark.parametrize("key", ["", '""', "a b", "k" * 256, '"open'])
async def test_a_malformed_key_is_refused(
    client: httpx2.AsyncClient, script: Script, key: str
) -> None:
    answer = await _post(client, key=key)
    assert (400, "idempotency_key_malformed") == (answer.status_code, answer.json()["code"])
    assert 0 == script.acted


async def test_after_a_day_the_key_is_free_again(
    client: httpx2.AsyncClient, clock: SettableClock, script: Script
) -> None:
    await _post(client)
    clock.advance(timedelta(hours=24))
    answer = await _post(client, {"a": 2})
    assert (201, None) == (answer.status_code, answer.headers.get("idempotent-replayed"))
    assert 2 == script.acted


async def test_one_merchants_keys_are_not_anothers(
    client: httpx2.AsyncClient, gate: Gate, script: Script, new_merchant: Any, clock: SettableClock
) -> None:
    other = await new_merchant("Other")
    async with gate.database.transaction() as session:
        key = await create_key(session, merchant=other.id, name="CRM", actor="system", now=clock())
    await _post(client)
    answer = await client.post(
        "/links",
        content=json.dumps({"a": 2}),
        headers={
            "authorization": f"Bearer {key.secret}",
            "idempotency-key": "k1",
            "content-type": "application/json",
        },
    )
    assert 201 == answer.status_code
    assert 2 == script.acted


async def test_a_colleagues_answer_is_not_handed_out(
    client: httpx2.AsyncClient, gate: Gate, merchant: Merchant, new_user: NewUser, script: Script
) -> None:
    """It holds what the next caller may not see: another team's link, a ticket for the feed."""
    app = service(gate, router, state={"script": script, "merchant": merchant.id})
    await _post(client)
    for email in ("ann@acme.example", "bob@acme.example"):
        await new_user(merchant.id, email=email)
        signed_in = await sign_in(
            gate.database, gate.vault, email=email, password=PASSWORD, origin=None, now=gate.clock()
        )
        headers = {"cookie": f"{COOKIE}={signed_in.token}", "x-csrf-token": signed_in.csrf_token}
        async with calling(app, headers=headers) as colleague:
            first, again = await _post(colleague), await _post(colleague)
        assert (201, None) == (first.status_code, first.headers.get("idempotent-replayed"))
        assert "true" == again.headers["idempotent-replayed"]
    assert 3 == script.acted


async def test_a_merchants_software_is_one_caller_whatever_key_it_holds(
    client: httpx2.AsyncClient, gate: Gate, merchant: Merchant, script: Script
) -> None:
    """A retry may come after the API key was changed, and must not act again."""
    async with gate.database.transaction() as session:
        key = await create_key(
            session, merchant=merchant.id, name="CRM 2", actor="system", now=gate.clock()
        )
    await _post(client)
    client.headers["authorization"] = f"Bearer {key.secret}"
    assert "true" == (await _post(client)).headers["idempotent-replayed"]
    assert 1 == script.acted


async def test_the_key_itself_is_not_stored(client: httpx2.AsyncClient, gate: Gate) -> None:
    """Its caller chose it: it may be a card number."""
    await _post(client, key="4242424242424242")
    async with gate.database.snapshot() as session:
        names = await session.all(sa.select(idempotency.answers.c.key))
    assert [False] == ["4242" * 4 in row["key"] for row in names]
