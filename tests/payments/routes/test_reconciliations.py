"""`GET /v1/reconciliations`: lists and shows each account's days to those who may read transactions."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date, timedelta

import httpx2
import pytest

from compliance.roles import ROLE_PERMISSIONS, Permission, Role
from compliance.routes.gate import Gate
from payments.gateway import Movement
from payments.reconciliation_matching import Day
from payments.reconciliations import Reconciliation
from payments.routes.reconciliations import router
from tests.conftest import NewMerchant
from tests.payments.conftest import Till
from tests.payments.routes.test_money_after import key_of
from tests.payments.test_reconciliations import FIRST, saved
from tests.support.doors import calling, service


@dataclass
class Api:
    client: httpx2.AsyncClient
    till: Till
    headers: dict[str, str]

    async def get(self, path: str = "", **params: str) -> httpx2.Response:
        return await self.client.get(
            f"/v1/reconciliations{path}", headers=self.headers, params=params
        )

    async def days(self, number: int) -> list[Reconciliation]:
        found = []
        for offset in range(number):
            day: date = FIRST + timedelta(days=offset)
            line = Movement("charge", f"pi_{offset}", 100, "GBP", Day(day).start)
            found.append(await saved(self.till, day, *([line] if offset == 0 else [])))
        return found


@pytest.fixture
async def api(gate: Gate, till: Till) -> AsyncIterator[Api]:
    async with calling(service(gate, router)) as client:
        yield Api(client, till, await key_of(till, till.merchant.id))


async def test_pages_follow_each_other_to_the_end(api: Api) -> None:
    made = await api.days(3)
    first = (await api.get(limit="2")).json()
    rest = (await api.get(limit="2", cursor=first["next_cursor"])).json()

    assert [each.as_json() for each in reversed(made)] == first["data"] + rest["data"]
    assert rest["next_cursor"] is None
    assert 0 < first["as_of"]
    assert "differences" not in first["data"][0]


@pytest.mark.parametrize(
    ("params", "expected"),
    [
        ({"day_from": "2026-11-02"}, ["2026-11-03", "2026-11-02"]),
        ({"day_to": "2026-11-01"}, ["2026-11-01"]),
        ({"day_from": "2026-11-02", "day_to": "2026-11-02"}, ["2026-11-02"]),
        ({"account": "gwa_other"}, []),
    ],
)
async def test_filters_narrow_the_list(
    api: Api, params: dict[str, str], expected: list[str]
) -> None:
    await api.days(3)

    assert expected == [each["day"] for each in (await api.get(**params)).json()["data"]]


async def test_one_day_is_shown_with_its_differences(api: Api) -> None:
    [made] = await api.days(1)
    answer = await api.get(f"/{made.id}")

    assert (200, made.whole_json()) == (answer.status_code, answer.json())
    assert ["missing_here"] == [each["difference"] for each in answer.json()["differences"]]


async def test_another_merchants_day_is_not_there(api: Api, new_merchant: NewMerchant) -> None:
    [made] = await api.days(1)
    api.headers = await key_of(api.till, (await new_merchant("Other Ltd")).id)

    assert 404 == (await api.get(f"/{made.id}")).status_code
    assert 404 == (await api.get("/rec_none")).status_code
    assert [] == (await api.get()).json()["data"]


@pytest.mark.parametrize(
    "params",
    [
        {"limit": "0"},
        {"limit": "201"},
        {"cursor": "x"},
        {"cursor": "rec_00000000000000000000000000"},
        {"day_from": "yesterday"},
        {"day_to": "2026-02-30"},
        {"day_to": "0"},
        {"day_from": "2026-11-02T00:00:00Z"},
    ],
)
async def test_a_bad_filter_is_refused(api: Api, params: dict[str, str]) -> None:
    assert 422 == (await api.get(**params)).status_code


async def test_software_without_a_key_sees_nothing(api: Api) -> None:
    api.headers = {}

    assert 401 == (await api.get()).status_code
    assert 401 == (await api.get("/rec_1")).status_code


def test_an_agent_may_not_read_them() -> None:
    assert Permission.TRANSACTIONS_READ not in ROLE_PERMISSIONS[Role.AGENT]
