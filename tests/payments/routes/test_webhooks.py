"""`POST /webhooks/psp/{account}`: 200 once a report is stored and applied, 400 for a forged one."""

from collections.abc import AsyncIterator
from dataclasses import replace

import httpx2
import pytest
import sqlalchemy as sa

from compliance.routes.gate import Gate
from core.throttle import DEFAULT_LIMITS, Limit, Throttle
from payments.routes.webhooks import router
from payments.states import AttemptState
from payments.tables import psp_events
from tests.payments.conftest import Till
from tests.payments.fake_reports import event_body, signed
from tests.support.doors import calling, service


@pytest.fixture
async def psp(gate: Gate, till: Till) -> AsyncIterator[httpx2.AsyncClient]:
    async with calling(service(gate, router, state={"psp_inbox": till.inbox})) as client:
        yield client


async def stored(till: Till) -> int:
    async with till.database.snapshot() as session:
        return int(await session.scalar(sa.select(sa.func.count()).select_from(psp_events)))


async def test_a_genuine_report_moves_its_attempt_before_it_is_acknowledged(
    psp: httpx2.AsyncClient, till: Till
) -> None:
    attempt = await till.begin(await till.owe())
    body = event_body(
        "evt_1", attempt=attempt.id, reference="pi_1", kind="succeeded", amount=4999, currency="GBP"
    )
    headers = signed(body, at=till.clock())
    answers = [
        (await psp.post(f"/webhooks/psp/{till.account}", content=body, headers=headers))
        for _ in range(2)
    ]

    assert [200, 200] == [answer.status_code for answer in answers]
    assert AttemptState.SUCCEEDED is (await till.attempt(attempt)).state
    assert 1 == await stored(till)


async def test_a_forged_report_is_refused_and_not_stored(
    psp: httpx2.AsyncClient, till: Till
) -> None:
    body = event_body("evt_1")
    unsigned = await psp.post(f"/webhooks/psp/{till.account}", content=body)
    forged = await psp.post(
        f"/webhooks/psp/{till.account}", content=body, headers={"fake-signature": "t=1,v1=00"}
    )

    assert (400, 400, 0) == (unsigned.status_code, forged.status_code, await stored(till))
    assert "signature_invalid" == forged.json()["code"]


async def test_an_account_that_does_not_exist_is_not_found(
    psp: httpx2.AsyncClient, till: Till
) -> None:
    body = event_body("evt_1")
    answer = await psp.post(
        "/webhooks/psp/gwa_none", content=body, headers=signed(body, at=till.clock())
    )

    assert 404 == answer.status_code


async def test_a_flood_is_slowed_down(gate: Gate, till: Till) -> None:
    narrow = Throttle({**DEFAULT_LIMITS, "webhook": Limit(1, 60)})
    app = service(replace(gate, throttle=narrow), router, state={"psp_inbox": till.inbox})
    body = event_body("evt_1")
    headers = signed(body, at=till.clock())
    async with calling(app) as client:
        answers = [
            (
                await client.post(f"/webhooks/psp/{till.account}", content=body, headers=headers)
            ).status_code
            for _ in range(2)
        ]

    assert [200, 429] == answers


async def test_a_strangers_flood_leaves_the_psp_its_own_share(gate: Gate, till: Till) -> None:
    """Whoever has a link knows the account's id."""
    narrow = Throttle({**DEFAULT_LIMITS, "webhook": Limit(2, 60)})
    app = service(replace(gate, throttle=narrow), router, state={"psp_inbox": till.inbox})
    path, body = f"/webhooks/psp/{till.account}", event_body("evt_1")
    stranger = httpx2.ASGITransport(app=app, client=("192.0.2.7", 50000))
    async with httpx2.AsyncClient(transport=stranger, base_url="http://service.test") as client:
        flood = [(await client.post(path, content=body)).status_code for _ in range(3)]
    async with calling(app) as client:
        told = await client.post(path, content=body, headers=signed(body, at=till.clock()))

    assert ([400, 400, 429], 200) == (flood, told.status_code)
