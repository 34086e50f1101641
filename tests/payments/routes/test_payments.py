"""`GET /v1/payments/{id}`: for the merchant's own people, and among them for those whose work it is."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import httpx2
import pytest

from compliance.api_keys import create_key
from compliance.routes.gate import Gate
from core.money import Money
from payments.gateway import Declined, Succeeded
from payments.routes.payments import router
from tests.conftest import NewMerchant
from tests.payments.conftest import Till
from tests.support.doors import calling, service


@dataclass(frozen=True)
class Api:
    client: httpx2.AsyncClient
    till: Till

    async def key(self, merchant: str) -> dict[str, str]:
        async with self.till.database.transaction() as session:
            key = await create_key(
                session, merchant=merchant, name="Test", actor="system", now=self.till.clock()
            )
        return {"Authorization": f"Bearer {key.secret}"}


@pytest.fixture
async def api(gate: Gate, till: Till) -> AsyncIterator[Api]:
    async with calling(service(gate, router)) as client:
        yield Api(client, till)


async def test_a_payment_is_shown_with_its_tries_oldest_first(api: Api) -> None:
    payment = await api.till.owe()
    first = await api.till.tell(await api.till.begin(payment), Declined("pi_1", "expired_card"))
    api.till.clock.advance(seconds=1)
    second = await api.till.tell(
        await api.till.begin(payment), Succeeded("pi_2", Money.of(4999, "GBP"))
    )
    answer = await api.client.get(
        f"/v1/payments/{payment.id}", headers=await api.key(api.till.merchant.id)
    )

    expected = (await api.till.payment(payment)).as_json() | {
        "attempts": [first.as_json(), second.as_json()],
        "amount_refundable": 4999,
        "refunds": [],
        "disputes": [],
        "flag_details": [],
    }
    assert (200, expected) == (answer.status_code, answer.json())


async def test_another_merchants_payment_is_not_there(api: Api, new_merchant: NewMerchant) -> None:
    payment = await api.till.owe()
    other = await api.key((await new_merchant("Other Ltd")).id)
    theirs = await api.client.get(f"/v1/payments/{payment.id}", headers=other)
    nobodys = await api.client.get("/v1/payments/pay_none", headers=other)

    assert (404, 404) == (theirs.status_code, nobodys.status_code)
    assert nobodys.json() == theirs.json()


async def test_without_a_key_nothing_is_shown(api: Api) -> None:
    payment = await api.till.owe()

    assert 401 == (await api.client.get(f"/v1/payments/{payment.id}")).status_code
