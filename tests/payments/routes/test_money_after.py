"""Capture, cancel and refund over the API: once a key, within the sums, by those who may."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import httpx2
import pytest

from compliance.api_keys import create_key
from compliance.routes.gate import Gate
from payments.payments import Payment
from payments.routes.payments import PaymentsDesk, router
from tests.conftest import NewMerchant
from tests.payments.conftest import Till
from tests.payments.fakes import Authorises, Declines, TimesOut
from tests.support.doors import calling, service


@dataclass
class Api:
    client: httpx2.AsyncClient
    till: Till
    headers: dict[str, str] = field(default_factory=dict)

    async def post(self, path: str, body: Any = None, *, key: str = "k-1") -> httpx2.Response:
        headers = self.headers | {"Idempotency-Key": key}
        if body is None:
            return await self.client.post(path, headers=headers)
        return await self.client.post(path, headers=headers, json=body)

    async def paid(self) -> Payment:
        payment = await self.till.owe()
        await self.till.charged(payment)
        return payment

    async def held(self) -> Payment:
        payment = await self.till.owe(capture="manual")
        await self.till.charged(payment, Authorises())
        return payment


async def key_of(till: Till, merchant: str) -> dict[str, str]:
    async with till.database.transaction() as session:
        key = await create_key(
            session, merchant=merchant, name="Test", actor="system", now=till.clock()
        )
    return {"Authorization": f"Bearer {key.secret}"}


@pytest.fixture
async def api(gate: Gate, till: Till) -> AsyncIterator[Api]:
    desk = PaymentsDesk(till.order_desk)
    async with calling(service(gate, router, state={"payments_desk": desk})) as client:
        yield Api(client, till, await key_of(till, till.merchant.id))


async def test_a_refund_answers_with_what_became_of_it(api: Api) -> None:
    payment = await api.paid()
    answer = await api.post(f"/v1/payments/{payment.id}/refunds", {"amount": 1000})
    shown = (await api.client.get(f"/v1/payments/{payment.id}", headers=api.headers)).json()

    assert (201, "succeeded", 1000, "GBP") == (
        answer.status_code,
        answer.json()["status"],
        answer.json()["amount"],
        answer.json()["currency"],
    )
    assert ("partial", 1000, 3999) == (
        shown["refund_status"],
        shown["amount_refunded"],
        shown["amount_refundable"],
    )
    assert [answer.json()] == shown["refunds"]


async def test_the_same_key_refunds_once_and_answers_alike(api: Api) -> None:
    payment = await api.paid()
    path = f"/v1/payments/{payment.id}/refunds"
    first = await api.post(path, {"amount": 1000})
    again = await api.post(path, {"amount": 1000})
    other = await api.post(path, {"amount": 1001})

    assert (201, first.json(), "true") == (
        again.status_code,
        again.json(),
        again.headers["Idempotent-Replayed"],
    )
    assert 422 == other.status_code
    assert 1 == len(api.till.gateway.refunds)


@pytest.mark.parametrize("path", ["refunds", "capture"])
async def test_money_does_not_move_without_a_key(api: Api, path: str) -> None:
    payment = await api.paid()
    answer = await api.client.post(
        f"/v1/payments/{payment.id}/{path}", headers=api.headers, json={}
    )

    assert (400, []) == (answer.status_code, api.till.gateway.ordered)


@pytest.mark.parametrize(
    "body", [{"amount": 0}, {"amount": -1}, {"amount": "1"}, {"amount": 1.5}, {"amounts": 1}]
)
async def test_a_bad_amount_is_refused(api: Api, body: dict[str, Any]) -> None:
    payment = await api.paid()
    answer = await api.post(f"/v1/payments/{payment.id}/refunds", body)

    assert (422, []) == (answer.status_code, api.till.gateway.ordered)


async def test_more_than_came_is_refused(api: Api) -> None:
    payment = await api.paid()
    answer = await api.post(f"/v1/payments/{payment.id}/refunds", {"amount": 5000})

    assert (422, "refund_above_captured") == (answer.status_code, answer.json()["code"])


async def test_an_answer_that_got_lost_is_told_as_pending(api: Api) -> None:
    payment = await api.paid()
    api.till.gateway.order_script.append(TimesOut())
    answer = await api.post(f"/v1/payments/{payment.id}/refunds")

    assert (201, "pending") == (answer.status_code, answer.json()["status"])


async def test_a_hold_is_captured_in_part(api: Api) -> None:
    payment = await api.held()
    answer = await api.post(f"/v1/payments/{payment.id}/capture", {"amount": 2000})

    assert (200, "partially_paid", 2000) == (
        answer.status_code,
        answer.json()["status"],
        answer.json()["amount_captured"],
    )


async def test_a_capture_that_the_psp_refuses_is_a_conflict_and_repeats_as_one(api: Api) -> None:
    payment = await api.held()
    api.till.gateway.order_script.append(Declines("capture_too_late"))
    path = f"/v1/payments/{payment.id}/capture"
    answers = [await api.post(path), await api.post(path)]

    assert [(409, "psp_refused")] * 2 == [(a.status_code, a.json()["code"]) for a in answers]
    assert answers[0].content == answers[1].content


async def test_a_hold_is_let_go_by_cancelling(api: Api) -> None:
    payment = await api.held()
    answer = await api.post(f"/v1/payments/{payment.id}/cancel")

    assert (200, "cancelled") == (answer.status_code, answer.json()["status"])


async def test_an_open_debt_is_called_off_and_a_paid_one_is_not(api: Api) -> None:
    debt = await api.till.owe()
    off = await api.post(f"/v1/payments/{debt.id}/cancel")
    paid = await api.post(f"/v1/payments/{(await api.paid()).id}/cancel", key="k-2")

    assert [(200, "cancelled"), (409, "not_payable")] == [
        (off.status_code, off.json()["status"]),
        (paid.status_code, paid.json()["code"]),
    ]


async def test_another_merchants_money_cannot_be_moved(api: Api, new_merchant: NewMerchant) -> None:
    payment = await api.paid()
    api.headers = await key_of(api.till, (await new_merchant("Other Ltd")).id)
    for number, path in enumerate(("refunds", "capture", "cancel", "flags/overpaid/clear")):
        answer = await api.post(f"/v1/payments/{payment.id}/{path}", key=f"k-{number}")
        assert 404 == answer.status_code

    assert [] == api.till.gateway.ordered


async def test_fifty_refunds_at_once_never_exceed_what_came(api: Api) -> None:
    payment = await api.paid()
    path = f"/v1/payments/{payment.id}/refunds"
    answers = await asyncio.gather(
        *(api.post(path, {"amount": 1000}, key=f"k-{n}") for n in range(50))
    )

    assert 4 == [answer.status_code for answer in answers].count(201)
    assert 46 == [answer.status_code for answer in answers].count(422)
    assert 4000 == (await api.till.payment(payment)).refunded.minor
